"""What both versions of OData share: which rows we ask for, and what a list of rows looks like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wwz.fetch.items import Item, prefixes, rules
from wwz.fetch.trouble import Onbruikbaar

JSON = {"$format": "json"}
REGION = ("GeoDetail", "GeoDimension")
PERIODS = "Perioden"
COUNTRY = "NL"


def is_region(kind: str) -> bool:
    """Whether a dimension of this kind (Cbs.OData.GeoDetail, GeoDimension …) has the codes of areas."""
    return kind.endswith(REGION)


def apart(item: Item) -> bool:
    """Whether its gemeenten are asked one by one: so that another choice still finds their pages.

    Of many gemeenten, or none, the whole country is asked, in far fewer questions.
    """
    return 0 < len(item.gemeenten) <= rules()["meeste_gemeenten_apart"]


def wanted(item: Item) -> tuple[str, ...]:
    """How the codes begin of the areas that are kept; nothing for all of them."""
    return (*(p for g in item.gemeenten for p in prefixes(g)), COUNTRY) if item.gemeenten else ()


def conditions(
    item: Item, gebied: str, dimensies: Collection[str], found: Mapping[str, Collection[str]] | None = None
) -> list[str]:
    """The filters that together give every row: one, or one per gemeente (see `apart`).

    `found`: dimension → keys that were looked up by their titles.
    """
    only = dict(found or {}) | {
        column: tuple(keys)
        for column, keys in rules()["familie"][item.familie].get("alleen", {}).items()
        if column in dimensies
    }
    if PERIODS in dimensies and not rules()["familie"][item.familie].get("alle_jaren"):
        only[PERIODS] = (f"{item.jaar}JJ00",)
    common = [_any_of(column, keys) for column, keys in only.items()]
    if not apart(item):
        return [" and ".join(common)]
    areas = [(COUNTRY,), *(prefixes(gemeente) for gemeente in item.gemeenten)]
    return [" and ".join([_any_of(gebied, begin), *common]) for begin in areas]


def _any_of(column: str, begins: Iterable[str]) -> str:
    """Keys are padded with spaces at the source, so compare how they begin."""
    parts = " or ".join(f"startswith({column},'{begin}')" for begin in begins)
    return f"({parts})"


def rows_of(body: Any, what: str, *columns: str, empty: bool = True) -> list[dict[str, Any]]:
    """The rows in an answer.

    Parameters
    ----------
    body
        The parsed answer.
    what
        Dutch word for what it should be: tabel, lijst van gemeenten.
    columns
        What every row must have.
    empty
        Whether there may be none.

    Raises
    ------
    Onbruikbaar
        When it is something else.
    """
    rows = body.get("value") if isinstance(body, dict) else None
    good = isinstance(rows, list) and all(isinstance(r, dict) and r.keys() >= set(columns) for r in rows)
    if not good or not (rows or empty):
        raise Onbruikbaar(f"stuurde geen {what}")
    return rows


def check_count(body: Any) -> None:
    """Refuse what is not a number of rows.

    Raises
    ------
    Onbruikbaar
    """
    if not isinstance(body, int):
        raise Onbruikbaar("gaf geen aantal rijen")
