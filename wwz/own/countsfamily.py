"""Which subjects of a municipality belong together, because some of them give others away.

A count that is hidden must not follow from other subjects: 18+ is 18-65 and 65+ together, a total is the sum of its parts, men
and women are as many as young and old. Subjects of one family are hidden in the same areas, so that no sum or difference between
them says anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Protocol

import numpy as np
import pandas as pd

from wwz.knowledge.catalogue import load_toml

# A sum or difference counts from this part of the areas on: less often, nobody knows where it is right.
HOLDS_IN = 0.5
# In fewer areas a sum is easily a coincidence.
FEWEST_AREAS = 3
EXACT = 0.5  # people
# A count this far off is no guess of a hidden one.
FAR_OFF = 10.0
WIDTHS = (10, 8, 6)  # signs of a code: buurt, wijk, gemeente
# With more subjects there are too many combinations: then all of them are one family.
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
    for related in _related(counts, subjects):
        for other in related[1:]:
            join(related[0], other)
    return {s: root(s) for s in subjects}


def _related(counts: Sequence[Count], subjects: list[str]) -> Iterator[list[str]]:
    """Subjects of which some added up are (nearly) as many as others, at any level."""
    if len(subjects) < 2:
        return
    if len(subjects) > MOST_SUBJECTS:
        yield subjects
        return
    signs = _signs(len(subjects))
    tested = np.zeros(len(signs), dtype=bool)
    for width in WIDTHS:
        values = _wide(counts, width).reindex(columns=subjects).to_numpy(dtype=float)
        for vector in signs[_holds(signs, values, tested)]:
            yield [name for name, sign in zip(subjects, vector, strict=True) if sign]


def _signs(subjects: int) -> np.ndarray:
    """Every way to add and subtract at least two subjects; the opposite of one is the same."""
    every = np.array(list(product((0, 1, -1), repeat=subjects)), dtype=np.int8)
    several = every[(every != 0).sum(axis=1) >= 2]
    first = several[np.arange(len(several)), (several != 0).argmax(axis=1)]
    return several[first == 1]


def _holds(signs: np.ndarray, values: np.ndarray, tested: np.ndarray) -> np.ndarray:
    """Which sums come out at nothing; `tested` is kept up to date.

    Where areas are few, only an exact sum counts, and only if no finer level could tell.
    """
    missing, filled = np.isnan(values), np.nan_to_num(values)
    unknown = (signs != 0).astype(np.float32) @ missing.T.astype(np.float32) > 0
    gaps = np.where(unknown, np.inf, np.abs(signs @ filled.T))
    areas = (~unknown).sum(axis=1)
    many = areas >= FEWEST_AREAS
    near = (gaps <= _slack()).sum(axis=1) >= HOLDS_IN * areas
    exact = (gaps < EXACT).sum(axis=1) == areas
    found = np.where(many, near, exact & (areas > 0) & ~tested)
    tested |= many
    for row in np.flatnonzero(found & many):
        found[row] = _each_matters(signs[row], filled[~unknown[row]])
    return found


@cache
def _slack() -> float:
    """How many people a sum may be off and still give a subject away (privacy.toml)."""
    return float(load_toml("privacy.toml")["speling"])


def _each_matters(vector: np.ndarray, values: np.ndarray) -> bool:
    """Whether no subject can better be left out: a small count beside a true sum is no part of it."""

    def misfit(signs: np.ndarray) -> float:
        return float(np.minimum(np.abs(values @ signs), FAR_OFF).mean())

    whole = misfit(vector)
    without = (np.where(np.arange(len(vector)) == n, 0, vector) for n in np.flatnonzero(vector))
    return all(misfit(rest) >= whole for rest in without)


def _wide(counts: Sequence[Count], width: int) -> pd.DataFrame:
    """Areas (of codes cut to so many signs: buurt, wijk, gemeente) × subjects; finer counts added up."""
    rows = pd.DataFrame(
        [(c.gebied[2:width], c.jaar, c.onderwerp, float(c.aantal)) for c in counts if len(c.gebied) >= width],
        columns=["gebied", "jaar", "onderwerp", "aantal"],
    )
    return rows.pivot_table(index=["gebied", "jaar"], columns="onderwerp", values="aantal", aggfunc="sum")
