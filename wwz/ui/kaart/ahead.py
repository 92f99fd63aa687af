"""Layers that one is about to choose, sent to the browser when one comes near the choices, so that it shows the next one at once."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.change import shown_layer
from wwz.knowledge import catalogue
from wwz.store import Store
from wwz.ui.kaart.choices import layers_by_title, same_group
from wwz.ui.kaart.drawing import drawing_of
from wwz.ui.shared import state
from wwz.ui.shared.choices import chosen_layer, current_layer
from wwz.ui.shared.component import component
from wwz.ui.shared.kaart import layer_state
from wwz.ui.shared.later import asks
from wwz.ui.shared.look import current_look
from wwz.ui.shared.turn import fragment

# Of more areas each layer is kilobytes by itself: those are sent when they are chosen.
MOST_AREAS = 1000
AHEAD, NEAR = "kaartvooruit", "kaart-nabij"
WANTED = f"{NEAR}-gewild"
asks(NEAR, "nabij")
_near = component("wwz_near", '<span hidden lang="nl"></span>', "near.js")
_ahead = component("wwz_ahead", '<span hidden lang="nl"></span>', "ahead.js")


def family(store: Store, area: Area) -> str:
    """Mark of the layers that stand beside each other in the choices; empty where there are too many areas."""
    view, current = state.view(), catalogue()[current_layer(store)]
    drawing = drawing_of(store, area, chosen_layer(store, area))
    if drawing is None or len(drawing.file.codes) > MOST_AREAS:
        return ""
    about = (
        store.about()["kenmerk"],
        area.codes,
        view.niveau,
        view.maat,
        view.schaal,
        view.vanaf,
        view.jaar,
        current.thema,
        current.groep,
        current_look(),
    )
    return sha256(repr(about).encode()).hexdigest()[:8]


def watch_choices(store: Store, area: Area) -> None:
    """In the fragment of the map: hear of it when somebody comes near the choices."""
    if now := family(store, area):
        _near(key=NEAR, data={"family": now}, height=0, on_nabij_change=_came_near)


def _came_near() -> None:
    st.session_state[WANTED] = st.session_state[NEAR].get("nabij")
    st.rerun(AHEAD)


def _layers_ahead(store: Store, area: Area) -> None:
    now = family(store, area)
    wanted = now and st.session_state.pop(WANTED, "") == now
    _ahead(key=AHEAD, data={"family": now, "layers": _layers(store, area) if wanted else None}, height=0)


layers_ahead = fragment(_layers_ahead, key=AHEAD)


def _layers(store: Store, area: Area) -> list[dict[str, object] | None]:
    """One for each choice, in their order. What is told of each area comes with the answer of the server."""
    view, found = state.view(), []
    for choice in layers_by_title(store):
        shown = shown_layer(store, area, same_group(store, choice), view.niveau, view.changed(jaar=0))
        drawing = drawing_of(store, area, shown)
        found.append(layer_state(drawing.layer()) if drawing else None)
    return found
