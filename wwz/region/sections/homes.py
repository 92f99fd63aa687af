"""What people need of a dwelling, which dwellings suit, and what that asks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.agenda.numbers import people_text
from wwz.agenda.words import BOUNDED, small
from wwz.knowledge.regions import regels
from wwz.region.document import Onderdeel, Tabel
from wwz.region.subject import Over
from wwz.words.numbers import UNKNOWN, dutch, rounded_people, spoken

NO_FIGURES = "Hiervoor zijn hier te weinig cijfers over leeftijd en gezondheid."


def needs(over: Over) -> Onderdeel:
    """Who needs what of a dwelling."""
    rows, minimum = over.conditions(home=True), _minimum(over)
    lines = [(_title(r), people_text(r.nodig, minimum), r.voor_wie) for r in rows.itertuples()]
    table = Tabel(
        "Wie iets bijzonders nodig heeft van een woning",
        ("Wat", "Mensen (geschat)", "Voor wie"),
        tuple(lines),
        (2, 1.2, 2.8),
    )
    return Onderdeel(
        "2. Wat is de woonbehoefte?",
        tuple(_needed(over, rows, minimum)),
        (table,) if lines else (),
        ("geschat",),
    )


def _needed(over: Over, rows: pd.DataFrame, minimum: int) -> list[str]:
    if rows.empty:
        return [NO_FIGURES]
    top = rows.sort_values("nodig", ascending=False).iloc[0]
    return [
        f"Het vaakst nodig: {small(top['titel'])}, voor ongeveer {people_text(top['nodig'], minimum)} mensen in {over.naam}. "
        "Iemand kan meer dan één ding nodig hebben.",
        "Voor de aandachtsgroepen geldt: ieder aantal mensen hierboven vraagt om woonruimte. Hoeveel woningen dat zijn, hangt af van "
        "hoe groot de huishoudens zijn. Dat is onbekend; vraag het bij het opgeven van de aantallen.",
    ]


def homes(over: Over) -> Onderdeel:
    """Which part of them lives in a dwelling that suits, and how sure that is."""
    rows = over.conditions(home=True)
    lines = [(_title(r), _lacks(r), r.marge_tekst or "", r.hoe) for r in rows.itertuples()]
    table = Tabel(
        "Mensen zonder een woning die past",
        ("Wat ontbreekt", "Mensen", "Marge", "Hoe bekend"),
        tuple(lines),
        (1.7, 1.1, 1.7, 2.1),
    )
    unknown = [r for r in rows.itertuples() if _lacks(r) == UNKNOWN]
    texts = []
    for row in rows.itertuples():
        if row.soort == BOUNDED:
            texts.append(f"{row.titel}: {row.marge_tekst} mist dit. Meer weten wij niet.")
        elif _lacks(row) != UNKNOWN:
            margin = f" ({row.marge_tekst})" if row.marge_tekst else ""
            texts.append(
                f"{row.titel}: ongeveer {spoken(_lacks(row))} mensen{margin} missen dit. Hoe bekend: {row.soort}."
            )
    if unknown:
        names = ", ".join(small(r.titel) for r in unknown)
        texts.append(f"Niet bekend is hoeveel mensen dit missen: {names}.")
    if len(rows):
        texts.append(
            "Wat een gemeente of corporatie zelf weet van geschikte woningen, telt zwaarder dan deze cijfers. Geef het op."
        )
    return Onderdeel(
        "3. Welke woningen zijn geschikt?",
        tuple(texts),
        (table,) if lines else (),
        tuple(dict.fromkeys(r.soort for r in rows.itertuples())),
    )


def task(over: Over) -> Onderdeel:
    """What that asks of building, altering and allotting."""
    rows = over.conditions(home=True)
    lines = [(_title(r), _lacks(r), r.helpt or "", r.uitzoeken or "") for r in rows.itertuples()]
    table = Tabel(
        "Wat er te doen is",
        ("Wat", "Mensen die het missen", "Wat helpt", "Eerst uitzoeken"),
        tuple(lines),
        (1.3, 1.1, 2.2, 2.2),
    )
    return Onderdeel("4. Wat is de woonopgave?", tuple(_task(over)), (table,) if lines else ())


def _task(over: Over) -> list[str]:
    texts = [
        "De opgave van nu is: voor wie geen woning heeft die past, een woning maken, aanpassen of vrijmaken."
    ]
    if over.growth:
        now, _, last = over.growth
        year = regels()["jaren"][-1]
        texts.append(
            f"Daar komt de groei bij. In {year} zijn er ongeveer {dutch(rounded_people(last - now))} 75-plussers meer dan nu. Blijft de voorraad gelijk, dan "
            "zoeken zij binnen dezelfde woningen."
        )
    texts.append(
        "Deze analyse kent de andere woningzoekenden niet, en ook niet de bouwplannen. Leg haar naast het woningmarktonderzoek en de "
        "woondeal, voordat u aantallen woningen afspreekt."
    )
    return texts


def _title(row: Any) -> str:
    return str(row.titel)


def _lacks(row: Any) -> str:
    return UNKNOWN if row.mensen_tekst in ("?", "") else str(row.mensen_tekst)


def _minimum(over: Over) -> int:
    return int(over.regio.store.about()["minimum"])
