"""A layer made ready for the map, once for all visitors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.beside import beside
from wwz.ask.change import rows_of, told_change
from wwz.ask.layer import Layer
from wwz.ask.shown import CHANGE
from wwz.ask.told import told
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import Classes
from wwz.maps.drawing import classes_of
from wwz.maps.geometry import GeometryFile
from wwz.maps.marks import reach_note, reaching, ticks
from wwz.store import Store
from wwz.ui.kaart.table import when
from wwz.ui.shared import projection, state
from wwz.ui.shared.kaart import Legend, MapLayer
from wwz.ui.shared.longtable import LONG_TABLE

Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A layer made ready for the map: boundaries, class per area, and the legend with counts and signs."""

    file: GeometryFile
    digits: np.ndarray
    classes: Classes
    title: str
    legend: Legend

    def layer(self, texts: Texts = ()) -> MapLayer:
        """As `show_map` wants it, with what is told of each area. In a room the legend stands beside the map."""
        look = self.classes
        below = None if projection.is_on() else self.legend
        return MapLayer(
            self.file, self.digits, look.colours, look.labels, self.title, look.absent, texts, below
        )


def drawing_of(store: Store, area: Area, shown: Layer) -> Drawing | None:
    """What is drawn of a layer; None where no boundaries were read."""
    view = state.view()
    about = (shown.indicator.code, shown.vanaf, shown.jaar, shown.maat, view.niveau, view.schaal)
    return _made(store.about()["kenmerk"], area.codes, about, _store=store, _area=area, _shown=shown)


@st.cache_resource(max_entries=400, show_spinner=False)
def _made(
    build: str, codes: tuple[str, ...], about: tuple, *, _store: Store, _area: Area, _shown: Layer
) -> Drawing | None:
    """The same for every visitor. The first three arguments are the key."""
    indicator, _, jaar, maat, niveau, _ = about
    file = boundaries(_store, _area, niveau)
    if file is None:
        return None
    classes, digits = classes_of(_shown, file.codes)
    reached = reaching(digits, _shown.margins.reindex(list(file.codes)), classes)
    signs = ticks(beside(_store, _area, indicator, jaar, maat), classes)
    below = Legend(_shown.unit, classes.counts, signs, reach_note(reached, digits))
    title = f"{_shown.indicator.titel}, {when(_shown)} ({_shown.unit})"
    return Drawing(file, digits, classes, title, below)


def texts_of(store: Store, area: Area, shown: Layer, drawing: Drawing) -> Texts:
    """What is told to who points at an area: the same as in its row of the table. Where there is no table at once, nothing."""
    if len(drawing.file.codes) > LONG_TABLE:
        return ()
    niveau, file = state.view().niveau, drawing.file
    about = (shown.indicator.code, shown.vanaf, shown.jaar, shown.maat, niveau, file.url_path)
    return _told(
        store.about()["kenmerk"],
        area.codes,
        about,
        _store=store,
        _area=area,
        _shown=shown,
        _file=file,
    )


@st.cache_resource(max_entries=200, show_spinner=False)
def _told(
    build: str,
    codes: tuple[str, ...],
    about: tuple,
    *,
    _store: Store,
    _area: Area,
    _shown: Layer,
    _file: GeometryFile,
) -> Texts:
    """The same for every visitor. The first three arguments are the key."""
    rows = rows_of(_store, _area, _shown, about[4])
    return (
        told_change(rows, _file.codes) if _shown.maat == CHANGE else told(rows, _shown.indicator, _file.codes)
    )
