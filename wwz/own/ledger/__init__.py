"""The ledger: every change of what a municipality adds is an entry that stays; what holds now follows from the entries.

`kinds` says what may be in an entry, `schema` is the tables, `engine` opens the database, `book` reads and writes,
`takeover` brings in the files of before.
"""

from wwz.own.ledger.book import Botsing, Change, Entry, Ledger
from wwz.own.ledger.kinds import KINDS, Field, Kind
from wwz.own.ledger.open import ledger

__all__ = ["KINDS", "Botsing", "Change", "Entry", "Field", "Kind", "Ledger", "ledger"]
