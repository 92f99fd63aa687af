"""The report of a work session in PowerPoint, to go on with."""

from __future__ import annotations

from datetime import datetime

from pptx.slide import Slide
from pptx.util import Inches

from wwz.export.minutespictures import Pictures
from wwz.export.sheet import FICTIVE
from wwz.export.slidepage import (
    LEFT,
    ROOM,
    bare_slide,
    new_show,
    paint,
    put_lines,
    put_picture,
    saved,
    type_as,
    written,
)
from wwz.maps.inks import BODY, INK, SOFT, STRIPE, WHITE
from wwz.sessie.minutes import Minutes, Part
from wwz.words.harmless import clean, neutral

ROWS_ON_SLIDE, LINES_ON_SLIDE = 7, 9


def make_pptx(minutes: Minutes, pictures: Pictures) -> bytes:
    """A slide for every part; a long one goes on on the next."""
    show = new_show(minutes.titel)
    foot = f"{FICTIVE} " if pictures.fictive else ""
    foot = clean(f"{foot}{minutes.titel} · {minutes.over}")
    _lines(_slide(show, minutes.titel, foot), [minutes.over, *minutes.noten])
    for part in minutes.delen:
        seen = pictures.of(part.beeld)
        if seen.png:
            slide = _slide(show, part.titel, foot)
            put_picture(slide, seen.png, f"Kaart: {seen.lezing}", LEFT, 1.3, ROOM * 0.95)
            written(slide, LEFT, 6.5, ROOM, 0.4, seen.onderschrift, 11, SOFT)
        for first in range(0, len(part.zinnen), LINES_ON_SLIDE):
            _lines(_slide(show, part.titel, foot), part.zinnen[first : first + LINES_ON_SLIDE])
        for first in range(0, len(part.rijen), ROWS_ON_SLIDE):
            _table(_slide(show, part.titel, foot), part, first)
    return saved(show, datetime.now())


def _slide(show, title: str, foot: str) -> Slide:
    slide, _ = bare_slide(show, title)
    written(slide, LEFT, 6.93, ROOM, 0.45, foot, 10, SOFT)
    return slide


def _lines(slide: Slide, texts) -> None:
    frame = slide.shapes.add_textbox(Inches(LEFT), Inches(1.35), Inches(ROOM), Inches(5.3)).text_frame
    frame.word_wrap = True
    put_lines(frame, texts, 16 if len(texts) < 6 else 13, 6)


def _table(slide: Slide, part: Part, first: int) -> None:
    rows = part.rijen[first : first + ROWS_ON_SLIDE]
    grid = slide.shapes.add_table(
        len(rows) + 1,
        len(part.koppen),
        Inches(LEFT),
        Inches(1.35),
        Inches(ROOM),
        Inches(0.4 * (len(rows) + 1)),
    ).table
    size = 10 if len(part.koppen) > 3 else 13
    for column, part_wide in zip(grid.columns, part.breedtes, strict=True):
        column.width = Inches(ROOM * part_wide / sum(part.breedtes))
    for number, line in enumerate((part.koppen, *rows)):
        for column, text in enumerate(line):
            cell = grid.cell(number, column)
            cell.text = neutral(text)
            paint(cell.fill, INK if number == 0 else WHITE if number % 2 else STRIPE)
            type_as(cell.text_frame.paragraphs[0], size, WHITE if number == 0 else BODY, number == 0)
