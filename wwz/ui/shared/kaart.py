"""Draws areas on a map and tells which one was clicked.

The boundaries are a file that the browser fetches once; a layer is one digit per area. A change of layer, selection,
outlines or points restyles the map that is there, so zoom and position stay. Only another boundary file makes a new
map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from wwz.ask.absent import NO_FIGURE
from wwz.base.counted import counted
from wwz.maps.absent import Absent, absent_state, signs
from wwz.maps.assets import APP_ROOT, require_local
from wwz.maps.elements import Restyle, StartMap
from wwz.maps.geometry import GeometryFile
from wwz.maps.inks import BORDER
from wwz.maps.marks import Tick
from wwz.maps.packed import packed
from wwz.ui.shared.look import current_look
from wwz.ui.shared.viewing import Position, Viewing, viewing_of
from wwz.words.numbers import UNKNOWN

__all__ = ["MapEvent", "MapLayer", "Outline", "Points", "Position", "TileLayerSpec", "show_map"]

_MOST_CLASSES = 10
_OPACITY_ON_TILES = 0.75
_READ_THE_TABLE = "De tabel bij de kaart geeft dezelfde gegevens."


@dataclass(frozen=True)
class Legend:
    """What the legend in the frame of a map says beside colours and labels.

    Parameters
    ----------
    unit
        The unit; the labels of the classes go without it.
    counts
        How many areas each class has.
    ticks, note
        Other figures on the bar, and a remark.
    """

    unit: str
    counts: Sequence[int]
    ticks: Sequence[Tick] = ()
    note: str = ""


@dataclass(frozen=True)
class MapLayer:
    """What the areas show.

    Parameters
    ----------
    geometry
        Boundary file of the level.
    classes
        Class of each area, in the order of ``geometry.codes``; below zero why it has none.
    colours, labels
        One per class, as in :class:`wwz.maps.classes.Classes`.
    title
        Title of the layer, also the map's name for a screen reader.
    absent
        What is said of areas without a number, as in :class:`wwz.maps.classes.Classes`.
    texts
        What is said of each area to who points at it, one line after another: texts in the order of ``geometry.codes``. Without
        them it is the label of the class.
    legend
        What stands under the map, in its frame; None where the page has a legend of its own.
    """

    geometry: GeometryFile
    classes: np.ndarray
    colours: Sequence[str]
    labels: Sequence[str]
    title: str
    absent: Sequence[Absent] = (Absent(NO_FIGURE, UNKNOWN),)
    texts: Sequence[Sequence[str]] = ()
    legend: Legend | None = None

    def __post_init__(self) -> None:
        if len(self.classes) != len(self.geometry.codes):
            raise ValueError(f"{len(self.classes)} classes for {len(self.geometry.codes)} areas")
        if len(self.colours) != len(self.labels) or len(self.colours) > _MOST_CLASSES:
            raise ValueError(f"{len(self.colours)} colours and {len(self.labels)} labels")
        known = [*(row.reason for row in self.absent), *range(len(self.colours))]
        if not np.isin(self.classes, known).all():
            raise ValueError("a class without a colour")


@dataclass(frozen=True)
class Outline:
    """Boundaries without a fill, such as wijken over buurten; ``weight`` in pixels."""

    geometry: GeometryFile
    colour: str = BORDER
    weight: float = 1.2


@dataclass(frozen=True)
class Points:
    """Voorzieningen of one kind; ``rows`` has columns ``lat``, ``lon`` (degrees) and ``naam``."""

    kind: str
    title: str
    colour: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class TileLayerSpec:
    """A background map from another host: only with the municipality's consent (``config.toml``)."""

    url: str
    attribution: str
    max_zoom: int = 18


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
    state["together"] = together
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
    look = current_look()
    return {
        "title": layer.title,
        "look": look.state(),
        "label": f"Kaart: {layer.title}. {_READ_THE_TABLE}",
        "classes": packed(signs(layer.classes)),
        "colours": look.colours(layer.colours),
        "labels": list(layer.labels),
        "absent": absent_state(layer.absent, dark=look.dark),
        "selected": list(selected),
        "marked": packed(np.isin(layer.geometry.codes, list(marked)).astype(int).astype(str)),
        "texts": [list(column) for column in layer.texts],
        "legend": _legend(layer, layer.legend) if layer.legend else None,
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


def _legend(layer: MapLayer, legend: Legend) -> dict[str, object]:
    return {
        "unit": layer.title,
        "about": f"Legenda: {layer.title}",
        "labels": [label.removesuffix(f" {legend.unit}") for label in layer.labels],
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
