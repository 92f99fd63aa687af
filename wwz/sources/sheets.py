"""Spreadsheets (xlsx): every sheet a table, cells as they were last calculated."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

from wwz.base.errors import Fout
from wwz.sources.headers import HEADER_ROWS, above, header_row, unique
from wwz.sources.limits import MEGABYTE, MOST_UNPACKED, check_size
from wwz.sources.reading import Report, Table, clean


def read_sheets(path: Path, report: Report) -> Iterator[Table]:
    """Read all sheets of a workbook; formulas count with their stored result and are never calculated.

    Raises
    ------
    Fout
        When the workbook is too large once unpacked.
    """
    with zipfile.ZipFile(path) as archive:
        if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
            raise Fout(
                f"Het rekenblad is uitgepakt groter dan {MOST_UNPACKED // MEGABYTE} MB. Bewaar de tabel als csv."
            )
        if _has_formulas(archive):
            report.warn(path.name, "Er staan formules in dit rekenblad; de laatst bewaarde uitkomst telt.")
    # From a handle: the name may say csv.
    with path.open("rb") as handle:
        book = load_workbook(handle, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if (found := _frame(sheet)) is not None:
                yield Table(clean(path.name), clean(sheet.title), *found)


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with archive.open(name) as part:
                if b"<f>" in (start := part.read(5 * MEGABYTE)) or b"<f " in start:
                    return True
    return False


def _frame(sheet) -> tuple[pd.DataFrame, tuple[str, ...]] | None:
    # The size a sheet claims may be a mistake or a trap; count what is really there.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    widest = 0
    for row in sheet.iter_rows(values_only=True):
        widest = max(widest, len(row))
        check_size(len(rows), widest)
        rows.append(["" if cell is None else str(cell) for cell in row])
    start = header_row(rows[:HEADER_ROWS])
    if start is None:
        return None
    names = unique([name.strip() for name in rows[start]])
    width = len(names)
    body = [(row + [""] * width)[:width] for row in rows[start + 1 :] if any(row)]
    return pd.DataFrame(body, columns=names, dtype="str"), above(rows, start)
