"""Where fetched files came from: a note in the folder, written when they were fetched."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from wwz.sources.reading import Reading, clean

PROVENANCE = "herkomst.json"
FIELDS = ("tabel", "versie", "opgehaald", "licentie")


def add_provenance(reading: Reading, path: Path) -> None:
    """Give a reading the table number, version, time and licence of the file it came from, if known."""
    note = path.parent / PROVENANCE
    about = _notes(note, note.stat().st_mtime_ns).get(path.name, {}) if note.is_file() else {}
    for name in FIELDS:
        setattr(reading, name, clean(str(about.get(name, "")), 120))


@lru_cache(maxsize=4)
def _notes(note: Path, changed: int) -> dict[str, dict[str, Any]]:
    try:
        files = json.loads(note.read_text(encoding="utf-8"))["bestanden"]
        return {str(name): about for name, about in files.items() if isinstance(about, dict)}
    # A note that cannot be read says nothing; the figures are still figures.
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
