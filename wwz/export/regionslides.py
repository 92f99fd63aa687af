"""A document about a region as slides: the main lines, then per part a slide with sentences and slides with native tables."""

from __future__ import annotations

import io

from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.export.logo import Logo
from wwz.export.slidepage import LEFT, ROOM, TOP, bare_slide, fill_cell, new_show, type_as, written
from wwz.export.steady import steady_zip
from wwz.maps.inks import BODY, INK, MARK, SOFT, STRIPE, WHITE
from wwz.region.document import Stuk, Tabel
from wwz.words.harmless import clean

# So many lines of a table, and letters of running text, fit on a slide.
MOST_LINES, MOST_LETTERS = 13, 900
LETTERS_WIDE = 130  # that fit on a row of a table over the whole width
MAIN = "In het kort"


def make_region_pptx(stuk: Stuk, logo: Logo | None = None) -> bytes:
    """PowerPoint to project and to edit."""
    show = new_show(stuk.titel)
    _running(_slide(show, stuk, stuk.titel, logo), (f"{MAIN}:", *stuk.hoofdlijn))
    for part in stuk.onderdelen:
        for sentences in _pages(part.zinnen + part.punten):
            _running(_slide(show, stuk, part.titel, logo), sentences)
        for table in part.tabellen:
            _tables(show, stuk, table, logo)
    target = io.BytesIO()
    show.save(target)
    return steady_zip(target.getvalue(), stuk.gemaakt)


def _slide(show, stuk: Stuk, title: str, logo: Logo | None) -> Slide:
    slide, _ = bare_slide(show, title, logo)
    marks = " · ".join(mark.upper() for mark in stuk.merken)
    written(slide, LEFT, 1.05, ROOM, 0.35, f"{marks}   {clean(stuk.over)}", 13, MARK)
    written(slide, LEFT, 7.0, ROOM, 0.3, stuk.voet, 10, SOFT)
    return slide


def _pages(sentences: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Sentences that fit together on a slide."""
    pages: list[list[str]] = []
    for sentence in sentences:
        if not pages or sum(map(len, pages[-1])) + len(sentence) > MOST_LETTERS:
            pages.append([])
        pages[-1].append(sentence)
    return [tuple(page) for page in pages]


def _running(slide: Slide, sentences: tuple[str, ...]) -> None:
    frame = written(slide, LEFT, TOP + 0.1, ROOM, 5.2, clean(sentences[0]), 20, BODY)
    for sentence in sentences[1:]:
        paragraph = frame.add_paragraph()
        paragraph.text = clean(sentence)
        type_as(paragraph, 20, BODY)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(8)
    if sum(map(len, sentences)) > MOST_LETTERS * 0.7:
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(16)


def _tables(show, stuk: Stuk, table: Tabel, logo: Logo | None) -> None:
    whole = sum(table.breedten)
    widths = [part / whole for part in table.breedten]
    pages: list[list[tuple[str, ...]]] = [[]]
    used = 0
    for row in table.rijen:
        high = max(_lines(cell, wide) for cell, wide in zip(row, widths, strict=True))
        if used + high > MOST_LINES and pages[-1]:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += high
    for number, rows in enumerate(pages, 1):
        part = f" ({number} van {len(pages)})" if len(pages) > 1 else ""
        slide = _slide(show, stuk, f"{table.titel}{part}", logo)
        shape = slide.shapes.add_table(
            len(rows) + 1,
            len(widths),
            Inches(LEFT),
            Inches(TOP),
            Inches(ROOM),
            Inches(0.37 * (len(rows) + 1)),
        )
        for column, wide in enumerate(widths):
            shape.table.columns[column].width = Inches(ROOM * wide)
            fill_cell(shape.table.cell(0, column), clean(table.koppen[column]), WHITE, INK, bold=True)
            for place, row in enumerate(rows, 1):
                text = " · ".join(clean(line) for line in row[column].split("\n"))
                fill_cell(shape.table.cell(place, column), text, BODY, WHITE if place % 2 else STRIPE)


def _lines(cell: str, wide: float) -> int:
    return max(1, -(-len(cell) // max(1, int(LETTERS_WIDE * wide))))
