"""People who are alike in everything that was decided so far, as cells with a count; a decision divides them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True)
class Cells:
    """Cells in the order of their place, so that those of one buurt, and of one age in it, lie beside each other.

    Attributes
    ----------
    place
        Where a cell is in (buurt, age, sex, household), flat.
    frailty
        Its class.
    people
        How many.
    limits, groups, uses
        Limitations, doelgroepen and kinds of support that they use, a bit each.
    """

    place: np.ndarray
    frailty: np.ndarray
    people: np.ndarray
    limits: np.ndarray
    groups: np.ndarray
    uses: np.ndarray

    def those(self, which: np.ndarray) -> Cells:
        """Only some of the cells."""
        return Cells(*(getattr(self, part.name)[which] for part in fields(self)))

    @classmethod
    def beside(cls, several: Sequence[Cells]) -> Cells:
        """The cells of several as one, in that order."""
        return cls(*(np.concatenate([getattr(one, part.name) for one in several]) for part in fields(cls)))

    def divided(self, with_it: np.ndarray, bit: int, what: str) -> Cells:
        """Of each cell so many people get a bit (of limits, groups or uses); the rest stays a cell of its own, before them."""
        twice = (with_it > 0) & (with_it < self.people)
        copies = 1 + twice
        index = np.repeat(np.arange(len(copies)), copies)
        last = np.zeros(len(index), dtype=bool)
        last[np.cumsum(copies) - 1] = True
        taken = last & (with_it > 0)[index]
        people = np.where(taken, with_it[index], (self.people - with_it)[index]).astype(np.int32)
        bits = getattr(self, what)[index]
        bits = np.where(taken, bits | (1 << bit), bits).astype(np.int16)
        kept = {"limits": self.limits, "groups": self.groups, "uses": self.uses}
        others = {name: kept[name][index] for name in kept if name != what}
        return Cells(self.place[index], self.frailty[index], people, **others, **{what: bits})

    def together(self) -> Cells:
        """Cells that differ in their frailty alone become one; before it is known what they use."""
        key = (self.place.astype(np.int64) << 32) | (self.limits.astype(np.int64) << 16) | self.groups
        order = np.argsort(key, kind="stable")
        key, people = key[order], self.people[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        key = key[first]
        return Cells(
            place=(key >> 32).astype(np.int32),
            frailty=np.zeros(len(key), dtype=np.int8),
            people=np.add.reduceat(people, first).astype(np.int32) if len(first) else people,
            limits=((key >> 16) & 0xFFFF).astype(np.int16),
            groups=(key & 0xFFFF).astype(np.int16),
            uses=np.zeros(len(key), dtype=np.int16),
        )


def of_bits(weights: np.ndarray) -> np.ndarray:
    """What every combination of bits adds: from a weight per bit, shape (m,), to shape (2 ** m,)."""
    found = np.zeros(1)
    for weight in weights:
        found = np.concatenate([found, found + weight])
    return found
