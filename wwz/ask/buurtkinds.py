"""What kind a buurt is in the future, by which marks that is seen, and what will be built there; in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.base.counted import counted
from wwz.base.dates import short_day
from wwz.future.kinds import DEMOLITION, ORDINARY, homes, kind, marks, titles
from wwz.own.buurtkind import Buurtsoort
from wwz.store import Store, remembered
from wwz.words.numbers import dutch

FOUND, SAID = "geschat", "opgegeven"
NOT_KNOWN = "onbekend"
ONCE_MADE = "Dat telt mee als alles opnieuw is uitgerekend."


@remembered
def kinds_in(store: Store, area: Area) -> pd.DataFrame:
    """The buurten of an area that are no ordinary ones: gebied, naam, titel, uitleg, hoe (geschat or opgegeven) and waarom."""
    rows = store.ask("toekomst_soort", binnen=list(area.codes))
    rows = rows[(rows["soort"] != ORDINARY) | rows["opgegeven"]]
    return rows.assign(
        titel=rows["soort"].map(titles()),
        uitleg=[kind(code)["uitleg"] for code in rows["soort"]],
        hoe=[SAID if said else FOUND for said in rows["opgegeven"]],
        waarom=rows["waarom"].fillna(""),
    ).sort_values(["titel", "naam"])[["gebied", "naam", "titel", "uitleg", "hoe", "waarom"]]


def counts_in_words(found: pd.DataFrame) -> str:
    """How many buurten of each kind there are, as one sentence; empty without any."""
    numbers = found["titel"].value_counts()
    said = [f"{title.lower()}: {number}" for title, number in numbers.items()]
    return f"Buurten van een eigen soort in dit gebied: {', '.join(said)}." if said else ""


@remembered
def kind_of(store: Store, buurt: str) -> dict[str, Any] | None:
    """A row of sql/answers/toekomst_soort.sql; None where nobody lives."""
    rows = store.ask("toekomst_soort", binnen=[buurt])
    rows = rows[rows["gebied"] == buurt]
    return None if rows.empty else {str(k): v for k, v in rows.iloc[0].to_dict().items()}


def kind_in_words(row: dict[str, Any]) -> str:
    """What kind a buurt is, what that means, and who says so."""
    known = kind(row["soort"])
    text = f"{row['naam']} telt als {known['een']}. {known['uitleg']}"
    if not row["opgegeven"]:
        return text
    was = kind(row["gevonden"])["een"]
    return (
        f"{text} Dat gaf {row['wie']} op, op {short_day(str(row['wanneer']))}: {row['waarom'].rstrip('.')}. "
        f"Naar de tekenen zou het {was} zijn."
    )


def waiting_in_words(row: dict[str, Any], said: Buurtsoort | None) -> str:
    """What the municipality said or took back of a buurt and is not in its figures yet; empty when they are of that."""
    if said is None:
        return f"De opgegeven soort is weggehaald. {ONCE_MADE}" if row["opgegeven"] else ""
    if row["opgegeven"] and (row["soort"], row["waarom"]) == (said.soort, said.waarom):
        return ""
    return f"{said.wie} gaf op {short_day(said.wanneer)} op: {titles().get(said.soort, said.soort).lower()}. {ONCE_MADE}"


def homes_in_words(row: dict[str, Any]) -> str:
    """How many homes there are, and how that is known."""
    told = {
        "woningen": "geteld in Kerncijfers",
        "huishoudens": "naar het aantal huishoudens; het aantal woningen is onbekend",
        "inwoners": "geschat uit het aantal inwoners; het aantal woningen is onbekend",
    }
    return f"Woningen nu: ongeveer {dutch(row['woningen'])} ({told[row['telling']]})."


@remembered
def marks_of(store: Store, buurt: str) -> pd.DataFrame:
    """Every mark of every kind beside what it is in this buurt.

    Returns
    -------
    pandas.DataFrame
        teken, hier (the value and its year), grens and soort, as texts; past: ja, nee or onbekend.
    """
    here = store.ask("toekomst_teken", gebied=buurt).set_index("kenmerk")
    rows = []
    for mark in marks():
        value = here["waarde"].get(mark.kenmerk)
        known = value is not None and not pd.isna(value)
        rows.append(
            {
                "soort": mark.soort,
                "teken": mark.titel,
                "grens": mark.limit(),
                "hier": f"{dutch(100 * value, 1)}% ({here['jaar'][mark.kenmerk]})" if known else NOT_KNOWN,
                "past": ("ja" if mark.fits(value) else "nee") if known else NOT_KNOWN,
            }
        )
    return pd.DataFrame(rows)


@remembered
def plans_in(store: Store, area: Area) -> pd.DataFrame:
    """What will be built in an area, as the database has it: naam, jaar, wat, woningen (under zero: demolished), bron, wie."""
    return _told(store.ask("bouwplan", binnen=list(area.codes)))


def plans_kept(store: Store, plans: pd.DataFrame) -> pd.DataFrame:
    """The same of what is kept beside the database: gebied, jaar, soort, woningen, bron and wie."""
    names = store.areas().set_index("code")["naam"]
    return _told(plans.assign(naam=plans["gebied"].map(names).fillna(plans["gebied"])))


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.sort_values(["jaar", "naam", "soort"])
    sign = [-1 if code == DEMOLITION else 1 for code in rows["soort"]]
    return rows.assign(
        # A year is no number: it has no thousands.
        jaar_tekst=rows["jaar"].astype(str),
        wat=rows["soort"].map(homes()),
        woningen=rows["woningen"] * sign,
        woningen_tekst=[
            f"{'−' if s < 0 else '+'}{dutch(n)}" for n, s in zip(rows["woningen"], sign, strict=True)
        ],
    )


def plans_in_words(plans: pd.DataFrame) -> str:
    """What plans bring together, as one sentence; empty without any."""
    if plans.empty:
        return ""
    built, gone = plans["woningen"].clip(lower=0).sum(), -plans["woningen"].clip(upper=0).sum()
    text = counted("Opgegeven bouwplannen: {n} [woning|woningen] erbij", int(built))
    return f"{text}{f', {dutch(gone)} gesloopt' if gone else ''} ({plans['jaar'].min()} tot en met {plans['jaar'].max()})."
