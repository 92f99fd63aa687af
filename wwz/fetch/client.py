"""The only door to the network: polite, bounded, and suspicious of every answer."""

from __future__ import annotations

import json
import os
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import Retry

from wwz.errors import Fout
from wwz.fetch.progress import Progress
from wwz.fetch.trouble import STAYS, Bezet, Geweigerd, Onbruikbaar, Weg

USER_AGENT = "WWZ-wijzer/1.0 (dashboard wonen, welzijn en zorg)"
Result = TypeVar("Result")
MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
# 416: what we have of a file is all there is, or of another version; download.py finds out.
GOOD = (200, 206, 304, 416)
GONE = (404, 410)
UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
BUSY = (408, 425, 429, 500, 502, 503, 504)


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
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json, text/plain"})
        # Trying again is done here, for broken answers too; urllib3 only parses Retry-After for us.
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=Retry(0, read=False), pool_maxsize=2))
        self._retry = Retry()

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
        kind = response.headers.get("Content-Type", "")
        return Answer(
            _parse(data, kind), response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
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
        _check_bundle()
        try:
            with self._session.get(
                url,
                params=params,
                headers=headers,
                timeout=(self.limits.connect, self.limits.read),
                stream=True,
            ) as response:
                self._check_status(response, host)
                yield response
        except requests.exceptions.ProxyError as error:
            raise Fout(f"De proxy naar {host} werkt niet. {STAYS} Controleer HTTPS_PROXY.") from error
        except requests.exceptions.SSLError as error:
            raise _insecure(host, error) from error
        except (
            requests.exceptions.ConnectTimeout,
            requests.exceptions.ReadTimeout,
            ReadTimeoutError,
        ) as error:
            raise Onbruikbaar("antwoordt niet op tijd") from error
        except requests.exceptions.ConnectionError as error:
            raise Onbruikbaar(
                "is niet te bereiken; controleer het internet of de proxy (HTTPS_PROXY)"
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

    def _check_status(self, response: requests.Response, host: str) -> None:
        status = response.status_code
        if status in GONE:
            raise Weg(f"{host} kent {_short(response.url)} niet (meer). {STAYS}")
        if status in BUSY:
            raise Bezet(
                "heeft het te druk (429)" if status == 429 else f"heeft een storing ({status})",
                self._wait_asked(response),
            )
        if status not in GOOD:
            raise Geweigerd(
                f"{host} weigert de vraag ({status}). {STAYS} Controleer [bronnen] in config.toml of de proxy."
            )

    def _wait_asked(self, response: requests.Response) -> float | None:
        text = response.headers.get("Retry-After")
        try:
            return self._retry.parse_retry_after(text) if text else None
        except HTTPError:
            return None

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


def _insecure(host: str, error: Exception) -> Fout | Onbruikbaar:
    """A certificate that is not trusted stays so; any other trouble with https may be over at the next try."""
    if UNTRUSTED not in str(error):
        return Onbruikbaar(
            "geeft geen veilige verbinding (https); controleer [bronnen] in config.toml of de proxy"
        )
    return Fout(
        f"Het certificaat van {host} wordt niet vertrouwd. {STAYS} "
        "Zet in REQUESTS_CA_BUNDLE het bestand met certificaten van uw organisatie."
    )


def _check_bundle() -> None:
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if bundle:
        _read_bundle(bundle)


@lru_cache(maxsize=4)
def _read_bundle(bundle: str) -> None:
    """Requests itself stumbles over a bundle that is not there, or is not one."""
    try:
        if not Path(bundle).is_dir():
            ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise Fout(
            f"Het bestand met certificaten {bundle} is er niet of is geen lijst van certificaten. {STAYS} Controleer REQUESTS_CA_BUNDLE."
        ) from error


def _short(url: str) -> str:
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return "/".join(parts[-2:])


def _parse(data: bytes, kind: str) -> Any:
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if text[:1] == b"<":
        raise Onbruikbaar(
            "stuurt een webpagina in plaats van gegevens; misschien vraagt een proxy om in te loggen"
        )
    if text.isdigit():
        return int(text)
    try:
        return json.loads(text)
    except ValueError as error:
        raise Onbruikbaar("stuurde gegevens die halverwege ophouden of geen JSON zijn") from error
