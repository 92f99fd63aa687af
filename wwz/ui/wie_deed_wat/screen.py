"""The screen Wie deed wat: look through all changes, take them along, and take one back."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from wwz.base.counted import counted
from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.own import whodid
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table

ALL = ""
COLUMNS = [
    Column("wanneer", "Wanneer", text_field="dag"),
    Column("wie", "Wie", sub_field="login"),
    Column("soort", "Soort", sub_field="wat"),
    Column("was", "Was"),
    Column("werd", "Werd"),
    Column("waarom", "Waarom"),
]
# In words, and how many days back; a calendar has names of months that are not ours to translate.
PERIODS = {
    "Altijd": None,
    "Vandaag": 0,
    "De laatste 7 dagen": 7,
    "De laatste 30 dagen": 30,
    "Het laatste jaar": 365,
}


def who_did_what(store: Store) -> None:
    """The whole screen."""
    if not permission.may_edit("wie deed wat"):
        permission.explain("-wie", "wie deed wat")
        return
    titles = whodid.kinds(store.path)
    if not titles:
        parts.empty("Er is nog niets ingevuld. Wat u op de andere schermen opgeeft, komt hier te staan.")
        return
    found = _filtered(store, titles)
    parts.sentence(_count(len(found)))
    Table(
        found.assign(
            sleutel=found["nummer"].astype(str), dag=[short_moment(text) for text in found["wanneer"]]
        ),
        COLUMNS,
        "Wijzigingen, de nieuwste bovenaan",
    ).sortable(key="wie-deed-wat", row_key="sleutel", rows_per_page=25)
    st.download_button(
        "Deze wijzigingen als CSV", whodid.to_csv(found), "wie-deed-wat.csv", "text/csv", on_click="ignore"
    )
    _take_back(store, found)


def _filtered(store: Store, titles: dict[str, str]) -> pd.DataFrame:
    kind, who, period = st.columns(3)
    soort = kind.selectbox(
        "Soort", [ALL, *titles], format_func=lambda code: titles.get(code, "Alles"), key="wie-soort"
    )
    wie = who.text_input("Wie", max_chars=100, key="wie-naam", placeholder="Deel van een naam")
    days = PERIODS[period.selectbox("Wanneer", list(PERIODS), key="wie-wanneer")]
    since = "" if days is None else (date.today() - timedelta(days=days)).isoformat()
    return whodid.rows(store.path, soort=soort, wie=wie, sinds=since)


def _count(number: int) -> str:
    return counted("[Eén wijziging|{n} wijzigingen].", number)


def _take_back(store: Store, found: pd.DataFrame) -> None:
    acts = whodid.acts(store.path, found)
    if not acts:
        return

    def back() -> str:
        number = st.session_state["wie-terug"]
        if number is None:
            raise Fout("Kies eerst de wijziging die u wilt terugdraaien.")
        whodid.undo(store.path, number, permission.editor_name(), st.session_state["wie-terug-waarom"])
        return f"Wijziging {number} is teruggedraaid, als nieuwe wijziging."

    permission.gate("-wie", "terugdraaien")
    with st.form("wie-terug-formulier"):
        st.selectbox(
            "Welke wijziging wilt u terugdraaien?", list(acts), index=None, format_func=acts.get,
            placeholder="Kies een wijziging", key="wie-terug",
        )  # fmt: skip
        st.text_input("Waarom?", max_chars=400, key="wie-terug-waarom")
        press("Draai terug", back, "wie-terug-knop", place=st.form_submit_button)
