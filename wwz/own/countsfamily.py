"""Which subjects of a municipality belong together, because one is the sum of others.

A count that is hidden must not follow from another subject: 18+ is 18-65 and 65+ together, and a total is the sum of its
parts. Subjects of one family are hidden in the same areas, so that no sum or difference between them says anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np
import pandas as pd

# A sum of so many parts is recognised, where it holds in this part of the areas.
MOST_PARTS = 3
HOLDS_IN = 0.8
FEWEST_AREAS = 3
GEMEENTE = 6  # signs of a code: GM0518
MOST_SUBJECTS = 10


class Count(Protocol):
    """The fields of a count that matter here."""

    onderwerp: str
    doel: str
    gebied: str
    aantal: int
    jaar: int


def families(counts: Sequence[Count], layers: Mapping[str, str]) -> dict[str, str]:
    """The family of every subject.

    Parameters
    ----------
    layers
        Catalogue code → layer; age groups share a layer, and all doelgroepen are one family.

    Returns
    -------
    dict
        Subject → name of its family (the first subject in it).
    """
    subjects = list(dict.fromkeys(c.onderwerp for c in counts))
    parent = {s: s for s in subjects}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)), key=subjects.index)
        parent[second] = first

    by_kind: dict[str, str] = {}
    for count in counts:
        if count.doel:
            kind = "doelgroepen" if count.doel.startswith("dg_") else layers.get(count.doel, count.doel)
            join(by_kind.setdefault(kind, count.onderwerp), count.onderwerp)
    for whole, parts in _sums(counts, subjects):
        for part in parts:
            join(whole, part)
    return {s: root(s) for s in subjects}


def _sums(counts: Sequence[Count], subjects: list[str]):
    """Subjects that are the sum of others in nearly every area, at the coarsest level both have."""
    if not 2 <= len(subjects) <= MOST_SUBJECTS:
        # With more than that every combination takes too long: then all of them are one family.
        if len(subjects) > MOST_SUBJECTS:
            yield subjects[0], tuple(subjects[1:])
        return
    for width in (10, 8, 6):
        wide = _wide(counts, width)
        values = {name: wide[name].to_numpy() for name in wide.columns}
        fewest = 1 if width == GEMEENTE else FEWEST_AREAS
        for whole in values:
            others = [s for s in values if s != whole]
            for size in range(1, min(MOST_PARTS, len(others)) + 1):
                for parts in combinations(others, size):
                    gap = values[whole] - sum(values[p] for p in parts)
                    known = gap[~np.isnan(gap)]
                    if len(known) >= fewest and (np.abs(known) < 0.5).mean() >= HOLDS_IN:
                        yield whole, parts


def _wide(counts: Sequence[Count], width: int) -> pd.DataFrame:
    """Areas (of codes cut to so many signs: buurt, wijk, gemeente) × subjects; finer counts added up."""
    rows = pd.DataFrame(
        [(c.gebied[2:width], c.jaar, c.onderwerp, float(c.aantal)) for c in counts if len(c.gebied) >= width],
        columns=["gebied", "jaar", "onderwerp", "aantal"],
    )
    return rows.pivot_table(index=["gebied", "jaar"], columns="onderwerp", values="aantal", aggfunc="sum")
