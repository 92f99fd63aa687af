"""No row of a table in the report stands alone on a page."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from docx import Document
from pypdf import PdfReader

from wwz.ask.view import View
from wwz.export.document import make_docx
from wwz.export.pdf import make_pdf, pages_of
from wwz.export.pieces import Printed, Table, Words
from wwz.export.report import HEADS, WIDTHS, make_report

VIEW = View(gebied=("GM9902",), laag="horen_65", niveau="buurt", gekozen="WK990201")


def printed(rows: int, before: int = 0) -> Printed:
    """A document with so many lines of text, and then a table of so many rows."""
    lines = [[f"Cijfer {n}", "10%\n8 tot 12%", *[""] * (len(HEADS) - 2)] for n in range(rows)]
    pieces = (*(Words("Een zin.") for _ in range(before)), Table("Tabel", HEADS, lines, WIDTHS))
    return Printed("Titel", "", pieces, "voet", datetime(2026, 11, 1))


@pytest.mark.parametrize("before", [0, 38, 40])
@pytest.mark.parametrize("rows", [3, 9, 28, 29, 30, 57])
def test_whatever_the_length_no_row_is_alone(rows, before):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(printed(rows, before)))).pages]
    found = [[int(n) for n in re.findall(r"Cijfer (\d+)", text)] for text in pages]
    assert [n for page in found for n in page] == list(range(rows))
    assert min(len(page) for page in found if page) >= 2
    # The caption is where the table begins, and the headings are on every page of it.
    assert [("Tabel" in text) for text in pages] == [0 in page for page in found]
    assert all(HEADS[-1] in text for text, page in zip(pages, found, strict=True) if page)


def test_pages_are_counted():
    assert [pages_of(printed(rows)) for rows in (3, 60)] == [1, 2]


def test_the_whole_report_is_made(voorbeeld_store):
    pages = make_report(voorbeeld_store, VIEW).pages
    content = make_pdf(pages)
    assert content.startswith(b"%PDF") and b"pdfuaid" in content
    document = Document(io.BytesIO(make_docx(pages)))
    for table in document.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert not kept[-1] and (len(kept) < 3 or kept[-2])
