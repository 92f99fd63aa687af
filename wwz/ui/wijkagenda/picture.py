"""The top of the wijkagenda: what is missing in one picture, three jobs, and the area beside its gemeente."""

from __future__ import annotations

import streamlit as st

from wwz.agenda.balance import FIRST, PARTS, balance
from wwz.agenda.jobs import Job, jobs
from wwz.agenda.pressure import beside_title, pressures
from wwz.agenda.rows import Agenda
from wwz.agenda.words import not_added
from wwz.ask.area import Area
from wwz.ask.layerwords import no_effect
from wwz.base.counted import counted
from wwz.base.dates import dutch_day, short_day
from wwz.own import klus
from wwz.own.klus import Klus
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.drawings import Stack
from wwz.ui.shared.folds import folded
from wwz.ui.shared.legends import part_legend
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

PICTURE = [
    Column("titel", "Randvoorwaarde", sub_field="nodig_tekst"),
    Column("balk_tekst", "Van wie het nodig heeft", drawing=Stack(tuple(PARTS))),
    Column("mensen", "Mensen zonder", text_field="mensen_tekst", kind="number", sub_field="kort_marge"),
    Column("soort", "Hoe weten we dit", kind="tag"),
]


def picture(area: Area, found: Agenda) -> None:
    """Need, evidence and gap of the necessary conditions, side by side."""
    rows = balance(found)
    part_legend(PARTS)
    Table(rows.head(FIRST), PICTURE, f"Wat ontbreekt in {area.naam}, en voor hoeveel mensen").short(
        folds=True
    )
    parts.note(not_added())
    if len(rows) > FIRST:
        folded(
            counted(
                "De andere [noodzakelijke randvoorwaarde|{n} noodzakelijke randvoorwaarden]",
                len(rows) - FIRST,
            ),
            lambda: Table(
                rows.iloc[FIRST:], PICTURE, f"De andere noodzakelijke randvoorwaarden in {area.naam}"
            ).short(folds=True),
            key="agenda-alles",
        )


@fragment
def three_jobs(store: Store, area: Area, found: Agenda) -> None:
    """What follows from it, each with whom it is for; who does it and when is kept."""
    todo = jobs(found)
    parts.card_title("Wat nu te doen is")
    kept = klus.of_link(store.path, area.link)
    for job in todo:
        agreed = kept.get((job.soort, job.randvoorwaarde), Klus())
        parts.job(job.titel, job.tekst, agreed_text(job, agreed), agreed.klaar)
        if len(area.link) == 1:
            _form(store, area, job, agreed)
    if todo:
        parts.note(no_effect())


def agreed_text(job: Job, agreed: Klus) -> str:
    """Who does a job and by when, or that it is still to be chosen."""
    who = agreed.eigenaar or f"{job.wie} · kies een eigenaar"
    when = f"voor {dutch_day(agreed.datum)}" if agreed.datum else "kies een datum"
    return " · ".join((who, "klaar" if agreed.klaar else when))


def _form(store: Store, area: Area, job: Job, agreed: Klus) -> None:
    place = f"klus-{area.link[0]}-{job.soort}-{job.randvoorwaarde}-{agreed.versie}"
    owner, day, done = (f"{place}-{name}" for name in ("eigenaar", "datum", "klaar"))

    def keep() -> str:
        filled = klus.checked(
            st.session_state[owner], st.session_state[day], st.session_state[done], agreed.versie
        )
        klus.keep(store.path, area.link[0], job.soort, job.randvoorwaarde, filled, permission.editor_name())
        return "De afspraak over deze klus is bewaard."

    with st.popover(f"Wie en wanneer: {job.titel.lower()}", type="tertiary"):
        if not permission.gate(place, "klus"):
            return
        with st.form(place, border=False):
            st.text_input("Eigenaar", agreed.eigenaar, max_chars=klus.LONGEST, key=owner, placeholder=job.wie)
            # The date field of the framework has English words and targets that are too small to hit.
            st.text_input("Klaar voor (dag-maand-jaar)", short_day(agreed.datum), max_chars=10, key=day)
            st.checkbox("Deze klus is klaar", agreed.klaar, key=done)
            press("Bewaar", keep, f"{place}-knop", place=st.form_submit_button)


def under_pressure(store: Store, area: Area) -> None:
    """Figures that weigh on the area, beside the gemeente and the country."""
    found = pressures(store, area)
    if not found:
        return
    parts.card_title(beside_title(area.naam, found))
    parts.pressure_list(found)
    parts.source_line(*(line for one in found for line in one.bronnen))
