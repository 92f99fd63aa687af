"""How the people of a buurt grow older: who stays, who comes, and for how many there is room in its homes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wwz.future.kinds import Kinds
from wwz.future.tables import YOUNG_ADULTS


@dataclass(frozen=True)
class Country:
    """The country, which buurten add up to.

    Attributes
    ----------
    years
        The first is where the first step begins (knowledge/toekomst.toml).
    people
        Shape (year, 20), thousands.
    """

    years: tuple[int, ...]
    people: np.ndarray

    def chance(self, step: int) -> np.ndarray:
        """People in a group five years on per person in the group before it."""
        then, before = self.people[step + 1], one_older(self.people[step])
        return np.divide(then, before, out=np.zeros_like(then), where=before > 0)

    def growth(self, step: int) -> np.ndarray:
        """People in a group five years on per person in the same group."""
        return self.people[step + 1] / self.people[step]


@dataclass(frozen=True)
class Buurten:
    """The buurten of now, n of them.

    Attributes
    ----------
    people
        Shape (n, 20), by groups of five years, of the year in `seen`.
    kind, gemeente
        A number each: of the kind in `Kinds`, and of the gemeente.
    homes
        How many homes there are.
    """

    people: np.ndarray
    seen: np.ndarray
    kind: np.ndarray
    gemeente: np.ndarray
    homes: np.ndarray


@dataclass(frozen=True)
class Plans:
    """What is built and demolished, per step after the first year (steps, n): homes, and people in them (steps, n, 20)."""

    built: np.ndarray
    gone: np.ndarray
    people: np.ndarray

    @property
    def any(self) -> np.ndarray:
        """Which buurten have a plan."""
        return (self.built + self.gone).sum(axis=0) > 0

    @property
    def net(self) -> np.ndarray:
        """Homes that have come, less those that have gone, up to and with each step."""
        return np.cumsum(self.built - self.gone, axis=0)


def one_older(people: np.ndarray) -> np.ndarray:
    """Everyone one group on; the last group keeps who was in it."""
    older = np.zeros_like(people)
    older[..., 1:] = people[..., :-1]
    older[..., -1] += people[..., -1]
    return older


def no_plans(buurten: Buurten, steps: int) -> Plans:
    """Nothing is built."""
    n, groups = buurten.people.shape
    return Plans(np.zeros((steps, n)), np.zeros((steps, n)), np.zeros((steps, n, groups)))


def onwards(
    kinds: Kinds,
    country: Country,
    step: int,
    people: np.ndarray,
    which: np.ndarray,
    room: np.ndarray,
    *,
    arriving: np.ndarray | float = 0.0,
    moving: float = 1.0,
) -> np.ndarray:
    """Five years on.

    Who stays grows older, and who leaves is replaced by somebody of the same age; children follow their parents. Who comes is
    as many as there is room for, with those who arrive in new homes as they are.

    Parameters
    ----------
    people, which, room
        Shape (n, 20); kind of each; heads of households that there is room for then.
    arriving
        People in new homes, shape (n, 20).
    moving
        Of who stays this share stays (less than 1: more people move).
    """
    stay = kinds.stay[which] * moving
    staying = stay * country.chance(step) * one_older(people)
    coming = (1 - stay) * np.where(kinds.filled[which], 1.0, country.growth(step)) * people
    coming[:, 0] *= _children(kinds, country, step, people, staying + coming)
    new = arriving @ kinds.heads if isinstance(arriving, np.ndarray) else 0.0
    wanted = _ratio(room - staying @ kinds.heads - new, coming @ kinds.heads, 1.0)
    coming *= np.clip(wanted, 0, kinds.most_coming)[:, None]
    found = staying + coming + arriving
    found *= _ratio(room, found @ kinds.heads, 1.0)[:, None]
    fixed = kinds.fixed[which]
    found[fixed] = (people + arriving)[fixed]
    return found


def _children(kinds: Kinds, country: Country, step: int, people: np.ndarray, then: np.ndarray) -> np.ndarray:
    """By how much more the young adults of a buurt change than those of the country."""
    here = _ratio(then[:, YOUNG_ADULTS].sum(axis=1), people[:, YOUNG_ADULTS].sum(axis=1), 1.0)
    land = country.people[step + 1, YOUNG_ADULTS].sum() / country.people[step, YOUNG_ADULTS].sum()
    return np.clip(here / land, 1 / kinds.most_parents, kinds.most_parents)


def _ratio(above: np.ndarray, below: np.ndarray, empty: float) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(below), empty), where=below > 1e-9)
