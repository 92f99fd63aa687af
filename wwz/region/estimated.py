"""Our own figure of a group per gemeente: made in one way for all of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.outlook import BASE, Outlook, Subject, outlook, scenarios, subjects
from wwz.ask.outlook import margin as margin_text
from wwz.knowledge.regions import Groep
from wwz.own.region.register import Definitie
from wwz.region.places import Regio
from wwz.store import Store
from wwz.words.numbers import is_known, rounded_people

SOURCE = "Geschat door de WWZ-wijzer"


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
    said, shown = definition(regio.store, groep), _ahead(regio, groep)
    if shown is None:
        return []
    frame = shown.parts
    return [
        {"gemeente": r.gebied, "jaar": jaar, "definitie": said.kenmerk, "peildag": said.peildag,
         "aantal": None if r.verborgen or r.beschermd or not is_known(r.teller) else int(rounded_people(r.teller)),
         "blok": r.gebied if r.verborgen or r.beschermd else "", "blok_aantal": None}
        for r in frame[frame["jaar"] == jaar].itertuples()
        if r.verborgen or r.beschermd or is_known(r.teller)
    ]  # fmt: skip


def margin(regio: Regio, gemeente: str, groep: Groep, jaar: int) -> str:
    """Between what the figure of a year lies, of one gemeente or (empty) of the region; empty where that is unknown."""
    shown = _ahead(regio, groep)
    if shown is None:
        return ""
    # A gemeente is a part of what was asked for the region: it needs no question of its own.
    frame = _of(shown.parts, gemeente) if gemeente else shown.whole
    return margin_text(frame.loc[jaar], shown.minimum) if jaar in frame.index else ""


def _of(parts: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    return parts[parts["gebied"] == gemeente].set_index("jaar")


def _ahead(regio: Regio, groep: Groep) -> Outlook | None:
    subject = subject_of(regio.store, groep)
    if subject is None:
        return None
    return outlook(regio.store, regio.area, "gemeente", subject, scenarios(subject)[BASE])
