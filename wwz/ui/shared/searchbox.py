"""The box in which one searches areas by name. The browser holds what was found, the server holds all the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from wwz.ask.view import MOST_CODES
from wwz.store import Store
from wwz.ui.shared.component import component, text_of
from wwz.ui.shared.searchroute import address, chosen_entry

_component = component(
    "wwz_search",
    '<div class="wwz-zoek" lang="nl"></div>',
    "dom.js",
    "search.js",
    css=text_of("search.css"),
)

Choose = Callable[[tuple[str, ...], bool], None]


def search_box(
    store: Store,
    label: str,
    key: str,
    chosen: Sequence[str],
    on_choose: Choose,
    *,
    open_code: str = "",
    resting: str = "",
    hint: str = "",
    show_label: bool = True,
    most: int = MOST_CODES,
) -> None:
    """Show the box with what is chosen.

    Parameters
    ----------
    chosen
        Codes; what the data do not hold is left out.
    on_choose
        Called before the run that follows, with all codes that are chosen then, and whether `open_code` stays.
        The whole list each time: of two quick choices the last one holds both.
    open_code
        The area that was pointed at (on the map); it can be let go by itself.
    resting
        What is chosen when nothing is: the name of everything.
    hint
        What choosing several does.
    most
        How many may be chosen.
    """

    def choose() -> None:
        value = read_choice(st.session_state[key].get("kies"), st.session_state.get(f"{key}-nr", 0))
        if value is None:
            return
        number, codes, stays = value
        st.session_state[f"{key}-nr"] = number
        on_choose(tuple(code for code in codes if chosen_entry(store, code))[:most], stays)

    names = [entry for code in chosen if (entry := chosen_entry(store, code))]
    opened = chosen_entry(store, open_code)
    _component(
        key=key,
        data={
            "naam": label,
            "zichtbaar": show_label,
            "adres": address(),
            "gekozen": [{"code": e.code, "naam": e.naam, "over": e.over} for e in names],
            "open": {"code": opened.code, "naam": opened.naam, "over": opened.over} if opened else None,
            "rust": resting,
            "uitleg": hint,
            "meeste": most,
            "nr": st.session_state.get(f"{key}-nr", 0),
        },
        on_kies_change=choose,
    )


def read_choice(value: Any, last: int) -> tuple[int, tuple[str, ...], bool] | None:
    """What the browser says was chosen: its number, the codes and whether the open area stays.

    A browser can send anything, and the framework may hand the same choice over twice: None for either.
    """
    if not isinstance(value, Mapping):
        return None
    number, codes = value.get("nr"), value.get("codes")
    if (
        not isinstance(number, int)
        or isinstance(number, bool)
        or number == last
        or not isinstance(codes, list)
    ):
        return None
    texts = [code for code in codes[:MOST_CODES] if isinstance(code, str)]
    return number, tuple(dict.fromkeys(texts)), value.get("open") is True
