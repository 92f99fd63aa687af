"""A verdeling: in steps of a year, fewer people in gemeenten that have more than their share, and more in the others.

It moves numbers and no people: who needs a dwelling that year, gets one in another gemeente than before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wwz.region.whole import divided


@dataclass(frozen=True)
class Verdeling:
    """What happens year after year.

    Attributes
    ----------
    standen
        Per year, from now (the first) on: people per part.
    stromen
        Per year after the first: (from, to, people), by the place in the list of parts.
    rest
        Per part what is still between its number and its share at the end; above zero: too many.
    """

    standen: tuple[tuple[int, ...], ...]
    stromen: tuple[tuple[tuple[int, int, int], ...], ...]
    rest: tuple[int, ...]


def spread_out(now: Sequence[int], share: Sequence[int], limits: Sequence[int], years: int) -> Verdeling:
    """Move numbers towards the shares.

    Parameters
    ----------
    now, share
        People per part; they have the same sum.
    limits
        By how many people a part changes at most in a year.
    years
        How many years at most; it stops when every part has its share.
    """
    if sum(now) != sum(share):
        raise ValueError("the shares are not of these people")
    states, flows = [tuple(now)], []
    for _ in range(years):
        state = states[-1]
        give = [
            min(max(have - part, 0), limit) for have, part, limit in zip(state, share, limits, strict=True)
        ]
        take = [
            min(max(part - have, 0), limit) for have, part, limit in zip(state, share, limits, strict=True)
        ]
        moved = min(sum(give), sum(take))
        if not moved:
            break
        given, taken = divided(moved, give), divided(moved, take)
        states.append(tuple(h - g + t for h, g, t in zip(state, given, taken, strict=True)))
        flows.append(_flows(given, taken))
    rest = tuple(have - part for have, part in zip(states[-1], share, strict=True))
    return Verdeling(tuple(states), tuple(flows), rest)


def _flows(given: Sequence[int], taken: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Who gives to whom: every giver divides over the takers by what they still take."""
    left, found = list(taken), []
    for giver, people in enumerate(given):
        if not people:
            continue
        for taker, part in enumerate(divided(people, left)):
            left[taker] -= part
            if part:
                found.append((giver, taker, part))
    return tuple(found)
