"""Who did what: every change in words, to look through and to take along; and taking one back.

Of what is secret there is only who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base import permission
from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.own import data as owndata
from wwz.own.areas import SHELF as OWN_AREAS
from wwz.own.areas import said as saidareas
from wwz.own.ledger import KINDS, Entry
from wwz.own.ledger.entry import STAMPS, value_text
from wwz.own.ledger.open import ledger
from wwz.own.tablefile import own_csv

COLUMNS = ("nummer", "handeling", "wanneer", "wie", "login", "soort", "wat", "was", "werd", "waarom")
ERASED, HIDDEN, NOTHING = "gewist", "niet getoond", ""
LONGEST = 200


def kinds(database: Path) -> dict[str, str]:
    """Code → title of every kind of which there is an entry."""
    return {code: _title(code) for code in dict.fromkeys(e.soort for e in _entries(database))}


def rows(database: Path, *, soort: str = "", wie: str = "", sinds: str = "", tot: str = "") -> pd.DataFrame:
    """Changes, the newest first.

    Parameters
    ----------
    soort
        Code of a kind; empty: all.
    wie
        A part of the name or the login.
    sinds, tot
        ISO days, both included; empty: no limit.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, all text but the two numbers.

    Raises
    ------
    Fout
        When this may not be seen.
    """
    part = wie.strip().casefold()
    found = [
        _row(e)
        for e in reversed(_entries(database))
        if soort in ("", e.soort)
        and (part in e.wie.casefold() or part in e.login.casefold())
        and sinds <= e.wanneer[:10]
        and (not tot or e.wanneer[:10] <= tot)
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _entries(database: Path) -> list[Entry]:
    permission.need("wie deed wat")
    for shelf in (*owndata.SHELVES, OWN_AREAS, *saidareas.SHELVES):
        shelf.book(database)
    return ledger(database).history()


def _title(code: str) -> str:
    return KINDS[code].titel if code in KINDS else code


def _row(entry: Entry) -> dict[str, Any]:
    kind = KINDS.get(entry.soort)
    hidden = HIDDEN if kind is None or kind.geheim else ERASED if entry.gewist else ""
    return {
        **{name: getattr(entry, name) for name in ("nummer", "handeling", "wie", "login", "waarom")},
        "wanneer": entry.wanneer.replace("T", " ")[:16],
        "soort": _title(entry.soort),
        "wat": ", ".join(entry.sleutel),
        "was": hidden or in_short(entry.was),
        "werd": hidden or in_short(entry.werd),
    }


def in_short(content: Mapping[str, Any] | None) -> str:
    """Content on one line: status: deels; procent: 12,5."""
    parts = [
        f"{name}: {value_text(v)}"
        for name, v in (content or {}).items()
        if v not in (None, "") and name not in STAMPS
    ]
    return "; ".join(parts)[:LONGEST]


def to_csv(frame: pd.DataFrame) -> bytes:
    """Changes as a file; no cell of it is a formula."""
    return own_csv(COLUMNS, frame.to_dict("records"))


def acts(database: Path, frame: pd.DataFrame) -> dict[int, str]:
    """The acts among these changes that can be taken back: number → in words."""
    shown = set(frame["handeling"])
    by_act: dict[int, list[Entry]] = {}
    for entry in _entries(database):
        by_act.setdefault(entry.handeling, []).append(entry)
    return {
        number: f"{number}: {_title(found[0].soort)}, {found[0].wie}, {short_moment(found[0].wanneer)}"
        for number, found in sorted(by_act.items(), reverse=True)
        if number in shown and _can_go_back(found)
    }


def _can_go_back(entries: Iterable[Entry]) -> bool:
    """What is secret has rules of its own; what was erased is gone."""
    return all(e.soort in KINDS and not KINDS[e.soort].geheim and not e.gewist for e in entries)


def undo(database: Path, handeling: int, wie: str, waarom: str) -> int:
    """Take an act back, as a new act; gives its number.

    Raises
    ------
    Botsing
        When something of it was changed again since.
    Fout
        When it may not be done, or this act cannot be taken back.
    """
    permission.need("terugdraaien")
    book = ledger(database)
    if not _can_go_back([e for e in book.history() if e.handeling == handeling]):
        raise Fout(
            f"Wijziging {handeling} is niet terug te draaien. Maak een nieuwe wijziging op het scherm waar zij hoort."
        )
    return book.undo(handeling, wie, waarom)
