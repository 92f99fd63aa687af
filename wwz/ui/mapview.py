"""The map with the sheet beside it and the table below: one fragment, so that a click reruns nothing else."""

from __future__ import annotations

import streamlit as st

from wwz.areas import Area
from wwz.boundaries import boundaries
from wwz.figures import Layer, comparison, describe_area, layer, people_line, table_rows
from wwz.maps.classes import Classes, assign, make_classes
from wwz.maps.geometry import GeometryFile
from wwz.maps.kaart import MapLayer, Outline, Points, Position, TileLayerSpec, show_map
from wwz.store import Store
from wwz.ui import parts, state
from wwz.ui.choices import current_layer
from wwz.ui.table import Column, show_table
from wwz.view import Place
from wwz.words import headline, reading, reliability_reason

POINT_COLOURS = ("#B9480A", "#3E355C", "#0B4250", "#8A5A00", "#7A1E44", "#1F6B78")
# Longer tables are shown when asked, so that changing a layer of the whole country stays quick.
LONG_TABLE = 1000
BASEMAP = TileLayerSpec(
    "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png",
    "Kaartgegevens © Kadaster",
    19,
)
LEVEL_WORDS = {
    "buurt": "buurt",
    "wijk": "wijk",
    "gemeente": "gemeente",
    "land": "land",
    "eigen": "eigen gebied",
}


@st.fragment
def map_and_sheet(store: Store, area: Area) -> None:
    """Draw everything that depends on the layer and the chosen area."""
    view = state.view()
    shown = layer(store, area, current_layer(store), view.niveau, view.maat, view.jaar)
    chosen = state.chosen_area()
    row = chosen.figures([shown.indicator.code], shown.jaar).iloc[0]
    minimum = store.about()["minimum"]
    parts.title(
        headline(chosen.naam, row, shown.indicator, minimum),
        f"{shown.indicator.titel}, per {view.niveau} · {shown.jaar}",
        *_labels(row),
    )
    middle, sheet = st.columns([2.35, 1], gap="medium")
    with middle:
        _map(store, area, shown)
        rows = table_rows(store, area, shown, view.niveau)
        parts.sentence(reading(area.naam, shown.whole, rows, shown.indicator, minimum))
        parts.source_line(row["bron"], store.about()["bron_grenzen"])
    with sheet:
        _sheet(store, chosen, shown)
    _table(rows, shown)
    state.publish()


def _labels(row) -> list[str]:
    known = row["soort"]
    return [known] if known == "onbekend" else [known, f"betrouwbaarheid {row['betrouwbaarheid']}"]


def _map(store: Store, area: Area, shown: Layer) -> None:
    view = state.view()
    file = boundaries(store, area, view.niveau)
    if file is None:
        parts.empty(
            "Van deze gebieden zijn geen grenzen ingelezen. De tabel hieronder geeft wel alle cijfers. "
            "Zet een bestand met grenzen (bijvoorbeeld buurten van PDOK) in de map en bouw opnieuw."
        )
        return
    classes, points = _classes(shown), _points(store)
    values = shown.values.reindex(list(file.codes))
    drawn = MapLayer(
        file,
        assign(values, classes),
        classes.colours,
        classes.labels,
        f"{shown.indicator.titel}, {shown.jaar} ({shown.unit})",
    )
    event = show_map(
        drawn,
        outlines=_outlines(store, area),
        points=points,
        selected=[view.gekozen] if view.gekozen else [],
        position=Position(view.plaats.lat, view.plaats.lon, view.plaats.zoom) if view.plaats else None,
        attribution=store.about()["bron_grenzen"],
        basemap=BASEMAP if state.settings().achtergrond else None,
        key=f"kaart-{'-'.join(area.codes)[:60]}",
    )
    parts.legend(_counted(classes, values), shown.indicator.titel)
    parts.point_legend(points)
    _react(event)


def _react(event) -> None:
    view = state.view()
    if event.position:
        state.change(
            plaats=Place(round(event.position.lat, 4), round(event.position.lon, 4), event.position.zoom)
        )
    if event.clicked and event.clicked != view.gekozen:
        state.change(gekozen=event.clicked)
        st.rerun(scope="fragment")


