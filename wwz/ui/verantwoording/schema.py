"""The tables that the screens draw on, with a field to search them."""

from __future__ import annotations

import streamlit as st

from wwz.ask import tables
from wwz.store import Store
from wwz.ui.shared.table import Column, Table

COLUMNS = [
    Column("tabel", "Tabel", sub_field="over"),
    Column("kolom", "Kolom"),
    Column("uitleg", "Wat het is"),
]


def show(store: Store) -> None:
    """Every table and column and what it holds; a search keeps the rows in which all its words occur."""
    words = st.text_input("Zoek in de tabellen", placeholder="Bijvoorbeeld: marge", max_chars=80)
    found = tables.described(store, words)
    if found.empty:
        st.info("Er is geen tabel of kolom met deze woorden. Probeer een ander woord.")
        return
    with st.expander("Tabellen en kolommen", expanded=bool(words.strip())):
        Table(found, COLUMNS, "Tabellen van de gegevens").short(folds=True)
