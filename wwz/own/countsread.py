"""A file with own counts: read, and every mistake in it reported together, in plain Dutch."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import pandas as pd
from openpyxl import Workbook, load_workbook

from wwz.base.errors import Fout
from wwz.base.workbook import MEGABYTE, Bounds, check_workbook, unreadable
from wwz.sources.reading import clean

NEEDED = ("gebied", "onderwerp", "aantal", "peildatum")
OPTIONAL = ("bron",)
OTHER_NAMES = {
    "gebiedscode": "gebied", "code": "gebied", "buurtcode": "gebied", "wijkcode": "gebied", "datum": "peildatum",
    "doelgroep": "onderwerp", "beperking": "onderwerp", "mensen": "aantal", "personen": "aantal",
}  # fmt: skip
LARGEST, MOST_ROWS = 10 * MEGABYTE, 20_000
BOUNDS = Bounds(rijen=MOST_ROWS + 1, kolommen=100, cellen=200_000)
FIRST_YEAR = 2000
FORMULA = re.compile(r"^[=+@]|^-\D")
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Line:
    """One line of a file, all text as it stood there; `nummer` as a spreadsheet counts."""

    nummer: int
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
    if len(content) > LARGEST:
        raise Fout(
            f"{name} is groter dan {LARGEST // MEGABYTE} MB. Bewaar alleen de regels die u wilt opgeven."
        )
    rows = _sheet(content, name) if content[:2] == b"PK" else _delimited(content, name)
    rows = [(number, row) for number, row in rows if any(cell for cell in row)]
    if not rows:
        raise Fout(f"In {name} staan geen regels. Begin met het sjabloon.")
    if len(rows) > MOST_ROWS:
        raise Fout(f"{name} heeft meer dan {MOST_ROWS} regels. Geef ze in delen op.")
    heads = [OTHER_NAMES.get(h.strip().lower(), h.strip().lower()) for h in rows[0][1]]
    missing = [n for n in NEEDED if n not in heads]
    if missing:
        raise Fout(
            f"{name} mist de kolom {', '.join(missing)}. De eerste regel noemt de kolommen: {', '.join((*NEEDED, *OPTIONAL))}."
        )
    twice = [n for n in (*NEEDED, *OPTIONAL) if heads.count(n) > 1]
    if twice:
        raise Fout(f"{name} heeft de kolom {', '.join(twice)} twee keer. Haal er een weg.")
    place = {n: heads.index(n) for n in (*NEEDED, *OPTIONAL) if n in heads}
    return [
        Line(
            number,
            **{
                n: clean(row[place[n]]) if n in place and place[n] < len(row) else ""
                for n in (*NEEDED, *OPTIONAL)
            },
        )
        for number, row in rows[1:]
    ]


def _delimited(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Fout(f"{name} is geen CSV of xlsx. Bewaar het bestand als een van die twee.")
    first = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    try:
        lines = enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)
        # One more than there may be tells that there are too many; the rest is not kept.
        return list(islice(((n, row) for n, row in lines if any(row)), MOST_ROWS + 2))
    except csv.Error as error:
        raise Fout(f"{name} is niet te lezen als CSV. Bewaar het opnieuw als CSV, of als xlsx.") from error


def _sheet(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The first sheet; a formula stays a formula, so that it can be refused."""
    try:
        check_workbook(io.BytesIO(content), name, BOUNDS)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > MOST_ROWS + 2:
                raise Fout(f"{name} heeft meer dan {MOST_ROWS} regels. Geef ze in delen op.")
            rows.append((number, ["" if cell is None else str(cell) for cell in row]))
        return rows
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError, TypeError) as error:
        raise unreadable(name) from error


def whole_number(text: str) -> int | str:
    """The count, or what is wrong with it in words."""
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
        return f"{text} is negatief. Een aantal mensen is 0 of meer"
    if re.fullmatch(r"\d+[.,]\d+", plain):
        return f"{text} is geen heel getal. Geef hele mensen op, geen percentage"
    if not re.fullmatch(r"\d{1,9}", plain):
        return f"{text!r} is geen getal. Vul een heel getal in"
    return int(plain)


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
