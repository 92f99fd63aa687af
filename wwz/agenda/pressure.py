"""An area beside its gemeente and the country: a few figures that weigh on it, and what grows."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.ask.area import Area
from wwz.ask.layer import available, profile_rows
from wwz.ask.outlook import BASE, outlook, scenarios, subjects
from wwz.ask.outlookwords import sources, story_line
from wwz.knowledge import load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import is_known
from wwz.words.sentences import StoryLine


@dataclass(frozen=True)
class Pressure:
    """One figure: the line, what it is compared with (may be empty), how it is known and of which year, and its sources."""

    regel: StoryLine
    naast: str
    hoe: str
    bronnen: tuple[str, ...]


@remembered
def pressures(store: Store, area: Area) -> tuple[Pressure, ...]:
    """The figures that weigh on an area; one that is not known here is left out."""
    plan = load_toml("confrontatie.toml")["druk"]
    there = set(available(store)["code"])
    rows = profile_rows(store, area, [code for code in plan["cijfers"] if code in there])
    found = [
        Pressure(
            StoryLine(row.waarde_tekst, row.titel, row.marge_tekst),
            _beside(gemeente=row.gemeente_tekst, Nederland=row.land_tekst),
            f"{row.soort} {row.jaar}",
            (row.bron,),
        )
        for row in rows.itertuples()
        if is_known(row.waarde)
    ]
    return (*found, *_growth(store, area, plan["toekomst"], plan["toekomst_jaar"]))


def _beside(**figures: str) -> str:
    return " · ".join(f"{where} {text}" for where, text in figures.items() if text)


def _growth(store: Store, area: Area, code: str, year: int) -> tuple[Pressure, ...]:
    subject = subjects(store).get(code)
    if subject is None:
        return ()
    shown = outlook(store, area, area.smallest, subject, scenarios(subject)[BASE])
    line = story_line(shown, year)
    return (Pressure(line, "", f"geschat {year}", tuple(sources(store, shown))),) if line is not None else ()
