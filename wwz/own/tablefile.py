"""A table that someone made in a spreadsheet, CSV or workbook, as rows of text with the place where each row stands."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from itertools import islice
from typing import Any

import openpyxl

from wwz.base.errors import Fout
from wwz.base.workbook import MEGABYTE, Bounds, check_workbook, unreadable

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHOWN = 20_000, 100, 200_000, 25
# As large as the screens say that a file may be.
MOST_BYTES = 10 * MEGABYTE


@dataclass(frozen=True)
class TableFile:
    """One table: its name for messages, its column titles (small letters), and rows as (place, values)."""

    naam: str
    kolommen: frozenset[str]
    rijen: list[tuple[str, dict[str, str]]]


def read_tables(content: bytes, name: str) -> list[TableFile]:
    """The tables in a file: one of a CSV (comma, semicolon or tab), one a sheet of a workbook.

    Raises
    ------
    Fout
        When the file is too large or cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise Fout(f"{name} is te groot. Meer dan {MOST_BYTES // MEGABYTE} MB kan niet.")
    return _sheets(content, name) if content[:2] == b"PK" else [_lines(content, name)]


def all_mistakes(name: str, found: list[str], after: str = "Er is niets overgenomen.") -> Fout:
    """One message with every mistake in a file; the last ones counted when there are very many."""
    count = "1 fout" if len(found) == 1 else f"{len(found)} fouten"
    more = [f"En nog {len(found) - MOST_SHOWN} andere fouten."] if len(found) > MOST_SHOWN else []
    return Fout(
        f"{name} heeft {count}. {after} Verbeter dit en probeer het opnieuw:", *found[:MOST_SHOWN], *more
    )


def _lines(content: bytes, name: str) -> TableFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on Windows still writes this when asked for plain CSV.
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = next((sign for sign in "\t;" if sign in first), ",")
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        if len(reader.fieldnames or ()) > MOST_COLUMNS:
            raise Fout(
                f"{name} heeft meer dan {MOST_COLUMNS} kolommen. Bewaar alleen de kolommen die nodig zijn."
            )
        filled = (
            (f"regel {reader.line_num}", _clean(row)) for row in reader if any(map(_text, row.values()))
        )
        # One more than there may be tells that there are too many; the rest is not kept.
        rows = list(islice(filled, MOST_ROWS + 1))
    except csv.Error as error:
        raise Fout(f"{name} is niet te lezen. Bewaar het bestand als CSV of als Excel-werkmap.") from error
    return _table(name, reader.fieldnames or (), rows)


def _sheets(content: bytes, name: str) -> list[TableFile]:
    try:
        check_workbook(io.BytesIO(content), name, Bounds(MOST_ROWS + 1, MOST_COLUMNS, MOST_CELLS))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [table for page in book.worksheets if (table := _sheet(page, name))]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, TypeError) as error:
        raise unreadable(name) from error


def _sheet(page: Any, name: str) -> TableFile | None:
    cells = page.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
    lines = [tuple(map(_text, line)) for line in cells]
    if not any(map(any, lines)):
        return None
    rows = [
        (f"blad {page.title}, regel {number}", _clean(dict(zip(lines[0], line, strict=True))))
        for number, line in enumerate(lines[1:], 2)
        if any(line)
    ]
    return _table(f"{name}, blad {page.title}", lines[0], rows)


def _table(name: str, titles: Any, rows: list[tuple[str, dict[str, str]]]) -> TableFile:
    if len(rows) > MOST_ROWS:
        raise Fout(f"{name} heeft te veel regels. Meer dan {MOST_ROWS} kan niet.")
    return TableFile(name, frozenset(str(title).strip().lower() for title in titles if title), rows)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value).strip()


def _clean(row: dict[Any, Any]) -> dict[str, str]:
    # A leading quote is what we put before text that looks like a formula.
    return {
        str(title).strip().lower(): _text(value).removeprefix("'") for title, value in row.items() if title
    }
