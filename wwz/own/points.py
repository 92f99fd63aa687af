"""Voorzieningen that the municipality adds, moves or takes away: one line per change, never overwritten.

The file stands beside the database. It is plain CSV, so that it can be read, mailed and kept without this product.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import keep_rows, one_at_a_time
from wwz.knowledge import load_toml
from wwz.sources.reading import clean

FILE = "eigen_punten.csv"
ADDED, MOVED, REMOVED, UNDONE = "erbij", "verplaatst", "weg", "teruggedraaid"
ACTIONS = (ADDED, MOVED, REMOVED, UNDONE)
LONGEST = 200
MOST_ROWS = 100_000
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.0, 7.4


@dataclass(frozen=True)
class Change:
    """One change. The last one about a point holds.

    Attributes
    ----------
    id
        The point: one from a file, or a new one.
    actie
        erbij, verplaatst, weg, or teruggedraaid (takes the earlier change of this point back).
    soort
        Kind of voorziening (voorzieningen.toml).
    lat, lon
        Where it is now, degrees; empty for weg and teruggedraaid.
    wie, waarom, wanneer
        Who, on what grounds, and date and time (ISO).
    """

    id: str
    actie: str
    soort: str
    naam: str
    lat: float | None
    lon: float | None
    wie: str
    waarom: str
    wanneer: str


COLUMNS = [f.name for f in fields(Change)]


def path_beside(database: Path) -> Path:
    """Where the changes that belong to a database are kept."""
    return database.parent / FILE


def kinds() -> dict[str, str]:
    """Code → title of every kind of voorziening."""
    return {row["code"]: row["titel"] for row in load_toml("voorzieningen.toml")["voorziening"]}


def new_id() -> str:
    """The id of a point that did not exist yet."""
    return f"e{uuid4().hex[:12]}"


def checked(
    id: str,
    actie: str,
    soort: str,
    naam: str,
    lat: Any,
    lon: Any,
    wie: str,
    waarom: str,
    wanneer: str = "",
    *,
    place: str = "De wijziging",
) -> Change:
    """A change with every field checked.

    Raises
    ------
    Fout
        With one sentence: what is wrong and what to do.
    """
    if actie not in ACTIONS:
        raise Fout(f"{place}: {actie!r} is geen wijziging. Kies uit: {', '.join(ACTIONS)}.")
    if not id or not id.isalnum() or len(id) > 40:
        raise Fout(f"{place}: het kenmerk van het punt ontbreekt. Kies een punt op de kaart of uit de lijst.")
    if soort not in kinds():
        raise Fout(f"{place}: de soort {soort!r} bestaat niet. Kies een soort als supermarkt.")
    if not wie.strip():
        raise Fout(f"{place}: vul uw naam of organisatie in.")
    if actie == ADDED and not naam.strip():
        raise Fout(f"{place}: geef de voorziening een naam.")
    if actie == REMOVED and not waarom.strip():
        raise Fout(f"{place}: schrijf erbij waarom dit punt weg kan.")
    where = (
        (_degree(lat, SOUTH, NORTH, place), _degree(lon, WEST, EAST, place))
        if actie in (ADDED, MOVED)
        else (None, None)
    )
    return Change(
        id, actie, soort, clean(naam.strip(), LONGEST), *where, clean(wie.strip(), LONGEST), clean(waarom.strip(), LONGEST),
        wanneer or datetime.now().isoformat(timespec="seconds"),
    )  # fmt: skip


def _degree(value: Any, low: float, high: float, place: str) -> float:
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = float("nan")
    if not low < number < high:
        raise Fout(
            f"{place}: deze plek ligt niet in Nederland. Wijs een plek op de kaart aan, of typ graden zoals 52.07, 4.30."
        )
    return round(number, 6)


def read(path: Path) -> list[Change]:
    """All changes, in the order they were made; none when there is no file.

    Raises
    ------
    Fout
        Naming the first line that cannot be used.
    """
    if not path.exists():
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Fout(
            f"{path.name} is niet te lezen. Bewaar het als CSV in UTF-8, en geef dit programma leesrechten."
        ) from error
    rows = csv.DictReader(lines)
    if set(COLUMNS) - set(rows.fieldnames or ()):
        raise Fout(f"{path.name} mist een kolom. Nodig zijn: {', '.join(COLUMNS)}.")
    return [
        checked(place=f"{path.name}, regel {number}", **{name: (row[name] or "").strip() for name in COLUMNS})
        for number, row in enumerate(rows, 2)
    ]


def add(path: Path, changes: Iterable[Change]) -> None:
    """Write changes below the earlier ones; the file is replaced in one step.

    Raises
    ------
    Fout
        When there are too many, or the file cannot be written.
    """
    with one_at_a_time(path):
        everything = [*read(path), *changes]
        if len(everything) > MOST_ROWS:
            raise Fout(
                f"Er zijn al {MOST_ROWS} wijzigingen. Zet grote bestanden in de map met invoer en bouw opnieuw."
            )
        keep_rows(path, COLUMNS, [asdict(change) for change in everything])


def current(changes: Iterable[Change]) -> dict[str, Change]:
    """Per point the change that holds now; points whose change was taken back are left out."""
    last = {change.id: change for change in changes}
    return {id: change for id, change in last.items() if change.actie != UNDONE}


def apply(points: pd.DataFrame, changes: Iterable[Change]) -> tuple[pd.DataFrame, list[Change]]:
    """Points with the changes that hold.

    Parameters
    ----------
    points
        Columns id, soort, naam, lat, lon, bestand and herkomst.

    Returns
    -------
    tuple
        The points, those the municipality touched with herkomst eigen; and the changes of points that are no longer in
        the files.
    """
    changes = list(changes)
    held = current(changes)
    known, born = set(points["id"]), {c.id for c in changes if c.actie == ADDED}
    lost = [c for c in held.values() if c.id not in known | born]
    kept = points[~points["id"].isin([c.id for c in held.values() if c.actie == REMOVED])].copy()
    for change in held.values():
        if change.actie == MOVED and change.id in known:
            kept.loc[kept["id"] == change.id, ["lat", "lon", "herkomst"]] = [change.lat, change.lon, "eigen"]
    new = [
        {
            "id": c.id,
            "soort": c.soort,
            "naam": c.naam,
            "lat": c.lat,
            "lon": c.lon,
            "bestand": FILE,
            "herkomst": "eigen",
        }
        for c in held.values()
        if c.id in born and c.actie in (ADDED, MOVED)
    ]
    return (
        pd.concat([kept, pd.DataFrame(new)], ignore_index=True) if new else kept.reset_index(drop=True)
    ), lost
