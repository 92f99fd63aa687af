"""The report of a work session as PDF."""

from __future__ import annotations

import io

from wwz.export.minutespictures import Pictures
from wwz.export.paper import INK, MARK, SOFT, Paper
from wwz.export.sheet import FICTIVE
from wwz.sessie.minutes import Minutes, Part
from wwz.words.harmless import clean

ROOM_FOR_PART, MAP_WIDE = 30, 150  # mm


def make_pdf(minutes: Minutes, pictures: Pictures) -> bytes:
    """On A4, lying: the agreements have eight columns."""
    paper = Paper(
        clean(f"WWZ-wijzer · {minutes.titel}{f' · {FICTIVE}' if pictures.fictive else ''}"), "landscape"
    )
    paper.begin(clean(minutes.titel))
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
        rows = [[clean(text) for text in row] for row in part.rijen]
        paper.grid([clean(text) for text in part.koppen], rows, part.breedtes, 9)
