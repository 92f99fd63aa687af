"""The first visit in three short steps; after the first use they are folded up below the map."""

from __future__ import annotations

import streamlit as st

from wwz.ask.view import View
from wwz.ui.shared import state
from wwz.ui.shared.folds import folded

SEEN = "uitleg-gezien"
# What this browser keeps once somebody has used the screen (around.js).
KEPT = "wwz-uitleg"
STEPS = (
    "**1. Kies** linksboven uw gemeente of wijk, en daaronder wat u wilt zien.",
    "**2. Klik** op een gebied op de kaart. Ernaast leest u om hoeveel mensen het gaat en hoe zeker dat is.",
    "**3. Neem mee:** deel het scherm, of ga naar Exporteren voor een kaart, tabel of presentatie.",
)


def first_visit() -> None:
    """Show the steps until they are closed or used; who opens a shared link knows already where to look."""
    if SEEN not in st.session_state:
        st.session_state[SEEN] = state.view() != View() or KEPT in st.context.cookies
    if st.session_state[SEEN]:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="eerste-bezoek"):
        for step, column in zip(STEPS, st.columns(len(STEPS)), strict=True):
            column.markdown(step)
        st.button("Begrepen", on_click=lambda: st.session_state.update({SEEN: True}), key="uitleg-sluiten")


def again() -> None:
    """The steps for who wants to read them once more."""
    if st.session_state.get(SEEN):
        folded(
            "Zo werkt het, in drie stappen", lambda: st.markdown("  \n".join(STEPS)), key="uitleg-nogmaals"
        )
