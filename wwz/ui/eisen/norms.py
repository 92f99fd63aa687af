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
from wwz.ui.shared.fillable import Field, FillTable
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table

EDITOR, KEPT = "normen-bewerken", "normen-bewaard"
COLUMNS = [
    Column("titel", "Norm"),
    Field("waarde", "Waarde", longest=20, number=True),
    Column("eenheid", "Eenheid"),
    Column("geleverd", "Geleverd"),
    Column("hoe", "Hoe bekend", kind="tag"),
]
SOURCES = [
    Column("titel", "Norm"),
    Column("geleverd", "Geleverd", align="right", sub_field="eenheid"),
    Column("toelichting", "Waar dat op rust"),
]


def normen_editor(store: Store) -> None:
    """Change norms, and keep them with a reason."""
    now = norms.effective(store.path)
    version, kept = len(norms.history(store.path).versions()), st.session_state.get(KEPT, 0)
    table = FillTable(_table(now), COLUMNS, "Normen die hier gelden", f"{EDITOR}-{kept}", row_key="code")
    may = permission.may_edit("norm")
    if may:
        table.show(group_field="groep")
    else:
        table.short(group_field="groep", folds=True)
    parts.note(
        "De grenzen tussen voldoet, deels en knelpunt veranderen het oordeel, niet het aantal mensen. "
        "Afstanden, woningen en opgaven veranderen ook het aantal mensen."
    )
    with st.expander("Waar rust de geleverde waarde op?"):
        Table(_table(now), SOURCES, "De geleverde normen en hun bron").short(group_field="groep")
    if may:
        _keep(store, table, version, f"normen-waarom-{kept}")


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


def _keep(store: Store, table: FillTable, version: int, why: str) -> None:
    def keep() -> str:
        number = norms.history(store.path).add(
            _changes(store, table, version),
            permission.editor_name(),
            st.session_state[why],
            gezien=version,
        )
        st.session_state[KEPT] = st.session_state.get(KEPT, 0) + 1
        return f"Bewaard als versie {number} van de normen."

    with st.form("normen-bewaren"):
        st.text_input(
            "Waarom wijzigt u dit?",
            key=why,
            max_chars=400,
            placeholder="Bijvoorbeeld: 800 meter is te ver met een rollator",
        )
        press("Bewaar als nieuwe versie", keep, f"{table.key}-knop", place=st.form_submit_button)


def _changes(store: Store, table: FillTable, version: int) -> pd.DataFrame:
    rows = [(f"Norm {n}", row.code, row.waarde) for n, row in enumerate(table.filled().itertuples(), 1)]
    wrong = norms.mistakes(store.path, rows)
    if wrong:
        raise Fout(*wrong)
    return norms.changes(store.path, {code: norms.read_number(value) for _, code, value in rows}, version)
