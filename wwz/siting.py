"""Where does one more voorziening reach most people? Maximal covering: greedy, then exactly, with the gap between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.spatial import cKDTree

SECONDS = 5.0
CELL_M = 100
MOST_CANDIDATES = 400


@dataclass(frozen=True)
class Sites:
    """The outcome of a search.

    Attributes
    ----------
    places
        Shape (n, 2), RD metres, the one that reaches most people first.
    people
        People brought within reach by all places together.
    greedy
        The same for the greedy choice: one after another, each time the best.
    gap
        How far the outcome may at most be from the best possible, as a part (0 is proven best).
    """

    places: np.ndarray
    people: float
    greedy: float
    gap: float


def covered(places: np.ndarray, sites: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Whether each place has a site within its own reach.

    Parameters
    ----------
    places, sites
        Shape (n, 2) and (m, 2), RD metres.
    reach
        Shape (n,): straight-line metres, the norm divided by the detour of the place.
    """
    if not len(sites):
        return np.zeros(len(places), dtype=bool)
    return cKDTree(sites).query(places)[0] <= reach


def best_sites(places: np.ndarray, people: np.ndarray, reach: np.ndarray, count: int) -> Sites:
    """The sites that bring most people within reach, among candidates spread over where these people live.

    Parameters
    ----------
    places, people, reach
        Where people live who have nothing within reach now: shape (n, 2), (n,) and (n,).
    count
        Number of sites.

    Returns
    -------
    Sites
        Never fewer people than the greedy choice.
    """
    places, people, reach = _cells(places, people, reach)
    candidates = _candidates(places, people)
    matrix = _coverage(places, candidates, reach)
    return choose(matrix, people, candidates, count)


def choose(matrix: csr_array, people: np.ndarray, candidates: np.ndarray, count: int) -> Sites:
    """Choose among candidates.

    Parameters
    ----------
    matrix
        Shape (candidates, places): 1 where the candidate reaches the place.
    """
    count = min(count, len(candidates))
    if count == 0 or not people.sum():
        return Sites(np.empty((0, 2)), 0.0, 0.0, 0.0)
    first = _greedy(matrix, people, count)
    greedy = _reached(matrix, people, first)
    # Of one site the greedy choice is the best one.
    exact, bound = _exact(matrix, people, count) if count > 1 else (first, greedy)
    better = exact if exact and _reached(matrix, people, exact) > greedy else first
    found = _reached(matrix, people, better)
    gap = max(0.0, (bound - found) / bound) if bound > 0 else 0.0
    order = _by_gain(matrix, people, better)
    return Sites(candidates[order], found, greedy, gap if gap > 1e-6 else 0.0)


def _reached(matrix: csr_array, people: np.ndarray, chosen: list[int]) -> float:
    return float(people[matrix[chosen].sum(axis=0) > 0].sum()) if chosen else 0.0


def _greedy(matrix: csr_array, people: np.ndarray, count: int) -> list[int]:
    left, chosen = people.astype(float).copy(), []
    for _ in range(count):
        gain = matrix @ left
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best)
        left[matrix[[best]].indices] = 0
    return chosen


def _by_gain(matrix: csr_array, people: np.ndarray, chosen: list[int]) -> list[int]:
    return [chosen[i] for i in _greedy(matrix[chosen], people, len(chosen))]


def _exact(matrix: csr_array, people: np.ndarray, count: int) -> tuple[list[int], float]:
    """The best choice that HiGHS finds in time, and a bound that no choice exceeds."""
    sites, places = matrix.shape
    # A place counts only when a chosen site reaches it: y <= sum of x over the sites that do.
    reach = hstack([-matrix.T, eye_array(places)])
    number = csr_array(np.concatenate([np.ones(sites), np.zeros(places)])[None, :])
    answer = milp(
        c=np.concatenate([np.zeros(sites), -people]),
        constraints=LinearConstraint(vstack([reach, number]), -np.inf, np.append(np.zeros(places), count)),
        # With whole sites the places come out whole by themselves.
        integrality=np.concatenate([np.ones(sites), np.zeros(places)]),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS},
    )
    bound = float(people.sum()) if answer.mip_dual_bound is None else -float(answer.mip_dual_bound)
    if answer.x is None:
        return [], bound
    return [int(i) for i in np.flatnonzero(answer.x[:sites] > 0.5)], bound


def _cells(places: np.ndarray, people: np.ndarray, reach: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Neighbours together: one place per cell of 100 metres, at the middle of its people, with the shortest reach."""
    _, at = np.unique(np.floor(places / CELL_M).astype(int), axis=0, return_inverse=True)
    total = np.bincount(at, people)
    middle = np.column_stack([np.bincount(at, people * places[:, axis]) for axis in (0, 1)])
    shortest = np.full(len(total), np.inf)
    np.minimum.at(shortest, at, reach)
    kept = total > 0
    return middle[kept] / total[kept, None], total[kept], shortest[kept]


def _candidates(places: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Where the people live themselves; with too many places, those with most people."""
    if len(places) <= MOST_CANDIDATES:
        return places
    return places[np.argsort(-people, kind="stable")[:MOST_CANDIDATES]]


def _coverage(places: np.ndarray, candidates: np.ndarray, reach: np.ndarray) -> csr_array:
    if not len(places):
        return csr_array((0, 0))
    near = cKDTree(candidates).query_ball_point(places, reach)
    columns = np.repeat(np.arange(len(places)), [len(n) for n in near])
    rows = np.concatenate([np.asarray(n, dtype=int) for n in near])
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(candidates), len(places)))
