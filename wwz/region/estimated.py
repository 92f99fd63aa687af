"""Our own figure of a group per gemeente: made in one way for all of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.outlook import BASE, Subject, outlook, scenarios, subjects
from wwz.knowledge.regions import Groep
from wwz.own.region.register import Definitie
from wwz.region.places import Regio
from wwz.store import Store
from wwz.words.numbers import is_known, rounded_people

SOURCE = "Geschat door de WWZ-wijzer"
COLUMNS = ["gebied", "jaar", "teller", "onder", "boven", "verborgen", "beschermd"]


def subject_of(store: Store, groep: Groep) -> Subject | None:
    """What of our figures is about a group; None where nothing is."""
    known = subjects(store)
    return next((known[code] for code in groep.indicator if code in known), None)


def definition(store: Store, groep: Groep) -> Definitie:
    """What our own figure of a group is about."""
    subject = subject_of(store, groep)
    title = subject.titel if subject else groep.titel
    return Definitie(
        groep.code, f"{title}, zoals de WWZ-wijzer het voor iedere gemeente berekent", "01-01", "WWZ-wijzer"
    )


def rows(regio: Regio, groep: Groep, jaar: int) -> list[dict[str, Any]]:
    """A row per gemeente with a figure of that year, as sql/answers/regio_reeks.sql takes them."""
    said = definition(regio.store, groep)
    frame = _future(regio, groep)
    return [
        {"gemeente": r.gebied, "jaar": jaar, "definitie": said.kenmerk, "peildag": said.peildag,
         "aantal": None if r.verborgen or r.beschermd or not is_known(r.teller) else int(rounded_people(r.teller)),
         "blok": r.gebied if r.verborgen or r.beschermd else "", "blok_aantal": None}
        for r in frame[frame["jaar"] == jaar].itertuples()
        if r.verborgen or r.beschermd or is_known(r.teller)
    ]  # fmt: skip


def _future(regio: Regio, groep: Groep) -> pd.DataFrame:
    subject = subject_of(regio.store, groep)
    if subject is None:
        return pd.DataFrame(columns=COLUMNS)
    return outlook(regio.store, regio.area, "gemeente", subject, scenarios(subject)[BASE]).parts
