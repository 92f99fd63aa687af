"""The wijk report as PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace
from PIL import Image

from wwz.export.image import inner_image
from wwz.export.logo import Logo
from wwz.export.report import KEPT_ROWS, WIDTHS, Report, Table
from wwz.maps import inks
from wwz.maps.inks import rgb
from wwz.maps.letters import font_files

INK, SOFT, BODY, MARK, WHITE = (
    rgb(colour) for colour in (inks.INK, inks.SOFT, inks.BODY, inks.MARK, inks.WHITE)
)
MARGIN, LOGO_WIDE, LOGO_HIGH = 18, 45, 16  # mm
# Less than this is left empty, in mm.
ROOM_FOR_TABLE, ROOM_FOR_NOTES, ROOM_FOR_BLOCK, ROOM_FOR_MAP = 35, 20, 28, 75
ROOM_FOR_READING = 24  # under the map, where there is room for it
# A table: points, and mm of a line, around a cell, and of the caption above it.
TABLE_SIZE, LINE, PADDING, CAPTION_HIGH = 8.5, 3.7, 0.8, 7.3


class Paper(FPDF):
    """A4 with our type, and on every page where the figures come from."""

    def __init__(self, foot: str, orientation: str = "portrait") -> None:
        super().__init__(orientation=orientation, format="A4")
        self.foot = foot
        self.add_font("wwz", "", str(font_files()["normal"]))
        self.add_font("wwz", "B", str(font_files()["bold"]))
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)

    def begin(self, title: str, logo: Logo | None = None) -> None:
        """What the file is called, and its first page, with the logo at the top right."""
        self.set_title(title)
        self.set_author("WWZ-wijzer")
        self.set_lang("nl-NL")
        self.add_page()
        if logo:
            wide, high = logo.fit(LOGO_WIDE, LOGO_HIGH)
            self.image(io.BytesIO(logo.png), self.w - self.r_margin - wide, 10, wide, high, alt_text="Logo")
            self.set_y(max(self.t_margin, 12 + high))

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

    def grid(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] = WIDTHS,
        size: float = TABLE_SIZE,
    ) -> None:
        """Rows of a table with their headings; `size` in points."""
        self.set_font("wwz", size=size)
        self.set_text_color(*BODY)
        with self.table(
            col_widths=widths,
            line_height=LINE * size / TABLE_SIZE,
            padding=PADDING,
            headings_style=FontFace(emphasis="BOLD", color=WHITE, fill_color=INK),
            text_align="LEFT",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        ) as grid:
            for line in (heads, *rows):
                row = grid.row()
                for text in line:
                    row.cell(text)

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
    paper.begin(report.title, report.sheet.logo)
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
        write_table(paper, table)
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


def write_table(paper: Paper, table: Table) -> None:
    """The table under its caption; over more pages it leaves no row alone on one of them."""
    paper.ln(3)
    paper.keep(ROOM_FOR_TABLE)
    head, *rows = row_heights(paper, table)
    parts = pages_of(rows, head, paper.room - CAPTION_HIGH, paper.eph)
    if not parts[0]:
        paper.add_page()
        parts = parts[1:]
    paper.lines(table.caption, 12, INK, bold=True)
    first = 0
    for number, count in enumerate(parts):
        if number:
            paper.add_page()
        paper.grid(table.heads, table.rows[first : first + count], table.widths)
        first += count
    paper.ln(2)


def row_heights(paper: Paper, table: Table) -> list[float]:
    """Height of the headings and of each row: that of the cell with most lines."""
    found = []
    for number, texts in enumerate((table.heads, *table.rows)):
        paper.set_font("wwz", "" if number else "B", TABLE_SIZE)
        counts = [
            len(paper.multi_cell(wide, LINE, text, padding=PADDING, dry_run=True, output="LINES"))
            for wide, text in zip(table.widths, texts, strict=True)
        ]
        found.append(max(counts) * LINE + 2 * PADDING)
    return found


def pages_of(rows: Sequence[float], head: float, room: float, page: float) -> list[int]:
    """How many rows of a table come on each page, with the headings repeated on every one.

    Parameters
    ----------
    rows, head
        Heights of the rows and of the headings.
    room, page
        Height that is left on this page, and on a new one.

    Returns
    -------
    list of int
        The first one is 0 when the table must begin on a new page. No page has fewer than KEPT_ROWS rows, as far as
        there are that many.
    """
    counts = _carried(_filled(rows, room - head, page - head))
    if len(counts) > 1 and min(counts[0], counts[-1]) < KEPT_ROWS:
        return [0, *_carried(_filled(rows, page - CAPTION_HIGH - head, page - head))]
    return counts


def _filled(rows: Sequence[float], room: float, page: float) -> list[int]:
    """Rows per page when each page is filled; the first one may have none."""
    counts, left = [0], room
    for high in rows:
        if high > left and (counts[-1] or len(counts) == 1):
            counts.append(0)
            left = page
        counts[-1] += 1
        left -= high
    return counts


def _carried(counts: list[int]) -> list[int]:
    """The same with enough rows on the last page, if the page before can miss them."""
    lacks = KEPT_ROWS - counts[-1]
    if len(counts) > 1 and lacks > 0 and counts[-2] >= KEPT_ROWS + lacks:
        return [*counts[:-2], counts[-2] - lacks, KEPT_ROWS]
    return counts
