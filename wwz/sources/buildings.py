"""Buildings: when they were built and how many floors they have, as the BAG, 3DBAG or a list of the municipality tells."""

from __future__ import annotations

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.bag import earlier, gone, named_columns, not_now, number_in, rules_of, text_of, year_of
from wwz.sources.candidate import Candidate
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into

KNOWN = ("bouwjaar", "bouwlagen")
NUMBER = r"(\d{15,16})(?:\.0)?$"
REFERENCE = ("id", "kenmerk")
MOSTLY = 0.5
# Rows that tell what a list is of.
FIRST = 1_000


def read_buildings(table: Table, report: Report) -> Reading:
    """Read a list of buildings; of several voorkomens the one that holds now.

    Raises
    ------
    Fout
        When not a single building can be used.
    """
    frame = table.frame
    numbers = _numbers(frame)
    there = numbers.notna() & ~(not_now(frame) | earlier(frame, numbers) | gone(frame))
    rows = pd.DataFrame(
        {
            "nummer": numbers,
            "kenmerk": _reference(frame),
            **{name: number_in(frame, name).round().astype("Int64") for name in KNOWN},
        }
    )[there]
    if rows.empty:
        raise Fout(
            "Geen enkel pand in dit bestand is te gebruiken: het nummer ontbreekt of het pand is er niet meer."
        )
    unknown = int(rows[list(KNOWN)].isna().all(axis=1).sum())
    if unknown:
        report.info(
            table.bestand,
            counted("Van {n} [pand|panden] is het bouwjaar en het aantal bouwlagen onbekend.", unknown),
            unknown,
        )
    return Reading(
        table.bestand, table.onderdeel, "panden", inhoud=rows, rijen=len(rows), jaren={"bag": year_of(table)}
    )


def _numbers(frame: pd.DataFrame) -> pd.Series:
    """The number of the building in each row; missing where the row is of something else."""
    rules = rules_of("object")
    for column in named_columns(frame, [*rules_of("pand")["kolommen"], *rules["kolommen"]]):
        number = text_of(frame[column]).str.extract(NUMBER, expand=False).str.zfill(16)
        of_building = (number.str[4:6] == rules["pand"]).fillna(False).astype(bool)
        if of_building.mean() > MOSTLY:
            return number.where(of_building)
    return pd.Series(pd.NA, index=frame.index, dtype="string")


def _reference(frame: pd.DataFrame) -> pd.Series:
    """By what a verblijfsobject of PDOK points to this building, which is not its number."""
    columns = named_columns(frame, REFERENCE)
    if not columns:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    return text_of(frame[columns[0]]).str.lower()


def _test(candidate: Candidate) -> bool:
    """Whether the rows are buildings, of which something is known; what says its use is a verblijfsobject."""
    frame = candidate.raw.frame
    told = any(named_columns(frame, rules_of(name)["kolommen"]) for name in KNOWN)
    is_use = bool(named_columns(frame, rules_of("oppervlakte")["kolommen"]))
    return told and not is_use and bool(_numbers(frame.head(FIRST)).notna().any())


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_buildings(candidate.raw, report)


KIND = TableKind({"panden": "panden met bouwjaar of bouwlagen"}, _test, _read, into("pand"))
