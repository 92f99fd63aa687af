"""A made-up region of four gemeenten that was worked out on paper, and a database to give numbers to."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from wwz.knowledge.regions import groepen
from wwz.own.region import numbers, register
from wwz.own.region.numbers import Aantal
from wwz.region import places
from wwz.region.places import Regio
from wwz.region.series import COUNTS, GIVEN, MISSING, Deel, Reeks
from wwz.store import Store

GROUP = "uitstroom"
CODES = ("GM9901", "GM9902", "GM9903", "GM9904")
NAMES = dict(zip(CODES, "ABCD", strict=True))
NOW = (120, 24, 20, 16)
MEASURES = (
    {"inwoners": 50_000, "woningen": 24_000, "corporatie": 9_000},
    {"inwoners": 30_000, "woningen": 13_000, "corporatie": 3_000},
    {"inwoners": 12_000, "woningen": 5_000, "corporatie": 2_000},
    {"inwoners": 8_000, "woningen": 3_500, "corporatie": 500},
)


def on_paper(now: tuple[int | None, ...] = NOW, measures=MEASURES) -> Reeks:
    """The region of the tests; None is a gemeente without a number."""
    parts = tuple(
        Deel((code,), NAMES[code], MISSING if people is None else COUNTS, people, dict(maten))
        for code, people, maten in zip(CODES, now, measures, strict=True)
    )
    group = groepen()[GROUP]
    definition = register.Definitie(GROUP, group.definitie, "01-01", "x", True, "tafel", "2026-05-12")
    regio = SimpleNamespace(naam="de regio", codes=CODES, namen=NAMES, let_op="")
    return Reeks(regio, group, definition, 2026, GIVEN, "Opgegeven", parts, 10)  # type: ignore[arg-type]


def with_part(reeks: Reeks, deel: Deel, aantal: int) -> Reeks:
    """The same series as if a part had this number: a gemeente that comes in late."""
    new = replace(deel, stand=COUNTS, aantal=aantal)
    return replace(reeks, delen=tuple(new if d == deel else d for d in reeks.delen))


def whole_region(store: Store) -> Regio:
    """The example region."""
    return places.region(store, places.by_name(store, "voorbeeld"))


def settled(store: Store, group: str = GROUP, agreed=CODES) -> str:
    """Settle a definition, let these gemeenten agree; gives its mark."""
    made = register.settle(store.path, group, f"Wie telt in {group}", "01-01", "Registratie", "tafel")
    if agreed:
        register.agree(store.path, group, agreed, "2026-05-12", "wethouder", "tafel")
    return made.kenmerk


def given(
    store: Store, counts: dict[str, int], mark: str, group: str = GROUP, day: str = "2026-01-01"
) -> None:
    """Numbers of gemeenten, given in one act."""
    rows = [Aantal(group, code, people, day, mark, "Registratie", "Anna") for code, people in counts.items()]
    numbers.add(store.path, rows, "Anna")
