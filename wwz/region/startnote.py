"""The startnotitie: what the region decided about the work itself, filled with what is known, and open where nothing is."""

from __future__ import annotations

from datetime import datetime

from wwz.base.dates import dutch_date, dutch_day
from wwz.base.sentence import listed
from wwz.knowledge.regions import fasen, reikwijdten, rollen
from wwz.own.region import process
from wwz.own.region.process import TEXTS, Proces
from wwz.region import overview
from wwz.region.document import Onderdeel, Stuk, Tabel
from wwz.region.places import Regio

OPEN = "[Nog in te vullen]"


def startnote(regio: Regio) -> Stuk:
    """The document, in the order of the handreiking: content first, then the process."""
    about, found = regio.store.about(), process.read(regio.store.path, regio.sleutel)
    moment = datetime.fromisoformat(str(about["gebouwd_op"]))
    texts = {name: found.teksten.get(name, OPEN) for name in TEXTS}
    reach = reikwijdten().get(found.teksten.get("reikwijdte", ""))
    gemeenten = listed(list(regio.namen.values()))
    return Stuk(
        titel=f"Startnotitie {regio.naam}",
        over=f"Samen wonen, zorg en ondersteuning regelen · gemaakt met de gegevens van {dutch_date(moment)}",
        merken=tuple(["Fictief"] * bool(about["fictief"]) + ["Concept"]),
        hoofdlijn=(f"De regio is {regio.naam}: {gemeenten}.", f"De opdracht: {texts['opdracht']}", f"Het doel: {texts['doel']}"),
        onderdelen=(
            Onderdeel("1. De regio", (f"Het gaat om {regio.naam} ({regio.plaats.soort}): {gemeenten}.", regio.plaats.herkomst + ".")),
            Onderdeel("2. De opgave", ("Wat er nu bekend is, in hoofdlijnen. Onbekend is iets anders dan nul.",), (_task(regio),)),
            Onderdeel("3. De reikwijdte", (f"{reach.titel}: {reach.uitleg}" if reach else OPEN,)),
            Onderdeel("4. Wie doet mee, en hoe", (f"Opdrachtgever en procesregie: {texts['opdrachtgever']}", f"Tafel en besluitvorming: {texts['tafel']}"), _parties(found)),
            Onderdeel("5. De aanpak", (f"De planning: {texts['planning']}", "De regio rondt een fase af voordat zij aan de volgende begint."), (_phases(found),)),
        ),
        achterin=("Indeling: Platform31, Regionale samenwerking organiseren en doen (2023), hoofdstuk 4 en 5.", overview.LEGEND),
        voet="WWZ-wijzer",
        gemaakt=moment,
    )  # fmt: skip


def _task(regio: Regio) -> Tabel:
    rows = [(row["titel"], row["totaal"], row["hoe"]) for row in overview.rows(regio)]
    return Tabel("Groepen in de regio", ("Groep", "Mensen", "Hoe bekend"), tuple(rows), (3, 1.4, 1.6))


def _parties(found: Proces) -> tuple[Tabel, ...]:
    rows = [(name, rollen()[role].titel) for name, role in found.partijen.items() if role in rollen()]
    return (Tabel("Partijen", ("Partij", "Hoe zij meedoet"), tuple(rows), (2, 2)),) if rows else ()


def _phases(found: Proces) -> Tabel:
    rows = []
    for number, phase in enumerate(fasen(), 1):
        for step in phase.stappen:
            day = found.stappen.get(step.code)
            rows.append((f"{number}. {phase.titel}", step.titel, dutch_day(day[0]) if day else "nog niet"))
    return Tabel("Vijf fasen en hun stappen", ("Fase", "Stap", "Gedaan"), tuple(rows), (1.4, 3.4, 1.2))


def progress(found: Proces) -> list[dict[str, str]]:
    """Per phase: titel, gedaan (3 van 6) and resultaat."""
    return [
        {
            "titel": f"Fase {number}: {phase.titel.lower()}",
            "gedaan": f"{sum(step.code in found.stappen for step in phase.stappen)} van {len(phase.stappen)}",
            "resultaat": phase.resultaat,
        }
        for number, phase in enumerate(fasen(), 1)
    ]
