"""The areas of a proposal: of all candidates those that together have every buurt once and cost least (HiGHS, in scipy)."""

from __future__ import annotations

import random
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csc_array

from wwz.servicearea.candidates import Candidate, again, first
from wwz.servicearea.price import Price

# Enough to be about as good as it gets; the nodes, and not the clock, end a search, so that a proposal is the same each time.
ROUNDS, PATIENCE, NODES, GAP = 12, 2, 200, 0.01
# For a machine that is busy: no new round after this. A proposal is complete after any round.
SECONDS = 12.0
# Of candidates that are far too dear, none is in the best choice.
MOST = 6_000
# So many, beside single buurten, go to the search for whole areas; what differs less from 0 or 1 than this is whole.
PROMISING, WHOLE = 600, 1e-6
BETTER = 0.995


def partition(price: Price, within: list[int]) -> list[list[int]]:
    """Divide buurten that hang together into areas that hang together; every buurt is in one.

    Parameters
    ----------
    within
        Places of the buurten.
    """
    began, draw = monotonic(), random.Random(len(within))
    pool: dict[Candidate, None] = dict.fromkeys(first(price, within))
    chosen, cost = _best(price, pool, within)
    idle = 0
    for _ in range(ROUNDS):
        before = len(pool)
        pool.update(dict.fromkeys(again(price, chosen, draw)))
        if len(chosen) == 1 and len(pool) == before or idle >= PATIENCE or monotonic() - began > SECONDS:
            break
        better, new = _best(price, pool, within, keep=chosen)
        idle = 0 if new < cost * BETTER else idle + 1
        if new <= cost:
            chosen, cost = better, new
    return [sorted(area) for area in chosen]


def _best(
    price: Price, pool: dict[Candidate, None], within: list[int], keep: list[Candidate] | None = None
) -> tuple[list[Candidate], float]:
    """The choice that costs least; `keep` is one that was found before, and stays possible."""
    candidates = list(pool)
    prices = np.array([price.of(area) for area in candidates])
    if len(candidates) > MOST:
        candidates = _cheapest(price, candidates, prices, keep or [])
        prices = np.array([price.of(area) for area in candidates])
    matrix = _matrix(candidates, within)
    # With parts of areas allowed the answer comes at once, and tells which candidates can be in a good choice.
    relaxed = linprog(prices, A_eq=matrix, b_eq=np.ones(len(within)), bounds=(0, 1), method="highs")
    if relaxed.x is None:
        found = keep or [frozenset([one]) for one in within]
    elif np.abs(relaxed.x - relaxed.x.round()).max() < WHOLE:
        found = [candidates[number] for number in np.flatnonzero(relaxed.x > 0.5)]
    else:
        dear = prices - matrix.T @ relaxed.eqlin.marginals
        found = _whole(price, candidates, np.argsort(dear, kind="stable")[:PROMISING], within, keep)
    return found, sum(price.of(area) for area in found)


def _whole(
    price: Price,
    candidates: list[Candidate],
    promising: np.ndarray,
    within: list[int],
    keep: list[Candidate] | None,
) -> list[Candidate]:
    """The best choice of whole candidates among the promising ones, every single buurt, and what was chosen before."""
    singles = [frozenset([one]) for one in within]
    some = list(dict.fromkeys([*(keep or []), *singles, *(candidates[number] for number in promising)]))
    answer = milp(
        np.array([price.of(area) for area in some]),
        constraints=LinearConstraint(_matrix(some, within), 1, 1),
        integrality=np.ones(len(some)),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    if answer.x is None:
        return keep or singles
    return [some[number] for number in np.flatnonzero(answer.x > 0.5)]


def _matrix(candidates: list[Candidate], within: list[int]) -> csc_array:
    """Which buurt (row) is in which candidate (column)."""
    place = {one: row for row, one in enumerate(within)}
    rows = [place[one] for area in candidates for one in area]
    columns = np.repeat(np.arange(len(candidates)), [len(area) for area in candidates])
    shape = (len(within), len(candidates))
    return csc_array(coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))


def _cheapest(
    price: Price, candidates: list[Candidate], prices: np.ndarray, keep: list[Candidate]
) -> list[Candidate]:
    """Those that cost least for each person in them, beside every single buurt and what was chosen before."""
    people = np.array([max(1.0, price.parts.mensen[list(area)].sum()) for area in candidates])
    order = np.argsort(prices / people, kind="stable")[:MOST]
    singles = [area for area in candidates if len(area) == 1]
    return list(dict.fromkeys([*keep, *singles, *(candidates[number] for number in order)]))
