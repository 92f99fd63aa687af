"""While projecting: a screen as slides of one idea each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from wwz.ui.shared import projection, state

Draw = Callable[[], None]
# The name in the session of the screen whose slide the view is about.
OF = "dia-van"


def dias(screen: str, slides: Mapping[str, Draw]) -> None:
    """Show one slide. Arrows go to the next; in a rondleiding, where they go to the next stop, buttons do.

    Parameters
    ----------
    screen
        The name of the page: on another one begins at the first slide.
    slides
        Title, for the step and the button, → what draws it with its own heading.
    """
    if st.session_state.get(OF, screen) != screen:
        state.change(dia=1)
    st.session_state[OF] = screen
    titles = list(slides)
    if state.view().rondleiding and len(titles) > 1:
        numbers = list(range(1, len(titles) + 1))
        state.bound(
            st.segmented_control, "Dia", "dia", numbers, format_func=lambda number: titles[number - 1], label_visibility="collapsed"
        )  # fmt: skip
    projection.steps("Dia", titles, lambda: _at(titles), lambda at: state.change(dia=at + 1))
    with st.container(key="dia"):
        slides[titles[_at(titles)]]()


def _at(titles: list[str]) -> int:
    return min(state.view().dia, len(titles)) - 1
