"""Names of areas → their codes, by the tables of a build that have both. A name that may be of several areas is of none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from wwz.base.codes import COUNTRY, COUNTRY_WORDS
from wwz.knowledge import load_toml
from wwz.knowledge.placenames import official_names
from wwz.sources.columns import NOT_WORD, without_accents
from wwz.sources.reading import Reading

GEMEENTE, WIJK, BUURT = LEVELS = ("GM", "WK", "BU")
# What CBS adds to a name to tell two apart, and the number it writes before that of a wijk.
ADDITION = re.compile(r"\s*\([^()]*\)\s*$|^wijk\s+\d+\s+", re.IGNORECASE)
# So many of the names must be of one gemeente before all of them are looked up there.
FITS = 0.8
NO_GEMEENTE = (
    "Bij welke gemeente deze gebieden horen, staat er niet bij, en hun namen passen niet bij één gemeente. "
    "Zet er een kolom met de gemeente bij, of de codes (zoals WK051801)."
)


@dataclass(frozen=True)
class Found:
    """What came of looking up names.

    Attributes
    ----------
    rows
        Columns code and naam (as the other tables write it), a row for each that was given; missing where it is of no area.
    several, none
        Names that may be of more than one area, and that are of none.
    reason
        Why nothing was looked up, in Dutch.
    """

    rows: pd.DataFrame
    several: list[str]
    none: list[str]
    reason: str = ""


class Areas:
    """The areas that the tables of a build name with their codes, each year by itself.

    Parameters
    ----------
    rows
        Columns jaar, code and naam.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        self.empty = rows.empty
        self._names = dict(zip(rows["code"], rows["naam"], strict=True))
        self._codes: dict[tuple[str, int], list[dict[str, set[str]]]] = {}
        for row in rows.itertuples(index=False):
            level = str(row.code)[:2]
            whole, short = self._codes.setdefault((level, row.jaar), [defaultdict(set), defaultdict(set)])
            whole[plain(row.naam, level)].add(row.code)
            short[_without_addition(row.naam, level)].add(row.code)
        self._years = sorted({jaar for _, jaar in self._codes}, reverse=True)
        self._gemeenten = {code[2:6] for code in self._names if code != COUNTRY}

    def find(self, names: pd.Series, level: str, gemeenten: pd.Series | None, year: int | None) -> Found:
        """Look up the areas of names.

        Parameters
        ----------
        names
            As a file writes them.
        level
            GM, WK or BU; empty when the file does not tell: then that of which most names are.
        gemeenten
            In which gemeente each is, by its name; None when the file does not tell.
        year
            Of the file: the areas of that year go first, then those of the nearest.
        """
        given = names.astype("string").fillna("").str.strip()
        different = [name for name in given.unique() if name]
        years = sorted(self._years, key=lambda one: abs(one - year)) if year else self._years
        level = level or max(
            LEVELS, key=lambda one: sum(bool(self._of(n, "", one, years)) for n in different)
        )
        within = pd.Series("", index=given.index)
        if level != GEMEENTE and gemeenten is not None:
            within = self.find(gemeenten, GEMEENTE, None, year).rows["code"].str[2:6].fillna("nergens")
        elif level != GEMEENTE:
            only = self._gemeente_of(different, level, years)
            if (
                not only
                and len(self._gemeenten) < load_toml("onzekerheid.toml")["regels"]["gemeenten_in_nederland"]
            ):
                return Found(pd.DataFrame(), [], different, NO_GEMEENTE)
            within[:] = only
        pairs = pd.Series(list(zip(given, within, strict=True)), index=given.index)
        told = {pair: self._of(*pair, level, years) for pair in pairs.unique()}
        codes = pairs.map({pair: next(iter(found)) for pair, found in told.items() if len(found) == 1})
        rows = pd.DataFrame({"code": codes.astype("string")})
        return Found(
            rows.assign(naam=rows["code"].map(self._names).astype("string")),
            _different(name for (name, _), found in told.items() if len(found) > 1),
            _different(name for (name, _), found in told.items() if name and not found),
        )

    def _of(self, name: str, gemeente: str, level: str, years: list[int]) -> set[str]:
        """Codes of the areas with this name, in the first year that has one; whole names go before shortened ones."""
        if name.casefold() in COUNTRY_WORDS:
            return {COUNTRY}
        key = plain(name, level)
        for kind in (0, 1):
            for year in years:
                codes = self._codes.get((level, year), ({}, {}))[kind].get(key, set()) if key else set()
                if inside := {code for code in codes if code[2:6].startswith(gemeente)}:
                    return inside
        return set()

    def _gemeente_of(self, names: list[str], level: str, years: list[int]) -> str:
        """The gemeente (its four digits) that nearly all names are of, if it is one; else empty."""
        counts = Counter(place for n in names for place in {c[2:6] for c in self._of(n, "", level, years)})
        best = counts.most_common(2)
        alone = len(best) == 1 or len(best) > 1 and best[0][1] > best[1][1]
        return best[0][0] if alone and best[0][1] >= FITS * len(names) else ""


def known_areas(readings: Iterable[Reading]) -> Areas:
    """The names of areas in tables that have codes."""
    parts = [
        r.gebieden[["code", "naam"]].dropna().assign(jaar=r.indeling)
        for r in readings
        if r.gebieden is not None and r.indeling
    ]
    rows = pd.concat(parts).drop_duplicates() if parts else pd.DataFrame(columns=["code", "naam", "jaar"])
    return Areas(rows)


def plain(name: str, level: str) -> str:
    """A name to compare by: small plain letters and digits; of a gemeente that of its official name."""
    text = str(name).strip()
    if level == GEMEENTE:
        text = text.removesuffix("(gemeente)").strip()
        return _official().get(_letters(text), _letters(text))
    return _letters(text)


def _without_addition(name: str, level: str) -> str:
    """The same without what CBS adds; empty where two gemeenten would then be called the same."""
    key = plain(ADDITION.sub("", str(name).strip()), level)
    return "" if level == GEMEENTE and key in _shared() else key


@cache
def _official() -> dict[str, str]:
    return {_letters(name): _letters(official) for name, official in official_names().items()}


@cache
def _shared() -> frozenset[str]:
    """Names of several gemeenten in different provincies, without what tells them apart."""
    bare = Counter(_letters(ADDITION.sub("", official)) for official in set(official_names().values()))
    return frozenset(name for name, count in bare.items() if count > 1)


def _letters(text: str) -> str:
    return NOT_WORD.sub("", without_accents(text).lower())


def _different(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
