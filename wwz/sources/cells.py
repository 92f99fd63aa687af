"""Rows of a table → one frame of figures per age group, every cell still as in the source."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge import variables
from wwz.sources import columns as col
from wwz.sources.bykind import kinds_of
from wwz.sources.reading import Report
from wwz.sources.years import row_years

AGES = {"20300": "18", "80200": "65", "18 jaar of ouder": "18", "65 jaar of ouder": "65"}
MARGINS = {
    "MW00000": "waarde",
    "MOG0095": "onder",
    "MBG0095": "boven",
    "waarde": "waarde",
    "ondergrens 95%-interval": "onder",
    "bovengrens 95%-interval": "boven",
}
KEYS = ["gebied", "rij_jaar", "maat"]


def figures(
    name: str, frame: pd.DataFrame, code: str, mapping: dict[str, str], report: Report
) -> Iterator[pd.DataFrame]:
    """Cut the figures out of a table.

    Parameters
    ----------
    name
        File name for the report.
    frame
        The rows that have a valid code in column `code`.
    mapping
        Column → variable.
    report
        Takes rows that are left out.

    Yields
    ------
    pandas.DataFrame
        Columns gebied, rij_jaar, maat and the variables; one row per area, year and margin.

    Raises
    ------
    Fout
        When nothing usable is left.
    """
    if not mapping:
        return
    _check_divided(frame, mapping)
    kinds = list(kinds_of(frame, mapping))
    for variable, column, rows in kinds:
        part = _of_kind(_totals_besides(frame[rows]), code, variable, column)
        yield _one_per_area(name, part, report)
    frame = _totals(name, frame, report, {row for _, _, rows in kinds for row in frame.index[rows]})
    names = list(frame.columns)
    age, margin = col.first_column(names, col.AGE_NAMES), col.first_column(names, col.MARGIN_NAMES)
    # Counted by age: of every age we know it is a variable of its own, and of the others nothing is used.
    if frame.empty or kinds and age is not None:
        return
    base = pd.DataFrame(frame).rename(columns=mapping)[list(mapping.values())].copy()
    for column in base.columns:
        if not pd.api.types.is_numeric_dtype(base[column]):
            base[column] = base[column].astype("string")
    base.insert(0, "gebied", frame[code])
    base.insert(1, "rij_jaar", row_years(frame))
    base.insert(2, "maat", _word(frame[margin], MARGINS) if margin else "waarde")
    if margin and base["maat"].isna().any():
        report.reject(
            name,
            "Rijen met een onbekende code voor de marge zijn weggelaten.",
            int(base["maat"].isna().sum()),
        )
    base = base[base["maat"].notna()]
    groups = _word(frame.loc[base.index, age], AGES) if age else None
    if groups is None:
        base = _without_loose_health(name, base, report)
    for part in _by_age(base, groups, name, report):
        yield _one_per_area(name, part, report)


def _check_divided(frame: pd.DataFrame, mapping: dict[str, str]) -> None:
    """Refuse a count of one kind when the table does not tell of which kind it is: all crimes are no burglaries."""
    for division, variable in col.DEMANDED.items():
        if variable in mapping.values() and col.first_column(list(frame.columns), (division,)) is None:
            raise Fout(
                f"Er staat niet bij van welke soort de aantallen zijn. Neem ook de kolom Soort misdrijf mee, met {col.TOTALS[division][-1]}."
            )


def _of_kind(frame: pd.DataFrame, code: str, variable: str, column: str) -> pd.DataFrame:
    values = frame[column]
    part = pd.DataFrame({"gebied": frame[code], "rij_jaar": row_years(frame), "maat": "waarde"})
    numeric = pd.api.types.is_numeric_dtype(values)
    return part.assign(**{variable: values if numeric else values.astype("string")})


def _totals_besides(frame: pd.DataFrame) -> pd.DataFrame:
    """Of counts of one kind only those that are not divided further, by sex or marital status."""
    for division, totals in col.TOTALS.items():
        column = col.first_column(list(frame.columns), (division,))
        if column is not None:
            kept = frame[column].astype("string").str.strip().isin(totals)
            frame = frame[kept] if kept.any() else frame
    return frame


def _word(column: pd.Series, words: dict[str, str]) -> pd.Series:
    by_plain = {key.lower(): value for key, value in words.items()}
    return column.astype("string").str.strip().str.lower().str.removesuffix(".0").map(by_plain)


def _totals(name: str, frame: pd.DataFrame, report: Report, used: set) -> pd.DataFrame:
    """Of a table that is divided further (by kind of help, by sex) only the totals; of periods only whole years.

    Raises
    ------
    Fout
        When the kind that a table is read for is not in it, so that another kind would take its place.
    """
    for division, totals in col.TOTALS.items():
        column = col.first_column(list(frame.columns), (division,))
        if column is not None:
            kept = frame[column].astype("string").str.strip().isin(totals)
            if division in col.DEMANDED and not kept.any():
                raise Fout(f"In {column} staat geen {totals[-1]}. Dit bestand wordt niet gebruikt.")
            left = ~kept & ~frame.index.isin(list(used))
            if kept.any() and left.any():
                report.info(
                    name,
                    f"Van {column} zijn alleen de totalen en de soorten gebruikt die wij kennen."
                    if used
                    else f"Alleen de totalen van {column} zijn gebruikt.",
                    int(left.sum()),
                )
            # A table of kinds without a total has nothing more to tell.
            frame = frame[kept] if kept.any() or used else frame
    years = row_years(frame)
    if years.notna().any() and years.isna().any():
        report.reject(
            name,
            counted(
                "{n} [rij gaat|rijen gaan] niet over een heel jaar; die [is|zijn] weggelaten.",
                int(years.isna().sum()),
            ),
            int(years.isna().sum()),
        )
        frame = frame[years.notna()]
    return frame


def _without_loose_health(name: str, base: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Health figures are of 18+ or of 65+; without saying which they cannot be used."""
    loose = [v for v in base.columns if v in variables() and variables()[v].familie == "gezondheid"]
    if not loose:
        return base
    words = "Bij de gezondheidscijfers staat niet of ze over 18+ of 65+ gaan; ze zijn niet gebruikt. Voeg de kolom Leeftijd toe."
    if len(loose) == len(base.columns) - len(KEYS):
        raise Fout(words)
    report.reject(name, words, len(base))
    return base.drop(columns=loose)


