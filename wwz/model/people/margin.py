"""How sure it is how many people have at least one limitation: from the margins of each, and from how they go together."""

from __future__ import annotations

import numpy as np

from wwz.model.people.frailty import level, shifted, with_any
from wwz.model.people.recipe import Recipe


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
