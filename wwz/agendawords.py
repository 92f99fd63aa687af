"""The wijkagenda in words: numbers of people as they may be shown, the headline, and what to do first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.knowledge import domain, load_toml
from wwz.numbers import dutch, is_known, people_between, rounded_people

MOST_GROUPS, MOST_HELP, MOST_NAMED = 4, 3, 2
UNKNOWN_SIGN = "?"
NOBODY = 0.5
ASSUMED, UNKNOWN = "woning", "onbekend"
# The tag beside a row: how its number is known.
TAGS = {
    ASSUMED: "aanname",
    UNKNOWN: "eerst uitzoeken",
    "opgegeven": "opgegeven",
    "gemengd": "geschat",
    "adressen": "gemeten",
    "vierkanten": "gemeten",
}
MEASURED_TAG = "geschat uit meting"


@dataclass(frozen=True)
class Card:
    """One of the three numbers above the list: its title, number, what stands under it, and a tag."""

    titel: str
    getal: str
    onder: str
    soort: str


def people_text(count, minimum: int) -> str:
    """A number of people: rounded, '<10' where there are too few to show, '?' where it is not known."""
    if not is_known(count):
        return UNKNOWN_SIGN
    return f"<{minimum}" if count < minimum else dutch(rounded_people(count))


def range_words(low, high, minimum: int) -> str:
    """From .. to .. people; a bound below the minimum is not shown as a number."""
    return people_between(low, high, minimum) or people_text(low, minimum)


def margin_text(numbers: dict, needing: float, most: float, minimum: int) -> str:
    """The interval; and where the status is unknown, how many people it may touch: `needing`, at the most `most`."""
    few = is_known(numbers["mensen"]) and needing < minimum
    more = "" if most < NOBODY or few else f"raakt tot {people_text(needing, minimum)}"
    if more and needing >= minimum and people_text(most, minimum) != people_text(needing, minimum):
        more += f" (bovengrens {people_text(most, minimum)})"
    if not is_known(numbers["mensen"]):
        return more
    if numbers["mensen"] < minimum:
        return f"onbekend deel: {more}" if more else ""
    margin = range_words(numbers["onder"], numbers["boven"], minimum)
    return f"{margin}; onbekend deel: {more}" if more else margin


def for_whom(rows: pd.DataFrame) -> str:
    """The doelgroepen, those with most people first, and the mantelzorgsituatie where they share one."""
    groups = domain.domein().doelgroepen
    size = rows["mensen"].fillna(rows["nodig"])
    codes = list(rows.assign(omvang=size).sort_values("omvang", ascending=False, kind="stable")["doelgroep"])
    names = [groups[code].kort for code in codes[:MOST_GROUPS]]
    more = f" en {len(codes) - MOST_GROUPS} andere" if len(codes) > MOST_GROUPS else ""
    carers = set(rows["mantelzorg"])
    only = next(iter(carers)) if len(carers) == 1 else ""
    with_carer = (
        f" ({domain.domein().mantelzorg[only].titel.lower()})" if only in domain.domein().mantelzorg else ""
    )
    return f"{', '.join(names)}{more}{with_carer}"


def tag(how: str) -> str:
    """How a number is known, in a word or two."""
    return TAGS.get(how, MEASURED_TAG)


def to_do(code: str, how: str, find_out: str) -> str:
    """What may help; an assumption is checked first, and what is unknown is found out."""
    helps = helping(code)
    if how == UNKNOWN:
        return find_out
    return f"Eerst nagaan: {find_out} Daarna: {small(helps)}" if how == ASSUMED else helps


def helping(code: str) -> str:
    """What may help, as one sentence (a suggestion from the seeds' lists, no proven recipe)."""
    ways = domain.randvoorwaarden()[code].wat_kan_helpen[:MOST_HELP]
    return f"{'; '.join([*ways[:1], *map(small, ways[1:])])}."


def headline(naam: str, head: pd.Series, needed: pd.DataFrame) -> str:
    """The finding: what is measured or given, and how few of the conditions that is; never mixed with an assumption.

    Parameters
    ----------
    needed
        The rows of all necessary conditions, also those that nobody lacks.
    """
    if not head["aanwezig"]:
        return f"Hoeveel mensen in {naam} iets missen, is nog niet te zeggen"
    minimum, total = int(head["minimum"]), len(needed)
    known = int((~needed["hoe_code"].isin([UNKNOWN, ASSUMED])).sum())
    if not is_known(head["gemeten"]):
        return f"In {naam} is nog geen van de {total} noodzakelijke voorwaarden om thuis te wonen gemeten"
    if head["gemeten"] < minimum:
        verb, them = ("is", "die") if known == 1 else ("zijn", "daarvan iets")
        return f"In {naam} {verb} {known} van de {total} noodzakelijke voorwaarden gemeten of opgegeven; minder dan {minimum} mensen missen {them}"
    count = people_text(head["gemeten"], minimum)
    return (
        f"In {naam} missen ongeveer {count} mensen iets wat noodzakelijk is om thuis te wonen; gemeten of opgegeven "
        f"{'is' if known == 1 else 'zijn'} {known} van de {total} voorwaarden"
    )


def about(head: pd.Series, rows: pd.DataFrame) -> str:
    """Under the headline: the biggest gap that is measured, then the assumption, then what is unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    measured = needed[needed["mensen"].notna() & (needed["hoe_code"] != ASSUMED)]
    assumed = needed[needed["mensen"].notna() & (needed["hoe_code"] == ASSUMED)]
    unknown = needed[needed["hoe_code"] == UNKNOWN]
    sentences = []
    if len(measured):
        names = [
            f"{small(row.titel)} ({row.mensen_tekst} mensen)"
            for row in measured.head(MOST_NAMED).itertuples()
        ]
        sentences.append(f"Het vaakst ontbreekt: {' en '.join(names)}.")
    if len(assumed):
        row = assumed.iloc[0]
        width = range_words(row["onder"], row["boven"], minimum)
        sentences.append(
            f"Niet gemeten maar aangenomen: {small(row['titel'])}, {width} mensen. Ga dat eerst na."
        )
    if len(unknown):
        most = unknown["onbekend_nodig"].max()
        reach = f" De grootste kan {dutch(rounded_people(most))} mensen raken." if is_known(most) else ""
        words = (
            "1 noodzakelijke voorwaarde" if len(unknown) == 1 else f"{len(unknown)} noodzakelijke voorwaarden"
        )
        sentences.append(
            f"Van {words} is nog niet bekend of {'zij er is' if len(unknown) == 1 else 'zij er zijn'}.{reach}"
        )
    return " ".join(sentences)


def cards(head: pd.Series, rows: pd.DataFrame) -> tuple[Card, ...]:
    """Three numbers that are never added up: measured or given, assumed, and unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    assumed, unknown = needed[needed["hoe_code"] == ASSUMED], needed[needed["hoe_code"] == UNKNOWN]
    found = [
        Card(
            "Gemeten of opgegeven",
            _number(head["gemeten"], minimum),
            _under(head["gemeten"], head["gemeten_onder"], head["gemeten_boven"], minimum),
            "geschat",
        )
    ]
    if len(assumed):
        row = assumed.iloc[0]
        title = row["titel"]
        found.append(
            Card(
                f"Aanname: {small(title)}",
                _number(row["mensen"], minimum),
                _under(row["mensen"], row["onder"], row["boven"], minimum),
                "aanname",
            )
        )
    most = unknown["onbekend_nodig"].max() if len(unknown) else float("nan")
    reach = f"De grootste kan {people_text(most, minimum)} mensen raken." if is_known(most) else ""
    conditions = "voorwaarde" if len(unknown) == 1 else "voorwaarden"
    found.append(Card("Nog onbekend", f"{len(unknown)} {conditions}", reach, "onbekend"))
    return tuple(found)


def _number(count, minimum: int) -> str:
    if not is_known(count):
        return "niets bekend"
    return f"{people_text(count, minimum)} mensen"


def _under(count, low, high, minimum: int) -> str:
    if not is_known(count) or count < minimum:
        return ""
    return f"Tussen {range_words(low, high, minimum).replace(' tot ', ' en ')}."


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
        Columns wie, aan (the same, after "vraag het"), vraag, aantal, onbekend (how many of them are unknown), titels,
        mensen (how many the largest one touches) and raakt (the same as text).
    """
    open_rows = rows[(rows["graad"] == "N") & rows["hoe_code"].isin([UNKNOWN, ASSUMED])]
    found = []
    for party in load_toml("confrontatie.toml")["vraag"]:
        part = open_rows[open_rows["randvoorwaarde"].isin(party["randvoorwaarden"])]
        if part.empty:
            continue
        reach = (
            part["onbekend_nodig"]
            .fillna(0)
            .where(part["hoe_code"] == UNKNOWN, part["mensen"].fillna(0))
            .max()
        )
        words = f"tot {people_text(reach, minimum)} mensen" if reach >= minimum else f"<{minimum} mensen"
        open_ones = int((part["hoe_code"] == UNKNOWN).sum())
        found.append(
            (
                party["wie"],
                party["aan"],
                party["vraag"],
                len(part),
                open_ones,
                ", ".join(map(small, part["titel"])),
                reach,
                words,
            )
        )
    frame = pd.DataFrame(
        found, columns=["wie", "aan", "vraag", "aantal", "onbekend", "titels", "mensen", "raakt"]
    )
    return frame.sort_values(["mensen", "aantal"], ascending=False, kind="stable").reset_index(drop=True)


def small(title: str) -> str:
    """A title inside a sentence."""
    return title[0].lower() + title[1:]


def first_steps(rows: pd.DataFrame, asked: pd.DataFrame) -> list[str]:
    """What to do first, one sentence each, what may touch most people first.

    Work on what is measured, check what is assumed, ask what is unknown. A gap whose lower bound is next to nobody is
    looked at again before anything is built on it.

    Parameters
    ----------
    rows
        The rows of an agenda.
    asked
        As `questions` gives them.
    """
    needed = rows[(rows["graad"] == "N") & rows["mensen"].notna()]
    measured, assumed = needed[needed["hoe_code"] != ASSUMED], needed[needed["hoe_code"] == ASSUMED]
    steps: list[tuple[float, str]] = []
    for row in measured.head(1).itertuples():
        firm = not row.marge_tekst.startswith("<")
        start = f"{'Werk aan' if firm else 'Kijk na'}: {small(row.titel)}. Dat missen {row.mensen_tekst} mensen ({row.marge_tekst})."
        after = (
            f"Wat kan helpen: {small(row.helpt)}"
            if firm
            else "De marge is breed; meet eerst met adressen en punten."
        )
        steps.append((row.mensen, f"{start} {after}"))
    for row in assumed.head(1).itertuples():
        text = f"Ga na: {small(row.titel)} ({row.mensen_tekst} mensen, {row.marge_tekst}; een aanname). {row.uitzoeken} Bouw niet op dit getal."
        steps.append((row.mensen, text))
    later = asked[asked["onbekend"] > 0].head(1)
    for row in later.itertuples():
        words = "1 voorwaarde" if row.aantal == 1 else f"{row.aantal} voorwaarden"
        steps.append(
            (
                row.mensen,
                f"Vraag het {small(row.aan)}. Dat maakt {words} bekend, en raakt {row.raakt}. {row.vraag}",
            )
        )
    return [text for _, text in sorted(steps, key=lambda step: -step[0])]
