"""Inhabitants of a postcode of four digits by age, as CBS publishes them (83502NED): a row per postcode and group of five years."""

from __future__ import annotations

import re

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.candidate import Candidate
from wwz.sources.columns import AGE_NAMES, TOTALS, first_column
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.tablekind import TableKind, into
from wwz.sources.years import row_years, year_from_name

POSTCODE = ("postcode", "pc4", "postcode4", "postcodenumeriek", "postcodecijfers")
PEOPLE = ("bevolking", "inwoners", "aantalinwoners", "totaalaantalinwoners")
SEX = ("geslacht",)
# 1011, PC1011, 1011.0.
FOUR_DIGITS = re.compile(r"(?:PC)?\s*([1-9]\d{3})(?:\.0)?", re.IGNORECASE)
# 65-69, 65 tot 70 jaar, 95+, 95 jaar of ouder.
GROUP = re.compile(
    r"(\d{1,2})\s*(?:-\s*(\d{1,2})|tot\s+(\d{1,3})|\+|jaar (?:of|en) ouder)(?:\s*jaar)?(?: of ouder)?"
)
YEARS, LAST = 5, 95
# CBS writes -99997 for secret.
MISSING = -99_990
MOSTLY = 0.5


def columns_of(table: Table) -> tuple[str, str, str] | None:
    """The columns with postcode, age and people, when a table has all three; else None."""
    names = [c for c in table.frame.columns if c != "geometry"]
    found = tuple(first_column(names, wanted) for wanted in (POSTCODE, AGE_NAMES, PEOPLE))
    return found if all(found) else None  # type: ignore[return-value]


def five_years(text: str) -> int | None:
    """The group of five years (0 = 0 to 5, 19 = 95 and older); None for another age or a total.

    >>> five_years("65 tot 70 jaar"), five_years("95+"), five_years("65-80")
    (13, 19, None)
    """
    found = GROUP.fullmatch(text.strip().lower())
    if not found:
        return None
    first = int(found[1])
    end = int(found[2]) + 1 if found[2] else int(found[3]) if found[3] else None
    whole = first == LAST if end is None else end - first == YEARS
    return first // YEARS if whole and first % YEARS == 0 and first <= LAST else None


def read_ages(table: Table, report: Report) -> Reading:
    """Read the groups of five years; other ages, and men and women apart, are left out.

    Raises
    ------
    Fout
        When nothing can be used, or the year is not told.
    """
    columns = columns_of(table)
    if columns is None:
        raise Fout("Er zijn geen kolommen met een postcode, een leeftijd en een aantal mensen.")
    frame = _totals_of_sex(table.frame)
    rows = pd.DataFrame(
        {
            "postcode": _each(frame[columns[0]], _postcode),
            "vijfjaar": _each(frame[columns[1]], five_years),
            "mensen": pd.to_numeric(frame[columns[2]], errors="coerce").astype("Float64"),
            "jaar": _years(table, frame),
        }
    )
    if rows["jaar"].isna().all():
        raise Fout(
            "Het jaar van de leeftijden is niet te vinden. Zet het in de naam van het bestand, bijvoorbeeld leeftijd_pc4_2021."
        )
    rows = rows[rows["vijfjaar"].notna()]
    wrong = rows["postcode"].isna() | (rows["mensen"] < 0) & (rows["mensen"] > MISSING)
    if wrong.any():
        report.reject(
            table.bestand,
            counted(
                "{n} [rij heeft|rijen hebben] geen postcode van vier cijfers, of een aantal onder nul; [ze is|ze zijn] niet gebruikt.",
                int(wrong.sum()),
            ),
            int(wrong.sum()),
        )
    kept = rows[~wrong & (rows["mensen"] >= 0)].drop_duplicates()
    keys = ["postcode", "jaar", "vijfjaar"]
    twice = kept.duplicated(keys, keep=False)
    if twice.any():
        report.reject(
            table.bestand,
            counted(
                "{n} [rij staat|rijen staan] er dubbel in met verschillende aantallen (bijvoorbeeld postcode {code}); geen daarvan is gebruikt.",
                int(twice.sum()),
                code=clean(str(int(kept.loc[twice, "postcode"].iloc[0]))),
            ),
            int(twice.sum()),
        )
    kept = kept[~twice]
    if kept.empty:
        raise Fout(
            "Er staan geen aantallen per postcode en groep van vijf jaar in (zoals 65 tot 70 jaar). Dit bestand is niet gebruikt."
        )
    year = int(kept["jaar"].max())
    return Reading(
        table.bestand, table.onderdeel, "leeftijden", inhoud=kept, rijen=len(kept), jaren={"leeftijd": year},
        jaar_uit="het bestand",
    )  # fmt: skip


def _totals_of_sex(frame: pd.DataFrame) -> pd.DataFrame:
    column = first_column(list(frame.columns), SEX)
    if column is None:
        return frame
    total = frame[column].astype("string").str.strip().isin(TOTALS["geslacht"])
    return frame[total] if total.any() else frame


def _years(table: Table, frame: pd.DataFrame) -> pd.Series:
    years = row_years(frame)
    if years.notna().any():
        return years
    found = year_from_name("leeftijd", table.onderdeel, table.bestand)
    return pd.Series(found.jaar if found else pd.NA, index=frame.index, dtype="Float64")


def _each(values: pd.Series, which) -> pd.Series:
    """Each distinct text read once."""
    text = values.astype("string")
    return text.map({value: which(value) for value in text.dropna().unique()}).astype("Float64")


def _postcode(text: str) -> int | None:
    found = FOUR_DIGITS.fullmatch(text.strip())
    return int(found[1]) if found else None


def _test(candidate: Candidate) -> bool:
    columns = columns_of(candidate.raw)
    if columns is None:
        return False
    frame = candidate.raw.frame
    codes, ages = _each(frame[columns[0]], _postcode), _each(frame[columns[1]], five_years)
    return bool(codes.notna().mean() > MOSTLY and ages.notna().any())


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_ages(candidate.raw, report)


KIND = TableKind(
    {"leeftijden": "leeftijden per postcode"},
    _test,
    _read,
    into("leeftijd_postcode"),
    {"leeftijd_postcode": {"postcode": "int64", "jaar": "int64", "vijfjaar": "int64", "mensen": "float64"}},
)
