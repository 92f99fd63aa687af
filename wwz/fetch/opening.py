"""Open everything in a plan at its source; an older table stands in for one that is gone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pandas as pd

from wwz.base.errors import Fout
from wwz.fetch.catalogue import is_listed
from wwz.fetch.features import Features, Floors
from wwz.fetch.items import Item, Size, Workplace, rules
from wwz.fetch.odata3 import Table3
from wwz.fetch.odata4 import Table4
from wwz.fetch.osm import Points
from wwz.fetch.pdok import Layer
from wwz.fetch.plan import Plan, older, table_numbers
from wwz.fetch.postcodes import Postcodes
from wwz.fetch.progress import Gestopt
from wwz.fetch.shape import lacking
from wwz.fetch.squares import Grid
from wwz.fetch.trouble import STAYS, Leeg, Uitgevallen, Veranderd, Weg
from wwz.fetch.whole import WholeTable, is_uncounted
from wwz.knowledge import load_toml

Opened = Table3 | Table4 | Layer | Grid | Points | Features | Postcodes
OTHER: dict[str, Callable[[Item, Workplace], Opened]] = {
    "grenzen": Layer, "raster": Grid, "raster_vol": Grid, "osm": Points,
    "bag": Features, "lagen": Floors, "bgt": Features, "postcodes": Postcodes,
}  # fmt: skip


def open_all(plan: Plan, place: Workplace) -> tuple[dict[Item, Opened], list[str]]:
    """Read the description of every table and layer.

    Returns
    -------
    tuple of dict and list
        Item → what fetches it, and Dutch remarks about tables that are gone and figures that are missing in one.

    Raises
    ------
    Fout
        When something needed is gone, or a source cannot be reached.
    """
    opened: dict[Item, Opened] = {}
    absent: dict[Item, Weg] = {}
    for item in plan.items:
        _open_newest(item, place, plan, opened, absent)
    remarks = _about_figures(plan, place, opened, absent)
    _open_divisions(place, opened)
    # What was only tried in its place is of no interest.
    return opened, [
        *plan.opmerkingen,
        *_about_absent({i: w for i, w in absent.items() if i in plan.items}),
        *remarks,
    ]


def _open_newest(
    item: Item, place: Workplace, plan: Plan, opened: dict[Item, Opened], absent: dict[Item, Weg]
) -> None:
    """Open the item, or else the newest older table of its family; what cannot be had goes to `absent`."""
    wanted: Item | None = item
    while wanted is not None:
        place.client.progress.say(f"{wanted.titel}: wat is er?")
        try:
            opened[wanted] = _with_rows(open_item(wanted, place))
            return
        except Weg as gone:
            if wanted.nodig:
                raise _needed(wanted, gone) from gone
            absent[wanted] = gone
            wanted = older(wanted, [*plan.items, *opened, *absent])
        except Gestopt:
            raise
        except Fout as problem:
            if not is_loose(wanted):
                raise
            absent[wanted] = Uitgevallen(str(problem))
            return


def _open_divisions(place: Workplace, opened: dict[Item, Opened]) -> None:
    """Kerncijfers of the year on whose areas a table is published: without them nobody can tell which areas stayed."""
    published, numbers = load_toml("jaren.toml")["indeling"]["tabellen"], table_numbers("kwb")
    for item in list(opened):
        year = published.get(item.tabel)
        there = {i.jaar for i in opened if i.familie == "kwb"}
        if year in numbers and year not in there:
            extra = replace(item, familie="kwb", tabel=numbers[year], jaar=year, nodig=False)
            # What is gone is said when the database is made, with what could not be compared.
            with suppress(Weg):
                opened[extra] = _with_rows(open_item(extra, place))


def is_loose(item: Item) -> bool:
    """Whether the rest goes on without it, whatever is wrong with its source."""
    return bool(rules()["familie"][item.familie].get("los"))


def _needed(item: Item, gone: Weg) -> Fout:
    if isinstance(gone, Veranderd):
        return gone
    reason = (
        "heeft (nog) geen cijfers van deze gemeenten"
        if isinstance(gone, Leeg)
        else "staat niet (meer) bij de bron"
    )
    return Fout(f"{item.titel} {reason}. {STAYS} Kies een ander jaar.")


def _about_absent(absent: dict[Item, Weg]) -> list[str]:
    changed = [item.titel for item, why in absent.items() if isinstance(why, Veranderd)]
    failed = [f"{item.titel}: {why}" for item, why in absent.items() if isinstance(why, Uitgevallen)]
    gone = [item.titel for item, why in absent.items() if not isinstance(why, Veranderd | Uitgevallen)]
    remarks = []
    if gone:
        remarks.append(
            f"Niet (meer) bij de bron, of nog leeg: {'; '.join(gone)}. Die cijfers kunnen ontbreken."
        )
    if failed:
        remarks.append(f"Niet opgehaald, de rest wel: {' '.join(failed)}")
    if changed:
        remarks.append(
            f"Niet meer te lezen, want een kolom heet er anders: {'; '.join(changed)}. Die cijfers zijn van een ouder jaar of ontbreken."
        )
    return remarks


def _about_figures(
    plan: Plan, place: Workplace, opened: dict[Item, Opened], absent: dict[Item, Weg]
) -> list[str]:
    """Remarks about figures that a table lacks and an older one has; the older one is then fetched too."""
    remarks = []
    for item, table in [(i, t) for i, t in opened.items() if _is_alone(i)]:
        missing = lacking(item, table.kolommen)
        before = older(item, [*plan.items, *opened, *absent]) if missing else None
        if before is None:
            continue
        _open_newest(before, place, plan, opened, absent)
        names = ", ".join(missing)
        remarks.append(
            f"In {item.titel} staan geen cijfers over {names}. Die zijn van een ouder jaar of ontbreken."
        )
    return remarks


def _is_alone(item: Item) -> bool:
    """Whether no other year of its family is fetched anyway."""
    return rules()["familie"][item.familie].get("jaren") == 1


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
    if is_uncounted(item.familie):
        return WholeTable(item, place)
    try:
        return Table3(item, place)
    except (Gestopt, Veranderd):
        raise
    except Fout as problem:
        return _open_v4(item, place, problem)


def _open_v4(item: Item, place: Workplace, problem: Fout) -> Table4:
    """Whatever is wrong with version 3 (gone, refused, out of order): version 4 may have the table."""
    try:
        return Table4(item, place)
    except (Gestopt, Veranderd):
        raise
    except Weg as gone:
        # A service may answer with a failure for ever about a table that was withdrawn; the catalogue knows.
        raise (problem if isinstance(problem, Weg) or _is_there(item, place) else gone) from None
    except Fout as other:
        # Gone from the one and out of reach at the other is not the same as gone.
        raise (other if isinstance(problem, Weg) and item.nodig else problem) from None


def _is_there(item: Item, place: Workplace) -> bool:
    """Whether the table still exists; a catalogue that does not answer tells nothing, so then it does."""
    try:
        return is_listed(item, place)
    except Gestopt:
        raise
    except Fout:
        return True


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


def build_seconds(known: dict[Item, tuple[Size, bool]]) -> float:
    """How long making the database will take, roughly, from the sizes."""
    areas = max((size.rijen or 0 for item, (size, _) in known.items() if item.nodig), default=0)
    pace = rules()["tijd"]
    return pace["bouw_seconden"] + areas * pace["bouw_seconden_per_gebied"]
