"""How many people a region has to house by law in half a year, as the region itself says: one number for all its gemeenten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf
from wwz.sources.reading import clean
from wwz.words.numbers import dutch

MOST = 100_000
PERIOD = re.compile(r"20\d\d-[12]", re.ASCII)
KIND = Kind(
    "regiotaak",
    "taakstelling van een regio",
    ("regio", "groep", "periode"),
    {"aantal": Field(int), "bron": Field(langst=400)},
)
SHELF = Shelf(KIND, "taakstellingen van de regio")


@dataclass(frozen=True)
class Taak:
    """So many people for a region in a half-year (2026-1 is the first of 2026); `bron` is where the number stands."""

    groep: str
    periode: str
    aantal: int
    bron: str
    wie: str
    wanneer: str

    @property
    def halfjaar(self) -> str:
        """The period in words."""
        year, half = self.periode.split("-")
        return f"{'eerste' if half == '1' else 'tweede'} halfjaar van {year}"


def latest(database: Path, regio: str, groep: str) -> Taak | None:
    """The newest half-year of which a region (the key of its gemeenten) gave a number; None when it gave none."""
    found = [entry for entry in SHELF.state(database) if entry.sleutel[:2] == (regio, groep) and entry.werd]
    return _task(max(found, key=lambda entry: entry.sleutel[2])) if found else None


def _task(entry: Entry) -> Taak:
    said = entry.werd or {}
    return Taak(
        entry.sleutel[1], entry.sleutel[2], said["aantal"], said["bron"], entry.wie, entry.wanneer[:10]
    )


def keep(
    database: Path,
    regio: str,
    groep: str,
    periode: str,
    aantal: int,
    bron: str,
    wie: str,
    *,
    gezien: int | None = None,
) -> None:
    """Keep the number of a half-year; a later one of the same half-year replaces it.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else gave another number since.
    Fout
        With everything that is wrong; when it may not be done.
    """
    permission.need("regio")
    wrong = {
        "Vul in wie dit opgeeft.": not wie.strip(),
        "Schrijf het halfjaar als 2026-1 of 2026-2.": not PERIOD.fullmatch(periode),
        f"De taakstelling is een heel aantal mensen, van 1 tot {dutch(MOST)}.": not 1 <= aantal <= MOST,
        "Schrijf op waar de taakstelling staat.": not bron.strip(),
    }
    if any(wrong.values()):
        raise Fout(*[text for text, is_wrong in wrong.items() if is_wrong])
    said = {"aantal": aantal, "bron": clean(bron.strip(), 400)}
    SHELF.book(database).add([Change(KIND, (regio, groep, periode), said)], wie.strip(), gezien=gezien)
