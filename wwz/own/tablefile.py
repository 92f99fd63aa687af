"""A table that someone made in a spreadsheet, CSV or workbook, as rows of text with the place where each row stands.

The one reader of what a visitor hands over as a table: own counts, a forecast, eisen and norms, and statements.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import openpyxl

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.sentence import capital
from wwz.base.workbook import MEGABYTE, Bounds, check_workbook
from wwz.words.harmless import as_written, neutral
from wwz.words.numbers import dutch

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_SHOWN = 20_000, 100, 200_000, 100
# As large as the screens say that a file may be.
MOST_BYTES = 10 * MEGABYTE
BOUNDS = Bounds(MOST_ROWS + 1, MOST_COLUMNS, MOST_CELLS)
DELIMITERS = ";\t,"
# A spreadsheet keeps this many digits of a number.
DIGITS = 15
# Where a row stands, in words, and its text by column (small letters).
Row = tuple[str, dict[str, str]]
# What is wrong with the text of one cell; empty when nothing is.
Check = Callable[[str], str]


@dataclass(frozen=True)
class TableFile:
    """One table: its name for messages, its column titles (small letters), those that occur twice, and its rows."""

    naam: str
    kolommen: frozenset[str]
    dubbel: frozenset[str]
    rijen: list[Row]


@dataclass(frozen=True)
class Columns:
    """The columns that a table must or may have, and other names that people give them."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    other_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, those that are needed first."""
        return (*self.needed, *self.optional)


def own_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as a CSV file that this product reads again; no cell of it is a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({c: "" if row[c] is None else neutral(row[c]) for c in columns} for row in rows)
    return text.getvalue().encode()


def read_rows(content: bytes, name: str, columns: Columns) -> list[Row]:
    """The rows of a file that holds one table: every column of `columns`, empty where the file has none.

    Formulas are not worked out: they stay what they are, so that they can be refused.

    Raises
    ------
    Fout
        When the file is too large, cannot be read, holds no rows, or a column is missing or stands there twice.
    """
    tables = read_tables(content, name, other_names=columns.other_names, formulas=True)
    if not tables or not tables[0].kolommen:
        raise Fout(f"In {name} staan geen regels. Begin met het sjabloon.")
    table = tables[0]
    if missing := [c for c in columns.needed if c not in table.kolommen]:
        raise Fout(
            f"{name} mist de kolom {', '.join(missing)}. De eerste regel noemt de kolommen: {', '.join(columns.all)}."
        )
    if twice := [c for c in columns.all if c in table.dubbel]:
        raise Fout(f"{name} heeft de kolom {', '.join(twice)} twee keer. Haal er een weg.")
    return [(place, {c: row.get(c, "") for c in columns.all}) for place, row in table.rijen]


def read_tables(
    content: bytes, name: str, *, other_names: Mapping[str, str] | None = None, formulas: bool = False
) -> list[TableFile]:
    """The tables in a file: one of a CSV (comma, semicolon or tab), one a sheet of a workbook.

    Parameters
    ----------
    content, name
        The file, and what it is called in messages.
    other_names
        Title in a file → what it is called here.
    formulas
        Whether a formula in a workbook stays a formula; else its outcome is taken.

    Raises
    ------
    Fout
        When the file is too large or cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise Fout(f"{name} is te groot. Meer dan {MOST_BYTES // MEGABYTE} MB kan niet.")
    called = other_names or {}
    if content[:2] == b"PK":
        return _sheets(content, name, called, formulas)
    return [_table(name, "", _lines(content, name), called)]


def wrong_in(row: Mapping[str, str], checks: Mapping[str, Check]) -> list[str]:
    """What is wrong with the cells of a row, in the order of the checks."""
    return [sentence for column, check in checks.items() if (sentence := check(row[column]))]


def placed(mistakes: Iterable[tuple[int, str]], rows: list[Row]) -> list[str]:
    """Mistakes as sentences with their place, in the order of the file; -1 is the file as a whole."""
    places = {number: place for number, (place, _) in enumerate(rows)}
    told = (
        (f"{places[number]}: {text}" if number in places else text)
        for number, text in sorted(mistakes, key=lambda m: m[0])
    )
    return [f"{capital(sentence)}." for sentence in told]


def all_mistakes(
    name: str, found: list[str], after: str = "Er is niets overgenomen. Verbeter dit en probeer het opnieuw"
) -> Fout:
    """One message with every mistake in a file; the last ones counted when there are very many."""
    count = counted("[staat|staan] {n} [fout|fouten]", len(found))
    more = (
        [counted("En nog {n} andere [fout|fouten].", len(found) - MOST_SHOWN)]
        if len(found) > MOST_SHOWN
        else []
    )
    return Fout(f"In {name} {count}. {after}:", *found[:MOST_SHOWN], *more)


def _lines(content: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on Windows still writes this when asked for plain CSV.
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise _unreadable(name)
    first = text.split("\n", 1)[0]
    try:
        for line in csv.reader(
            io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True
        ):
            if len(line) > MOST_COLUMNS:
                raise Fout(
                    f"{name} heeft meer dan {MOST_COLUMNS} kolommen. Bewaar alleen de kolommen die nodig zijn."
                )
            yield [_text(cell) for cell in line]
    except csv.Error as error:
        raise _unreadable(name) from error


def _sheets(content: bytes, name: str, called: Mapping[str, str], formulas: bool) -> list[TableFile]:
    try:
        check_workbook(io.BytesIO(content), name, BOUNDS)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=not formulas, keep_links=False
        )
        tables = [_table(name, page.title, _page(page), called) for page in book.worksheets]
    except (OSError, EOFError, LookupError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise _unreadable(name) from error
    return [table for table in tables if table.kolommen or table.rijen]


def _page(page: Any) -> Iterator[list[str]]:
    # What a sheet says of its own size may be a lie.
    page.reset_dimensions()
    for line in page.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [_text(cell) for cell in line]


def _table(name: str, page: str, lines: Iterator[list[str]], called: Mapping[str, str]) -> TableFile:
    """The first line with anything in it names the columns; empty lines count in the place of a row and are no row."""
    where, naam = (f"blad {page}, ", f"{name}, blad {page}") if page else ("", name)
    filled = ((number, line) for number, line in enumerate(lines, 1) if any(line))
    _, head = next(filled, (0, []))
    titles = [called.get(title.lower(), title.lower()) for title in head]
    # One more than there may be tells that there are too many; the rest is not kept.
    kept = list(islice(filled, MOST_ROWS + 1))
    if len(kept) > MOST_ROWS:
        raise Fout(f"{name} heeft te veel regels. Meer dan {dutch(MOST_ROWS)} kan niet. Geef ze in delen op.")
    rows = [
        (f"{where}regel {number}", {t: as_written(c) for t, c in zip(titles, line, strict=False) if t})
        for number, line in kept
    ]
    known = [title for title in titles if title]
    # A short line ends before the last columns: those are empty.
    rows = [(place, dict.fromkeys(known, "") | row) for place, row in rows]
    return TableFile(naam, frozenset(known), frozenset(t for t in known if known.count(t) > 1), rows)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    return "" if value is None else str(value).strip()


def _unreadable(name: str) -> Fout:
    return Fout(f"{name} is niet te lezen. Bewaar het bestand als Excel-werkmap (.xlsx) of als CSV.")
