"""What earlier versions hid and showed of the counts of a municipality, kept beside them in the ledger: which areas, never a count.

A later build may only hide more: see :mod:`wwz.own.countsgroups`. Who takes the ledger away forgets that; then a number of
now and a total of before may give a hidden count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import kept_rows
from wwz.own.countsgroups import Group
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

FILE = "eigen_groepen.csv"
COLUMNS = ("groep", "onderwerp", "jaar", "gebied", "stand")
DAMAGED = "{} is beschadigd. Daarin staat welke aantallen verborgen zijn, en dat moet zo blijven. Zet een oudere versie terug."
BUSY = "Er werd tegelijk nog een database gebouwd met dezelfde eigen cijfers. Bouw opnieuw."


@dataclass(frozen=True)
class Kept:
    """What was seen so far.

    Attributes
    ----------
    groups
        Sets of buurten that were hidden together.
    seen
        Subject, year and area of a count → how it was seen (:class:`wwz.own.countssafe.Seen`).
    """

    groups: tuple[Group, ...] = ()
    seen: dict[tuple[str, int, str], str] = field(default_factory=dict)


KIND = Kind(
    "getoond",
    "wat van eigen cijfers getoond is",
    ("alles",),
    {"rijen": Field(list, langst=5_000_000)},
    geheim=True,
)
KEY = ("alles",)


def _of_file(path: Path) -> list[Change]:
    try:
        rows = _rows(_kept(kept_rows(path, COLUMNS)))
    except (Fout, ValueError) as error:
        # Not with the advice to take it away: then it forgets what has to stay hidden.
        raise Fout(DAMAGED.format(path.name)) from error
    return [_entry(rows)] if rows else []


def _entry(rows: list[dict[str, str]]) -> Change:
    return Change(KIND, KEY, {"rijen": [list(row.values()) for row in rows]})


SHELF = Shelf(KIND, "wat van eigen cijfers getoond is", FILE, _of_file)


def read(database: Path) -> Kept:
    """What was seen so far.

    Raises
    ------
    Fout
        When it cannot be read.
    """
    rows = [row for entry in SHELF.state(database) for row in (entry.werd or {})["rijen"]]
    return _kept([dict(zip(COLUMNS, row, strict=True)) for row in rows])


def _kept(rows: list[dict[str, str]]) -> Kept:
    members: dict[str, set[str]] = {}
    for row in rows:
        if row["groep"]:
            members.setdefault(row["groep"], set()).add(row["gebied"])
    seen = {
        (row["onderwerp"], int(row["jaar"]), row["gebied"]): row["stand"] for row in rows if not row["groep"]
    }
    return Kept(tuple(frozenset(group) for group in members.values()), seen)


def write(database: Path, before: Kept, now: Kept) -> None:
    """Keep what is seen now; nothing is written when that is what was there.

    Raises
    ------
    Fout
        When another build kept something meanwhile.
    """

    def change(entries: list[Entry]) -> list[Change]:
        if [row for e in entries for row in (e.werd or {})["rijen"]] != [
            list(r.values()) for r in _rows(before)
        ]:
            raise Fout(BUSY)
        return [_entry(_rows(now))] if _rows(before) != _rows(now) else []

    # Without own counts this version shows none, whatever another build keeps meanwhile.
    if _rows(now):
        SHELF.book(database).revise(KIND, change, "WWZ-wijzer", "Getoond of verborgen in een nieuwe versie")


def _rows(kept: Kept) -> list[dict[str, str]]:
    rows = [
        {"groep": min(group), "onderwerp": "", "jaar": "", "gebied": buurt, "stand": ""}
        for group in kept.groups
        for buurt in group
    ]
    rows += [
        {"groep": "", "onderwerp": name, "jaar": str(year), "gebied": area, "stand": stand}
        for (name, year, area), stand in kept.seen.items()
    ]
    return sorted(rows, key=lambda row: tuple(row.values()))


def together(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Sets of buurten that share one become one."""
    found: list[Group] = []
    for group in groups:
        apart = [other for other in found if not other & group]
        found = [*apart, group.union(*(other for other in found if other & group))]
    return tuple(found)
