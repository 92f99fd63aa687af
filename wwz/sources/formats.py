"""The kinds of files that a build knows: by their first bytes, with a reader, or with why they are refused.

A new kind of file is a module with its reader, and an entry here.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from wwz.sources import bgtfile
from wwz.sources.bagextract import MARK, read_extract
from wwz.sources.delimited import read_delimited
from wwz.sources.layers import read_layers
from wwz.sources.limits import check_size
from wwz.sources.objects import read_objects
from wwz.sources.pbf import MAGIC as PBF
from wwz.sources.pbf import read_pbf
from wwz.sources.reading import Report, Table, clean
from wwz.sources.routes import read_graphml
from wwz.sources.sheets import read_sheets

Reader = Callable[[Path, Report], Iterator[Table]]


@dataclass(frozen=True)
class FileFormat:
    """One kind of file.

    Attributes
    ----------
    code
        Its name here.
    reader
        Gives the tables of a file; None when files of this kind are refused.
    refused
        Why, in a sentence that says what to do.
    magic
        The bytes that such a file begins with: what a file is, whatever its name says.
    word
        Of xml: a word near its beginning.
    endings
        Endings that promise a file of this kind.
    text
        Whether it is plain text, which the name of a file may deny.
    """

    code: str
    reader: Reader | None = None
    refused: str = ""
    magic: tuple[bytes, ...] = ()
    word: bytes = b""
    endings: tuple[str, ...] = ()
    text: bool = False

    def tables(self, path: Path, report: Report) -> Iterator[Table]:
        """The tables of a file. Remarks of libraries stay from the screen: ours are in the report."""
        if self.reader is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield from self.reader(path, report)


def _parquet(path: Path, report: Report) -> Iterator[Table]:
    with pq.ParquetFile(path) as file:
        check_size(file.metadata.num_rows, file.metadata.num_columns)
        frame = file.read().to_pandas()
    frame.columns = [str(c) for c in frame.columns]
    yield Table(clean(path.name), "", frame)


FORMATS = (
    FileFormat("parquet", _parquet, magic=(b"PAR1",), endings=(".parquet",)),
    FileFormat("gpkg", read_layers, magic=(b"SQLite format 3\0",), endings=(".gpkg",)),
    FileFormat("shp", read_layers, magic=(b"\x00\x00\x27\x0a",), endings=(".shp",)),
    FileFormat("pbf", read_pbf, magic=PBF, endings=(".pbf",)),
    # A workbook is a zip; which of the two it is, its contents tell.
    FileFormat("xlsx", read_sheets, endings=(".xlsx", ".xlsm")),
    FileFormat("json", read_objects, endings=(".json", ".geojson"), text=True),
    FileFormat("csv", read_delimited, endings=(".csv", ".txt", ".tsv"), text=True),
    FileFormat("graphml", read_graphml, word=b"<graphml"),
    FileFormat("bag", read_extract, word=MARK),
    FileFormat("gml", bgtfile.read_gml, word=bgtfile.MARK, endings=(".gml",), text=True),
    # Which zip it is, its contents tell.
    FileFormat("bgt", bgtfile.read_zip),
    FileFormat(
        "osm",
        refused="Dit is de xml van OpenStreetMap. Neem een bestand .osm.pbf, of vraag bij Overpass om [out:json], en zet dat in de map.",
        word=b"<osm ",
    ),
    FileFormat("xml", refused="Dit is een webpagina of xml, geen tabel. Haal de cijfers op als csv of xlsx."),
    FileFormat(
        "zip",
        refused="Dit is een zip-bestand. Pak het uit en zet de inhoud in de map.",
        magic=(b"PK\x03\x04",),
    ),
    FileFormat(
        "gz",
        refused="Dit is een ingepakt bestand. Pak het uit en zet de inhoud in de map.",
        magic=(b"\x1f\x8b",),
    ),
    FileFormat(
        "xls",
        refused="Dit is een oud of beveiligd Excel-bestand. Bewaar het zonder wachtwoord als xlsx.",
        magic=(b"\xd0\xcf\x11\xe0",),
        endings=(".xls", ".ods"),
    ),
    FileFormat(
        "pdf", refused="Dit is een pdf, geen tabel. Haal de cijfers op als csv of xlsx.", magic=(b"%PDF",)
    ),
    FileFormat(
        "beeld",
        refused="Dit is een afbeelding, geen tabel. Haal de cijfers op als csv of xlsx.",
        magic=(b"\x89PNG", b"\xff\xd8\xff"),
    ),
)


def named(code: str) -> FileFormat:
    """The format with this code."""
    return next(found for found in FORMATS if found.code == code)


def endings(*, text: bool | None = None) -> frozenset[str]:
    """Endings of the files that can be read; with `text` those that promise plain text, or those that do not.

    What is not text may also be a kind of file that is refused.
    """
    return frozenset(
        ending
        for found in FORMATS
        for ending in found.endings
        if (found.reader is not None if text is None else found.text is text)
    )
