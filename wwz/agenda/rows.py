"""The wijkagenda: which randvoorwaarde is missing for how many people, in the order in which to work on it.

Order: first what is necessary, by the number of people who lack it; then what is very desirable. No weights. What is
unknown stays in the list, with the number of people it may touch, and never counts as met.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda import head as agendahead
from wwz.agenda import words as agendawords
from wwz.agenda.head import Card
from wwz.agenda.numbers import NOBODY, UNKNOWN_SIGN, known_part, margin_text, people_text
from wwz.agenda.words import UNKNOWN, for_whom
from wwz.ask.area import Area
from wwz.ask.conditions import how_known
from wwz.base.errors import Fout
from wwz.knowledge import domain, load_toml
from wwz.own import given
from wwz.store import Store
from wwz.words.chance import with_chance
from wwz.words.numbers import dutch, is_known

__all__ = ["UNKNOWN_SIGN", "Agenda", "of_area", "parameters"]
DEGREES = ("N", "W")
OWN = " (eigen eis)"
EXACT = 6
NUMBERS = ("mensen", "onder", "boven")


@dataclass(frozen=True)
class Agenda:
    """The agenda of one area.

    Attributes
    ----------
    rows
        One row per randvoorwaarde and degree, in order. Columns randvoorwaarde, titel, graad (N or W), graad_titel,
        voor_wie, mensen, onder, boven, nodig, onbekend_nodig, onbekend_tot (people), mensen_tekst, marge_tekst, eigen_eis (whether the
        municipality set this degree itself), bekend (of which part of the people who need it the status is known, 0 to 1),
        hoe_code, hoe (in words), soort (the tag), noot (a published figure to compare with), gemis and
        controle (what it is, and how to check it, for sentences), helpt, doen, uitzoeken, meetnoot,
        bron. Numbers that may not be shown are missing.
    met
        Titles of the necessary conditions that nobody lacks, as far as known.
    headline, about
        In words.
    cards
        The numbers above the list: measured or given, assumed, unknown.
    minimum
        The privacy minimum.
    has_groups
        Whether sizes of doelgroepen are known here; without them there are no numbers of people.
    """

    rows: pd.DataFrame
    met: tuple[str, ...]
    headline: str
    about: str
    cards: tuple[Card, ...]
    minimum: int
    has_groups: bool


def of_area(store: Store, area: Area) -> Agenda:
    """Make the agenda of an area.

    Raises
    ------
    Fout
        When the area has so many buurten that an agenda says nothing any more.
    """
    question = parameters(store, area)
    head = ask_steady(store, "agenda_kop", **question).astype("float64").iloc[0]
    minimum = int(head["minimum"])
    inputs = ask_steady(store, "agenda_tekort", **question)
    everything = _ranked(inputs, minimum, head["dekking_minimaal"], _notes(area))
    nobody = everything["mensen"].lt(NOBODY) & (everything["onbekend_tot"] < NOBODY)
    rows = _protected(everything[~nobody].reset_index(drop=True), minimum)
    return Agenda(
        rows=rows,
        met=tuple(everything.loc[nobody & (everything["graad"] == "N"), "titel"]),
        headline=agendahead.headline(area.naam, head, everything[everything["graad"] == "N"]),
        about=agendahead.about(head, rows),
        cards=agendahead.cards(head, rows),
        minimum=minimum,
        has_groups=bool(head["aanwezig"]),
    )


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
    statements = given.read(given.path_beside(store.path))
    return {"buurten": list(area.buurten), **given.parameters(statements)}


def ask_steady(store: Store, question: str, **given_values) -> pd.DataFrame:
    """An answer whose numbers sort and read the same every time.

    Sums differ in the last digits with the threads of the database; equal figures would then change places.
    """
    rows = store.ask(question, **given_values)
    numbers = rows.select_dtypes("float").columns
    return rows.assign(**{name: rows[name].round(EXACT) for name in numbers})


def _ranked(inputs: pd.DataFrame, minimum: int, enough: float, notes: dict[str, str]) -> pd.DataFrame:
    """One row per randvoorwaarde and degree: known before unknown, most people first."""
    parts = [
        _row(rows, minimum, enough, notes)
        for _, rows in inputs.groupby(["randvoorwaarde", "graad"], sort=False)
    ]
    columns = [*(parts[0] if parts else _row_columns())]
    frame = pd.DataFrame(parts, columns=columns)
    frame["_rang"] = frame["graad"].map(DEGREES.index)
    frame["_onbekend"] = frame["mensen"].isna()
    frame["_omvang"] = frame["mensen"].fillna(frame["onbekend_nodig"])
    ordered = frame.sort_values(
        ["_rang", "_onbekend", "_omvang", "volgorde"], ascending=[True, True, False, True], kind="stable"
    )
    return ordered.drop(columns=["_rang", "_onbekend", "_omvang"]).reset_index(drop=True)


def _notes(area: Area) -> dict[str, str]:
    """Per randvoorwaarde a published figure of this area beside our estimate, where there is one."""
    rules = load_toml("confrontatie.toml")["vergelijking"]
    figures = area.figures([rule["indicator"] for rule in rules]).set_index("indicator")
    found = {}
    for rule in rules:
        row = figures.loc[rule["indicator"]] if rule["indicator"] in figures.index else None
        if row is None or row["verborgen"] or not is_known(row["teller"]):
            continue
        text = f"{rule['tekst'].format(aantal=dutch(row['teller']))} {row['bron']}"
        found |= dict.fromkeys(rule["randvoorwaarden"], text)
    return found


def _row_columns() -> list[str]:
    return (
        "randvoorwaarde titel graad graad_titel volgorde voor_wie mensen onder boven nodig onbekend_tot onbekend_nodig mensen_tekst "
        "marge_tekst eigen_eis bekend hoe_code hoe soort noot gemis controle helpt doen uitzoeken meetnoot bron"
    ).split()


def _row(rows: pd.DataFrame, minimum: int, enough: float, notes: dict[str, str]) -> dict:
    first, known = rows.iloc[0], rows[rows["mensen"].notna()]
    most, needing, needed = (round(rows[c].sum(), EXACT) for c in ("onbekend_tot", "onbekend_nodig", "nodig"))
    rest = round(with_chance(needing, needing, most, rows["onbekend_spreiding"].sum())[1], EXACT)
    share = 1 - needing / needed if needed else 0.0
    # What is known of a small part of the people is not known of the area.
    counted = share >= enough and len(known) > 0
    how = UNKNOWN if not counted else known["hoe"].iloc[0] if known["hoe"].nunique() == 1 else "gemengd"
    found = _sums(known)
    numbers = found if counted else dict.fromkeys(NUMBERS, float("nan"))
    partly = "" if counted or known.empty else known_part(share, found["mensen"], minimum)
    margin = margin_text(numbers, needing, rest, minimum) + partly
    return {
        "randvoorwaarde": first["randvoorwaarde"],
        "titel": first["titel"],
        "graad": first["graad"],
        "graad_titel": domain.domein().graden[first["graad"]].titel
        + (OWN if rows["eigen_eis"].any() else ""),
        "volgorde": first["volgorde"],
        "voor_wie": for_whom(rows, counted),
        **numbers,
        "nodig": needed,
        "onbekend_tot": rest,
        "onbekend_nodig": needing,
        "mensen_tekst": people_text(numbers["mensen"], minimum),
        "marge_tekst": margin,
        "eigen_eis": bool(rows["eigen_eis"].any()),
        "bekend": round(share, EXACT),
        "hoe_code": how,
        "hoe": how_known(how),
        "soort": agendawords.tag(how),
        "noot": notes.get(first["randvoorwaarde"], ""),
        "gemis": agendawords.lacked(first["randvoorwaarde"], first["titel"], first["norm_m"]),
        **agendawords.advice(first["randvoorwaarde"], how, margin, first["norm_m"], first["hoe_uitzoeken"]),
        "meetnoot": first["meetnoot"],
        "bron": " · ".join(dict.fromkeys(known["bron"].dropna())),
    }


def _sums(known: pd.DataFrame) -> dict[str, float]:
    """The doelgroepen added up; someone may belong to two clusters, so the lower bound counts the largest one only."""
    cluster = known["doelgroep"].map(lambda code: domain.doelgroepen()[code].cluster)
    low = known["onder"].groupby(cluster).sum().max()
    people = known["mensen"].sum(min_count=1)
    numbers = (people, *with_chance(people, low, known["boven"].sum(min_count=1), known["spreiding"].sum()))
    return {name: round(number, EXACT) for name, number in zip(NUMBERS, numbers, strict=True)}


def _protected(rows: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Numbers of too few people leave as missing; the text says that there are few."""
    frame = rows.copy()
    for names, by in (
        (["mensen", "onder", "boven"], "mensen"),
        (["nodig"], "nodig"),
        (["onbekend_tot", "onbekend_nodig"], "onbekend_nodig"),
    ):
        few = frame[by].lt(minimum)
        frame.loc[few, names] = float("nan")
    return frame
