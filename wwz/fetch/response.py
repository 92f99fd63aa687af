"""What one answer of a source means: its status, and what is in it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from wwz.fetch.trouble import STAYS, Bezet, Geweigerd, Onbruikbaar, Weg

# 416: what we have of a file is all there is, or of another version; download.py finds out.
GOOD = (200, 206, 304, 416)
GONE = (404, 410)
BUSY = (408, 425, 429, 500, 502, 503, 504)
# It only parses Retry-After for us; trying again is done by the client.
RETRY = Retry()


def check_status(response: requests.Response, host: str) -> None:
    """Turn a refusal into the Dutch sentence that fits it.

    Raises
    ------
    Weg
        For what does not exist.
    Bezet
        When the source asks for patience.
    Geweigerd
        For any other refusal.
    """
    status = response.status_code
    if status in GONE:
        raise Weg(f"{host} kent {_short(response.url)} niet (meer). {STAYS}")
    if status in BUSY:
        raise Bezet(
            "heeft het te druk (429)" if status == 429 else f"heeft een storing ({status})",
            _wait_asked(response),
        )
    if status not in GOOD:
        raise Geweigerd(
            f"{host} weigert de vraag ({status}). {STAYS} Controleer [bronnen] in config.toml of de proxy."
        )


def _wait_asked(response: requests.Response) -> float | None:
    text = response.headers.get("Retry-After")
    try:
        return RETRY.parse_retry_after(text) if text else None
    except HTTPError:
        return None


def _short(url: str) -> str:
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return "/".join(parts[-2:])


def parsed(data: bytes) -> Any:
    """What an answer says: JSON, or a single number.

    Raises
    ------
    Onbruikbaar
        When it is neither; asking again may help.
    """
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
