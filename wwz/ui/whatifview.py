"""Doorrekenen on screen: choose or search a place, and see who comes within reach."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wwz import agendatables, whatif
from wwz.areas import Area
from wwz.boundaries import boundaries
from wwz.errors import Fout
from wwz.knowledge import domain
from wwz.maps.classes import assign, make_classes
from wwz.maps.kaart import MapLayer, Points, show_map
from wwz.store import Store
from wwz.ui import parts
from wwz.ui.table import Column, simple_table

THERE, NEW = "#0B4250", "#D4580B"
MAP_HEIGHT = 420
SEARCH, CHOOSE, TYPE = "Zoek de beste plek", "Kies een buurt", "Typ een plaats"
WHERE = [
    Column("nummer", "Plek"),
    Column("naam", "In buurt"),
    Column("lat", "Breedte (graden)", text_field="lat_tekst", align="right"),
    Column("lon", "Lengte (graden)", text_field="lon_tekst", align="right"),
]


@st.fragment
def whatif_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    options = whatif.choices(store)
    if not options:
        parts.empty(
            "Er zijn geen voorzieningen als punten ingelezen. Zet een bestand met ontmoetingsplekken of winkels in de map "
            "(GeoJSON, of CSV met lat en lon) en bouw opnieuw."
        )
        return
    first, second, third = st.columns(3)
    code = first.selectbox("Wat komt erbij?", list(options), format_func=options.get)
    groups = {"": "Alle doelgroepen samen", **{c: g.titel for c, g in domain.doelgroepen().items()}}
    group = second.selectbox("Voor wie?", list(groups), format_func=groups.get)
    # A search takes seconds: only when the visitor asks for it, not whenever the page is drawn.
    way = third.selectbox("Waar?", (SEARCH, CHOOSE, TYPE), index=None, placeholder="Maak een keuze")
    if way is None:
        parts.note("Kies hoe u een plek wilt aanwijzen. Dan ziet u hoeveel mensen er binnen bereik komen.")
        return
    try:
        outcome = _outcome(store, area, code, group, way)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
        return
    if outcome is not None:
        _show(store, area, code, outcome)


def _outcome(store: Store, area: Area, code: str, group: str, way: str) -> whatif.Outcome | None:
    if way == SEARCH:
        count = st.segmented_control("Hoeveel plekken?", whatif.SITES, default=whatif.SITES[0])
        return whatif.search(store, area, code, group, count or whatif.SITES[0])
    if way == CHOOSE:
        names = whatif.buurten(store, area, code, group)
        buurt = st.selectbox("Midden tussen de mensen van", list(names), format_func=names.get)
        return whatif.place(store, area, code, group, whatif.middle(store, area, code, group, buurt))
    text = st.text_input("Breedte en lengte in graden", placeholder="52.07, 4.30", max_chars=40)
    return whatif.place(store, area, code, group, whatif.read_place(text)) if text else None


def _show(store: Store, area: Area, code: str, outcome: whatif.Outcome) -> None:
    parts.sentence(outcome.sentence)
    if outcome.proof:
        parts.note(outcome.proof)
    places = agendatables.places(store, area, code)
    file = boundaries(store, area, "buurt")
    there = whatif.existing(store, code)
    points = [
        Points("er", "Is er al", THERE, there[["lat", "lon", "naam"]]),
        Points("nieuw", "Nieuwe plek", NEW, outcome.sites[["lat", "lon", "naam"]]),
    ]
    if file is not None:
        title = f"Mensen zonder {domain.randvoorwaarden()[code].titel.lower()}, nu"
        classes = make_classes(
            places["mensen"], count=3, decimals=0, unit="mensen", direction="meer_is_slechter", ramp="knelpunt"
        )
        classes = replace(classes, missing_label=agendatables.NO_NUMBER)
        values = places.set_index("gebied")["mensen"].reindex(list(file.codes))
        show_map(
            MapLayer(file, assign(values, classes), classes.colours, classes.labels, title, agendatables.NO_NUMBER),
            points=points,
            height=MAP_HEIGHT,
            attribution=store.about()["bron_grenzen"],
            key=f"doorrekenkaart-{'-'.join(area.codes)[:60]}",
        )
        parts.legend(classes, title)
        parts.point_legend(points)
    rows = outcome.sites.assign(
        lat_tekst=[f"{v:.5f}" for v in outcome.sites["lat"]], lon_tekst=[f"{v:.5f}" for v in outcome.sites["lon"]]
    )
    simple_table(rows, WHERE, "Nieuwe plekken")
    parts.note(
        "Onderzocht zijn de plekken waar mensen wonen die nu niets binnen bereik hebben. Een rechte lijn maal een omweg; water en "
        "drukke wegen tellen niet mee. Of er ruimte is, weet u zelf het beste."
    )
