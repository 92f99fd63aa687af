"""Voorzieningen that the municipality adds, moves or takes away: an entry of the ledger per change."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.own import ledger
from wwz.own.ledger import Field, Kind
from wwz.own.tablefile import own_csv
from wwz.sources.reading import clean
from wwz.words.numbers import dutch

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


KIND = Kind(
    "punt",
    "punt van een voorziening",
    ("id",),
    {
        "actie": Field(langst=20),
        "soort": Field(langst=40),
        "naam": Field(langst=LONGEST),
        "lat": Field(float, verplicht=False),
        "lon": Field(float, verplicht=False),
        "wie": Field(langst=LONGEST),
        "waarom": Field(langst=LONGEST),
        "wanneer": Field(langst=40),
    },
)


def _of_file(path: Path) -> list[ledger.Change]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Fout(
            f"{path.name} is niet te lezen. Bewaar het als CSV in UTF-8, en geef dit programma leesrechten."
        ) from error
    rows = csv.DictReader(lines)
    if set(COLUMNS) - set(rows.fieldnames or ()):
        raise Fout(f"{path.name} mist een kolom. Nodig zijn: {', '.join(COLUMNS)}.")
    changes = [
        checked(place=f"{path.name}, regel {number}", **{name: (row[name] or "").strip() for name in COLUMNS})
        for number, row in enumerate(rows, 2)
    ]
    return [replace(_entry(change), wanneer=change.wanneer, groep=str(n)) for n, change in enumerate(changes)]


def _entry(change: Change) -> ledger.Change:
    said = {name: getattr(change, name) for name in KIND.velden}
    return ledger.Change(KIND, (change.id,), said, wie=change.wie, waarom=change.waarom)


SHELF = ledger.Shelf(KIND, "punten van voorzieningen", FILE, _of_file)


def read(database: Path) -> list[Change]:
    """All changes, in the order they were made.

    Raises
    ------
    Fout
        When they cannot be read.
    """
    return [_change(entry) for entry in SHELF.entries(database)]


def _change(entry: ledger.Entry) -> Change:
    """A change; one that was taken back as a whole says no more than that."""
    said = entry.werd or {
        **(entry.was or {"soort": "", "naam": ""}), "actie": UNDONE, "lat": None, "lon": None,
        "wie": entry.wie, "waarom": entry.waarom, "wanneer": entry.wanneer,
    }  # fmt: skip
    return Change(*entry.sleutel, **{name: said[name] for name in KIND.velden})


def add(database: Path, changes: Iterable[Change], *, gezien: int | None = None) -> None:
    """Write changes down.

    Parameters
    ----------
    gezien
        The last entry that the writer saw (`latest`); None: do not look whether somebody was before them.

    Raises
    ------
    Botsing
        When somebody else changed one of these points meanwhile.
    Fout
        When there are too many, when it may not be done, or when it cannot be kept.
    """
    permission.need("punt")
    new = [_entry(change) for change in changes]
    if len(SHELF.entries(database)) + len(new) > MOST_ROWS:
        raise Fout(
            f"Er zijn al {dutch(MOST_ROWS)} wijzigingen. Zet grote bestanden in de map met invoer en bouw opnieuw."
        )
    if new:
        SHELF.book(database).add(new, new[0].wie, gezien=gezien)


def latest(database: Path) -> int:
    """The number of the last entry of a point."""
    return SHELF.latest(database)


def to_csv(changes: Iterable[Change]) -> bytes:
    """Changes as a CSV file."""
    return own_csv(COLUMNS, (asdict(change) for change in changes))


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
