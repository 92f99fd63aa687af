"""Where the municipality says what it knows of a randvoorwaarde: a form, many lines at once, a file out, and the history."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from wwz import given
from wwz.areas import Area
from wwz.errors import Fout
from wwz.knowledge import domain
from wwz.store import Store
from wwz.ui import parts
from wwz.ui.table import Column, simple_table

HISTORY = [
    Column("titel", "Randvoorwaarde"),
    Column("gebied", "Gebied"),
    Column("status", "Status", sub_field="deel"),
    Column("wie", "Wie", sub_field="wanneer"),
    Column("waarom", "Waarom"),
]


def give(store: Store, area: Area) -> None:
    """Everything about statements for one area."""
    path = given.path_beside(store.path)
    if area.is_union:
        parts.empty("Een opgave hoort bij één gebied. Kies een gemeente, wijk of buurt.")
    else:
        _form(path, area)
    _files(path)
    _history(path, area)


def _form(path, area: Area) -> None:
    titles = {code: c.titel for code, c in domain.randvoorwaarden().items()}
    with st.form("opgave", clear_on_submit=True):
        st.write(f"Wat weet u van {area.naam}? Een opgave gaat voor op een meting. De opgave voor het kleinste gebied geldt.")
        code = st.selectbox("Randvoorwaarde", list(titles), format_func=titles.get)
        status = st.radio("Status", given.STATUSES, horizontal=True, index=len(given.STATUSES) - 1)
        percent = st.text_input("Deel van de mensen dat dit mist, in procenten (mag leeg)", max_chars=6)
        who = st.text_input("Wie geeft dit op?", max_chars=100)
        why = st.text_input("Waar blijkt het uit?", max_chars=given.LONGEST)
        if not st.form_submit_button("Opgeven"):
            return
    try:
        given.add(path, [given.checked(area.codes[0], code, status, percent, who, why)])
    except (Fout, OSError) as error:
        parts.show_error(error if isinstance(error, Fout) else Fout(f"De opgave kan niet worden bewaard in {path.name}."))
        return
    st.toast("De opgave is bewaard.")
    st.rerun()


def _files(path) -> None:
    with st.expander("Veel opgaven tegelijk, of alles ophalen"):
        with st.form("opgaven-regels", clear_on_submit=True):
            text = st.text_area(
                "Plak hier regels uit uw bestand", help=f"De eerste regel noemt de kolommen: {', '.join(given.COLUMNS)}."
            )
            sent = st.form_submit_button("Toevoegen")
        if sent and text:
            try:
                given.add(path, given.parse(text.encode(), "De tekst"))
            except Fout as fout:
                parts.show_error(fout)
                return
            st.rerun()
        if path.exists():
            st.download_button("Alle opgaven als CSV", path.read_bytes(), given.FILE, "text/csv")


def _history(path, area: Area) -> None:
    known = given.read(path)
    rows = pd.DataFrame([asdict(s) for s in reversed(known) if s.gebied in {*area.codes, *area.buurten}])
    if rows.empty:
        parts.note(f"Voor {area.naam} is nog niets opgegeven.")
        return
    titles = domain.randvoorwaarden()
    rows["titel"] = [titles[code].titel for code in rows["randvoorwaarde"]]
    rows["deel"] = ["" if pd.isna(p) else f"{p:g}% mist dit" for p in rows["procent"]]
    simple_table(rows, HISTORY, "Opgaven, de nieuwste bovenaan")
