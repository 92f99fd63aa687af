"""Where an area is under pressure: a few figures beside those of the gemeente, and what grows."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.ask.area import Area
from wwz.ask.layer import available, profile_rows
from wwz.ask.outlook import BASE, outlook, scenarios, subjects, years
from wwz.knowledge import load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, is_known


@dataclass(frozen=True)
class Pressure:
    """One line: what it is about, the figure, what it is compared with (may be empty), and how it is known and of which year."""

    titel: str
    getal: str
    naast: str
    hoe: str


@remembered
def pressures(store: Store, area: Area) -> tuple[Pressure, ...]:
    """The figures that weigh on an area; one that is not known here is left out."""
    plan = load_toml("confrontatie.toml")["druk"]
    there = set(available(store)["code"])
    rows = profile_rows(store, area, [code for code in plan["cijfers"] if code in there])
    found = [
        Pressure(
            row.titel,
            row.waarde_tekst,
            " · ".join(
                filter(None, (_beside("gemeente", row.gemeente_tekst), _beside("Nederland", row.land_tekst)))
            ),
            f"{row.soort} {row.jaar}",
        )
        for row in rows.itertuples()
        if is_known(row.waarde)
    ]
    return (*found, *_growth(store, area, plan["toekomst"], plan["toekomst_jaar"]))


def _beside(where: str, text: str) -> str:
    return f"{where} {text}" if text else ""


def _growth(store: Store, area: Area, code: str, year: int) -> tuple[Pressure, ...]:
    subject = subjects(store).get(code)
    if subject is None:
        return ()
    whole = outlook(store, area, area.smallest, subject, scenarios(subject)[BASE]).whole
    now, then = (whole["teller"].get(moment) for moment in (years()[0], year))
    if not is_known(now) or not is_known(then) or not now:
        return ()
    change = 100 * (then / now - 1)
    sign = "+" if change > 0 else ""
    return (
        Pressure(
            f"{subject.titel}, tot {year}",
            f"{sign}{dutch(change)}%",
            f"sinds {years()[0]}",
            f"geschat {year}",
        ),
    )
