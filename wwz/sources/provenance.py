"""Where files came from: a note in the folder of what was fetched, and for each figure a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base.counted import counted
from wwz.base.dates import short_day
from wwz.knowledge import domain
from wwz.sources.reading import Reading, clean

PROVENANCE = "herkomst.json"
FIELDS = ("tabel", "versie", "opgehaald", "licentie")
BOUNDARIES = "grenzen"
# The source of what is measured from points.
POINTS, STREETS = "punten", "bgt"
OPEN_MAP = "ODbL"


def add_provenance(reading: Reading, path: Path) -> None:
    """Give a reading the table number, version, time and licence of the file it came from, if known."""
    note = path.parent / PROVENANCE
    about = _notes(note, note.stat().st_mtime_ns).get(path.name, {}) if note.is_file() else {}
    for name in FIELDS:
        # What a reader found out itself stays where the note says nothing.
        setattr(reading, name, clean(str(about.get(name, "")), 120) or getattr(reading, name))


@lru_cache(maxsize=4)
def _notes(note: Path, changed: int) -> dict[str, dict[str, Any]]:
    try:
        files = json.loads(note.read_text(encoding="utf-8"))["bestanden"]
        return {str(name): about for name, about in files.items() if isinstance(about, dict)}
    # A note that cannot be read says nothing; the figures are still figures.
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def origin_table(readings: Iterable[Reading]) -> pd.DataFrame:
    """What a source line says about the files behind a figure: the one place that every screen and export uses.

    Returns
    -------
    pandas.DataFrame
        Columns bron (code of the source), jaar (0: any year), tekst and licentie: `tekst` goes behind the attribution
        of the source. Of what was fetched it names table, version and day; of other files it says that they are own.
    """
    parts: dict[tuple[str, int], list[Reading]] = {}
    for reading in readings:
        for key in _subjects(reading):
            parts.setdefault(key, []).append(reading)
    # Boundaries carry figures too; where a table has them, that is the source.
    parts = {key: [r for r in found if r.soort == "cijfers"] or found for key, found in parts.items()}
    rows = [
        (bron, jaar, f", {_files(found, 'ingelezen uit')}", _licence(found))
        for (bron, jaar), found in sorted(parts.items())
    ]
    used = [r for (bron, _), found in sorted(parts.items()) if bron != BOUNDARIES for r in found]
    derived = [b.code for b in domain.bronnen().values() if b.soort == "eigen"]
    made_with = f"; gerekend met {_files(used, 'cijfers uit')}"
    credit = "".join(f"; {line}" for line in sorted({_credit(r) for r in readings} - {""}))
    # Along a walking route lie benches of the map, and it leads to places of the map.
    rows = [(b, j, text + (credit if b == STREETS else ""), licence) for b, j, text, licence in rows]
    rows += [(code, 0, made_with + (credit if code == POINTS else ""), "") for code in derived if used]
    return pd.DataFrame(rows, columns=["bron", "jaar", "tekst", "licentie"]).astype(
        {"tekst": "str", "licentie": "str"}
    )


def _credit(reading: Reading) -> str:
    """Who is named wherever a figure rests on points of OpenStreetMap: their licence asks it."""
    if reading.soort != POINTS or not reading.licentie.startswith(OPEN_MAP):
        return ""
    line = domain.bronnen()["osm"].naamsvermelding
    year = reading.opgehaald[:4]
    return line.replace(", {jaar}", f", {year}" if year else "")


def _subjects(reading: Reading) -> list[tuple[str, int]]:
    found = list(reading.jaren.items())
    if reading.soort == BOUNDARIES and reading.indeling:
        found.append((BOUNDARIES, reading.indeling))
    return [(bron, int(jaar)) for bron, jaar in found]


def _files(readings: list[Reading], own_words: str) -> str:
    """The tables that were fetched, and behind `own_words` how many own files: their names stand under Gegevens."""
    # The layers of one publication of boundaries (name/layer) are one source.
    tables = {r.tabel.split("/")[0]: r for r in readings if r.tabel}
    own = list(dict.fromkeys(r.bestand for r in readings if not r.tabel))
    parts = []
    if tables:
        days = {r.opgehaald[:10] for r in tables.values()}
        named = [f"tabel {name}{_version(r)}" for name, r in tables.items()]
        parts.append(f"{', '.join(named)}, opgehaald {short_day(max(days))}")
    if own:
        parts.append(f"{own_words} {counted('[een eigen bestand|{n} eigen bestanden]', len(own))}")
    return " en ".join(parts)


def _version(reading: Reading) -> str:
    return f" (versie {short_day(reading.versie)})" if len(reading.versie) >= len("2026-01-31") else ""


def _licence(readings: list[Reading]) -> str:
    return ", ".join(dict.fromkeys(r.licentie for r in readings if r.licentie))
