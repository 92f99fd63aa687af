"""A rondleiding as slides: one for each stop, with its title, its note and, where it has one, its map or its bars."""

from __future__ import annotations

from pptx.util import Inches

from wwz.agenda.balance import FIRST
from wwz.ask.tour import SCREENS, link_of, screen_of, shown
from wwz.ask.view import View
from wwz.base.errors import Fout
from wwz.export.agendabars import draw_bars
from wwz.export.agendapages import bars_in_words
from wwz.export.agendasheet import make_agenda_sheet
from wwz.export.origin import made_at
from wwz.export.sessionpicture import picture
from wwz.export.sheet import FICTIVE
from wwz.export.slidepage import LEFT, ROOM, bare_slide, new_show, put_picture, saved, written
from wwz.maps.inks import BODY, SOFT
from wwz.own.tours import Tour
from wwz.store import Store
from wwz.words.harmless import clean

# Inches: where the note stands, and where the picture begins and ends.
NOTE, TOP, BOTTOM = 1.1, 2.1, 6.8
PNG = tuple[bytes, str, str]


def make_tour_pptx(store: Store, tour: Tour) -> bytes:
    """PowerPoint to project and to edit."""
    about = store.about()
    show = new_show(tour.naam)
    notice = f"{FICTIVE} " if about["fictief"] else ""
    for stop in tour.stops:
        slide, _ = bare_slide(show, stop.titel)
        view, gone = shown(store, stop)
        said = " ".join(filter(None, (stop.notitie, gone))) or SCREENS[screen_of(stop)]
        written(slide, LEFT, NOTE, ROOM, TOP - NOTE, clean(said), 18, BODY)
        png, alt, under = _picture(store, screen_of(stop), view)
        if png:
            shape = put_picture(slide, png, clean(alt), LEFT, TOP, high=BOTTOM - TOP)
            if shape.width > Inches(ROOM):
                shape.height, shape.width = int(shape.height * Inches(ROOM) / shape.width), Inches(ROOM)
        written(slide, LEFT, 6.93, ROOM, 0.45, clean(f"{notice}{under}"), 10, SOFT)
    return saved(show, made_at(store))


def _picture(store: Store, screen: str, view: View) -> PNG:
    """A picture of what a stop shows, what it says, and its sources; of most screens there is none."""
    try:
        if screen == "kaart":
            found = picture(store, (), link_of(view))
            return found.png, f"Kaart: {found.lezing}", found.onderschrift
        if screen == "wijkagenda":
            sheet = make_agenda_sheet(store, view)
            rows = sheet.bars.head(FIRST)
            return draw_bars(rows), bars_in_words(sheet, rows), " · ".join(sheet.sources)
    except Fout:
        pass
    return b"", "", SCREENS[screen]
