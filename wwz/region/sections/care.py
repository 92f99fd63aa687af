"""The conditions of care and support, what is not known, and how everything was made."""

from __future__ import annotations

from wwz.agenda.numbers import people_text
from wwz.agenda.words import questions
from wwz.base.counted import counted
from wwz.base.sentence import listed
from wwz.knowledge.regions import groepen
from wwz.own.region import register
from wwz.region import agreement, words
from wwz.region.document import Onderdeel, Tabel
from wwz.region.series import ESTIMATED
from wwz.region.subject import Over

MOST = 10


def care(over: Over) -> Onderdeel:
    """What people need besides a dwelling, and how many lack it."""
    rows = over.conditions(home=False)
    known = rows[~rows["mensen_tekst"].isin(["?", ""])] if len(rows) else rows
    lines = [
        (str(r.titel), str(r.mensen_tekst), r.marge_tekst or "", r.soort)
        for r in known.head(MOST).itertuples()
    ]
    table = Tabel(
        "Wat mensen missen om thuis te wonen",
        ("Randvoorwaarde", "Mensen", "Marge", "Hoe bekend"),
        tuple(lines),
        (2.2, 1.2, 2, 1),
    )
    texts = []
    if len(known):
        texts.append(
            counted(
                "Van {n} [randvoorwaarde|randvoorwaarden] voor zorg, ondersteuning en omgeving weten wij iets over hoeveel mensen haar missen.",
                len(known),
            )
        )
    if len(rows) > len(known):
        texts.append(
            counted(
                "Van {n} andere weten wij alleen hoeveel mensen haar nodig hebben. Die staan bij wat wij niet weten.",
                len(rows) - len(known),
            )
        )
    texts.append(
        "Spreek per gemeente af wie deze hulp levert en betaalt: de Wmo, de zorgverzekeraar (Zvw) of het zorgkantoor (Wlz). Wat over meer "
        "gemeenten tegelijk wordt ingekocht, hoort aan de regionale tafel."
    )
    kinds = tuple(dict.fromkeys(r.soort for r in known.itertuples()))
    return Onderdeel(
        "6. Welke zorg en ondersteuning hoort erbij?", tuple(texts), (table,) if lines else (), kinds
    )


def unknown(over: Over) -> Onderdeel:
    """Gaps: numbers that are missing or stand apart, definitions that were not settled, and conditions nobody knows of."""
    texts = [text for text in (over.regio.let_op,) if text]
    for reeks in over.reeksen:
        if reeks.hoe != ESTIMATED and reeks.zonder:
            texts.append(f"{reeks.groep.titel}: {' '.join(words.missing(reeks))}")
    known = register.definities(over.regio.store.path)
    open_ = [groepen()[code].kort for code, d in known.items() if not d.vastgesteld]
    if len(open_) == len(known):
        texts.append(
            "Van geen enkele groep heeft de regio vastgesteld wie er meetellen. Begin daarmee: stel de definities vast."
        )
    elif open_:
        texts.append(f"Nog niet vastgesteld is wie er meetellen bij: {listed(open_)}.")
    for code, definition in known.items():
        no = agreement.waiting(over.regio, definition) if definition.vastgesteld else []
        if no:
            who = listed([over.regio.namen[c] for c in no])
            texts.append(f"{groepen()[code].titel}: nog geen akkoord van {who}.")
    tables = [table for table in (_conditions(over),) if table.rijen]
    points = tuple(f"{row.titel}: {row.vraag}" for row in _asked(over)) if over.agenda else ()
    return Onderdeel("7. Wat weten wij niet?", tuple(texts), tuple(tables), punten=points)


def _asked(over: Over):
    if over.agenda is None:
        return []
    frame = questions(over.agenda.rows, over.agenda.minimum)
    return list(frame.itertuples()) if {"titel", "vraag"} <= set(frame.columns) else []


def _conditions(over: Over) -> Tabel:
    minimum = int(over.regio.store.about()["minimum"])
    rows = []
    for home in (True, False):
        found = over.conditions(home=home)
        for r in found.itertuples():
            if r.mensen_tekst in ("?", ""):
                rows.append((str(r.titel), people_text(r.nodig, minimum), str(r.uitzoeken or "")))
    return Tabel(
        "Randvoorwaarden waarvan niemand weet hoeveel mensen haar missen",
        ("Randvoorwaarde", "Nodig voor (mensen)", "Wie het weet"),
        tuple(rows),
        (2, 1.1, 3.2),
    )


def method(over: Over) -> list[str]:
    """Sources and method, in small type."""
    store = over.regio.store
    texts = [
        f"Regio: {over.regio.naam}, {over.regio.plaats.soort}. {over.regio.plaats.herkomst}. Gemeenten: {listed(list(over.regio.namen.values()))}.",
        "Alle gemeenten: dezelfde definities, dezelfde berekening. Een aantal dat anders is geteld, staat apart en telt nergens mee.",
        "Verdelen gaat in hele mensen. Wat door afronden overblijft, gaat naar wie het dichtst bij een hele persoon meer zit.",
        f"Aantallen onder {store.about()['minimum']} staan er alleen samen met een andere gemeente. Wat daaruit volgt ook.",
        "Geschat: door ons berekend, met een marge. Opgegeven: door de gemeenten. Aanname: een keuze van ons. Onbekend is iets anders dan nul.",
        "Toekomst: iedereen wordt ouder waar hij nu woont. Het is een berekening, geen voorspelling. Bouw en sloop zitten er alleen in waar een gemeente ze opgaf.",
    ]
    for reeks in over.reeksen:
        if reeks.hoe != ESTIMATED:
            texts.append(
                f"{reeks.groep.titel} ({reeks.definitie.kenmerk}): {reeks.definitie.definitie} {reeks.bron}."
            )
    frame = over.area.figures(["inwoners", "woningen", "corporatie"])
    texts += list(dict.fromkeys(str(line) for line in frame["bron"] if isinstance(line, str)))
    texts.append(
        "Indeling van dit stuk: Platform31, Regionale samenwerking organiseren en doen (2023), hoofdstuk 3."
    )
    return texts
