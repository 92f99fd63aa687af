"""What is chosen on the screen Regio: the region, the group with its numbers, and the key."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wwz.ask.area import Area
from wwz.knowledge.regions import groepen, regels, sleutels
from wwz.region import places, series
from wwz.region.places import Plaats, Regio
from wwz.region.series import ESTIMATED, EXAMPLE, GIVEN, PUBLISHED, Reeks
from wwz.region.spread import MIX
from wwz.store import Store
from wwz.ui.shared import parts, state

HAND, BY_HAND = "zelf", "regio-met-de-hand"
WAYS = {
    GIVEN: "opgegeven door de gemeenten",
    PUBLISHED: "gepubliceerd gebruik",
    ESTIMATED: "onze schatting",
    EXAMPLE: "verzonnen voorbeeld",
}
WEIGHTS = "regio-gewicht-"


@dataclass(frozen=True)
class Chosen:
    """What every part of the screen is about."""

    regio: Regio
    reeks: Reeks
    sleutel: str
    gewichten: dict[str, int] | None


def choose_region(store: Store, area: Area) -> Regio | None:
    """The region; when there is none yet, what to do about it."""
    known, found = places.known(store), places.around(store, area)
    options = {place.code: f"{place.naam} ({place.soort})" for place in known}
    current = found.code if found and found.code in options else HAND
    options[HAND] = "Zelf gemeenten kiezen"

    def picked() -> None:
        code = st.session_state["regio-keuze"]
        st.session_state[BY_HAND] = code == HAND
        if code != HAND:
            place = next(p for p in known if p.code == code)
            state.change(gebied=places.region(store, place).codes, gekozen="")

    st.session_state["regio-keuze"] = HAND if st.session_state.get(BY_HAND) else current
    chosen = st.selectbox(
        "Regio", list(options), format_func=options.get, key="regio-keuze", on_change=picked
    )
    if chosen == HAND:
        _by_hand(store, found)
    if found is None or len(found.gemeenten) < 2:
        parts.empty(
            f"Kies een regio, of kies zelf de gemeenten: 2 tot {regels()['meeste_gemeenten']}. Is er maar één gemeente in de "
            "gegevens? Lees dan bij Gegevens ook de andere gemeenten van de regio in."
        )
        return None
    return places.region(store, found)


def _by_hand(store: Store, found: Plaats | None) -> None:
    areas = store.areas().query("niveau == 'gemeente'").sort_values("naam")
    names = dict(zip(areas["code"], areas["naam"], strict=True))
    here = [code for code in (found.gemeenten if found else ()) if code in names]

    def picked() -> None:
        codes = tuple(st.session_state["regio-gemeenten"])
        if len(codes) > 1:
            state.change(gebied=codes, gekozen="")

    st.multiselect(
        "Gemeenten", list(names), here, format_func=names.get, key="regio-gemeenten", on_change=picked,
        max_selections=regels()["meeste_gemeenten"], placeholder="Kies de gemeenten",
    )  # fmt: skip


def choose_group(regio: Regio) -> Reeks:
    """The group, and where there is more than one, which numbers."""
    there = series.ways(regio)
    titles = {
        code: g.titel + ("" if there[code] else " (nog geen aantallen)") for code, g in groepen().items()
    }
    order = sorted(titles, key=lambda code: not there[code])
    state.bound(st.selectbox, "Groep", "groep", order, format_func=titles.get)
    group = state.view().groep if state.view().groep in titles else order[0]
    ways = there[group]
    if len(ways) > 1:
        state.bound(st.segmented_control, "Welke aantallen?", "telling", ways, format_func=WAYS.get)
    way = state.view().telling if state.view().telling in ways else ""
    return series.series(regio, group, way)


def choose_key() -> tuple[str, dict[str, int] | None]:
    """The key; of a mix the weights."""
    titles = {code: key.titel for code, key in sleutels().items()}
    state.bound(st.selectbox, "Verdeelsleutel", "sleutel", list(titles), format_func=titles.get)
    key = state.view().sleutel if state.view().sleutel in titles else next(iter(titles))
    st.caption(sleutels()[key].uitleg)
    return key, mix_weights() if key == MIX else None


def mix_weights() -> dict[str, int]:
    """The weights of the mix in per cent, to change."""
    usual = dict(sleutels()[MIX].gewichten)
    return {
        code: st.number_input(f"{key.titel} (%)", 0, 100, usual.get(code, 0), 5, key=WEIGHTS + code)
        for code, key in sleutels().items()
        if code != MIX
    }
