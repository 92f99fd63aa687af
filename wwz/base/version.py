"""Which version of the program made something: a mark of the files that shape it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wwz.base.imports import PYTHON, modules_behind
from wwz.base.paths import KNOWLEDGE, PACKAGE, SQL

BUILDER = "wwz.build.build"
# Queries about a finished database: no table changes with them.
ASKED_LATER = ("answers", "checks")


@cache
def version() -> str:
    """The mark of everything that shapes the tables of a database.

    It is taken once, when the program starts: who replaces the files under a running dashboard has to start it again.
    """
    return mark(table_files(), PACKAGE)


def table_files() -> list[Path]:
    """The files that shape the tables: every module that a build imports, the SQL that it runs, and its knowledge."""
    modules = modules_behind(BUILDER)
    queries = [p for p in SQL.rglob("*.sql") if p.relative_to(SQL).parts[0] not in ASKED_LATER]
    return [*modules, *queries, *_knowledge_of(modules)]


def _knowledge_of(modules: Iterable[Path]) -> list[Path]:
    """Knowledge that a build may read: all of it, except what only modules that it does not import name."""
    known = [p for p in KNOWLEDGE.rglob("*") if p.is_file() and p.suffix in (".toml", ".csv")]
    inside = _text(modules)
    outside = _text(set(PACKAGE.rglob(PYTHON)) - set(modules))
    return [p for p in known if p.name in inside or p.name not in outside]


def _text(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


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
