"""Projectie: one switch for a room; large type, no small controls, and the next step with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wwz.ask.layer import layers as layers_of
from wwz.store import Store
from wwz.ui.shared import state
from wwz.ui.shared.choices import current_layer
from wwz.ui.shared.component import component, text_of
from wwz.ui.shared.look import Look, use_look

CHART_SCALE = 1.7
MAP_HEIGHT, MAP_HEIGHT_PROJECTED = 620, 460
OFF, LIGHT, DARK = "uit", "aan", "donker"
# The moment of the last press that counted. The framework may hand over a press twice, or an older one once more, when one
# run makes place for another.
_LAST_PRESS = "laatste-toets"
keys = component("wwz_keys", '<span lang="nl"></span>', "projection.js")


def is_on() -> bool:
    """Whether the screen is being projected."""
    return state.view().projectie != OFF


def is_dark() -> bool:
    """Whether it is projected in a dark room."""
    return state.view().projectie == DARK


def dress() -> None:
    """Give the page and its maps the look that belongs to the view; once in every run of a page."""
    use_look(Look(dark=is_dark(), large=is_on()))
    sheets = ["projection.css"] * is_on() + ["projection-dark.css"] * is_dark()
    for sheet in sheets:
        st.html(f"<style>{text_of(sheet)}</style>")


def switch() -> None:
    """The switch in the top row."""
    st.session_state["keuze-projectie"] = is_on()
    st.toggle(
        "Projectie",
        key="keuze-projectie",
        on_change=lambda: state.change(projectie=LIGHT if st.session_state["keuze-projectie"] else OFF),
        help="Grote letters voor op een scherm in de zaal. Wat u daar niet nodig hebt, verdwijnt.",
    )


def bar(mark: str, back: Callable[[], None] | None = None) -> DeltaGenerator:
    """The presenter's bar along the bottom: what is fictitious, a menu, light or dark, and the way out.

    Parameters
    ----------
    mark
        A word that must be on every screen, such as Fictief; may be empty.
    back
        In a rondleiding: goes to its overview. A callback.

    Returns
    -------
    DeltaGenerator
        The menu, to put other screens and choices in.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="presenteren"):
        if mark:
            st.html(
                f'<p class="wwz-fictief" role="note"><strong>{escape(mark)}</strong></p>', width="content"
            )
        # A menu of its own for each screen, so that it is closed again on the next one.
        menu = st.popover("Menu", key=f"menu-{PurePosixPath(urlsplit(st.context.url or '').path).name}")
        other, word = (LIGHT, "Licht") if is_dark() else (DARK, "Donker")
        st.button(word, on_click=state.change, kwargs={"projectie": other}, key="licht-donker")
        if back is not None:
            st.button("Overzicht", on_click=back, key="rondleiding-overzicht")
        st.button(
            "Stoppen",
            on_click=state.change,
            kwargs={"projectie": OFF, "rondleiding": "", "stop": 0},
            key="projectie-stoppen",
        )
    return menu


def map_height() -> int:
    """Height of the map in pixels; while projecting the page stretches it to what the screen has left."""
    return MAP_HEIGHT_PROJECTED if is_on() else MAP_HEIGHT


def steps(word: str, labels: Sequence[str], here: Callable[[], int], go: Callable[[int], None]) -> None:
    """Buttons and keys (arrows, page up and down: a presenter remote) for the step before and after this one.

    Parameters
    ----------
    word
        What a step is, such as laag or jaar.
    labels
        The steps in order; after the last comes the first. One that is empty is told by its number alone.
    here
        Gives the number of the step where we are. Asked again at every press: a second press may come before the
        screen of the first is there.
    go
        Called with the number of the step to go to, before the next run.
    """
    # In a rondleiding the same keys go from stop to stop.
    if is_on() and len(labels) > 1 and not state.view().rondleiding:
        walk(word, labels, here, go)


def walk(word: str, labels: Sequence[str], here: Callable[[], int], go: Callable[[int], None]) -> None:
    """The same, of whatever is walked by; `here` gives -1 where one stands before the first."""

    def by(step: int) -> None:
        at = here() if step > 0 else max(here(), 0)
        go((at + step) % len(labels))

    def pressed() -> None:
        press = st.session_state[state.STEP_KEYS].get("stap")
        if press and press[0] in (-1, 1) and press[1] > st.session_state.get(_LAST_PRESS, -1):
            st.session_state[_LAST_PRESS] = press[1]
            by(press[0])

    at = here()
    label = labels[at] if at >= 0 else f"{len(labels)} in totaal"
    told = f"{word} {at + 1} van {len(labels)}{': ' if label else ''}" if at >= 0 else ""
    with st.container(horizontal=True, vertical_alignment="center", key="stappen"):
        st.button("‹ Vorige", on_click=by, args=(-1,), key=state.STEP_BACK)
        st.button("Volgende ›", on_click=by, args=(1,), key=state.STEP_ON)
        st.html(
            f'<p class="wwz-stap" role="status">{escape(told)}<strong>{escape(label)}</strong></p>',
            width="content",
        )
    keys(key=state.STEP_KEYS, data={}, height=0, on_stap_change=pressed)


def layer_steps(store: Store, codes: Sequence[str] | None = None) -> None:
    """Steps through the layers of the map; `codes`: only through these indicators."""
    if not is_on():
        return
    found = layers_of(store)
    found = found if codes is None else found[found["code"].isin(codes)]
    rows = found.drop_duplicates("laag").reset_index(drop=True)
    layers, layer_of = list(rows["laag"]), dict(zip(found["code"], found["laag"], strict=True))
    steps(
        "Laag",
        list(rows["kort"]),
        lambda: layers.index(layer_of.get(current_layer(store), layers[0])),
        lambda number: state.change(laag=rows["code"][number], jaar=0),
    )


def year_steps(years: Sequence[int]) -> None:
    """Steps through the years of the future."""
    steps(
        "Jaar",
        [str(year) for year in years],
        lambda: list(years).index(state.view().dan) if state.view().dan in years else len(years) - 1,
        lambda number: state.change(dan=int(years[number])),
    )
