"""The norms on screen: a table to change, with what was shipped beside it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.own.eisen import norms
from wwz.store import Store
from wwz.ui.eisen.matrix import MARKS
from wwz.ui.shared import parts, permission
from wwz.ui.shared.table import Column, Table

EDITOR = "normen-bewerken"
SOURCES = [
    Column("titel", "Norm"),
    Column("geleverd", "Geleverd", align="right", sub_field="eenheid"),
    Column("toelichting", "Waar dat op rust"),
]


def normen_editor(store: Store) -> None:
    """Change norms, and keep them with a reason."""
    may = permission.may_edit()
    now = norms.effective(store.path)
    version = len(norms.history(store.path).versions())
    edited = st.data_editor(
        _table(now),
        key=f"{EDITOR}-{version}",
        hide_index=True,
        disabled=True if not may else ["groep", "titel", "eenheid", "geleverd", "hoe", "toelichting"],
        height=35 * (len(now) + 1) + 3,
        column_config=_columns(),
        num_rows="fixed",
    )
    parts.note(
        "Alleen de kolom Waarde is te wijzigen. De grenzen tussen voldoet, deels en knelpunt veranderen het oordeel, niet het aantal mensen. "
        "Afstanden, woningen en opgaven veranderen ook het aantal mensen."
    )
    with st.expander("Waar rust de geleverde waarde op?"):
        Table(_table(now), SOURCES, "De geleverde normen en hun bron").short(group_field="groep")
    if may:
        _keep(store, edited)


def _columns() -> dict:
    return {
        "code": None,
        "groep": st.column_config.TextColumn("Onderwerp"),
        "titel": st.column_config.TextColumn("Norm", width="large"),
        "waarde": st.column_config.TextColumn("Waarde", width="small"),
        "eenheid": st.column_config.TextColumn("Eenheid", width=120),
        "geleverd": st.column_config.TextColumn("Geleverd", width="small"),
        "hoe": st.column_config.TextColumn("Hoe bekend", width=120),
        "toelichting": None,
    }


def _table(now: pd.DataFrame) -> pd.DataFrame:
    sources, titles = domain.bronnen(), norms.groups()
    return pd.DataFrame(
        {
            "code": now["code"],
            "groep": now["groep"].map(titles),
            "titel": now["titel"],
            # Text, so that the number has Dutch signs in every browser.
            "waarde": [number_text(value) for value in now["waarde"]],
            "eenheid": now["eenheid"],
            "geleverd": [number_text(value) for value in now["geleverd"]],
            "hoe": ["opgegeven" if row.eigen else MARKS[row.merk] for row in now.itertuples()],
            "toelichting": [
                f"{row.toelichting} {sources[row.bron].regel(row.jaar)}" for row in now.itertuples()
            ],
        }
    )


def number_text(value: float) -> str:
    """A norm as people write it: 1000, 1,9."""
    return f"{value:g}".replace(".", ",")


def _keep(store: Store, edited: pd.DataFrame) -> None:
    rows = [(row.titel, row.code, row.waarde) for row in edited.itertuples()]
    with st.form("normen-bewaren"):
        why = st.text_input(
            "Waarom wijzigt u dit?",
            key=f"normen-waarom-{len(norms.history(store.path).versions())}",
            max_chars=400,
            placeholder="Bijvoorbeeld: 800 meter is te ver met een rollator",
        )
        sent = st.form_submit_button("Bewaar als nieuwe versie")
    if not sent:
        return
    found = norms.mistakes(
        store.path, [(f"Norm {number}", code, value) for number, (_, code, value) in enumerate(rows, 1)]
    )
    if found:
        parts.show_error(Fout(*found))
        return
    wanted = {code: norms.read_number(value) for _, code, value in rows}
    try:
        number = norms.history(store.path).add(
            norms.changes(store.path, wanted), permission.editor_name(), why
        )
    except Fout as fout:
        parts.show_error(fout)
        return
    st.toast(f"Bewaard als versie {number} van de normen.")
    st.rerun()
