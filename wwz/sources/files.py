"""A folder of files → readings. One bad file never spoils the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from wwz.errors import Fout
from wwz.settings import Settings
from wwz.sources.raw import READABLE, SILENT, raw_tables
from wwz.sources.reading import Reading, Report
from wwz.sources.recognise import recognise

MARKER = "wwz_voorbeeld.json"


def read_folders(folders: tuple[Path, ...], settings: Settings, report: Report) -> Iterator[Reading]:
    """Read every file below the folders.

    Parameters
    ----------
    folders
        Folders (or single files) to read.
    settings
        Size limit and given years.
    report
        Takes what is rejected, with the reason.

    Raises
    ------
    Fout
        When a folder does not exist.
    """
    missing = [f for f in folders if not f.exists()]
    if missing:
        raise Fout(*[f"De map {f} bestaat niet. Controleer --invoer of invoer.mappen in config.toml." for f in missing])
    for path in _files(folders):
        try:
            yield from _read_file(path, settings, report)
        except Fout as fout:
            report.reject(path.name, " ".join(fout.zinnen))


def is_fictitious(folders: tuple[Path, ...]) -> bool:
    """Whether the folders hold the generated example region."""
    for folder in folders:
        marker = folder / MARKER
        if marker.is_file() and json.loads(marker.read_text(encoding="utf-8")).get("fictief"):
            return True
    return False


def _files(folders: tuple[Path, ...]) -> list[Path]:
    found = [p for f in folders for p in ([f] if f.is_file() else sorted(f.rglob("*")))]
    return [p for p in dict.fromkeys(found)
            if p.is_file() and not p.name.startswith(".") and p.name != MARKER and p.suffix.lower() not in SILENT]


def _read_file(path: Path, settings: Settings, report: Report) -> Iterator[Reading]:
    used = 0
    problems: list[str] = []
    for table in raw_tables(path, settings.max_megabyte, report):
        try:
            reading = recognise(table, dict(settings.jaren), report)
        except Fout as fout:
            problems.append(" ".join(fout.zinnen))
            continue
        if reading is not None:
            used += 1
            yield reading
    for problem in problems:
        report.reject(path.name, problem)
    if not used and not problems and path.suffix.lower() in READABLE:
        report.info(path.name, "Alleen een beschrijving van een tabel; er staan geen cijfers in.")
