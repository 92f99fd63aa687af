"""The wijk report as a Word document that can be edited."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor

from wwz.export.image import inner_image
from wwz.export.logo import Logo
from wwz.export.report import KEPT_ROWS, Report, Table
from wwz.export.steady import steady_zip
from wwz.maps import inks
from wwz.maps.inks import bare, rgb

INK, SOFT, MARK, WHITE = (RGBColor(*rgb(colour)) for colour in (inks.INK, inks.SOFT, inks.MARK, inks.WHITE))
PAPER = (Cm(21), Cm(29.7))  # A4, standing
LOGO_WIDE, LOGO_HIGH = 45, 18  # mm
MAP_WIDE = 13  # cm; wider does not fit under the story on the first page


def make_docx(report: Report) -> bytes:
    """Title, story, map, tables and notes, on A4."""
    document = Document()
    set_page(document, report.title, report.foot, report.sheet.logo)
    if report.marks:
        small(document, " · ".join(mark.upper() for mark in report.marks), MARK, bold=True)
    document.add_heading(report.title, level=1)
    small(document, report.about)
    for block in report.story:
        document.add_heading(block.title, level=2)
        document.add_paragraph(" ".join(block.sentences))
        small(document, " · ".join(block.known))
    if report.has_map:
        picture = inner_image(report.sheet, "rapport")
        shape = document.add_picture(io.BytesIO(picture), width=Cm(MAP_WIDE))
        shape._inline.docPr.set("descr", f"Kaart: {report.sheet.reading}")
        document.add_paragraph(report.reading)
        small(document, report.map_source)
    for table in report.tables:
        document.add_heading(table.caption, level=2)
        add_table(document, table)
    document.add_heading("Bronnen en uitleg", level=2)
    for note in report.notes:
        small(document, note)
    target = io.BytesIO()
    document.save(target)
    return steady_zip(target.getvalue(), report.sheet.made)


def set_page(document, title: str, foot: str, logo: Logo | None) -> None:
    """A4, our type, Dutch, and on every page where it comes from."""
    section = set_type(document, title)
    section.page_width, section.page_height = PAPER
    _head_and_foot(section, foot, logo)


def set_type(document, title: str) -> Section:
    """What the file is called, our type, our margins, and Dutch; gives the section of its pages."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, "WWZ-wijzer", "nl-NL", ""
    for name, size, after in (
        ("Normal", 10.5, 5),
        ("Heading 1", 19, 4),
        ("Heading 2", 13, 4),
        ("Heading 3", 11, 3),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.paragraph_format.space_after = Pt(after)
        if name != "Normal":
            style.font.color.rgb = INK
            # The theme of the template would otherwise win from the name of the font.
            fonts = style.element.rPr.rFonts
            for key in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[key]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    return section


def _head_and_foot(section, text: str, logo: Logo | None) -> None:
    if logo:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        wide, high = logo.fit(LOGO_WIDE, LOGO_HIGH)
        shape = head.add_run().add_picture(io.BytesIO(logo.png), Mm(wide), Mm(high))
        shape._inline.docPr.set("descr", "Logo")
    foot = section.footer.paragraphs[0]
    run = foot.add_run(f"{text} · pagina ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)
    run.font.size, run.font.color.rgb = Pt(8), SOFT


def small(document, text: str, colour: RGBColor = SOFT, bold: bool = False) -> None:
    """A paragraph in small type."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(9), colour, bold


def add_table(document, table: Table) -> None:
    """A native table; its rows stay with the heading and with each other at the end of a page."""
    grid = document.add_table(rows=1, cols=len(table.heads))
    grid.autofit = False
    # A table has widths of its own beside those of its cells; some programs look only there.
    for column, wide in zip(grid.columns, table.widths, strict=True):
        column.width = Mm(wide)
    _line(grid.rows[0], table.heads, table.widths, head=True, keep=True)
    for number, row in enumerate(table.rows):
        # The first rows stay with the heading, and the last two together; one row alone on a page says nothing.
        last = len(table.rows) - 1
        _line(
            grid.add_row(),
            row,
            table.widths,
            keep=number < min(KEPT_ROWS, last) or last - KEPT_ROWS < number < last,
        )


def _line(row, texts, widths, head: bool = False, keep: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ["w:cantSplit"] + (["w:tblHeader"] if head else []):
        flag = OxmlElement(name)
        flag.set(qn("w:val"), "true")
        properties.append(flag)
    for cell, text, wide in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(wide)
        _edge(cell, head)
        main, _, second = text.partition("\n")
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(main)
        run.font.size, run.bold = Pt(8.5), head
        if head:
            run.font.color.rgb = WHITE
        if second:
            run = paragraph.add_run(f"\n{second}")
            run.font.size, run.font.color.rgb = Pt(7.5), SOFT


def _edge(cell, head: bool) -> None:
    """A line below each cell, and a dark ground for the headings."""
    properties = cell._tc.get_or_add_tcPr()
    edges, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "4"), ("color", bare(inks.RULE))):
        line.set(qn(f"w:{key}"), value)
    edges.append(line)
    properties.append(edges)
    if head:
        ground = OxmlElement("w:shd")
        ground.set(qn("w:val"), "clear")
        ground.set(qn("w:fill"), str(INK))
        properties.append(ground)
