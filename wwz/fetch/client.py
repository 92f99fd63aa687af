"""The only door to the network: polite, bounded, and suspicious of every answer."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import Retry

from wwz.base.errors import Fout
from wwz.fetch.certificates import check_bundle, insecure
from wwz.fetch.progress import Progress
from wwz.fetch.response import check_status, parsed
from wwz.fetch.trouble import STAYS, Bezet, Geweigerd, Onbruikbaar

USER_AGENT = "WWZ-wijzer/1.0 (dashboard wonen, welzijn en zorg)"
Result = TypeVar("Result")
MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Limits:
    """Bounds of one question.

    Attributes
    ----------
    connect, read, total
        Seconds to connect, between two bytes, and for the whole answer.
    megabyte
        Largest answer, unpacked.
    attempts
        Number of tries.
    back_off
        Seconds before the second try; doubles every time.
    longest_wait
        The most a source may ask us to wait (Retry-After), in seconds.
    """

    connect: float = 10
    read: float = 30
    total: float = 300
    megabyte: float = 200
    attempts: int = 5
    back_off: float = 1.0
    longest_wait: float = 120


@dataclass(frozen=True)
class Answer:
    """Parsed answer with its validators; `body` is None when the source says nothing changed (304)."""

    body: Any
    etag: str = ""
    gewijzigd: str = ""


class _OneHost(requests.Session):
    """Follows a source that moved within its own host, and nowhere else: who is sent on could be sent anywhere."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target is None:
            return None
        here, there = urlsplit(resp.url), urlsplit(urljoin(resp.url, target))
        if _place(here) != _place(there) and not _is_made_safe(here, there):
            raise Geweigerd(
                f"{here.netloc} stuurt ons naar een ander adres ({there.netloc[:100]}). {STAYS} Klopt dat adres? "
                "Zet het dan bij [bronnen] in config.toml."
            )
        return target


def _place(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or PORTS.get(address.scheme)


def _is_made_safe(here: SplitResult, there: SplitResult) -> bool:
    """From http to https of the same host, at the usual ports."""
    ports = (here.port or PORTS["http"], there.port or PORTS["https"])
    same = here.hostname == there.hostname and (here.scheme, there.scheme) == ("http", "https")
    return same and ports == tuple(PORTS.values())


@dataclass
class Client:
    """Ask questions one at a time.

    Proxy and certificates come from HTTPS_PROXY, NO_PROXY and REQUESTS_CA_BUNDLE, as in any program.

    Parameters
    ----------
    progress
        Gets the bytes received, and can stop us.
    limits
        Bounds.
    """

    progress: Progress = field(default_factory=Progress)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._session = _OneHost()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json, text/plain"})
        # Trying again is done here, for broken answers too.
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=Retry(0, read=False), pool_maxsize=2))

    def get(
        self,
        url: str,
        params: dict[str, str] | None = None,
        check: Callable[[Any], None] = lambda body: None,
        known: Answer | None = None,
    ) -> Answer:
        """Ask until there is a good answer.

        Parameters
        ----------
        url, params
            The question.
        check
            Raises Onbruikbaar when the parsed answer cannot be right; then we ask again.
        known
            An earlier answer: only ask for a newer one.

        Raises
        ------
        Fout
            After the last try, with one sentence; Weg for what does not exist, Geweigerd for a refusal.
        """

        def ask() -> Answer:
            answer = self._ask(url, params, known)
            if answer.body is not None:
                check(answer.body)
            return answer

        return self.insist(url, ask)

    def insist(self, url: str, ask: Callable[[], Result]) -> Result:
        """Try until `ask` no longer raises Onbruikbaar, with pauses that grow, or as long as the source asks.

        Raises
        ------
        Fout
            After the last try.
        """
        problem: Onbruikbaar = Onbruikbaar("antwoordt niet")
        for attempt in range(self.limits.attempts):
            self.progress.check()
            if attempt:
                self.progress.wait(self._pause(attempt, problem))
            try:
                return ask()
            except Onbruikbaar as error:
                problem = error
                if isinstance(error, Bezet) and (error.wait or 0) > self.limits.longest_wait:
                    break
        host = urlsplit(url).netloc
        raise Fout(
            f"{host} {problem}. {STAYS} Probeer het later opnieuw; wat er al is, wordt bewaard."
        ) from problem

    def _pause(self, attempt: int, problem: Onbruikbaar) -> float:
        asked = problem.wait if isinstance(problem, Bezet) else None
        return (
            asked
            if asked is not None
            else min(self.limits.longest_wait, self.limits.back_off * 2 ** (attempt - 1))
        )

    def _ask(self, url: str, params: dict[str, str] | None, known: Answer | None) -> Answer:
        headers = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.gewijzigd:
            headers["If-Modified-Since"] = known.gewijzigd
        with self.open(url, params, headers) as response:
            if response.status_code == 304:
                return Answer(None, known.etag if known else "", known.gewijzigd if known else "")
            data = b"".join(self.chunks(response))
        return Answer(
            parsed(data), response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        )

    @contextmanager
    def open(
        self, url: str, params: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> Iterator[requests.Response]:
        """One try of one question; whatever goes wrong becomes a Dutch sentence.

        Raises
        ------
        Onbruikbaar
            When asking again may help.
        Fout
            When it does not; Weg for what does not exist.
        """
        host = urlsplit(url).netloc
        check_bundle()
        try:
            with self._session.get(
                url,
                params=params,
                headers=headers,
                timeout=(self.limits.connect, self.limits.read),
                stream=True,
            ) as response:
                check_status(response, host)
                yield response
        except requests.exceptions.ProxyError as error:
            raise Fout(
                f"De proxy naar {host} werkt niet. {STAYS} Laat de beheerder de proxy nakijken."
            ) from error
        except requests.exceptions.SSLError as error:
            raise insecure(host, error) from error
        except (
            requests.exceptions.ConnectTimeout,
            requests.exceptions.ReadTimeout,
            ReadTimeoutError,
        ) as error:
            raise Onbruikbaar("antwoordt niet op tijd") from error
        except requests.exceptions.ConnectionError as error:
            raise Onbruikbaar(
                "is niet te bereiken; controleer het internet, of laat de beheerder de proxy nakijken"
            ) from error
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ) as error:
            raise Fout(f"Het adres {url} klopt niet. Controleer [bronnen] in config.toml.") from error
        except requests.exceptions.TooManyRedirects as error:
            raise Geweigerd(f"{host} stuurt ons rond. {STAYS} Controleer de proxy.") from error
        except (requests.exceptions.RequestException, HTTPError, zlib.error) as error:
            raise Onbruikbaar("brak het antwoord af of stuurde beschadigde gegevens") from error

    def chunks(self, response: requests.Response) -> Iterator[bytes]:
        """The answer in parts, within the bounds."""
        start, size = time.monotonic(), 0
        # read1 gives what has arrived, so that a source that drips cannot hold us.
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            self.progress.check()
            yield chunk
            size += len(chunk)
            self.progress.bytes += len(chunk)
            if size > self.limits.megabyte * MEGABYTE:
                raise Geweigerd(f"Het antwoord is groter dan {self.limits.megabyte:g} MB. {STAYS}")
            if time.monotonic() - start > self.limits.total:
                raise Onbruikbaar("stuurt de gegevens te langzaam")
