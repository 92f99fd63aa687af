"""The first visit in three short steps."""

from __future__ import annotations

import streamlit as st

from wwz.ask.view import View
from wwz.ui.shared import state

SEEN = "uitleg-gezien"
STEPS = (
    "**1. Kies** linksboven uw gemeente of wijk, en daaronder wat u wilt zien.",
    "**2. Klik** op een gebied op de kaart. Rechts leest u om hoeveel mensen het gaat en hoe zeker dat is.",
    "**3. Neem mee:** kopieer de link, of ga naar Exporteren voor een kaart, tabel of presentatie.",
)


def first_visit() -> None:
    """Show the steps until they are closed; who opens a shared link knows already where to look."""
    if SEEN not in st.session_state:
        st.session_state[SEEN] = state.view() != View()
    if st.session_state[SEEN]:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="eerste-bezoek"):
        for step, column in zip(STEPS, st.columns(len(STEPS)), strict=True):
            column.markdown(step)
        st.button("Begrepen", on_click=lambda: st.session_state.update({SEEN: True}), key="uitleg-sluiten")
