"""Need against the distance to voorzieningen: which areas ask attention first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.layer import with_texts
from wwz.store import Store, remembered
from wwz.words.areanames import short_name
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

    An area whose interval holds the figure of the whole area is in no part: there is no clear difference.
    """
    both = {
        name: with_texts(area.parts(niveau, [code]), store.about()["minimum"]).set_index("gebied")
        for name, code in (("y", need), ("x", distance))
    }
    rows = pd.DataFrame(
        {
            "naam": [short_name(naam) for naam in both["y"]["naam"]],
            "x": both["x"]["waarde"].reindex(both["y"].index),
            "y": both["y"]["waarde"],
            "onder": both["y"]["onder"],
            "boven": both["y"]["boven"],
            "x_tekst": both["x"]["waarde_tekst"].reindex(both["y"].index),
            "y_tekst": both["y"]["waarde_tekst"],
            "y_marge": both["y"]["marge_tekst"],
            "bewoond": ~both["y"]["water"],
        }
    )
    known = rows[rows["x"].notna() & rows["y"].notna()].rename_axis("gebied").reset_index()
    middle = area.figures([need, distance]).set_index("indicator")["waarde"]
    x_middle = middle.get(distance) if is_known(middle.get(distance)) else known["x"].median()
    y_middle = middle.get(need) if is_known(middle.get(need)) else known["y"].median()
    known["vak"] = [_part(row, x_middle, y_middle) for row in known.itertuples()]
    known = known.sort_values(["vak", "y"], ascending=[True, False], kind="stable")
    return Quadrant(known, float(x_middle), float(y_middle), int(rows["bewoond"].sum() - len(known)))


def _part(row: Any, x_middle: float, y_middle: float) -> str:
    """The names sort in the order in which they ask for attention."""
    low = row.onder if is_known(row.onder) else row.y
    high = row.boven if is_known(row.boven) else row.y
    if low <= y_middle <= high:
        return UNCLEAR
    far = row.x > x_middle
    if row.y > y_middle:
        return FIRST if far else "2. meer behoefte, dichtbij"
    return "3. minder behoefte, verder weg" if far else "4. minder behoefte, dichtbij"
