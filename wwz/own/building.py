"""What will be built and demolished: homes per buurt, year and kind, as the municipality plans them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.future.kinds import DEMOLITION, homes
from wwz.future.tables import last_years
from wwz.own.brought import Brought, Found, Mistakes
from wwz.own.countsread import no_whole_number, whole_number
from wwz.own.ledger import Field, Kind, Shelf
from wwz.own.tablefile import Check, Columns
from wwz.store import Store
from wwz.words.numbers import dutch

NEEDED = ("buurt", "jaar", "woningen", "soort")


@dataclass(frozen=True)
class Bouwplan:
    """How many homes of one kind come in (or go from) a buurt in a year; who says so, from what, and when."""

    gebied: str
    jaar: int
    soort: str
    woningen: int
    bron: str
    wie: str
    wanneer: str


KIND = Kind(
    "bouwplan",
    "bouwplan",
    ("gebied", "jaar", "soort"),
    {"woningen": Field(int), "bron": Field(), "wie": Field(), "wanneer": Field(langst=40)},
)
SHELF = Shelf(KIND, "bouwplannen")


def years() -> range:
    """The years that a plan can be about: after the first year of Toekomst."""
    first, last = last_years()
    return range(first + 1, last + 1)


def _of_text(text: Mapping[str, str]) -> dict[str, Any]:
    return {
        "gebied": text["buurt"],
        "jaar": int(text["jaar"]),
        "soort": text["soort"].lower(),
        "woningen": whole_number(text["woningen"]),
    }


PLANS = Brought(
    Bouwplan,
    SHELF,
    Columns(NEEDED, other_names={"gebied": "buurt", "aantal": "woningen"}),
    _of_text,
    "deze bouwplannen",
    "De bouwplannen zijn",
    "Vul in waar deze bouwplannen staan. Bijvoorbeeld: Woondeal 2025.",
)
COLUMNS = PLANS.names
read, keep, latest, remove, table = PLANS.read, PLANS.keep, SHELF.latest, PLANS.remove, PLANS.table


def check(content: bytes, name: str, buurten: Mapping[str, float], wie: str, bron: str) -> list[Bouwplan]:
    """Plans from a CSV or xlsx file.

    Parameters
    ----------
    buurten
        Code → how many homes there are, of the buurten in the data.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each.
    """

    def more(found: Found, _right: bool) -> Mistakes:
        return _too_much_gone(found, buurten)

    return PLANS.check((content, name), _checks(buurten), wie, bron, more)


def _checks(buurten: Mapping[str, float]) -> dict[str, Check]:
    def buurt(text: str) -> str:
        if text in buurten:
            return ""
        return f"buurt {text!r} staat niet in de gegevens. Gebruik een code als {next(iter(buurten), 'BU05180101')}"

    def jaar(text: str) -> str:
        if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in years():
            return ""
        return f"jaar {text!r} kan niet. Kies een jaar van {years()[0]} tot en met {years()[-1]}"

    def soort(text: str) -> str:
        return (
            "" if text.lower() in homes() else f"soort {text!r} bestaat niet. Kies uit {', '.join(homes())}"
        )

    def woningen(text: str) -> str:
        wrong = no_whole_number(text, "woningen")
        if "negatief" in wrong:
            return f"{wrong}. Zet gesloopte woningen op een eigen regel, met de soort {DEMOLITION}"
        return wrong

    return {"buurt": buurt, "jaar": jaar, "woningen": woningen, "soort": soort}


def _too_much_gone(found: Found, buurten: Mapping[str, float]) -> Mistakes:
    """No more homes are demolished than there are by then."""
    wrong = []
    for code in dict.fromkeys(p.gebied for _, p in found):
        there, now = buurten[code], dutch(buurten[code])
        for n, p in sorted((r for r in found if r[1].gebied == code), key=lambda r: (r[1].jaar, r[1].soort)):
            there += -p.woningen if p.soort == DEMOLITION else p.woningen
            if p.soort == DEMOLITION and there < 0:
                wrong.append(
                    (n, f"in {code} gaan er tot en met {p.jaar} meer woningen weg dan er zijn ({now} nu)")
                )
    return wrong


def homes_now(store: Store) -> dict[str, float]:
    """Code → how many homes there are, of every inhabited buurt."""
    rows = store.ask("toekomst_soort", binnen=[])
    return dict(zip(rows["gebied"], rows["woningen"], strict=True))


def template(rows: pd.DataFrame) -> str:
    """A CSV to fill in: one line per buurt, without homes. `rows`: gebied, naam (sql/answers/toekomst_soort.sql)."""
    lines = [";".join((*NEEDED, "naam"))]
    lines += [f"{r.gebied};{years()[0]};0;gezin;{r.naam}" for r in rows.itertuples()]
    return "\n".join(lines) + "\n"
