"""What belongs together in the ledger: one kind of entry, and the file in which an earlier version kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wwz.own.ledger import takeover
from wwz.own.ledger.book import Ledger
from wwz.own.ledger.entry import Change, Entry
from wwz.own.ledger.kinds import Kind
from wwz.own.ledger.open import ledger


@dataclass(frozen=True)
class Shelf:
    """Opens the ledger for one kind.

    Attributes
    ----------
    kind, woorden
        The kind, and what it is in a sentence that lists what changed: 'eisen'.
    bestand, of_file
        The file (or folder) of before, and the changes that stand in it. Without: it was always kept in the ledger.
    """

    kind: Kind
    woorden: str
    bestand: str = ""
    of_file: Callable[[Path], list[Change]] | None = None

    def book(self, database: Path) -> Ledger:
        """The ledger that belongs to a database; a file of before is taken into it first.

        Raises
        ------
        Fout
            When that file is damaged.
        """
        found = ledger(database)
        if self.of_file is not None:
            takeover.bring_in(found, self.kind, database.absolute().parent / self.bestand, self.of_file)
        return found

    def entries(self, database: Path) -> list[Entry]:
        """Every entry, oldest first, also what is secret in it."""
        return self.book(database).everything(self.kind)

    def state(self, database: Path) -> list[Entry]:
        """What holds now."""
        return self.book(database).state(self.kind)

    def latest(self, database: Path) -> int:
        """The number of the last entry; 0 when there is none."""
        return self.book(database).latest(self.kind)

    def mark(self, database: Path) -> str:
        """What tells this state apart from every other."""
        return self.book(database).mark(self.kind)
