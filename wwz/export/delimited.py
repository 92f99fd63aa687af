"""CSV as Dutch spreadsheets open it with a double click: semicolons, decimal commas, and a mark that it is UTF-8."""

from __future__ import annotations

import csv
import io

from wwz.ask.layerwords import layer_notes
from wwz.export.cells import Cell, table_fields
from wwz.export.sheet import FICTIVE, Sheet
from wwz.words.harmless import neutral


def make_csv(sheet: Sheet) -> bytes:
    """The table of a sheet; under it the notes that must not get lost."""
    fields = table_fields(sheet)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([field.title for field in fields])
    for line in zip(*(field.cells for field in fields), strict=True):
        writer.writerow([_text(cell, field.decimals) for cell, field in zip(line, fields, strict=True)])
    writer.writerow([])
    said = filter(None, dict.fromkeys([*layer_notes(sheet.shown), sheet.no_effect]))
    notes = [sheet.subject, *said, sheet.privacy, f"Database gemaakt op {sheet.made_text}."] + (
        [FICTIVE] if sheet.fictive else []
    )
    writer.writerows([[neutral(note)] for note in notes])
    return target.getvalue().encode("utf-8-sig")


def _text(cell: Cell, decimals: int | None) -> str:
    if isinstance(cell, str) or decimals is None:
        return str(cell)
    return f"{cell:.{decimals}f}".replace(".", ",")
