"""What a list out of the BAG says of its rows: in which columns, and which voorkomen of an object holds now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import NOT_A_COLUMN, stem

ISO_DAY = re.compile(r"^\s*(\d{4})-?(\d{2})-?(\d{2})")
DUTCH_DAY = re.compile(r"^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
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


def earlier(frame: pd.DataFrame, objects: pd.Series) -> pd.Series:
    """Which rows are an earlier voorkomen than the last one of the same object that holds now."""
    columns = named_columns(frame, rules_of("voorkomen")["nummer"])
    if not columns or objects.isna().all():
        return pd.Series(False, index=frame.index)
    number = pd.to_numeric(text_of(frame[columns[0]]), errors="coerce").mask(not_now(frame))
    return (number < number.groupby(objects).transform("max")).fillna(False).astype(bool)
