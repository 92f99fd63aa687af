"""The report of a work session as a document: for Word and PDF."""

from __future__ import annotations

from datetime import datetime

from wwz.export.minutespictures import Pictures
from wwz.export.pieces import Drawing, Head, Piece, Printed, Table, Words
from wwz.export.sheet import FICTIVE
from wwz.sessie.minutes import Minutes, Part
from wwz.words.harmless import clean

# Of the width between the margins; and that width, in mm.
MAP_WIDE, PAGE_WIDE = 0.6, 261


def minutes_pages(minutes: Minutes, pictures: Pictures) -> Printed:
    """On A4, lying: the agreements have eight columns."""
    pieces: list[Piece] = [Words(clean(minutes.over), "klein")]
    for part in minutes.delen:
        pieces += _part(part, pictures)
    pieces += [Head("Toelichting"), *(Words(clean(note), "klein") for note in minutes.noten)]
    notice = f" · {FICTIVE}" if pictures.fictive else ""
    return Printed(
        title=clean(minutes.titel),
        above=FICTIVE if pictures.fictive else "",
        pieces=tuple(pieces),
        foot=clean(f"WWZ-wijzer · {minutes.titel}{notice}"),
        made=datetime.now(),
        landscape=True,
    )


def _part(part: Part, pictures: Pictures) -> list[Piece]:
    found: list[Piece] = [Head(clean(part.titel)), *(Words(clean(sentence)) for sentence in part.zinnen)]
    seen = pictures.of(part.beeld)
    if seen.png:
        found += [Drawing(seen.png, f"Kaart: {seen.lezing}", MAP_WIDE), Words(seen.onderschrift, "klein")]
    if part.rijen:
        rows = [[clean(text) for text in row] for row in part.rijen]
        widths = tuple(PAGE_WIDE * wide / sum(part.breedtes) for wide in part.breedtes)
        found.append(Table("", tuple(map(clean, part.koppen)), rows, widths, 9))
    return found
