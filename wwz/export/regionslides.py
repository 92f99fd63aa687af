"""A document about a region as slides: the main lines, then per part a slide with sentences and slides with native tables."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide

from wwz.export.logo import Logo
from wwz.export.pieces import above
from wwz.export.slidepage import (
    LEFT,
    ROOM,
    TOP,
    bare_slide,
    new_show,
    put_lines,
    put_table,
    saved,
    shared_out,
    written,
)
from wwz.maps.inks import BODY, MARK, SOFT
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
        for sentences in shared_out(part.zinnen + part.punten, len, MOST_LETTERS):
            _running(_slide(show, stuk, part.titel, logo), sentences)
        for table in part.tabellen:
            _tables(show, stuk, table, logo)
    return saved(show, stuk.gemaakt)


def _slide(show, stuk: Stuk, title: str, logo: Logo | None) -> Slide:
    slide, _ = bare_slide(show, title, logo)
    written(slide, LEFT, 1.05, ROOM, 0.35, f"{above(stuk.merken)}   {clean(stuk.over)}", 13, MARK)
    written(slide, LEFT, 7.0, ROOM, 0.3, stuk.voet, 10, SOFT)
    return slide


def _running(slide: Slide, sentences: Sequence[str]) -> None:
    frame = written(slide, LEFT, TOP + 0.1, ROOM, 5.2, "", 20, BODY)
    put_lines(frame, sentences, 16 if sum(map(len, sentences)) > MOST_LETTERS * 0.7 else 20, 8)


def _tables(show, stuk: Stuk, table: Tabel, logo: Logo | None) -> None:
    whole = sum(table.breedten)
    widths = [part / whole for part in table.breedten]

    def high(row: Sequence[str]) -> int:
        return max(_lines(cell, wide) for cell, wide in zip(row, widths, strict=True))

    # A table without rows has its heads all the same.
    pages = shared_out(table.rijen, high, MOST_LINES) or [[]]
    for number, rows in enumerate(pages, 1):
        part = f" ({number} van {len(pages)})" if len(pages) > 1 else ""
        slide = _slide(show, stuk, f"{table.titel}{part}", logo)
        shown = [[" · ".join(clean(line) for line in cell.split("\n")) for cell in row] for row in rows]
        put_table(slide, list(map(clean, table.koppen)), shown, [ROOM * wide for wide in widths])


def _lines(cell: str, wide: float) -> int:
    return max(1, -(-len(cell) // max(1, int(LETTERS_WIDE * wide))))
