"""How much a database holds, whatever version made it: what is asked before another one takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from wwz.base.paths import SQL
from wwz.store import attached

CONTENT = SQL / "store" / "content.sql"


@dataclass(frozen=True)
class Content:
    """How much a database holds: areas of a source (not own ones), figures, and whether it is the fictitious region."""

    gebieden: int = 0
    cijfers: int = 0
    fictief: bool = False


def content_of(path: Path) -> Content:
    """How much a finished database holds; nothing when there is none, or it is not ours."""
    if not path.is_file():
        return Content()
    try:
        with attached(path) as connection:
            return Content(*connection.execute(CONTENT.read_text(encoding="utf-8")).fetchall()[0])
    except duckdb.Error:
        return Content()
