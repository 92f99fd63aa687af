"""How sure it is how many people have at least one limitation: from the margins of each, and from how they go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from wwz.model.people.frailty import level, shifted, with_any
from wwz.model.people.recipe import Recipe

# From a recipe of some ages, people by age and shares of each limitation to shares (0-1) with at least one, each of shape (n,).
Measure = Callable[[Recipe, np.ndarray, np.ndarray], Sequence[np.ndarray]]


def by_group(
    known: Recipe, counts: np.ndarray, shares: dict[str, np.ndarray], measure: Measure
) -> dict[str, list[np.ndarray]]:
    """What a measure gives of people of 18 and older (18) and of 65 and older (65): it is taken of each part apart.

    Parameters
    ----------
    counts
        People per buurt and age, shape (n, a).
    shares
        Per group those of each limitation, shape (limitation, ..., n); missing where it is not known.
    """
    ages = {"18": known.grown & ~known.older, "65": known.older}
    young, old = (counts[:, part].sum(axis=1) for part in ages.values())
    of_part = (_rest(shares["18"], shares["65"], young, old), shares["65"])
    under, older = (
        measure(replace(known, prevalence=known.prevalence[:, part]), counts[:, part], which)
        for part, which in zip(ages.values(), of_part, strict=True)
    )
    every = [_weighed(one, other, young, old) for one, other in zip(under, older, strict=True)]
    return {"18": every, "65": list(older)}


def _rest(every: np.ndarray, older: np.ndarray, young: np.ndarray, old: np.ndarray) -> np.ndarray:
    """The shares of people of 18 to 65, from those of everybody and of older people."""
    people = every * (young + old) - np.nan_to_num(older) * old
    return np.clip(np.divide(people, young, out=np.full(people.shape, np.nan), where=young > 0), 0, 1)


def _weighed(first: np.ndarray, second: np.ndarray, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Shares of two parts (of so many people) as one."""
    total = one + two
    return np.divide(first * one + second * two, total, out=np.zeros(len(total)), where=total > 0)


def bounds(
    known: Recipe, counts: np.ndarray, shares: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The share with at least one limitation: middle, least and most, each of shape (n,).

    All limitations go up or down together, and how they go together is less or more: two reasons to be off that have nothing to do
    with each other.

    Parameters
    ----------
    counts
        People per buurt and age of one part (of 18 to 65, or older), shape (n, a); `known` is of the same ages.
    shares
        Per limitation its share, least and most, shape (limitation, 3, n); missing where it is not known.
    """
    middle = share_with_any(known, counts, shares[:, 0], known.strength)
    ways = [share_with_any(known, counts, shares[:, side], known.strength) for side in (1, 2)]
    together = [
        share_with_any(known, counts, shares[:, 0], strength) for strength in (known.strong, known.weak)
    ]
    low = middle - np.hypot(middle - ways[0], middle - together[0])
    high = middle + np.hypot(ways[1] - middle, together[1] - middle)
    least = np.nanmax(np.where(np.isnan(shares[:, 1]), 0, shares[:, 1]), axis=0)
    return middle, np.maximum(low, np.minimum(least, middle)), np.minimum(1, high)


def share_with_any(known: Recipe, counts: np.ndarray, shares: np.ndarray, strength: float) -> np.ndarray:
    """The share with at least one of these limitations: shares of shape (limitation, n), people of shape (n, a)."""
    total = counts.sum(axis=1)
    levels = []
    for base, share in zip(known.prevalence, shares, strict=True):
        if not base.any() or np.isnan(share).all():
            continue
        x = level(base, strength, known.z)
        move = shifted(x, counts, np.nan_to_num(share) * total, strength, known.z)
        levels.append(x[None, :] + np.where(np.isnan(share), -50.0, move)[:, None])
    if not levels:
        return np.zeros(len(total))
    found = (counts * with_any(levels, strength, known.z)).sum(axis=1)
    return np.divide(found, total, out=np.zeros(len(total)), where=total > 0)
