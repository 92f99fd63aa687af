"""In one gemeente the buurten lie further from the model than in another: how wide its margins are, and what that brings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

# A gemeente is judged from so many buurten on, and against this part of them within the margin.
BUURTEN, WANTED = 20, 0.75


def widths(ratio: np.ndarray, gemeente: np.ndarray, rules: dict[str, Any]) -> np.ndarray:
    """How much wider the margin of each buurt is because of the others of its gemeente; its own error does not count.

    Parameters
    ----------
    ratio
        Error divided by half the width of the margin, shape (n,).
    gemeente
        Number of the gemeente, shape (n,).
    rules
        dekking, gemeente_mee and uitschieter of model.toml.

    Returns
    -------
    numpy.ndarray
        Shape (n,); as figures/33_schatting_cijfer.sql does it, there for buurten that have no figure themselves.
    """
    point = stats.norm.ppf((1 + rules["dekking"]) / 2)
    square = np.minimum((point * ratio) ** 2, rules["uitschieter"])
    total, number = np.bincount(gemeente, square), np.bincount(gemeente)
    others, count = total[gemeente] - square, number[gemeente] - 1
    return np.sqrt((rules["gemeente_mee"] + others) / (rules["gemeente_mee"] + count))


def coverage(ratio: np.ndarray, gemeente: np.ndarray, rules: dict[str, Any]) -> dict[str, float]:
    """Coverage per gemeente of many buurten, with one width everywhere (gelijk) and with a width per gemeente (eigen).

    Returns
    -------
    dict
        gemeenten, and for both: dekking (of all buurten), laagste (of a gemeente) and onder (how many gemeenten lie below
        `WANTED`).
    """
    found: dict[str, float] = {}
    for name, inside in (
        ("gelijk", np.abs(ratio) <= 1),
        ("eigen", np.abs(ratio) <= widths(ratio, gemeente, rules)),
    ):
        by = pd.Series(inside).groupby(gemeente).agg(["mean", "size"])
        large = by.loc[by["size"] >= BUURTEN, "mean"]
        found |= {
            "gemeenten": len(large),
            f"dekking_{name}": float(inside.mean()),
            f"laagste_{name}": float(large.min()) if len(large) else float("nan"),
            f"onder_{name}": int((large < WANTED).sum()),
        }
    return found
