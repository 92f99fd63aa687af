"""Three jobs that follow from an agenda: something to do, something to decide, something to ask.

A wethouder who has one minute reads these. Each says who it is for; who takes it up, and by when, is kept in the ledger
(`wwz.own.klus`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.agenda.numbers import range_words
from wwz.agenda.rows import Agenda, questions
from wwz.agenda.words import ASSUMED, BOUNDED, UNKNOWN, firm, lacking, own_check
from wwz.base.counted import counted
from wwz.base.memory import within
from wwz.base.sentence import capital
from wwz.knowledge import domain, load_toml
from wwz.words.numbers import spoken


@dataclass(frozen=True)
class Job:
    """One job: its kind (`doen`, `beslissen` or `navragen`), what it says, for whom it is, and the condition it is about."""

    soort: str
    titel: str
    tekst: str
    wie: str
    randvoorwaarde: str


@within
def jobs(found: Agenda) -> tuple[Job, ...]:
    """At most one job of each kind, in the order of the knowledge; a kind that nothing calls for is left out."""
    return from_rows(found.rows, questions(found), found.minimum)


def from_rows(rows: pd.DataFrame, asked: pd.DataFrame, minimum: int) -> tuple[Job, ...]:
    """The jobs of `jobs`.

    Parameters
    ----------
    rows
        The rows of an agenda.
    asked
        As `words.questions` gives them.
    minimum
        The privacy minimum.
    """
    needed = rows[(rows["graad"] == "N") & (rows["hoe_code"] != UNKNOWN)]
    known = needed[~needed["hoe_code"].isin([ASSUMED, BOUNDED]) & needed["mensen"].notna()]
    solid = known[[firm(row.hoe_code, row.marge_tekst) for row in known.itertuples()]]
    open_ones = needed.drop(solid.index)
    sized = open_ones.assign(grootst=open_ones["mensen"].fillna(open_ones["boven"])).dropna(subset="grootst")
    found = [_to_do(row) for row in solid.head(1).itertuples()]
    # The choice that touches most people, after those whose lower bound already says that they lack it.
    largest = sized.sort_values(["onder", "grootst"], ascending=False, kind="stable", na_position="last")
    found += [_to_decide(row, minimum) for row in largest.head(1).itertuples()]
    found += [_to_ask(row) for row in asked[asked["onbekend"] > 0].head(1).itertuples()]
    return tuple(found)


def _job(kind: str, text: str, code: str, who: str = "") -> Job:
    plan = load_toml("confrontatie.toml")["klus"]
    return Job(
        kind, plan[kind]["titel"], text, who or plan["wie"][domain.randvoorwaarden()[code].groep], code
    )


def _to_do(row: Any) -> Job:
    return _job("doen", f"{lacking(row)} {_begin(row)}", row.randvoorwaarde)


def _begin(row: Any) -> str:
    """The first of the things that may help."""
    return f"{domain.randvoorwaarden()[row.randvoorwaarde].wat_kan_helpen[0]}."


def _to_decide(row: Any, minimum: int) -> Job:
    """A gap of which the number is no firm ground: begin, or first look again."""
    if row.hoe_code == BOUNDED:
        # A bound is certain: nothing is perhaps about it.
        said = f"{capital(spoken(row.mensen_tekst))} mensen missen {row.gemis}."
        ground = "Preciezer weten wij het nog niet."
    else:
        said = f"Misschien missen {spoken(range_words(row.onder, row.boven, minimum))} mensen {row.gemis}."
        ground = "Dat is een aanname." if row.hoe_code == ASSUMED else "Zeker is dat niet."
    first = own_check(row.hoe_code, row.controle) or row.uitzoeken
    return _job(
        "beslissen",
        f"{said} {ground} Kies: eerst uitzoeken, of al beginnen. Uitzoeken: {first} Beginnen: {_begin(row)}",
        row.randvoorwaarde,
    )


def _to_ask(row: Any) -> Job:
    words = counted("{n} [randvoorwaarde|randvoorwaarden]", row.aantal)
    return _job(
        "navragen",
        f"Bel {row.bel}. Zij weten het antwoord voor {words}. Begin met: {row.begin}",
        row.eerste,
        row.wie,
    )
