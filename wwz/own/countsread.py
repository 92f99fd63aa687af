"""A file with own counts: read, and every mistake in it reported together, in plain Dutch."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from openpyxl import Workbook

from wwz.own.tablefile import Columns, read_rows
from wwz.sources.reading import clean

COLUMNS = Columns(
    ("gebied", "onderwerp", "aantal", "peildatum"),
    ("bron",),
    {
        "gebiedscode": "gebied", "code": "gebied", "buurtcode": "gebied", "wijkcode": "gebied", "datum": "peildatum",
        "doelgroep": "onderwerp", "beperking": "onderwerp", "mensen": "aantal", "personen": "aantal",
    },
)  # fmt: skip
FIRST_YEAR = 2000
FORMULA = re.compile(r"^[=+@]|^-\D")
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Line:
    """One line of a file, all text as it stood there; `plaats`: where, in words."""

    plaats: str
    gebied: str
    onderwerp: str
    aantal: str
    peildatum: str
    bron: str


def lines_of(content: bytes, name: str) -> list[Line]:
    """The lines of a CSV or xlsx file.

    Raises
    ------
    Fout
        When the file cannot be read as a table, or misses a column.
    """
    return [
        Line(place, **{column: clean(text) for column, text in row.items()})
        for place, row in read_rows(content, name, COLUMNS)
    ]


def whole_number(text: str, of: str = "mensen") -> int | str:
    """The count, or what is wrong with it in words; `of`: what is counted."""
    if text == "":
        return "het aantal is leeg. Vul het in, of haal de regel weg"
    if FORMULA.match(text):
        return f"{text!r} is een formule. Plak de uitkomst als waarde"
    if text[0] in "<>≤≥~":
        return f"{text!r} is geen getal. Geef het echte aantal, ook als het klein is: de WWZ-wijzer toont kleine aantallen niet"
    plain = re.sub(
        r"^(-?\d{1,3})((?:\.\d{3})+)$", lambda m: m[1] + m[2].replace(".", ""), text.replace(" ", "")
    )
    plain = re.sub(r"[.,]0+$", "", plain)
    if re.fullmatch(r"-\d+([.,]\d+)?", plain):
        return f"{text} is negatief. Een aantal {of} is 0 of meer"
    if re.fullmatch(r"\d+[.,]\d+", plain):
        return f"{text} is geen heel getal. Geef hele {of} op, geen percentage"
    if not re.fullmatch(r"\d{1,9}", plain):
        return f"{text!r} is geen getal. Vul een heel getal in"
    return int(plain)


def no_whole_number(text: str, of: str = "mensen") -> str:
    """What is wrong with a count, in words; empty when nothing is."""
    found = whole_number(text, of)
    return found if isinstance(found, str) else ""


def day(text: str, today: date) -> str | None:
    """The reference date as ISO text; None when it is not a date between 2000 and today."""
    if re.fullmatch(r"\d{4}(\.0)?", text):
        text = f"{text[:4]}-01-01"
    for shape in DAYS:
        try:
            found = datetime.strptime(text, shape).date()
        except ValueError:
            continue
        return found.isoformat() if found.year >= FIRST_YEAR and found <= today else None
    return None


def template(areas: pd.DataFrame, subjects: Sequence[str], today: date) -> bytes:
    """A workbook to fill in: a line per area and subject, and a sheet with the words that are known.

    Parameters
    ----------
    areas
        Columns code and naam.
    subjects
        What is counted; one line per area each.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Eigen cijfers"
    sheet.append(["gebied", "onderwerp", "aantal", "peildatum", "bron", "naam (wordt niet gelezen)"])
    for subject in subjects:
        for row in areas.itertuples():
            sheet.append([row.code, subject, None, f"{today.year}-01-01", None, row.naam])
    for column, width in zip("ABCDEF", (14, 40, 10, 12, 24, 34), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
