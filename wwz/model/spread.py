"""How far an estimate is off: half the width of the interval, by size and by density of the buurt."""

from __future__ import annotations

import numpy as np

ROUNDS = 16
# With fewer buurten than this a class takes over its neighbour's factor.
LEAST = 60


def spread_factors(
    error: np.ndarray, size: np.ndarray, density: np.ndarray, tested: np.ndarray, cover: float
) -> tuple[dict[int, float], dict[int, float]]:
    """Two factors whose product is half the width of the interval, on the logit scale.

    Each size class and each density class gets the factor at which the wanted part of its buurten lies within
    the interval; the two take turns until both hold (raking).

    Parameters
    ----------
    error
        Absolute difference between published and estimated logit, shape (n,).
    size, density
        Class of each buurt, shape (n,).
    tested
        Buurten large enough to count for the density classes, shape (n,), boolean.
    cover
        Wanted part, 0-1.
    """
    factors = {"size": _ones(size), "density": _ones(density)}
    for _ in range(ROUNDS):
        for name, classes, rows in (("size", size, np.ones_like(tested)), ("density", density, tested)):
            ratio = error / (factors["size"][size] * factors["density"][density])
            for number in np.unique(classes):
                inside = rows & (classes == number)
                if inside.sum() >= LEAST:
                    factors[name][number] *= np.quantile(ratio[inside], cover)
    return _seen(factors["size"], size), _seen(factors["density"], density)


def half_width(
    factors: tuple[dict[int, float], dict[int, float]], size: np.ndarray, density: np.ndarray
) -> np.ndarray:
    """Half the width of the interval on the logit scale, shape (n,); a class never seen takes the widest."""
    return _lookup(factors[0], size) * _lookup(factors[1], density)


def _ones(classes: np.ndarray) -> np.ndarray:
    return np.ones(int(classes.max()) + 1)


def _seen(factors: np.ndarray, classes: np.ndarray) -> dict[int, float]:
    return {int(number): float(factors[number]) for number in np.unique(classes)}


def _lookup(factors: dict[int, float], classes: np.ndarray) -> np.ndarray:
    table = np.full(max(int(classes.max()), *factors) + 1, max(factors.values()))
    for number, factor in factors.items():
        table[number] = factor
    return table[classes]
