"""A button that keeps something: its press is not lost, whatever else is chosen at the same moment.

What it does is done in a callback, before the page is drawn. A button that is asked "were you pressed?" while a page is
being drawn, is never asked when another choice stops that page before it gets there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from wwz.base.errors import Fout
from wwz.own.ledger import ledger
from wwz.ui.shared import parts, permission, state

SAID = "zojuist-gedaan"
NOT_ALLOWED = "U mag hier niets wijzigen. Vraag de beheerder om toestemming."
NOT_KEPT = "Dit kan niet worden bewaard. Geef dit programma schrijfrechten, of maak ruimte op de schijf."


def tell() -> None:
    """Say what the last press did: at the start of a page, for the button itself may be gone by then."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.toast(said)


def press(
    label: str,
    act: Callable[[], str],
    key: str,
    *,
    place: Callable[..., Any] = st.button,
    of: Path | None = None,
    **kwargs: Any,
) -> None:
    """Show the button, and below it what stood in the way of its last press.

    Parameters
    ----------
    label
        What it does.
    act
        Does it, and gives the sentence that says so. What a visitor filled in, it reads from `st.session_state`: the page that was drawn
        last may be older than what was typed since. A Fout or an OSError of it is shown; then nothing was kept.
    key
        Unique on the page.
    place
        `st.button`, or `st.form_submit_button` inside a form.
    of
        The database with the ledger in which it is kept: `act` then knows by `seen` what the visitor saw.
    kwargs
        Passed to `place`.
    """
    trouble, done = f"{key}-fout", f"{key}-gedaan"

    def acted() -> None:
        # The second press of a double one: the page has not been drawn since the first.
        if st.session_state.get(done):
            return
        try:
            if not permission.may_edit():
                raise Fout(NOT_ALLOWED)
            said = act()
        except Fout as fout:
            st.session_state[trouble] = fout
            return
        except OSError:
            st.session_state[trouble] = Fout(NOT_KEPT)
            return
        st.session_state[done] = True
        st.session_state[SAID] = said
        state.draw_all()

    st.session_state.pop(done, None)
    if of is not None:
        st.session_state[f"{key}-gezien"] = ledger(of).latest()
    place(label, on_click=acted, key=key, **kwargs)
    found = st.session_state.pop(trouble, None)
    if found is not None:
        parts.show_error(found)


def seen(key: str) -> int | None:
    """The last entry of the ledger when a button was drawn: who was before the visitor since, is told."""
    return st.session_state.get(f"{key}-gezien")
