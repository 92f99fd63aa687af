"""The wijkagenda: which randvoorwaarde is missing for how many people, in the order in which to work on it.

Order: first what is necessary; of that first what clearly more people lack than is to be expected there, then by the number of
people who lack it; then what is very desirable. No weights. What is unknown stays in the list, with the number of people it may
touch, and never counts as met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.agenda import expected
from wwz.agenda import head as agendahead
from wwz.agenda import words as agendawords
from wwz.agenda.numbers import UNKNOWN_SIGN, Amount, expected_text, known_part, margin_text
from wwz.agenda.words import for_whom
from wwz.ask.area import Area
from wwz.ask.conditions import how_bounded, how_known
from wwz.ask.narrowing import ways
from wwz.ask.stated import by_statements
from wwz.base.errors import Fout
from wwz.base.memory import within
from wwz.knowledge import domain, load_toml
from wwz.own import given
from wwz.store import Store
from wwz.words.numbers import bound_text, part_text, says_little, says_nothing

__all__ = ["UNKNOWN_SIGN", "Agenda", "of_area", "parameters"]
OWN = " (eigen eis)"
EXACT = 6
# What a row takes from the answer as it is.
TAKEN = (
    "randvoorwaarde", "titel", "graad", "volgorde", "mensen", "onder", "boven", "nodig", "onbekend_nodig", "onbekend_onder", "onbekend_tot",
    "eigen_eis", "bekend", "niemand", "meetnoot", "bron", "zeker", "mogelijk", *expected.COLUMNS,
)  # fmt: skip
COLUMNS = [
    *TAKEN, "graad_titel", "voor_wie", "voor_wie_vol", "mensen_tekst", "marge_tekst", "hoe_code", "hoe", "soort", "gemis", "controle", "helpt", "doen", "uitzoeken",
    "verwacht_tekst",
]  # fmt: skip


@dataclass(frozen=True)
class Agenda:
    """The agenda of one area.

    Attributes
    ----------
    rows
        One row per randvoorwaarde and degree, in order. Columns randvoorwaarde, titel, graad (N or W), graad_titel,
        voor_wie and voor_wie_vol (the same by whole names), mensen, onder, boven (who lacks it; of a bounded row only onder and boven: at least and at most), nodig (who needs it), onbekend_nodig, onbekend_onder, onbekend_tot (who needs it
        where the status is unknown; all in people), mensen_tekst, marge_tekst, eigen_eis (whether the municipality set this degree
        itself), bekend (of which part of the people who need it the status is known, 0 to 1),
        hoe_code, hoe (in words), soort (the tag), gemis and controle (what it is, and how to check it, for sentences), helpt, doen,
        verwacht, verwacht_onder, verwacht_boven (people, what is expected: of who lacks it, or of who needs it where it is unknown), verschil (`expected.WORDS`)
        and verwacht_tekst (both in words),
        uitzoeken, zeker, mogelijk (which part of those who need it lacks it at least and at most, 0 to 1), meetnoot, bron. Numbers that may not be shown are missing.
    met
        Titles of the necessary conditions that nobody lacks, as far as known.
    headline, about
        In words.
    getal
        How many different people lack something necessary of which it is known, as a text.
    minimum
        The privacy minimum.
    has_groups
        Whether sizes of doelgroepen are known here; without them there are no numbers of people.
    """

    rows: pd.DataFrame
    met: tuple[str, ...]
    headline: str
    about: str
    getal: str
    minimum: int
    has_groups: bool


@by_statements
def of_area(store: Store, area: Area) -> Agenda:
    """Make the agenda of an area.

    Raises
    ------
    Fout
        When the area has so many buurten that an agenda says nothing any more.
    """
    question = parameters(store, area)
    head = in_whole(store, question)
    minimum = int(head["minimum"])
    everything = _rows(_with_data(store, in_order(store, area)), minimum)
    nobody = everything["niemand"].astype(bool)
    rows = everything[~nobody].reset_index(drop=True)
    return Agenda(
        rows=rows,
        met=tuple(everything.loc[nobody & (everything["graad"] == "N"), "titel"]),
        headline=agendahead.headline(area.naam, head, rows),
        about=agendahead.about(head, rows),
        getal=agendahead.in_all(head),
        minimum=minimum,
        has_groups=bool(head["aanwezig"]),
    )


@by_statements
def in_order(store: Store, area: Area) -> pd.DataFrame:
    """The rows of sql/answers/agenda_tekort.sql with what is expected beside them (`expected.COLUMNS`), in the order of the agenda.

    What clearly more people lack than expected comes first. Of what is unknown it is not known that anybody lacks it: that
    stays behind what is known, and there first what more people need than expected. naar_mensen: the place by people alone.
    """
    rows = ask_steady(store, "agenda_tekort", **parameters(store, area))
    rows = rows.join(expected.beside(store, area, rows)).assign(naar_mensen=range(1, len(rows) + 1))
    unknown, more = ~rows["genoeg"] & ~rows["begrensd"], rows["verschil"] == expected.MORE
    order = pd.DataFrame({"graad": rows["graad"], "onbekend": unknown, "gewoon": ~more})
    return rows.loc[order.sort_values(list(order), kind="stable").index].reset_index(drop=True)


@within
def questions(found: Agenda) -> pd.DataFrame:
    """Who knows what is not known yet: `agenda.words.questions`."""
    return agendawords.questions(found.rows, found.minimum)


def parameters(store: Store, area: Area) -> dict:
    """The parameters that all questions of the agenda share.

    Raises
    ------
    Fout
        When the area is too large.
    """
    most = load_toml("confrontatie.toml")["agenda"]["meeste_buurten"]
    if len(area.buurten) > most:
        raise Fout(f"{area.naam} is te groot voor een agenda. Kies een gemeente of een wijk.")
    statements = given.read(store.path)
    return {"buurten": list(area.buurten), **given.parameters(statements)}


def ask_steady(store: Store, question: str, **given_values: Any) -> pd.DataFrame:
    """An answer whose numbers sort and read the same every time.

    Sums differ in the last digits with the threads of the database; equal figures would then change places.
    """
    rows = store.ask(question, **given_values)
    numbers = rows.select_dtypes("float").columns
    return rows.assign(**{name: rows[name].round(EXACT) for name in numbers})


def in_whole(store: Store, question: Mapping[str, Any]) -> pd.Series:
    """Who lacks something necessary in the whole area, of its buurten together."""
    return ask_head(store, **question).drop(columns=["gebied", "naam"]).astype("float64").iloc[0]


def ask_head(store: Store, **question: Any) -> pd.DataFrame:
    """Who lacks something necessary: first of the whole area, then of each of its buurten."""
    return ask_steady(store, "agenda_kop", **question)


def _with_data(store: Store, inputs: pd.DataFrame) -> pd.DataFrame:
    """What is not known is found out by data that is not here yet first, and then by asking."""
    found = [
        ways(store, row.randvoorwaarde, row.hoe_uitzoeken)
        if row.hoe in agendawords.TO_FIND_OUT
        else row.hoe_uitzoeken
        for row in inputs.itertuples()
    ]
    return inputs.assign(hoe_uitzoeken=found)


def _rows(inputs: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """The answer of the database in words, in its order."""
    rows = [_row(row, minimum) for row in inputs.to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(row: dict, minimum: int) -> dict:
    lack = Amount(row["mensen"], row["onder"], row["boven"], row["verborgen"])
    need = Amount(
        row["onbekend_nodig"], row["onbekend_onder"], row["onbekend_tot"], row["onbekend_verborgen"]
    )
    margin = margin_text(lack, need if row["onbekend"] else None, minimum)
    if row["iets_bekend"] and not row["genoeg"]:
        margin += known_part(
            row["bekend"], Amount(row["bekend_mensen"], hidden=row["bekend_verborgen"]), minimum
        )
    how = row["hoe"]
    bounded = bool(row["begrensd"])
    most = float("nan") if says_nothing(row["mogelijk"]) else row["meest"]
    return {
        **{name: row[name] for name in TAKEN},
        **({"onder": row["minst"], "boven": most} if bounded else {}),
        "graad_titel": domain.domein().graden[row["graad"]].titel + (OWN if row["eigen_eis"] else ""),
        "voor_wie": for_whom(row["voor_wie"], row["mantelzorg"]),
        "voor_wie_vol": for_whom(row["voor_wie"], row["mantelzorg"], full=True),
        "mensen_tekst": bound_text(row["minst"], row["meest"], minimum, row["mogelijk"])
        if bounded
        else lack.text(minimum),
        "marge_tekst": part_text(row["zeker"], row["mogelijk"]) + says_little(row["zeker"], row["mogelijk"])
        if bounded
        else margin,
        "hoe_code": how,
        "hoe": how_bounded(row["grens_hoe"]) if bounded else how_known(how),
        "soort": agendawords.tag(how),
        "verwacht_tekst": expected_text(row, minimum),
        "gemis": agendawords.lacked(row["randvoorwaarde"], row["titel"], row["norm_m"]),
        **agendawords.advice(row["randvoorwaarde"], how, margin, row["norm_m"], row["hoe_uitzoeken"]),
    }
