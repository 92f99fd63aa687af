"""What earlier versions hid and showed of the counts of a municipality, kept beside them: which areas, never a count.

A later build may only hide more: see :mod:`wwz.own.countsgroups`. Who takes this file away forgets that; then a number of
now and a total of before may give a hidden count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import keep_rows, kept_rows, one_at_a_time
from wwz.own.countsgroups import Group

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


def path_beside(database: Path) -> Path:
    """Where it is kept for a database."""
    return database.parent / FILE


def read(path: Path) -> Kept:
    """What was seen so far; nothing when there is no file.

    Raises
    ------
    Fout
        When the file was damaged.
    """
    try:
        rows = kept_rows(path, COLUMNS)
        members: dict[str, set[str]] = {}
        for row in rows:
            if row["groep"]:
                members.setdefault(row["groep"], set()).add(row["gebied"])
        seen = {
            (row["onderwerp"], int(row["jaar"]), row["gebied"]): row["stand"]
            for row in rows
            if not row["groep"]
        }
    except (Fout, ValueError) as error:
        # Not with the advice to take it away: then it forgets what has to stay hidden.
        raise Fout(DAMAGED.format(path.name)) from error
    return Kept(tuple(frozenset(group) for group in members.values()), seen)


def write(path: Path, before: Kept, now: Kept) -> None:
    """Keep what is seen now; nothing is written when that is what was there, and no lock is left where nothing is kept.

    Raises
    ------
    Fout
        When another build kept something meanwhile.
    """
    # Without own counts this version shows none, whatever another build keeps meanwhile.
    if not _rows(now):
        return
    with one_at_a_time(path):
        if _rows(read(path)) != _rows(before):
            raise Fout(BUSY)
        if _rows(before) != (rows := _rows(now)):
            keep_rows(path, COLUMNS, rows)


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
