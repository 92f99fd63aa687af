"""Need against the distance to voorzieningen: which areas ask attention first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.differing import NO_DIFFERENCE, UNKNOWN, place_of, place_of_code, verdicts
from wwz.ask.layer import with_texts
from wwz.store import Store, remembered
from wwz.words.numbers import is_known

FIRST = "1. meer behoefte, verder weg"
UNCLEAR = "5. geen duidelijk verschil in behoefte"


@dataclass(frozen=True)
class Quadrant:
    """Need against distance.

    Attributes
    ----------
    rows
        gebied, naam, x, y, onder, boven, x_tekst, y_tekst, y_marge, vak; one row per area where both are known.
    x_middle, y_middle
        The figures of the whole area, which divide the four parts.
    missing
        Number of areas where one of the two is unknown.
    """

    rows: pd.DataFrame
    x_middle: float
    y_middle: float
    missing: int


@remembered
def quadrant(store: Store, area: Area, need: str, distance: str, niveau: str) -> Quadrant:
    """Need against distance for all areas of one level, divided at the figures of the whole area.

    An area whose need does not differ clearly from that of the whole area is in no part.
    """
    both = {
        name: with_texts(area.parts(niveau, [code]), store.about()["minimum"]).set_index("gebied")
        for name, code in (("y", need), ("x", distance))
    }
    rows = pd.DataFrame(
        {
            "naam": list(both["y"]["naam"]),
            "x": both["x"]["waarde"].reindex(both["y"].index),
            "y": both["y"]["waarde"],
            "niveau": both["y"]["niveau"],
            "marge_uit": both["y"]["marge_uit"],
            "onder": both["y"]["onder"],
            "boven": both["y"]["boven"],
            "x_tekst": both["x"]["waarde_tekst"].reindex(both["y"].index),
            "y_tekst": both["y"]["waarde_tekst"],
            "y_marge": both["y"]["marge_tekst"],
            "bewoond": ~both["y"]["water"],
        }
    )
    known = rows[rows["x"].notna() & rows["y"].notna()].rename_axis("gebied").reset_index()
    figures = area.figures([need, distance]).set_index("indicator")
    middle = figures["waarde"]
    x_middle = middle.get(distance) if is_known(middle.get(distance)) else known["x"].median()
    y_middle = middle.get(need) if is_known(middle.get(need)) else known["y"].median()
    whole = figures.loc[need].to_dict() if need in figures.index else {}
    beside = {**whole, "waarde": y_middle, **place_of(area)}
    here = [
        {**row, "waarde": row["y"], **place_of_code(row["gebied"], row["niveau"])}
        for row in known.to_dict("records")
    ]
    words = verdicts(store, [beside] * len(here), here)
    known["vak"] = [
        _part(row, word, x_middle, y_middle) for row, word in zip(known.itertuples(), words, strict=True)
    ]
    known = known.sort_values(["vak", "y"], ascending=[True, False], kind="stable")
    return Quadrant(known, float(x_middle), float(y_middle), int(rows["bewoond"].sum() - len(known)))


def _part(row: Any, word: str, x_middle: float, y_middle: float) -> str:
    """The names sort in the order in which they ask for attention."""
    if word in (NO_DIFFERENCE, UNKNOWN):
        return UNCLEAR
    far = row.x > x_middle
    if row.y > y_middle:
        return FIRST if far else "2. meer behoefte, dichtbij"
    return "3. minder behoefte, verder weg" if far else "4. minder behoefte, dichtbij"
