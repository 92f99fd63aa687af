"""A table that calls its areas by their names alone: it waits until it is known which areas there are, and is read by their codes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources import columns as col
from wwz.sources.areanames import Areas, Found, known_areas
from wwz.sources.candidate import Candidate
from wwz.sources.figures import read_areas
from wwz.sources.provenance import FIELDS
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.tablekind import TableKind
from wwz.sources.years import row_years
from wwz.workbench import Workbench

WAITING = "op naam"
# What a column of names is called → the level of what it names; empty: any level.
LEVELS = {
    **dict.fromkeys(("buurt", "buurten", "buurtnaam", "bunaam"), "BU"),
    **dict.fromkeys(("wijk", "wijken", "wijknaam", "wknaam"), "WK"),
    **dict.fromkeys(("wijkenenbuurten", "regio", "regios", "regionaam", "gebied"), ""),
    **dict.fromkeys(("gemeente", "gemeenten", *col.GEMEENTE_NAMES), "GM"),
}
MOSTLY = 0.5
MOST_NAMED = 8
LONGEST = 40
NO_AREAS = (
    "De gebieden staan er alleen met hun naam, en er is geen tabel of kaart waarin die namen bij een code staan. "
    "Lees ook Kerncijfers of grenzen in, of neem de codes mee (zoals GM0518)."
)


def columns_of(frame: pd.DataFrame) -> tuple[str, str | None] | None:
    """The column with the names of the areas, and that with the gemeente they are in; None without names."""
    names = [c for c in frame.columns if c not in col.NOT_A_COLUMN]
    # The finest column decides: when that holds something else, the gemeente beside it does not name the rows.
    found = [c for name in LEVELS if (c := col.first_column(names, (name,)))]
    if not found or not _are_names(frame[found[0]]):
        return None
    gemeente = next((c for c in found[1:] if LEVELS[col.stem(c)] == "GM"), None)
    return found[0], gemeente


def settle_names(readings: list[Reading], years: Mapping[str, int], report: Report) -> None:
    """Read what waited for the names of its areas, with the areas of the other tables.

    Parameters
    ----------
    readings
        All of a build: those that waited are replaced by what they hold, or taken out with the reason.
    years
        File name → year as the user gave it.
    report
        Takes which names are of more than one area, and which of none.
    """
    if not any(r.soort == WAITING for r in readings):
        return
    known = known_areas(readings)
    for reading in [r for r in readings if r.soort == WAITING]:
        at = readings.index(reading)
        try:
            readings[at : at + 1] = [_with_codes(reading, known, years, report)]
        except Fout as fout:
            report.refuse(reading.bestand, " ".join(fout.zinnen))
            del readings[at]


def _with_codes(reading: Reading, known: Areas, years: Mapping[str, int], report: Report) -> Reading:
    frame = reading.inhoud
    columns = None if frame is None else columns_of(frame)
    if frame is None or columns is None or known.empty:
        raise Fout(NO_AREAS)
    named, gemeente = columns
    told = row_years(frame).dropna()
    found = known.find(
        frame[named],
        LEVELS[col.stem(named)],
        frame[gemeente] if gemeente else None,
        int(told.max()) if len(told) else None,
    )
    if found.reason:
        raise Fout(found.reason)
    kept = found.rows["code"].notna()
    if not kept.any():
        raise Fout(
            f"Van geen enkele naam is hier een gebied ({_some(found.none + found.several)}). Lees ook de Kerncijfers van dat gebied in."
        )
    rest = frame.drop(columns=[c for c in columns if c])
    table = Table(
        reading.bestand,
        reading.onderdeel,
        rest.assign(gebiedscode=found.rows["code"], naam=found.rows["naam"])[kept],
    )
    read = read_areas(Candidate(table, years), report)
    for name in FIELDS:
        setattr(read, name, getattr(reading, name))
    _tell(reading.bestand, found, report)
    return read


def _tell(bestand: str, found: Found, report: Report) -> None:
    areas = found.rows["code"].nunique()
    report.info(
        bestand,
        counted(
            "De gebieden staan er met hun naam; van {n} [gebied|gebieden] is de code erbij gezocht.", areas
        ),
    )
    reasons = [
        f"{words}: {_some(names)}"
        for words, names in (("bij meer dan één gebied", found.several), ("hier niet bekend", found.none))
        if names
    ]
    if reasons:
        names = len(found.several) + len(found.none)
        report.warn(
            bestand,
            counted("Van {n} [naam is de rij|namen zijn de rijen] niet gebruikt; ", names)
            + "; ".join(reasons)
            + ".",
            names,
        )


def _some(names: list[str]) -> str:
    shown = ", ".join(clean(name, LONGEST) for name in names[:MOST_NAMED])
    return f"{shown} en nog {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else shown


def _are_names(values: pd.Series) -> bool:
    return bool(
        values.astype("string").str.contains(r"[^\W\d_]{2}", regex=True).fillna(False).mean() > MOSTLY
    )


def _test(candidate: Candidate) -> bool:
    """Whether there are areas by name, and figures of them that we know."""
    return candidate.code is None and columns_of(candidate.frame) is not None and bool(candidate.variables)


def _read(candidate: Candidate, report: Report) -> Reading:
    table = candidate.table
    return Reading(
        table.bestand, table.onderdeel, WAITING, inhoud=pd.DataFrame(table.frame), rijen=len(table.frame)
    )


def _load(bench: Workbench, number: int, reading: Reading) -> None:
    """What waited was read by its codes, or refused, before anything is loaded."""


KIND = TableKind({WAITING: "cijfers van gebieden met een naam en zonder code"}, _test, _read, _load)
