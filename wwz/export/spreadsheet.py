"""XLSX: the table with typed cells, and a sheet that says what the figures mean."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wwz.export.cells import Cell, Field, table_fields, total_cells
from wwz.export.sheet import FICTIVE, Sheet
from wwz.export.steady import steady_zip
from wwz.maps.inks import INK, WHITE
from wwz.words.harmless import WORKBOOK, neutral

HEAD_ROW = 3
WIDEST = 42


def make_xlsx(sheet: Sheet) -> bytes:
    """A workbook with the sheets Cijfers and Toelichting."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        book.set_properties({"title": neutral(sheet.subject), "author": "WWZ-wijzer", "created": sheet.made})
        _figures(book, sheet)
        _explanation(book, sheet)
    return steady_zip(target.getvalue(), sheet.made)


def _figures(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet("Cijfers")
    page.write_string(
        0, 0, neutral(sheet.subject), book.add_format({"bold": True, "font_size": 14, "font_color": INK})
    )
    page.write_string(
        1, 0, FICTIVE if sheet.fictive else neutral(sheet.sources[0]), book.add_format({"italic": True})
    )
    head = book.add_format(
        {"bold": True, "font_color": WHITE, "bg_color": INK, "text_wrap": True, "valign": "top"}
    )
    fields = table_fields(sheet)
    for column, field in enumerate(fields):
        page.write_string(HEAD_ROW, column, field.title, head)
        _column(page, column, field, book)
    last = HEAD_ROW + len(sheet.rows)
    _total(page, last + 1, sheet, fields, book)
    page.autofilter(HEAD_ROW, 0, last, len(fields) - 1)
    page.freeze_panes(HEAD_ROW + 1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)


def _column(page: Worksheet, column: int, field: Field, book: xlsxwriter.Workbook) -> None:
    number = book.add_format({"num_format": _number_format(field)})
    text = book.add_format({"align": "right"}) if field.decimals is not None else None
    for row, cell in enumerate(field.cells, HEAD_ROW + 1):
        _cell(page, row, column, cell, number, text)
    longest = max((len(str(cell)) for cell in field.cells), default=0)
    page.set_column(column, column, min(WIDEST, max(12, longest + 2)))


def _total(page: Worksheet, row: int, sheet: Sheet, fields: list[Field], book: xlsxwriter.Workbook) -> None:
    """Below the rows, and no part of what is sorted and filtered."""
    look = {"bold": True, "top": 1, "top_color": INK}
    for column, (field, cell) in enumerate(zip(fields, total_cells(sheet), strict=True)):
        number = book.add_format({**look, "num_format": _number_format(field)})
        right = {"align": "right"} if field.decimals is not None else {}
        text = book.add_format({**look, **right})
        # A cell without anything has the line all the same.
        page.write_blank(row, column, None, text)
        _cell(page, row, column, cell, number, text)


def _number_format(field: Field) -> str:
    if not field.decimals:
        return "0" if field.title == "Jaar" else "#,##0"
    return f"#,##0.{'0' * field.decimals}"


def _cell(page: Worksheet, row: int, column: int, cell: Cell, number: Format, text: Format | None) -> None:
    if isinstance(cell, str):
        if cell:
            page.write_string(row, column, cell, text)
    else:
        page.write_number(row, column, cell, number)


def _explanation(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet("Toelichting")
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    for row, (subject, text) in enumerate(sheet.explanation):
        page.write_string(row, 0, subject, bold)
        page.write_string(row, 1, neutral(text), wrap)
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 100)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
