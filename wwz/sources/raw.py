"""File → raw tables. Nothing is interpreted here, and nothing in a file is trusted or executed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pyogrio

from wwz.errors import Fout
from wwz.sources.reading import Report, Table

MEGABYTE = 1024 * 1024
LONGEST_HEADER = 1 * MEGABYTE
LARGEST_XLSX = 1024 * MEGABYTE
MOST_COLUMNS = 5000
HEADER_ROWS = 20
READABLE = {".csv", ".txt", ".tsv", ".parquet", ".xlsx", ".gpkg", ".geojson", ".json", ".shp"}
# Companions of a shapefile, and notes: not tables, and not worth a remark.
SILENT = {".dbf", ".shx", ".prj", ".cpg", ".qmd", ".md", ".sbn", ".sbx", ".gpkg-wal", ".gpkg-shm", ".xml"}


def raw_tables(path: Path, max_megabyte: int, report: Report) -> Iterator[Table]:
    """Read all tables of one file.

    Parameters
    ----------
    path
        The file. Its contents decide how it is read; the extension only says which parser to try.
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
    kind = path.suffix.lower()
    if kind not in READABLE:
        raise Fout(f"De soort {kind or 'zonder uitgang'} kan niet gelezen worden. Gebruik csv, xlsx, parquet, gpkg, geojson of shp.")
    reader = {".parquet": _parquet, ".xlsx": _xlsx, ".gpkg": _layers, ".geojson": _layers, ".shp": _layers,
              ".json": _json}.get(kind, _csv)
    try:
        yield from reader(path, report)
    except Fout:
        raise
    except (OSError, ValueError, KeyError, pa.ArrowException, zipfile.BadZipFile, RuntimeError, RecursionError,
            MemoryError, UnicodeError) as error:
        raise Fout(f"Het bestand is beschadigd of geen echt {kind}-bestand ({_short(error)}). Haal het opnieuw op.") from error


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:120]}" if text else type(error).__name__


def _csv(path: Path, report: Report) -> Iterator[Table]:
    encoding, delimiter = _csv_dialect(path)
    if encoding != "utf-8":
        report.warn(path.name, "De tekens zijn niet in UTF-8; gelezen als Windows-1252.")
    bad: list[tuple[int, int, int]] = []

    def keep_bad(row: pacsv.InvalidRow) -> str:
        bad.append((row.number or 0, row.expected_columns, row.actual_columns))
        return "skip"

    header = _csv_header(path, encoding, delimiter)
    table = pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(encoding=encoding, column_names=header, skip_rows=1, use_threads=False),
        parse_options=pacsv.ParseOptions(delimiter=delimiter, invalid_row_handler=keep_bad),
        convert_options=pacsv.ConvertOptions(column_types={name: pa.string() for name in header}, strings_can_be_null=False),
    )
    if bad:
        number, expected, actual = bad[0]
        report.reject(path.name, f"{len(bad)} regels hebben niet het goede aantal kolommen (bijvoorbeeld {actual} in plaats van {expected}).", len(bad))
    yield Table(path.name, "", table.to_pandas())


def _csv_dialect(path: Path) -> tuple[str, str]:
    with path.open("rb") as handle:
        head = handle.read(LONGEST_HEADER)
    line = head.split(b"\n", 1)[0]
    if len(line) >= LONGEST_HEADER:
        raise Fout("De eerste regel is langer dan 1 MB. Dit is geen tabel met kolomnamen.")
    if b"\0" in head:
        raise Fout("Het bestand bevat geen tekst. Bewaar het als csv in UTF-8.")
    try:
        with path.open("rb") as handle:
            for block in iter(lambda: handle.readline(16 * MEGABYTE), b""):
                block.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "windows-1252"
    text = line.decode(encoding, "replace")
    return encoding, max(";,\t|", key=text.count)


def _csv_header(path: Path, encoding: str, delimiter: str) -> list[str]:
    import csv

    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="", errors="replace") as handle:
        header = next(csv.reader(handle, delimiter=delimiter), [])
    if len(header) < 2:
        raise Fout("Er is geen rij met kolomnamen te vinden. Begin het bestand met de namen van de kolommen.")
    if len(header) > MOST_COLUMNS:
        raise Fout(f"Het bestand heeft {len(header)} kolommen. Dat is te veel voor een tabel van het CBS.")
    return _unique([name.strip() for name in header])


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return result


def _parquet(path: Path, report: Report) -> Iterator[Table]:
    file = pq.ParquetFile(path)
    if len(file.schema_arrow.names) > MOST_COLUMNS:
        raise Fout(f"Het bestand heeft {len(file.schema_arrow.names)} kolommen. Dat is te veel voor een tabel van het CBS.")
    frame = file.read().to_pandas()
    frame.columns = _unique([str(c) for c in frame.columns])
    yield Table(path.name, "", frame)


def _xlsx(path: Path, report: Report) -> Iterator[Table]:
    with zipfile.ZipFile(path) as archive:
        if sum(item.file_size for item in archive.infolist()) > LARGEST_XLSX:
            raise Fout("Het rekenblad is uitgepakt groter dan 1 GB. Dit lijkt geen gewoon rekenblad.")
    for sheet, cells in pd.read_excel(path, sheet_name=None, header=None, dtype=str, na_filter=False).items():
        if cells.empty:
            continue
        top = cells.head(HEADER_ROWS)
        start = int((top != "").sum(axis=1).idxmax())
        frame = cells.iloc[start + 1:].reset_index(drop=True)
        frame.columns = _unique([str(name).strip() for name in cells.iloc[start]])
        yield Table(path.name, str(sheet), frame)


def _layers(path: Path, report: Report) -> Iterator[Table]:
    for name, _ in pyogrio.list_layers(path):
        yield Table(path.name, str(name), pyogrio.read_dataframe(path, layer=name, datetime_as_string=True))


def _json(path: Path, report: Report) -> Iterator[Table]:
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        yield from _layers(path, report)
        return
    rows = _longest_list(content)
    if not rows:
        raise Fout("Er staat geen lijst met gegevens in dit bestand.")
    yield Table(path.name, "", pd.DataFrame([row for row in rows if isinstance(row, dict)]))


def _longest_list(content) -> list:
    if isinstance(content, list):
        return content if content and isinstance(content[0], dict) else []
    if isinstance(content, dict):
        return max((_longest_list(v) for v in content.values() if isinstance(v, list)), key=len, default=[])
    return []
