"""The wijkagenda in words: numbers of people as they may be shown, the headline, and what to do first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.knowledge import domain, load_toml
from wwz.numbers import dutch, is_known, people_between, rounded_people

MOST_GROUPS, MOST_HELP, MOST_NAMED = 4, 3, 2
UNKNOWN_SIGN = "?"
NOBODY = 0.5
ASSUMED, UNKNOWN, MEAN = "woning", "onbekend", "gemiddelde"
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
    """The interval; and where the status is unknown, how many people need it: `needing`, at the most `most`."""
    few = is_known(numbers["mensen"]) and needing < minimum
    open_part = "" if most < NOBODY or few else _about_people(needing, most, minimum)
    if not is_known(numbers["mensen"]):
        return f"nodig voor {open_part}" if open_part else ""
    margin = "" if numbers["mensen"] < minimum else range_words(numbers["onder"], numbers["boven"], minimum)
    return "; ".join(filter(None, (margin, f"onbekend voor {open_part}" if open_part else "")))


def _about_people(count: float, most: float, minimum: int) -> str:
    """A number of people, and at most how many, short enough for a cell."""
    if count < minimum:
        return f"minder dan {minimum}"
    text, top = people_text(count, minimum), people_text(most, minimum)
    return f"ongeveer {text}" if text == top else f"ongeveer {text}, hooguit {top}"


def known_part(share: float, missing: float, minimum: int) -> str:
    """What is known of a part of the people that is too small to speak for the area."""
    percent = "minder dan 1" if share < 0.005 else dutch(100 * share)
    found = f"minder dan {minimum}" if missing < minimum else f"ongeveer {people_text(missing, minimum)}"
    return f". Van {percent}% van hen is het bekend: {found} missen het"


def for_whom(rows: pd.DataFrame, counted: bool) -> str:
    """The doelgroepen, those with most people first, and the mantelzorgsituatie where they share one.

    `counted`: whether the people who lack it are known; otherwise those who need it count.
    """
    groups = domain.domein().doelgroepen
    size = rows["mensen"].fillna(rows["nodig"]) if counted else rows["nodig"]
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
    return f"{metres:g}" if is_known(metres) else ""


def spoken(text: str) -> str:
    """A number of a table inside a sentence: '<10' is read as 'minder dan 10'."""
    return text.replace("<", "minder dan ")


def _nearly(text: str) -> str:
    """A number of people in a sentence, with 'ongeveer' unless it says 'minder dan'."""
    return spoken(text) if text.startswith("<") else f"ongeveer {text}"


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
    known = int((~needed["hoe_code"].isin([UNKNOWN, ASSUMED])).sum())
    if not is_known(head["gemeten"]):
        return f"Van geen van de {total} noodzakelijke voorwaarden weten wij al hoeveel mensen in {naam} haar missen"
    which = "haar" if known == 1 else "er minstens één"
    count = _nearly(people_text(head["gemeten"], int(head["minimum"])))
    return f"Van {known} van de {total} noodzakelijke voorwaarden weten wij hoeveel mensen in {naam} {which} missen: {count}"


def about(head: pd.Series, rows: pd.DataFrame) -> str:
    """Under the headline: the biggest gaps that are known, then the assumption, then what is unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    counted = needed["hoe_code"] != UNKNOWN
    measured = needed[counted & (needed["hoe_code"] != ASSUMED) & needed["mensen"].notna()]
    assumed = needed[needed["mensen"].notna() & (needed["hoe_code"] == ASSUMED)]
    sentences = [_lacking(row) for row in measured.head(MOST_NAMED).itertuples()]
    if len(assumed):
        row = assumed.iloc[0]
        width = spoken(range_words(row["onder"], row["boven"], minimum))
        sentences.append(f"Wij nemen aan dat {width} mensen {row['gemis']} missen. Ga dat eerst na.")
    unknown = needed[~counted]
    if len(unknown):
        conditions = (
            "1 noodzakelijke voorwaarde" if len(unknown) == 1 else f"{len(unknown)} noodzakelijke voorwaarden"
        )
        sentences.append(f"Van {conditions} weten wij nog niet hoeveel mensen iets missen.")
        sentences += _most_needed(unknown)
    return " ".join(sentences)


def _lacking(row) -> str:
    margin = "" if row.mensen_tekst.startswith("<") else f" ({spoken(row.marge_tekst.split(';')[0])})"
    return f"{row.gemis[0].upper()}{row.gemis[1:]} missen {_nearly(row.mensen_tekst)} mensen{margin}."


def _most_needed(unknown: pd.DataFrame) -> list[str]:
    """The unknown condition that most people need, in sentences; none when it is about few people."""
    sized = unknown[unknown["onbekend_nodig"].notna()]
    if sized.empty:
        return []
    row = sized.loc[sized["onbekend_nodig"].idxmax()]
    number = dutch(rounded_people(row["onbekend_nodig"]))
    return [
        f"Het meest nodig is {small(row['titel'])}: voor ongeveer {number} mensen.",
        "Of dat er genoeg is, weten wij nog niet.",
    ]


