"""Weighted ridge regression on the logit scale; the terms are those of sql/figures/30_kenmerk.sql."""

from __future__ import annotations

import numpy as np

from wwz.model.logit import expit, logit
from wwz.model.monotone import climb


def terms(z: np.ndarray, squares: bool, around: np.ndarray | None = None) -> np.ndarray:
    """A 1, the features, (with squares) all products of two features, and the surroundings.

    Parameters
    ----------
    z
        Features in standard deviations from the mean, shape (n, k).
    around
        Means of features over the wijk and the gemeente, likewise, shape (n, s).

    Returns
    -------
    numpy.ndarray
        Shape (n, 1 + k [+ k(k+1)/2] + s), in the order of the macro ``termen``.
    """
    parts = [np.ones((len(z), 1)), z]
    if squares:
        parts += [z[:, i : i + 1] * z[:, i:] for i in range(z.shape[1])]
    return np.hstack(parts if around is None else [*parts, around])


def term_names(features: list[str], squares: bool, around: list[str]) -> list[str]:
    """Names of the columns of `terms`."""
    pairs = [f"{a}*{b}" for i, a in enumerate(features) for b in features[i:]] if squares else []
    return ["1", *features, *pairs, *around]


def standardise(x: np.ndarray, centre: np.ndarray, scale: np.ndarray, limit: float) -> np.ndarray:
    """Raw features → standard deviations from the mean, not further than `limit`."""
    return np.clip((x - centre) / scale, -limit, limit)


def fit(
    phi: np.ndarray, share: np.ndarray, people: np.ndarray, damping: float, slopes: np.ndarray | None = None
) -> np.ndarray:
    """Coefficients that predict the logit of a share.

    Parameters
    ----------
    phi
        Terms, shape (n, m).
    share, people
        Published share (0-1, not 0 or 1) and its denominator, shape (n,). A buurt weighs with its people times
        p(1-p): then an error counts as it does on the scale of the share itself.
    damping
        Ridge penalty per term in units of its own spread; the constant is free.
    slopes
        Changes of the terms that may not lower the logit, shape (s, m) (see `monotone.climb`).

    Returns
    -------
    numpy.ndarray
        Shape (m,).
    """
    weight = people * share * (1 - share)
    weight = weight / weight.mean()
    rest = phi[:, 1:]
    mean = np.average(rest, axis=0, weights=weight)
    spread = np.sqrt(np.average((rest - mean) ** 2, axis=0, weights=weight))
    spread[spread == 0] = 1
    x = (rest - mean) / spread
    y = logit(share)
    level = np.average(y, weights=weight)
    normal = (x * weight[:, None]).T @ x + damping * np.eye(x.shape[1])
    slope = np.linalg.solve(normal, (x * weight[:, None]).T @ (y - level))
    if slopes is not None and len(slopes):
        slope = climb(normal, slope, slopes[:, 1:] / spread)
    slope = slope / spread
    return np.concatenate([[level - mean @ slope], slope])


def anchor(eta: np.ndarray, people: np.ndarray, group: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Shift the logits of each group so that its weighted mean share becomes the published one.

    Parameters
    ----------
    eta, people, group
        Logits, denominators and number of the group (0 … g-1), shape (n,).
    total
        Published share per group (0-1), shape (g,); NaN leaves the group as it is.

    Returns
    -------
    numpy.ndarray
        Shifted logits, shape (n,). The same Newton steps as the macro ``verschuiving``.
    """
    shift = np.zeros(len(total))
    # A group of nobody has no mean, and stays as it is.
    size = np.maximum(np.bincount(group, people, len(total)), 1e-9)
    for _ in range(12):
        share = expit(eta + shift[group])
        gap = total - np.bincount(group, share * people, len(total)) / size
        slope = np.maximum(np.bincount(group, share * (1 - share) * people, len(total)) / size, 1e-9)
        shift += np.nan_to_num(np.clip(gap / slope, -1, 1))
    return eta + shift[group]
