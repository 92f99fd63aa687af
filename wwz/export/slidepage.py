"""What every slide has: title, marks, subject, logo and sources."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Inches, Pt

from wwz.export.logo import Logo
from wwz.export.sheet import FICTIVE, Sheet
from wwz.maps.inks import INK, MARK, SOFT, rgb
from wwz.words.harmless import clean

LEFT, ROOM, TOP = 0.5, 12.33, 1.5  # inches: margin, width within the margins, where the contents begin
LOGO_WIDE, LOGO_HIGH = 1.8, 0.7
TITLE_ONLY = 5
TABLE_SIZE = 13  # points
DUTCH = 1043


def new_show(title: str):
    """A presentation without slides, of our size, in Dutch; `title` is what the file is called."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(LEFT * 2 + ROOM), Inches(7.5)
    core = show.core_properties
    core.title, core.author, core.language = clean(title), "WWZ-wijzer", "nl-NL"
    return show


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
    picture = io.BytesIO(logo.png)
    shape = slide.shapes.add_picture(
        picture, Inches(LEFT + ROOM - wide), Inches(0.25), Inches(wide), Inches(high)
    )
    shape._element.nvPicPr.cNvPr.set("descr", "Logo")
    return wide + 0.3


def _subject(slide: Slide, sheet: Sheet, room: float) -> None:
    marks = " · ".join(mark.upper() for mark in sheet.marks)
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


def fill_cell(
    cell, text: str, colour: str, ground: str, bold: bool = False, size: float = TABLE_SIZE
) -> None:
    """A cell of a table with its text and ground; `size` in points."""
    cell.text = text
    paint(cell.fill, ground)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    type_as(cell.text_frame.paragraphs[0], size, colour, bold)
