"""A bound on what any choice of sites can reach, by Lagrangian relaxation of the maximal covering problem.

Of every place it is dropped that it only counts when a chosen site reaches it; instead each site earns a price per
place. For any prices the relaxed answer is at least as good as the best real one; the prices that make it lowest are
sought by subgradient steps. Method: Galvão & ReVelle (1996), A Lagrangean heuristic for the maximal covering problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

STEPS = 150
PATIENCE = 8
START, SMALLEST = 1.0, 0.01


@dataclass(frozen=True)
class Limit:
    """No choice reaches more than `bound`, and none with candidate j more than `with_it[j]`; `choice` is a good one."""

    bound: float
    with_it: np.ndarray
    choice: list[int]


def lagrange(matrix: csr_array, people: np.ndarray, count: int, found: float) -> Limit:
    """The lowest bound found.

    Parameters
    ----------
    matrix
        Shape (candidates, places): 1 where the candidate reaches the place.
    people
        Shape (places,).
    count
        Number of sites, fewer than the candidates or as many.
    found
        People that some choice reaches.
    """
    price, bound, stride, waiting = people.astype(float).copy(), np.inf, START, 0
    with_it, choice, most = np.full(matrix.shape[0], np.inf), [], 0.0
    for _ in range(STEPS):
        earns = matrix @ price
        order = np.argpartition(-earns, count - 1)
        top, rest = order[:count], order[count:]
        value = float((people - price).sum() + earns[top].sum())
        with_it[rest] = np.minimum(with_it[rest], value - earns[top].min() + earns[rest])
        waiting = 0 if value < bound * (1 - 1e-6) else waiting + 1
        bound = min(bound, value)
        times = matrix[top].sum(axis=0)
        reached = float(people[times > 0].sum())
        if reached > most:
            choice, most = [int(j) for j in top], reached
        if waiting >= PATIENCE:
            stride, waiting = stride / 2, 0
        # Reached more than once: its price is too high. Not reached: too low.
        excess = times - 1.0
        excess[(excess < 0) & (price >= people)] = 0.0
        length = float(excess @ excess)
        if stride < SMALLEST or length == 0 or bound <= max(found, most) * (1 + 1e-9):
            break
        price = np.clip(price - stride * (value - max(found, most)) / length * excess, 0, people)
    return Limit(bound, np.minimum(with_it, bound), choice)
