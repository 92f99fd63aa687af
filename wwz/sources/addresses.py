"""Addresses: a place in RD metres, the buurt it lies in, and how many people live there."""

from __future__ import annotations

import pandas as pd

from wwz.errors import Fout
from wwz.sources.columns import first_column
from wwz.sources.reading import Reading, Report, Table

PEOPLE = ("inwoners", "aantalinwoners", "personen")
# RD covers the Netherlands within these metres; what lies outside is a mistake in the file.
WEST, SOUTH, EAST, NORTH = 0, 300_000, 290_000, 630_000


def read_addresses(table: Table, code: str, report: Report) -> Reading:
    """Read a table of addresses.

    Parameters
    ----------
    table
        With numeric columns x and y in RD metres.
    code
        Name of the column with the code of the buurt.

    Raises
    ------
    Fout
        When no address can be used.
    """
    frame = table.frame
    names = list(frame.columns)
    people = first_column(names, PEOPLE)
    addresses = pd.DataFrame(
        {
            "x": pd.to_numeric(frame[first_column(names, ("x",))], errors="coerce"),
            "y": pd.to_numeric(frame[first_column(names, ("y",))], errors="coerce"),
            "buurt": frame[code].astype("string").str.strip().str.upper(),
            "inwoners": pd.to_numeric(frame[people], errors="coerce") if people else pd.NA,
        }
    ).astype({"inwoners": "Float64"})
    usable = (
        addresses["x"].between(WEST, EAST)
        & addresses["y"].between(SOUTH, NORTH)
        & addresses["buurt"].str.match(r"^BU\d{8}$").fillna(False)
        & ~(addresses["inwoners"] < 0).fillna(False)
    )
    lost = int((~usable).sum())
    if lost:
        report.reject(
            table.bestand,
            f"{lost} adressen liggen niet in Nederland of hebben geen geldige buurt; ze zijn niet gebruikt.",
            lost,
        )
    if not usable.any():
        raise Fout("Geen enkel adres is te gebruiken. Zet x en y in RD-meters, en de code van de buurt erbij.")
    return Reading(
        table.bestand, table.onderdeel, "adressen", adressen=addresses[usable], rijen=int(usable.sum())
    )
