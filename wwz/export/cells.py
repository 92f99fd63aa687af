"""The table of a sheet as typed cells."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.export.sheet import Sheet
from wwz.knowledge import Indicator
from wwz.knowledge.bounds import REGEL
from wwz.words.harmless import neutral
from wwz.words.numbers import UNKNOWN, is_known, only_rounded, rounded_people, says_nothing
from wwz.words.sentences import people_head

Cell = str | int | float
TOTAL = "Totaal"


@dataclass(frozen=True)
class Field:
    """One column: heading with unit, cells, decimals (None for text)."""

    title: str
    cells: list[Cell]
    decimals: int | None = None


def table_fields(sheet: Sheet) -> list[Field]:
    """The table under the map, column by column; numbers rounded as on the screen."""
    return _fields(sheet.rows, sheet)


def total_cells(sheet: Sheet) -> list[Cell]:
    """The whole area in the same columns: as the database answers it, for a sum of what is shown would miss what is hidden."""
    cells = [field.cells[0] for field in _fields(sheet.total, sheet)]
    return [cells[0], neutral(f"{TOTAL} {sheet.area.naam}"), *cells[2:]]


def _fields(rows: pd.DataFrame, sheet: Sheet) -> list[Field]:
    indicator = sheet.shown.indicator
    digits, records = indicator.decimalen, rows.to_dict("records")
    share = "Aandeel" if indicator.regel == "aandeel" else indicator.kort
    unit = indicator.eenheid
    fields = [
        Field("Code", [neutral(v) for v in rows["gebied"]]),
        Field("Gebied", [neutral(v) for v in rows["naam"]]),
        Field("Gemeente", [neutral(v) if isinstance(v, str) else "" for v in rows["gemeentenaam"]]),
        Field(f"{share} ({unit})", [_value(row, digits) for row in records], digits),
        Field(f"Ondergrens ({unit})", [_bound(row, "onder", indicator) for row in records], digits),
        Field(f"Bovengrens ({unit})", [_bound(row, "boven", indicator) for row in records], digits),
    ]
    if indicator.regel in ("aandeel", REGEL):
        people = people_head(indicator)
        fields.append(Field(people, [_people(row) for row in records], 0))
    return fields + [
        Field("Betrouwbaarheid", [v if isinstance(v, str) else UNKNOWN for v in rows["betrouwbaarheid"]]),
        Field("Hoe bekend", list(rows["soort"])),
        Field("Jaar", [int(v) for v in rows["jaar"]], 0),
        Field("Bron", [neutral(v) if isinstance(v, str) else "" for v in rows["bron"]]),
    ]


def _value(row: dict, digits: int) -> Cell:
    return _number(row["waarde"], digits) if is_known(row["waarde"]) else row["waarde_tekst"]


def _bound(row: dict, which: str, indicator: Indicator) -> Cell:
    if only_rounded(row) or (which == "boven" and open_above(indicator, row["boven"])):
        return ""
    return _number(row[which], indicator.decimalen)


def open_above(indicator: Indicator, most: float) -> bool:
    """Whether an upper bound (per cent) of who lacks something leaves nobody out."""
    return indicator.regel == REGEL and says_nothing(most / 100)


def _number(value, digits: int) -> Cell:
    return round(float(value), digits) if is_known(value) else ""


def _people(row: dict) -> Cell:
    number = shown_people(row)
    return row["mensen_tekst"] if number is None else number


def shown_people(row: dict) -> int | None:
    """The number of people as it is shown, rounded when it is not counted; None when it is hidden or unknown."""
    if not is_known(row["teller"]) or row["verborgen"]:
        return None
    return int(round(row["teller"] if row["geteld"] else rounded_people(row["teller"])))
