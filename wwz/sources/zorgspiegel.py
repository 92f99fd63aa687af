"""The Gemeentezorgspiegel: people with a kind of help per buurt and age, in a spreadsheet of which nobody showed us the columns.

So it is read by words: in titles where each kind has a column, in cells where each kind has rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from wwz.knowledge import load_toml, variables
from wwz.sources.candidate import Candidate
from wwz.sources.columns import AGE_NAMES, NAME_NAMES, PERIOD_NAMES, first_column, stem
from wwz.sources.figures import load_figures, read_areas
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.tablekind import TableKind

SOORT = "zorgspiegel"
NOT_OURS = "typemaatwerkvoorziening"
MOST_KINDS = 60


def is_zorgspiegel(candidate: Candidate) -> bool:
    """Whether a table has kinds of help for areas, and is divided by age or says what it is."""
    names = [str(c) for c in candidate.frame.columns]
    if candidate.code is None or NOT_OURS in map(stem, names):
        return False
    said = stem(f"{candidate.table.bestand} {candidate.table.onderdeel}")
    is_named = any(word in said for word in _rules()["naam"])
    return (is_named or _age(names) is not None) and bool(_wide(names) or _long(candidate.frame))


def read_zorgspiegel(candidate: Candidate, report: Report) -> Reading:
    """Read the people of all ages per area; what is not recognised is told.

    A number below ten is not in it: it stays unknown, and the sum of the other ages is then too low, never too high.

    Raises
    ------
    Fout
        When no area or no year can be found.
    """
    frame, code = candidate.frame, str(candidate.code)
    names = [str(c) for c in frame.columns]
    period = first_column(names, PERIOD_NAMES)
    keys = [code, *([period] if period else [])]
    wide = _wide(names)
    kinds, used = (_columns(frame, wide), set(wide)) if wide else _rows(frame)
    whole = _all_ages(frame, _age(names), keys)
    counts = pd.DataFrame({name: _numbers(values) for name, values in kinds.items()}, index=frame.index)
    summed = counts[whole].groupby([frame.loc[whole, key].astype("string") for key in keys]).sum(min_count=1)
    table = summed.rename(columns={name: variables()[name].kolom for name in kinds}).reset_index()
    known = {*keys, *used, _age(names)}
    left = [c for c in names if c not in known and stem(c) not in NAME_NAMES]
    report.info(
        candidate.table.bestand,
        f"Gelezen als Gemeentezorgspiegel: {', '.join(sorted(name.split('_')[1] for name in kinds))}. "
        + (f"Niet gebruikt: {clean(', '.join(left), 200)}." if left else "Alles is herkend."),
    )
    upright = Table(candidate.table.bestand, candidate.table.onderdeel, table)
    return replace(read_areas(Candidate(upright, candidate.years), report), soort=SOORT)


def _rules() -> dict[str, Any]:
    return load_toml("soorten.toml")["zorgspiegel"]


def _age(names: list[str]) -> str | None:
    return next((n for n in names if stem(n).startswith(AGE_NAMES)), None)


def _kind(text: str) -> str | None:
    """The variable that a title or a cell is about."""
    plain = stem(text)
    if any(word in plain for word in _rules()["geen_aantal"]):
        return None
    return next((v for v, words in _rules()["soorten"].items() if any(w in plain for w in words)), None)


def _wide(names: list[str]) -> dict[str, str]:
    """Column → variable."""
    return {name: found for name in names if (found := _kind(name))}


def _columns(frame: pd.DataFrame, wide: dict[str, str]) -> dict[str, pd.Series]:
    return {variable: frame[column] for column, variable in reversed(wide.items())}


def _long(frame: pd.DataFrame) -> tuple[str, str] | None:
    """The column with kinds in its cells, and the one with the numbers."""
    words = _rules()["aantal"]
    number = next((str(c) for c in frame.columns if any(w in stem(str(c)) for w in words) and _kind(str(c)) is None
                   and not any(w in stem(str(c)) for w in _rules()["geen_aantal"])), None)  # fmt: skip
    for column in map(str, frame.columns):
        if column == number or number is None or pd.api.types.is_numeric_dtype(frame[column]):
            continue
        cells = frame[column].dropna().astype("string").unique()
        if len(cells) <= MOST_KINDS and any(map(_kind, cells)):
            return column, number
    return None


def _rows(frame: pd.DataFrame) -> tuple[dict[str, pd.Series], set[str]]:
    found = _long(frame)
    if found is None:
        return {}, set()
    kind = frame[found[0]].astype("string").map(_kind, na_action="ignore")
    return {v: frame[found[1]].where(kind == v) for v in kind.dropna().unique()}, set(found)


def _all_ages(frame: pd.DataFrame, age: str | None, keys: list[str]) -> pd.Series:
    """Rows to add up: of an area that has a row of all ages only that one."""
    if age is None:
        return pd.Series(True, index=frame.index)
    total = (
        frame[age]
        .astype("string")
        .map(stem, na_action="ignore")
        .str.startswith(tuple(_rules()["alle_leeftijden"]))
    )
    total = total.fillna(False).astype(bool)
    has_total = total.groupby([frame[key] for key in keys]).transform("any")
    return total | ~has_total


def _numbers(values: pd.Series) -> pd.Series:
    """Counts; what stands for few people (<10, a point, a star) is missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.where(values >= 0)
    text = (
        values.astype("string")
        .str.strip()
        .str.replace(r"(?<=\d)\.(?=\d{3}\b)", "", regex=True)
        .str.replace(",", ".")
    )
    return pd.to_numeric(text, errors="coerce").where(lambda number: number >= 0)


KIND = TableKind({SOORT: "Gemeentezorgspiegel"}, is_zorgspiegel, read_zorgspiegel, load_figures)
