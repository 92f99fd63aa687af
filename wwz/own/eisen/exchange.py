"""The eisen and norms as a file: out as CSV or a workbook, in again with every mistake reported together."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from wwz.knowledge import domain
from wwz.own.eisen import matrix, norms
from wwz.own.tablefile import all_mistakes, read_tables
from wwz.words.harmless import WORKBOOK, neutral

EISEN, NORMEN = "Eisen", "Normen"
EIS_COLUMNS = ("doelgroep", "mantelzorg", "randvoorwaarde", "graad", "reden", "geleverd", "merk")
NORM_COLUMNS = ("norm", "titel", "waarde", "eenheid", "geleverd", "merk")
EIS_NEEDED, NORM_NEEDED = EIS_COLUMNS[:4], ("norm", "waarde")
# A sign that spreadsheets leave alone; '-' would be taken for a formula.
NONE_SIGN = "nvt"
WIDTHS = {"reden": 60, "titel": 60, "randvoorwaarde": 24}


@dataclass(frozen=True)
class Wanted:
    """What a file asks for: eisen (KEYS, graad, reden) and norms (code to value); rows that are not in it stay."""

    eisen: pd.DataFrame
    normen: dict[str, float]


def eis_rows(database: Path) -> pd.DataFrame:
    """The matrix as it holds, with the columns of a file."""
    frame = matrix.effective(database)
    signs = {"-": NONE_SIGN}
    return frame.assign(graad=frame["graad"].replace(signs), geleverd=frame["geleverd"].replace(signs))[
        list(EIS_COLUMNS)
    ]


def norm_rows(database: Path) -> pd.DataFrame:
    """The norms as they hold, with the columns of a file."""
    return norms.effective(database).rename(columns={"code": "norm"})[list(NORM_COLUMNS)]


def to_csv(frame: pd.DataFrame) -> bytes:
    """With semicolons and a byte order mark, as Excel in Dutch opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([[_cell(value) for value in row] for row in frame.itertuples(index=False)])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else neutral(value)


def to_xlsx(database: Path) -> bytes:
    """A workbook with the sheets Eisen and Normen."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        head = book.add_format({"bold": True})
        for name, frame in ((EISEN, eis_rows(database)), (NORMEN, norm_rows(database))):
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for column, title in enumerate(frame.columns):
                page.write_string(0, column, title, head)
                page.set_column(column, column, WIDTHS.get(title, 16))
                for line, value in enumerate(frame[title], 1):
                    write = page.write_number if isinstance(value, float) else page.write_string
                    write(line, column, value if isinstance(value, float) else neutral(value))
    return target.getvalue()


def read(content: bytes, name: str, database: Path) -> Wanted:
    """What a file of the municipality asks for.

    Parameters
    ----------
    content
        A CSV (comma, semicolon or tab) with eisen or with norms, or a workbook with the sheets of `to_xlsx`.
    name
        Of the file, for the messages.
    database
        Beside which the eisen and norms of now lie.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each; then nothing of it is used.
    """
    eisen, values, found = [], [], []
    for table in read_tables(content, name):
        if table.kolommen.issuperset(EIS_NEEDED):
            eisen += [(place, _eis(row)) for place, row in table.rijen]
        elif table.kolommen.issuperset(NORM_NEEDED):
            values += [(place, row["norm"], row["waarde"]) for place, row in table.rijen]
        else:
            found.append(
                f"{table.naam}: nodig zijn de kolommen {', '.join(EIS_NEEDED)}, of {' en '.join(NORM_NEEDED)}."
            )
    found += matrix.mistakes(eisen) + norms.mistakes(database, values)
    if found:
        raise all_mistakes(name, found)
    frame = pd.DataFrame([row for _, row in eisen], columns=[*matrix.KEYS, "graad", "reden"], dtype="str")
    return Wanted(frame, {code: norms.read_number(value) for _, code, value in values})


def _eis(row: dict[str, str]) -> dict[str, str]:
    """Codes, also where the file has the titles or a word for the degree."""
    known = domain.domein()
    words = {
        "doelgroep": known.doelgroepen,
        "mantelzorg": known.mantelzorg,
        "randvoorwaarde": known.randvoorwaarden,
    }
    codes = {name: _code(row.get(name, ""), table) for name, table in words.items()}
    degree = "-" if row["graad"].lower() in (NONE_SIGN, "n.v.t.", "-") else _code(row["graad"], known.graden)
    return {**codes, "graad": degree, "reden": row.get("reden", "")}


def _code(text: str, table) -> str:
    lowered = {code.lower(): code for code in table} | {
        row.titel.lower(): code for code, row in table.items()
    }
    return lowered.get(text.lower(), text)
