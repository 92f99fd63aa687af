"""The area that a visitor is composing: in the session until it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from wwz.ask.area import Area, find_area
from wwz.base.codes import kept_code
from wwz.own import areas as ownareas
from wwz.store import Store
from wwz.ui.shared import state

PLACE = "gebied-schets"


@dataclass(frozen=True)
class Draft:
    """What is composed.

    Attributes
    ----------
    buurten
        Codes, in order.
    code, versie
        The area that it changes, and the version that was on screen; empty and 0 for a new one.
    van
        Of which choice of area it began: another choice begins anew.
    hoeken
        Corners of a line that is being drawn: latitude, longitude.
    """

    buurten: tuple[str, ...] = ()
    code: str = ""
    versie: int = 0
    naam: str = ""
    doel: str = ""
    eigenaar: str = ""
    van: tuple[str, ...] = ()
    hoeken: tuple[tuple[float, float], ...] = ()


def current(store: Store) -> Draft:
    """The draft of this session. Who chooses an area of one's own, or a wijk, begins with that."""
    found = st.session_state.get(PLACE)
    chosen = state.view().gebied
    if found is None or found.van != chosen:
        found = _begin(store, chosen)
        st.session_state[PLACE] = found
    return found


def _begin(store: Store, chosen: tuple[str, ...]) -> Draft:
    if len(chosen) == 1 and kept_code(chosen[0]):
        own = ownareas.find(store.path, chosen[0])
        if own is not None:
            return Draft(own.buurten, own.code, own.versie, own.naam, own.doel, own.eigenaar, chosen)
    area = state.area()
    whole = area.niveau in ("gemeente", "land") or area.kind == "regio"
    return Draft(() if whole else area.buurten, van=chosen)


def change(**changes: object) -> None:
    """Change the draft; for callbacks."""
    st.session_state[PLACE] = replace(st.session_state.get(PLACE, Draft()), **changes)


def toggle(code: str) -> None:
    """Take a buurt in, or leave it out."""
    now = st.session_state.get(PLACE, Draft()).buurten
    change(buurten=tuple(one for one in now if one != code) if code in now else tuple(sorted((*now, code))))
    state.draw_all()


def take_in(codes: Iterable[str]) -> None:
    """Take buurten in."""
    change(buurten=tuple(sorted({*st.session_state.get(PLACE, Draft()).buurten, *codes})))


def surroundings(store: Store, area: Area) -> Area:
    """What the map shows: the gemeenten around the area, or what was chosen when that is larger."""
    if area.niveau in ("gemeente", "land") or area.kind == "regio":
        return area
    gemeente = store.areas().set_index("code")["gemeente"].reindex(list(area.buurten)).dropna()
    codes = sorted(set(gemeente))
    return find_area(store, codes) if codes else area
