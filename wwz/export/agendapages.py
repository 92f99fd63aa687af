"""The wijkagenda as a document, for Word and PDF: the finding, the picture, what to do, and what it rests on."""

from __future__ import annotations

import pandas as pd

from wwz.agenda.balance import FIRST
from wwz.agenda.pressure import beside_title
from wwz.agenda.rows import questions
from wwz.agenda.words import UNKNOWN
from wwz.base.sentence import capital
from wwz.export.agendabars import draw_bars
from wwz.export.agendasheet import AgendaSheet
from wwz.export.pieces import Drawing, Head, Piece, Printed, Table, Words, above, foot_of
from wwz.knowledge import domain
from wwz.words.harmless import clean

# Widths in millimetres, together 174: what A4 has between its margins.
TASK_WIDE, LIST_WIDE, ASK_WIDE, BESIDE_WIDE = (20, 84, 24, 24, 22), (27, 22, 40, 23, 21, 41), (32, 78, 42, 22), (58, 24, 30, 42, 20)  # fmt: skip
SIZE, LIST_SIZE = 8.0, 7.5


def agenda_pages(sheet: AgendaSheet) -> Printed:
    """The agenda on A4."""
    pieces: list[Piece] = [
        Words(sheet.place, "klein"),
        Words(clean(sheet.found.about)),
        *(Words(clean(sentence), "merk") for sentence in sheet.warnings),
        *agenda_pieces(sheet),
        Head("Bronnen en uitleg"),
        *(Words(note, "klein") for note in sheet.notes),
    ]
    return Printed(
        sheet.title, above(sheet.marks), tuple(pieces), foot_of(sheet.fictive), sheet.made, sheet.logo
    )


def agenda_pieces(sheet: AgendaSheet) -> tuple[Piece, ...]:
    """The picture, the jobs, what weighs on the area, and the lists: the same as a part of another document."""
    name = clean(sheet.area.naam)
    found: list[Piece] = [
        Head(f"Wat ontbreekt in {name}, en voor hoeveel mensen"),
        Drawing(draw_bars(sheet.bars.head(FIRST)), bars_in_words(sheet, sheet.bars.head(FIRST))),
        Table("Wat nu te doen is", ("Klus", "Wat", "Wie", "Eigenaar", "Klaar"), _tasks(sheet), TASK_WIDE, SIZE),
    ]  # fmt: skip
    if sheet.pressures:
        beside = beside_title(name, sheet.pressures)
        heads = ("Cijfer", "Hier", "Marge", "Daarnaast", "Hoe bekend")
        found.append(Table(beside, heads, _beside(sheet), BESIDE_WIDE, SIZE))
    others = sheet.bars.iloc[FIRST:]
    # A page of bars of which nothing is known says nothing.
    others = others[others["hoe_code"] != UNKNOWN]
    if len(others):
        found += [
            Head("De andere noodzakelijke randvoorwaarden"),
            Drawing(draw_bars(others), bars_in_words(sheet, others)),
        ]
    heads = (
        "Randvoorwaarde",
        "Mensen zonder",
        "Voor wie",
        "Naast wat te verwachten is",
        "Hoe weten we dit",
        "Wat te doen",
    )
    for degree in ("N", "W"):
        rows = sheet.found.rows[sheet.found.rows["graad"] == degree]
        if len(rows):
            title = f"{capital(domain.domein().graden[degree].titel)}: wat ontbreekt in {name}"
            found.append(Table(title, heads, _list(rows, sheet.agreed), LIST_WIDE, LIST_SIZE))
    if sheet.found.met:
        there = ", ".join(sheet.found.met).lower()
        found.append(Words(clean(f"Dit is er, voor zover bekend, voor iedereen: {there}.")))
    asked = questions(sheet.found)
    if len(asked):
        heads = ("Wie weet het?", "Vraag", "Maakt bekend", "Nodig voor")
        rows = [_texts(row.wie, row.vraag, row.titels, row.raakt) for row in asked.itertuples()]
        found.append(Table(f"Wie weet wat nog onbekend is in {name}?", heads, rows, ASK_WIDE, SIZE))
    return tuple(found)


def bars_in_words(sheet: AgendaSheet, shown: pd.DataFrame) -> str:
    """What the picture of these rows of `sheet.bars` says, for who does not see it."""
    rows = [
        f"{row.titel}: {row.nodig_tekst}; {row.balk_tekst or 'geen balk, want het gaat om te weinig mensen'}."
        for row in shown.itertuples()
    ]
    return clean(
        f"Balken van {sheet.area.naam}: van wie het nodig heeft, welk deel het mist. {' '.join(rows)}"
    )


def _tasks(sheet: AgendaSheet) -> list[list[str]]:
    return [_texts(one.kind, one.text, one.who, one.owner, one.day) for one in sheet.tasks]


def _beside(sheet: AgendaSheet) -> list[list[str]]:
    return [
        _texts(row.regel.tekst, capital(row.regel.getal), row.regel.marge, row.naast, row.hoe)
        for row in sheet.pressures
    ]


def _list(rows: pd.DataFrame, agreed: dict[str, str]) -> list[list[str]]:
    return [
        [
            _two(row.titel, "eigen eis" if row.eigen_eis else ""),
            _two(row.mensen_tekst, row.marge_tekst),
            clean(row.voor_wie_vol),
            clean(row.verwacht_tekst),
            _two(row.hoe, row.soort),
            _two(row.doen, agreed.get(row.randvoorwaarde, "")),
        ]
        for row in rows.itertuples()
    ]


def _two(main: str, second: str) -> str:
    """A cell with something smaller below it."""
    return f"{clean(main)}\n{clean(second)}" if second else clean(main)


def _texts(*texts: str) -> list[str]:
    return [clean(text) for text in texts]
