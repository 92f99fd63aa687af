"""File → raw tables. Nothing is interpreted here, and nothing in a file is trusted or executed."""

from __future__ import annotations

import codecs
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from wwz.base.errors import Fout
from wwz.sources.bagextract import MARK, read_extract
from wwz.sources.delimited import read_delimited
from wwz.sources.layers import read_layers
from wwz.sources.limits import MEGABYTE, check_size
from wwz.sources.objects import read_objects
from wwz.sources.reading import Report, Table, clean
from wwz.sources.routes import read_graphml
from wwz.sources.sheets import read_sheets

READABLE = {".csv", ".txt", ".tsv", ".parquet", ".xlsx", ".xlsm", ".gpkg", ".geojson", ".json", ".shp"}
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
# What a file is, by its first bytes; the name may say something else.
MAGIC = (
    (b"PAR1", "parquet"),
    (b"SQLite format 3\0", "gpkg"),
    (b"\x00\x00\x27\x0a", "shp"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gz"),
    (b"\x89PNG", "beeld"),
    (b"\xff\xd8\xff", "beeld"),
)
BINARY = (".parquet", ".xlsx", ".xlsm", ".xls", ".ods", ".gpkg", ".shp")
TEXT = ("csv", "json")
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# Which xml it is, by a word near its beginning.
XML = {b"<graphml": "graphml", MARK: "bag", b"<osm ": "osm"}
REFUSED = {
    "osm": "Dit is de xml van OpenStreetMap. Vraag bij Overpass om [out:json], en zet dat bestand in de map.",
    "zip": "Dit is een zip-bestand. Pak het uit en zet de inhoud in de map.",
    "gz": "Dit is een ingepakt bestand. Pak het uit en zet de inhoud in de map.",
    "xls": "Dit is een oud of beveiligd Excel-bestand. Bewaar het zonder wachtwoord als xlsx.",
    "pdf": "Dit is een pdf, geen tabel. Haal de cijfers op als csv of xlsx.",
    "beeld": "Dit is een afbeelding, geen tabel. Haal de cijfers op als csv of xlsx.",
    "xml": "Dit is een webpagina of xml, geen tabel. Haal de cijfers op als csv of xlsx.",
}


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
    if kind in REFUSED:
        raise Fout(REFUSED[kind])
    suffix = path.suffix.lower()
    if kind == "csv" and suffix not in READABLE and suffix not in BINARY:
        raise Fout(
            f"De soort {clean(suffix, 20) or 'zonder uitgang'} kan niet gelezen worden. "
            "Gebruik csv, xlsx, parquet, gpkg, geojson of shp."
        )
    if kind in TEXT and suffix in BINARY:
        yield from _renamed(READERS[kind](path, report), suffix, path, report)
    else:
        yield from READERS[kind](path, report)


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


def _kind(path: Path, head: bytes) -> str:
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if kind == "zip":
        return "xlsx" if _is_workbook(path) else "zip"
    if kind:
        return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return next((found for mark, found in XML.items() if mark in head), "xml")
    if path.suffix.lower() in BINARY and not _is_text(head):
        raise Fout(
            f"Het bestand is beschadigd of geen echt {path.suffix.lower()}-bestand. Haal het opnieuw op."
        )
    return "json" if start in (b"{", b"[") or path.suffix.lower() in (".json", ".geojson") else "csv"


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


def _parquet(path: Path, report: Report) -> Iterator[Table]:
    with pq.ParquetFile(path) as file:
        check_size(file.metadata.num_rows, file.metadata.num_columns)
        frame = file.read().to_pandas()
    frame.columns = [str(c) for c in frame.columns]
    yield Table(clean(path.name), "", frame)


def _quiet(reader: Callable[[Path, Report], Iterator[Table]]) -> Callable[[Path, Report], Iterator[Table]]:
    """Keep the remarks of libraries from the screen: ours are in the report."""

    def read(path: Path, report: Report) -> Iterator[Table]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from reader(path, report)

    return read


READERS = {
    kind: _quiet(reader)
    for kind, reader in {
        "parquet": _parquet,
        "xlsx": read_sheets,
        "gpkg": read_layers,
        "shp": read_layers,
        "json": read_objects,
        "csv": read_delimited,
        "graphml": read_graphml,
        "bag": read_extract,
    }.items()
}
