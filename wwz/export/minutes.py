"""The report of a work session as a file: Word, PDF, PowerPoint and CSV, all of the same parts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.media import DOCX, PPTX
from wwz.export.document import make_docx
from wwz.export.minutespages import minutes_pages
from wwz.export.minutespictures import Pictures
from wwz.export.minutesslides import make_pptx
from wwz.export.pdf import make_pdf
from wwz.export.sheet import FICTIVE
from wwz.sessie.minutes import Minutes, of
from wwz.sessie.room import Room
from wwz.words.harmless import neutral

MEDIA = {"docx": DOCX, "pdf": "application/pdf", "pptx": PPTX, "csv": "text/csv"}
_MAKERS: dict[str, Callable[[Minutes, Pictures], bytes]] = {
    "docx": lambda minutes, pictures: make_docx(minutes_pages(minutes, pictures)),
    "pdf": lambda minutes, pictures: make_pdf(minutes_pages(minutes, pictures)),
    "pptx": make_pptx,
}


def make_minutes(database: Path, found: Room, kind: str) -> bytes:
    """The report of a session.

    Parameters
    ----------
    kind
        docx, pdf, pptx or csv.

    Raises
    ------
    Fout
        When there is no such kind.
    """
    if kind not in MEDIA:
        raise Fout(f"Een verslag als {kind[:20]} is er niet. Kies uit: {', '.join(MEDIA)}.")
    minutes, pictures = of(database, found), Pictures(database, tuple(found.about["gebied"]))
    return make_csv(minutes, pictures) if kind == "csv" else _MAKERS[kind](minutes, pictures)


def make_csv(minutes: Minutes, pictures: Pictures) -> bytes:
    """A line for every sentence and every row of a table, with the part it belongs to in the first column."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for text in (minutes.titel, minutes.over, *((FICTIVE,) if pictures.fictive else ())):
        writer.writerow(["Werksessie", neutral(text)])
    for part in minutes.delen:
        lines = [[text] for text in part.zinnen]
        lines += [part.koppen, *part.rijen] if part.rijen else []
        writer.writerows([[neutral(part.titel), *map(neutral, line)] for line in lines])
    writer.writerows([["Toelichting", neutral(note)] for note in minutes.noten])
    return target.getvalue().encode("utf-8-sig")
