"""A table in which every figure has a line of its own, with the area on it: plain HTML, everything escaped."""

from __future__ import annotations

import html
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.spine import BY_THEME, GEMEENTE, HIGHER, LOWER, ORDERS, against, spine
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.table import tag_look
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
    st.html(_table(rows, f"Alle cijfers van {area.naam}, naast {named}", order == BY_THEME, named))
    parts.note(EXPLAINED.format(naast=named))


def _table(rows: pd.DataFrame, caption: str, grouped: bool, named: str) -> str:
    heads = "".join(
        f'<th scope="col" role="columnheader" class="wwz-{side}">{html.escape(title)}</th>'
        for title, side in (
            ("Cijfer", "left"),
            ("Hier", "right"),
            (named.capitalize() if named[:1].islower() else named, "right"),
            ("Verschil", "left"),
            ("Waar op de lijn", "left"),
        )  # fmt: skip
    )
    bodies = []
    for name, group in groupby(rows.to_dict("records"), key=lambda row: row["groep"] if grouped else ""):
        top = (
            f'<tr class="wwz-group" role="row"><th scope="rowgroup" role="rowheader" colspan="5">{html.escape(name)}</th></tr>'
            if name
            else ""
        )
        bodies.append(f'<tbody role="rowgroup">{top}{"".join(map(_line, group))}</tbody>')
    label = html.escape(caption, quote=True)
    return (
        f'<div class="wwz-table wwz-short wwz-folds wwz-rug" lang="nl"><div class="wwz-scroll" role="region" tabindex="0" aria-label="{label}">'
        f'<table role="table"><caption><span>{label}</span></caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f"{''.join(bodies)}</table></div></div>"
    )


def _line(row: dict[str, Any]) -> str:
    look, sign = SIGNS.get(row["verschil"], PLAIN)
    cells = (
        ("Hier", "right", f"<span>{_text(row['hier'])}</span><small>{_text(row['marge'])}</small>"),
        ("Daarnaast", "right", f"<span>{_text(row['naast'])}</span>"),
        ("Verschil", "left", f'<span class="wwz-{look}">{sign} {_text(row["verschil"])}</span>'),
        ("Waar", "left", _bar(row, look, sign)),
    )
    rest = "".join(
        f'<td role="cell" class="wwz-{side}"><span class="wwz-name">{title}</span>{cell}</td>'
        for title, side, cell in cells
    )
    tag = f'<span class="wwz-tag wwz-tag-{tag_look(row["soort"])} wwz-below">{_text(row["soort"])}</span>'
    return f'<tr role="row"><th scope="row" role="rowheader" class="wwz-left"><span>{_text(row["titel"])}</span>{tag}</th>{rest}</tr>'


def _bar(row: dict[str, Any], look: str, sign: str) -> str:
    """The line with the middle half, the figure beside it, the margin and the mark; only seen, the cells say the same."""
    if pd.isna(row["plek"]):
        return "<small>te weinig gebieden voor een lijn</small>"
    pieces = [
        f'<i class="wwz-midden" style="left:{_at(row["kwart"])};right:{_at(1 - row["driekwart"])}"></i>'
    ]
    if not pd.isna(row["plek_onder"]) and not pd.isna(row["plek_boven"]):
        pieces.append(
            f'<i class="wwz-streep" style="left:{_at(row["plek_onder"])};right:{_at(1 - row["plek_boven"])}"></i>'
        )
    if not pd.isna(row["naast_plek"]):
        pieces.append(f'<i class="wwz-daarnaast" style="left:{_at(row["naast_plek"])}"></i>')
    pieces.append(f'<b class="wwz-{look}" style="left:{_at(row["plek"])}">{sign}</b>')
    return f'<span class="wwz-lijn" aria-hidden="true">{"".join(pieces)}</span>'


def _at(part: float) -> str:
    return f"{100 * part:.1f}%"


def _text(value: Any) -> str:
    return html.escape(str(value or ""), quote=True)
