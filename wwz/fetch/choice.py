"""Which fetched set the next build reads. What the dashboard shows is for the database to say: see in_use."""

from __future__ import annotations

import json
from pathlib import Path

from wwz.base.keeping import writing
from wwz.sources.provenance import PROVENANCE

FOLDER = "opgehaald"
CHOICE = "keuze.json"


def fetch_folder(database: Path) -> Path:
    """Where fetched data lives: beside the database."""
    return database.parent / FOLDER


def chosen_set(database: Path) -> Path | None:
    """The folder of the set in use, or None."""
    try:
        name = json.loads((fetch_folder(database) / CHOICE).read_text(encoding="utf-8"))["map"]
        folder = fetch_folder(database) / "sets" / Path(str(name)).name
        return folder if (folder / PROVENANCE).is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def choose_set(database: Path, folder: Path) -> None:
    """Keep using this set at the next build."""
    with writing(fetch_folder(database) / CHOICE) as new:
        new.write_text(json.dumps({"map": folder.name}), encoding="utf-8")


def forget_set(database: Path) -> None:
    """Go back to the example region (or the folders of config.toml)."""
    (fetch_folder(database) / CHOICE).unlink(missing_ok=True)