def _by_age(
    base: pd.DataFrame, groups: pd.Series | None, name: str, report: Report
) -> Iterator[pd.DataFrame]:
    if groups is None:
        yield base
        return
    if groups.isna().any():
        report.info(name, "Leeftijdsgroepen anders dan 18+ en 65+ zijn weggelaten.", int(groups.isna().sum()))
    if groups.isna().all():
        raise Fout(
            "In de kolom Leeftijd staat geen 18+ (20300) of 65+ (80200). Dit bestand is niet gebruikt."
        )
    for suffix in sorted(groups.dropna().unique()):
        names = {v: f"{v}_{suffix}" for v in base.columns if v not in KEYS}
        yield base[groups == suffix].rename(columns=names)


def _one_per_area(name: str, part: pd.DataFrame, report: Report) -> pd.DataFrame:
    """One row per area; the same row twice is harmless, two different rows are a riddle and neither counts."""
    twice = part.duplicated()
    if twice.any():
        report.info(
            name,
            counted(
                "{n} [rij staat|rijen staan] er twee keer in; [ze telt|ze tellen] één keer.", int(twice.sum())
            ),
            int(twice.sum()),
        )
        part = part[~twice]
    repeated = part.duplicated(KEYS, keep=False)
    if not repeated.any():
        return part
    values = part.columns.difference(KEYS)
    numbers = part.loc[repeated, values].apply(pd.to_numeric, errors="coerce")
    # PDOK gives an area with water two rows: the part under water holds no figures.
    blank = (numbers.isna() | (numbers < 0) | (numbers == 0)).all(axis=1)
    part = part.drop(index=blank[blank].index.difference(_only_rows(part, blank)))
    repeated = part.duplicated(KEYS, keep=False)
    if repeated.any():
        codes = part.loc[repeated, "gebied"].unique()
        report.reject(
            name,
            counted(
                "{n} [gebied staat|gebieden staan] er dubbel in met verschillende getallen ({codes}); geen van die rijen is gebruikt.",
                len(codes),
                codes=", ".join(codes[:3]),
            ),
            int(repeated.sum()),
        )
    return part[~repeated]


def _only_rows(part: pd.DataFrame, blank: pd.Series) -> pd.Index:
    """Of areas that have nothing but blank rows: keep the first."""
    rows = part.loc[blank.index, KEYS].assign(leeg=blank)
    all_blank = rows.groupby(KEYS, dropna=False)["leeg"].transform("all")
    return rows[all_blank].drop_duplicates(KEYS).index
