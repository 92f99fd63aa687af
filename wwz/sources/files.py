"""A folder of files → readings. One bad file never spoils the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.sources.provenance import PROVENANCE, add_provenance
from wwz.sources.raw import COMPANIONS, SILENT, raw_tables
from wwz.sources.reading import Melding, Reading, Report, clean
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
        raise Fout(
            *[
                f"De map {f} bestaat niet. Controleer --invoer of invoer.mappen in config.toml."
                for f in missing
            ]
        )
    for path in _files(folders):
        yield from _read_file(path, settings, report)
    _report_left_alone(folders, report)


def is_fictitious(folders: tuple[Path, ...]) -> bool:
    """Whether anything of the generated example region is among what is read, however deep it lies."""
    beside = dict.fromkeys(path.parent for path in _files(folders))
    return any(_is_marked(folder) for folder in (*folders, *beside))


def _is_marked(folder: Path) -> bool:
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return bool(marker.get("fictief"))
    except (OSError, ValueError, AttributeError):
        # No marker, or not ours: then it is not our example either.
        return False


def _files(folders: tuple[Path, ...]) -> list[Path]:
    return [p for p in _all_files(folders) if p.suffix.lower() not in SILENT]


def _all_files(folders: tuple[Path, ...]) -> list[Path]:
    found = [p for f in folders for p in ([f] if f.is_file() else sorted(f.rglob("*")))]
    return [
        p
        for p in dict.fromkeys(found)
        if p.is_file() and not p.name.startswith((".", "~$")) and p.name not in (MARKER, PROVENANCE)
    ]


def _report_left_alone(folders: tuple[Path, ...], report: Report) -> None:
    """Say of companions that the file they go with is not there: what was meant to be read is not."""
    alone: dict[tuple[Path, str, str], list[Path]] = {}
    for path in _all_files(folders):
        main = COMPANIONS.get(path.suffix.lower())
        if main and not any(path.with_suffix(ending).exists() for ending in (main, main.upper())):
            alone.setdefault((path.parent, path.stem, main), []).append(path)
    for (_, stem, main), paths in alone.items():
        parts = " en ".join(p.suffix for p in paths)
        report.refuse(
            paths[0].name,
            f"Van {stem} is er alleen {parts}; {stem}{main} ontbreekt. Zet dat bestand in dezelfde map, dan wordt het gelezen.",
        )


def _read_file(path: Path, settings: Settings, report: Report) -> Iterator[Reading]:
    """Readings of one file; whatever is wrong with it ends up in the report."""
    used, metadata, before = 0, 0, len(report.meldingen)
    problems: list[str] = []
    tables = raw_tables(path, settings.max_megabyte, report)
    while True:
        try:
            table = next(tables, None)
            if table is None:
                break
            reading = _recognise(table, settings, report, problems)
        # A parser can fail in any way on a file that was made to hurt it, and the other files must still be read.
        except Exception as error:
            problems.append(_reason(path, error))
            break
        if reading is not None:
            add_provenance(reading, path)
            used += 1
            yield reading
        elif not problems:
            metadata += 1
    for problem in problems:
        if used and "geen kolom met codes" in problem:
            # A sheet with notes beside the sheet with figures.
            report.info(path.name, problem)
        elif used:
            report.reject(path.name, problem)
        else:
            report.refuse(path.name, problem)
    if metadata and not used and not problems:
        report.info(path.name, "Alleen een beschrijving van een tabel; er staan geen cijfers in.")
    elif not used and not problems:
        _refuse_silent(path, report, report.meldingen[before:])


def _refuse_silent(path: Path, report: Report, said: list[Melding]) -> None:
    """Nothing came out of a file: what was said of its parts is why, or else there was no table."""
    rejected = [m for m in said if m.ernst == "afgekeurd"]
    for remark in rejected:
        remark.heel = True
    if not rejected:
        report.refuse(
            path.name, "Er is geen tabel in te vinden. Begin het bestand met de namen van de kolommen."
        )


def _recognise(table, settings: Settings, report: Report, problems: list[str]) -> Reading | None:
    try:
        return recognise(table, dict(settings.jaren), report)
    except Fout as fout:
        part = f"{table.onderdeel}: " if table.onderdeel else ""
        problems.append(part + " ".join(fout.zinnen))
        return None


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, Fout):
        return " ".join(error.zinnen)
    if isinstance(error, PermissionError):
        return "Het bestand mag niet gelezen worden. Geef de gebruiker van dit programma leesrechten."
    if isinstance(error, MemoryError):
        return "Het bestand past niet in het geheugen. Kies alleen de gebieden en jaren die nodig zijn."
    kind = clean(path.suffix.lower(), 20)
    return f"Het bestand is beschadigd of geen echt {kind or 'gegevens'}-bestand ({type(error).__name__}). Haal het opnieuw op."
