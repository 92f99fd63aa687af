"""People who are alike in everything that was decided so far, as cells with a count; a decision divides them."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    limits, groups
        Limitations and doelgroepen, a bit each.
    """

    place: np.ndarray
    frailty: np.ndarray
    people: np.ndarray
    limits: np.ndarray
    groups: np.ndarray

    def divided(self, with_it: np.ndarray, bit: int, what: str) -> Cells:
        """Of each cell so many people get a bit (of limits or groups); the rest stays a cell of its own, before them."""
        twice = (with_it > 0) & (with_it < self.people)
        copies = 1 + twice
        index = np.repeat(np.arange(len(copies)), copies)
        last = np.zeros(len(index), dtype=bool)
        last[np.cumsum(copies) - 1] = True
        taken = last & (with_it > 0)[index]
        people = np.where(taken, with_it[index], (self.people - with_it)[index]).astype(np.int32)
        bits = getattr(self, what)[index]
        bits = np.where(taken, bits | (1 << bit), bits).astype(np.int16)
        new = Cells(self.place[index], self.frailty[index], people, self.limits[index], self.groups[index])
        return replace(new, **{what: bits})

    def together(self) -> Cells:
        """Cells that differ in their frailty alone become one."""
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
        )
