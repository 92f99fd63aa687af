"""The wijkagenda: which randvoorwaarde is missing for how many people, in the order in which to work on it.

Order: first what is necessary, by the number of people who lack it; then what is very desirable. No weights. What is
unknown stays in the list, with the number of people it may touch, and never counts as met.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz import agendawords
from wwz.agendawords import NOBODY, UNKNOWN, UNKNOWN_SIGN, Card, for_whom, margin_text, people_text
from wwz.areas import Area
from wwz.conditions import how_known
from wwz.errors import Fout
from wwz.knowledge import domain, load_toml
from wwz.own import given
from wwz.store import Store

__all__ = ["UNKNOWN_SIGN", "Agenda", "of_area", "parameters"]
DEGREES = ("N", "W")
OWN = " (eigen eis)"


@dataclass(frozen=True)
class Agenda:
    """The agenda of one area.

    Attributes
    ----------
    rows
        One row per randvoorwaarde and degree, in order. Columns randvoorwaarde, titel, graad (N or W), graad_titel,
        voor_wie, mensen, onder, boven, nodig, onbekend_nodig, onbekend_tot (people), mensen_tekst, marge_tekst, eigen_eis (whether the
        municipality set this degree itself), hoe_code, hoe (in words), soort (the tag), helpt, doen, uitzoeken, meetnoot, bron. Numbers that may not be shown are missing.
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
    head = store.ask("agenda_kop", **question).astype("float64").iloc[0]
    minimum = int(head["minimum"])
    inputs = store.ask("agenda_tekort", **question)
    everything = _ranked(inputs, minimum)
    nobody = everything["mensen"].lt(NOBODY) & (everything["onbekend_tot"] < NOBODY)
    rows = _protected(everything[~nobody].reset_index(drop=True), minimum)
    return Agenda(
        rows=rows,
        met=tuple(everything.loc[nobody & (everything["graad"] == "N"), "titel"]),
        headline=agendawords.headline(area.naam, head, everything[everything["graad"] == "N"]),
        about=agendawords.about(head, rows),
        cards=agendawords.cards(head, rows),
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


def _ranked(inputs: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """One row per randvoorwaarde and degree: known before unknown, most people first."""
    parts = [_row(rows, minimum) for _, rows in inputs.groupby(["randvoorwaarde", "graad"], sort=False)]
    columns = [*(parts[0] if parts else _row_columns())]
    frame = pd.DataFrame(parts, columns=columns)
    frame["_rang"] = frame["graad"].map(DEGREES.index)
    frame["_onbekend"] = frame["mensen"].isna()
    frame["_omvang"] = frame["mensen"].fillna(frame["onbekend_nodig"])
    ordered = frame.sort_values(
        ["_rang", "_onbekend", "_omvang", "volgorde"], ascending=[True, True, False, True], kind="stable"
    )
    return ordered.drop(columns=["_rang", "_onbekend", "_omvang"]).reset_index(drop=True)


def _row_columns() -> list[str]:
    return (
        "randvoorwaarde titel graad graad_titel volgorde voor_wie mensen onder boven nodig onbekend_tot onbekend_nodig mensen_tekst "
        "marge_tekst eigen_eis hoe_code hoe soort helpt doen uitzoeken meetnoot bron"
    ).split()


def _row(rows: pd.DataFrame, minimum: int) -> dict:
    first, known = rows.iloc[0], rows[rows["mensen"].notna()]
    numbers = {name: known[name].sum(min_count=1) for name in ("mensen", "boven")}
    # Someone may belong to an older doelgroep and to lg as well: the lower bound counts the largest cluster only.
    cluster = known["doelgroep"].map(lambda code: domain.doelgroepen()[code].cluster)
    numbers["onder"] = known["onder"].groupby(cluster).sum().max()
    rest, needing = rows["onbekend_tot"].sum(), rows["onbekend_nodig"].sum()
    how = UNKNOWN if known.empty else known["hoe"].iloc[0] if known["hoe"].nunique() == 1 else "gemengd"
    return {
        "randvoorwaarde": first["randvoorwaarde"],
        "titel": first["titel"],
        "graad": first["graad"],
        "graad_titel": domain.domein().graden[first["graad"]].titel
        + (OWN if rows["eigen_eis"].any() else ""),
        "volgorde": first["volgorde"],
        "voor_wie": for_whom(rows),
        **numbers,
        "nodig": rows["nodig"].sum(),
        "onbekend_tot": rest,
        "onbekend_nodig": needing,
        "mensen_tekst": people_text(numbers["mensen"], minimum),
        "marge_tekst": margin_text(numbers, needing, rest, minimum),
        "eigen_eis": bool(rows["eigen_eis"].any()),
        "hoe_code": how,
        "hoe": how_known(how),
        "soort": agendawords.tag(how),
        "helpt": agendawords.helping(first["randvoorwaarde"]),
        "doen": agendawords.to_do(first["randvoorwaarde"], how, first["hoe_uitzoeken"]),
        "uitzoeken": first["hoe_uitzoeken"],
        "meetnoot": first["meetnoot"],
        "bron": " · ".join(dict.fromkeys(known["bron"].dropna())),
    }


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
