"""All figures of one area on a line each: where it stands among the areas of its level, and what differs clearly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.compare import comparable_codes
from wwz.ask.differing import HIGHER, LOWER, place_of, verdicts
from wwz.ask.layer import around, national, with_texts
from wwz.ask.view import LEVELS
from wwz.knowledge import catalogue, themes
from wwz.store import Store, remembered
from wwz.words.numbers import is_known, value_text

GEMEENTE, COUNTRY = "gemeente", "Nederland"
BY_THEME, BY_DIFFERENCE, BY_NAME = "thema", "verschil", "naam"
ORDERS = {BY_THEME: "Op thema", BY_DIFFERENCE: "Grootste verschil eerst", BY_NAME: "Op naam"}


def against(store: Store, area: Area) -> tuple[str, ...]:
    """With what an area can be compared: its gemeente (not of a gemeente itself) and the country."""
    return (*((GEMEENTE,) if around(store, area) else ()), COUNTRY)


@remembered
def spine(store: Store, area: Area, beside: str, order: str = BY_THEME) -> pd.DataFrame:
    """The figures of an area, each with its place among the areas of the same level.

    Parameters
    ----------
    beside
        GEMEENTE or COUNTRY: with what the difference is.
    order
        One of ORDERS.

    Returns
    -------
    pandas.DataFrame
        indicator, titel (with its year), groep (title of the theme), hier, marge, naast (the figure of `beside`), verschil (hoger,
        lager, geen duidelijk verschil or onbekend, of the area against `beside`), soort, and as places on the line (0 to 1, missing
        where unknown): plek, plek_onder, plek_boven, naast_plek, kwart, midden, driekwart. A figure of too few areas has no line.
    """
    codes = comparable_codes(store)
    minimum = store.about()["minimum"]
    own = with_texts(area.figures(codes), minimum)
    own = own[own["waarde"].notna()]
    other = _other(store, area, beside, codes).set_index("indicator")
    level = area.niveau if area.niveau in LEVELS else "wijk"
    spread = store.ask("spreiding", niveau=level, indicatoren=codes).set_index("indicator")
    found = [_row(row, other, spread) for row in own.to_dict("records")]
    rows = pd.DataFrame(found).assign(verschil=_differences(store, area, beside, own, other))
    return rows if rows.empty else _sorted(rows, order).reset_index(drop=True)


def _other(store: Store, area: Area, beside: str, codes: list[str]) -> pd.DataFrame:
    if beside == GEMEENTE:
        return around(store, area)[-1].figures(codes)
    return national(store, codes)


def _differences(store: Store, area: Area, beside: str, own: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """How the area compares with what it is laid beside, per figure."""
    there = place_of(around(store, area)[-1]) if beside == GEMEENTE else {"niveau": "land", "gemeente": ""}
    known = {code: {**row, **there} for code, row in other.to_dict("index").items()}
    place = place_of(area)
    here = [{**row, **place} for row in own.to_dict("records")]
    return verdicts(store, [known.get(row["indicator"], there) for row in here], here)


def _row(row: dict[str, Any], other: pd.DataFrame, spread: pd.DataFrame) -> dict[str, Any]:
    code = row["indicator"]
    indicator = catalogue()[code]
    stands = other.loc[code] if code in other.index else None
    line = spread.loc[code] if code in spread.index else None
    place = _places(line)
    value = stands["waarde"] if stands is not None else None
    year = int(stands["jaar"]) if stands is not None else row["jaar"]
    text = value_text(value, indicator) if is_known(value) else "onbekend"
    return {
        "indicator": code,
        "titel": f"{indicator.titel}, {int(row['jaar'])}",
        "groep": next(theme.titel for theme in themes() if theme.code == indicator.thema),
        "hier": row["waarde_tekst"],
        "marge": row["marge_tekst"],
        "naast": text if year == row["jaar"] else f"{text} ({year})",
        "afstand": _gap(row["waarde"], value, line),
        "soort": row["soort"],
        "plek": place(row["waarde"]),
        "plek_onder": place(row["onder"]),
        "plek_boven": place(row["boven"]),
        "naast_plek": place(value),
        **{
            name: place(line[name] if line is not None else None) for name in ("kwart", "midden", "driekwart")
        },
    }


def _places(line: pd.Series | None) -> Callable[[Any], float]:
    """Where a value stands between the lowest and the highest area: 0 to 1; outside them it stands at the end."""

    def place(value: Any) -> float:
        if line is None or not is_known(value):
            return float("nan")
        return min(1.0, max(0.0, (value - line["laagst"]) / (line["hoogst"] - line["laagst"])))

    return place


def _gap(here: float, there: Any, line: pd.Series | None) -> float:
    """How far the two are apart, in quarters of the areas; 0 where that cannot be said."""
    if line is None or not is_known(there):
        return 0.0
    middle = line["driekwart"] - line["kwart"]
    return abs(here - there) / middle if middle > 0 else 0.0


def _sorted(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    if order == BY_NAME:
        return rows.sort_values("titel", kind="stable")
    if order == BY_DIFFERENCE:
        clear = rows["verschil"].isin([HIGHER, LOWER])
        return rows.assign(helder=clear).sort_values(["helder", "afstand"], ascending=False, kind="stable")
    return rows
