"""Rows as they came → a file that our readers read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.errors import Fout
from wwz.fetch.items import Item
from wwz.fetch.trouble import STAYS
from wwz.sources.columns import PERIOD_NAMES, first_column, map_columns


def check_columns(item: Item, columns: list[str], needed: list[str]) -> None:
    """Refuse a table that no longer has what it is fetched for.

    Raises
    ------
    Fout
        With the name of the figure that is missing.
    """
    known = {variable.removesuffix("_18").removesuffix("_65") for variable in map_columns(columns).values()}
    missing = [name for name in needed if name not in known]
    if missing:
        raise Fout(
            f"In {item.titel} staat geen kolom met {', '.join(missing)} meer. {STAYS} "
            "Kies een ander jaar, of wacht op een nieuwe versie van de WWZ-wijzer."
        )


def to_frame(rows: list[dict[str, Any]], item: Item, code: str) -> pd.DataFrame:
    """Rows of a table as a frame, with the year in every row.

    A column with anything but numbers in it stays text: what cannot be a number is for the build to judge.
    """
    frame = pd.DataFrame(rows)
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
