"""The region as data: groups with their definitions, keys to divide by, lists of gemeenten, and the five phases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from wwz.base.tomlfile import load_toml

FILE = "regio.toml"
Record = TypeVar("Record")


@dataclass(frozen=True)
class Groep:
    """A group of people that a region divides or looks after.

    Attributes
    ----------
    soort
        aandachtsgroep, zorg (ouderen and people with a beperking) or urgent (by law).
    definitie, peildag
        Proposed, until a region settles another; the day is month-day.
    opvragen
        Who has the number.
    wet, wet_sleutel
        How the law divides them, when it does, and the key that is.
    indicator
        Subjects of our own figures (`ask.outlook`) that are about these people, the same for every gemeente; may be empty.
    gebruik, gebruik_definitie, gebruik_peildag, gebruik_van
        The published number of people who use help that is meant for them: its variabele, who it counts and on which day, and
        who publishes it. All empty where there is none.
    """

    code: str
    titel: str
    kort: str
    soort: str
    definitie: str
    peildag: str
    opvragen: str
    bron: str
    jaar: int
    merk: str
    indicator: tuple[str, ...] = ()
    wet: str = ""
    wet_sleutel: str = ""
    gebruik: str = ""
    gebruik_definitie: str = ""
    gebruik_peildag: str = ""
    gebruik_van: str = ""


@dataclass(frozen=True)
class Sleutel:
    """A key to divide by; `maat` is an indicator of which the number counts, or empty; `gewichten` those of a mix (%)."""

    code: str
    titel: str
    uitleg: str
    bron: str
    jaar: int
    merk: str
    maat: str = ""
    gewichten: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Regio:
    """A list of gemeenten; `centrum` are the gemeenten that arranged care and shelter for the others."""

    code: str
    soort: str
    naam: str
    gemeenten: tuple[str, ...]
    centrum: tuple[str, ...]
    bron: str
    jaar: int
    merk: str


@dataclass(frozen=True)
class Stap:
    """Something that is done or not in a phase; `code` is unique over all phases."""

    code: str
    titel: str


@dataclass(frozen=True)
class Fase:
    """One of the five phases, with its result and steps."""

    code: str
    titel: str
    doel: str
    resultaat: str
    stappen: tuple[Stap, ...]
    bron: str
    jaar: int
    merk: str


@dataclass(frozen=True)
class Keuze:
    """Something to choose from: a reach, or the part that a party takes."""

    code: str
    titel: str
    bron: str
    jaar: int
    merk: str
    uitleg: str = ""


@cache
def groepen() -> dict[str, Groep]:
    """All groups by code, in order."""
    return {row.code: row for row in _records(Groep, "groep")}


@cache
def sleutels() -> dict[str, Sleutel]:
    """All keys by code, in order."""
    return {row.code: row for row in _records(Sleutel, "sleutel")}


@cache
def regios() -> dict[str, Regio]:
    """The regions of which the gemeenten are known for certain."""
    return {row.code: row for row in _records(Regio, "regio")}


@cache
def fasen() -> tuple[Fase, ...]:
    """The five phases."""
    return tuple(
        Fase(**{**_plain(row), "stappen": tuple(Stap(**step) for step in row["stappen"])})
        for row in load_toml(FILE)["fase"]
    )


@cache
def reikwijdten() -> dict[str, Keuze]:
    """How far a region goes: minimaal, aanvullend or strategisch."""
    return {row.code: row for row in _records(Keuze, "reikwijdte")}


@cache
def rollen() -> dict[str, Keuze]:
    """How a party takes part."""
    return {row.code: row for row in _records(Keuze, "rol")}


def partijen() -> tuple[str, ...]:
    """Parties that may be at the table."""
    return tuple(load_toml(FILE)["partij"][0]["namen"])


def samenhang() -> tuple[str, ...]:
    """Indicators that may go with how people are spread now."""
    return tuple(load_toml(FILE)["samenhang"][0]["indicatoren"])


def regels() -> dict[str, Any]:
    """Years to look ahead to, and what a division begins with."""
    return load_toml(FILE)["regels"]


def voorbeeld() -> dict[str, dict[str, int]]:
    """Made-up numbers for the example region: group → gemeente → people."""
    return {row["groep"]: dict(row["aantallen"]) for row in load_toml(FILE)["voorbeeld"]["aantal"]}


def _records(kind: type[Record], name: str) -> list[Record]:
    return [kind(**_plain(row)) for row in load_toml(FILE)[name]]


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: tuple(value.items()) if hasattr(value, "items") else tuple(value) if _many(value) else value
        for name, value in row.items()
    }


def _many(value: Any) -> bool:
    return not isinstance(value, str | int | float | bool)
