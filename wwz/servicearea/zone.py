"""Who lives in the centrale zone of an area: within a radius around a place, in a straight line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.area import Area
from wwz.base.rd import to_rd
from wwz.own.areas.said import Zone
from wwz.servicearea.within import EVERYBODY, OLD, OLDER, people_by_part
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, people

WHO = {EVERYBODY: "inwoners", OLD: "65-plussers", OLDER: "75-plussers"}
NO_PLACES = "Waar mensen in de buurt wonen, is niet ingelezen. Daarom is niet te zeggen wie er in de zone woont. Lees adressen, vierkanten of punten in."


@dataclass(frozen=True)
class Inside:
    """Who lives in a zone.

    Attributes
    ----------
    mensen
        For everybody, 65+ and 75+ in words: the number, and which part of those of the area that is.
    deel
        Per smallest area the part (0 to 1) of its inhabitants that lives in the zone.
    zin
        What is not known, in a sentence; empty when all is.
    """

    mensen: dict[str, tuple[str, str]]
    deel: dict[str, float]
    zin: str


@remembered
def inside(store: Store, area: Area, zone: Zone) -> Inside:
    """Count who lives in a zone. The zone counts people of the area only.

    What is counted is only what is open per buurt: a hidden number is in no sum, so that no zone gives it away.
    """
    places = store.ask("woonplekken", buurten=list(area.buurten))
    if places.empty:
        return Inside({}, {}, NO_PLACES)
    middle = to_rd([zone.lat], [zone.lon])[0]
    near = np.hypot(places["x"] - middle[0], places["y"] - middle[1]) <= zone.straal
    parts = {
        name: places[near].groupby("buurt")[column].sum().reindex(list(area.buurten)).fillna(0.0)
        for name, column in ((EVERYBODY, "deel"), (OLD, "deel65"))
    }
    minimum = int(store.about()["minimum"])
    found, hidden = {}, 0
    for who in WHO:
        part, number = parts[EVERYBODY if who == EVERYBODY else OLD], people_by_part(store, area, who)
        hidden = max(hidden, int((number.isna() & (part > 0)).sum()))
        found[who] = _words(part, number, minimum)
    text = f"Van {hidden} van de buurten in de zone is niet bekend hoeveel mensen er wonen." if hidden else ""
    return Inside(found, {code: float(value) for code, value in parts[EVERYBODY].items()}, text)


def _words(part: pd.Series, number: pd.Series, minimum: int) -> tuple[str, str]:
    touched = part > 0
    if number[touched].isna().any() or (touched.any() and number[touched].empty):
        return "onbekend", ""
    inside_ = float((part * number)[touched].sum())
    total = float(number.sum())
    few = inside_ < minimum
    share = (
        "" if few or total <= 0 or number.isna().any() else f"{dutch(100 * inside_ / total)}% van het gebied"
    )
    return people(inside_, hidden=few, counted=False, minimum=minimum), share
