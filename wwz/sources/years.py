"""Of which year a table is: from its contents first, from its name only as a last resort."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import PERIOD_NAMES, first_column

YEAR = r"(?<!\d)(20[0-4]\d)(?!\d)"
# A whole year: 2023, 2023JJ00, or the jrstatcode 2023GM0518. Not a quarter or month (2023KW01, 2023MM06).
PERIOD = r"^\s*(20[0-5]\d)(?:\.0|JJ00|GM\w+|WK\w+|BU\w+)?\s*$"
TABLE_ID = re.compile(r"(?<!\d)(\d{5}NED)", re.IGNORECASE)
FAMILY_WORDS = {
    "kwb": ("kwb", "kerncijfers"),
    "gezondheid": ("rivm", "gezondheid"),
    "nabijheid": ("nabijheid",),
    "grenzen": ("buurten", "wijken", "gemeenten", "grenzen"),
}


@dataclass(frozen=True)
class YearFound:
    """A year and the Dutch words for where it came from."""

    jaar: int
    uit: str


def row_years(frame: pd.DataFrame) -> pd.Series:
    """Year per row from a column Perioden, jaar or jrstatcode; <NA> where there is none."""
    column = first_column(list(frame.columns), PERIOD_NAMES)
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="Int64")
    found = frame[column].astype("string").str.extract(PERIOD, expand=False)
    return pd.to_numeric(found, errors="coerce").astype("Int64")


def year_from_total(codes: pd.Series, inwoners: pd.Series | None) -> YearFound | None:
    """Recognise the year by the number of inhabitants of the whole country, if the table covers it."""
    if inwoners is None:
        return None
    known = load_toml("jaren.toml")["inwoners_nederland"]
    numbers = pd.to_numeric(inwoners, errors="coerce").where(lambda v: v >= 0)
    for level in ("NL", "GM", "WK", "BU"):
        total = numbers[codes.str.startswith(level)].sum()
        for key, value in known.items():
            if key.isdigit() and abs(total - value) <= value * known["speling"]:
                return YearFound(int(key), "het aantal inwoners van Nederland")
    return None


def year_from_name(family: str, *names: str) -> YearFound | None:
    """Read the year from a table number or a year in the name of file, sheet or layer.

    A year right behind a word for the family counts first (`kwb2019` in `denhaag_kwb2019_rivm2020`), then a table
    number; otherwise the only year in the name counts.
    """
    tables = load_toml("jaren.toml")["tabellen"]
    for name in filter(None, names):
        for word in FAMILY_WORDS.get(family, ()):
            near = re.search(rf"{word}[-_ ]?{YEAR}", name, re.IGNORECASE)
            if near:
                return YearFound(int(near[1]), f"de naam {name}")
        table = TABLE_ID.search(name)
        if table and table[1].upper() in tables:
            return YearFound(tables[table[1].upper()], f"het tabelnummer {table[1].upper()}")
        years = set(re.findall(YEAR, name))
        if len(years) == 1:
            return YearFound(int(years.pop()), f"de naam {name}")
    return None
