"""How many people use a kind of help, as its source publishes it per gemeente: counted in the way of the source.

Use is not need, and not the definition of the region: such a number stands apart until the region settles these very words.
"""

from __future__ import annotations

import pandas as pd

from wwz.knowledge.regions import Groep
from wwz.own.ledger import Entry
from wwz.own.region import hidden
from wwz.own.region.register import Definitie
from wwz.store import Store


def definition(groep: Groep) -> Definitie | None:
    """Who the source counts, in the words a region can settle; None where nothing is published."""
    if not groep.gebruik:
        return None
    return Definitie(groep.code, groep.gebruik_definitie, groep.gebruik_peildag, groep.gebruik_van)


def published(store: Store, groep: Groep) -> pd.DataFrame:
    """What is published of a group, of all gemeenten in the data.

    Returns
    -------
    pandas.DataFrame
        gemeente, jaar, aantal (people) and bron (a sentence): a row per gemeente and year (sql/answers/regio_gebruik.sql).
    """
    if not groep.gebruik:
        return pd.DataFrame(columns=["gemeente", "jaar", "aantal", "bron"])
    return store.ask("regio_gebruik", variabele=groep.gebruik)


def entries(store: Store, groep: Groep) -> list[Entry]:
    """The same as the ledger would hold it: a small number is protected as one that was given."""
    counted = definition(groep)
    if counted is None:
        return []
    found: list[Entry] = []
    for year, rows in published(store, groep).groupby("jaar"):
        counts = {row.gemeente: int(row.aantal) for row in rows.itertuples()}
        found += hidden.as_if_given(groep.code, counts, counted.kenmerk, f"{year}-{counted.peildag}")
    return found


def source(store: Store, groep: Groep, jaar: int) -> str:
    """Who published the numbers of a year."""
    rows = published(store, groep)
    return " ".join(dict.fromkeys(rows.loc[rows["jaar"] == jaar, "bron"]))
