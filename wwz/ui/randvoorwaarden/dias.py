"""Randvoorwaarden before a room: what is known in one sentence, and then each group of conditions, one at a time."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from wwz.ask import conditions
from wwz.ask.area import Area
from wwz.base.sentence import capital, sentences
from wwz.knowledge import domain
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.dias import Draw, dias
from wwz.ui.shared.drawings import Range
from wwz.ui.shared.table import Column, Table

# Rows that can be read from the last row.
MOST = 6
COLUMNS = [
    Column("titel", "Randvoorwaarde", sub_field="graad"),
    Column("status", "Status", kind="tag"),
    Column("mensen_tekst", "Mensen zonder", align="right", sub_field="marge_tekst", drawing=Range("zeker", "mogelijk")),
]  # fmt: skip


def conditions_dias(store: Store, area: Area) -> None:
    """The whole screen while projecting."""
    known, view = domain.domein(), state.view()
    group = known.doelgroepen[view.doelgroep]
    rows = conditions.status_rows(store, area, group.code, view.mantelzorg)
    slides: dict[str, Draw] = {"Samen": partial(_together, area, rows)}
    for name, part in rows.groupby("groep", sort=False):
        for first in range(0, len(part), MOST):
            title = f"{name} ({first // MOST + 1})" if len(part) > MOST else str(name)
            shown = part.iloc[first : first + MOST].reset_index(drop=True)
            slides[title] = partial(_group, area, str(name), shown)
    dias("randvoorwaarden", slides)


def _together(area: Area, rows: pd.DataFrame) -> None:
    known, view = domain.domein(), state.view()
    group = known.doelgroepen[view.doelgroep]
    parts.title(
        f"Wat {group.titel.lower()} nodig hebben om thuis te wonen",
        f"{area.naam} · {known.mantelzorg[view.mantelzorg].titel}",
        "aanname",
    )
    parts.points(sentences(conditions.summary(rows, area, group.titel)))
    with st.container(horizontal=True):
        groups = {code: one.titel for code, one in known.doelgroepen.items()}
        state.bound(st.selectbox, "Doelgroep", "doelgroep", list(groups), format_func=groups.get)
        carers = {code: one.titel for code, one in known.mantelzorg.items()}
        state.bound(st.selectbox, "Mantelzorg", "mantelzorg", list(carers), format_func=carers.get)


def _group(area: Area, name: str, rows: pd.DataFrame) -> None:
    known, view = domain.domein(), state.view()
    group = known.doelgroepen[view.doelgroep]
    parts.title(capital(name), f"{group.titel} · {area.naam}", "aanname")
    Table(rows, COLUMNS, f"{capital(name)}: {group.titel.lower()} in {area.naam}").short()
    parts.source_line(*rows["bron"].dropna())
