"""What stands above the list of the wijkagenda: the headline, what it is about, and three numbers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda.numbers import Amount, nearly, range_words, spoken
from wwz.agenda.words import ASSUMED, BOUNDED, UNKNOWN, lacking, small
from wwz.base.counted import counted

MOST_NAMED = 2


@dataclass(frozen=True)
class Card:
    """One of the three numbers above the list: its title, number, what stands under it, and a tag."""

    titel: str
    getal: str
    onder: str
    soort: str


def headline(naam: str, head: pd.Series, needed: pd.DataFrame) -> str:
    """The finding: of how few conditions it is known, and the number; never mixed with an assumption.

    Parameters
    ----------
    needed
        The rows of all necessary conditions, also those that nobody lacks.
    """
    if not head["aanwezig"]:
        return f"Hoeveel mensen in {naam} iets missen, is nog niet te zeggen"
    total = len(needed)
    known = int((~needed["hoe_code"].isin([UNKNOWN, BOUNDED, ASSUMED])).sum())
    if not measured(head).known:
        return counted(
            "Van [de enige noodzakelijke randvoorwaarde weten wij nog niet|geen van de {n} noodzakelijke randvoorwaarden weten wij al] "
            "hoeveel mensen in {naam} haar missen",
            total,
            naam=naam,
        )
    which = "haar" if known == 1 else "er minstens één"
    count = nearly(measured(head).text(int(head["minimum"])))
    which_of = counted(
        "[de enige noodzakelijke randvoorwaarde|{known} van de {n} noodzakelijke randvoorwaarden]",
        total,
        known=known,
    )
    return f"Van {which_of} weten wij hoeveel mensen in {naam} {which} missen: {count}"


def about(head: pd.Series, rows: pd.DataFrame) -> str:
    """Under the headline: the biggest gaps that are known, then the assumption, then what is unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    is_counted = needed["hoe_code"] != UNKNOWN
    measured = needed[is_counted & (needed["hoe_code"] != ASSUMED) & needed["mensen"].notna()]
    assumed = needed[needed["mensen"].notna() & (needed["hoe_code"] == ASSUMED)]
    sentences = [lacking(row) for row in measured.head(MOST_NAMED).itertuples()]
    if len(assumed):
        row = assumed.iloc[0]
        width = spoken(range_words(row["onder"], row["boven"], minimum))
        sentences.append(f"Wij nemen aan dat {width} mensen {row['gemis']} missen. Ga dat eerst na.")
    sentences += _bounded(needed)
    unknown = needed[~is_counted]
    if len(unknown):
        sentences.append(
            counted(
                "Van {n} noodzakelijke [randvoorwaarde|randvoorwaarden] weten wij nog niet hoeveel mensen iets missen.",
                len(unknown),
            )
        )
        sentences += _most_needed(unknown, minimum)
    return " ".join(sentences)


def _bounded(needed: pd.DataFrame) -> list[str]:
    """Of how many conditions there is a bound, and the one that most people certainly lack; none without bounds."""
    rows = needed[needed["hoe_code"] == BOUNDED]
    if rows.empty:
        return []
    which = counted("{n} [randvoorwaarde|randvoorwaarden]", len(rows))
    row = rows.iloc[0]
    return [
        f"Van {which} weten wij alleen hoeveel mensen haar ten minste en ten hoogste missen.",
        f"Bovenaan staat {small(row['titel'])}: {spoken(row['mensen_tekst'])} mensen.",
    ]


def _most_needed(unknown: pd.DataFrame, minimum: int) -> list[str]:
    """The unknown condition that most people need, in sentences; none when it is about few people."""
    sized = unknown[unknown["onbekend_nodig"].notna()]
    if sized.empty:
        return []
    row = sized.loc[sized["onbekend_nodig"].idxmax()]
    need = Amount(row["onbekend_nodig"], row["onbekend_onder"], row["onbekend_tot"])
    margin = f" ({spoken(need.margin(minimum))})" if " tot " in need.margin(minimum) else ""
    return [
        f"Het meest nodig is {small(row['titel'])}: voor {nearly(need.text(minimum))} mensen{margin}.",
        "Of dat er genoeg is, weten wij nog niet.",
    ]


def cards(head: pd.Series, rows: pd.DataFrame) -> tuple[Card, ...]:
    """Numbers that are never added up: known, assumed, bounded and unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    assumed, unknown = needed[needed["hoe_code"] == ASSUMED], needed[needed["hoe_code"] == UNKNOWN]
    found = [
        Card(
            "Bekend: gemeten, geschat of opgegeven",
            _number(measured(head), minimum),
            _under(measured(head), minimum),
            "geschat",
        )
    ]
    if len(assumed):
        row = assumed.iloc[0]
        found.append(
            Card(
                f"Aanname: {small(row['titel'])}",
                f"{row['mensen_tekst']} mensen",
                _under(Amount(row["mensen"], row["onder"], row["boven"]), minimum),
                "aanname",
            )
        )
    bounded = needed[needed["hoe_code"] == BOUNDED]
    if len(bounded):
        found.append(
            Card(
                "Begrensd: ten minste en ten hoogste",
                counted("{n} [randvoorwaarde|randvoorwaarden]", len(bounded)),
                " ".join(_bounded(needed)[1:]),
                BOUNDED,
            )
        )
    conditions = "randvoorwaarde" if len(unknown) == 1 else "randvoorwaarden"
    most = "".join(_most_needed(unknown, minimum)[:1])
    found.append(Card("Nog onbekend", f"{len(unknown)} {conditions}", most, "onbekend"))
    return tuple(found)


def measured(head: pd.Series) -> Amount:
    """What is measured or given: who lacks something necessary."""
    return Amount(
        head["gemeten"], head["gemeten_onder"], head["gemeten_boven"], bool(head["gemeten_verborgen"])
    )


def _number(count: Amount, minimum: int) -> str:
    return f"{count.text(minimum)} mensen" if count.known else "niets bekend"


def _under(count: Amount, minimum: int) -> str:
    margin = count.margin(minimum)
    return f"Tussen {spoken(margin).replace(' tot ', ' en ')}." if margin else ""
