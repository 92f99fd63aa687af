"""The map and its sheet: a fragment by itself, so that a choice or click makes nothing else anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wwz.ask import ladder
from wwz.ask.area import Area
from wwz.ask.bounds import more_precise
from wwz.ask.change import change_finding, change_reading
from wwz.ask.conditions import BOUNDED
from wwz.ask.layer import (
    Layer,
    comparison,
    describe_area,
    people_line,
)
from wwz.ask.layerwords import layer_notes
from wwz.ask.outlined import outlined
from wwz.ask.shown import CHANGE
from wwz.ask.view import Place, View
from wwz.knowledge.bounds import REGEL
from wwz.knowledge.groupnames import group_of
from wwz.maps.boundaries import boundaries, surroundings
from wwz.maps.geometry import GeometryFile
from wwz.maps.ramps import POINT_COLOURS
from wwz.store import Store
from wwz.ui.kaart import ahead
from wwz.ui.kaart.choices import MAP, choices, layers, theme_choice
from wwz.ui.kaart.drawing import drawing_of, texts_of
from wwz.ui.kaart.table import TABLE, when
from wwz.ui.shared import parts, projection, state
from wwz.ui.shared.choices import chosen_layer
from wwz.ui.shared.early import remember_first_map
from wwz.ui.shared.folds import folded
from wwz.ui.shared.kaart import MapEvent, Outline, Points, Position, TileLayerSpec, show_map
from wwz.ui.shared.legends import legend, outline_legend, point_legend
from wwz.ui.shared.trendline import trend_line
from wwz.ui.shared.turn import fragment
from wwz.words.numbers import NOT_SHOWN, UNKNOWN
from wwz.words.sentences import headline, reading, reliability_reason

BASEMAP = TileLayerSpec(
    "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
    "Kaartgegevens © Kadaster",
    19,
)


def screen(store: Store, area: Area) -> None:
    """The whole screen below the top row. The map goes to the browser first: that is what one waits for."""
    left, right = st.columns([1.15, 4.5], gap="medium")
    with left, st.container(key="keuzes"):
        above, of_map, below = st.container(), st.container(), st.container()
    places = Places(of_map, st.container())
    with right:
        map_and_sheet(store, area, places)
    with above:
        theme_choice(store)
    with below:
        choices(store, area)
    TABLE.show(store, area)
    ahead.layers_ahead(store, area)


@dataclass(frozen=True)
class Places:
    """Where the fragment of the map draws outside itself: its layers among the choices, and what is heard below it."""

    layers: DeltaGenerator
    below: DeltaGenerator


def _map_and_sheet(store: Store, area: Area, places: Places) -> None:
    state.begin_part()
    title = st.container()
    middle, sheet = st.columns([1.75, 1] if projection.is_on() else [2.35, 1], gap="medium")
    with middle:
        shown = chosen_layer(store, area)
        with st.container(key="hoofdkaart"):
            show_legend = _map(store, area, shown)
    with places.layers:
        layers(store)
    _around_map(store, area, shown, show_legend, title, middle, sheet)
    with places.below:
        TABLE.follow(store, area)
        ahead.watch_choices(store, area)
    state.publish()


map_and_sheet = fragment(_map_and_sheet, key=MAP)


def _around_map(
    store: Store, area: Area, shown: Layer, show_legend: Callable[[], None], title, middle, sheet
) -> None:
    view = state.view()
    chosen = state.chosen_area()
    row = chosen.figures([shown.indicator.code], shown.jaar).iloc[0]
    minimum = store.about()["minimum"]
    with title:
        changing = shown.maat == CHANGE
        parts.title(
            change_finding(store, chosen, shown)
            if changing
            else headline(chosen.naam, row, shown.indicator, minimum),
            f"{shown.indicator.titel}, per {view.niveau} · {when(shown)}",
            *_labels(row),
            number=people_line(row, shown.indicator, minimum)[0],
        )
    # In a room the legend stands beside the map, right under the number it explains.
    with sheet, st.container(border=True, key="kaartblad"):
        _sheet_head(store, chosen, shown, row)
        if projection.is_on():
            show_legend()
        _sheet(store, chosen, shown, row)
    with middle:
        if not projection.is_on():
            show_legend()
        parts.sentence(
            change_reading(shown)
            if changing
            else reading(area.naam, shown.whole, shown.extremes, shown.indicator, minimum)
        )
        for note in layer_notes(shown):
            parts.note(note)
        parts.source_line(row["bron"], store.about()["bron_grenzen"])


def _labels(row) -> list[str]:
    known = row["soort"]
    return [known, *_reliability(row)] if known not in ("onbekend", NOT_SHOWN) else [known]


def _reliability(row) -> list[str]:
    """Bounds have none: they are certain, however far apart."""
    return [] if row["betrouwbaarheid"] == UNKNOWN else [f"betrouwbaarheid {row['betrouwbaarheid']}"]


def _map(store: Store, area: Area, shown: Layer) -> Callable[[], None]:
    """Draw the map; gives what draws its legend."""
    view = state.view()
    drawing = drawing_of(store, area, shown)
    if drawing is None:
        parts.empty(
            "Van deze gebieden zijn geen grenzen ingelezen. De tabel hieronder geeft wel alle cijfers. "
            "Zet een bestand met grenzen (bijvoorbeeld van PDOK) in de map en bouw opnieuw."
        )
        return lambda: None
    points = _points(store)
    outlines = _outlines(store, area)
    if (view.gebied, view.niveau, view.rand) == (View().gebied, View().niveau, View().rand):
        files = [drawing.file.url_path, *(line.geometry.url_path for line in outlines)]
        remember_first_map(store, area, files)
    marked, meaning = outlined(store, area, shown, view.tweede, view.niveau)
    event = show_map(
        drawing.layer(texts_of(store, area, shown, drawing)),
        around=surroundings(store, area),
        outlines=outlines,
        points=points,
        selected=_selected(drawing.file),
        marked=marked,
        position=Position(view.plaats.lat, view.plaats.lon, view.plaats.zoom) if view.plaats else None,
        attribution=parts.map_credit(store, points=bool(points)),
        basemap=BASEMAP if state.settings().achtergrond else None,
        on_click=state.choose_area,
        height=projection.map_height(),
        family=ahead.family(store, area),
        key=f"kaart-{'-'.join(area.codes)[:60]}",
    )
    _remember_place(event)

    def legends() -> None:
        if projection.is_on():
            legend(drawing.classes, shown.indicator.titel)
        if meaning:
            outline_legend(meaning)
        point_legend(points)

    return legends


def _remember_place(event: MapEvent) -> None:
    place = event.position
    state.change(plaats=Place(round(place.lat, 4), round(place.lon, 4), place.zoom) if place else None)


def _selected(file: GeometryFile) -> list[str]:
    """The area whose sheet is open; on a map of smaller areas, its buurten."""
    code = state.view().gekozen
    if not code or code in file.codes:
        return [code] if code else []
    return [part for part in state.chosen_area().buurten if part in file.codes]


def _outlines(store: Store, area: Area) -> list[Outline]:
    level = state.view().rand
    if level in ("geen", state.view().niveau):
        return []
    file = boundaries(store, area, level)
    return [Outline(file)] if file else []


def _points(store: Store) -> list[Points]:
    kinds = list(state.view().punten)
    if not kinds:
        return []
    rows = store.ask("punten", soorten=kinds)
    return [
        Points(
            kind,
            group["titel"].iloc[0],
            POINT_COLOURS[number % len(POINT_COLOURS)],
            group[["lat", "lon", "naam"]],
        )
        for number, (kind, group) in enumerate(rows.groupby("soort"))
    ]


def _sheet_head(store: Store, chosen: Area, shown: Layer, row) -> None:
    parts.sheet_head(chosen.kind, chosen.naam, describe_area(store, chosen))
    number, under = people_line(row, shown.indicator, store.about()["minimum"])
    known = row["soort"]
    # A count of the municipality has a date of its own, which the source line gives.
    known_when = known if known == "opgegeven" else f"{known} {shown.jaar}"
    labels = [known_when, *_reliability(row)]
    parts.big_number(number, under, labels if known not in ("onbekend", NOT_SHOWN) else [known])


def _sheet(store: Store, chosen: Area, shown: Layer, row) -> None:
    indicator = shown.indicator

    def reason() -> None:
        st.write(reliability_reason(row, indicator))
        if indicator.uitleg:
            st.write(indicator.uitleg)
        if indicator.regel == REGEL and row["soort"] == BOUNDED:
            st.write(more_precise(store, indicator.code))

    folded("Hoe zeker is dit?", reason, key="hoe-zeker")
    if indicator.regel not in ("som", REGEL):
        compared = comparison(store, chosen, indicator.code, shown.jaar)
        parts.bars(compared, indicator.eenheid, heading="Vergeleken")
    trend_line(store, chosen, indicator.code)
    if state.view().gekozen:
        st.button(f"Terug naar {state.area().naam}", on_click=state.choose_area, args=("",))
    st.page_link("pages/wijkprofiel.py", label=f"Profiel van {chosen.naam}")
    group = ladder.doelgroepen().get(state.view().doelgroep)
    who = f"hebben {ladder.small(group)}" if group and group_of(shown.indicator.code) else "is"
    st.page_link("pages/randvoorwaarden.py", label=f"Wat {who} nodig om thuis te wonen?")
