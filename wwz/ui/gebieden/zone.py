"""The centrale zone of an area: point at its place, choose a radius, and see who lives within."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.knowledge import serviceareas
from wwz.maps.boundaries import boundaries
from wwz.maps.inks import ACCENT
from wwz.maps.ramps import ramp_colours
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Zone
from wwz.servicearea.score import area_key
from wwz.servicearea.within import older_assumed
from wwz.servicearea.zone import WHO, inside
from wwz.store import Store
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.clickmap import Click, Look, clickmap
from wwz.ui.shared.kaart import MapLayer
from wwz.ui.shared.legends import layer_legend
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.words.numbers import dutch

PLACE, RADIUS, NAME, BUTTON = "zone-plek", "zone-straal", "zone-naam", "zone-knop"
HEART = "Hart van de zone"
STEPS = (0.0, 0.01, 0.34, 0.67)
LABELS = (
    "niemand in de zone",
    "tot een derde in de zone",
    "een tot twee derde in de zone",
    "meer dan twee derde in de zone",
)


def zone_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    try:
        key = area_key(area)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
        return
    parts.note(
        "De centrale zone is het hart van het gebied: daar moet iedereen kunnen wonen, met of zonder beperking. Klik op de kaart waar het hart is."
    )
    _zone(store, area, key)
    parts.note(serviceareas.section("zone")["noot"])
    parts.source_line(serviceareas.source("zone"))


@fragment
def _zone(store: Store, area: Area, key: str) -> None:
    state.begin_part()
    rule = serviceareas.section("zone")
    kept = ownsaid.zone(store.path, key)
    place = st.session_state.get(f"{PLACE}-{key}") or ((kept.lat, kept.lon) if kept else None)
    left, right = st.columns([2, 1.2], gap="medium")
    with right:
        radius = st.slider(
            "Straal in meters", rule["straal_minst"], rule["straal_meest"], kept.straal if kept else rule["straal_m"], 50, key=f"{RADIUS}-{key}"
        )  # fmt: skip
        name = st.text_input(
            "Naam", kept.naam if kept else "Centrale zone", max_chars=80, key=f"{NAME}-{key}"
        )
        zone = Zone(name, *place, radius) if place else None
        _who(store, area, zone)
        if zone is not None and permission.gate("-zone", "gebied"):
            press("Bewaar deze zone", lambda: _kept(store, key, zone), BUTTON, of=store.path)
    with left:
        _map(store, area, key, zone)


def _map(store: Store, area: Area, key: str, zone: Zone | None) -> None:
    points = pd.DataFrame(
        [("hart", HEART, zone.naam, zone.lat, zone.lon)] if zone else [],
        columns=["id", "kind", "naam", "lat", "lon"],
    )
    file = boundaries(store, area, area.smallest)
    layer, looks = None, {}
    if zone is not None:
        label = f"{HEART}, met een cirkel van {dutch(zone.straal)} meter"
        looks = {HEART: Look(label, ACCENT, metres=zone.straal)}
    if file is not None and zone is not None:
        part = inside(store, area, zone).deel
        classes = np.searchsorted(STEPS, [part.get(code, 0.0) for code in file.codes], "right") - 1
        layer = MapLayer(
            file, classes, ramp_colours("behoefte", len(STEPS)), LABELS, "Deel van de inwoners in de zone"
        )

    def put(click: Click) -> None:
        st.session_state[f"{PLACE}-{key}"] = (click.lat, click.lon)

    clickmap(
        area, points, f"zonekaart-{key}", 420, looks=looks, layer=layer, title="Het hart van het gebied", on_click=put
    )  # fmt: skip
    if layer is not None:
        layer_legend(layer)


def _who(store: Store, area: Area, zone: Zone | None) -> None:
    if zone is None:
        return
    found = inside(store, area, zone)
    if found.zin:
        parts.note(found.zin)
    if not found.mensen:
        return
    rows = [
        {"wie": WHO[who], "aantal": number, "deel": share, "hoe": "geschat"}
        for who, (number, share) in found.mensen.items()
    ]
    Table(
        rows,
        [Column("wie", "Wie"), Column("aantal", "Mensen", align="right", sub_field="deel", tag_field="hoe")],
        f"Wie woont binnen {dutch(zone.straal)} meter van het hart, in dit gebied",
    ).short()
    parts.note(older_assumed())


def _kept(store: Store, key: str, zone: Zone) -> str:
    ownsaid.set_zone(store.path, key, zone, permission.editor_name(), gezien=seen(BUTTON))
    return f"{zone.naam} is bewaard."
