"""The screen Regio: choices, and the parts behind tabs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.region import words
from wwz.region.spread import Spreiding, spread
from wwz.store import Store
from wwz.ui.regio import current, definitions, dividing, numbers, phases, report, spreading
from wwz.ui.regio.current import Chosen
from wwz.ui.shared import parts, state
from wwz.ui.shared.folds import tabs


def region_screen(store: Store, area: Area) -> None:
    """Everything below the top row."""
    left, right = st.columns([1.15, 4.5], gap="medium")
    with left, st.container(key="keuzes"):
        regio = current.choose_region(store, area)
        if regio is None:
            with right:
                parts.title("Kies eerst een regio", "Een regio is twee of meer gemeenten samen")
            return
        reeks = current.choose_group(regio)
        key, weights = current.choose_key()
    chosen = Chosen(regio, reeks, key, weights)
    with right:
        made = _head(chosen)
        tabs(
            {
                "Spreiding": partial(spreading.spread_part, chosen, made),
                "Verdeling": partial(dividing.dividing_part, chosen, made),
                "Definities": partial(definitions.definitions_part, chosen),
                "Cijfers": partial(numbers.numbers_part, chosen),
                "Fasen": partial(phases.phases_part, chosen),
                "Woonzorganalyse": partial(report.report_part, chosen),
            },
            key="regio-tabs",
        )
    state.publish()


def _head(chosen: Chosen) -> Spreiding | None:
    """The finding as the title; without one, what stands in the way."""
    reeks = chosen.reeks
    try:
        made = spread(reeks, chosen.sleutel, chosen.gewichten)
    except Fout as fout:
        parts.title(f"{reeks.groep.titel} in {chosen.regio.naam}", words.definition_state(reeks))
        parts.empty(" ".join([*fout.zinnen, words.way_out(reeks)]))
        return None
    parts.title(words.headline(made), words.subtitle(made), reeks.hoe)
    return made
