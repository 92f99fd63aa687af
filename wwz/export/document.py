"""A document in Word, to go on with."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Emu, Mm, Pt, RGBColor

from wwz.export.logo import Logo
from wwz.export.pieces import Drawing, Head, Piece, Points, Printed, Table, Words
from wwz.export.steady import steady_zip
from wwz.maps import inks
from wwz.maps.inks import bare, rgb

INK, SOFT, MARK, WHITE = (RGBColor(*rgb(colour)) for colour in (inks.INK, inks.SOFT, inks.MARK, inks.WHITE))
PAPER = (Cm(21), Cm(29.7))  # A4, standing
LOGO_WIDE, LOGO_HIGH = 45, 18  # mm
LONGEST_TITLE = 255  # letters; the format allows no more
# Rows of a table that stay together at the top and at the bottom of a page.
KEPT_ROWS = 2


def make_docx(printed: Printed) -> bytes:
    """The document on A4, to write on in."""
    document = Document()
    section = _set_type(document, printed.title)
    section.page_width, section.page_height = PAPER[::-1] if printed.landscape else PAPER
    section.orientation = WD_ORIENT.LANDSCAPE if printed.landscape else WD_ORIENT.PORTRAIT
    _head_and_foot(section, printed.foot, printed.logo)
    if printed.above:
        _words(document, Words(printed.above, "merk"))
    document.add_heading(printed.title, level=1)
    room = section.page_width - section.left_margin - section.right_margin
    for piece in printed.pieces:
        _piece(document, piece, int(room))
    target = io.BytesIO()
    document.save(target)
    return steady_zip(target.getvalue(), printed.made)


def _piece(document, piece: Piece, room: int) -> None:
    """`room`: the width between the margins, in the smallest unit of Word."""
    if isinstance(piece, Head):
        document.add_heading(piece.text, level=piece.level)
    elif isinstance(piece, Words):
        _words(document, piece)
    elif isinstance(piece, Points):
        for text in piece.texts:
            document.add_paragraph(text, style="List Bullet")
    elif isinstance(piece, Drawing):
        shape = document.add_picture(io.BytesIO(piece.png), width=Emu(int(room * piece.wide)))
        shape._inline.docPr.set("descr", piece.alt)
    else:
        if piece.caption:
            document.add_heading(piece.caption, level=2)
        _table(document, piece)


def _words(document, words: Words) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words.text)
    if words.look != "gewoon":
        paragraph.paragraph_format.space_after = Pt(2)
        run.font.size, run.bold = Pt(9), words.look == "merk"
        run.font.color.rgb = MARK if words.look == "merk" else SOFT


def _set_type(document, title: str) -> Section:
    """What the file is called, our type, our margins, and Dutch; gives the section of its pages."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title[:LONGEST_TITLE], "WWZ-wijzer", "nl-NL", ""
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


def _table(document, table: Table) -> None:
    """A native table; its rows stay with the heading and with each other at the end of a page."""
    grid = document.add_table(rows=1, cols=len(table.heads))
    grid.autofit = False
    # A table has widths of its own beside those of its cells; some programs look only there.
    for column, wide in zip(grid.columns, table.widths, strict=True):
        column.width = Mm(wide)
    _line(grid.rows[0], table.heads, table, head=True, keep=True)
    for number, row in enumerate(table.rows):
        # The first rows stay with the heading, and the last two together; one row alone on a page says nothing.
        last = len(table.rows) - 1
        _line(
            grid.add_row(),
            row,
            table,
            keep=number < min(KEPT_ROWS, last) or last - KEPT_ROWS < number < last,
        )


def _line(row, texts, table: Table, head: bool = False, keep: bool = False) -> None:
    widths, size = table.widths, table.size
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
        run.font.size, run.bold = Pt(size), head
        if head:
            run.font.color.rgb = WHITE
        if second:
            run = paragraph.add_run(f"\n{second}")
            run.font.size, run.font.color.rgb = Pt(size - 1), SOFT


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
