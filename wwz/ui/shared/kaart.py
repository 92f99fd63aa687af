"""Draws areas on a map and tells which one was clicked.

The boundaries are a file that the browser fetches once; a layer is one digit per area. A change of layer, selection,
outlines or points restyles the map that is there, so zoom and position stay. Only another boundary file makes a new
map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from wwz.base.counted import counted
from wwz.maps.absent import absent_state, signs
from wwz.maps.assets import APP_ROOT, require_local
from wwz.maps.elements import Restyle, StartMap
from wwz.maps.geometry import GeometryFile
from wwz.maps.packed import packed
from wwz.ui.shared.look import current_look
from wwz.ui.shared.maplayer import Legend, MapLayer, Outline, Points, TileLayerSpec
from wwz.ui.shared.viewing import Position, Viewing, viewing_of

__all__ = ["Legend", "MapEvent", "MapLayer", "Outline", "Points", "Position", "TileLayerSpec", "show_map"]

_OPACITY_ON_TILES = 0.75
_READ_THE_TABLE = "De tabel bij de kaart geeft dezelfde gegevens."


@dataclass(frozen=True)
class MapEvent:
    """What the visitor did: ``clicked`` is set once per click; ``position`` is None for the whole area."""

    clicked: str | None
    position: Position | None


def show_map(
    layer: MapLayer,
    *,
    outlines: Sequence[Outline] = (),
    points: Sequence[Points] = (),
    selected: Sequence[str] = (),
    marked: Sequence[str] = (),
    around: GeometryFile | None = None,
    position: Position | None = None,
    height: int = 620,
    attribution: str = "",
    basemap: TileLayerSpec | None = None,
    on_click: Callable[[str], None] | None = None,
    together: str = "",
    family: str = "",
    tell_position: bool = True,
    key: str,
) -> MapEvent:
    """Draw the map, or change the one that is there. Call it inside an ``st.fragment``.

    Parameters
    ----------
    layer
        The areas, their classes and colours.
    outlines, points
        Drawn over the areas in this order; points come on top.
    selected
        Codes that get the accent outline.
    marked
        Codes that get a dashed outline: a second layer on top of the colours.
    around
        What lies around the areas, drawn in grey below them (`wwz.maps.boundaries.surroundings`).
    position
        Where to look. It is obeyed when it is new; handing back ``MapEvent.position`` changes nothing, so a
        page can keep it in its link. Without it the map begins with the whole area.
    height
        In pixels.
    attribution
        Source of the boundaries, plain text.
    basemap
        Background map, if the municipality allows one.
    on_click
        Called with the code before the run that follows a click, so that this run already draws the new
        selection; saves the second run that ``st.rerun`` costs.
    together
        Maps with the same word look at the same place: moving one moves the others.
    family
        Mark of the layers among which one chooses here: see wwz.ui.kaart.ahead.
    tell_position
        Whether moving the map is told to the server; of maps that look together one is enough.
    key
        Name of this map in the session; one per place on a page.

    Returns
    -------
    MapEvent
        ``clicked`` is the code of the area, and is given only in the first run after the click.
    """
    viewing = viewing_of(key)
    viewing.ask(layer.geometry, position)
    folium_map = StartMap(APP_ROOT + layer.geometry.url_path, layer.geometry.bounds, viewing.start())
    require_local(folium_map)
    # The boundary file must be in the key: streamlit-folium's own hash of the script ignores it.
    component = f"{key}-{layer.geometry.url_path}"
    state = _state(layer, outlines, points, selected, marked, height, attribution, basemap, viewing)
    state["together"], state["family"] = together, family
    state["around"] = APP_ROOT + around.url_path if around else ""
    answer = st_folium(
        folium_map,
        key=component,
        height=height,
        use_container_width=True,
        returned_objects=["zoom", "center", "selected_tags"] if tell_position else ["selected_tags"],
        feature_group_to_add=Restyle(state),
        on_change=lambda: _before_run(component, key, layer.geometry, on_click),
    )
    viewing.read_click(answer or {})
    viewing.read_position(answer or {})
    return MapEvent(_known(viewing.take_click(), layer.geometry), viewing.position)


def _before_run(
    component: str, key: str, geometry: GeometryFile, on_click: Callable[[str], None] | None
) -> None:
    viewing = viewing_of(key)
    # streamlit-folium puts the browser's newest answer under the key of the map.
    if viewing.read_click(st.session_state.get(component) or {}) and on_click is not None:
        code = _known(viewing.click, geometry)
        if code is not None:
            on_click(code)


def _known(code: str | None, geometry: GeometryFile) -> str | None:
    """A browser can send anything: only the code of an area on the map counts."""
    return code if code in geometry.codes else None


def plain_state(layer: MapLayer, height: int, attribution: str, viewing: Viewing) -> dict[str, object]:
    """What `js/kaart.js` draws of a layer, for a map that puts something of its own on top (wwz.ui.clickmap)."""
    return _state(layer, (), (), (), (), height, attribution, None, viewing)


def layer_state(layer: MapLayer) -> dict[str, object]:
    """What `js/kaart.js` draws of the layer itself; the rest is the same for every layer."""
    look = current_look()
    return {
        "title": layer.title,
        "label": f"Kaart: {layer.title}. {_READ_THE_TABLE}",
        "classes": packed(layer.classes, signs),
        "colours": look.colours(layer.colours),
        "labels": list(layer.labels),
        "absent": absent_state(layer.absent, dark=look.dark),
        "texts": [list(column) for column in layer.texts],
        "legend": _legend(layer, layer.legend) if layer.legend else None,
    }


def _state(
    layer: MapLayer,
    outlines: Sequence[Outline],
    points: Sequence[Points],
    selected: Sequence[str],
    marked: Sequence[str],
    height: int,
    attribution: str,
    basemap: TileLayerSpec | None,
    viewing: Viewing,
) -> dict[str, object]:
    sources = [text for text in (attribution, basemap.attribution if basemap else "") if text]
    return {
        **layer_state(layer),
        "look": current_look().state(),
        "selected": list(selected),
        "marked": packed(_among(layer.geometry.codes, marked)),
        "sharper": _sharper(layer.geometry),
        "outlines": [
            {
                "url": APP_ROOT + line.geometry.url_path,
                "sharper": APP_ROOT + line.geometry.sharper if line.geometry.sharper else "",
                "colour": line.colour,
                "weight": line.weight,
            }
            for line in outlines
        ],
        "points": [_points(kind) for kind in points],
        "attribution": " · ".join(sources),
        "basemap": {"url": basemap.url, "max_zoom": basemap.max_zoom} if basemap else None,
        "opacity": _OPACITY_ON_TILES if basemap else 1,
        "height": height,
        "view": viewing.command(),
    }


def _among(codes: Sequence[str], some: Sequence[str]) -> np.ndarray:
    """Of each code whether it is one of these: 1 or 0."""
    wanted = set(some)
    found = (code in wanted for code in codes) if wanted else (0 for _ in codes)
    return np.fromiter(found, int, len(codes))


def _legend(layer: MapLayer, legend: Legend) -> dict[str, object]:
    short = [label.removesuffix(f" {legend.unit}") for label in layer.labels]
    return {
        "labels": short if short != list(layer.labels) else None,
        "counts": [counted("{n} [gebied|gebieden]", number) for number in legend.counts],
        "ticks": [{"kind": tick.kind, "text": tick.text, "at": round(tick.at, 3)} for tick in legend.ticks],
        "note": legend.note,
    }


def _sharper(file: GeometryFile) -> dict[str, object] | None:
    """The sharper borders, and from which zoom on they show more."""
    return {"url": APP_ROOT + file.sharper, "zoom": file.closer_from} if file.sharper else None


def _points(kind: Points) -> dict[str, object]:
    rows = kind.rows.dropna(subset=["lat", "lon"])
    names = rows["naam"].fillna("").astype(str)
    places = zip(rows["lat"].round(5).tolist(), rows["lon"].round(5).tolist(), names.tolist(), strict=True)
    return {"title": kind.title, "colour": kind.colour, "rows": [list(place) for place in places]}
