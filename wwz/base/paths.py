"""Where the project's own folders are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wwz"
KNOWLEDGE = PACKAGE / "knowledge"
SQL = PACKAGE / "sql"
STATIC = ROOT / "static"
CONFIG = ROOT / "config.toml"
