"""Which version of the program made something: a mark of the files that shape it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wwz.paths import KNOWLEDGE, PACKAGE, SQL

LAYERS = ("staging", "figures", "distance")
# Modules outside knowledge/ that decide which columns a table gets.
TABLE_MAKERS = ("build.py", "future/tables.py", "model/groups.py", "model/tables.py")
# Knowledge that is read while a screen is made or figures are fetched; no table changes with it.
NOT_IN_TABLES = (
    "begrippen.toml",
    "kleuren.toml",
    "methode.toml",
    "profiel.toml",
    "tabellen.toml",
    "vergelijkbaar.toml",
    "vertalingen.toml",
)


@cache
def version() -> str:
    """The mark of everything that shapes the tables of a database.

    It is taken once, when the program starts: who replaces the files under a running dashboard has to start it again.
    """
    return mark(table_files(), PACKAGE)


def table_files() -> list[Path]:
    """The files that shape the tables: SQL that a build runs, knowledge, and the modules that make tables of it."""
    queries = (path for layer in LAYERS for path in (SQL / layer).glob("*.sql"))
    knowledge = (
        path
        for ending in ("toml", "csv", "py")
        for path in KNOWLEDGE.rglob(f"*.{ending}")
        if path.name not in NOT_IN_TABLES
    )
    return [*queries, *knowledge, *(PACKAGE / name for name in TABLE_MAKERS)]


def mark(files: Iterable[Path], root: Path) -> str:
    """A short text that is another one as soon as a file changes, comes or goes.

    Parameters
    ----------
    files
        In any order.
    root
        Folder that holds them all; where it is does not count.
    """
    total = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()[:16]
