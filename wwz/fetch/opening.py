"""Open everything in a plan at its source; an older table stands in for one that is gone."""

from __future__ import annotations

import pandas as pd

from wwz.errors import Fout
from wwz.fetch.client import STAYS, Weg
from wwz.fetch.items import Item, Workplace
from wwz.fetch.odata3 import Table3
from wwz.fetch.odata4 import Table4
from wwz.fetch.pdok import Layer
from wwz.fetch.plan import Plan, older

Opened = Table3 | Table4 | Layer


def open_all(plan: Plan, place: Workplace) -> tuple[dict[Item, Opened], list[str]]:
    """Read the description of every table and layer.

    Returns
    -------
    tuple of dict and list
        Item → what fetches it, and Dutch remarks about tables that are gone.

    Raises
    ------
    Fout
        When something needed is gone, or a source cannot be reached.
    """
    opened: dict[Item, Opened] = {}
    absent: list[Item] = []
    for item in plan.items:
        wanted: Item | None = item
        while wanted is not None:
            place.client.progress.say(f"{wanted.titel}: wat is er?")
            try:
                opened[wanted] = _with_rows(open_item(wanted, place))
                break
            except Weg as gone:
                if wanted.nodig:
                    raise Fout(f"{wanted.titel} staat niet (meer) bij de bron. {STAYS} Kies een ander jaar.") from gone
                absent.append(wanted)
                wanted = older(wanted, [*plan.items, *opened, *absent])
    names = "; ".join(item.titel for item in absent)
    return opened, [f"Niet (meer) bij de bron, of nog leeg: {names}. Die cijfers kunnen ontbreken."] if absent else []


def _with_rows(fetcher: Opened) -> Opened:
    if fetcher.size().rijen == 0:
        raise Weg("De tabel heeft geen rijen.")
    return fetcher


def open_item(item: Item, place: Workplace) -> Opened:
    """A layer, or a table in whichever version of OData it is published.

    Raises
    ------
    Weg
        When it is not there.
    """
    if item.familie == "grenzen":
        return Layer(item, place)
    try:
        return Table3(item, place)
    except Weg:
        return Table4(item, place)


def measure(plan: Plan, place: Workplace) -> tuple[pd.DataFrame, list[str]]:
    """Ask how much each item is, without fetching it.

    Returns
    -------
    tuple of DataFrame and list
        Columns titel, rijen and megabyte (<NA> when the source does not say) and versie; and Dutch remarks.
    """
    opened, remarks = open_all(plan, place)
    rows = []
    for item, fetcher in opened.items():
        size = fetcher.size()
        rows.append((item.titel, size.rijen, size.bytes and size.bytes / 1e6, size.versie))
    frame = pd.DataFrame(rows, columns=["titel", "rijen", "megabyte", "versie"])
    return frame.astype({"rijen": "Int64", "megabyte": "Float64"}), remarks
