"""The ledger: every change of what a municipality adds is an entry that stays; what holds now follows from the entries.

`kinds` says what may be in an entry, `schema` is the tables, `engine` opens the database, `book` reads and writes (in the
transactions of `writing`), `takeover` brings in the files of before, and a `Shelf` is all of that for one kind.
"""

from wwz.own.ledger.book import Ledger
from wwz.own.ledger.entry import Botsing, Change, Entry
from wwz.own.ledger.kinds import KINDS, Field, Kind
from wwz.own.ledger.open import ledger
from wwz.own.ledger.shelf import Shelf

__all__ = ["KINDS", "Botsing", "Change", "Entry", "Field", "Kind", "Ledger", "Shelf", "ledger"]
