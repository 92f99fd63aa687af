"""The wijk report as a Word document that can be edited."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from wwz.export.image import inner_image
from wwz.export.report import Report, Table
from wwz.export.steady import steady_zip

INK = RGBColor(0x0B, 0x42, 0x50)
SOFT = RGBColor(0x52, 0x64, 0x6A)


def make_docx(report: Report) -> bytes:
    """Title, story, map, tables and notes, on A4."""
    document = Document()
    _page(document, report)
    if report.marks:
        _small(document, " · ".join(mark.capitalize() for mark in report.marks), bold=True)
    document.add_heading(report.title, level=1)
    _small(document, report.about)
    for text in report.story:
        document.add_paragraph(text)
    if report.has_map:
        picture = inner_image(report.sheet, "rapport")
        shape = document.add_picture(io.BytesIO(picture), width=Cm(17))
        shape._inline.docPr.set("descr", f"Kaart: {report.sheet.reading}")
    for table in report.tables:
        document.add_heading(table.caption, level=2)
        _table(document, table)
    document.add_heading("Bronnen en uitleg", level=2)
    for note in report.notes:
        _small(document, note)
    target = io.BytesIO()
    document.save(target)
    return steady_zip(target.getvalue(), report.sheet.made)


def _page(document, report: Report) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = report.title, "WWZ-wijzer", "nl-NL", ""
    for name, size in (("Normal", 10.5), ("Heading 1", 19), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        if name != "Normal":
            style.font.color.rgb = INK
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _small(document, text: str, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(9), SOFT, bold


def _table(document, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.heads), style="Light Grid Accent 1")
    for cell, head in zip(grid.rows[0].cells, table.heads, strict=True):
        _cell(cell, head, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _cell(cell, text)


def _cell(cell, text: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = Pt(8), bold
