"""What stands above the wijkagenda: the finding, and what it is about."""

from __future__ import annotations

import pandas as pd

from wwz.agenda.expected import MORE
from wwz.agenda.numbers import Amount, range_words
from wwz.agenda.words import ASSUMED, BOUNDED, UNKNOWN, lacking, small
from wwz.base.counted import counted
from wwz.knowledge import load_toml
from wwz.words.numbers import dutch, is_known, nearly, rounded_people, spoken

MOST_NAMED = 2


def headline(naam: str, head: pd.Series, rows: pd.DataFrame) -> str:
    """The finding on which somebody can decide: who lacks most, or of what most people need nobody knows.

    What is known leads, unless so many more people need what nobody knows that a call comes first (gemis_eerst).

    Parameters
    ----------
    rows
        The rows of the agenda.
    """
    if not head["aanwezig"]:
        return f"Hoeveel mensen in {naam} iets missen, is nog niet te zeggen"
    needed = rows[rows["graad"] == "N"]
    unknown = _leading_unknown(needed)
    if unknown is not None:
        count = nearly(Amount(unknown["onbekend_nodig"]).text(int(head["minimum"])))
        return f"In {naam} hebben {count} mensen {small(unknown['titel'])} nodig; of dat er genoeg is, weten wij niet"
    known = _known(needed)
    if len(known):
        row = known.iloc[0]
        return f"In {naam} missen {nearly(row['mensen_tekst'])} mensen {row['gemis']}"
    bounded = needed[needed["hoe_code"] == BOUNDED]
    if len(bounded):
        row = bounded.iloc[0]
        return f"In {naam} missen {spoken(row['mensen_tekst'])} mensen {row['gemis']}"
    return f"In {naam} is nog van geen noodzakelijke randvoorwaarde bekend hoeveel mensen iets missen"


def _leading_unknown(needed: pd.DataFrame) -> pd.Series | None:
    """The unknown condition that leads the finding: a part of who needs it is more people than any known gap; else none."""
    row = _most_needed_row(needed)
    if row is None:
        return None
    known = needed[needed["hoe_code"].isin(_sure(needed)) | (needed["hoe_code"] == BOUNDED)]
    largest = known["mensen"].fillna(known["onder"]).max() if len(known) else 0.0
    part = load_toml("confrontatie.toml")["agenda"]["gemis_eerst"]
    return None if largest >= part * row["onbekend_nodig"] else row


def _sure(needed: pd.DataFrame) -> set[str]:
    return set(needed["hoe_code"]) - {UNKNOWN, BOUNDED, ASSUMED}


def _known(needed: pd.DataFrame) -> pd.DataFrame:
    """What is measured or given, with a number that may be shown."""
    return needed[needed["hoe_code"].isin(_sure(needed)) & needed["mensen"].notna()]


def _most_needed_row(needed: pd.DataFrame) -> pd.Series | None:
    """The unknown condition that most people need; none when it is about few people."""
    unknown = needed[(needed["hoe_code"] == UNKNOWN) & needed["onbekend_nodig"].notna()]
    return None if unknown.empty else unknown.loc[unknown["onbekend_nodig"].idxmax()]


def about(head: pd.Series, rows: pd.DataFrame) -> str:
    """Under the headline: the biggest gaps that are known, then the assumption, then what is unknown; never what it says itself."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    known, unknown_leads = _known(needed), _leading_unknown(needed) is not None
    others = known if unknown_leads else known.iloc[1:]
    sentences = [_more(known.head(1)) if not unknown_leads else "", _in_all(head, needed)]
    sentences += [lacking(row) for row in others.head(MOST_NAMED).itertuples()]
    assumed = needed[needed["mensen"].notna() & (needed["hoe_code"] == ASSUMED)]
    if len(assumed):
        row = assumed.iloc[0]
        width = spoken(range_words(row["onder"], row["boven"], minimum))
        sentences.append(f"Wij nemen aan: {width} mensen missen {row['gemis']}. Ga dat eerst na.")
    sentences += [*_bounded(needed), _at_least(head, needed)]
    unknown = needed[needed["hoe_code"] == UNKNOWN]
    if len(unknown):
        sentences.append(
            counted(
                "Van {n} noodzakelijke [randvoorwaarde|randvoorwaarden] weten wij nog niet hoeveel mensen iets missen.",
                len(unknown),
            )
        )
        if not unknown_leads:
            sentences += _most_needed(unknown, minimum)
    return " ".join(filter(None, sentences))


def _more(leading: pd.DataFrame) -> str:
    """What leads, where that is more people than expected; else nothing."""
    row = next(leading.itertuples(), None)
    return f"Dat is {row.verwacht_tekst} mensen." if row is not None and row.verschil == MORE else ""


def _in_all(head: pd.Series, needed: pd.DataFrame) -> str:
    """How many different people lack at least one thing of which it is known; empty where that is one thing or none."""
    count, known = measured(head), int(needed["hoe_code"].isin(_sure(needed)).sum())
    if not count.known or known < 2:
        return ""
    return (
        f"Van {known} noodzakelijke randvoorwaarden weten wij wie ze mist: {count.about(int(head['minimum']))} mensen missen er minstens "
        "één, ieder één keer geteld."
    )


def _bounded(needed: pd.DataFrame) -> list[str]:
    """Of how many conditions there is a bound, and the one that most people certainly lack; none without bounds."""
    rows = needed[needed["hoe_code"] == BOUNDED]
    if rows.empty:
        return []
    which = counted("{n} [randvoorwaarde|randvoorwaarden]", len(rows))
    row = rows.iloc[0]
    return [
        f"Van {which} weten wij alleen hoeveel mensen die ten minste en ten hoogste missen.",
        f"Bovenaan staat {row['gemis']}: {spoken(row['mensen_tekst'])} mensen.",
    ]


def _at_least(head: pd.Series, needed: pd.DataFrame) -> str:
    """How many different people lack something at least, with what is only bounded counted too; empty where that adds nothing."""
    minimum, known = int(head["minimum"]), measured(head)
    least = head["minst"] if is_known(head["minst"]) else 0
    beside = known.low if is_known(known.low) else 0
    if (
        least < minimum
        or not (needed["hoe_code"] == BOUNDED).any()
        or rounded_people(least) <= rounded_people(beside)
    ):
        return ""
    return f"Tellen die mee, dan missen ten minste {dutch(rounded_people(least))} mensen er één, ieder één keer geteld."


def _most_needed(unknown: pd.DataFrame, minimum: int) -> list[str]:
    """The unknown condition that most people need, in sentences; none when it is about few people."""
    row = _most_needed_row(unknown)
    if row is None:
        return []
    need = Amount(row["onbekend_nodig"], row["onbekend_onder"], row["onbekend_tot"])
    margin = f" ({spoken(need.margin(minimum))})" if " tot " in need.margin(minimum) else ""
    return [
        f"Het meest nodig is {small(row['titel'])}: voor {nearly(need.text(minimum))} mensen{margin}.",
        "Of dat er genoeg is, weten wij nog niet.",
    ]


def in_all(head: pd.Series) -> str:
    """How many different people lack something necessary, as far as known: '95 mensen', or 'niets bekend'."""
    count = measured(head)
    return f"{count.text(int(head['minimum']))} mensen" if count.known else "niets bekend"


def measured(head: pd.Series) -> Amount:
    """What is measured or given: who lacks something necessary."""
    return Amount(
        head["gemeten"], head["gemeten_onder"], head["gemeten_boven"], bool(head["gemeten_verborgen"])
    )
