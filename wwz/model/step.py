"""One step of the ladder on one set of buurten: its terms, and what may not lower the estimate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wwz.model import regression
from wwz.model.tables import surroundings
from wwz.model.training import Training

# So far (part of a step) to either side of a place we look which features move.
BESIDE = 1e-9


@dataclass(frozen=True)
class Step:
    """One trede on one training set: its terms, which buurten can take part, and what may not lower the estimate.

    Attributes
    ----------
    phi
        Terms, shape (n, m).
    usable
        Buurten with every feature, shape (n,).
    slopes
        Per direction of `stijgt` how the terms change where the model is fitted, shape (s, m).
    """

    trede: dict[str, Any]
    data: Training
    phi: np.ndarray
    usable: np.ndarray
    slopes: dict[str, np.ndarray]

    def rising(self, indicator: str, known: dict[str, Any]) -> np.ndarray:
        """Changes of the terms that may not lower this indicator, shape (s, m)."""
        which = [self.slopes[d["naam"]] for d in known["stijgt"] if indicator in d["indicatoren"]]
        return np.vstack(which) if which else np.zeros((0, self.phi.shape[1]))


def make_step(trede: dict[str, Any], data: Training, scales: pd.DataFrame, known: dict[str, Any]) -> Step:
    """Terms of one trede; `scales` has columns midden and schaal, index kenmerk; `known` is model.toml."""
    own, around = trede["kenmerken"], surroundings(trede, known)
    names, limit = [*own, *around], known["model"]["hooguit"]
    raw = data.kenmerken.reindex(columns=names).to_numpy(float).reshape(len(data.buurten), len(names))
    usable = np.isfinite(raw).all(axis=1)
    at = scales.reindex(names)
    free = regression.standardise(
        np.where(np.isfinite(raw), raw, 0.0), at["midden"].to_numpy(), at["schaal"].to_numpy(), np.inf
    )
    z = np.clip(free, -limit, limit)
    mine, theirs = z[:, : len(own)], z[:, len(own) :]
    fitted = usable & (data.buurten["inwoners"].to_numpy() >= known["model"]["ijken_vanaf"])
    slopes = {
        d["naam"]: _slopes(
            free[fitted, : len(own)], theirs.shape[1], _direction(d, own, scales), trede["kwadraat"], limit
        )
        for d in known["stijgt"]
    }
    return Step(trede, data, regression.terms(mine, trede["kwadraat"], theirs), usable, slopes)


def _direction(known: dict[str, Any], names: list[str], scales: pd.DataFrame) -> np.ndarray:
    """One step of `stijgt` in standard deviations per feature, shape (k,)."""
    return np.array([known["stap"].get(name, 0.0) / scales.loc[name, "schaal"] for name in names])


def _slopes(z: np.ndarray, around: int, step: np.ndarray, squares: bool, limit: float) -> np.ndarray:
    """How the terms change along a step from each buurt, at both ends of every stretch; shape (at least 0, m).

    The terms are of the second degree, so the difference over a step to both sides is the slope itself, and between two
    places with a rising slope it rises too. `z` has not been cut off at the limit yet.
    """
    if not step.any():
        return np.zeros((0, regression.terms(z[:1], squares).shape[1] + around))
    rows = []
    for place, moving in _ends(z, step, limit):
        change = (regression.terms(place + moving, squares) - regression.terms(place - moving, squares)) / 2
        rows.append(np.hstack([change, np.zeros((len(place), around))])[moving.any(axis=1)])
    return np.vstack(rows)


def _ends(z: np.ndarray, step: np.ndarray, limit: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Both ends of each stretch of the way, and which features move there.

    A feature beyond its limit stands still. So the way from each buurt has a new stretch wherever one reaches its limit.
    """
    everyone = np.arange(len(z))
    ends = [(everyone, np.zeros(len(z)), BESIDE), (everyone, np.ones(len(z)), -BESIDE)]
    for number in np.flatnonzero(step):
        for bound in (-limit, limit):
            part = (bound - z[:, number]) / step[number]
            there = np.flatnonzero((part > 0) & (part < 1))
            ends += [(there, part[there], -BESIDE), (there, part[there], BESIDE)]
    for buurten, part, side in ends:
        beside = z[buurten] + (part + side)[:, None] * step
        yield (
            np.clip(z[buurten] + part[:, None] * step, -limit, limit),
            np.where(np.abs(beside) < limit, step, 0.0),
        )
