"""Numbers of people per gemeente and group, as the gemeenten count them: kept in the ledger, never in the database.

Their history says who, when and why, and never a number. What leaves is protected first: :mod:`wwz.own.region.hidden`. A number
that is taken away stays in the ledger: without it nobody would know any more what has to stay hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

KIND = Kind(
    "regiocijfer",
    "cijfer van een gemeente over een aandachtsgroep",
    ("groep", "gemeente", "jaar"),
    {
        "aantal": Field(int),
        "peildatum": Field(langst=10),
        "definitie": Field(langst=400),
        "bron": Field(langst=400),
        "wie": Field(langst=200),
    },
    geheim=True,
)
SHELF = Shelf(KIND, "cijfers van de regio")


@dataclass(frozen=True)
class Aantal:
    """How many people of a group a gemeente counts.

    Attributes
    ----------
    definitie
        The mark of the definition by which was counted, or other words: then it is not added to anything.
    peildatum
        ISO date.
    """

    groep: str
    gemeente: str
    aantal: int
    peildatum: str
    definitie: str
    bron: str
    wie: str

    @property
    def jaar(self) -> int:
        """Year of the measuring date."""
        return int(self.peildatum[:4])

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later number of the same replaces."""
        return self.groep, self.gemeente, str(self.jaar)


def number_of(key: Sequence[str], content: dict) -> Aantal:
    """An entry as a number."""
    return Aantal(key[0], key[1], **{name: content[name] for name in KIND.velden})


def read(database: Path) -> list[Aantal]:
    """All numbers that hold, the small ones too: for the calculation, not to be shown."""
    return [number_of(entry.sleutel, entry.werd or {}) for entry in SHELF.state(database)]


def add(database: Path, numbers: Sequence[Aantal], wie: str, *, gezien: int | None = None) -> int:
    """Keep numbers, as one act; gives how many are new or different.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else gave another number of the same since; what they are is not told.
    Fout
        When it may not be done.
    """
    permission.need("regio")
    if not wie.strip():
        raise Fout("Vul in wie deze cijfers opgeeft.")

    def changes(entries: list[Entry]) -> list[Change]:
        before = {entry.sleutel: entry.werd for entry in entries}
        said = {n.key: {name: getattr(n, name) for name in KIND.velden} for n in numbers}
        return [Change(KIND, key, content) for key, content in said.items() if before.get(key) != content]

    if not numbers:
        return 0
    before = SHELF.latest(database)
    SHELF.book(database).revise(KIND, changes, wie, numbers[0].bron, gezien=gezien)
    return sum(entry.nummer > before for entry in SHELF.state(database))


def remove(
    database: Path, groep: str, gemeente: str, jaar: int, wie: str, *, gezien: int | None = None
) -> None:
    """Take a number away.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else gave another number since.
    Fout
        When there is none, or it may not be done.
    """
    permission.need("regio")
    key = (groep, gemeente, str(jaar))
    if key not in {number.key for number in read(database)}:
        raise Fout(f"Van {gemeente} is er voor {groep} in {jaar} geen cijfer.")
    SHELF.book(database).add([Change(KIND, key, None)], wie, "Weggehaald", gezien=gezien)
