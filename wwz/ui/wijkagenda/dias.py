"""The wijkagenda before a room: the conclusion, the bars, each job, and what weighs on the area, one at a time."""

from __future__ import annotations

from functools import partial

from wwz.agenda import rows as agenda
from wwz.agenda import tables as agendatables
from wwz.agenda.balance import FIRST, PARTS, balance
from wwz.agenda.contradictions import contradictions
from wwz.agenda.jobs import Job, jobs
from wwz.agenda.pressure import Pressure, beside_title, pressures
from wwz.agenda.rows import Agenda
from wwz.ask.area import Area
from wwz.base.sentence import capital, sentences
from wwz.own import klus
from wwz.own.klus import Klus
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.dias import Draw, dias
from wwz.ui.shared.legends import part_legend
from wwz.ui.shared.table import Table
from wwz.ui.wijkagenda.picture import PICTURE, agreed_text


def agenda_dias(store: Store, area: Area) -> None:
    """The whole screen while projecting."""
    found = agenda.of_area(store, area)
    slides: dict[str, Draw] = {"Conclusie": partial(_conclusion, store, area, found)}
    if found.has_groups:
        slides["Balken"] = partial(_bars, area, found)
        kept = klus.of_link(store.path, area.link)
        for job in jobs(found):
            slides[job.titel] = partial(_job, area, job, kept.get((job.soort, job.randvoorwaarde), Klus()))
        weighing = pressures(store, area)
        if weighing:
            slides["Daarnaast"] = partial(_pressures, area, weighing)
    dias("wijkagenda", slides)


def _conclusion(store: Store, area: Area, found: Agenda) -> None:
    labels = ("geschat" if found.has_groups else "onbekend", agendatables.unknown_count(found))
    parts.title(found.headline, capital(area.naam), *labels)
    for sentence in contradictions(store, area):
        parts.warning(sentence)
    parts.points(sentences(found.about))


def _bars(area: Area, found: Agenda) -> None:
    parts.title(f"Wat ontbreekt in {area.naam}, van wie het nodig heeft")
    part_legend(PARTS)
    rows = balance(found).head(FIRST)
    Table(rows, PICTURE, f"Wat ontbreekt in {area.naam}, en voor hoeveel mensen").short()
    parts.source_line(*rows["bron"])


def _job(area: Area, job: Job, agreed: Klus) -> None:
    parts.title(job.titel, capital(area.naam))
    parts.job(job.titel, job.tekst, agreed_text(job, agreed), agreed.klaar)


def _pressures(area: Area, found: tuple[Pressure, ...]) -> None:
    parts.title(beside_title(area.naam, found))
    parts.pressure_list(found)
    parts.source_line(*(line for one in found for line in one.bronnen))
