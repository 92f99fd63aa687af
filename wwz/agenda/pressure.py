"""An area beside its gemeente and the country: a few figures that weigh on it, and what grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wwz.ask.area import Area
from wwz.ask.layer import available, profile_rows
from wwz.ask.outlook import BASE, outlook, scenarios, subjects
from wwz.ask.outlookwords import sources, story_line
from wwz.base.sentence import capital
from wwz.knowledge import load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import is_known
from wwz.words.sentences import StoryLine

# What an area is compared with, and how a title calls it.
LARGER = {"gemeente": "de gemeente", "Nederland": "Nederland"}


@dataclass(frozen=True)
class Pressure:
    """One figure: the line, what it is compared with (may be empty), how it is known and of which year, and its sources.

    `waar`: the larger areas that it is compared with.
    """

    regel: StoryLine
    naast: str
    hoe: str
    bronnen: tuple[str, ...]
    waar: tuple[str, ...] = ()


@remembered
def pressures(store: Store, area: Area) -> tuple[Pressure, ...]:
    """The figures that weigh on an area; one that is not known here is left out."""
    plan = load_toml("confrontatie.toml")["druk"]
    there = set(available(store)["code"])
    rows = profile_rows(store, area, [code for code in plan["cijfers"] if code in there])
    found = [
        Pressure(
            StoryLine(row.waarde_tekst, row.titel, row.marge_tekst),
            " · ".join(f"{where} {text}" for where, text in beside.items()),
            f"{row.soort} {row.jaar}",
            (row.bron,),
            tuple(beside),
        )
        for row in rows.itertuples()
        for beside in [_beside(row)]
        if is_known(row.waarde)
    ]
    return (*found, *_growth(store, area, plan["toekomst"], plan["toekomst_jaar"]))


def beside_title(naam: str, found: Iterable[Pressure]) -> str:
    """What stands above them. A gemeente does not stand beside itself, and the country beside nothing."""
    compared = {where for one in found for where in one.waar}
    larger = [words for where, words in LARGER.items() if where in compared]
    return f"{capital(naam)} naast {' en '.join(larger)}" if larger else f"Wat er speelt in {naam}"


def _beside(row: Any) -> dict[str, str]:
    figures = zip(LARGER, (row.gemeente_tekst, row.land_tekst), strict=True)
    return {where: text for where, text in figures if text}


def _growth(store: Store, area: Area, code: str, year: int) -> tuple[Pressure, ...]:
    subject = subjects(store).get(code)
    if subject is None:
        return ()
    shown = outlook(store, area, area.smallest, subject, scenarios(subject)[BASE])
    line = story_line(shown, year)
    return (Pressure(line, "", f"geschat {year}", tuple(sources(store, shown))),) if line is not None else ()
