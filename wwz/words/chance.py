"""Chance in a number of people that nobody counted: who of those expected just does or does not belong to it.

Figures carry the margin of their recipe. Chance comes on top of the number that is shown, once, after adding up: over many
people it falls away. SQL does the same (figures/20_macro.sql, toeval_in).
"""

from __future__ import annotations

from math import hypot, isnan, nan, sqrt

from wwz.knowledge import load_toml


def with_chance(people: float, low: float, high: float, spread: float | None = None) -> tuple[float, float]:
    """The 90% interval of a number of people, with chance.

    Parameters
    ----------
    people, low, high
        The expected number and the interval of the recipe; NaN when nothing is known of it.
    spread
        The variance of chance alone, in people; as large as the number itself when it is left out. Of a part of people who were
        counted it is smaller (figures/20_macro.sql, spreiding_van).

    Returns
    -------
    tuple of float
        The lower and the upper bound in people, the lower never below zero; both NaN when nothing is known.
    """
    if isnan(people):
        return nan, nan
    chance = load_toml("onzekerheid.toml")["regels"]["toeval"] * sqrt(
        max(0.0, people if spread is None else spread)
    )
    return max(0.0, people - hypot(people - low, chance)), people + hypot(high - people, chance)
