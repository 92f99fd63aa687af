"""The people of every buurt from the first year to the last: homes say how many, the country says of which age."""

from __future__ import annotations

import numpy as np

from wwz.future.growing import Buurten, Country, Plans, onwards
from wwz.future.kinds import Kinds
from wwz.future.tables import YEARS


def path(
    kinds: Kinds,
    country: Country,
    buurten: Buurten,
    plans: Plans,
    factor: np.ndarray | None = None,
    *,
    moving: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """The people of every buurt in all years but that of the first step.

    Parameters
    ----------
    factor
        Shape (years, 20): what every group of every buurt is multiplied by, so that the whole country has the ages of its
        forecast. Without: worked out of these buurten, which must then be the country.
    moving
        As in `onwards`.

    Returns
    -------
    tuple
        People, shape (years, n, 20), and the factor that was used.
    """
    homes = rest(kinds, country, buurten, plans)
    people = until(kinds, country, buurten, country.years[1], moving)
    fixed, free = kinds.fixed[buurten.kind][:, None], ~kinds.filled[buurten.kind]
    begin = people.sum(axis=0)
    found, used = [people], [np.ones(people.shape[1])]
    for step in range(len(country.years) - 2):
        there = buurten.homes * homes[step] + (plans.net[step - 1] if step else 0.0)
        left = 1 - np.clip(_over(plans.gone[step], there), 0, 1)
        grown = homes[step + 1] / homes[step] / (1 + kinds.smaller) ** YEARS
        arriving = plans.people[step]
        room = people @ kinds.heads * grown * left + arriving @ kinds.heads
        # Of a place where everything stays as it is, those who lived in what is demolished leave.
        people = np.where(fixed, people * left[:, None], people)
        people = onwards(
            kinds, country, step + 1, people, buurten.kind, room, arriving=arriving, moving=moving
        )
        if factor is None:
            wanted = country.people[step + 2] / country.people[1] * begin
            still = np.maximum(wanted - people.sum(axis=0, where=~free), 0)
            used.append(_over(still, people.sum(axis=0, where=free)))
        else:
            used.append(factor[step + 1])
        people = np.where(free, people * used[-1], people)
        found.append(people)
    return np.array(found), np.array(used)


def until(kinds: Kinds, country: Country, buurten: Buurten, year: int, moving: float = 1.0) -> np.ndarray:
    """The people of a year, at most the first: from when they were seen in whole steps and a part of one, as the country now."""
    people, to_go = buurten.people.astype(float), year - buurten.seen
    needed = country.people[:2] @ kinds.heads
    grown = np.where(kinds.grows[buurten.kind], needed[1] / needed[0], 1 / (1 + kinds.smaller) ** YEARS)
    for done in range(0, int(max(to_go.max(initial=0), 0)), YEARS):
        part = np.clip((to_go - done) / YEARS, 0, 1)[:, None]
        room = people @ kinds.heads * grown
        after = onwards(kinds, country, 0, people, buurten.kind, room, moving=moving)
        people = (1 - part) * people + part * after
    return people


def rest(kinds: Kinds, country: Country, buurten: Buurten, plans: Plans) -> np.ndarray:
    """By how much the homes of a buurt grow without a plan of its own, shape (years, n), 1 in the first year.

    A gemeente gets as many homes as the country needs for its people, in proportion to what there are now. Of those the plans
    are taken, and the rest goes to the buurten that grow and have no plan, in proportion to their homes. Homes do not
    disappear.
    """
    needed = country.people[1:] @ kinds.heads
    factor = needed / needed[0] * (1 + kinds.smaller) ** (YEARS * np.arange(len(needed)))
    towns = int(buurten.gemeente.max(initial=-1)) + 1

    def by_town(values: np.ndarray) -> np.ndarray:
        return np.bincount(buurten.gemeente, values, minlength=towns)

    free = kinds.grows[buurten.kind] & ~plans.any
    every, growing = by_town(buurten.homes), by_town(np.where(free, buurten.homes, 0.0))
    net = np.array([np.zeros(towns), *map(by_town, plans.net)])
    more = _over(factor[:, None] * every - every - net, np.broadcast_to(growing, net.shape))
    grown = np.maximum.accumulate(1 + np.maximum(more, 0), axis=0)
    return np.where(free, grown[:, buurten.gemeente], 1.0)


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 1e-9)
