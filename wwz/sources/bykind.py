"""Counts that a table divides by kind (of help): of every kind we know, a variable of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources import columns as col


def kinds_of(frame: pd.DataFrame, mapping: dict[str, str]) -> Iterator[tuple[str, str, pd.Series]]:
    """The kinds that a table has.

    Parameters
    ----------
    frame
        Rows of a table, not yet cut down to totals.
    mapping
        Column → variable.

    Yields
    ------
    tuple of str, str and Series
        The variable of the kind, the column with its counts, and which rows are of this kind.
    """
    counted = {variable: column for column, variable in mapping.items()}
    for kind in load_toml("soorten.toml")["soort"]:
        column = col.first_column(list(frame.columns), (col.stem(kind["kolom"]),))
        if column is None or kind["maat"] not in counted:
            continue
        rows = _is_one_of(frame[column], kind)
        if rows.any():
            yield kind["variabele"], counted[kind["maat"]], rows


def variables_by_kind() -> frozenset[str]:
    """Variables that are no column of a table but a kind in it."""
    return frozenset(kind["variabele"] for kind in load_toml("soorten.toml")["soort"])


def titles_in(column: str) -> frozenset[str]:
    """All titles that a kind in this column may have."""
    return frozenset(
        title
        for kind in load_toml("soorten.toml")["soort"]
        if kind["kolom"] == column
        for title in kind["titels"]
    )


def _is_one_of(values: pd.Series, kind: dict) -> pd.Series:
    texts = values.astype("string").str.strip()
    # The same title stands in a table many times: bring each to its stem once.
    known = {text: col.stem(text) for text in texts.dropna().unique()}
    stems = {col.stem(title) for title in kind["titels"]}
    return (texts.isin(kind["sleutels"]) | texts.map(known).isin(stems)).fillna(False).astype(bool)
