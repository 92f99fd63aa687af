"""What a list out of the BAG says of its rows: in which columns, and which voorkomen of an object holds now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import NOT_A_COLUMN, stem
from wwz.sources.reading import Table

ISO_DAY = re.compile(r"^\s*(\d{4})-?(\d{2})-?(\d{2})")
DUTCH_DAY = re.compile(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
FILE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
NOTHING = {"", "nan", "none", "null", "na", "nat", "."}


def named_columns(frame: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """Columns with one of these names, in the order of `names`."""
    wanted = list(names)
    found = [c for c in frame.columns if c not in NOT_A_COLUMN and stem(str(c)) in wanted]
    return sorted(found, key=lambda column: wanted.index(stem(str(column))))


def rules_of(subject: str) -> dict:
    """How the BAG is recognised, one subject of adressen.toml."""
    return load_toml("adressen.toml")[subject]


def text_of(values: pd.Series) -> pd.Series:
    """Text without what stands for nothing; missing where there is none."""
    text = values.astype("string").str.strip()
    return text.mask(text.str.lower().isin(NOTHING).fillna(True))


def plain_of(values: pd.Series) -> pd.Series:
    """Only letters and digits, small."""
    return (
        text_of(values)
        .str.lower()
        .str.replace(r"\.0$", "", regex=True)
        .str.replace(r"[^a-z0-9]", "", regex=True)
    )


def not_now(frame: pd.DataFrame) -> pd.Series:
    """Which rows say that they held until a day that is past, or will hold from a day to come."""
    rules, today = rules_of("voorkomen"), date.today().strftime("%Y%m%d")
    result = pd.Series(False, index=frame.index)
    for column in named_columns(frame, rules["einde"]):
        result |= (_days(frame[column]) <= today).fillna(False).astype(bool)
    for column in named_columns(frame, rules["begin"]):
        result |= (_days(frame[column]) > today).fillna(False).astype(bool)
    return result


def _days(values: pd.Series) -> pd.Series:
    """Days as 20260131, so that they compare as text; missing where there is none."""
    return text_of(values).map(_day, na_action="ignore").astype("string")


def _day(text: str) -> str | None:
    if found := ISO_DAY.match(text):
        return "".join(found.groups())
    if found := DUTCH_DAY.match(text):
        day, month, year = found.groups()
        return f"{year}{month:0>2}{day:0>2}"
    return None


def gone(frame: pd.DataFrame) -> pd.Series:
    """Which rows are of an object, building or address that has ended or is not there yet."""
    result = pd.Series(False, index=frame.index)
    rules = rules_of("status")
    for column in named_columns(frame, rules["kolommen"]):
        result |= (
            plain_of(frame[column])
            .str.contains("|".join(rules["weg"]), regex=True)
            .fillna(False)
            .astype(bool)
        )
    return result


def pand_of(frame: pd.DataFrame) -> pd.Series:
    """What names the building a row lies in: its number in the BAG, or the reference by which PDOK points to it.

    Of several buildings the first; missing where the table does not tell.
    """
    columns = named_columns(frame, rules_of("pand")["kolommen"])
    text = pd.Series(pd.NA, index=frame.index, dtype="string")
    for column in columns:
        text = text.fillna(text_of(by_value(frame[column], _first)))
    number = text.str.extract(r"(\d{15,16})(?:\.0)?$", expand=False).str.zfill(16)
    other = text[number.isna() & text.notna()]
    return number.fillna(other.str.rstrip("/").str.extract(r"([^/]+)$", expand=False).str.lower())


def by_value(values: pd.Series, function: Callable[[Any], Any]) -> pd.Series:
    """The outcome for each row, worked out once for every different value; a column of lists has none to compare."""
    try:
        numbers, different = pd.factorize(values, use_na_sentinel=False)
    except TypeError:
        return values.map(function)
    outcome = np.empty(len(different), dtype=object)
    outcome[:] = [function(value) for value in different]
    return pd.Series(outcome[numbers], index=values.index)


def _first(cell: object) -> object:
    """The first of a list, in whichever way it is written."""
    if isinstance(cell, (list, tuple, np.ndarray)):
        return cell[0] if len(cell) else None
    # Nearly every cell is one number: that is looked at for millions of rows.
    if not isinstance(cell, str) or cell.isalnum():
        return cell
    return re.split(r"[,|;]", cell.strip("[]{}()\"' "))[0].strip("\"' ")


def number_in(frame: pd.DataFrame, subject: str) -> pd.Series:
    """A number of one subject of adressen.toml within what it can be; missing where it stands for unknown."""
    rules = rules_of(subject)
    columns = named_columns(frame, rules["kolommen"])
    if not columns:
        return pd.Series(pd.NA, index=frame.index, dtype="Float64")
    found = pd.to_numeric(text_of(frame[columns[0]]), errors="coerce").astype("Float64")
    return found.where(found.between(rules["vanaf"], rules["tot"], inclusive="left"))


def year_of(table: Table) -> int:
    """Of which year a list is: as it says itself, as its name says, or else this year."""
    for column in named_columns(table.frame, ["jaar"]):
        years = pd.to_numeric(table.frame[column], errors="coerce").dropna()
        if len(years):
            return int(years.max())
    found = FILE_YEAR.search(f"{table.onderdeel} {table.bestand}")
    return int(found[1]) if found else date.today().year


def earlier(frame: pd.DataFrame, objects: pd.Series) -> pd.Series:
    """Which rows are an earlier voorkomen than the last one of the same object that holds now."""
    columns = named_columns(frame, rules_of("voorkomen")["nummer"])
    if not columns or objects.isna().all():
        return pd.Series(False, index=frame.index)
    number = pd.to_numeric(text_of(frame[columns[0]]), errors="coerce").mask(not_now(frame))
    return (number < number.groupby(objects).transform("max")).fillna(False).astype(bool)
