"""No row of a table in the report stands alone on a page."""

import io
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from wwz.ask.view import View
from wwz.export.document import make_docx
from wwz.export.paper import CAPTION_HIGH, Paper, make_report_pdf, pages_of, row_heights, write_table
from wwz.export.report import HEADS, KEPT_ROWS, Table, make_report

VIEW = View(gebied=("GM9902",), laag="horen_65", niveau="buurt", gekozen="WK990201")
HEAD, PAGE = 9.0, 261.0


@given(st.lists(st.floats(5, 25), min_size=1, max_size=120), st.floats(0, PAGE - CAPTION_HIGH))
def test_every_row_has_a_page_and_none_is_alone(rows, room):
    counts = pages_of(rows, HEAD, room, PAGE)
    assert sum(counts) == len(rows)
    assert all(count >= min(KEPT_ROWS, len(rows)) for count in counts if count)
    assert 0 not in counts[1:]
    first = 0
    for number, count in enumerate(counts):
        rooms = (room, PAGE) if counts[0] else (0, PAGE - CAPTION_HIGH, PAGE)
        assert (
            not count or HEAD + sum(rows[first : first + count]) <= rooms[min(number, len(rooms) - 1)] + 1e-6
        )
        first += count


@pytest.fixture(scope="module")
def report(voorbeeld_store):
    return make_report(voorbeeld_store, VIEW)


def test_the_heights_are_those_that_are_drawn(report):
    """If a row were higher than measured, the table would break a page by itself."""
    sheet = Paper("voet")
    sheet.add_page()
    table = report.tables[0]
    for count in (1, 3, len(table.rows)):
        part = replace(table, rows=table.rows[:count])
        before = sheet.y
        sheet.grid(part.heads, part.rows)
        assert sheet.y - before == pytest.approx(sum(row_heights(sheet, part)), abs=0.05)
        sheet.add_page()


class Watched(Paper):
    """Remembers how many rows were drawn at a time."""

    def __init__(self):
        super().__init__("voet")
        self.drawn = []

    def grid(self, heads, rows, *widths):
        page = self.page_no()
        super().grid(heads, rows, *widths)
        self.drawn.append(len(rows))
        assert self.page_no() == page, "de tabel brak zelf een bladzijde af"


@pytest.mark.parametrize("count", range(8, 60))
def test_whatever_the_length_no_row_is_alone(report, count):
    rows = [[f"Cijfer {n}", "10%\n8 tot 12%", *[""] * (len(HEADS) - 2)] for n in range(count)]
    sheet = Watched()
    sheet.add_page()
    write_table(sheet, Table("Tabel", HEADS, rows))
    assert sum(sheet.drawn) == count and min(sheet.drawn) >= KEPT_ROWS


def test_the_whole_report_is_made(report):
    assert make_report_pdf(report).startswith(b"%PDF")


def test_word_keeps_the_last_two_rows_together(report):
    document = Document(io.BytesIO(make_docx(report)))
    for table in document.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert not kept[-1] and (len(kept) < 3 or kept[-2])
