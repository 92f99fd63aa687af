"""What a column is called, in whatever layout CBS, RIVM or PDOK publishes it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from wwz.knowledge import variables

AGE_COLUMN = re.compile(r"^(?P<stam>.+_\d{1,3})_(?P<groep>18|65)$")
SUFFIX = re.compile(r"_\d{1,3}$")
UNIT = re.compile(r"\s*\([^()]*\)\s*$")
NOT_WORD = re.compile(r"[^a-z0-9]")

CODE_NAMES = ("wijkenenbuurten", "codering", "buurtcode", "wijkcode", "gemeentecode", "gwbcode10", "gwbcode", "key",
              "statcode", "identifier", "regio", "code", "gebied")
NAME_NAMES = ("buurtnaam", "wijknaam", "statnaam", "title", "titel", "naam")
GEMEENTE_NAMES = ("gemeentenaam", "gmnaam")
CHANGE_NAMES = ("indelingswijzigingwijkenenbuurten", "indwbi")
WATER_NAMES = ("water", "h2o")
AGE_NAMES = ("leeftijd",)
MARGIN_NAMES = ("marges",)
PERIOD_NAMES = ("perioden", "jaar", "jrstatcode")


def stem(column: str) -> str:
    """Bring a column name to its stem.

    Lower case, no accents or punctuation, without CBS's running number (`_93`), without the path and unit of
    a StatLine title (`Gezondheid en welzijn/Afstand tot apotheek (km)`).
    """
    last = UNIT.sub("", str(column).rsplit("/", 1)[-1].strip())
    plain = unicodedata.normalize("NFKD", SUFFIX.sub("", last)).encode("ascii", "ignore").decode()
    return NOT_WORD.sub("", plain.lower())


@cache
def _variable_by_stem() -> dict[str, str]:
    return {stem(name): v.variabele for v in variables().values() for name in (v.kolom, *v.ook)}


def variable_of(column: str) -> str | None:
    """Name the variable behind a column, with age group if the column carries one; None if unknown."""
    age = AGE_COLUMN.match(str(column).strip())
    if age:
        found = _variable_by_stem().get(stem(age["stam"]))
        if found and variables()[found].familie == "gezondheid":
            return f"{found}_{age['groep']}"
    return _variable_by_stem().get(stem(column))


def map_columns(columns: list[str]) -> dict[str, str]:
    """Map columns to variables; of two columns with one stem the first counts (CBS puts the total first)."""
    found: dict[str, str] = {}
    for column in columns:
        variable = variable_of(column)
        if variable and variable not in found.values():
            found[column] = variable
    return found


def first_column(columns: list[str], names: tuple[str, ...]) -> str | None:
    """First column whose stem is one of `names`, in the order of `names`."""
    stems = {}
    for column in columns:
        stems.setdefault(stem(column), column)
    return next((stems[name] for name in names if name in stems), None)
