"""What kind a buurt is according to the municipality, instead of what its marks say; and that it is no such buurt."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import pandas as pd

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.future.kinds import titles
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

LONGEST_WHY, LONGEST_WHO = 300, 100


@dataclass(frozen=True)
class Buurtsoort:
    """The kind of one buurt, who says so, why, and when."""

    gebied: str
    soort: str
    waarom: str
    wie: str
    wanneer: str


COLUMNS = [f.name for f in fields(Buurtsoort)]
KIND = Kind(
    "buurtsoort",
    "soort buurt",
    ("gebied",),
    {
        "soort": Field(langst=40),
        "waarom": Field(langst=LONGEST_WHY),
        "wie": Field(langst=LONGEST_WHO),
        "wanneer": Field(langst=40),
    },
)
SHELF = Shelf(KIND, "soort buurt")


def read(database: Path) -> list[Buurtsoort]:
    """What the municipality said of kinds.

    Raises
    ------
    Fout
        When it cannot be read.
    """
    return [Buurtsoort(entry.sleutel[0], **(entry.werd or {})) for entry in SHELF.state(database)]


def keep(
    database: Path, gebied: str, soort: str, waarom: str, wie: str, *, gezien: int | None = None
) -> None:
    """Keep what kind a buurt is; `gezien`: the last entry that the writer saw (`latest`).

    Raises
    ------
    Botsing
        When somebody else changed it meanwhile.
    Fout
        When it may not be done, something is missing, or it cannot be kept.
    """
    permission.need("buurtsoort")
    if wrong := list(_wrong(soort, waarom, wie)):
        raise Fout(*wrong)
    said = {
        "soort": soort,
        "waarom": waarom.strip(),
        "wie": wie.strip(),
        "wanneer": datetime.now().isoformat(timespec="seconds"),
    }

    def change(entries: list[Entry]) -> list[Change]:
        return [Change(KIND, (gebied,), said)]

    SHELF.book(database).revise(KIND, change, wie.strip(), waarom.strip(), gezien=gezien)


def _wrong(soort: str, waarom: str, wie: str):
    if soort not in titles():
        yield f"Soort {soort!r} bestaat niet. Kies uit {', '.join(titles())}."
    if not waarom.strip():
        yield "Vul in waarom deze buurt van een andere soort is."
    if not wie.strip():
        yield "Vul in wie dit zegt."


def remove(database: Path, gebied: str, wie: str = "", *, gezien: int | None = None) -> None:
    """Go back to what the marks say of a buurt.

    Raises
    ------
    Fout
        When nothing was said of it, or it may not be done.
    """
    who = permission.need("buurtsoort")
    if gebied not in {row.gebied for row in read(database)}:
        raise Fout(f"Van {gebied} is geen soort opgegeven.")

    def change(entries: list[Entry]) -> list[Change]:
        return [Change(KIND, (gebied,), None)]

    SHELF.book(database).revise(KIND, change, wie or who.naam, "Weggehaald", gezien=gezien)


def latest(database: Path) -> int:
    """The number of the last entry."""
    return SHELF.latest(database)


def table(database: Path) -> pd.DataFrame:
    """As the build takes it in: gebied, soort, waarom, wie, wanneer. A kind that is no more, counts no more."""
    rows = [asdict(row) for row in read(database) if row.soort in titles()]
    return pd.DataFrame(rows, columns=COLUMNS).astype("str")
