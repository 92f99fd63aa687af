"""From values to a handful of classes with readable breaks, labels and colours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, log10

import jenkspy
import numpy as np
import pandas as pd

from wwz.ask.absent import NO_FIGURE
from wwz.maps.absent import Absent, absent_rows
from wwz.maps.ramps import RAMPS, ramp_colours
from wwz.words.numbers import UNKNOWN, dutch

DIRECTIONS = ("meer_is_slechter", "meer_is_beter", "neutraal")

_MOST_CLASSES = 7
_MOST_SAMPLED = 200  # Fisher-Jenks is quadratic; evenly spaced ranks keep the shape of the distribution
_LARGEST_SHARE = 0.6  # a class with more of the areas than this hides the differences
_TAIL = 0.01  # the outermost values join the outer classes; else one odd area would take a colour of its own
_ROUNDING = 0.25  # how far a break may move, as part of the width of the narrower class beside it
_LARGE = 1000  # from here decimals only make a label long
_ONE_OF = 3  # one class has the lightest of so many colours
_MINUS = "\u2212"


@dataclass(frozen=True)
class Classes:
    """Classes of one layer; a value belongs to the class of the highest break it reaches.

    Parameters
    ----------
    breaks
        Lower limits of the second and later classes, ascending, in the unit of the values.
    colours, labels, counts
        One per class, from low to high values; counts of the values the classes were made of.
    absent
        The rows of the legend for areas without a number, one for each reason.
    single
        Whether every class is one value, and no range.
    """

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    absent: tuple[Absent, ...] = (Absent(NO_FIGURE, UNKNOWN),)
    single: bool = False

    @property
    def missing_count(self) -> int:
        """How many areas have no number, for whatever reason."""
        return sum(row.count for row in self.absent)


def make_classes(
    values: pd.Series,
    *,
    count: int = 6,
    decimals: int,
    unit: str,
    direction: str,
    ramp: str,
) -> Classes:
    """Divide values into classes by their natural breaks, rounded to readable numbers.

    For layers that are compared over years, pass the values of all years together.

    Parameters
    ----------
    values
        Any length; missing and infinite values are counted as missing.
    count
        Wanted number of classes, 2 to 7; fewer when the values do not support it.
    decimals
        Decimals of the source; breaks have no more than these.
    unit
        Written after the numbers, such as ``%`` or ``km``; may be empty.
    direction
        ``meer_is_slechter``, ``meer_is_beter`` or ``neutraal``. Dark always asks for attention, so
        ``meer_is_beter`` turns the colours round.
    ramp
        ``behoefte`` (teal), ``knelpunt`` (orange) or ``neutraal``.
    """
    if direction not in DIRECTIONS or ramp not in RAMPS or not 2 <= count <= _MOST_CLASSES:
        raise ValueError(f"direction {direction!r}, ramp {ramp!r}, count {count}")
    numbers = _numbers(values)
    present = np.sort(numbers[np.isfinite(numbers)])
    missing = int(numbers.size - present.size)
    if present.size == 0:
        return Classes((), (), (), (), _unknown(missing))
    distinct = np.unique(np.round(present, decimals))
    single = bool(distinct.size <= min(count, 3))
    if single:
        breaks = tuple(float(value) for value in distinct[1:])
        labels = tuple(_with_unit(_number(value, decimals), unit) for value in distinct)
        present = np.round(present, decimals)
    else:
        breaks = _breaks(present, count, decimals)
        labels = _labels(breaks, (present[0], present[-1]), decimals, unit)
    counts = np.bincount(np.searchsorted(breaks, present, side="right"), minlength=len(breaks) + 1)
    # Nobody anywhere has the end of the ramp, not its middle.
    shades = _ONE_OF if distinct.tolist() == [0] else len(labels)
    colours = ramp_colours(ramp, shades, reverse=direction == "meer_is_beter")[: len(labels)]
    return Classes(
        breaks, colours, labels, tuple(int(number) for number in counts), _unknown(missing), single
    )


def one_class(values: pd.Series, *, decimals: int, unit: str, label: str) -> Classes:
    """Every number in one neutral class: for areas between which there are no clear differences.

    Parameters
    ----------
    values, decimals, unit
        As for :func:`make_classes`.
    label
        What is said after the lowest and highest number.
    """
    numbers = _numbers(values)
    present = np.sort(numbers[np.isfinite(numbers)])
    missing = int(numbers.size - present.size)
    if present.size == 0:
        return Classes((), (), (), (), _unknown(missing))
    ends = dict.fromkeys(_number(value, decimals) for value in (present[0], present[-1]))
    text = f"{_with_unit(' tot '.join(ends), unit)}: {label}"
    colours = ramp_colours("neutraal", _ONE_OF)[:1]
    return Classes((), tuple(colours), (text,), (int(present.size),), _unknown(missing))


def _unknown(count: int) -> tuple[Absent, ...]:
    return (Absent(NO_FIGURE, UNKNOWN, count),)


def classes_for_series(
    layers: Sequence[pd.Series],
    *,
    count: int = 6,
    decimals: int,
    unit: str,
    direction: str,
    ramp: str,
) -> Classes:
    """One scale for several maps: a colour means the same on each of them.

    Parameters
    ----------
    layers
        The values of each map, all in `unit`. The scale is made of all of them together, so it does not depend on
        their order.
    count, decimals, unit, direction, ramp
        As for :func:`make_classes`.
    """
    together = pd.concat(list(layers), ignore_index=True) if layers else pd.Series(dtype=float)
    return make_classes(together, count=count, decimals=decimals, unit=unit, direction=direction, ramp=ramp)


def counted(classes: Classes, numbers: np.ndarray, minimum: int) -> Classes:
    """The same classes, with the number of areas in each of those that one map draws.

    Parameters
    ----------
    numbers
        Class per area as :func:`assign` gives it; below zero there is no number.
    minimum
        The privacy minimum, for the words.
    """
    counts = tuple(int((numbers == number).sum()) for number in range(len(classes.colours)))
    return replace(classes, counts=counts, absent=absent_rows(numbers, minimum))


def assign(values: pd.Series, classes: Classes, reasons: pd.Series | None = None) -> np.ndarray:
    """Class number of each value, in order; where there is no number, why (`wwz.maps.absent`).

    Parameters
    ----------
    values
        By area code, if reasons are given.
    reasons
        Area code → why it would have no number; of an area that is not in it nothing is known.

    Returns
    -------
    numpy.ndarray of int, same length as ``values``
    """
    numbers = _numbers(values)
    why = (
        np.full(numbers.size, NO_FIGURE)
        if reasons is None
        else reasons.reindex(values.index).fillna(NO_FIGURE).to_numpy(int)
    )
    if not classes.labels:
        return why
    # A value like 6.0 may arrive as 5.9999999: give it the class its printed form belongs to.
    nudged = numbers + np.abs(numbers) * 1e-9
    return np.where(np.isfinite(numbers), np.searchsorted(classes.breaks, nudged, side="right"), why)


def _numbers(values: pd.Series) -> np.ndarray:
    return pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _breaks(present: np.ndarray, count: int, decimals: int) -> tuple[float, ...]:
    """Natural breaks; quantiles where one natural class would swallow most areas."""
    natural = _readable(_fisher_jenks(present, count), present, decimals)
    if natural and _largest_share(present, natural) <= _LARGEST_SHARE:
        return natural
    quantiles = _readable(np.quantile(present, np.arange(1, count) / count), present, decimals)
    both = [breaks for breaks in (natural, quantiles) if breaks]
    return min(both, key=lambda breaks: _largest_share(present, breaks)) if both else ()


def _fisher_jenks(present: np.ndarray, count: int) -> np.ndarray:
    ranks = np.linspace(0, present.size - 1, min(present.size, _MOST_SAMPLED)).round().astype(int)
    clipped = np.clip(present[ranks], *np.quantile(present, [_TAIL, 1 - _TAIL]))
    sample = clipped if np.unique(clipped).size > 2 else np.unique(present)
    upper = np.array(jenkspy.jenks_breaks(sample, n_classes=min(count, np.unique(sample).size))[1:-1])
    # A class ends at its highest value; the limit lies between that and the next value.
    following = present[np.minimum(np.searchsorted(present, upper, side="right"), present.size - 1)]
    return (upper + following) / 2


def _readable(raw: Sequence[float], present: np.ndarray, decimals: int) -> tuple[float, ...]:
    """Round each break as far as its neighbours allow; drop breaks that leave a class empty."""
    edges = np.unique(np.concatenate([[present[0]], raw, [present[-1]]]))
    result: list[float] = []
    for low, middle, high in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        value = _round_within(middle, _ROUNDING * min(middle - low, high - middle), decimals)
        below = present[0] if not result else result[-1]
        first, last = np.searchsorted(present, [below, value], side="left")
        if last > first and last < present.size:
            result.append(value)
    return tuple(result)


def _round_within(value: float, room: float, decimals: int) -> float:
    """The roundest number (multiples of 1, 2 or 5 times a power of ten) no further than ``room`` away."""
    top = floor(log10(abs(value))) if value else 0
    for power in range(top, -decimals - 1, -1):
        for step in (5, 2, 1):
            size = step * 10.0**power
            rounded = round(value / size) * size
            if abs(rounded - value) <= room:
                return float(round(rounded, decimals))
    # Upwards: the limit was half-way to the next value that occurs, and that next value may be the limit too.
    return float(ceil(value * 10**decimals - 1e-6) / 10**decimals)


def _largest_share(present: np.ndarray, breaks: tuple[float, ...]) -> float:
    return float(np.bincount(np.searchsorted(breaks, present, side="right")).max() / present.size)


def _labels(
    breaks: tuple[float, ...], extremes: tuple[float, float], decimals: int, unit: str
) -> tuple[str, ...]:
    if not breaks:
        return (_with_unit(" tot ".join(_number(value, decimals) for value in extremes), unit),)
    shown = max(_decimals_of(value, decimals) for value in breaks)
    texts = [_number(value, 0 if abs(value) >= _LARGE else shown) for value in breaks]
    between = " tot " if breaks[0] < 0 else "–"
    middle = [_with_unit(f"{low}{between}{high}", unit) for low, high in pairwise(texts)]
    return (_with_unit(f"< {texts[0]}", unit), *middle, _with_unit(f"≥ {texts[-1]}", unit))


def _decimals_of(value: float, most: int) -> int:
    return next((digits for digits in range(most) if round(value, digits) == round(value, most)), most)


def _number(value: float, decimals: int) -> str:
    """A number as it is written in Dutch: 1.234,5."""
    text = dutch(abs(value), decimals)
    return _MINUS + text if round(value, decimals) < 0 else text


def _with_unit(text: str, unit: str) -> str:
    if not unit:
        return text
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}"
