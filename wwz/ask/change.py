"""Change against an earlier year: a layer of its own, shown as change only where the margin of the difference allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.ask.area import Area, find_area
from wwz.ask.comparemaps import pair
from wwz.ask.differing import HIGHER, LOWER, NO_DIFFERENCE
from wwz.ask.layer import available, layer, table_rows
from wwz.ask.scale import scale_codes
from wwz.ask.shown import CHANGE, Layer, unit_of_change
from wwz.ask.view import View
from wwz.base.counted import counted
from wwz.base.sentence import capital
from wwz.knowledge import Indicator
from wwz.knowledge.bounds import condition_of
from wwz.store import Store, remembered
from wwz.words.numbers import UNKNOWN, dutch, is_known, value_text


@remembered
def comparable_years(store: Store, code: str) -> tuple[int, ...]:
    """Years of which the same was measured, the newest first: our own estimate of a later year is none of them."""
    if condition_of(code):
        return ()
    row = available(store).set_index("code").loc[code]
    return tuple(
        sorted({int(year) for year in row["jaren"]} - set(map(int, row["bijgewerkt"])), reverse=True)
    )


def years_of_change(store: Store, code: str, jaar: int, vanaf: int) -> tuple[int, int] | None:
    """The year and the earlier one that are compared; None where there is no earlier one.

    Parameters
    ----------
    jaar, vanaf
        As asked for; a year that cannot be is the newest, and the last one before it.
    """
    years = comparable_years(store, code)
    later = jaar if jaar in years[:-1] else next(iter(years[:-1]), 0)
    earlier = [year for year in years if year < later]
    return (later, vanaf if vanaf in earlier else earlier[0]) if earlier else None


def shown_layer(store: Store, area: Area, code: str, niveau: str, view: View) -> Layer:
    """The layer of a view: figures of one year, or their change where that is asked for and can be."""
    years = years_of_change(store, code, view.jaar, view.vanaf) if view.maat == CHANGE else None
    if years is None:
        return layer(store, area, code, niveau, view.maat, view.jaar, view.schaal)
    return changed(store, area, code, niveau, *years, view.schaal)


@remembered
def changed(store: Store, area: Area, code: str, niveau: str, jaar: int, vanaf: int, schaal: str) -> Layer:
    """The change of a figure between two years: zero where there is no clear difference, missing where it is not known."""
    base = layer(store, area, code, niveau, "aandeel", jaar, schaal)
    wider = scale_codes(store, area, niveau, schaal)
    values = _values(_pairs(store, area, niveau, code, vanaf, jaar))
    pooled = (
        values
        if wider == area.codes
        else _values(_pairs(store, find_area(store, wider), niveau, code, vanaf, jaar))
    )
    return replace(
        base,
        maat=CHANGE,
        values=values,
        pooled=pooled,
        vanaf=vanaf,
        los=float("nan"),
        margins=base.margins.head(0),
    )


def _pairs(store: Store, area: Area, niveau: str, code: str, vanaf: int, jaar: int) -> pd.DataFrame:
    """One row per area (its index): the figure then (links) and now (rechts), with texts, and what can be said of it."""
    rows = pair(store, area, niveau, (code, vanaf), (code, jaar)).rows.set_index("gebied")
    # Measured in one year and estimated in the other is not the same.
    rows.loc[rows["links_soort"] != rows["rechts_soort"], "oordeel"] = UNKNOWN
    return rows


def _values(rows: pd.DataFrame) -> pd.Series:
    difference = rows["rechts"] - rows["links"]
    clear = rows["oordeel"].isin([HIGHER, LOWER])
    return difference.where(clear, 0.0).where(clear | (rows["oordeel"] == NO_DIFFERENCE))


def rows_of(store: Store, area: Area, shown: Layer, niveau: str) -> pd.DataFrame:
    """The table of a map (`wwz.ask.layer.table_rows`); of a change it says the change, and from what to what."""
    rows = table_rows(store, area, shown, niveau)
    if shown.maat != CHANGE:
        return rows
    found = _pairs(store, area, niveau, shown.indicator.code, shown.vanaf, shown.jaar).reindex(rows["gebied"])
    values = shown.values.reindex(rows["gebied"]).replace(0.0, np.nan)
    texts = [
        change_text(value, shown.indicator) if is_known(value) else word
        for value, word in zip(values, found["oordeel"].fillna(UNKNOWN), strict=True)
    ]
    both = [f"{then} → {now}" for then, now in zip(found["links_tekst"], found["rechts_tekst"], strict=True)]
    return (
        rows.assign(
            waarde=values.to_numpy(), onder=np.nan, boven=np.nan, teller=np.nan, waarde_tekst=texts, marge_tekst=both,
            mensen_tekst="",
        )
        .sort_values("waarde", ascending=False, na_position="last", kind="stable")
        .reset_index(drop=True)
    )  # fmt: skip


def change_text(value: float, indicator: Indicator) -> str:
    """A change with its sign and unit: +1,2 procentpunt."""
    sign = "+" if value > 0 else "\u2212"
    return f"{sign}{dutch(abs(value), indicator.decimalen)} {unit_of_change(indicator)}"


def change_finding(store: Store, area: Area, shown: Layer) -> str:
    """The headline of a map of change: from what to what in the whole area."""
    code, indicator = shown.indicator.code, shown.indicator
    found = [area.figures([code], year).iloc[0]["waarde"] for year in (shown.vanaf, shown.jaar)]
    then, now = (value_text(value, indicator) for value in found)
    return capital(
        f"{indicator.titel} in {area.naam}: van {then} in {shown.vanaf} naar {now} in {shown.jaar}"
    )


def change_reading(shown: Layer) -> str:
    """In how many areas it rose, fell, or cannot be told."""
    up, down = int((shown.values > 0).sum()), int((shown.values < 0).sum())
    same, gone = int((shown.values == 0).sum()), int(shown.values.isna().sum())
    parts = [
        counted(
            "Tussen {van} en {tot} steeg het cijfer in {n} [gebied|gebieden]",
            up,
            van=shown.vanaf,
            tot=shown.jaar,
        ),
        counted(" en daalde het in {n}", down),
        counted(
            ". In {n} is er geen duidelijk verschil: de marge van het verschil is groter dan het verschil zelf",
            same,
        ),
        counted(". Van {n} is het in een van beide jaren niet bekend", gone) if gone else "",
    ]
    return "".join(parts) + "."


def told_change(rows: pd.DataFrame, codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What is said of a change to who points at an area."""
    by_code = rows.set_index("gebied").reindex(list(codes))
    return tuple(by_code["waarde_tekst"].fillna("")), tuple(by_code["marge_tekst"].fillna(""))
