"""Where the project's own folders are."""

from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wwz"
KNOWLEDGE = PACKAGE / "knowledge"
SQL = PACKAGE / "sql"
STATIC = ROOT / "static"
CONFIG = ROOT / "config.toml"


def sql_files(*folders: str) -> Iterable[Path]:
    """The .sql files of a layer, or of layers that run through each other, in the order of their names."""
    files = (path for folder in folders for path in (SQL / folder).glob("*.sql"))
    return sorted(files, key=lambda path: path.name)
