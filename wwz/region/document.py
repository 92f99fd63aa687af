"""A document about a region before it has a format: parts with sentences and tables, and what is told at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Tabel:
    """A table of texts; `breedten` are parts of the width of a page, one per column."""

    titel: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedten: tuple[float, ...]

    @staticmethod
    def even(titel: str, koppen: tuple[str, ...], rijen: list[tuple[str, ...]], first: float = 2.0) -> Tabel:
        """A table with a wide first column, and the others as wide as each other."""
        return Tabel(titel, koppen, tuple(rijen), (first, *(1.0 for _ in koppen[1:])))


@dataclass(frozen=True)
class Onderdeel:
    """A part: its title, sentences, tables, how its numbers are known, and lines to fill in (an empty line each)."""

    titel: str
    zinnen: tuple[str, ...] = ()
    tabellen: tuple[Tabel, ...] = ()
    bekend: tuple[str, ...] = ()
    punten: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stuk:
    """The whole.

    Attributes
    ----------
    merken
        Words that must stand beside the title: Fictief, geschat …
    hoofdlijn
        The findings, each a sentence: what a reader with one minute reads.
    achterin
        Sources and method, in small type.
    gemaakt
        When the database was built; files carry this moment.
    """

    titel: str
    over: str
    merken: tuple[str, ...]
    hoofdlijn: tuple[str, ...]
    onderdelen: tuple[Onderdeel, ...]
    achterin: tuple[str, ...]
    voet: str
    gemaakt: datetime
