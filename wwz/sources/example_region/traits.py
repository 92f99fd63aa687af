"""Per buurt the traits that figures are made of, tied together as they are in the country.

A Gaussian copula: every figure gets a normal score from four hidden scales (ouder, kwetsbaar, stedelijk,
alleenwonend) plus chance, and that score is read off on the national distribution in ``ijking.toml``. So
distributions and correlations come out near the national ones, and the shape of the region decides where
high and low values lie.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from .layout import SCALES, load_table

QUANTILES = np.array([0.05, 0.25, 0.50, 0.75, 0.95])
SCALE_NOISE = (0.55, 0.40, 0.30, 0.40)
SHARED_NOISE = 0.6  # part of the chance that all figures of one block have in common


def weighted_normal_score(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Turn values into standard normal scores by their weighted rank.

    Parameters
    ----------
    values, weights : ndarray, shape (n,)
        Areas with weight 0 get a score but do not shift those of others.

    Returns
    -------
    ndarray, shape (n,)
        Scores whose weighted distribution is standard normal.
    """
    order = np.argsort(values, kind="stable")
    weights = weights[order] + 1e-9
    middle = (np.cumsum(weights) - weights / 2) / weights.sum()
    scores = np.empty(len(values))
    scores[order] = ndtri(middle)
    return scores


def hidden_scales(buurten: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Give each buurt its place on the four scales: its soort plus chance.

    Returns
    -------
    ndarray, shape (n, 4)
        Standard normal when weighted by inhabitants.
    """
    raw = buurten[list(SCALES)].to_numpy() + rng.normal(0, SCALE_NOISE, (len(buurten), len(SCALES)))
    weights = buurten["inwoners"].to_numpy(float)
    return np.stack([weighted_normal_score(column, weights) for column in raw.T], axis=1)


def figures(
    block: str,
    scales: np.ndarray,
    weights: np.ndarray,
    rng: np.random.Generator,
    shared: np.ndarray | None = None,
) -> pd.DataFrame:
    """Draw the figures of one block of ``ijking.toml``.

    Parameters
    ----------
    block : {'bevolking', 'wonen', 'inkomen', 'volwassenen', 'ouderen'}
    scales : ndarray, shape (n, 4)
        From :func:`hidden_scales`.
    weights : ndarray, shape (n,)
        Inhabitants.
    shared : ndarray, shape (n,), optional
        Chance that figures have in common; sign follows the figure's loading on *kwetsbaar*.

    Returns
    -------
    DataFrame, shape (n, figures in the block)
        In the unit of the source (percentages, thousands of euros, per 1000).
    """
    if shared is None:
        shared = rng.normal(0, 1, len(scales))
    columns = {}
    for name, target in load_table("ijking.toml")[block].items():
        loading = np.array(target["lading"])
        sign = np.sign(loading[1]) or 1.0
        noise = SHARED_NOISE * sign * shared + np.sqrt(1 - SHARED_NOISE**2) * rng.normal(0, 1, len(scales))
        score = scales @ loading + np.sqrt(max(0.0, 1 - target["verklaard"])) * noise
        columns[name] = _on_distribution(weighted_normal_score(score, weights), target["kwantielen"])
    return pd.DataFrame(columns)


def _on_distribution(scores: np.ndarray, quantiles: list[float]) -> np.ndarray:
    """Read normal scores off on a distribution given by five quantiles, with tails that stop growing."""
    ticks, values = ndtri(QUANTILES), np.array(quantiles)
    slope_low, slope_high = np.diff(values)[[0, -1]] / np.diff(ticks)[[0, -1]]
    low = np.minimum(scores - ticks[0], 0) * slope_low
    high = np.minimum(np.maximum(scores - ticks[-1], 0), 1.2) * slope_high
    floor = max(0.0, 0.5 * values[0])
    ceiling = 100.0 if values[-1] <= 100 else np.inf  # percentages stay percentages
    return np.clip(np.interp(scores, ticks, values) + low + high, floor, ceiling)
