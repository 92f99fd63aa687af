"""The wijkagenda in words: what a row says, whom to ask, and what to do first.

The words of a row and those of a first step are made here from the same pieces: what one says, the other says too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from wwz.agenda.numbers import people_text
from wwz.ask.conditions import ASSUMED as ASSUMED
from wwz.base.sentence import capital
from wwz.knowledge import domain, load_toml
from wwz.words.numbers import is_known, nearly, spoken, whole_or_half

MOST_GROUPS, MOST_HELP = 4, 3
UNKNOWN, MEAN, GIVEN = "onbekend", "gemiddelde", "opgegeven"
# At least so many lack it, and at most so many: neither known nor unknown.
BOUNDED = "begrensd"
# Of these it is first to be found out what they really are.
TO_FIND_OUT = (ASSUMED, UNKNOWN, BOUNDED)
DOUBTFUL, FIRM = "twijfel", "vast"
# The tag beside a row: how its number is known.
TAGS = {
    ASSUMED: "aanname",
    UNKNOWN: "eerst uitzoeken",
    BOUNDED: BOUNDED,
    GIVEN: "opgegeven",
    "gemengd": "geschat",
    "adressen": "gemeten",
    "vierkanten": "gemeten",
    "vierkant": "gemeten",
    "label": "gemeten",
    "gemeten": "gemeten",
}
MEASURED_TAG = "geschat uit meting"
ASKED = ("wie", "bel", "vraag", "begin", "eerste", "aantal", "onbekend", "titels", "mensen", "raakt")
# The order in which the kinds of a whole agenda are told, surest first.
KINDS = ("gemeten", "opgegeven", "geschat", "begrensd", "aanname", "onbekend")


def for_whom(codes: Sequence[str], carer: str, *, full: bool = False) -> str:
    """The doelgroepen, those with most people first, and the mantelzorgsituatie where they share one (else empty).

    `full`: by their whole names, where there is room for them.
    """
    groups, carers = domain.domein().doelgroepen, domain.domein().mantelzorg
    names = [groups[code].titel if full else groups[code].kort for code in codes[:MOST_GROUPS]]
    more = f" en {len(codes) - MOST_GROUPS} andere" if len(codes) > MOST_GROUPS else ""
    with_carer = f" ({carers[carer].titel.lower()})" if carer in carers else ""
    return f"{', '.join(names)}{more}{with_carer}"


def tag(how: str) -> str:
    """How a number is known, in a word or two."""
    return TAGS.get(how, MEASURED_TAG)


def kinds(hows: Iterable[str]) -> tuple[str, ...]:
    """How the numbers of several rows are known (`hoe_code`), each kind once and in one word."""
    present = {"onbekend" if how == UNKNOWN else tag(how).split()[0] for how in hows}
    return tuple(kind for kind in KINDS if kind in present)


def advice(code: str, how: str, margin: str, metres: float, find_out: str) -> dict[str, str]:
    """What a row advises: its columns controle, helpt, doen and uitzoeken.

    Parameters
    ----------
    code, how, margin, metres, find_out
        Of the row: randvoorwaarde, hoe_code, marge_tekst, the norm, and how to find out whether it is there.
    """
    check, helps = to_check(code, metres), helping(code)
    return {
        "controle": check,
        "helpt": helps,
        "doen": _to_do(how, margin, check, find_out, helps),
        "uitzoeken": find_out,
    }


def _to_do(how: str, margin: str, check: str, find_out: str, helps: str) -> str:
    """What may help; before that what to look up, where the number is no firm ground."""
    ground = _ground(how, margin)
    if ground == FIRM:
        return helps
    if ground == UNKNOWN:
        return find_out
    if ground == BOUNDED:
        return f"Zo wordt dit preciezer: {find_out}"
    again = ground == DOUBTFUL and own_check(how, check)
    return f"{again or f'Eerst nagaan: {find_out}'} Daarna: {small(helps)}"


def _ground(how: str, margin: str) -> str:
    """What a number stands on: UNKNOWN, BOUNDED, ASSUMED, DOUBTFUL (it may be next to nobody) or FIRM.

    A row and a first step both ask this: the one never says to build where the other says to look again.
    """
    if how in TO_FIND_OUT:
        return how
    if how == GIVEN:
        # Whoever has just answered is not asked again.
        return FIRM
    return DOUBTFUL if margin.startswith("<") else FIRM


def firm(how: str, margin: str) -> bool:
    """Whether a number is firm enough to build on. Parameters: hoe_code and marge_tekst of a row."""
    return _ground(how, margin) == FIRM


def own_check(how: str, check: str) -> str:
    """The sentence of the knowledge on how to look again at a mean distance; empty for any other number."""
    return check if how == MEAN else ""


def helping(code: str) -> str:
    """What may help: an action to begin with, and other ways (from the seeds' lists, no proven recipe)."""
    first, *others = domain.randvoorwaarden()[code].wat_kan_helpen[:MOST_HELP]
    return f"{first}." + (f" Ook mogelijk: {'; '.join(map(small, others))}." if others else "")


def lacked(code: str, title: str, metres: float) -> str:
    """What people lack, as a noun in a sentence, with the norm that holds."""
    words = load_toml("confrontatie.toml")["zin"].get(code, {}).get("gemis", small(title))
    return words.replace("{meter}", _metres(metres))


def to_check(code: str, metres: float) -> str:
    """How to look again at a number that is no firm ground; empty when the knowledge has no sentence for it."""
    words = load_toml("confrontatie.toml")["zin"].get(code, {}).get("controle", "")
    return words.replace("{meter}", _metres(metres))


def _metres(metres: float) -> str:
    return whole_or_half(metres) if is_known(metres) else ""


def lacking(row: Any) -> str:
    """How many people lack it, as a sentence."""
    margin = "" if row.mensen_tekst.startswith("<") else f" ({spoken(row.marge_tekst.split(';')[0])})"
    return f"{capital(row.gemis)} missen {nearly(row.mensen_tekst)} mensen{margin}."


def questions(rows: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Whom to ask first: each party with the necessary conditions it can clear up, most people first.

    Parameters
    ----------
    rows
        The rows of an agenda.
    minimum
        The privacy minimum.

    Returns
    -------
    pandas.DataFrame
        `ASKED`: wie, bel (the same, after "bel"), vraag, begin (the first of its sentences), eerste (the first condition, a code),
        aantal, onbekend (how many of them are unknown or only bounded), titels, mensen (how many the largest one touches) and
        raakt (the same as text).
    """
    open_rows = rows[(rows["graad"] == "N") & rows["hoe_code"].isin(TO_FIND_OUT)]
    found = [
        _of_party(party, part, minimum)
        for party in load_toml("confrontatie.toml")["vraag"]
        if len(part := open_rows[open_rows["randvoorwaarde"].isin(_asked_of(party))])
    ]
    frame = pd.DataFrame(found, columns=ASKED)
    return frame.sort_values(["mensen", "aantal"], ascending=False, kind="stable").reset_index(drop=True)


def _of_party(party: dict, part: pd.DataFrame, minimum: int) -> dict[str, Any]:
    """A row of `questions`; `part`: what it can clear up."""
    # Of each who needs it: an upper bound of who lacks it, margin and all, would go before everything that is unknown.
    unknown = part["hoe_code"] == UNKNOWN
    people = part["onbekend_nodig"].where(unknown, part["nodig"])
    reach, still_open = people.fillna(0).max(), _still_open(party, part)
    return {
        "wie": party["wie"],
        "bel": party["bel"],
        "vraag": " ".join(still_open),
        "begin": still_open[0],
        "eerste": part["randvoorwaarde"].iloc[0],
        "aantal": len(part),
        "onbekend": int(part["hoe_code"].isin([UNKNOWN, BOUNDED]).sum()),
        "titels": ", ".join(map(small, part["titel"])),
        "mensen": reach,
        "raakt": f"{people_text(reach, minimum)} mensen",
    }


def _asked_of(party: dict) -> list[str]:
    return [code for question in party["vragen"] for code in question["randvoorwaarden"]]


def _still_open(party: dict, part: pd.DataFrame) -> list[str]:
    """The sentences to ask a party, without those that are about what is known by now."""
    left = set(part["randvoorwaarde"])
    return [q["vraag"] for q in party["vragen"] if left.intersection(q["randvoorwaarden"])]


def not_added() -> str:
    """Why numbers of randvoorwaarden below each other are not to be added up."""
    return str(load_toml("confrontatie.toml")["agenda"]["niet_optellen"])


def small(title: str) -> str:
    """A title inside a sentence; a name or an abbreviation keeps its capitals."""
    word = title.split(" ")[0]
    names = load_toml("confrontatie.toml")["schrijfwijze"]["namen"]
    if word.split("-")[0] in names or any(letter.isupper() for letter in word[1:]):
        return title
    return title[0].lower() + title[1:]
