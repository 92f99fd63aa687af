"""Whole people: dividing a number by weights so that the parts add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def divided(total: int, weights: Sequence[float | int | Fraction]) -> list[int]:
    """A number of people divided by weights, in whole people, by the largest remainder.

    Of equal remainders the larger weight goes first, then who stands first. The parts add up to `total`.

    Parameters
    ----------
    weights
        Not negative; their sum above zero, or `total` is zero.

    Raises
    ------
    ValueError
        When there is something to divide and nothing to divide it by.
    """
    shares = [Fraction(weight) for weight in weights]
    whole = sum(shares)
    if not whole:
        if total:
            raise ValueError("no weights")
        return [0] * len(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(part) for part in exact]
    left = total - sum(parts)
    order = sorted(range(len(shares)), key=lambda n: (parts[n] - exact[n], -shares[n], n))
    for n in order[:left]:
        parts[n] += 1
    return parts
