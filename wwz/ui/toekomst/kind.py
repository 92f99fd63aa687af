"""What kind of buurt it is: by which marks that is seen, what is planned there, and where somebody says it is another kind."""

from __future__ import annotations

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.buurtkinds import (
    counts_in_words,
    homes_in_words,
    kind_in_words,
    kind_of,
    kinds_in,
    marks_of,
    plans_in,
    plans_in_words,
    waiting_in_words,
)
from wwz.future.kinds import titles
from wwz.own import buurtkind as ownkind
from wwz.own import data as owndata
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table

WAITS = "De laatste wijziging telt pas mee als alles opnieuw is uitgerekend, met de knop bij Eigen cijfers."
MARKS = [
    Column("teken", "Teken"),
    Column("hier", "In deze buurt", align="right"),
    Column("grens", "Grens", align="right"),
    Column("past", "Past"),
    Column("soort", "Hoort bij"),
]
OTHERS = [
    Column("naam", "Buurt"),
    Column("titel", "Soort", sub_field="uitleg"),
    Column("hoe", "Hoe bekend", kind="tag"),
]
PLANS = [
    Column("naam", "Buurt"),
    Column("jaar_tekst", "Jaar"),
    Column("wat", "Wat"),
    Column("woningen", "Woningen", text_field="woningen_tekst", kind="number"),
    Column("bron", "Bron", sub_field="wie"),
]


def about_kind(store: Store, area: Area) -> None:
    """Of one buurt its kind; of a larger area which buurten are of a kind of their own; and what will be built."""
    plans = plans_in(store, area)
    if words := plans_in_words(plans):
        parts.sentence(words)
    if len(area.buurten) == 1:
        _one(store, area.buurten[0])
    else:
        _several(store, area)
    if len(plans):
        with st.expander("Bouwplannen waarmee is gerekend"):
            Table(plans, PLANS, "Woningen erbij en eraf, opgegeven door de gemeente").short(folds=True)
    if owndata.has_changed(store, "bouwplan") or owndata.has_changed(store, ownkind.KIND.code):
        parts.note(WAITS)


def _several(store: Store, area: Area) -> None:
    found = kinds_in(store, area)
    if found.empty:
        return
    parts.note(counts_in_words(found))
    with st.expander("Welke buurten zijn dat?"):
        Table(
            found, OTHERS, "Buurten van een eigen soort. Kies een buurt om te zien waaraan wij dat zien"
        ).short(folds=True)


def _one(store: Store, buurt: str) -> None:
    row = kind_of(store, buurt)
    if row is None:
        return
    parts.sentence(kind_in_words(row))
    with st.expander("Wat voor buurt is dit, en waaraan zien wij dat?"):
        st.write(
            f"Een buurt is van een soort als elk teken daarvan past. Een teken dat onbekend is, telt niet mee. {homes_in_words(row)}"
        )
        Table(marks_of(store, buurt), MARKS, f"Tekenen van {row['naam']}").short(folds=True)
        _other(store, buurt, row)


def _other(store: Store, buurt: str, row: dict) -> None:
    """Say that it is of another kind."""
    if not permission.gate("buurtsoort"):
        return
    said = next((one for one in ownkind.read(store.path) if one.gebied == buurt), None)
    if waits := waiting_in_words(row, said):
        parts.note(waits)
    names, why = f"soort-{buurt}", f"soort-waarom-{buurt}"
    known = titles()
    st.selectbox(
        "Het is een andere soort buurt, namelijk",
        [code for code in known if code != row["soort"]],
        format_func=known.get,
        key=names,
    )
    st.text_input("Waarom?", max_chars=ownkind.LONGEST_WHY, key=why)
    press("Bewaar deze soort", lambda: _keep(store, buurt, names, why), "soort-bewaar", of=store.path)
    if said is not None:
        press("Terug naar wat de tekenen zeggen", lambda: _back(store, buurt), "soort-weg", of=store.path)


def _keep(store: Store, buurt: str, names: str, why: str) -> str:
    chosen = st.session_state[names], st.session_state[why]
    ownkind.keep(store.path, buurt, *chosen, permission.editor_name(), gezien=seen("soort-bewaar"))
    return "De soort is bewaard. Ze telt mee als alles opnieuw is uitgerekend."


def _back(store: Store, buurt: str) -> str:
    ownkind.remove(store.path, buurt, permission.editor_name(), gezien=seen("soort-weg"))
    return "De opgegeven soort is weggehaald. Dat telt mee als alles opnieuw is uitgerekend."
