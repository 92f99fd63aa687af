"""The wijk report as PDF."""

from __future__ import annotations

import io

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace
from PIL import Image

from wwz.export.image import inner_image
from wwz.export.report import WIDTHS, Report, Table
from wwz.maps import inks
from wwz.maps.inks import rgb
from wwz.maps.letters import font_files

INK, SOFT, BODY, MARK, WHITE = (
    rgb(colour) for colour in (inks.INK, inks.SOFT, inks.BODY, inks.MARK, inks.WHITE)
)
LOGO_WIDE, LOGO_HIGH = 45, 16  # mm
# Less than this is left empty, in mm.
ROOM_FOR_TABLE, ROOM_FOR_NOTES, ROOM_FOR_BLOCK, ROOM_FOR_MAP = 35, 20, 28, 75
ROOM_FOR_READING = 24  # under the map, where there is room for it


class Paper(FPDF):
    """A4 with our type, and on every page where the figures come from."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.add_font("wwz", "", str(font_files()["normal"]))
        self.add_font("wwz", "B", str(font_files()["bold"]))
        self.set_margin(18)
        self.set_auto_page_break(True, 18)

    def footer(self) -> None:
        """Notice and page number."""
        self.set_y(-13)
        self.set_font("wwz", size=8)
        self.set_text_color(*SOFT)
        self.cell(0, 5, f"{self.foot} · pagina {self.page_no()}")

    @property
    def room(self) -> float:
        """Millimetres left on the page."""
        return self.page_break_trigger - self.y

    def keep(self, needed: float) -> None:
        """Go to a new page when there is less room than this."""
        if self.room < needed:
            self.add_page()

    def lines(self, text: str, size: float, colour: tuple[int, int, int] = BODY, bold: bool = False) -> None:
        """A paragraph."""
        self.set_font("wwz", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.44, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(size * 0.16)


def make_report_pdf(report: Report) -> bytes:
    """Title, story, map, tables and notes."""
    paper = Paper(report.foot)
    paper.set_creation_date(report.sheet.made)
    paper.set_title(report.title)
    paper.set_author("WWZ-wijzer")
    paper.set_lang("nl-NL")
    paper.add_page()
    if report.sheet.logo:
        wide, high = report.sheet.logo.fit(LOGO_WIDE, LOGO_HIGH)
        paper.image(io.BytesIO(report.sheet.logo.png), paper.w - 18 - wide, 10, wide, high, alt_text="Logo")
        paper.set_y(max(18, 12 + high))
    if report.marks:
        paper.lines(" · ".join(mark.upper() for mark in report.marks), 9, MARK, bold=True)
    paper.lines(report.title, 19, INK, bold=True)
    paper.lines(report.about, 10, SOFT)
    for block in report.story:
        paper.keep(ROOM_FOR_BLOCK)
        paper.lines(block.title, 12, INK, bold=True)
        paper.lines(" ".join(block.sentences), 11)
        paper.lines(" · ".join(block.known), 9, SOFT)
    if report.has_map:
        _map(paper, report)
    for table in report.tables:
        _table(paper, table)
    paper.keep(ROOM_FOR_NOTES)
    paper.lines("Bronnen en uitleg", 12, INK, bold=True)
    for note in report.notes:
        paper.lines(note, 9, SOFT)
    return bytes(paper.output())


def _map(paper: Paper, report: Report) -> None:
    """The map as wide as the page, or smaller when that keeps it on a page with room for it."""
    content = inner_image(report.sheet, "rapport")
    with Image.open(io.BytesIO(content)) as opened:
        wide, high = opened.size
    normal = paper.epw * high / wide
    if paper.room < ROOM_FOR_MAP:
        paper.add_page()
    tall = min(normal, max(paper.room - ROOM_FOR_READING, min(paper.room - 1, ROOM_FOR_MAP)))
    paper.image(
        io.BytesIO(content),
        x=Align.C,
        w=tall * wide / high,
        h=tall,
        alt_text=f"Kaart: {report.sheet.reading}",
    )
    paper.lines(report.reading, 11)
    paper.lines(report.map_source, 8, SOFT)


def _table(paper: Paper, table: Table) -> None:
    paper.ln(3)
    paper.keep(ROOM_FOR_TABLE)
    paper.lines(table.caption, 12, INK, bold=True)
    paper.set_font("wwz", size=8.5)
    paper.set_text_color(*BODY)
    head = FontFace(emphasis="BOLD", color=WHITE, fill_color=INK)
    with paper.table(
        col_widths=WIDTHS,
        line_height=3.7,
        padding=0.8,
        headings_style=head,
        text_align="LEFT",
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as grid:
        for line in (table.heads, *table.rows):
            row = grid.row()
            for text in line:
                row.cell(text)
    paper.ln(2)
