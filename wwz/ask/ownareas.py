"""Areas of one's own beside those of the data: in one list, and what a list of codes is made of."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from wwz.ask.area import missing_members
from wwz.base.codes import as_code
from wwz.base.errors import Fout
from wwz.own import areas as ownareas
from wwz.own.areas import OwnArea
from wwz.store import Store, remembered

MOST_NAMED = 10


def usable(store: Store) -> list[OwnArea]:
    """The areas of one's own of which the data have every buurt."""
    return [own for own in ownareas.kept(store.path) if own.buurten and not missing_members(store, own)]


def all_areas(store: Store) -> pd.DataFrame:
    """`Store.areas` with the areas of one's own that can be used, at level 'eigen'."""
    areas, own = store.areas(), usable(store)
    if not own:
        return areas
    people = inhabitants(store)
    rows = [
        {
            "code": one.code,
            "naam": one.naam,
            "niveau": "eigen",
            "inwoners": people.reindex(one.buurten).sum(),
            "water": False,
            "kleinste": False,
        }
        for one in own
    ]
    return pd.concat([pd.DataFrame(rows).reindex(columns=areas.columns).astype(areas.dtypes), areas])


@remembered
def inhabitants(store: Store) -> pd.Series:
    """People in each of the smallest areas, by code; missing where unknown."""
    areas = store.areas()
    return areas[areas["kleinste"]].set_index("code")["inwoners"].astype("float64")


@remembered
def names(store: Store) -> pd.Series:
    """Name of every area, by code."""
    areas = store.areas()
    return areas.set_index("code")["naam"]


def members(store: Store, codes: Iterable[str]) -> tuple[str, ...]:
    """The smallest areas of which these areas (buurten, wijken, gemeenten, own ones) consist, each once.

    Raises
    ------
    Fout
        With every code that is not in the data.
    """
    wanted = list(dict.fromkeys(map(as_code, codes)))
    own = {area.code: area for area in usable(store)}
    known = set(store.areas()["code"])
    if unknown := [code for code in wanted if code not in known and code not in own]:
        more = f" en {len(unknown) - MOST_NAMED} andere" if len(unknown) > MOST_NAMED else ""
        raise Fout(
            f"Niet in de gegevens: {', '.join(unknown[:MOST_NAMED])}{more}. Kies codes uit: python -m wwz gebieden."
        )
    found = store.ask("leden", gebieden=[code for code in wanted if code in known])["buurt"]
    parts = [*found, *(part for code in wanted if code in own for part in own[code].buurten)]
    return tuple(sorted(dict.fromkeys(parts)))
