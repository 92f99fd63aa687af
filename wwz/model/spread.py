"""How far an estimate is off: half the width of the interval, by size and by density of the buurt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

ROUNDS = 16
# Starting from factors that are nearly right already, so many rounds are enough.
AGAIN = 4
# With fewer buurten than this a class takes over its neighbour's factor.
LEAST = 60


@dataclass(frozen=True)
class Places:
    """Where the buurten belong; all of shape (n,).

    Attributes
    ----------
    size, density
        Class of each buurt by inhabitants, and by stedelijkheid.
    gemeente
        Number of its gemeente.
    tested
        Whether it is large enough to count for the density classes.
    """

    size: np.ndarray
    density: np.ndarray
    gemeente: np.ndarray
    tested: np.ndarray

    def at(self, rows: np.ndarray) -> Places:
        """The same for some of the buurten."""
        return Places(self.size[rows], self.density[rows], self.gemeente[rows], self.tested[rows])


Factors = tuple[dict[int, float], dict[int, float]]


def spread_factors(error: np.ndarray, places: Places, cover: float, start: Factors | None = None) -> Factors:
    """Two factors whose product is half the width of the interval, on the logit scale.

    Each size class and each density class gets the factor at which the wanted part of its buurten lies within
    the interval; the two take turns until both hold (raking).

    The buurten of one gemeente err together: few gemeenten say less about the next one than many buurten suggest.
    So the factor of a density class grows as much as the t distribution is wider than the normal one, at as many
    degrees of freedom as the class has gemeenten, counted by how evenly the buurten are spread over them.

    Parameters
    ----------
    error
        Absolute difference between published and estimated logit, shape (n,).
    places
        Where the buurten belong.
    cover
        Wanted part, 0-1.
    start
        Factors to begin with, before growing (see `raked`).
    """
    size, density = raked(error, places, cover, start)
    return size, {number: factor * growth(places, number, cover) for number, factor in density.items()}


def raked(error: np.ndarray, places: Places, cover: float, start: Factors | None = None) -> Factors:
    """The factors at which the wanted part of each class lies within the interval."""
    factors = {
        "size": _start(places.size, start and start[0]),
        "density": _start(places.density, start and start[1]),
    }
    everywhere = np.ones_like(places.tested)
    turns = [
        (name, number, np.flatnonzero(rows & (classes == number)))
        for name, classes, rows in (
            ("size", places.size, everywhere),
            ("density", places.density, places.tested),
        )
        for number in np.unique(classes)
    ]
    for _ in range(AGAIN if start else ROUNDS):
        for name, number, inside in turns:
            if len(inside) >= LEAST:
                half = factors["size"][places.size[inside]] * factors["density"][places.density[inside]]
                factors[name][number] *= np.quantile(error[inside] / half, cover)
    return _seen(factors["size"], places.size), _seen(factors["density"], places.density)


def growth(places: Places, density: int, cover: float) -> float:
    """How much wider the interval of a density class must be, because it has so few gemeenten (1 or more)."""
    counts = np.bincount(places.gemeente[places.tested & (places.density == density)]).astype(float)
    if counts.sum() == 0:
        return 1.0
    effective = counts.sum() ** 2 / (counts**2).sum()
    point = (1 + cover) / 2
    return float(stats.t.ppf(point, max(effective - 1, 1)) / stats.norm.ppf(point))


def half_width(factors: Factors, places: Places) -> np.ndarray:
    """Half the width of the interval on the logit scale, shape (n,); a class never seen takes the widest."""
    return _lookup(factors[0], places.size) * _lookup(factors[1], places.density)


def _start(classes: np.ndarray, known: dict[int, float] | None) -> np.ndarray:
    factors = np.ones(int(classes.max()) + 1)
    for number, factor in (known or {}).items():
        if number < len(factors):
            factors[number] = factor
    return factors


def _seen(factors: np.ndarray, classes: np.ndarray) -> dict[int, float]:
    return {int(number): float(factors[number]) for number in np.unique(classes)}


def _lookup(factors: dict[int, float], classes: np.ndarray) -> np.ndarray:
    table = np.full(max(int(classes.max()), *factors) + 1, max(factors.values()))
    for number, factor in factors.items():
        table[number] = factor
    return table[classes]
