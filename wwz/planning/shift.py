"""What changes do: who comes within reach, and who loses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.own.plans import Change
from wwz.planning.situation import AGES, Situation


@dataclass(frozen=True)
class Shift:
    """What changes do, per buurt: parts of its people (0 to 1) that come within reach or lose it.

    Attributes
    ----------
    gained, lost
        Per age, shape (3, buurten): with the detour as measured, larger and smaller.
    reached
        Shape (n,): which places have it within reach afterwards.
    """

    situation: Situation
    gained: Mapping[str, np.ndarray]
    lost: Mapping[str, np.ndarray]
    reached: np.ndarray

    @property
    def touched(self) -> np.ndarray:
        """Per buurt whether anything changes at all."""
        return sum(part.sum(axis=0) for age in AGES for part in (self.gained[age], self.lost[age])) > 0

    def within(self, age: str) -> pd.DataFrame:
        """Parts of each buurt within reach after the changes: columns binnen, onder, boven."""
        before, net = self.situation.within(age).to_numpy().T, self.gained[age] - self.lost[age]
        binnen, onder, boven = np.clip(before + [net[0], net.min(axis=0), net.max(axis=0)], 0, 1)
        return pd.DataFrame(
            {"binnen": binnen, "onder": np.minimum(onder, binnen), "boven": np.maximum(boven, binnen)}
        )


def shift(found: Situation, changes: Sequence[Change]) -> Shift:
    """What changes do for this norm."""
    after = found.distances(changes)
    was, becomes = found.now <= found.reaches, after <= found.reaches
    gained = {
        age: np.array([found.per_buurt(b & ~w, age) for w, b in zip(was, becomes, strict=True)])
        for age in AGES
    }
    lost = {
        age: np.array([found.per_buurt(w & ~b, age) for w, b in zip(was, becomes, strict=True)])
        for age in AGES
    }
    return Shift(found, gained, lost, becomes[0])
