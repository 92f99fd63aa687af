"""A region of the municipality itself: kept under a name, with its centrumgemeenten, or taken away."""

from __future__ import annotations

import streamlit as st

from wwz.own.region import chosen as ownregions
from wwz.region.places import Regio
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen

KEEP, GONE = "regio-naam-knop", "regio-weg"


def name_part(regio: Regio) -> None:
    """Keep these gemeenten under a name."""
    if not permission.may_edit("regio"):
        return
    path = regio.store.path

    def keep() -> str:
        name, centrum = st.session_state["regio-naam"], st.session_state["regio-centrum"]
        who = permission.editor_name()
        ownregions.keep(path, name, regio.plaats.gemeenten, centrum, who, gezien=seen(KEEP))
        return f"De regio {name} is bewaard."

    def remove() -> str:
        ownregions.remove(path, regio.plaats.code, permission.editor_name(), gezien=seen(GONE))
        return f"De regio {regio.naam} is weggehaald. Wat over haar gemeenten is opgegeven, blijft."

    parts.note(f"{regio.naam}: {regio.plaats.soort}. {regio.plaats.herkomst}.")
    with st.form("regio-naam-formulier"):
        st.text_input("Naam van deze regio", regio.naam, max_chars=ownregions.LONGEST, key="regio-naam")
        st.multiselect(
            "Centrumgemeenten voor opvang en beschermd wonen", list(regio.namen),
            [code for code in regio.plaats.centrum if code in regio.namen], format_func=regio.namen.get, key="regio-centrum",
            placeholder="Kies gemeenten",
        )  # fmt: skip
        press("Bewaar deze regio", keep, KEEP, place=st.form_submit_button, of=path)
    if any(region.id == regio.plaats.code for region in ownregions.regios(path)):
        press("Haal deze regio weg", remove, GONE, of=path)