def _classes(shown: Layer) -> Classes:
    return make_classes(
        shown.pooled,
        decimals=shown.decimals,
        unit=shown.unit,
        direction=shown.indicator.richting,
        ramp="neutraal" if shown.indicator.richting == "neutraal" else "behoefte",
    )


def _counted(classes: Classes, values) -> Classes:
    """The classes with the counts of the areas on this map."""
    from dataclasses import replace

    found = assign(values, classes)
    counts = tuple(int((found == i).sum()) for i in range(len(classes.colours)))
    return replace(classes, counts=counts, missing_count=int((found < 0).sum()))


def _outlines(store: Store, area: Area) -> list[Outline]:
    level = state.view().rand
    file: GeometryFile | None = (
        boundaries(store, area, level) if level != "geen" and level != state.view().niveau else None
    )
    return [Outline(file)] if file else []


def _points(store: Store) -> list[Points]:
    kinds = list(state.view().punten)
    if not kinds:
        return []
    rows = store.ask("punten", soorten=kinds)
    return [
        Points(
            kind, group["titel"].iloc[0], POINT_COLOURS[i % len(POINT_COLOURS)], group[["lat", "lon", "naam"]]
        )
        for i, (kind, group) in enumerate(rows.groupby("soort"))
    ]


def _sheet(store: Store, chosen: Area, shown: Layer) -> None:
    indicator, minimum = shown.indicator, store.about()["minimum"]
    row = chosen.figures([indicator.code], shown.jaar).iloc[0]
    with st.container(border=True):
        parts.sheet_head(chosen.kind, chosen.naam, describe_area(store, chosen))
        number, under = people_line(row, indicator, minimum)
        parts.big_number(
            number,
            under,
            [f"{row['soort']} {shown.jaar}", f"betrouwbaarheid {row['betrouwbaarheid']}"]
            if row["soort"] != "onbekend"
            else ["onbekend"],
        )
        with st.expander("Hoe zeker is dit?"):
            st.write(reliability_reason(row, indicator))
            if indicator.uitleg:
                st.write(indicator.uitleg)
        if indicator.regel != "som":
            st.subheader("Vergeleken", anchor=False)
            parts.bars(comparison(store, chosen, indicator.code, shown.jaar), indicator.eenheid)
        if state.view().gekozen and st.button(f"Terug naar {state.area().naam}"):
            state.change(gekozen="")
            st.rerun(scope="fragment")
        st.page_link("pages/wijkprofiel.py", label=f"Profiel van {chosen.naam}")
        st.page_link("pages/randvoorwaarden.py", label="Wat is nodig om thuis te wonen?")


def _table(rows, shown: Layer) -> None:
    indicator = shown.indicator
    if len(rows) > LONG_TABLE and not st.toggle(f"Toon de tabel ({len(rows)} gebieden)", key="lange-tabel"):
        return
    columns = [
        Column("naam", "Gebied", sub_field="gemeentenaam"),
        Column(
            "waarde",
            "Aandeel" if indicator.regel == "aandeel" else indicator.kort,
            text_field="waarde_tekst",
            kind="number",
            sub_field="marge_tekst",
        ),
    ]
    if indicator.regel == "aandeel":
        columns.append(
            Column(
                "teller",
                "Mensen" if indicator.mensen.startswith("inwoners") else indicator.mensen.capitalize(),
                text_field="mensen_tekst",
                kind="number",
            )
        )
    columns += [
        Column("betrouwbaarheid", "Betrouwbaarheid", kind="tag"),
        Column("soort", "Hoe bekend", kind="tag"),
    ]
    picked = show_table(
        rows,
        columns,
        caption=f"{indicator.titel}, {shown.jaar}, per {state.view().niveau}",
        key=f"tabel-{indicator.code}-{shown.jaar}-{state.view().niveau}",
        selected=state.view().gekozen or None,
    )
    if picked and picked != state.view().gekozen:
        state.change(gekozen=picked)
        st.rerun(scope="fragment")
