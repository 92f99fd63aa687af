"""Projectie: one switch for a room; large type, no small controls, and the next layer with one key."""

from __future__ import annotations

import streamlit as st

from wwz.figures import available
from wwz.paths import PACKAGE
from wwz.store import Store
from wwz.ui import state
from wwz.ui.choices import current_layer

CHART_SCALE = 1.25
MAP_HEIGHT, MAP_HEIGHT_PROJECTED = 620, 370
_keys = st.components.v2.component(
    "wwz_keys",
    html='<span lang="nl"></span>',
    js=(PACKAGE / "ui" / "projection.js").read_text(encoding="utf-8"),
)


def is_on() -> bool:
    """Whether the screen is being projected."""
    return state.view().projectie == "aan"


def switch() -> None:
    """The switch in the top row, and the look that belongs to it."""
    st.session_state["keuze-projectie"] = is_on()
    st.toggle(
        "Projectie",
        key="keuze-projectie",
        on_change=lambda: state.change(projectie="aan" if st.session_state["keuze-projectie"] else "uit"),
        help="Grote letters voor op een scherm in de zaal. Wat u daar niet nodig hebt, verdwijnt.",
    )
    if is_on():
        st.html(f"<style>{(PACKAGE / 'ui' / 'projection.css').read_text(encoding='utf-8')}</style>")


def chart_scale() -> float:
    """How much larger charts are drawn."""
    return CHART_SCALE if is_on() else 1.0


def map_height() -> int:
    """Height of the map in pixels, so that map and headline fit a projector of 720 lines."""
    return MAP_HEIGHT_PROJECTED if is_on() else MAP_HEIGHT


def steps(store: Store) -> None:
    """Buttons and keys (arrows, page up and down: a presenter remote) for the layer before and after this one."""
    if not is_on():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="lagen"):
        st.button("‹ Vorige laag", on_click=_step, args=(store, -1), key="laag-terug")
        st.button(
            "Volgende laag ›",
            on_click=_step,
            args=(store, 1),
            key="laag-verder",
            help="Ook met de pijltjes ← en → of een presentatieklikker.",
        )
    pressed = _keys(key="toetsen", data={}, height=0, on_stap_change=lambda: None).stap
    if pressed in (-1, 1):
        _step(store, pressed)
        st.rerun()


def _step(store: Store, by: int) -> None:
    """To the next main layer of the catalogue; after the last comes the first."""
    rows = available(store).drop_duplicates("laag")
    layers = list(rows["laag"])
    here = available(store).set_index("code").loc[current_layer(store), "laag"]
    there = layers[(layers.index(here) + by) % len(layers)]
    state.change(laag=rows.set_index("laag").loc[there, "code"], jaar=0)
