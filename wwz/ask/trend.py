"""A figure over the years in which the same was measured: for a small line, and for a column per year."""

from __future__ import annotations

import pandas as pd

from wwz.ask.area import Area, find_area
from wwz.ask.change import comparable_years
from wwz.ask.compare import similar_areas
from wwz.ask.differing import NO_DIFFERENCE, place_of, verdicts
from wwz.ask.layer import around, with_texts
from wwz.knowledge import catalogue
from wwz.store import Store, remembered
from wwz.words.numbers import is_known, value_text

FIELDS = ["jaar", "waarde", "onder", "boven", "waarde_tekst", "marge_tekst", "soort", "marge_uit"]


@remembered
def trend(store: Store, area: Area, code: str) -> pd.DataFrame:
    """One row per year in which the figure is known, the oldest first; fewer than two years make no trend, and no rows.

    Returns
    -------
    pandas.DataFrame
        jaar, waarde, onder, boven, waarde_tekst, marge_tekst, soort, marge_uit.
    """
    years = comparable_years(store, code)
    frames = [area.figures([code], year) for year in sorted(years)] if len(years) > 1 else []
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=FIELDS)
    known = rows[rows["waarde"].map(is_known)] if len(rows) else rows
    if known["jaar"].nunique() < 2:
        return pd.DataFrame(columns=FIELDS)
    return with_texts(known.reset_index(drop=True), store.about()["minimum"])[FIELDS]


def trend_sentence(store: Store, area: Area, code: str) -> str:
    """From the first year to the last in words; empty without a trend."""
    rows = trend(store, area, code)
    if rows.empty:
        return ""
    first, last = ({**row, **place_of(area)} for row in (rows.iloc[0].to_dict(), rows.iloc[-1].to_dict()))
    word = verdicts(store, [first], [last])[0]
    indicator = catalogue()[code]
    then, now = (value_text(row["waarde"], indicator) for row in (first, last))
    said = NO_DIFFERENCE if word == NO_DIFFERENCE else f"{word} dan in {int(first['jaar'])}"
    return f"{int(first['jaar'])}: {then}. {int(last['jaar'])}: {now}, {said}."


@remembered
def over_years(store: Store, area: Area, code: str) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """An area, those around it and those like it, with a column of texts per year; and the years, the oldest first.

    Returns
    -------
    tuple
        Rows with naam and per year its text under the year as a word and its margin under ``<jaar>_marge``; empty without
        a second year.
    """
    years = tuple(sorted(comparable_years(store, code)))
    if len(years) < 2:
        return pd.DataFrame(), ()
    like = [find_area(store, [other]) for other in similar_areas(store, area)["gebied"]]
    rows = [_row(store, one, code, years) for one in (area, *around(store, area), *like)]
    return pd.DataFrame(rows), years


def _row(store: Store, area: Area, code: str, years: tuple[int, ...]) -> dict[str, str]:
    found = {"naam": area.naam}
    for year in years:
        texts = with_texts(area.figures([code], year), store.about()["minimum"])
        found[str(year)] = texts["waarde_tekst"].iloc[0] if len(texts) else "onbekend"
        found[f"{year}_marge"] = texts["marge_tekst"].iloc[0] if len(texts) else ""
    return found
