"""A figure over the years: a small line with its years for beside a map, and a column per year."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.layerwords import no_effect_of
from wwz.ask.trend import over_years, trend, trend_sentence
from wwz.knowledge import catalogue
from wwz.store import Store
from wwz.ui.shared import parts
from wwz.ui.shared.table import Column, Table

# Pixels: of the drawing, and what the texts at the ends need.
WIDE, HIGH, SIDE, TOP = 260, 64, 14, 20
FOOT = 18


def trend_line(store: Store, area: Area, code: str) -> None:
    """The years of a figure as a small line with its margin, and the change in words; nothing where there is one year.

    Below it what it may not be used for.
    """
    rows = trend(store, area, code)
    if rows.empty:
        return
    st.header("Door de jaren", anchor=False)
    said = trend_sentence(store, area, code)
    st.html(f'<div class="wwz-trend" role="img" aria-label="{escape(said)}">{_drawing(rows, code)}</div>')
    parts.note(f"{said} {no_effect_of(catalogue()[code], set(rows['soort']))}".strip())


def _drawing(rows: pd.DataFrame, code: str) -> str:
    """SVG: a band for the margin, a line, and a dot with its figure and year for each year."""
    low, high = rows["onder"].fillna(rows["waarde"]), rows["boven"].fillna(rows["waarde"])
    bottom, top = float(low.min()), float(high.max())
    first, last = int(rows["jaar"].min()), int(rows["jaar"].max())

    def x(year: float) -> float:
        return SIDE + (WIDE - 2 * SIDE) * (year - first) / (last - first)

    def y(value: float) -> float:
        return TOP + (HIGH - TOP) * (1 - (value - bottom) / ((top - bottom) or 1))

    years = rows["jaar"].tolist()
    band = [*zip(years, high, strict=True), *reversed(list(zip(years, low, strict=True)))]
    line = " ".join(
        f"{x(year):.1f},{y(value):.1f}" for year, value in zip(years, rows["waarde"], strict=True)
    )
    places = " ".join(f"{x(year):.1f},{y(value):.1f}" for year, value in band)
    dots = "".join(
        f'<circle cx="{x(year):.1f}" cy="{y(value):.1f}" r="4"/>'
        for year, value in zip(years, rows["waarde"], strict=True)
    )
    texts = "".join(_texts(row, x, y, first, last) for row in rows.to_dict("records"))
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH + FOOT}" aria-hidden="true"><polygon points="{places}"/>'
        f'<polyline points="{line}"/>{dots}{texts}</svg>'
    )


def _texts(row: dict, x, y, first: int, last: int) -> str:
    """Figure and year of the first and the last year, each at its own end; of the years between the year alone."""
    year = int(row["jaar"])
    anchor = "start" if year == first else "end" if year == last else "middle"
    place = {"start": 0, "end": WIDE, "middle": x(year)}[anchor]
    figure = escape(str(row["waarde_tekst"])) if year in (first, last) else ""
    return (
        f'<text x="{place:.0f}" y="{HIGH + FOOT - 3}" text-anchor="{anchor}">{year}</text>'
        f'<text x="{place:.0f}" y="13" text-anchor="{anchor}" class="wwz-trendcijfer">{figure}</text>'
    )


def years_table(store: Store, area: Area, code: str) -> None:
    """A column per year for an area, those around it and those like it; nothing where there is one year."""
    rows, years = over_years(store, area, code)
    if not years:
        return
    st.header("Door de jaren", anchor=False)
    columns = [Column(str(year), str(year), sub_field=f"{year}_marge", align="right") for year in years]
    indicator = catalogue()[code]
    Table(
        rows, [Column("naam", "Gebied"), *columns], f"{indicator.titel} ({indicator.eenheid}), per jaar"
    ).short(folds=True)
    if said := trend_sentence(store, area, code):
        parts.sentence(f"{area.naam}, {said}")
    parts.note("Alleen jaren waarin hetzelfde is gemeten, en gebieden die hetzelfde bleven.")
