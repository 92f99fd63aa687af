"""What every slide has: title, marks, subject, logo and sources; and how a picture, running text and a table come on it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.export.logo import Logo
from wwz.export.pieces import above
from wwz.export.sheet import FICTIVE, Sheet
from wwz.export.steady import steady_zip
from wwz.maps.inks import BODY, INK, MARK, SOFT, STRIPE, WHITE, rgb
from wwz.maps.letters import wrap
from wwz.words.harmless import clean

LEFT, ROOM, TOP = 0.5, 12.33, 1.5  # inches: margin, width within the margins, where the contents begin
LOGO_WIDE, LOGO_HIGH = 1.8, 0.7
TITLE_ONLY = 5
TABLE_SIZE, ROW = 13, 0.37  # points, and inches: a table and its rows, where nothing else is asked
DUTCH = 1043
T = TypeVar("T")


def new_show(title: str):
    """A presentation without slides, of our size, in Dutch; `title` is what the file is called."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(LEFT * 2 + ROOM), Inches(7.5)
    core = show.core_properties
    core.title, core.author, core.language = clean(title), "WWZ-wijzer", "nl-NL"
    return show


def saved(show, moment: datetime) -> bytes:
    """The file of a presentation; all that is dated in it has this moment."""
    target = io.BytesIO()
    show.save(target)
    return steady_zip(target.getvalue(), moment)


def bare_slide(show, title: str, logo: Logo | None = None) -> tuple[Slide, float]:
    """A slide with its title and the logo, and how many inches the title is wide."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    room = ROOM - _logo(slide, logo)
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Inches(LEFT), Inches(0.15), Inches(room), Inches(0.9)
    frame = head.text_frame
    frame.text, frame.word_wrap, frame.vertical_anchor = clean(title), True, MSO_ANCHOR.BOTTOM
    frame.margin_left = frame.margin_right = 0
    type_as(frame.paragraphs[0], 24, INK, bold=True)
    return slide, room


def new_slide(show, sheet: Sheet, title: str) -> Slide:
    """A slide with everything but its contents, which have the room from TOP to 6.85 inches."""
    slide, room = bare_slide(show, title, sheet.logo)
    _subject(slide, sheet, room)
    notice = f"{FICTIVE} " if sheet.fictive else ""
    made = f"Database gemaakt op {sheet.made_text}."
    written(slide, LEFT, 6.93, ROOM, 0.45, f"{notice}{' · '.join([*sheet.sources, made])}", 10, SOFT)
    return slide


def _logo(slide: Slide, logo: Logo | None) -> float:
    """At the top right; gives the width it takes."""
    if logo is None:
        return 0.0
    wide, high = logo.fit(LOGO_WIDE, LOGO_HIGH)
    put_picture(slide, logo.png, "Logo", LEFT + ROOM - wide, 0.25, wide, high)
    return wide + 0.3


def _subject(slide: Slide, sheet: Sheet, room: float) -> None:
    marks = above(sheet.marks)
    frame = written(slide, LEFT, 1.05, room, 0.38, f"{marks}   " if marks else "", 13, MARK)
    paragraph = frame.paragraphs[0]
    for run in paragraph.runs:
        run.font.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor(*rgb(MARK))
    run = paragraph.add_run()
    run.text, run.font.size, run.font.color.rgb = clean(sheet.subject), Pt(14), RGBColor(*rgb(SOFT))


def written(slide: Slide, x: float, y: float, wide: float, high: float, text: str, size: float, colour: str):
    """A box with one paragraph, its text at the left."""
    frame = slide.shapes.add_textbox(Inches(x), Inches(y), Inches(wide), Inches(high)).text_frame
    frame.word_wrap, frame.margin_left, frame.margin_right = True, 0, 0
    frame.margin_top = frame.margin_bottom = 0
    frame.text = "".join(letter if letter.isprintable() else " " for letter in text)
    type_as(frame.paragraphs[0], size, colour)
    return frame


def type_as(paragraph, size: float, colour: str, bold: bool = False) -> None:
    """Type of a paragraph; in Dutch, so that no spelling checker objects."""
    paragraph.font.size, paragraph.font.bold = Pt(size), bold
    paragraph.font.color.rgb = RGBColor(*rgb(colour))
    paragraph.font.language_id = DUTCH
    paragraph.alignment = PP_ALIGN.LEFT


def paint(fill, colour: str) -> None:
    """One colour all over."""
    fill.solid()
    fill.fore_color.rgb = RGBColor(*rgb(colour))


def put_picture(
    slide: Slide,
    png: bytes,
    words: str,
    left: float,
    top: float,
    wide: float | None = None,
    high: float | None = None,
):
    """A picture and what it says in words; in inches, and what is not given follows from the other."""
    asked = [None if one is None else Inches(one) for one in (wide, high)]
    shape = slide.shapes.add_picture(io.BytesIO(png), Inches(left), Inches(top), *asked)
    shape._element.nvPicPr.cNvPr.set("descr", words)
    return shape


def put_lines(frame, texts: Iterable[str], size: float, after: float) -> None:
    """Sentences below each other in an empty box; their size and the room after each in points."""
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = clean(text)
        type_as(paragraph, size, BODY)
        paragraph.space_after = Pt(after)


def high_of(texts: Sequence[str], size: float, after: float = 0, wide: float = ROOM) -> float:
    """Inches that texts below each other take in a box so wide, a little on the safe side; `size` and `after` in points."""
    lines = sum(len(wrap(text, 1.08 * size, wide - 0.2)) for text in texts)
    return (lines * 1.22 * size + len(texts) * after) / 72


def shared_out(items: Iterable[T], size_of: Callable[[T], float], most: float) -> list[list[T]]:
    """What fits on a slide together, in order; what is larger than a slide has one of its own."""
    slides: list[list[T]] = []
    used = 0.0
    for item in items:
        size = size_of(item)
        if not slides or used + size > most:
            slides.append([])
            used = 0.0
        slides[-1].append(item)
        used += size
    return slides


def put_table(
    slide: Slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float = TABLE_SIZE,
    heights: Sequence[float] | None = None,
) -> None:
    """A native table over the whole width, under the marks.

    Parameters
    ----------
    heads, rows
        Texts that are harmless already.
    widths, heights
        In inches: of the columns, together ROOM, and of the rows with that of the heads.
    size
        In points.
    """
    lines = [heads, *rows]
    high = heights or [ROW] * len(lines)
    place = (Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(sum(high)))
    table = slide.shapes.add_table(len(lines), len(heads), *place).table
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for number, (line, row, tall) in enumerate(zip(lines, table.rows, high, strict=True)):
        row.height = Inches(tall)
        colour = WHITE if number == 0 else BODY
        ground = INK if number == 0 else WHITE if number % 2 else STRIPE
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
            paint(cell.fill, ground)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            type_as(cell.text_frame.paragraphs[0], size, colour, number == 0)
