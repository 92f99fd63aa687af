"""Which ledger belongs to a database."""

from __future__ import annotations

from pathlib import Path

from wwz.base.settings import load_settings
from wwz.own.ledger.book import Ledger
from wwz.own.ledger.engine import Place

FILE = "eigen.sqlite"


def ledger(database: Path) -> Ledger:
    """The ledger that belongs to a database: the server of config.toml, or else a file beside the database.

    Parameters
    ----------
    database
        The DuckDB file, or any path in its folder.
    """
    url = load_settings().eigen
    return Ledger(Place(url=url) if url else Place(file=database.absolute().parent / FILE))
