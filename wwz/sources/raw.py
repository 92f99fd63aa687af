"""File → raw tables. Nothing is interpreted here, and nothing in a file is trusted or executed."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from wwz.base.errors import Fout
from wwz.sources.bgtfile import is_bgt
from wwz.sources.formats import FORMATS, FileFormat, endings, named
from wwz.sources.limits import MEGABYTE
from wwz.sources.reading import Report, Table, clean

# Companions of a shapefile, and notes: not tables, and not worth a remark.
SILENT = {
    ".dbf",
    ".shx",
    ".prj",
    ".cpg",
    ".qmd",
    ".qml",
    ".qgz",
    ".md",
    ".sbn",
    ".sbx",
    ".gpkg-wal",
    ".gpkg-shm",
    ".gpkg-journal",
}
# Which file they are nothing without; the coordinate system and the index say nothing by themselves.
COMPANIONS = {".dbf": ".shp", ".shx": ".shp", ".gpkg-wal": ".gpkg"}
HEAD = 64 * 1024
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def raw_tables(path: Path, max_megabyte: int, report: Report) -> Iterator[Table]:
    """Read all tables of one file.

    Parameters
    ----------
    path
        The file. Its first bytes decide how it is read; the name counts only for plain text.
    max_megabyte
        Larger files are refused.
    report
        Takes rows that could not be read.

    Raises
    ------
    Fout
        With one Dutch sentence when the file as a whole cannot be read.
    """
    size = path.stat().st_size
    if size == 0:
        raise Fout("Het bestand is leeg. Haal het opnieuw op.")
    if size > max_megabyte * MEGABYTE:
        raise Fout(f"Het bestand is groter dan {max_megabyte} MB. Verhoog invoer.max_megabyte als het klopt.")
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    kind = _kind(path, head)
    if kind.refused:
        raise Fout(kind.refused)
    suffix = path.suffix.lower()
    binary = endings(text=False)
    if kind.code == "csv" and suffix not in endings() | binary:
        raise Fout(
            f"De soort {clean(suffix, 20) or 'zonder uitgang'} kan niet gelezen worden. "
            "Gebruik csv, xlsx, parquet, gpkg, geojson of shp."
        )
    if kind.text and suffix in binary:
        yield from _renamed(kind.tables(path, report), suffix, path, report)
    else:
        yield from kind.tables(path, report)


def _renamed(tables: Iterator[Table], suffix: str, path: Path, report: Report) -> Iterator[Table]:
    """Text under the name of another kind of file: read as what it is, and called so."""
    what = f"Dit is een tekstbestand (csv of json) met de naam {suffix}."
    try:
        for number, table in enumerate(tables):
            if not number:
                report.warn(path.name, f"{what} Zo is het gelezen. Geef het de uitgang die erbij hoort.")
            yield table
    except Fout as fout:
        raise Fout(f"{what} {' '.join(fout.zinnen)}") from fout


def _kind(path: Path, head: bytes) -> FileFormat:
    kind = next((found for found in FORMATS if found.magic and head.startswith(found.magic)), None)
    if kind is not None:
        if kind.code == "zip":
            return named("xlsx") if _is_workbook(path) else named("bgt") if is_bgt(path) else kind
        return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return next((found for found in FORMATS if found.word and found.word in head), named("xml"))
    suffix = path.suffix.lower()
    if suffix in endings(text=False) and not _is_text(head):
        raise Fout(f"Het bestand is beschadigd of geen echt {suffix}-bestand. Haal het opnieuw op.")
    return named("json" if start in (b"{", b"[") or suffix in named("json").endings else "csv")


def _is_text(head: bytes) -> bool:
    """Whether the beginning of a file is text: it may be cut off in the middle of a letter."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not NO_TEXT.search(head)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile as error:
        raise Fout("Het rekenblad is beschadigd. Haal het opnieuw op.") from error
