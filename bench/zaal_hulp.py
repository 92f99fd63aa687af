"""A room without browsers: phones that join, answer and wait, and who leads; over HTTP, as a browser would."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

import httpx

PATIENCE = 60.0


@dataclass
class Caller:
    """Something that calls the server of a session.

    Parameters
    ----------
    url
        The dashboard, as in a browser.
    code
        Of the session.
    """

    url: str
    code: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(timeout=PATIENCE)

    @property
    def here(self) -> str:
        """The address of the session."""
        return f"{self.url.rstrip('/')}/meedoen/{self.code}"

    def close(self) -> None:
        """Hang up."""
        self.client.close()

    def send(self, deed: str, sent: dict[str, str | list[str]]) -> dict:
        """Do something; gives the answer, which comes when it is on disk. An error of the server is raised."""
        answer = self.client.post(f"{self.here}/{deed}", data=sent, headers={"x-deel": "1"})
        answer.raise_for_status()
        return answer.json()

    def wait(self, seen: int, what: str) -> int:
        """Wait until something changed."""
        answer = self.client.get(f"{self.here}/wacht", params={"v": str(seen), "wat": what})
        answer.raise_for_status()
        return int(answer.json()["v"])


@dataclass
class Phone(Caller):
    """Somebody who takes part."""

    def join(self, naam: str, organisatie: str, soort: str, naam_mag: bool = False) -> dict:
        """Open the page, and say who one is."""
        self.client.get(self.here, headers={"accept": "text/html"}).raise_for_status()
        sent: dict[str, str | list[str]] = {
            "naam": naam,
            "organisatie": organisatie,
            "soort": soort,
            "daad": secrets.token_hex(8),
        }
        return self.send("aan", {**sent, **({"naam_mag": "ja"} if naam_mag else {})})

    def part(self) -> dict:
        """What is on screen now: html, vorm, alles and stap."""
        answer = self.client.get(f"{self.here}/deel")
        answer.raise_for_status()
        return answer.json()

    def give(self, step: str, act: str = "", **sent: str | list[str]) -> dict:
        """Answer; `act` tells it apart."""
        return self.send("geef", {"stap": step, "daad": act or secrets.token_hex(8), **sent})


@dataclass
class Leader(Caller):
    """Who leads."""

    def enter(self, key: str) -> None:
        """Take the key along."""
        self.client.get(
            f"{self.here}/regie", params={"sleutel": key}, follow_redirects=True
        ).raise_for_status()

    def do(self, deed: str, **sent: str) -> dict:
        """Control the session."""
        return self.send(f"regie/{deed}", dict(sent))

    def next_step(self) -> str:
        """The id of the step after this one; empty after the last."""
        page = self.client.get(f"{self.here}/regie/deel").raise_for_status().json()["html"]
        found = re.search(r'data-verder="([^"]*)"', page)
        return found[1] if found else ""
