"""One large file: fetched in parts, so that a stop or a broken line loses nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wwz.base.keeping import writing
from wwz.fetch.client import Client
from wwz.fetch.items import rows_per_byte
from wwz.fetch.trouble import Onbruikbaar

RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True)
class Downloaded:
    """A complete file; `gewijzigd` is the date the server gives it, or empty."""

    pad: Path
    gewijzigd: str

    @property
    def dag(self) -> str:
        """That date as 2025-04-30."""
        when = pd.to_datetime(self.gewijzigd, errors="coerce", utc=True)
        return "" if pd.isna(when) else f"{when:%Y-%m-%d}"


def size_of(client: Client, url: str) -> int | None:
    """How many bytes a file is, as the server tells; None when it does not.

    Raises
    ------
    Weg
        When it does not exist.
    """

    def ask() -> int | None:
        with client.open(url, headers={"Range": "bytes=0-0", "Accept-Encoding": "identity"}) as response:
            found = RANGE.fullmatch(response.headers.get("Content-Range", ""))
            length = found[2] if found else response.headers.get("Content-Length", "")
            return int(length) if length.isdigit() else None

    return client.insist(url, ask)


def download(client: Client, url: str, path: Path) -> Downloaded:
    """Fetch a file to `path`; what is there already is not fetched again unless the server has another version.

    Raises
    ------
    Fout
        When it cannot be had; what came is kept for the next time.
    """
    done, part, note = (
        path,
        path.with_suffix(f"{path.suffix}.deel"),
        path.with_suffix(f"{path.suffix}.versie"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)

    def ask() -> Downloaded:
        known = _note(note)
        have = done.stat().st_size if done.exists() else part.stat().st_size if part.exists() else 0
        with client.open(url, headers=_headers(have, known, complete=done.exists())) as response:
            if response.status_code == 304:
                return Downloaded(done, known.get("gewijzigd", ""))
            if response.status_code == 416:
                part.unlink(missing_ok=True)
                raise Onbruikbaar("heeft het bestand niet dat wij half hadden")
            begin, total = _place(response)
            if begin not in (0, have):
                raise Onbruikbaar("stuurde een ander deel van het bestand dan gevraagd")
            done.unlink(missing_ok=True)
            with writing(note) as new:
                new.write_text(
                    json.dumps(
                        {
                            "etag": response.headers.get("ETag", ""),
                            "gewijzigd": response.headers.get("Last-Modified", ""),
                        }
                    ),
                    encoding="utf-8",
                )
            with part.open("ab" if begin else "wb") as file:
                for chunk in client.chunks(response):
                    file.write(chunk)
                    client.progress.advance(len(chunk) * rows_per_byte())
        if total is not None and part.stat().st_size != total:
            raise Onbruikbaar(f"stuurde {part.stat().st_size} van de {total} bytes van het bestand")
        part.replace(done)
        return Downloaded(done, response.headers.get("Last-Modified", ""))

    return client.insist(url, ask)


def _headers(have: int, known: dict[str, str], *, complete: bool) -> dict[str, str]:
    # Packing a zip again would make it impossible to go on where we were.
    headers = {"Accept-Encoding": "identity", "Accept": "application/zip, application/octet-stream"}
    mark = known.get("etag") or known.get("gewijzigd")
    if have and mark and complete:
        headers |= {"If-None-Match": known["etag"]} if known.get("etag") else {"If-Modified-Since": mark}
    elif have and mark:
        # Of another version the server then sends everything, with status 200.
        headers |= {"Range": f"bytes={have}-", "If-Range": mark}
    return headers


def _place(response) -> tuple[int, int | None]:
    """Where in the file this answer begins, and how large the file is."""
    if response.status_code == 206:
        found = RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found:
            raise Onbruikbaar("zei niet welk deel van het bestand het stuurde")
        return int(found[1]), int(found[2]) if found[2].isdigit() else None
    length = response.headers.get("Content-Length", "")
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        raise Onbruikbaar(
            "stuurt een webpagina in plaats van gegevens; misschien vraagt een proxy om in te loggen"
        )
    return 0, int(length) if length.isdigit() else None


def _note(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): str(v) for k, v in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}
