"""Why this number: the three figures behind it, each with its margin, year and how it is known, and the sum in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda import parameters
from wwz.agendawords import people_text, range_words, small
from wwz.areas import Area
from wwz.conditions import how_known
from wwz.knowledge import domain
from wwz.numbers import dutch
from wwz.store import Store

MOST_ROWS = 12


@dataclass(frozen=True)
class Why:
    """What a number of people rests on.

    Attributes
    ----------
    rows
        Per doelgroep and mantelzorgsituatie, most people first, as texts: doelgroep, mantelzorg, omvang, omvang_marge,
        aandeel, aandeel_marge, zonder, zonder_marge, mensen, marge.
    som
        The sum of the first row in words.
    rest
        What is not in the table, in words; may be empty.
    bronnen
        Source lines.
    """

    rows: pd.DataFrame
    som: str
    rest: str
    bronnen: tuple[str, ...]


def of_condition(store: Store, area: Area, code: str, degree: str, minimum: int) -> Why:
    """The inputs of one number of the agenda.

    Parameters
    ----------
    code, degree
        The randvoorwaarde, and N or W.
    minimum
        The privacy minimum: rows about fewer people are left out, and only counted.
    """
    found = store.ask("agenda_waarom", **parameters(store, area), randvoorwaarde=code, graad=degree)
    shown = found[(found["uitkomst"] >= minimum) & (found["mensen"] >= minimum)]
    rows = shown.head(MOST_ROWS)
    left = len(found) - len(rows)
    rest = f"Daarnaast {left} combinaties met minder mensen; die tellen wel mee." if left else ""
    if not len(rows):
        rest = "Het gaat in elke doelgroep om te weinig mensen om te laten zien."
    return Why(
        rows=pd.DataFrame([_texts(row, minimum) for row in rows.to_dict("records")]),
        som=_sum(rows.iloc[0], code) if len(rows) else "",
        rest=rest,
        bronnen=tuple(dict.fromkeys(found["bron"].dropna())),
    )


def _texts(row: dict, minimum: int) -> dict:
    known = domain.domein()
    return {
        "doelgroep": known.doelgroepen[row["doelgroep"]].titel,
        "mantelzorg": known.mantelzorg[row["mantelzorg"]].titel,
        "omvang": people_text(row["mensen"], minimum),
        "omvang_marge": f"{range_words(row['mensen_onder'], row['mensen_boven'], minimum)}; geschat, {int(row['jaar'])}",
        "aandeel": _percent(row["mz"]),
        "aandeel_marge": f"{_percents(row['mz_onder'], row['mz_boven'])}; {row['mantelzorg_soort']}",
        "zonder": _percent(row["zonder"]),
        "zonder_marge": f"{_percents(row['zonder_onder'], row['zonder_boven'])}; {_how(row)}",
        "mensen": people_text(row["uitkomst"], minimum),
        "marge": range_words(row["onder"], row["boven"], minimum),
    }


def _how(row: dict) -> str:
    year = f", {int(row['zonder_jaar'])}" if row["zonder_jaar"] == row["zonder_jaar"] else ""
    return f"{small(how_known(row['hoe']))}{year}"


def _percent(share: float) -> str:
    # One decimal, so that the sum can be checked with a calculator.
    return f"{dutch(100 * share, 1)}%"


def _percents(low: float, high: float) -> str:
    below, above = dutch(100 * low), dutch(100 * high)
    return f"{below}%" if below == above else f"{below} tot {above}%"


def _sum(row: pd.Series, code: str) -> str:
    known = domain.domein()
    group, carer = known.doelgroepen[row["doelgroep"]], known.mantelzorg[row["mantelzorg"]]
    return (
        f"Zo rekenen wij: er zijn ongeveer {dutch(row['mensen'])} mensen in de doelgroep {small(group.titel)}. Van hen heeft "
        f"{_percent(row['mz'])} de situatie {small(carer.titel)}. Daarvan mist {_percent(row['zonder'])} dit: "
        f"{dutch(row['mensen'])} × {_percent(row['mz'])} × {_percent(row['zonder'])} = ongeveer {dutch(row['uitkomst'])} mensen. "
        "Dat doen wij per buurt en voor elke doelgroep, en wij tellen de uitkomsten op."
    )
