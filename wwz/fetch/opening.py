"""Open everything in a plan at its source; an older table stands in for one that is gone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from wwz.errors import Fout
from wwz.fetch.grid import Grid
from wwz.fetch.items import Item, Size, Workplace, rules
from wwz.fetch.odata3 import Table3
from wwz.fetch.odata4 import Table4
from wwz.fetch.pdok import Layer
from wwz.fetch.plan import Plan, older
from wwz.fetch.progress import Gestopt
from wwz.fetch.trouble import STAYS, Leeg, Weg

Opened = Table3 | Table4 | Layer | Grid
OTHER = {"grenzen": Layer, "raster": Grid}


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
                    reason = (
                        "heeft (nog) geen cijfers van deze gemeenten"
                        if isinstance(gone, Leeg)
                        else "staat niet (meer) bij de bron"
                    )
                    raise Fout(f"{wanted.titel} {reason}. {STAYS} Kies een ander jaar.") from gone
                absent.append(wanted)
                wanted = older(wanted, [*plan.items, *opened, *absent])
    # What was only tried in its place is of no interest.
    names = "; ".join(item.titel for item in plan.items if item in absent)
    return opened, [
        f"Niet (meer) bij de bron, of nog leeg: {names}. Die cijfers kunnen ontbreken."
    ] if absent else []


def _with_rows(fetcher: Opened) -> Opened:
    if fetcher.size().rijen == 0:
        raise Leeg("De tabel heeft geen rijen.")
    return fetcher


def open_item(item: Item, place: Workplace) -> Opened:
    """A layer, the squares, or a table in whichever version of OData it is published.

    Raises
    ------
    Weg
        When it is not there.
    """
    if item.familie in OTHER:
        return OTHER[item.familie](item, place)
    try:
        return Table3(item, place)
    except Gestopt:
        raise
    except Fout as problem:
        # Whatever is wrong with version 3 (gone, refused, out of order): version 4 may have the table.
        try:
            return Table4(item, place)
        except Gestopt:
            raise
        except Fout as other:
            # Gone from the one and out of reach at the other is not the same as gone.
            raise (other if isinstance(problem, Weg) and item.nodig else problem) from None


def measure(plan: Plan, place: Workplace) -> tuple[pd.DataFrame, list[str]]:
    """Ask how much each item is, without fetching it.

    Returns
    -------
    tuple of DataFrame and list
        Columns titel, rijen and megabyte (<NA> when nobody can tell), ongeveer (whether these are a guess), versie and
        seconden; and Dutch remarks.
    """
    opened, remarks = open_all(plan, place)
    rows = []
    for item, (size, guessed) in sizes(opened).items():
        rows.append(
            (item.titel, size.rijen, size.bytes and size.bytes / 1e6, guessed, size.versie, size.seconden)
        )
    frame = pd.DataFrame(rows, columns=["titel", "rijen", "megabyte", "ongeveer", "versie", "seconden"])
    return frame.astype({"rijen": "Int64", "megabyte": "Float64"}), remarks


def sizes(opened: dict[Item, Opened]) -> dict[Item, tuple[Size, bool]]:
    """Size of each item, and whether it is a guess: PDOK does not tell how many areas it has, the tables do."""
    known = {item: fetcher.size() for item, fetcher in opened.items()}
    areas = max(
        (size.rijen or 0 for item, size in known.items() if item.nodig and item.familie != "grenzen"),
        default=0,
    )
    return {
        item: (_guess(item, size, areas), True) if item.familie == "grenzen" else (size, False)
        for item, size in known.items()
    }


def _guess(item: Item, size: Size, areas: int) -> Size:
    rows = round(areas * rules()["tijd"]["deel_van_laag"][item.tabel])
    return replace(
        size,
        rijen=rows,
        bytes=rows * rules()["tekens_per_vlak"],
        vragen=size.vragen + rows // rules()["vlakken_per_pagina"],
    )


def build_seconds(opened: dict[Item, Opened]) -> float:
    """How long making the database will take, roughly."""
    areas = max((size.rijen or 0 for item, (size, _) in sizes(opened).items() if item.nodig), default=0)
    pace = rules()["tijd"]
    return pace["bouw_seconden"] + areas * pace["bouw_seconden_per_gebied"]
