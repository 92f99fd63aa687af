"""Where do new voorzieningen reach most people? Maximal covering with a proof of how good the answer is.

1. People are taken together per cell where there are many, and places that the same candidates reach count as one.
2. Greedy, improved by swapping: an answer that is usually the best one.
3. A Lagrangian bound: no answer reaches more. It also shows which candidates cannot be in a better answer.
4. HiGHS on the few candidates that are left closes the gap, or says how large it still may be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.spatial import cKDTree

from wwz.planning.bound import lagrange

SECONDS = 0.25
CELL_M = 100
# More pairs of a place and a candidate than this take seconds. People are then taken together in cells that are small beside the
# reach: a site that just reaches a cell reaches nearly all of its people.
MOST_PAIRS = 1_500_000
CELLS_IN_REACH = 8
# A candidate on every cell of a city costs seconds and wins nothing: neighbours reach the same people.
MOST_CANDIDATES = 4000
# A tenth of a person is not a better answer.
TOLERANCE = 0.1


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
        How many more people another choice may at most reach, as a part of those reached now (0 is proven best).
    """

    places: np.ndarray
    people: float
    greedy: float
    gap: float


def best_sites(places: np.ndarray, people: np.ndarray, reach: np.ndarray, count: int) -> Sites:
    """The sites that bring most people within reach, among candidates spread over where these people live.

    Parameters
    ----------
    places, people, reach
        Where people live who have nothing within reach now: shape (n, 2), (n,) and (n,); reach in straight metres.
    count
        Number of sites.

    Returns
    -------
    Sites
        Never fewer people than the greedy choice.
    """
    matrix, counts, candidates = _question(places, people, reach)
    return choose(matrix, counts, candidates, count)


def best_singles(places: np.ndarray, people: np.ndarray, reach: np.ndarray, most: int) -> np.ndarray:
    """The candidates that each by themselves reach most people, best first: shape (n, 2), RD metres. As `best_sites`."""
    matrix, counts, candidates = _question(places, people, reach)
    alone = matrix @ counts
    return candidates[np.argsort(-alone, kind="stable")[:most]]


def cell_m(reach: np.ndarray) -> float:
    """Width in metres of the cells in which people are taken together, for the reach of every place (n,); 0 when they are not."""
    pairs = np.pi * (reach / CELL_M) ** 2
    if pairs.sum() <= MOST_PAIRS:
        return 0.0
    return float(min(CELL_M, reach[reach > 0].min() / CELLS_IN_REACH))


