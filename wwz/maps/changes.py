"""Classes of change: less, no clear difference and more, each with a colour of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wwz.ask.absent import NO_FIGURE
from wwz.ask.differing import NO_DIFFERENCE
from wwz.maps.absent import Absent
from wwz.maps.classes import Classes
from wwz.maps.ramps import DIVERGING
from wwz.words.numbers import UNKNOWN, dutch

_STEPS = (1, 2, 5)
_MINUS = "\u2212"


def change_classes(values: pd.Series, *, decimals: int, direction: str) -> Classes:
    """Five classes around no clear difference; the same step on both sides, so that equal changes have equal colours.

    Parameters
    ----------
    values
        Changes; zero stands for no clear difference, missing for not known.
    direction
        As of the indicator: what asks for attention is orange; where neither way does, that is more.
    """
    numbers = values.to_numpy(float)
    clear = np.abs(numbers[np.isfinite(numbers) & (numbers != 0)])
    colours = DIVERGING[::-1] if direction == "meer_is_beter" else DIVERGING
    absent = (Absent(NO_FIGURE, UNKNOWN, int(np.isnan(numbers).sum())),)
    if not clear.size:
        same = int((numbers == 0).sum())
        return (
            Classes((), (DIVERGING[2],), (NO_DIFFERENCE,), (same,), absent)
            if same
            else Classes((), (), (), (), absent)
        )
    step, least = _step(float(np.median(clear)), decimals), 10.0**-decimals / 1000
    breaks = (-step, -least, least, step)
    text = dutch(step, decimals if step < 1 else min(decimals, 1)).removesuffix(",0")
    labels = (
        f"{_MINUS}{text} of meer",
        f"{_MINUS}{text} tot 0",
        NO_DIFFERENCE,
        f"0 tot +{text}",
        f"+{text} of meer",
    )
    # A fall of exactly the step belongs to the strong class, as a rise does.
    counts = np.bincount(np.searchsorted(breaks, numbers[np.isfinite(numbers)], side="right"), minlength=5)
    return Classes(breaks, colours, labels, tuple(map(int, counts)), absent, single=True)


def _step(value: float, decimals: int) -> float:
    """The round number nearest to a value, and no smaller than the source can tell."""
    least = 10.0**-decimals
    power = 10.0 ** np.floor(np.log10(max(value, least)))
    return float(max(min((step * power for step in (*_STEPS, 10)), key=lambda one: abs(one - value)), least))
