"""Whether everything that the municipality keeps beside the database can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wwz.base.errors import Fout
from wwz.own.data import SHELVES
from wwz.own.ledger import Shelf


def damage(database: Path) -> list[str]:
    """What is wrong with own data, a sentence each; empty when all can be read."""
    return list(dict.fromkeys(sentence for shelf in SHELVES for sentence in _wrong(shelf, database)))


def _wrong(shelf: Shelf, database: Path) -> Iterator[str]:
    try:
        shelf.entries(database)
    except Fout as fout:
        yield from fout.zinnen
