"""A database with a ledger of its own: what a test writes down is seen by no other test."""

from __future__ import annotations

from pathlib import Path

from wwz.store import Store


def own_copy(store: Store, folder: Path) -> Store:
    """The same database, which never changes, at a place of its own: its ledger stands beside it, and is empty."""
    path = folder / "wwz.duckdb"
    path.symlink_to(store.path)
    return Store(path)
