"""Stops of bus and tram as the Centraal Halte Bestand has them: where each is, and whether it can be used with a wheelchair."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from wwz.base.errors import Fout
from wwz.sources.candidate import Candidate
from wwz.sources.columns import first_column, stem
from wwz.sources.facilities import read_points
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into
from wwz.sources.years import year_from_name
from wwz.words.numbers import dutch
from wwz.workbench import Workbench

ACCESS = ("wheelchairaccess", "wheelchairaccessible", "rolstoeltoegankelijk")
GEMEENTE = ("gemeentecode", "municipalitycode", "municipality", "gemeente")
# The national list writes the number of a gemeente with a G before it.
CODE = re.compile(r"G?M?(\d{3,4})", re.IGNORECASE)
YES, NO = ("y", "yes", "true", "ja", "1"), ("n", "no", "false", "nee", "0")
KIND_OF_POINT = "ov_halte"


def are_stops(candidate: Candidate) -> bool:
    """Whether a table says of stops if they can be used with a wheelchair, and in which gemeente they are."""
    names = [str(c) for c in candidate.raw.frame.columns]
    return first_column(names, ACCESS) is not None and first_column(names, GEMEENTE) is not None


def read_stops(candidate: Candidate, report: Report) -> Reading:
    """Read stops; one that says nothing of wheelchairs counts on neither side.

    Raises
    ------
    Fout
        When no stop has a gemeente.
    """
    table = candidate.raw
    frame = table.frame
    names = [str(c) for c in frame.columns]
    answer = frame[first_column(names, ACCESS)].astype("string").str.strip().str.lower()
    access = answer.isin(YES).astype("boolean").mask(~answer.isin([*YES, *NO]).fillna(False))
    code = (
        frame[first_column(names, GEMEENTE)].astype("string").str.strip().map(_gemeente, na_action="ignore")
    )
    if code.isna().all():
        raise Fout("Van geen enkele halte is de code van de gemeente te lezen (zoals G0737 of GM0737).")
    unknown = int(access.isna().sum())
    if unknown:
        report.info(
            table.bestand,
            f"Van {dutch(unknown)} van de {dutch(len(frame))} haltes is niet bekend of een rolstoel er kan komen.",
            unknown,
        )
    year = year_from_name("haltes", table.onderdeel, table.bestand)
    kept = pd.DataFrame(
        {"gemeente": code, "rolstoel": access, "jaar": year.jaar if year else date.today().year}
    )
    reading = Reading(table.bestand, table.onderdeel, "haltes", inhoud=kept[code.notna()], rijen=len(frame))
    reading.punten = _points(table, report)
    return reading


def _points(table: Table, report: Report) -> pd.DataFrame | None:
    """The stops as voorzieningen, where the list tells their place."""
    places = {c: c.split("-")[-1] for c in map(str, table.frame.columns) if stem(c) in ("rdx", "rdy")}
    frame = table.frame.rename(columns={c: stem(c) for c in places}).assign(soort=KIND_OF_POINT)
    found = read_points(Table(table.bestand, table.onderdeel, frame), report)
    return found.inhoud if found is not None else None


def _gemeente(text: str) -> str | None:
    found = CODE.fullmatch(text)
    return f"GM{int(found[1]):04d}" if found else None


def _load(bench: Workbench, number: int, reading: Reading) -> None:
    into("halte")(bench, number, reading)
    if reading.punten is not None:
        bench.append("punt_gelezen", reading.punten.assign(bestand=reading.bestand))


KIND = TableKind(
    {"haltes": "haltes, met hun toegankelijkheid"},
    are_stops,
    read_stops,
    _load,
    {"halte": {"gemeente": "string", "rolstoel": "boolean", "jaar": "Int64", "bestand": "string"}},
)
