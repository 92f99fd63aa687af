"""What PBL and CBS expect of each gemeente (85171NED): a row per region, year and age, in thousands of people."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.candidate import Candidate
from wwz.sources.columns import AGE_NAMES, TOTALS, first_column, stem
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.tablekind import TableKind, into
from wwz.sources.years import row_years

PEOPLE = ("totalebevolking",)
# The column says of which year its division is: RegioIndeling2021.
REGION = re.compile(r"regio(?:s|indeling(?:\d{4})?)?")
INTERVAL, MIDDLE = ("prognoseinterval",), ("MW00000", "Prognose")
GEMEENTE = re.compile(r"GM\d{4}")
ALL_AGES = re.compile(r"10000|totaal.*", re.IGNORECASE)
AGES = re.compile(
    r"(\d{1,2})(?:\s*tot\s*(\d{1,3})|\s*-\s*(\d{1,2})|\s*\+|\s*jaar (?:of|en) ouder)(?:\s*jaar)?"
)
YEARS, NO_END = 5, 100
# In thousands; a gemeente of more than this would be larger than any.
THOUSAND, LARGEST = 1000, 2000
MISSING = -99_990
LOADED = ["gemeente", "jaar", "van", "tot", "mensen"]


def ages_of(text: str) -> tuple[int, int] | None:
    """From which age up to (not with) which one a class goes; None for one that is no row of groups of five years.

    >>> ages_of("Totaal leeftijd"), ages_of("20 tot 65 jaar"), ages_of("65 jaar of ouder"), ages_of("18 tot 65 jaar")
    ((0, 100), (20, 65), (65, 100), None)
    """
    text = text.strip().lower()
    if ALL_AGES.fullmatch(text):
        return 0, NO_END
    found = AGES.fullmatch(text)
    if not found:
        return None
    first = int(found[1])
    end = int(found[2]) if found[2] else int(found[3]) + 1 if found[3] else NO_END
    return (first, end) if first % YEARS == 0 and end % YEARS == 0 and first < end <= NO_END else None


def columns_of(table: Table) -> tuple[str, str | None, str] | None:
    """The columns with region, age (there may be none) and people; None for another table."""
    names = [c for c in table.frame.columns if c != "geometry"]
    region = next((c for c in names if REGION.fullmatch(stem(c))), None)
    people = first_column(names, PEOPLE)
    return (region, first_column(names, AGE_NAMES), people) if region and people else None


def read_forecasts(table: Table, report: Report) -> Reading:
    """Read the gemeenten: all people together, and the ages that are whole groups of five years.

    Raises
    ------
    Fout
        When nothing can be used.
    """
    columns = columns_of(table)
    if columns is None:
        raise Fout("Er zijn geen kolommen met een regio en de totale bevolking.")
    region, age, people = columns
    frame = _middle(table.frame)
    rows = pd.DataFrame(
        {
            "gemeente": frame[region].astype("string").str.strip(),
            "jaar": row_years(frame),
            "leeftijd": frame[age].astype("string") if age else "Totaal",
            "mensen": pd.to_numeric(frame[people], errors="coerce").astype("Float64"),
        }
    )
    rows = rows[rows["gemeente"].str.fullmatch(GEMEENTE).fillna(False)]
    known = {text: ages_of(text) for text in rows["leeftijd"].dropna().unique()}
    rows = rows[rows["leeftijd"].map(lambda text: known.get(text) is not None).astype(bool)]
    wrong = rows["jaar"].isna() | ((rows["mensen"] < 0) & (rows["mensen"] > MISSING)).fillna(False)
    if wrong.any():
        report.reject(
            table.bestand,
            counted("{n} [rij heeft|rijen hebben] geen jaar, of een aantal onder nul; [ze is|ze zijn] niet gebruikt.", int(wrong.sum())),
            int(wrong.sum()),
        )  # fmt: skip
    kept = rows[~wrong & (rows["mensen"] > 0).fillna(False)]
    ages = [known[text] for text in kept["leeftijd"]]
    kept = kept.assign(van=[a[0] for a in ages], tot=[a[1] for a in ages])
    kept = kept.drop_duplicates(["gemeente", "jaar", "van", "tot"])
    if kept.empty:
        raise Fout(
            "Er staat geen verwacht aantal inwoners van een gemeente in. Dit bestand is niet gebruikt."
        )
    if kept["mensen"].max() < LARGEST:
        kept = kept.assign(mensen=kept["mensen"] * THOUSAND)
    return Reading(
        table.bestand, table.onderdeel, "prognose", inhoud=kept[LOADED], rijen=len(kept),
        jaren={"prognose": int(kept["jaar"].min())}, jaar_uit="het bestand",
    )  # fmt: skip


def _middle(frame: pd.DataFrame) -> pd.DataFrame:
    """Men and women together, and the forecast itself, not the ends of its interval."""
    for names, wanted in (("geslacht",), TOTALS["geslacht"]), (INTERVAL, MIDDLE):
        column = first_column(list(frame.columns), names)
        if column is not None:
            chosen = frame[column].astype("string").str.strip().isin(wanted)
            frame = frame[chosen] if chosen.any() else frame
    return frame


def _test(candidate: Candidate) -> bool:
    return columns_of(candidate.raw) is not None


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_forecasts(candidate.raw, report)


KIND = TableKind(
    {"prognose": "prognose per gemeente"},
    _test,
    _read,
    into("prognose_regionaal"),
    {
        "prognose_regionaal": {
            "gemeente": "str",
            "jaar": "int64",
            "van": "int64",
            "tot": "int64",
            "mensen": "float64",
        }
    },
)
