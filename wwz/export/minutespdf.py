"""The report of a work session as PDF."""

from __future__ import annotations

import io

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from wwz.export.minutespictures import Pictures
from wwz.export.paper import BODY, INK, MARK, SOFT, WHITE, Paper
from wwz.export.sheet import FICTIVE
from wwz.sessie.minutes import Minutes, Part
from wwz.words.harmless import clean

ROOM_FOR_PART, MAP_WIDE = 30, 150  # mm


def make_pdf(minutes: Minutes, pictures: Pictures) -> bytes:
    """On A4, lying: the agreements have eight columns."""
    paper = Paper(
        clean(f"WWZ-wijzer · {minutes.titel}{f' · {FICTIVE}' if pictures.fictive else ''}"), "landscape"
    )
    paper.set_title(clean(minutes.titel))
    paper.set_author("WWZ-wijzer")
    paper.set_lang("nl-NL")
    paper.add_page()
    if pictures.fictive:
        paper.lines(FICTIVE, 9, MARK, bold=True)
    paper.lines(clean(minutes.titel), 19, INK, bold=True)
    paper.lines(clean(minutes.over), 10, SOFT)
    for part in minutes.delen:
        _part(paper, part, pictures)
    paper.keep(ROOM_FOR_PART)
    paper.lines("Toelichting", 12, INK, bold=True)
    for note in minutes.noten:
        paper.lines(clean(note), 9, SOFT)
    return bytes(paper.output())


def _part(paper: Paper, part: Part, pictures: Pictures) -> None:
    paper.ln(2)
    paper.keep(ROOM_FOR_PART)
    paper.lines(clean(part.titel), 13, INK, bold=True)
    for sentence in part.zinnen:
        paper.lines(clean(sentence), 10.5)
    seen = pictures.of(part.beeld)
    if seen.png:
        paper.keep(MAP_WIDE * 0.55)
        paper.image(io.BytesIO(seen.png), w=MAP_WIDE, alt_text=f"Kaart: {seen.lezing}")
        paper.lines(seen.onderschrift, 8, SOFT)
    if part.rijen:
        paper.set_font("wwz", size=9)
        paper.set_text_color(*BODY)
        heads = FontFace(emphasis="BOLD", color=WHITE, fill_color=INK)
        with paper.table(
            line_height=4.2, padding=1, headings_style=heads, text_align="LEFT",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, col_widths=part.breedtes,
        ) as grid:  # fmt: skip
            for line in (part.koppen, *part.rijen):
                row = grid.row()
                for text in line:
                    row.cell(clean(text))