def _question(
    places: np.ndarray, people: np.ndarray, reach: np.ndarray
) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Which candidates reach which cells (candidates, cells), people by cell (cells,), and the candidates (n, 2)."""
    middles, total, _ = _cells(places, people, reach, CELL_M)
    candidates = _candidates(middles, total)
    size = cell_m(reach)
    if size:
        places, people, reach = _cells(places, people, reach, size)
    return _coverage(places, candidates, reach), people, candidates


def choose(
    matrix: csr_array,
    people: np.ndarray,
    candidates: np.ndarray,
    count: int,
    *,
    seconds: float = SECONDS,
    swap: bool = True,
) -> Sites:
    """Choose among candidates.

    Parameters
    ----------
    matrix
        Shape (candidates, places): 1 where the candidate reaches the place.
    people
        Shape (places,).
    seconds
        For what is left to the solver.
    swap
        Whether the first answer is improved by swapping; without that more is left to the solver.
    """
    count = min(count, len(candidates))
    if count == 0 or not people.sum():
        return Sites(np.empty((0, 2)), 0.0, 0.0, 0.0)
    matrix, people = merged(matrix, people)
    first = _greedy(matrix, people, count)
    greedy = _reached(matrix, people, first)
    # Of one site the greedy choice is the best one.
    chosen, bound = (first, greedy) if count == 1 else _proven(matrix, people, count, first, seconds, swap)
    found = _reached(matrix, people, chosen)
    gap = max(0.0, bound - found) / found if found > 0 else 0.0
    order = _by_gain(matrix, people, chosen)
    return Sites(candidates[order], found, greedy, gap if bound - found > TOLERANCE else 0.0)


def merged(matrix: csr_array, people: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """The same question with one place for all places that the same candidates reach; those out of reach left out."""
    by_place = matrix.tocsc()
    marks = np.random.default_rng(1).integers(1, 2**63, matrix.shape[0], dtype=np.uint64)
    sums = np.zeros(matrix.shape[1], dtype=np.uint64)
    inside = np.diff(by_place.indptr) > 0
    if inside.any():
        # Two sets of candidates share a sum of random marks with a chance of one in 10^18.
        sums[inside] = np.add.reduceat(marks[by_place.indices], by_place.indptr[:-1][inside])
    _, first, at = np.unique(sums, return_index=True, return_inverse=True)
    total = np.bincount(at, people)
    kept = inside[first] & (total > 0)
    return by_place[:, first[kept]].tocsr(), total[kept]


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


def _swapped(matrix: csr_array, people: np.ndarray, chosen: list[int]) -> list[int]:
    """Replace one site by a better one, for as long as that helps."""
    times, chosen = matrix[chosen].sum(axis=0), list(chosen)
    improved = True
    while improved:
        improved = False
        for spot, site in enumerate(chosen):
            others = times.copy()
            others[matrix[[site]].indices] -= 1
            gain = matrix @ np.where(others > 0, 0.0, people)
            best = int(gain.argmax())
            if gain[best] > gain[site] + TOLERANCE / 10:
                others[matrix[[best]].indices] += 1
                chosen[spot], times, improved = best, others, True
    return chosen


def _by_gain(matrix: csr_array, people: np.ndarray, chosen: list[int]) -> list[int]:
    return [chosen[i] for i in _greedy(matrix[chosen], people, len(chosen))]


def _proven(
    matrix: csr_array, people: np.ndarray, count: int, first: list[int], seconds: float, swap: bool
) -> tuple[list[int], float]:
    """The best choice found, and a bound that no choice exceeds."""
    if len(first) < count:
        return first, _reached(matrix, people, first)  # everyone who can be reached is reached
    chosen = _swapped(matrix, people, first) if swap else first
    limit = lagrange(matrix, people, count, _reached(matrix, people, chosen))
    other = _swapped(matrix, people, limit.choice) if swap else limit.choice
    chosen = max(chosen, other, key=lambda sites: _reached(matrix, people, sites))
    found = _reached(matrix, people, chosen)
    if limit.bound <= found + TOLERANCE:
        return chosen, max(limit.bound, found)
    # Candidates that are in no better answer are left out; so what the others can do at most is the bound for all.
    left = np.flatnonzero(limit.with_it > found)
    exact, bound = (
        _exact(*merged(matrix[left], people), count, seconds) if len(left) >= count else ([], found)
    )
    better = [int(left[i]) for i in exact]
    if _reached(matrix, people, better) > found:
        chosen = better
    return chosen, min(limit.bound, max(bound, _reached(matrix, people, chosen)))


def _exact(matrix: csr_array, people: np.ndarray, count: int, seconds: float) -> tuple[list[int], float]:
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
        options={"time_limit": seconds},
    )
    bound = float(people.sum()) if answer.mip_dual_bound is None else -float(answer.mip_dual_bound)
    if answer.x is None:
        return [], bound
    return [int(i) for i in np.flatnonzero(answer.x[:sites] > 0.5)], bound


def _cells(
    places: np.ndarray, people: np.ndarray, reach: np.ndarray, size: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Neighbours together: one place per cell of `size` metres, at the middle of its people, with the shortest reach."""
    _, at = np.unique(np.floor(places / size).astype(int), axis=0, return_inverse=True)
    total = np.bincount(at, people)
    middle = np.column_stack([np.bincount(at, people * places[:, axis]) for axis in (0, 1)])
    shortest = np.full(len(total), np.inf)
    np.minimum.at(shortest, at, reach)
    kept = total > 0
    return middle[kept] / total[kept, None], total[kept], shortest[kept]


def _candidates(places: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Where the people live themselves; with too many places, the one with most people of each block of cells."""
    size = CELL_M
    while len(places) > MOST_CANDIDATES:
        size += CELL_M / 4
        order = np.argsort(-people, kind="stable")
        _, first = np.unique(np.floor(places[order] / size).astype(int), axis=0, return_index=True)
        kept = np.sort(order[first])
        places, people = places[kept], people[kept]
    return places


def _coverage(places: np.ndarray, candidates: np.ndarray, reach: np.ndarray) -> csr_array:
    if not len(places):
        return csr_array((0, 0))
    near = cKDTree(candidates).query_ball_point(places, reach)
    sizes = np.fromiter(map(len, near), dtype=int, count=len(near))
    rows = np.concatenate([np.asarray(n, dtype=int) for n in near])
    columns = np.repeat(np.arange(len(places)), sizes)
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(candidates), len(places)))
