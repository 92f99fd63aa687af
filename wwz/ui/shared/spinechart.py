"""A table in which every figure has a line of its own, with the area on it."""

from __future__ import annotations

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.spine import BY_THEME, GEMEENTE, HIGHER, LOWER, ORDERS, against, spine
from wwz.base.sentence import capital
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.drawings import Line
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

# The shape says what the colour says: up, down, and a plain dot where there is no clear difference.
SIGNS = {HIGHER: ("hoger", "▲"), LOWER: ("lager", "▼")}
PLAIN = ("gelijk", "●")
EXPLAINED = (
    "De balk loopt van het laagste naar het hoogste gebied in deze gegevens; het donkere stuk is de middelste helft, de streep {naast}. "
    "▲ is hoger dan {naast}, ▼ lager, ● geen duidelijk verschil. Hoger is niet altijd slechter."
)


@fragment
def spine_chart(store: Store, area: Area, key: str) -> None:
    """Choose with what to compare and how to sort; then all figures on a line each."""
    names = {GEMEENTE: "de gemeente"}
    with st.container(horizontal=True, key=f"{key}-keuzes"):
        options = against(store, area)
        beside = st.segmented_control(
            "Vergelijk met",
            options,
            default=options[0],
            format_func=lambda one: names.get(one, one),
            key=f"{key}-naast",
        )
        order = st.selectbox("Volgorde", list(ORDERS), format_func=ORDERS.get, key=f"{key}-volgorde")
    beside = beside or options[0]
    rows = spine(store, area, beside, order)
    if rows.empty:
        parts.empty(f"Van {area.naam} is geen cijfer bekend.")
        return
    named = names.get(beside, beside)
    looks = [SIGNS.get(word, PLAIN) for word in rows["verschil"]]
    shown = rows.assign(
        kijk=[look for look, _ in looks],
        teken=[sign for _, sign in looks],
        verschil_tekst=[f"{sign} {word}" for (_, sign), word in zip(looks, rows["verschil"], strict=True)],
    )
    Table(shown, _columns(named), f"Alle cijfers van {area.naam}, naast {named}").short(
        group_field="groep" if order == BY_THEME else None, folds=True
    )
    parts.note(EXPLAINED.format(naast=named))


def _columns(named: str) -> list[Column]:
    return [
        Column("titel", "Cijfer", tag_field="soort"),
        Column("hier", "Hier", sub_field="marge", align="right"),
        Column("naast", capital(named), align="right"),
        Column("verschil", "Verschil", text_field="verschil_tekst", look_field="kijk"),
        Column("verschil", "Waar op de lijn", drawing=Line("kijk", "teken")),
    ]
