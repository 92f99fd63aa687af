"""A file with numbers per gemeente: the template, and all mistakes of what comes back together."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from wwz.knowledge.regions import groepen
from wwz.own.countsread import FORMULA, day, no_whole_number, whole_number
from wwz.own.region.numbers import Aantal
from wwz.own.region.register import Definitie
from wwz.own.tablefile import Check, Columns, all_mistakes, placed, read_rows, wrong_in
from wwz.words.numbers import dutch

COLUMNS = Columns(
    ("gemeente", "groep", "aantal", "peildatum", "definitie"),
    ("bron",),
    {
        "code": "gemeente",
        "gemeentecode": "gemeente",
        "aandachtsgroep": "groep",
        "mensen": "aantal",
        "datum": "peildatum",
    },
)
HEADS = (*COLUMNS.all, "naam (wordt niet gelezen)", "wie telt mee (wordt niet gelezen)")
WIDTHS = (12, 18, 10, 12, 26, 26, 30, 80)
GEMEENTE = re.compile(r"GM\d{4}", re.ASCII)


@dataclass(frozen=True)
class Apart:
    """A number that will stand apart: where, and why it is not by the definition of the region."""

    plaats: str
    reden: str


def template(gemeenten: Mapping[str, str], definitions: Sequence[Definitie], today: date) -> bytes:
    """A workbook to fill in: a line per gemeente and group, with the mark of the definition by which to count.

    Parameters
    ----------
    gemeenten
        Code → name.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Cijfers van de regio"
    sheet.append(HEADS)
    for definition in definitions:
        for code, naam in gemeenten.items():
            moment = measured_on(definition, today).isoformat()
            row = [code, definition.groep, None, moment, definition.kenmerk, None, naam, definition.definitie]
            sheet.append(row)
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def measured_on(definition: Definitie, today: date) -> date:
    """The last measuring date of a definition; 29 February is the day before in other years."""
    month, number = (int(part) for part in definition.peildag.split("-"))
    for year in (today.year, today.year - 1):
        last = number if (month, number) != (2, 29) or year % 4 == 0 else 28
        if (found := date(year, month, last)) <= today:
            return found
    raise ValueError(definition.peildag)


def read(
    content: bytes, name: str, gemeenten: Mapping[str, float], wie: str, today: date | None = None
) -> list[Aantal]:
    """The numbers of a file.

    Parameters
    ----------
    gemeenten
        Code → inhabitants, of the gemeenten in the data.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each.
    """
    rows = read_rows(content, name, COLUMNS)
    checks = _checks(gemeenten, today or date.today())
    # A line of the template that nobody filled in is no number.
    filled = [(place, row) for place, row in rows if row["aantal"].strip()]
    mistakes = [(n, text) for n, (_, row) in enumerate(filled) for text in wrong_in(row, checks)]
    wrong = {number for number, _ in mistakes}
    found = {
        n: _number(row, wie, today or date.today()) for n, (_, row) in enumerate(filled) if n not in wrong
    }
    mistakes += _twice(found) + _too_many(found, gemeenten)
    if not filled:
        mistakes = [(-1, "er is nog geen aantal ingevuld. Vul minstens één regel in")]
    if mistakes:
        raise all_mistakes(name, placed(mistakes, filled), "Er is niets bewaard")
    return list(found.values())


def apart(rows: Sequence[Aantal], definitions: Mapping[str, Definitie]) -> list[Apart]:
    """Which of these numbers will not be added, and why."""
    found = []
    for row in rows:
        definition, where = definitions[row.groep], f"{row.gemeente}, {row.groep}"
        if row.definitie != definition.kenmerk:
            found.append(Apart(where, "is geteld met een andere definitie"))
        elif row.peildatum[5:] != definition.peildag:
            found.append(Apart(where, f"heeft een andere peildag dan {definition.peildag}"))
    return found


def _number(row: Mapping[str, str], wie: str, today: date) -> Aantal:
    count, moment = whole_number(row["aantal"]), day(row["peildatum"], today)
    assert isinstance(count, int) and moment is not None  # the checks saw to it
    return Aantal(
        group_of(row["groep"]), row["gemeente"].strip(), count, moment, row["definitie"].strip()[:400],
        row["bron"].strip()[:400], wie.strip(),
    )  # fmt: skip


def group_of(text: str) -> str:
    """The code of a group that is named by its code or title; empty when there is none."""
    plain = text.strip().lower()
    names = {name.lower(): code for code, g in groepen().items() for name in (code, g.titel, g.kort)}
    return names.get(plain, "")


def _checks(gemeenten: Mapping[str, float], today: date) -> dict[str, Check]:
    def gemeente(text: str) -> str:
        if not GEMEENTE.fullmatch(text.strip()):
            return f"{text!r} is geen code van een gemeente. Schrijf haar als GM0518"
        return "" if text.strip() in gemeenten else f"{text.strip()} staat niet in de gegevens"

    def groep(text: str) -> str:
        return "" if group_of(text) else f"{text!r} is geen groep. Kies uit: {', '.join(groepen())}"

    def peildatum(text: str) -> str:
        if day(text, today):
            return ""
        return f"de peildatum {text!r} is geen datum van 2000 tot nu. Schrijf hem als 2026-01-01"

    def definitie(text: str) -> str:
        if not text.strip():
            return "de definitie is leeg. Laat de code uit het sjabloon staan, of schrijf op hoe er is geteld"
        return f"de definitie {text!r} begint als een formule" if FORMULA.match(text) else ""

    def bron(text: str) -> str:
        return f"de bron {text!r} begint als een formule" if FORMULA.match(text) else ""

    return {
        "gemeente": gemeente, "groep": groep, "aantal": no_whole_number, "peildatum": peildatum,
        "definitie": definitie, "bron": bron,
    }  # fmt: skip


def _twice(found: Mapping[int, Aantal]) -> list[tuple[int, str]]:
    often = Counter(number.key for number in found.values())
    return [
        (n, f"{number.gemeente} staat {often[number.key]} keer in het bestand voor {number.groep} in {number.jaar}. Laat er één staan")
        for n, number in found.items()
        if often[number.key] > 1
    ]  # fmt: skip


def _too_many(found: Mapping[int, Aantal], gemeenten: Mapping[str, float]) -> list[tuple[int, str]]:
    return [
        (
            n,
            f"{dutch(number.aantal)} is meer dan het aantal inwoners van {number.gemeente}. Controleer het aantal",
        )
        for n, number in found.items()
        if gemeenten.get(number.gemeente) and number.aantal > gemeenten[number.gemeente]
    ]
