"""Vergelijken: an area beside others, and need against the distance to voorzieningen."""

from __future__ import annotations

import streamlit as st

from wwz.areas import Area
from wwz.compare import NO_DIFFERENCE, comparable_codes, quadrant, side_by_side, similar_areas
from wwz.knowledge import catalogue, load_toml
from wwz.store import Store
from wwz.ui import parts, projection, state
from wwz.ui.charts import show_chart
from wwz.ui.comparechart import need_against_distance, ranked_dots
from wwz.ui.table import Column, show_table, simple_table

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


@st.fragment
def compare_screen(store: Store) -> None:
    """Everything below the top row."""
    area = state.chosen_area()
    codes = comparable_codes(store)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        titles = {code: catalogue()[code].titel for code in codes}
        state.bound(
            st.selectbox, "Wat vergelijkt u?", "laag", codes, format_func=titles.get, also={"jaar": 0}
        )
        _more_areas(store)
    code = state.view().laag if state.view().laag in codes else codes[0]
    beside, plane = st.tabs(["Naast elkaar", "Behoefte en afstand"])
    with beside:
        _side(store, area, code)
    with plane:
        _plane(store, code)
    state.publish()


def _more_areas(store: Store) -> None:
    names = parts.area_names(store.about()["kenmerk"], store)
    st.session_state["keuze-vergelijk"] = [code for code in state.view().vergelijk if code in names]
    st.multiselect(
        "Voeg zelf gebieden toe",
        list(names),
        key="keuze-vergelijk",
        format_func=names.get,
        placeholder="Zoek op naam",
        max_selections=8,
        on_change=lambda: state.change(vergelijk=tuple(st.session_state["keuze-vergelijk"])),
    )


def _side(store: Store, area: Area, code: str) -> None:
    indicator = catalogue()[code]
    rows = side_by_side(store, area, code, state.view().vergelijk)
    rows["jaar_tekst"] = rows["jaar"].astype(int).astype(str)
    parts.sentence(sentence_of(rows, area.naam))
    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(border=True):
        show_chart(ranked_dots(rows, indicator.eenheid, projection.chart_scale()), DOTS, key="stippen")
    with right:
        simple_table(
            rows, SIDE_COLUMNS, f"{indicator.titel} ({indicator.eenheid}), vergeleken met {area.naam}"
        )
    parts.note(
        f"Raken de marges van twee gebieden elkaar, dan staat er “{NO_DIFFERENCE}”. De gekleurde band is de marge van {area.naam}."
    )
    parts.source_line(*area.figures([code])["bron"], *store.ask("landelijk", indicatoren=[code])["bron"])
    _similar(store, area)


def _similar(store: Store, area: Area) -> None:
    similar = similar_areas(store, area)
    with st.expander("Waarom zijn deze gebieden vergelijkbaar?"):
        parts.note(load_toml("vergelijkbaar.toml")["toelichting"])
        if similar.empty:
            parts.note(
                f"Voor {area.naam} is er geen vergelijkbaar gebied, of er ontbreekt een cijfer om dat te bepalen."
            )
            return
        columns = [Column("naam", "Gebied", sub_field="gemeentenaam"), Column("waarom", "Waarin het lijkt")]
        simple_table(similar, columns, f"Lijkt het meest op {area.naam}")


def sentence_of(rows, naam: str) -> str:
    """Who is higher, who is lower and who is not clearly different, in two sentences."""
    here = rows[rows["accent"].astype(bool)].iloc[0]
    margin = f" (tussen {here['marge'].replace(' tot ', ' en ')})" if here["marge"] else ""
    sentences = [f"{naam}: {here['tekst']}{margin}."]
    for word, begin in (
        ("hoger", "Hoger is"),
        ("lager", "Lager is"),
        (NO_DIFFERENCE, "Geen duidelijk verschil is er met"),
    ):
        names = list(rows.loc[rows["verschil"] == word, "naam"])
        if names:
            sentences.append(f"{begin} {', '.join(names[:-1])}{' en ' if len(names) > 1 else ''}{names[-1]}.")
    return " ".join(sentences)


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
    distance = st.selectbox("Afstand tot", list(distances), format_func=distances.get, key="afstand-kiezen")
    need = catalogue()[code]
    found = quadrant(store, area, code, distance, niveau)
    if found.rows.empty:
        parts.empty(
            "Er is geen gebied waarvan beide cijfers bekend zijn. Kies een ander cijfer of een ander gebied."
        )
        return
    first = list(found.rows.loc[found.rows["vak"].str.startswith("1"), "naam"])
    text = (
        f"In {len(first)} van de {len(found.rows)} gebieden is de behoefte groter én de afstand groter dan gemiddeld in {area.naam}."
        + (f" Van {found.missing} gebieden is een van beide onbekend." if found.missing else "")
    )
    parts.sentence(text)
    with st.container(border=True):
        figure = need_against_distance(
            found,
            f"{distances[distance]} (km)",
            f"{need.titel} ({need.eenheid})",
            state.view().gekozen,
            projection.chart_scale(),
        )
        show_chart(
            figure,
            f"Elk punt is een {niveau}. De stippellijnen zijn de cijfers van {area.naam}. Rechtsboven ligt wat het eerst aandacht vraagt.",
            key="vlak",
        )
    picked = show_table(
        found.rows,
        [
            Column("naam", "Gebied"),
            Column("vak", "Groep"),
            Column("y", need.kort, text_field="y_tekst", kind="number", sub_field="y_marge"),
            Column("x", distances[distance], text_field="x_tekst", kind="number"),
        ],
        caption=f"{need.titel} en {distances[distance].lower()}, per {niveau}",
        key=f"tabel-vlak-{code}-{distance}-{niveau}",
        selected=state.view().gekozen or None,
        rows_per_page=25,
    )
    parts.note(
        "Marges tellen bij deze indeling niet mee. Ligt een gebied dicht bij een stippellijn, dan is het verschil niet zeker."
    )
    parts.source_line(*area.figures([code, distance])["bron"])
    if picked and picked != state.view().gekozen:
        state.change(gekozen=picked)
        st.rerun()
