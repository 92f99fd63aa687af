"""A woonservicegebied on paper: its score, and its effectenarena on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from wwz.ask.area import Area
from wwz.ask.layer import describe_area
from wwz.ask.layerwords import no_effect
from wwz.base.counted import counted
from wwz.base.dates import short_day
from wwz.export.pdf import make_pdf, pages_of
from wwz.export.pieces import Piece, Printed, Table, Words, foot_of
from wwz.knowledge import serviceareas
from wwz.servicearea.effects import Arena
from wwz.servicearea.score import Judged, headline

MARGIN, TITLE = 12, 15  # mm, and points
# So many measures fit on the page at this size.
SIZES = ((6, 9.5), (14, 8.0), (20, 7.0))
# A list of many measures is set smaller, down to this, so that it stays on its page.
SMALLEST = 5.5
SCORE_WIDE, ARENA_WIDE = (46, 20, 108), (74, 34, 74, 30, 50)


def make_score_pdf(area: Area, found: Sequence[Judged]) -> bytes:
    """The score of an area as a table on A4."""
    pieces: list[Piece] = [Words(_size(area), "klein")]
    groups = serviceareas.titles("groep")
    for code, title in groups.items():
        rows = [[one.onderdeel.titel, one.status, one.tekst] for one in found if one.onderdeel.groep == code]
        pieces.append(Table(title, ("Onderdeel", "Status", "Waar het uit blijkt"), rows, SCORE_WIDE, 7.5))
    pieces.append(Words(f"{serviceareas.section('onderdelen')['eigen']} {_source('onderdelen')}", "klein"))
    return make_pdf(_printed(area, headline(area, found), pieces))


def make_arena_pdf(area: Area, arena: Arena) -> bytes:
    """The effectenarena of an area on one page, A4 lying down; the more measures, the smaller."""
    size = next((size for most, size in SIZES if len(arena.maatregelen) <= most), SMALLEST)
    while True:
        page = _arena_page(area, arena, size)
        if size <= SMALLEST or pages_of(page) == 1:
            return make_pdf(page)
        size -= 0.5


def _arena_page(area: Area, arena: Arena, size: float) -> Printed:
    parties, parts = serviceareas.titles("partij"), serviceareas.onderdelen()
    effects = serviceareas.effects()
    rows = [
        [
            one.titel,
            ", ".join(parties[code] for code in one.investeert),
            "; ".join(effects[code].titel for code in one.effecten),
            parts[one.onderdeel].titel if one.onderdeel in parts else "",
            ", ".join(dict.fromkeys(parties[p] for code in one.effecten for p in effects[code].baat)),
        ]
        for one in arena.maatregelen
    ]
    heads = (
        "Wat wij doen",
        "Wie investeert",
        "Effect waar het zich op richt",
        "Onderdeel",
        "Wie heeft er baat bij",
    )
    measures = Table(
        "", heads, rows or [["Nog geen maatregelen ingevuld.", "", "", "", ""]], ARENA_WIDE, size
    )
    aimed = [
        [one.titel, counted("{n} [maatregel|maatregelen]", len(one.maatregelen)), one.mensen, ", ".join(one.baat)]
        for one in arena.effecten
    ]  # fmt: skip
    goals = ("Aangetoond effect", "Gericht op", "Mensen om wie het kan gaan", "Wie heeft er baat bij")
    note = f"{serviceareas.section('effecten')['noot']} {_source('effecten')} Wie investeert, is opgegeven. Wie er baat bij heeft, is onze aanname. Aantallen 75-plussers zijn geschat. {no_effect()}"
    pieces = [
        Words(f"Effectenarena · {_size(area)}", "klein"),
        measures,
        Table("", goals, aimed, (92, 34, 60, 76), size),
        Words(note, "klein"),
    ]
    return _printed(area, arena.kop, pieces, landscape=True)


def _printed(area: Area, title: str, pieces: Sequence[Piece], *, landscape: bool = False) -> Printed:
    foot = f"{foot_of(area.store.about()['fictief'], area.naam)} · gemaakt op {short_day(date.today().isoformat())}"
    return Printed(
        title, "", tuple(pieces), foot, datetime.now(), landscape=landscape, margin=MARGIN, size=TITLE
    )


def _size(area: Area) -> str:
    sources = dict.fromkeys(area.figures(["inwoners"])["bron"].dropna())
    return " · ".join([describe_area(area.store, area), *sources])


def _source(name: str) -> str:
    return f"Bron van de rijen: {serviceareas.source(name)}."
