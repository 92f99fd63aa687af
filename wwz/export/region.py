"""A document about a region as Word, PDF or PowerPoint: the same sentences and tables in each, native and to be edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wwz.base.media import DOCX, PPTX
from wwz.export.document import make_docx
from wwz.export.formats import stem_of
from wwz.export.logo import Logo
from wwz.export.pdf import make_pdf
from wwz.export.pieces import Head, Piece, Points, Printed, Table, Words, above
from wwz.export.regionslides import make_region_pptx
from wwz.export.steady import make_zip
from wwz.region.analysis import analysis
from wwz.region.document import Onderdeel, Stuk, Tabel
from wwz.region.subject import Over
from wwz.words.harmless import clean

PAGE_WIDE = 174  # mm between the margins of A4
MAIN, BEHIND = "In het kort", "Bronnen en werkwijze"
# Code, as on a button, its media type.
FORMATS = {"docx": ("Word", DOCX), "pdf": ("PDF", "application/pdf"), "pptx": ("PowerPoint", PPTX)}


def make_region_file(stuk: Stuk, kind: str, logo: Logo | None = None) -> bytes:
    """The document in a format of `FORMATS`."""
    makers: dict[str, Callable[[Stuk, Logo | None], bytes]] = {
        "docx": lambda stuk, logo: make_docx(region_pages(stuk, logo)),
        "pdf": lambda stuk, logo: make_pdf(region_pages(stuk, logo)),
        "pptx": make_region_pptx,
    }
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


def _table(table: Tabel) -> Table:
    """A table with its widths in millimetres; its title is a heading of its own."""
    whole = sum(table.breedten)
    rows = [["\n".join(clean(line) for line in cell.split("\n")) for cell in row] for row in table.rijen]
    widths = tuple(PAGE_WIDE * part / whole for part in table.breedten)
    return Table("", tuple(map(clean, table.koppen)), rows, widths)


def region_pages(stuk: Stuk, logo: Logo | None = None) -> Printed:
    """For Word and PDF: every part under a heading of its own, so that it can be moved, edited and left out."""
    pieces: list[Piece] = [Words(clean(stuk.over), "klein")]
    if stuk.hoofdlijn:
        pieces += [Head(MAIN), Points(tuple(map(clean, stuk.hoofdlijn)))]
    for part in stuk.onderdelen:
        pieces += _part(part)
    pieces += [Head(BEHIND), *(Words(clean(line), "klein") for line in stuk.achterin)]
    return Printed(clean(stuk.titel), above(stuk.merken), tuple(pieces), stuk.voet, stuk.gemaakt, logo)


def _part(part: Onderdeel) -> list[Piece]:
    found: list[Piece] = [Head(clean(part.titel)), *(Words(clean(sentence)) for sentence in part.zinnen)]
    if part.punten:
        found.append(Points(tuple(map(clean, part.punten))))
    for table in part.tabellen:
        found += [Head(clean(table.titel), 3), _table(table)]
    if part.bekend:
        found.append(Words(clean("Hoe bekend: " + " · ".join(part.bekend)), "klein"))
    return found
