"""The map that a room looks at, as a picture: drawn once for all phones and the wall."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from wwz.ask.view import from_query
from wwz.export.image import inner_image
from wwz.export.sheet import make_sheet
from wwz.store import Store, remembered
from wwz.words.harmless import clean


@dataclass(frozen=True)
class Picture:
    """A map as PNG, what it says in words, and what stands under it: subject, year and source."""

    png: bytes = b""
    lezing: str = ""
    onderschrift: str = ""


@remembered
def picture(store: Store, codes: tuple[str, ...], query: str) -> Picture:
    """A view as a PNG; empty where there are no boundaries to draw.

    Parameters
    ----------
    codes
        The area of the session.
    query
        Of a link to a screen; what it says of the area goes first.

    Raises
    ------
    Fout
        When an area or layer is not in the data.
    """
    view = from_query(dict(parse_qsl(query)))
    sheet = make_sheet(store, view if view.gebied else view.changed(gebied=codes))
    under = clean(f"{sheet.subject}. {' · '.join(sheet.sources)}")
    return Picture(inner_image(sheet, "wand") if sheet.has_map else b"", clean(sheet.reading), under)
