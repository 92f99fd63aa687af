"""The layer of the map that is chosen, and how an area is divided."""

from __future__ import annotations

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.change import shown_layer
from wwz.ask.layer import Layer, layers
from wwz.ask.view import View
from wwz.store import Store
from wwz.ui.shared import state

LEVEL_TITLES = {"buurt": "Buurten", "wijk": "Wijken", "gemeente": "Gemeenten"}


def current_layer(store: Store) -> str:
    """Code of the layer in the view, or of the first layer that has figures."""
    return layer_of(store, state.view())


def layer_of(store: Store, view: View) -> str:
    """The same of any view."""
    codes = list(layers(store)["code"])
    return view.laag if view.laag in codes else codes[0]


def chosen_layer(store: Store, area: Area) -> Layer:
    """The figures of what is chosen."""
    view = state.view()
    return shown_layer(store, area, current_layer(store), view.niveau, view)


def smaller_level(area: Area) -> str:
    """Choose how an area is divided: the level of the view, or the smallest where the area itself is of that level."""
    levels = [level for level in area.levels if level != area.niveau] or [area.smallest]
    state.bound(st.segmented_control, "Per", "niveau", levels, format_func=LEVEL_TITLES.get)
    return state.view().niveau if state.view().niveau in levels else levels[0]