def cards(head: pd.Series, rows: pd.DataFrame) -> tuple[Card, ...]:
    """Three numbers that are never added up: known, assumed, and unknown."""
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    assumed, unknown = needed[needed["hoe_code"] == ASSUMED], needed[needed["hoe_code"] == UNKNOWN]
    found = [
        Card(
            "Bekend: gemeten, geschat of opgegeven",
            _number(head["gemeten"], minimum),
            _under(head["gemeten"], head["gemeten_onder"], head["gemeten_boven"], minimum),
            "geschat",
        )
    ]
    if len(assumed):
        row = assumed.iloc[0]
        found.append(
            Card(
                f"Aanname: {small(row['titel'])}",
                _number(row["mensen"], minimum),
                _under(row["mensen"], row["onder"], row["boven"], minimum),
                "aanname",
            )
        )
    conditions = "voorwaarde" if len(unknown) == 1 else "voorwaarden"
    most = "".join(_most_needed(unknown)[:1])
    found.append(Card("Nog onbekend", f"{len(unknown)} {conditions}", most, "onbekend"))
    return tuple(found)


def _number(count, minimum: int) -> str:
    if not is_known(count):
        return "niets bekend"
    return f"{people_text(count, minimum)} mensen"


def _under(count, low, high, minimum: int) -> str:
    if not is_known(count) or count < minimum:
        return ""
    return f"Tussen {spoken(range_words(low, high, minimum)).replace(' tot ', ' en ')}."


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
        Columns wie, bel (the same, after "bel"), vraag, aantal, onbekend (how many of them are unknown), titels,
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
        words = f"{people_text(reach, minimum)} mensen"
        open_ones = int((part["hoe_code"] == UNKNOWN).sum())
        found.append(
            (
                party["wie"],
                party["bel"],
                party["vraag"],
                len(part),
                open_ones,
                ", ".join(map(small, part["titel"])),
                reach,
                words,
            )
        )
    frame = pd.DataFrame(
        found, columns=["wie", "bel", "vraag", "aantal", "onbekend", "titels", "mensen", "raakt"]
    )
    return frame.sort_values(["mensen", "aantal"], ascending=False, kind="stable").reset_index(drop=True)


def small(title: str) -> str:
    """A title inside a sentence; a name or an abbreviation keeps its capitals."""
    word = title.split(" ")[0]
    names = load_toml("confrontatie.toml")["schrijfwijze"]["namen"]
    if word.split("-")[0] in names or any(letter.isupper() for letter in word[1:]):
        return title
    return title[0].lower() + title[1:]


def first_steps(rows: pd.DataFrame, asked: pd.DataFrame, minimum: int) -> list[str]:
    """What to do first, a few sentences each, what may touch most people first.

    Work on what is known, check what is assumed, ask what is unknown. A gap whose lower bound is next to nobody is
    looked at again before anything is built on it.

    Parameters
    ----------
    rows
        The rows of an agenda.
    asked
        As `questions` gives them.
    minimum
        The privacy minimum.
    """
    needed = rows[(rows["graad"] == "N") & rows["mensen"].notna()]
    measured, assumed = needed[needed["hoe_code"] != ASSUMED], needed[needed["hoe_code"] == ASSUMED]
    steps = [(row.mensen, _work_on(row)) for row in measured.head(1).itertuples()]
    steps += [(row.mensen, _find_out(row, minimum)) for row in assumed.head(1).itertuples()]
    steps += [(row.mensen, _call(row)) for row in asked[asked["onbekend"] > 0].head(1).itertuples()]
    return [text for _, text in sorted(steps, key=lambda step: -step[0])]


def _work_on(row) -> str:
    """A gap that is known: what may help; when it may be next to nobody, look again first."""
    if not row.marge_tekst.startswith("<"):
        return f"Werk hieraan: {_lacking(row)} {row.helpt}"
    check = (
        row.controle
        if row.hoe_code == MEAN and row.controle
        else f"Controleer eerst of dit klopt: {_lacking(row)}"
    )
    return f"{check} {row.uitzoeken}" if check.startswith("Controleer eerst") else check


def _find_out(row, minimum: int) -> str:
    width = spoken(range_words(row.onder, row.boven, minimum))
    start = row.controle or row.uitzoeken
    return f"{start} Wij schatten dat {width} mensen {row.gemis} missen. Dat is een aanname: neem er nog geen besluit op."


def _call(row) -> str:
    words = "1 voorwaarde" if row.aantal == 1 else f"{row.aantal} voorwaarden"
    return f"Bel eerst {row.bel}. Zij weten het antwoord voor {words}. {row.vraag}"
