"""File → raw tables. Nothing is interpreted here, and nothing in a file is trusted or executed."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pyogrio
from shapely.errors import GEOSException

from wwz.errors import Fout
from wwz.sources.delimited import read_delimited
from wwz.sources.limits import MEGABYTE, MOST_JSON, check_size
from wwz.sources.reading import Report, Table, clean
from wwz.sources.sheets import read_sheets
from wwz.sources.years import TABLE_ID

READABLE = {".csv", ".txt", ".tsv", ".parquet", ".xlsx", ".xlsm", ".gpkg", ".geojson", ".json", ".shp"}
# Companions of a shapefile, and notes: not tables, and not worth a remark.
SILENT = {".dbf", ".shx", ".prj", ".cpg", ".qmd", ".qml", ".qgz", ".md", ".sbn", ".sbx", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal"}
HEAD = 64 * 1024
FEATURES = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
# What a file is, by its first bytes; the name may say something else.
MAGIC = ((b"PAR1", "parquet"), (b"SQLite format 3\0", "gpkg"), (b"\x00\x00\x27\x0a", "shp"), (b"PK\x03\x04", "zip"),
         (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"), (b"\x1f\x8b", "gz"), (b"\x89PNG", "beeld"), (b"\xff\xd8\xff", "beeld"))
REFUSED = {
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
    if kind == "csv" and suffix not in READABLE:
        raise Fout(f"De soort {clean(suffix, 20) or 'zonder uitgang'} kan niet gelezen worden. "
                   "Gebruik csv, xlsx, parquet, gpkg, geojson of shp.")
    yield from READERS[kind](path, report)


def _kind(path: Path, head: bytes) -> str:
    kind = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if kind == "zip":
        return "xlsx" if _is_workbook(path) else "zip"
    if kind:
        return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        return "xml"
    if path.suffix.lower() in (".parquet", ".xlsx", ".gpkg", ".shp"):
        raise Fout(f"Het bestand is beschadigd of geen echt {path.suffix.lower()}-bestand. Haal het opnieuw op.")
    return "json" if start in (b"{", b"[") or path.suffix.lower() in (".json", ".geojson") else "csv"


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


def _layers(path: Path, report: Report) -> Iterator[Table]:
    if path.suffix.lower() == ".shp":
        missing = [s for s in (".shx", ".dbf") if not any(path.with_suffix(v).exists() for v in (s, s.upper()))]
        if missing:
            raise Fout(f"Bij een shapefile horen ook de bestanden {' en '.join(missing)}. Zet ze in dezelfde map.")
    # With an unusual name GDAL would choose a reader by that name; from memory it looks at the contents.
    source = path if path.suffix.lower() in (".gpkg", ".geojson", ".json", ".shp") else path.read_bytes()
    for number, (name, _) in enumerate(pyogrio.list_layers(source)):
        if str(name).lower() == "layer_styles":
            continue
        # From memory GDAL makes up a name.
        name = "" if isinstance(source, bytes) and str(name).startswith("pyogrio_") else str(name)
        try:
            info = pyogrio.read_info(source, layer=number)
            check_size(max(0, info["features"]), len(info["fields"]))
            frame = pyogrio.read_dataframe(source, layer=number, datetime_as_string=True)
        except (RuntimeError, ValueError, GEOSException) as error:
            report.reject(path.name, f"De laag {name or number + 1} is beschadigd ({type(error).__name__}). Haal het bestand opnieuw op.")
            continue
        yield Table(clean(path.name), clean(name), frame)


def _json(path: Path, report: Report) -> Iterator[Table]:
    with path.open("rb") as handle:
        if FEATURES.search(handle.read(HEAD)):
            yield from _layers(path, report)
            return
    if path.stat().st_size > MOST_JSON:
        raise Fout(f"Een JSON-bestand mag hoogstens {MOST_JSON // MEGABYTE} MB zijn. Bewaar de tabel als csv of parquet.")
    repeated: list[str] = []
    content = _parse(path, repeated)
    if repeated:
        report.warn(path.name, f"De naam {repeated[0]!r} staat meer keren in één rij; de laatste waarde telt.", len(repeated))
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        yield from _layers(path, report)
        return
    rows = [row for row in _longest_list(content) if isinstance(row, dict)]
    if not rows:
        raise Fout("Er staat geen lijst met gegevens in dit bestand.")
    check_size(len(rows), max(len(row) for row in rows))
    frame = pd.DataFrame(rows)
    check_size(*frame.shape)
    yield Table(clean(path.name), _table_number(content), frame)


def _parse(path: Path, repeated: list[str]):
    def to_dict(pairs: list[tuple]) -> dict:
        row = dict(pairs)
        if len(row) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.append(next(n for n in names if names.count(n) > 1))
        return row

    data = path.read_bytes()
    try:
        return json.loads(data, object_pairs_hook=to_dict)
    except UnicodeDecodeError:
        return json.loads(data.decode("windows-1252", "replace"), object_pairs_hook=to_dict)
    except RecursionError as error:
        raise Fout("De gegevens zitten te diep in elkaar. Dit is geen tabel van het CBS.") from error


def _longest_list(content) -> list:
    if isinstance(content, list):
        return content if content and isinstance(content[0], dict) else []
    if isinstance(content, dict):
        return max((_longest_list(v) for v in content.values() if isinstance(v, list)), key=len, default=[])
    return []


def _table_number(content) -> str:
    """CBS's OData names its table in the answer: that tells the year."""
    if not isinstance(content, dict):
        return ""
    address = str(content.get("odata.metadata") or content.get("@odata.context") or "")
    found = TABLE_ID.search(address)
    return found[1].upper() if found else ""


def _quiet(reader: Callable[[Path, Report], Iterator[Table]]) -> Callable[[Path, Report], Iterator[Table]]:
    """Keep the remarks of libraries from the screen: ours are in the report."""
    def read(path: Path, report: Report) -> Iterator[Table]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from reader(path, report)
    return read


READERS = {kind: _quiet(reader) for kind, reader in {
    "parquet": _parquet, "xlsx": read_sheets, "gpkg": _layers, "shp": _layers, "json": _json, "csv": read_delimited}.items()}
