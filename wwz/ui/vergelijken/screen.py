"""Vergelijken: an area beside others, need against the distance to voorzieningen, and maps side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.area import Area, pinned
from wwz.ask.compare import (
    comparable_codes,
    left_out,
    side_by_side,
    similar_areas,
    similar_rows,
)
from wwz.ask.comparewords import difference_rule, finding, quadrant_sentence, sentence_of
from wwz.ask.layer import national
from wwz.ask.layerwords import no_effect
from wwz.ask.quadrant import quadrant
from wwz.knowledge import catalogue, load_toml
from wwz.store import Store
from wwz.ui.shared import parts, projection, state
from wwz.ui.shared.charts import show_chart
from wwz.ui.shared.searchbox import search_box
from wwz.ui.shared.spinechart import spine_chart
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.trendline import years_table
from wwz.ui.shared.turn import fragment
from wwz.ui.vergelijken.chart import need_against_distance, ranked_dots
from wwz.ui.vergelijken.maps import pair_view, series_view

# Heights in pixels. A projected chart is enlarged, and still has to fit under the title.
PITCH_PROJECTED, PLANE, PLANE_PROJECTED = 20, 480, 250
# Areas put beside the area by hand.
MOST_ADDED = 8
PICTURES = {
    "stippen": "Gebieden op een rij",
    "rug": "Alle cijfers",
    "vlak": "Behoefte en afstand",
    "reeks": "Kaartjes",
    "samen": "Twee kaarten",
}
SIDE_COLUMNS = [
    Column("naam", "Gebied", sub_field="rol"),
    Column("kort", "Cijfer", sub_field="marge", align="right"),
    Column("verschil", "Vergeleken"),
    Column("jaar_tekst", "Jaar"),
    Column("soort", "Hoe bekend", kind="tag"),
]
DOTS = (
    "Elke stip is een gebied, van hoog naar laag. De streep is de marge. Dezelfde cijfers staan in de tabel."
)


@fragment
def compare_screen(store: Store) -> None:
    """Everything below the top row."""
    state.begin_part()
    area = state.chosen_area()
    code = current_code(store)
    rows = side_by_side(store, area, code, pinned(store, state.view().vergelijk))
    indicator = catalogue()[code]
    parts.title(
        finding(rows, area.naam, indicator),
        ""
        if projection.is_on()
        else f"{indicator.titel}, vergeleken met grotere gebieden en met gebieden die erop lijken",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="keuzes-boven"):
        titles = {one: catalogue()[one].titel for one in comparable_codes(store)}
        state.bound(
            st.selectbox, "Wat vergelijkt u?", "laag", list(titles), format_func=titles.get, also={"jaar": 0}
        )
        _more_areas(store)
    state.bound(
        st.segmented_control, "Hoe wilt u vergelijken?", "beeld", list(PICTURES), format_func=PICTURES.get,
        label_visibility="collapsed",
    )  # fmt: skip
    picture = state.view().beeld
    if picture == "rug":
        spine_chart(store, area, "vergelijken-rug")
    elif picture == "vlak":
        _plane(store, code)
    elif picture == "reeks":
        series_view(store, area, code)
    elif picture == "samen":
        pair_view(store, state.area(), code)
    else:
        _side(store, area, code, rows)
    parts.note(no_effect())
    state.publish()


def current_code(store: Store) -> str:
    """The layer of the view, or the first one that can be compared."""
    codes = comparable_codes(store)
    return state.view().laag if state.view().laag in codes else codes[0]


def _more_areas(store: Store) -> None:
    search_box(
        store,
        "Voeg zelf gebieden toe",
        "zoek-vergelijk",
        state.view().vergelijk,
        lambda codes, _: state.change(vergelijk=codes),
        hint=f"Zoek op naam. U kunt er {MOST_ADDED} naast elkaar zetten.",
        most=MOST_ADDED,
    )


def _side(store: Store, area: Area, code: str, rows: pd.DataFrame) -> None:
    indicator = catalogue()[code]
    rows["jaar_tekst"] = rows["jaar"].astype(int).astype(str)
    # In a room the picture takes the whole width; the table follows.
    left, right = (
        (st.container(), st.container()) if projection.is_on() else st.columns([1.25, 1], gap="medium")
    )
    with left, st.container(border=True):
        pitch = {"pitch": PITCH_PROJECTED} if projection.is_on() else {}
        show_chart(ranked_dots(rows, indicator.eenheid, **pitch), DOTS, key="stippen")
    with right:
        Table(
            rows, SIDE_COLUMNS, f"{indicator.titel} ({indicator.eenheid}), vergeleken met {area.naam}"
        ).short(folds=True)
    parts.sentence(sentence_of(rows, area.naam))
    parts.note(f"{difference_rule()} De gekleurde band is de marge van {area.naam}.")
    parts.source_line(*area.figures([code])["bron"], *national(store, [code])["bron"])
    years_table(store, area, code)
    _similar(store, area)


def _similar(store: Store, area: Area) -> None:
    similar = similar_areas(store, area)
    with st.expander("Welke gebieden lijken hierop, en waarom?"):
        parts.note(load_toml("vergelijkbaar.toml")["toelichting"])
        if similar.empty:
            parts.note(
                f"Voor {area.naam} is er geen vergelijkbaar gebied, of er ontbreekt een cijfer om dat te bepalen."
            )
            return
        if missing := left_out(similar):
            parts.note(missing)
        characteristics = [
            Column(k["indicator"], k["naam"].capitalize(), align="right")
            for k in load_toml("vergelijkbaar.toml")["kenmerk"]
        ]
        Table(
            similar_rows(store, area, similar),
            [Column("naam", "Gebied", sub_field="gemeentenaam"), *characteristics],
            f"Lijkt het meest op {area.naam}, van meer naar minder",
        ).short(folds=True)


def _plane(store: Store, code: str) -> None:
    area, niveau = state.area(), state.view().niveau
    distances = {c: catalogue()[c].titel for c in comparable_codes(store) if catalogue()[c].eenheid == "km"}
    if not distances:
        parts.empty(
            "Er zijn geen afstanden ingelezen. Zet een bestand van Nabijheid voorzieningen in de map en bouw opnieuw."
        )
        return
    if code in distances:
        parts.empty(
            "U koos hierboven zelf een afstand. Kies daar een behoefte, bijvoorbeeld Moeite met bewegen."
        )
        return
    with st.container(key="keuzes-vlak"):
        state.bound(st.selectbox, "Afstand tot", "afstand", list(distances), format_func=distances.get)
    distance = state.view().afstand if state.view().afstand in distances else next(iter(distances))
    need = catalogue()[code]
    found = quadrant(store, area, code, distance, niveau)
    if found.rows.empty:
        parts.empty(
            "Er is geen gebied waarvan beide cijfers bekend zijn. Kies een ander cijfer of een ander gebied."
        )
        return
    with st.container(border=True):
        figure = need_against_distance(
            found,
            f"{distances[distance]} (km)",
            f"{need.kort} ({need.eenheid})",
            state.view().gekozen,
            PLANE_PROJECTED if projection.is_on() else PLANE,
        )
        show_chart(
            figure,
            f"Elk punt is een {niveau}. De stippellijnen zijn de cijfers van {area.naam}. Rechtsboven ligt wat het eerst aandacht vraagt. "
            "Een open punt verschilt in behoefte niet duidelijk van het geheel.",
            key="vlak",
        )
    parts.sentence(quadrant_sentence(found, area.naam))
    Table(
        found.rows,
        [
            Column("naam", "Gebied"),
            Column("vak", "Groep"),
            Column("y", need.kort, text_field="y_tekst", kind="number", sub_field="y_marge"),
            Column("x", distances[distance], text_field="x_tekst", kind="number"),
        ],
        f"{need.titel} en {distances[distance].lower()}, per {niveau}",
    ).sortable(
        key="tabel-vlak", selected=state.view().gekozen or None, rows_per_page=25, on_pick=state.choose_area
    )
    parts.note(
        f"{difference_rule()} Zo is ook de behoefte van een gebied met die van het geheel vergeleken. Voor de afstand is "
        "geen marge bekend: ligt een gebied dicht bij de staande lijn, dan is dat verschil niet zeker."
    )
    parts.source_line(*area.figures([code, distance])["bron"])
