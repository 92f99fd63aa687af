"""Walking a rondleiding: its stops on screen, and the step from one screen to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from wwz.ask import tour as asktour
from wwz.ask.view import View
from wwz.own import tours
from wwz.own.tours import Tour
from wwz.ui.shared import dias, projection, state

OVERVIEW = "rondleidingen"
# Names in the session: the screen to go to, and the stop that the view was made for.
GO_TO, SHOWN = "rondleiding-scherm", "rondleiding-stop"


def current() -> Tour | None:
    """The rondleiding of the link; None without one, and when it is gone."""
    return tours.find(state.store().path, state.view().rondleiding)


def arrive(screen: str) -> None:
    """At the start of a page: go where a step or a short link asks.

    A short link names a rondleiding and a stop and nothing else; what a visitor changed at a stop stands in the link too.

    Parameters
    ----------
    screen
        The name of this page.
    """
    view = state.view()
    if not view.rondleiding:
        return
    found = current()
    if found is None:
        state.change(rondleiding="", stop=0)
        st.toast(tours.GONE)
        return
    if view.stop and st.session_state.get(SHOWN) != (found.code, view.stop):
        if not asktour.link_of(view):
            show(found, view.stop)
        st.session_state[SHOWN] = (found.code, view.stop)
    wanted = st.session_state.pop(GO_TO, screen)
    if wanted != screen:
        st.switch_page(f"pages/{wanted}.py")


def show(found: Tour, number: int) -> None:
    """Make a stop (1 is the first) what is on screen, projected. For callbacks, and before a page is drawn."""
    number = min(number, len(found.stops))
    if number < 1:
        overview(found)
        return
    stop = found.stops[number - 1]
    view, _ = asktour.shown(state.store(), stop)
    _put(replace(view, rondleiding=found.code, stop=number, projectie=_look()))
    st.session_state[SHOWN] = (found.code, number)
    st.session_state[GO_TO] = st.session_state[dias.OF] = asktour.screen_of(stop)


def overview(found: Tour) -> None:
    """Go to the list of its stops. For callbacks."""
    state.change(rondleiding=found.code, stop=0)
    st.session_state[GO_TO] = OVERVIEW


def back() -> Callable[[], None] | None:
    """What goes to the overview of the rondleiding that is walked; None outside one. For callbacks."""
    found = current()
    return None if found is None else partial(overview, found)


def head() -> None:
    """While projecting: what the room reads of this stop, and the steps to the others."""
    found = current()
    if found is None or not found.stops or not projection.is_on():
        return
    number = min(state.view().stop, len(found.stops))
    if number:
        stop = found.stops[number - 1]
        _, gone = asktour.shown(state.store(), stop)
        lines = "".join(f"<p>{escape(text)}</p>" for text in (stop.notitie, gone) if text)
        st.html(
            f'<section class="wwz-stop" aria-label="Stop {number} van {len(found.stops)}">'
            f"<strong>{escape(stop.titel)}</strong>{lines}</section>"
        )
    projection.walk(
        "Stop",
        # The title stands large above the screen.
        ["" for _ in found.stops],
        lambda: state.view().stop - 1,
        lambda at: show(found, at + 1),
    )


def _look() -> str:
    now = state.view().projectie
    return projection.LIGHT if now == projection.OFF else now


def _put(view: View) -> None:
    st.session_state[state.VIEW] = view
