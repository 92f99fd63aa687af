"""What a legend says beside its classes: where other figures lie on it, and how often a margin reaches another colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.beside import Beside
from wwz.base.counted import counted
from wwz.maps.classes import Classes
from wwz.words.numbers import dutch

# A sign stands inside its class, also at the very end of it.
EDGE = 0.06


@dataclass(frozen=True)
class Tick:
    """A sign on the bar of classes: gemeente or land, its text, and where (0 to 1 of the bar)."""

    kind: str
    text: str
    at: float


def ticks(figures: Sequence[Beside], classes: Classes) -> tuple[Tick, ...]:
    """Where figures lie on the bar of classes; none where there are no classes."""
    if not classes.labels:
        return ()
    return tuple(Tick(one.kind, one.tekst, along(one.waarde, classes)) for one in figures)


def along(value: float, classes: Classes) -> float:
    """Place of a value on a bar of classes that are all drawn equally wide, 0 to 1.

    The outer classes have no limit at one side; they count as wide as their neighbour.
    """
    breaks, number = np.asarray(classes.breaks, float), len(classes.labels)
    place = int(np.searchsorted(breaks, value + abs(value) * 1e-9, side="right"))
    if classes.single or number < 3:
        return (place + 0.5) / number
    edges = np.concatenate([[2 * breaks[0] - breaks[1]], breaks, [2 * breaks[-1] - breaks[-2]]])
    inside = (value - edges[place]) / (edges[place + 1] - edges[place])
    return float((place + np.clip(inside, EDGE, 1 - EDGE)) / number)


def reaching(digits: np.ndarray, bounds: pd.DataFrame, classes: Classes) -> np.ndarray:
    """Of which areas the margin reaches into the class of another colour.

    Parameters
    ----------
    digits
        Class of each area.
    bounds
        Columns onder and boven, in the same order; missing where no margin is known.
    """
    low, high = (bounds[name].to_numpy(float) for name in ("onder", "boven"))
    known = np.isfinite(low) & np.isfinite(high) & (digits >= 0)
    first = np.searchsorted(classes.breaks, low + np.abs(low) * 1e-9, side="right")
    last = np.searchsorted(classes.breaks, high - np.abs(high) * 1e-9, side="right")
    return known & ((first < digits) | (last > digits))


def reach_note(reached: np.ndarray, digits: np.ndarray) -> str:
    """The same in words; empty where no margin does."""
    if not reached.any():
        return ""
    return counted(
        "Bij {n} van de {alle} gebieden past door de marge ook een andere kleur",
        int(reached.sum()),
        alle=dutch(int((digits >= 0).sum())),
    )
