"""What every table holds that an answer is made of: the description beside the schema (sql/beschrijving.toml)."""

from __future__ import annotations

import pandas as pd

from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.knowledge.rules import calculation_rules
from wwz.store import Store, remembered

FILE = "beschrijving.toml"


def descriptions(columns: pd.DataFrame) -> pd.DataFrame:
    """Per table and column what it is, in Dutch.

    Parameters
    ----------
    columns
        tabel and kolom, in the order of the screen.

    Returns
    -------
    pandas.DataFrame
        tabel, over (what the table is), kolom and uitleg; empty text where nothing is written.
    """
    known = load_toml(FILE, SQL)
    rules = {rule.code: f"{rule.titel}." for rule in calculation_rules()}
    own, shared = {**known["kolom_van"]}, known["kolom"]
    own["regel"] = {**rules, **own["regel"]}
    return columns.assign(
        over=[known["tabel"].get(table, "") for table in columns["tabel"]],
        uitleg=[
            own.get(table, {}).get(column, shared.get(column, ""))
            for table, column in zip(columns["tabel"], columns["kolom"], strict=True)
        ],
    )


@remembered
def described(store: Store, words: str = "") -> pd.DataFrame:
    """The described tables of this database in which the words occur: tabel, over, kolom and uitleg."""
    rows = descriptions(store.ask("tabellen"))
    return matching(rows[rows["over"] != ""], words)


def matching(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows in which all these words occur, in a name or in a description; upper and lower case are the same."""
    text = rows[["tabel", "over", "kolom", "uitleg"]].agg(" ".join, axis=1).str.lower()
    wanted = words.lower().split()
    return rows[[all(word in line for word in wanted) for line in text]]
