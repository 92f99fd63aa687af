"""Why this number: the three figures behind it, each with its margin, year and how it is known, and the sum in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda.numbers import UNKNOWN_SIGN, people_text, range_words
from wwz.agenda.rows import ask_steady, parameters
from wwz.agenda.words import BOUNDED, UNKNOWN, small
from wwz.ask.area import Area
from wwz.ask.conditions import how_known
from wwz.ask.stated import by_statements
from wwz.base.counted import counted
from wwz.knowledge import domain
from wwz.store import Store
from wwz.words.numbers import dutch, is_known, spoken

MOST_ROWS = 12
SOURCES = ("bron", "omvang_bron", "deel_bron", "mantelzorg_bron")
NOTHING_TO_SHOW = "Het gaat in elke doelgroep om te weinig mensen om te laten zien."


@dataclass(frozen=True)
class Why:
    """What a number of people rests on.

    Attributes
    ----------
    rows
        Per doelgroep, most people first, as texts: doelgroep, mantelzorg, omvang, omvang_marge, aandeel, aandeel_marge,
        zonder, zonder_marge, mensen, marge.
    som
        The sum of the first row in words.
    samen
        The number itself, with its margin: the rows and the rest together; empty when it is not known.
    rest
        What is not in the table, in words; may be empty.
    bronnen
        Source lines, of all three figures.
    """

    rows: pd.DataFrame
    som: str
    samen: str
    rest: str
    bronnen: tuple[str, ...]


@by_statements
def of_condition(store: Store, area: Area, code: str, degree: str, minimum: int) -> Why:
    """The inputs of one number of the agenda.

    Parameters
    ----------
    code, degree
        The randvoorwaarde, and N or W. Without a code: the number of the headline.
    minimum
        The privacy minimum: rows about fewer people are left out, and only counted.
    """
    found = ask_steady(
        store,
        "agenda_waarom",
        **parameters(store, area),
        randvoorwaarde=code,
        graad=degree,
        meeste=MOST_ROWS,
    )
    rows = found[found["tonen"].astype(bool)]
    first = rows.iloc[0] if len(rows) else None
    return Why(
        rows=pd.DataFrame([_texts(row, minimum) for row in rows.to_dict("records")]),
        som=_sum(first) if first is not None else "",
        samen=_together(first, minimum) if first is not None else "",
        rest=_rest(first, minimum) if first is not None else NOTHING_TO_SHOW,
        bronnen=tuple(dict.fromkeys(line for name in SOURCES for line in found[name].dropna() if line)),
    )


def _together(row: pd.Series, minimum: int) -> str:
    if not is_known(row["samen"]):
        return ""
    margin = spoken(range_words(row["samen_onder"], row["samen_boven"], minimum))
    return f"Samen ongeveer {people_text(row['samen'], minimum)} mensen ({margin})."


def _rest(row: pd.Series, minimum: int) -> str:
    """The doelgroepen that are not in the table, as one number where they are enough people."""
    count = int(row["rest_groepen"])
    if not count:
        return ""
    groups = counted("{n} [doelgroep|doelgroepen]", count)
    number = f", samen ongeveer {people_text(row['rest'], minimum)}" if is_known(row["rest"]) else ""
    return f"Daarnaast {groups} met minder mensen{number}. Die tellen wel mee."


def _texts(row: dict, minimum: int) -> dict:
    known = row["bekend"]
    count, margin = (
        people_text(row["uitkomst"], minimum),
        range_words(row["onder"], row["boven"], minimum),
    )
    size = range_words(row["mensen_onder"], row["mensen_boven"], minimum)
    return {
        "doelgroep": domain.domein().doelgroepen[row["doelgroep"]].titel,
        "mantelzorg": _situations(row["mantelzorg"]),
        "omvang": people_text(row["mensen"], minimum),
        "omvang_marge": f"{size}; {row['omvang_soort']}, {int(row['omvang_jaar'])}{_part(row)}",
        "aandeel": _percent(row["mz"]),
        "aandeel_marge": f"{_percents(row['mz_onder'], row['mz_boven'])}; {row['mantelzorg_soort']}",
        "zonder": _percent(row["zonder"]) if known else _bound(row),
        "zonder_marge": f"{_percents(row['zonder_onder'], row['zonder_boven'])}; {_how(row)}"
        if known
        else (BOUNDED if is_known(row["grens_boven"]) else UNKNOWN),
        "mensen": count if known else UNKNOWN_SIGN,
        "marge": margin if known else f"nodig voor ongeveer {count} ({margin})",
    }


def _bound(row: dict) -> str:
    """Which part lacks it at least and at most, where only that is known."""
    if not is_known(row["grens_boven"]):
        return UNKNOWN_SIGN
    return _percents(row["grens_onder"], row["grens_boven"])


def _part(row: dict | pd.Series) -> str:
    """Which part of the doelgroep needs it, where that is not everybody."""
    return "" if row["deel"] >= 1 else f"; {_percent(row['deel'])} van de doelgroep ({row['deel_soort']})"


def _situations(codes: str) -> str:
    """The mantelzorgsituaties together; `codes` with a bar between them."""
    known, chosen = domain.domein().mantelzorg, codes.split("|")
    if set(chosen) == set(known):
        return "Met en zonder mantelzorger"
    first, *others = [known[code].titel for code in known if code in chosen]
    return " of ".join([first, *map(small, others)])


def _how(row: dict) -> str:
    year = f", {int(row['zonder_jaar'])}" if is_known(row["zonder_jaar"]) else ""
    return f"{small(how_known(row['hoe']))}{year}"


def _percent(share: float) -> str:
    # One decimal, so that the sum can be checked with a calculator.
    return f"{dutch(100 * share, 1)}%"


def _percents(low: float, high: float) -> str:
    below, above = dutch(100 * low), dutch(100 * high)
    return f"{below}%" if below == above else f"{below} tot {above}%"


def _sum(row: pd.Series) -> str:
    group = small(domain.domein().doelgroepen[row["doelgroep"]].titel)
    size, share = dutch(row["mensen"]), _percent(row["mz"])
    start = f"Zo rekenen wij: er zijn ongeveer {dutch(row['groep'])} mensen in de doelgroep {group}."
    if row["deel"] < 1:
        part = _percent(row["deel"])
        start += f" Niet iedereen heeft hulp nodig: wij nemen aan {part}. Dat zijn ongeveer {size} mensen."
    start += f" Van hen heeft {share} deze situatie: {small(_situations(row['mantelzorg']))}."
    if not row["bekend"]:
        need = f"{size} × {share} = ongeveer {dutch(row['uitkomst'])} mensen"
        return f"{start} Zij hebben dit nodig: {need}. Hoeveel van hen het missen, weten wij niet."
    part = _percent(row["zonder"])
    return (
        f"{start} Daarvan mist {part} dit: {size} × {share} × {part} = ongeveer {dutch(row['uitkomst'])} mensen. "
        "Dat doen wij voor elk gebied apart en voor elke doelgroep, en wij tellen de uitkomsten op."
    )
