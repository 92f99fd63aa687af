"""What the search box asks while someone types: an address of its own, so that a page that is busy answers all the same."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from wwz.ask.areasearch import AreaIndex, Entry
from wwz.ask.ownareas import all_areas
from wwz.ask.postcodes import Found, find_postcode, postcode_in
from wwz.ask.view import MOST_CODES
from wwz.base.errors import Fout
from wwz.own import areas as ownareas
from wwz.store import Store
from wwz.ui.shared import state

PATH = "/zoek-gebied"
# A longer list is not read; whoever types on finds the rest.
MOST_SHOWN = 20


def route() -> Route:
    """For the server: where the search box asks."""
    return Route(address(), _answer, methods=["GET"])


def address() -> str:
    """The same for the browser, with the path of the server before it."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}{PATH}" if base else PATH


def area_index(store: Store) -> AreaIndex:
    """The areas of a database and those of one's own, made ready once for all visitors."""
    return _index(store, ownareas.SHELF.mark(store.path))


@lru_cache(maxsize=2)
def _index(store: Store, mark: str) -> AreaIndex:
    return AreaIndex(all_areas(store))


def chosen_entry(store: Store, code: str) -> Entry | None:
    """An area that was chosen, also a version of one of one's own (EGA000@2), which nobody finds by searching."""
    index = area_index(store)
    if code in index:
        return index.entry(code)
    version = ownareas.find(store.path, code)
    if version is None:
        return None
    return Entry(code, version.naam, f"eigen gebied, versie {version.versie}", (), "", ())


async def _answer(request: Request) -> JSONResponse:
    query = request.query_params
    try:
        found = await run_in_threadpool(answer, query.get("t", ""), query.get("alle") == "1")
    except Fout:
        return JSONResponse({"gebieden": [], "totaal": 0}, status_code=503)
    return JSONResponse(found, headers={"cache-control": "no-store"})


def answer(text: str, everything: bool = False) -> dict[str, object]:
    """What fits a text.

    Parameters
    ----------
    everything
        Only the codes, all of them.

    Returns
    -------
    dict
        totaal, and either gebieden (code, naam and over of the best ones) or codes. When there are more than fit in
        a link, codes is empty. zin: why a postcode is not found.
    """
    found, by_postcode = _found(text)
    if everything:
        codes = [entry.code for entry in found] if len(found) <= MOST_CODES else []
        return {"totaal": len(found), "codes": codes}
    parts = by_postcode.buurten if by_postcode else {}
    rows = [
        {"code": e.code, "naam": e.naam, "over": " · ".join(filter(None, (e.over, parts.get(e.code))))}
        for e in found[:MOST_SHOWN]
    ]
    return {
        "totaal": len(found),
        "gebieden": rows,
        "samen": 1 < len(found) <= MOST_CODES and bool(text.strip()),
        "zin": by_postcode.zin if by_postcode and not found else "",
    }


def _found(text: str) -> tuple[list[Entry], Found | None]:
    """The areas of a text, and what is known of the postcode that it may be. Four digits can also be a code of CBS."""
    store = state.store()
    index, postcode = area_index(store), postcode_in(text)
    if not postcode:
        return index.find(text), None
    by_postcode = find_postcode(store, postcode)
    found = [index.entry(code) for code in by_postcode.buurten if code in index]
    return found or index.find(text), by_postcode
