"""A map on which a visitor points at a place, or at a point that is there.

The map is the one of `wwz.maps.kaart`: own assets, restyled in place, so that zoom and position stay. A map is no way
for who works with the keyboard or a screen reader only: always put a table or a form with the same choices beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from wwz.ask.area import Area
from wwz.base.rd import to_rd
from wwz.maps.assets import APP_ROOT, require_local
from wwz.maps.boundaries import boundaries
from wwz.maps.elements import Restyle, StartMap
from wwz.maps.geometry import GeometryFile
from wwz.maps.inks import ACCENT, INK, OCHRE, PAPER, PURPLE, TEAL, WINE
from wwz.ui.shared import parts
from wwz.ui.shared.kaart import MapLayer, plain_state
from wwz.ui.shared.legends import point_legend
from wwz.ui.shared.viewing import Viewing, viewing_of

PLACE = re.compile(r"place:(-?\d{1,2}\.\d{1,7}),(-?\d{1,3}\.\d{1,7}):(.*)", re.DOTALL | re.ASCII)
# The Netherlands, in degrees: what lies outside is no place for a voorziening.
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.0, 7.4
SAME_WITHOUT = "Bij de kaart kiest u hetzelfde uit een lijst."
COLOURS = (INK, ACCENT, PURPLE, OCHRE, WINE, TEAL)
HOW = (
    "Klik op de kaart om een plek aan te wijzen. Met het toetsenbord: ga met Tab naar de kaart, schuif met de pijltjes en druk "
    "op Enter voor het midden."
)


@dataclass(frozen=True)
class Look:
    """How the points of one kind are drawn, and what the legend calls them.

    `hollow` is a ring; `metres` draws a circle of that radius on the ground around each.
    """

    title: str
    colour: str
    radius: float = 6.5
    hollow: bool = False
    metres: int = 0


@dataclass(frozen=True)
class Click:
    """What the visitor pointed at.

    Attributes
    ----------
    lat, lon
        Degrees.
    x, y
        The same in RD metres.
    point
        The id of the point that was clicked; empty when it was a place without one.
    """

    lat: float
    lon: float
    x: float
    y: float
    point: str = ""


def clickmap(
    area: Area,
    punten: pd.DataFrame,
    key: str,
    height: int = 460,
    *,
    looks: Mapping[str, Look] | None = None,
    layer: MapLayer | None = None,
    title: str = "",
    on_click: Callable[[Click], None] | None = None,
) -> Click | None:
    """Draw the map, or change the one that is there. Call it inside an ``st.fragment``.

    Parameters
    ----------
    area
        Its buurten are drawn.
    punten
        Columns id (text, unique), kind, naam, lat, lon. Points of later kinds lie on top.
    key
        Name of this map in the session; the same in every run, so that zoom and position stay.
    height
        In pixels.
    looks
        Kind → how it is drawn, in drawing order; kinds that are not in it get a colour of their own.
    layer
        Colours of the buurten (its geometry must be that of the buurten of `area`); without it they are plain.
    title
        What the map shows, for a screen reader; with `layer` its title.
    on_click
        Called before the run that follows a click, so that this run already draws the outcome. It then also is
        what this function returns in that run.

    Returns
    -------
    Click or None
        Once per click. Always None when the data hold no boundaries; the page then has its table or form.
    """
    file = layer.geometry if layer else boundaries(area.store, area, area.smallest)
    if file is None:
        parts.note("Van dit gebied zijn geen grenzen ingelezen, dus er is geen kaart. Gebruik de lijst.")
        return None
    shown = complete(looks or {}, punten)
    viewing = viewing_of(key)
    viewing.ask(file, None)
    drawn = layer or MapLayer(file, np.zeros(len(file.codes), dtype=int), (PAPER,), ("",), title)
    state = {
        **plain_state(drawn, height, parts.map_credit(area.store), viewing),
        "label": f"Kaart: {drawn.title}. {SAME_WITHOUT}",
        "points": [_points(punten[punten["kind"] == kind], look) for kind, look in shown.items()],
        "pick": True,
    }
    answer = _draw(file, key, height, state, on_click, frozenset(punten["id"].astype(str)))
    viewing.read_click(answer)
    viewing.read_position(answer)
    present = [kind for kind in shown if (punten["kind"] == kind).any()]
    point_legend([shown[kind] for kind in present])
    parts.note(HOW, printed=False)
    return read_click(viewing.take_click(), set(punten["id"].astype(str)))


def read_click(text: str | None, known: set[str] | frozenset[str]) -> Click | None:
    """What the browser says as a Click; None when it is not a place in the Netherlands.

    A browser can send anything: an id that is not on the map counts as no point.
    """
    found = PLACE.fullmatch(text or "")
    if not found:
        return None
    lat, lon = float(found[1]), float(found[2])
    if not (SOUTH < lat < NORTH and WEST < lon < EAST):
        return None
    x, y = (float(number) for number in to_rd([lat], [lon])[0])
    return Click(lat, lon, x, y, found[3] if found[3] in known else "")


def complete(looks: Mapping[str, Look], punten: pd.DataFrame) -> dict[str, Look]:
    """The looks with one for every kind there is."""
    rest = [kind for kind in dict.fromkeys(punten["kind"].astype(str)) if kind not in looks]
    return {**looks, **{kind: Look(kind, COLOURS[n % len(COLOURS)]) for n, kind in enumerate(rest)}}


def _draw(
    file: GeometryFile,
    key: str,
    height: int,
    state: dict[str, object],
    on_click: Callable[[Click], None] | None,
    known: frozenset[str],
) -> dict:
    viewing = viewing_of(key)
    folium_map = StartMap(APP_ROOT + file.url_path, file.bounds, viewing.start())
    require_local(folium_map)
    # The boundary file must be in the key: streamlit-folium's own hash of the script ignores it.
    component = f"{key}-{file.url_path}"
    answer = st_folium(
        folium_map,
        key=component,
        height=height,
        use_container_width=True,
        returned_objects=["zoom", "center", "selected_tags"],
        feature_group_to_add=Restyle(state),
        on_change=lambda: _before_run(viewing, component, known, on_click),
    )
    return answer or {}


def _before_run(
    viewing: Viewing, component: str, known: frozenset[str], on_click: Callable[[Click], None] | None
) -> None:
    # streamlit-folium puts the browser's newest answer under the key of the map.
    if viewing.read_click(st.session_state.get(component) or {}) and on_click is not None:
        click = read_click(viewing.click, known)
        if click is not None:
            on_click(click)


def _points(rows: pd.DataFrame, look: Look) -> dict[str, object]:
    places = rows.dropna(subset=["lat", "lon"])
    columns = (
        places["lat"].round(6).tolist(),
        places["lon"].round(6).tolist(),
        places["naam"].fillna("").astype(str).tolist(),
        places["id"].astype(str).tolist(),
    )
    return {
        "title": look.title,
        "colour": look.colour,
        "radius": look.radius,
        "hollow": look.hollow,
        "metres": look.metres,
        "rows": [list(row) for row in zip(*columns, strict=True)],
    }
