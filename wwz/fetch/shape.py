"""Rows as they came → a file that our readers read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from wwz.base.errors import Fout
from wwz.fetch.items import Item
from wwz.fetch.trouble import STAYS, Veranderd
from wwz.knowledge import variables
from wwz.sources.bykind import variables_by_kind
from wwz.sources.columns import PERIOD_NAMES, first_column, map_columns


def check_columns(item: Item, columns: list[str], needed: list[str]) -> None:
    """Refuse a table that no longer has what it is fetched for.

    Raises
    ------
    Veranderd
        With the name of the figure that is missing.
    """
    known = _known(columns)
    missing = [name for name in needed if name not in known]
    if missing:
        raise Veranderd(
            f"In {item.titel} staat geen kolom met {', '.join(missing)} meer. {STAYS} "
            "Kies een ander jaar, of wacht op een nieuwe versie van de WWZ-wijzer."
        )


def lacking(item: Item, columns: Iterable[str]) -> list[str]:
    """Dutch words for the figures of its family that a table does not have."""
    known = _known(list(columns))
    family = [
        v.variabele
        for v in variables().values()
        if v.familie == item.familie and v.variabele not in variables_by_kind()
    ]
    return [name.replace("_", " ") for name in family if name not in known]


def _known(columns: list[str]) -> set[str]:
    return {variable.removesuffix("_18").removesuffix("_65") for variable in map_columns(columns).values()}


def to_frame(rows: list[dict[str, Any]] | pd.DataFrame, item: Item, code: str) -> pd.DataFrame:
    """Rows of a table as a frame, with the year in every row.

    A column with anything but numbers in it stays text: what cannot be a number is for the build to judge.

    Raises
    ------
    Fout
        When there is no row at all, or one of no area.
    """
    frame = pd.DataFrame(rows)
    if frame.empty:
        raise Fout(
            f"{item.titel} ({item.tabel}) heeft 0 rijen voor wat u koos. {STAYS} Probeer het later opnieuw."
        )
    for column in frame.columns:
        values = frame[column]
        if values.dtype == object and not values.map(_is_number).all():
            frame[column] = values.astype("string")
        elif values.dtype == object:
            frame[column] = pd.to_numeric(values)
    if first_column(list(frame.columns), PERIOD_NAMES) is None:
        frame.insert(1, "Perioden", f"{item.jaar}JJ00")
    if frame[code].isna().any():
        raise Fout(f"In {item.titel} staan rijen zonder gebied. {STAYS} Probeer het later opnieuw.")
    return frame


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
