"""The files that earlier versions kept: taken into the ledger once, kept aside, and told in one sentence."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

from wwz.base.keeping import make_private, one_at_a_time
from wwz.own.ledger.book import Ledger
from wwz.own.ledger.entry import Change
from wwz.own.ledger.kinds import Field, Kind

ASIDE = "overgenomen"
WHO, WHY = "WWZ-wijzer", "Overgenomen uit {}"
TOLD = "{} is overgenomen in {}: {} regels. Het bestand zelf staat nu in de map {}."
# The fingerprint of a file with small counts would give them to who can try.
TAKEN = Kind(
    "overname", "overgenomen bestand", ("bestand",), {"regels": Field(int), "kenmerk": Field()}, geheim=True
)
LEFT = "{} is niet gelezen: in {} staat al wat er later is ingevuld. Haal het bestand weg, of lees het in op het scherm."

log = logging.getLogger(__name__)


@cache
def _say_once(sentence: str) -> None:
    log.warning(sentence)


def bring_in(book: Ledger, kind: Kind, path: Path, read: Callable[[Path], list[Change]]) -> None:
    """Take a file (or a folder) over when it is there and was not taken over before.

    Killed at any moment, it goes on at the next start: what is in the ledger is not taken twice.

    Raises
    ------
    Fout
        When the file is damaged; then it stays where it is, and nothing is taken over.
    """
    if not path.exists():
        return
    with one_at_a_time(path):
        if not path.exists():
            return
        mark = _mark(path)
        if not _was_taken(book, path, mark):
            if book.mark(kind):
                _say_once(LEFT.format(path, book.place.name))
                return
            changes = read(path)
            taken = Change(TAKEN, (path.name,), {"regels": len(changes), "kenmerk": mark})
            book.add([*changes, taken], WHO, WHY.format(path.name))
            log.warning(TOLD.format(path.name, book.place.name, len(changes), ASIDE))
        aside = _free(path.parent / ASIDE / path.name)
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        make_private(path)
        path.replace(aside)


def _was_taken(book: Ledger, path: Path, mark: str) -> bool:
    return any(
        entry.sleutel == (path.name,) and (entry.werd or {}).get("kenmerk") == mark
        for entry in book.everything(TAKEN)
    )


def _mark(path: Path) -> str:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(path.name.encode() + content).hexdigest()[:40]


def _free(path: Path) -> Path:
    """A name that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
