"""Squares of 100 metres with inhabitants, as CBS publishes them: a code like E1234N4567 in every row."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.errors import Fout
from wwz.sources.candidate import Candidate
from wwz.sources.columns import first_column
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into

CODE = ("crs28992res100m",)
OTHER_SIZES = ("crs28992res500m",)
PEOPLE = ("aantalinwoners",)
# What only the full release has: distance over the road (km), and how many within 1 km.
REACHED = {
    "km_supermarkt": ("dichtstbijzijndegrotesupermarktafstandinkm",),
    "km_winkel": ("dichtstbijzijndewinkelsovdagellevensmafstinkm",),
    "aantal_supermarkt": ("grotesupermarktaantalbinnen1km",),
    "aantal_winkel": ("winkelsovdagellevensmaantalbinnen1km",),
}
YEARS = ("jaar",)
OLD = ("aantalinwoners65jaarenouder", "aantalinwoners65plus")
SHAPE = r"(?i)^\s*E(\d{4})N(\d{4})\s*$"
# The code names the corner in the south-west, in hundreds of metres.
STEP_M, HALF_M = 100, 50
# CBS writes -99997 for secret and -99995 for not yet known.
MISSING = -99_990
FILE_YEAR = re.compile(r"vk100_(20\d\d)")


def is_grid(table: Table) -> bool:
    """Whether the table has a column with codes of squares."""
    return _column(table, CODE + OTHER_SIZES) is not None


def read_grid(table: Table, report: Report) -> Reading:
    """Read the squares.

    Raises
    ------
    Fout
        When the squares have another size, when inhabitants are absent, or when no code can be read.
    """
    code, people = _column(table, CODE), _column(table, PEOPLE)
    if code is None:
        raise Fout(
            "Dit zijn vierkanten van 500 meter; die zijn te grof om afstanden te meten. Haal de vierkanten van 100 meter op."
        )
    if people is None:
        raise Fout(
            "Bij de vierkanten staat geen aantal inwoners (aantal_inwoners). Dit bestand wordt niet gebruikt."
        )
    frame = table.frame
    corner = frame[code].astype("string").str.extract(SHAPE).astype("Float64")
    squares = pd.DataFrame(
        {
            "x": corner[0] * STEP_M + HALF_M,
            "y": corner[1] * STEP_M + HALF_M,
            "inwoners": _count(frame, people),
            "vanaf_65": _count(frame, _column(table, OLD)),
            **{name: _count(frame, _column(table, names)) for name, names in REACHED.items()},
            "jaar": _year(table),
        }
    )
    valid = squares["x"].notna()
    if not valid.any():
        raise Fout("Geen enkele code van een vierkant is te lezen. Een code is bijvoorbeeld E0812N4550.")
    if (~valid).any():
        report.reject(
            table.bestand,
            f"Vierkanten zonder code als E0812N4550: {int((~valid).sum())}. Ze zijn niet gebruikt.",
            int((~valid).sum()),
        )
    secret = valid & squares["inwoners"].isna()
    if secret.any():
        report.info(
            table.bestand,
            f"Vierkanten waarvan het CBS het aantal inwoners geheim houdt (minder dan 5): {int(secret.sum())}. Wij nemen daar een klein aantal aan.",
            int(secret.sum()),
        )
    return Reading(
        table.bestand, table.onderdeel, "vierkanten", inhoud=squares[valid], rijen=int(valid.sum())
    )


def _column(table: Table, names: tuple[str, ...]) -> str | None:
    # The stem of a column drops a number at its end, as CBS's StatLine adds it; here the number is part of the name.
    plain = {
        "".join(c for c in str(name).lower() if c.isalnum()): name
        for name in table.frame.columns
        if name != "geometry"
    }
    return next((plain[name] for name in names if name in plain), None) or first_column(
        [c for c in table.frame.columns if c != "geometry"], names
    )


def _year(table: Table) -> pd.Series:
    """The year of the squares: in a column of what was fetched, else in the name of CBS's own file (…vk100_2021…)."""
    column = _column(table, YEARS)
    if column is not None:
        return _count(table.frame, column)
    found = FILE_YEAR.search(f"{table.onderdeel} {table.bestand}")
    return pd.Series(int(found[1]) if found else pd.NA, index=table.frame.index, dtype="Float64")


def _count(frame: pd.DataFrame, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="Float64")
    numbers = pd.to_numeric(frame[column], errors="coerce").astype("Float64")
    return numbers.where(numbers > MISSING)


def _test(candidate: Candidate) -> bool:
    return is_grid(candidate.table)


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_grid(candidate.table, report)


KIND = TableKind({"vierkanten": "vierkanten van 100 meter"}, _test, _read, into("vierkant"))
