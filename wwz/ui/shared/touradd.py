"""Put what is on screen in a rondleiding, from that screen."""

from __future__ import annotations

import streamlit as st

from wwz.ask.tour import SCREENS, link_of
from wwz.own import tours
from wwz.own.tours import Stop
from wwz.ui.shared import permission, state
from wwz.ui.shared.press import press

ACTION = "rondleiding"
NEW = ""
WHICH, NAME, TITLE, NOTE = (f"rondleiding-{part}" for part in ("welke", "naam", "titel", "notitie"))


def offer(screen: str) -> None:
    """A button that opens the form; nothing on a screen that cannot be a stop. `screen`: the name of the page."""
    if screen not in SCREENS:
        return
    # It does not tell that it opens or closes: a run that follows from closing would take back a step to another screen.
    with st.popover("Rondleiding", key=f"rondleiding-{screen}"):
        form(screen)


def form(screen: str) -> None:
    """What is asked for a stop; nothing on a screen that cannot be one."""
    if screen not in SCREENS:
        return
    st.write(
        "Zet dit scherm in een rondleiding: zoals het er nu uitziet, met een titel en een notitie voor de zaal."
    )
    if not permission.gate("-rondleiding", ACTION):
        return
    names = {NEW: "Een nieuwe rondleiding", **tours.names(state.store().path)}
    code = st.selectbox("In welke rondleiding?", list(names), format_func=names.get, key=WHICH)
    if code == NEW:
        st.text_input("Naam van de rondleiding", max_chars=tours.LONGEST_NAME, key=NAME)
    st.text_input("Titel van deze stop", max_chars=tours.LONGEST_TITLE, key=TITLE)
    st.text_area("Notitie (mag leeg blijven)", max_chars=tours.LONGEST_NOTE, key=NOTE, height=80)

    def keep() -> str:
        said = st.session_state
        stop = Stop(screen, link_of(state.view()), said.get(TITLE, ""), said.get(NOTE, ""))
        wie, database = permission.editor_name(), state.store().path
        if said.get(WHICH, NEW) == NEW:
            said[WHICH] = tours.begin(database, said.get(NAME, ""), stop, wie)
        else:
            tours.add_stop(database, said[WHICH], stop, wie)
        said[TITLE] = said[NOTE] = ""
        return "Dit scherm staat nu in de rondleiding. U vindt haar bij Rondleidingen."

    press("Zet dit scherm erin", keep, "rondleiding-zet", type="primary")
