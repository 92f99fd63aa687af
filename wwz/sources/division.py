"""On which division of areas a table is: found by its codes. A table of one year may be published on another year's areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.reading import Reading, Report

# The table itself, or its boundaries, are on the areas of their own year.
OWN_DIVISION = ("kwb", "grenzen")
LEVELS = ("BU", "WK", "GM")


@dataclass(frozen=True)
class Division:
    """The areas of one year, with every name that a table gives them.

    Attributes
    ----------
    jaar
        The year.
    namen
        Code → names, in small letters.
    """

    jaar: int
    namen: dict[str, frozenset[str]]

    def fit(self, areas: pd.DataFrame) -> float:
        """Which part of some areas is in it, with the same code and without another name (0 to 1)."""
        known = areas["code"].map(self.namen)
        same = [
            isinstance(names, frozenset)
            and not (isinstance(naam, str) and names and naam.casefold() not in names)
            for names, naam in zip(known, areas["naam"], strict=True)
        ]
        return sum(same) / len(same) if same else 0.0


def settle(readings: Sequence[Reading], report: Report) -> None:
    """Give every table that may be on the areas of another year the division that its codes fit.

    Tables that are always on the areas of their own year say what the areas of that year are. The year that a table is
    expected to be on is told by its number, or else by what its publisher usually does. Codes may be the same for other
    areas: only where that year can be looked at, or for a table of many gemeenten, the codes decide.

    Parameters
    ----------
    readings
        All of a build; their `indeling` is changed.
    report
        Takes for which tables that is another year than that of the figures.
    """
    rules = load_toml("jaren.toml")["indeling"]
    moving = [
        r
        for r in readings
        if r.gebieden is not None and r.jaren.keys() and set(r.jaren) <= set(rules["families"])
    ]
    if not moving:
        return
    known = _known(r for r in readings if r.gebieden is not None and set(r.jaren) & set(OWN_DIVISION))
    for reading in moving:
        year = max(reading.jaren.values())
        expected = _by_number(reading, rules) or max(year, rules["eerste"])
        many = reading.gebieden["code"].str[2:6].nunique() >= rules["genoeg_gemeenten"]
        seen = expected in [division.jaar for division in known] or many
        found = (
            _by_codes(_finest(reading.gebieden), (year, expected), known, rules["past_vanaf"])
            if seen
            else None
        )
        reading.indeling = found or expected
        if reading.indeling != year:
            how = "de codes passen daarop" if found else "zo publiceert het RIVM deze tabel"
            report.info(reading.bestand, f"Cijfers van {year} op de gebieden van {reading.indeling}: {how}.")


def _known(readings: Iterable[Reading]) -> list[Division]:
    frames: dict[int, list[pd.DataFrame]] = {}
    for reading in readings:
        frames.setdefault(int(reading.indeling), []).append(reading.gebieden[["code", "naam"]])
    return [Division(year, _names(pd.concat(parts))) for year, parts in sorted(frames.items())]


def _names(areas: pd.DataFrame) -> dict[str, frozenset[str]]:
    named = areas.dropna(subset="naam")
    names = named["naam"].astype(str).str.casefold().groupby(named["code"]).agg(frozenset).to_dict()
    return {code: names.get(code, frozenset()) for code in areas["code"].unique()}


def _finest(areas: pd.DataFrame) -> pd.DataFrame:
    """Its smallest areas: those tell divisions apart."""
    for level in LEVELS:
        part = areas[areas["code"].str.startswith(level)]
        if len(part):
            return part
    return areas.head(0)


def _by_codes(
    areas: pd.DataFrame, likely: tuple[int, int], known: Sequence[Division], least: float
) -> int | None:
    """The year whose areas these are; None when no known year fits well enough.

    Of years that fit equally the likely ones go first (that of the figures, that of the publication), then the nearest.
    """
    year, expected = likely
    fits = {division.jaar: division.fit(areas) for division in known}
    good = [jaar for jaar, part in fits.items() if part >= least]
    return max(
        good, key=lambda jaar: (fits[jaar], jaar == year, jaar == expected, -abs(jaar - year)), default=None
    )


def _by_number(reading: Reading, rules: dict[str, Any]) -> int | None:
    name = f"{reading.tabel} {reading.onderdeel} {reading.bestand}".upper()
    return next((year for number, year in rules["tabellen"].items() if number in name), None)
