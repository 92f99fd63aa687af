"""The taakstelling: one number for the region, and the share of every gemeente by the key of the law."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wwz.base.errors import Fout
from wwz.own.region.task import MOST
from wwz.region import task
from wwz.region.places import Regio
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table
from wwz.words.numbers import dutch

COLUMNS = [
    Column("naam", "Gemeente"),
    Column("aantal_tekst", "Deel (mensen)", kind="number", sub_field="soort"),
]
PERIOD, NUMBER, SOURCE, BUTTON = (f"regio-taak-{name}" for name in ("periode", "aantal", "bron", "knop"))


def task_part(regio: Regio, groep: str) -> None:
    """Of a group that the law divides: what was given, the shares, and a form to give it."""
    if not task.by_law(groep):
        return
    st.header("Taakstelling", anchor=False)
    given = task.latest(regio, groep)
    if given is None:
        parts.note(
            "Geef de taakstelling van de hele regio één keer op. Wij verdelen haar naar inwoners, zoals de wet doet."
        )
    else:
        try:
            rows = [{**row, "aantal_tekst": dutch(row["aantal"])} for row in task.shares(regio, given)]
        except Fout as fout:
            parts.show_error(fout)
        else:
            Table(rows, COLUMNS, f"Taakstelling van {dutch(given.aantal)} mensen, {given.halfjaar}").short()
        parts.source_line(
            f"Opgegeven door {given.wie}, uit: {given.bron}", "Verdeeld naar het aantal inwoners van nu"
        )
    if permission.may_edit("regio"):
        _form(regio, groep)


def _form(regio: Regio, groep: str) -> None:
    def keep() -> str:
        said = st.session_state
        given = said[PERIOD], int(said[NUMBER]), said[SOURCE]
        task.keep(regio, groep, *given, permission.editor_name(), gezien=seen(BUTTON))
        return "De taakstelling is bewaard."

    year = date.today().year
    with st.form("regio-taak-formulier"):
        st.selectbox("Halfjaar", [f"{y}-{half}" for y in (year + 1, year, year - 1) for half in (2, 1)], index=3, key=PERIOD)  # fmt: skip
        st.number_input("Taakstelling van de hele regio (mensen)", 1, MOST, key=NUMBER)
        st.text_input("Waar staat dat?", max_chars=400, key=SOURCE)
        press("Bewaar de taakstelling", keep, BUTTON, place=st.form_submit_button, of=regio.store.path)
