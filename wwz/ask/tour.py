"""What a stop of a rondleiding shows: the view of its link, as far as that is still in the data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from wwz.ask.area import find_area
from wwz.ask.layer import available, layers
from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.knowledge import catalogue
from wwz.own.tours import Stop
from wwz.store import Store

# Screens that can be a stop, and what they are called.
SCREENS = {
    "kaart": "Kaart",
    "wijkagenda": "Wijkagenda",
    "wijkprofiel": "Wijkprofiel",
    "randvoorwaarden": "Randvoorwaarden",
    "vergelijken": "Vergelijken",
    "toekomst": "Toekomst",
}
FIRST = "kaart"
# Fields of a view that name areas, one area, or a layer.
AREAS, LAYERS = ("gebied", "gekozen", "vergelijk"), ("laag", "tweede", "met", "afstand")
# How one looks, and in which rondleiding one is, are no part of what is shown.
NOT_SHOWN: dict[str, Any] = {"projectie": "uit", "rondleiding": "", "stop": 0}


def link_of(view: View) -> str:
    """What is on screen as the query of a link, to keep in a stop."""
    return urlencode(replace(view, **NOT_SHOWN).to_query())


def screen_of(stop: Stop) -> str:
    """The name of its screen; of one that is no more, the first screen."""
    return stop.scherm if stop.scherm in SCREENS else FIRST


def shown(store: Store, stop: Stop) -> tuple[View, str]:
    """The view of a stop without what is not in the data any more, and one sentence about that; empty when all is there."""
    view = replace(from_query(dict(parse_qsl(stop.link))), **NOT_SHOWN)
    usual, gone = View(), []
    for field in AREAS:
        codes = getattr(view, field)
        lost = [
            code
            for code in ([codes] if isinstance(codes, str) else codes)
            if code and not _is_area(store, code)
        ]
        if lost:
            left = tuple(code for code in codes if code not in lost) if isinstance(codes, tuple) else ""
            view = view.changed(**{field: left})
            gone += [f"gebied {code}" for code in lost]
    with_figures = set(available(store)["code"])
    # Only the colours of a map can be bounds.
    there = dict.fromkeys(LAYERS, with_figures) | {"laag": set(layers(store)["code"])}
    for field, codes in there.items():
        code = getattr(view, field)
        if code and code not in codes:
            view = view.changed(**{field: getattr(usual, field)})
            gone.append(f"de laag {catalogue()[code].kort if code in catalogue() else code}")
    return view, _told(gone)


def _told(gone: list[str]) -> str:
    if not gone:
        return ""
    return f"Niet meer in de gegevens: {', '.join(dict.fromkeys(gone))}; u ziet hier wat er nog wel is."


def _is_area(store: Store, code: str) -> bool:
    try:
        find_area(store, [code])
    except Fout:
        return False
    return True
