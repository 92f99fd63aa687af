"""The wijk report: the profile of one area with its map, in the order a reader wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from wwz.ask.view import View
from wwz.base.sentence import capital
from wwz.export.agendapages import agenda_pieces
from wwz.export.agendasheet import AgendaSheet, agenda_if_any
from wwz.export.image import inner_image
from wwz.export.logo import Logo
from wwz.export.pieces import Drawing, Head, Piece, Printed, Table, Words, above, foot_of
from wwz.export.sheet import FICTIVE, KNOWN_AS, Sheet, make_sheet
from wwz.maps.classes import Classes
from wwz.profile.page import Profile, of_area
from wwz.profile.story import Block
from wwz.store import Store
from wwz.words.harmless import clean

HEADS = ("Cijfer", "Hier", "Aantal", "Gemeente", "Nederland", "Jaar", "Hoe bekend")
FIELDS = ("titel", "waarde_tekst", "mensen_tekst", "gemeente_tekst", "land_tekst", "jaar_tekst", "soort")
# Widths of the columns on A4, in millimetres.
WIDTHS = (46, 34, 17, 21, 22, 12, 22)


@dataclass(frozen=True)
class Report:
    """Everything in the report, as text; the map may be absent.

    Attributes
    ----------
    sheet
        The sheet of the map, of the buurten in the area.
    has_map
        Whether there are boundaries to draw.
    agenda
        Its wijkagenda; None where there is none.
    """

    title: str
    about: str
    marks: tuple[str, ...]
    story: tuple[Block, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    sheet: Sheet
    has_map: bool
    agenda: AgendaSheet | None

    @property
    def pages(self) -> Printed:
        """The report for Word and PDF."""
        pieces: list[Piece] = [Words(self.about, "klein")]
        for block in self.story:
            pieces += [
                Head(block.title),
                Words(" ".join(block.sentences)),
                Words(" · ".join(block.known), "klein"),
            ]
        if self.has_map:
            pieces += [
                Drawing(inner_image(self.sheet, "rapport"), f"Kaart: {self.sheet.reading}"),
                Words(map_reading(self.sheet)),
                Words(map_source(self.sheet), "klein"),
            ]
        pieces += [*(agenda_pieces(self.agenda) if self.agenda else ()), *self.tables]
        pieces += [Head("Bronnen en uitleg"), *(Words(note, "klein") for note in self.notes)]
        return Printed(
            self.title, above(self.marks), tuple(pieces), self.foot, self.sheet.made, self.sheet.logo
        )

    @property
    def foot(self) -> str:
        """At the bottom of every page."""
        return foot_of(self.sheet.fictive)


def map_reading(sheet: Sheet) -> str:
    """The sentences under the map."""
    return clean(f"De kaart toont: {sheet.shown.indicator.titel}. {sheet.reading}")


def map_source(sheet: Sheet) -> str:
    """Below them: what it shows and where it comes from."""
    return f"Kaart: {clean(sheet.subject)}. {' · '.join(map(clean, sheet.sources))}"


def report_sheet(store: Store, view: View, logo: Logo | None = None, scale: Classes | None = None) -> Sheet:
    """The sheet of the map in the report on the same view, without all else that a report has."""
    codes = (view.gekozen,) if view.gekozen else view.gebied
    level = "buurt" if view.niveau == "gemeente" or codes != view.gebied else view.niveau
    # Where there are no buurten, a sheet takes the smallest areas there are.
    return make_sheet(store, replace(view, gebied=codes, gekozen="", niveau=level, tweede=""), logo, scale)


def make_report(store: Store, view: View, logo: Logo | None = None, scale: Classes | None = None) -> Report:
    """The report on the area that is chosen in the view, or else on the area worked in."""
    sheet = report_sheet(store, view, logo, scale)
    found = of_area(store, sheet.area)
    sections = [("Kerncijfers", found.key_figures), *[(s.title, s.rows) for s in found.sections]]
    agenda = agenda_if_any(store, view)
    soorten = _kinds(sheet, found, sections) | set(agenda.known if agenda else ())
    sources = tuple(dict.fromkeys([*found.sources, *(agenda.sources if agenda else ())]))
    return Report(
        title=clean(capital(found.headline)),
        about=clean(f"{sheet.area.naam} · {found.about}"),
        marks=tuple(
            (["Fictief"] if sheet.fictive else []) + sorted(soorten & {"geschat", "aanname", "opgegeven"})
        ),
        story=tuple(
            Block(clean(block.title), tuple(map(clean, block.sentences)), tuple(map(clean, block.known)))
            for block in found.blocks
        ),
        tables=tuple(Table(title, HEADS, _texts(rows), WIDTHS) for title, rows in sections if len(rows)),
        notes=_notes(sheet, sources, soorten),
        sheet=sheet,
        has_map=sheet.has_map,
        agenda=agenda,
    )


def _texts(rows: pd.DataFrame) -> list[list[str]]:
    lines = []
    for row in rows.to_dict("records"):
        cells = [clean(row[field]) if isinstance(row[field], str) else "" for field in FIELDS]
        if isinstance(row["marge_tekst"], str) and row["marge_tekst"]:
            cells[1] = f"{cells[1]}\n{clean(row['marge_tekst'])}"
        lines.append(cells)
    return lines


def _kinds(sheet: Sheet, found: Profile, sections) -> set[str]:
    """Every label that occurs: in the tables, beside the story (``geschat 2024``) and on the map."""
    told = [word for block in found.blocks for word in block.known]
    return {
        *sheet.kinds,
        *(kind for _, rows in sections for kind in rows["soort"]),
        *(kind for kind in KNOWN_AS for word in told if word.startswith(kind)),
    }


def _notes(sheet: Sheet, sources, kinds: set[str]) -> tuple[str, ...]:
    known = [f"Hoe bekend: {text}" for kind, text in KNOWN_AS.items() if kind in kinds]
    kept = ("Afronding", "Marge", "Vergelijken", "Effect van een maatregel", "Privacy", "Database gemaakt")
    lines = [*known, *(f"{subject}: {text}" for subject, text in sheet.explanation if subject in kept)]
    return tuple(clean(line) for line in [*([FICTIVE] if sheet.fictive else []), *sources, *lines])
