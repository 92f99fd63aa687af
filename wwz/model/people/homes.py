"""The people of every buurt by age, sex and household: whole people, as many of each as was counted."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from wwz.model.people.recipe import ALONE, INSTITUTION, TOGETHER, Recipe
from wwz.model.people.whole import rounded

STEPS = 12
MOST = 0.95


def people(known: Recipe, buurten: pd.DataFrame, home: np.ndarray) -> np.ndarray:
    """Whole people, shape (buurt, age, sex, household).

    Parameters
    ----------
    buurten
        Per buurt its people by age (columns `leeftijd_` and a code of an age), and what the CBS counts of all: the share of women
        (vrouwen) and the households of one person (eenpersoons). Missing where it is not known: then the country's shares hold.
    home
        The share (0-1) of each age that lives at home, shape (buurt, age).
    """
    counts = rounded(known.people(buurten))
    women = rounded(counts * _towards(known.women, counts, _share(buurten["vrouwen"], counts)))
    women = np.minimum(women, counts)
    by_sex = np.stack([counts - women, women], axis=2)
    inside = np.minimum(rounded_in(by_sex * (1 - home[:, :, None])), by_sex)
    there = by_sex - inside
    wanted = buurten["eenpersoons"].to_numpy(float)
    alone = np.minimum(rounded_in(there * _alone(known, there, wanted)), there)
    found = np.zeros((*by_sex.shape, 3), dtype=np.int32)
    found[..., ALONE], found[..., TOGETHER], found[..., INSTITUTION] = alone, there - alone, inside
    return found


def rounded_in(shares: np.ndarray) -> np.ndarray:
    """Whole people of (buurt, age, sex), over the row of all ages and sexes."""
    return rounded(shares.reshape(len(shares), math.prod(shares.shape[1:]))).reshape(shares.shape)


def _share(column: pd.Series, counts: np.ndarray) -> np.ndarray:
    return column.to_numpy(float) * counts.sum(axis=1)


def _alone(known: Recipe, home: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    flat = _towards(known.alone.reshape(-1), home.reshape(len(home), known.alone.size), wanted)
    return flat.reshape(home.shape)


def _towards(shares: np.ndarray, counts: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The shares with all odds as many times as large as gives the wanted number of people; as they are where that is unknown."""
    odds = shares / np.maximum(1e-9, 1 - shares)
    factor = np.ones(len(counts))
    most = MOST * (counts * (shares > 0)).sum(axis=1)
    target = np.clip(wanted, 0, most)
    for _ in range(STEPS):
        share = factor[:, None] * odds / (1 + factor[:, None] * odds)
        now = (counts * share).sum(axis=1)
        slope = (counts * share * (1 - share)).sum(axis=1)
        step = np.divide(
            target - now, slope, out=np.zeros(len(now)), where=(slope > 1e-9) & np.isfinite(target)
        )
        factor *= np.exp(np.clip(step, -1.5, 1.5))
    return factor[:, None] * odds / (1 + factor[:, None] * odds)
