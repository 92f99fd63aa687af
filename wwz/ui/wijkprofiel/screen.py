"""The wijkprofiel on screen and on paper: the story beside a map, then the figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.view import View
from wwz.export.image import inner_image
from wwz.export.sheet import Sheet, make_sheet
from wwz.profile.page import Chart, Profile
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.charts import describe
from wwz.ui.shared.folds import folded, folded_on_phone
from wwz.ui.shared.spinechart import spine_chart
from wwz.ui.shared.table import Column, Table

IN_A_ROW = 3
COLUMNS = [
    Column("titel", "Cijfer"),
    Column("waarde_tekst", "Hier", sub_field="marge_tekst", align="right"),
    Column("mensen_tekst", "Aantal", align="right"),
    Column("gemeente_tekst", "Gemeente", align="right"),
    Column("land_tekst", "Nederland", align="right"),
    Column("jaar_tekst", "Jaar"),
    Column("betrouwbaarheid", "Betrouwbaarheid", kind="tag"),
    Column("soort", "Hoe bekend", kind="tag"),
]


def story(store: Store, area: Area, found: Profile) -> None:
    """The blocks of the story two by two, with the map of the area beside them; a buurt has no map of its parts."""
    if area.niveau == area.smallest:
        _blocks(found)
        return
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        _blocks(found)
    with right:
        area_map(store, area, found)


def _blocks(found: Profile) -> None:
    for first in range(0, len(found.blocks), 2):
        for place, block in zip(st.columns(2, gap="medium"), found.blocks[first : first + 2], strict=False):
            with place:
                parts.story_block(block.title, block.sentences, block.known, block.lines)


def area_map(store: Store, area: Area, found: Profile, look: str = "profiel") -> None:
    """The map of the first chart, per buurt. `look`: the kind of picture (`export.image`)."""
    if not found.charts:
        return
    # So small a picture of the whole country shows no more than its gemeenten.
    level = {"niveau": "gemeente", "rand": "geen"} if area.niveau == "land" else {"rand": "wijk"}
    sheet = make_sheet(store, View(gebied=area.link, laag=found.charts[0].code, **level))
    if sheet.has_map:
        picture = _picture(store.about()["kenmerk"], area.codes, found.charts[0].code, look, _sheet=sheet)
        st.image(picture, alt=f"Kaart. {sheet.reading}", width="stretch", caption=sheet.subject)


@st.cache_data(max_entries=200, show_spinner=False)
def _picture(build: str, codes: tuple[str, ...], code: str, look: str, *, _sheet: Sheet) -> bytes:
    return inner_image(_sheet, look)


def figures(store: Store, area: Area, found: Profile) -> None:
    """Compared with the areas around, the key figures, the sources, and everything else folded up."""
    # Only the first row of charts comes on paper (style.css): the page is one A4 with type that can be read.
    for first in range(0, len(found.charts), IN_A_ROW):
        if first:
            folded_on_phone("Meer vergelijkingen")
        with st.container(key=f"grafieken-{first // IN_A_ROW + 1}"):
            _charts(found.charts[first : first + IN_A_ROW])
    with st.container(key="kerncijfers"):
        Table(found.key_figures, COLUMNS, f"Kerncijfers van {area.naam}").short(folds=True)
    parts.source_line(" · ".join(found.sources), found.made)
    parts.note("Het getal onder een cijfer is de marge. Hoe elk cijfer is gemaakt, staat bij Verantwoording.")
    parts.note(
        "Afdrukken op één vel: gebruik Afdrukken van uw browser (Ctrl+P). Knoppen en keuzes komen niet mee.",
        printed=False,
    )
    folded(
        "Alle cijfers op een lijn", partial(spine_chart, store, area, "profiel-rug"), key="alle-cijfers-lijn"
    )
    folded("Alle cijfers", partial(_sections, area, found), key="alle-cijfers")


def _sections(area: Area, found: Profile) -> None:
    for section in found.sections:
        Table(section.rows, COLUMNS, f"{section.title}: {area.naam}").short(folds=True)


def _charts(charts: Sequence[Chart]) -> None:
    for place, chart in zip(st.columns(IN_A_ROW, gap="small"), charts, strict=False):
        with place, st.container(border=True):
            parts.card_title(chart.title)
            parts.range_bars(chart.rows, chart.unit)
            parts.note(describe(chart.rows, chart.unit), printed=False)
