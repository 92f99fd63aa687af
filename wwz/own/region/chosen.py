"""Regions that the municipality put together itself, by name."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

LONGEST = 80
MOST = 200
KIND = Kind(
    "regio",
    "eigen regio",
    ("id",),
    {"naam": Field(langst=LONGEST), "gemeenten": Field(list, langst=60), "centrum": Field(list, langst=60)},
)
SHELF = Shelf(KIND, "eigen regio's")


@dataclass(frozen=True)
class EigenRegio:
    """A region by name; `centrum` are the gemeenten that arranged care and shelter for the others."""

    id: str
    naam: str
    gemeenten: tuple[str, ...]
    centrum: tuple[str, ...]
    wie: str
    wanneer: str


def regios(database: Path) -> list[EigenRegio]:
    """All that hold, the newest first."""
    return [_region(entry) for entry in reversed(SHELF.state(database))]


def _region(entry: Entry) -> EigenRegio:
    said = entry.werd or {}
    return EigenRegio(
        entry.sleutel[0],
        said["naam"],
        tuple(said["gemeenten"]),
        tuple(said["centrum"]),
        entry.wie,
        entry.wanneer[:10],
    )


def keep(
    database: Path,
    naam: str,
    gemeenten: Sequence[str],
    centrum: Sequence[str],
    wie: str,
    *,
    gezien: int | None = None,
) -> str:
    """Keep a region under a name; one with that name is replaced. Gives its id.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else kept another region under that name since.
    Fout
        Without a name, or with fewer than two gemeenten; when it may not be done.
    """
    permission.need("regio")
    naam = " ".join(naam.split())[:LONGEST]
    if not naam or len(set(gemeenten)) < 2:
        raise Fout("Geef de regio een naam, en kies minstens twee gemeenten.")
    there = regios(database)
    known = next((r.id for r in there if r.naam.casefold() == naam.casefold()), "")
    if not known and len(there) >= MOST:
        raise Fout(f"Er zijn al {MOST} eigen regio's. Haal er eerst een weg.")
    code = known or f"r-{secrets.token_hex(4)}"
    said = {"naam": naam, "gemeenten": list(gemeenten), "centrum": [c for c in centrum if c in gemeenten]}
    SHELF.book(database).add([Change(KIND, (code,), said)], wie, gezien=gezien)
    return code


def remove(database: Path, code: str, wie: str, *, gezien: int | None = None) -> None:
    """Take a region away, unless somebody else changed it since (`gezien`, as in `Ledger.add`); what was kept about its gemeenten stays."""
    permission.need("regio")
    SHELF.book(database).add([Change(KIND, (code,), None)], wie, "Weggehaald", gezien=gezien)
