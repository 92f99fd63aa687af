"""A woonservicegebied on paper: its score, and its effectenarena on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wwz.ask.area import Area
from wwz.ask.layer import describe_area
from wwz.base.counted import counted
from wwz.export.paper import INK, SOFT, Paper
from wwz.knowledge import serviceareas
from wwz.maps import inks
from wwz.maps.inks import rgb
from wwz.servicearea.effects import Arena
from wwz.servicearea.score import Judged, day, headline

MARGIN, FOOT = 12, 14  # mm
SMALL = 7.0
# So many measures fit on the page at this size.
SIZES = ((6, 9.5), (14, 8.0), (20, 7.0))
# A list of many measures is set smaller, down to this, so that it stays on its page.
SMALLEST = 5.5
SCORE_WIDE, ARENA_WIDE = (46, 20, 108), (74, 34, 74, 30, 50)


def make_score_pdf(area: Area, found: Sequence[Judged]) -> bytes:
    """The score of an area as a table on A4."""
    paper = _paper("portrait", area)
    paper.lines(headline(area, found), 15, INK, bold=True)
    paper.lines(_size(area), 9, SOFT)
    groups = serviceareas.titles("groep")
    for code, title in groups.items():
        rows = [(one.onderdeel.titel, one.status, one.tekst) for one in found if one.onderdeel.groep == code]
        paper.lines(title, 11, INK, bold=True)
        paper.grid(("Onderdeel", "Status", "Waar het uit blijkt"), rows, SCORE_WIDE, 7.5)
        paper.ln(2)
    paper.lines(serviceareas.section("onderdelen")["eigen"], SMALL, SOFT)
    paper.lines(_source("onderdelen"), SMALL, SOFT)
    return bytes(paper.output())


def make_arena_pdf(area: Area, arena: Arena) -> bytes:
    """The effectenarena of an area on one page, A4 lying down; the more measures, the smaller."""
    size = next((size for most, size in SIZES if len(arena.maatregelen) <= most), SMALLEST)
    while True:
        paper = _arena_page(area, arena, size)
        if paper.page_no() == 1 or size <= SMALLEST:
            return bytes(paper.output())
        size -= 0.5


def _arena_page(area: Area, arena: Arena, size: float) -> Paper:
    paper = _paper("landscape", area)
    paper.lines(arena.kop, 15, INK, bold=True)
    paper.lines(f"Effectenarena · {_size(area)}", 9, SOFT)
    parties, parts = serviceareas.titles("partij"), serviceareas.onderdelen()
    effects = serviceareas.effects()
    rows = [
        (
            one.titel,
            ", ".join(parties[code] for code in one.investeert),
            "; ".join(effects[code].titel for code in one.effecten),
            parts[one.onderdeel].titel if one.onderdeel in parts else "",
            ", ".join(dict.fromkeys(parties[p] for code in one.effecten for p in effects[code].baat)),
        )
        for one in arena.maatregelen
    ]
    heads = (
        "Wat wij doen",
        "Wie investeert",
        "Effect waar het zich op richt",
        "Onderdeel",
        "Wie heeft er baat bij",
    )
    paper.grid(heads, rows or [("Nog geen maatregelen ingevuld.", "", "", "", "")], ARENA_WIDE, size)
    paper.ln(2)
    aimed = [
        (one.titel, counted("{n} [maatregel|maatregelen]", len(one.maatregelen)), one.mensen, ", ".join(one.baat))
        for one in arena.effecten
    ]  # fmt: skip
    paper.grid(("Aangetoond effect", "Gericht op", "Mensen om wie het kan gaan", "Wie heeft er baat bij"), aimed, (92, 34, 60, 76), size)  # fmt: skip
    paper.ln(1)
    note = f"{serviceareas.section('effecten')['noot']} {_source('effecten')} Wie investeert, is opgegeven. Wie er baat bij heeft, is onze aanname. Aantallen 75-plussers zijn geschat."
    paper.lines(note, min(SMALL, size), SOFT)
    return paper


def _paper(orientation: str, area: Area) -> Paper:
    fictive = " · voorbeeldregio, alle cijfers zijn verzonnen" if area.store.about()["fictief"] else ""
    paper = Paper(
        f"WWZ-wijzer · {area.naam}{fictive} · gemaakt op {day(date.today().isoformat())}", orientation
    )
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(True, FOOT)
    paper.set_draw_color(*rgb(inks.RULE))
    paper.begin("Woonservicegebied")
    return paper


def _size(area: Area) -> str:
    sources = dict.fromkeys(area.figures(["inwoners"])["bron"].dropna())
    return " · ".join([describe_area(area.store, area), *sources])


def _source(name: str) -> str:
    return f"Bron van de rijen: {serviceareas.source(name)}."
