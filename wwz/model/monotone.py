"""Coefficients that never let an older or poorer buurt be less limited: least squares under inequalities."""

from __future__ import annotations

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import nnls

# Per round the worst places are added as inequalities, until none is left.
ADDED, ROUNDS = 60, 60
# Strictly rising by so much per step, so that writing the coefficients in 8 digits cannot turn the sign.
LEAST_RISE = 1e-6


def climb(normal: np.ndarray, free: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The coefficients nearest to the free ones under which no slope is negative.

    Parameters
    ----------
    normal
        Matrix of the least-squares problem, shape (m, m): nearness is measured with it, so the fit suffers as
        little as can be.
    free
        Coefficients without inequalities, shape (m,).
    slopes
        One row per place and direction, shape (n, m): slopes @ coefficients is how the logit changes there.

    Returns
    -------
    numpy.ndarray
        Shape (m,).

    Raises
    ------
    ArithmeticError
        When no coefficients satisfy all inequalities.
    """
    lower = np.linalg.cholesky(normal)
    start = lower.T @ free
    found, active = free, np.zeros(0, int)
    for _ in range(ROUNDS):
        rise = slopes @ found
        worst = np.argsort(rise, kind="stable")[:ADDED]
        worst = worst[rise[worst] < LEAST_RISE / 2]
        if not len(worst):
            return found
        active = np.union1d(active, worst)
        rows = solve_triangular(lower, slopes[active].T, lower=True).T
        shift = _least_distance(rows, LEAST_RISE - rows @ start)
        found = solve_triangular(lower.T, start + shift, lower=False)
    raise ArithmeticError("De kenmerken laten geen stijgend model toe.")


def _least_distance(rows: np.ndarray, least: np.ndarray) -> np.ndarray:
    """The shortest u with rows @ u >= least (Lawson and Hanson 1974, chapter 23)."""
    # A row is as true when it is multiplied; of equal size they are better to solve.
    size = np.linalg.norm(rows, axis=1)
    size[size == 0] = 1
    system = np.vstack([(rows / size[:, None]).T, least / size])
    target = np.zeros(len(system))
    target[-1] = 1
    weights, _ = nnls(system, target, maxiter=50 * system.shape[1])
    rest = system @ weights - target
    if abs(rest[-1]) < 1e-12:
        raise ArithmeticError("De kenmerken laten geen stijgend model toe.")
    return -rest[:-1] / rest[-1]
