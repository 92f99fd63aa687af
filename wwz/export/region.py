"""A document about a region as Word, PDF or PowerPoint: the same sentences and tables in each, native and to be edited."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from docx import Document

from wwz.export.document import MARK, add_table, set_page, small
from wwz.export.formats import stem_of
from wwz.export.logo import Logo
from wwz.export.paper import INK as PAPER_INK
from wwz.export.paper import MARK as PAPER_MARK
from wwz.export.paper import ROOM_FOR_BLOCK, ROOM_FOR_NOTES, Paper, write_table
from wwz.export.paper import SOFT as PAPER_SOFT
from wwz.export.regionslides import make_region_pptx
from wwz.export.report import Table
from wwz.export.steady import make_zip, steady_zip
from wwz.region.analysis import analysis
from wwz.region.document import Onderdeel, Stuk, Tabel
from wwz.region.subject import Over
from wwz.words.harmless import clean

PAGE_WIDE = 174  # mm between the margins of A4
MAIN, BEHIND = "In het kort", "Bronnen en werkwijze"
OFFICE = "application/vnd.openxmlformats-officedocument."
# Code, as on a button, its media type.
FORMATS = {
    "docx": ("Word", OFFICE + "wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "pptx": ("PowerPoint", OFFICE + "presentationml.presentation"),
}


def make_region_file(stuk: Stuk, kind: str, logo: Logo | None = None) -> bytes:
    """The document in a format of `FORMATS`."""
    makers: dict[str, Callable[[Stuk, Logo | None], bytes]] = {
        "docx": make_region_docx, "pdf": make_region_pdf, "pptx": make_region_pptx,
    }  # fmt: skip
    return makers[kind](stuk, logo)


def make_region_zip(over: Over, kind: str, logo: Logo | None = None) -> bytes:
    """The analysis of the region and of every gemeente in it, each with the same definitions."""
    each = {"": over.regio.naam, **over.regio.namen}
    made = {code: analysis(replace(over, gemeente=code)) for code in each}
    files = {
        f"{stem_of(name)}-woonzorganalyse.{kind}": make_region_file(made[code], kind, logo)
        for code, name in each.items()
    }
    return make_zip(files, made[""].gemaakt)


def as_table(table: Tabel) -> Table:
    """A table with its widths in millimetres."""
    whole = sum(table.breedten)
    rows = [["\n".join(clean(line) for line in cell.split("\n")) for cell in row] for row in table.rijen]
    widths = tuple(PAGE_WIDE * part / whole for part in table.breedten)
    return Table(clean(table.titel), tuple(map(clean, table.koppen)), rows, widths)


def make_region_docx(stuk: Stuk, logo: Logo | None = None) -> bytes:
    """Word: every part under a heading of its own, so that it can be moved, edited and left out."""
    document = Document()
    set_page(document, clean(stuk.titel), stuk.voet, logo)
    if stuk.merken:
        small(document, " · ".join(mark.upper() for mark in stuk.merken), MARK, bold=True)
    document.add_heading(clean(stuk.titel), level=1)
    small(document, clean(stuk.over))
    if stuk.hoofdlijn:
        document.add_heading(MAIN, level=2)
    for line in stuk.hoofdlijn:
        document.add_paragraph(clean(line), style="List Bullet")
    for part in stuk.onderdelen:
        _part(document, part)
    document.add_heading(BEHIND, level=2)
    for line in stuk.achterin:
        small(document, clean(line))
    target = io.BytesIO()
    document.save(target)
    return steady_zip(target.getvalue(), stuk.gemaakt)


def _part(document, part: Onderdeel) -> None:
    document.add_heading(clean(part.titel), level=2)
    for sentence in part.zinnen:
        document.add_paragraph(clean(sentence))
    for point in part.punten:
        document.add_paragraph(clean(point), style="List Bullet")
    for table in part.tabellen:
        document.add_heading(clean(table.titel), level=3)
        add_table(document, as_table(table))
    if part.bekend:
        small(document, clean("Hoe bekend: " + " · ".join(part.bekend)))


def make_region_pdf(stuk: Stuk, logo: Logo | None = None) -> bytes:
    """PDF: the same on A4."""
    paper = Paper(stuk.voet)
    paper.set_creation_date(stuk.gemaakt)
    paper.begin(clean(stuk.titel), logo)
    if stuk.merken:
        paper.lines(" · ".join(mark.upper() for mark in stuk.merken), 9, PAPER_MARK, bold=True)
    paper.lines(clean(stuk.titel), 19, PAPER_INK, bold=True)
    paper.lines(clean(stuk.over), 10, PAPER_SOFT)
    if stuk.hoofdlijn:
        paper.lines(MAIN, 13, PAPER_INK, bold=True)
    for line in stuk.hoofdlijn:
        paper.lines(f"• {clean(line)}", 11)
    for part in stuk.onderdelen:
        _paper_part(paper, part)
    paper.keep(ROOM_FOR_NOTES)
    paper.lines(BEHIND, 13, PAPER_INK, bold=True)
    for line in stuk.achterin:
        paper.lines(clean(line), 9, PAPER_SOFT)
    return bytes(paper.output())


def _paper_part(paper: Paper, part: Onderdeel) -> None:
    paper.ln(2)
    paper.keep(ROOM_FOR_BLOCK)
    paper.lines(clean(part.titel), 13, PAPER_INK, bold=True)
    for sentence in part.zinnen:
        paper.lines(clean(sentence), 11)
    for point in part.punten:
        paper.lines(f"• {clean(point)}", 11)
    for table in part.tabellen:
        write_table(paper, as_table(table))
    if part.bekend:
        paper.lines(clean("Hoe bekend: " + " · ".join(part.bekend)), 9, PAPER_SOFT)
