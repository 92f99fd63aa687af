"""People by buurt and class of distance: sums of weights over the places of some buurten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

# More cells than this (few places, very far from each other) are counted without the empty ones.
MOST_CELLS = 8_000_000
UNREACHABLE = -1
SIDES = ("midden", "laag", "hoog")
GROUPS = ("inwoners", "65plus")
# Sums do not add up to the last bit: half of the people may be this part less.
SLACK = 1e-9


def column(side: str, group: str) -> str:
    """Name of the sums of one side and group."""
    return f"{side}_65" if group == "65plus" else side


class Block:
    """Some buurten with all their places.

    Parameters
    ----------
    buurt
        Row of the buurt of every place, shape (places,), ascending.
    weights
        For each of GROUPS, shape (places,).

    Attributes
    ----------
    nr
        Which buurten, shape (buurten,).
    """

    def __init__(self, buurt: np.ndarray, weights: Sequence[np.ndarray]) -> None:
        self._starts = np.flatnonzero(np.diff(buurt, prepend=-1))
        self._sizes = np.diff(self._starts, append=len(buurt))
        self.nr = buurt[self._starts]
        self.weights = dict(zip(GROUPS, weights, strict=True))

    def spread(self, values: np.ndarray) -> np.ndarray:
        """A value by buurt given to all its places: shape (buurten,) to (places,)."""
        return np.repeat(values, self._sizes)

    def by_buurt(self, fold: np.ufunc, values: np.ndarray, **options: Any) -> np.ndarray:
        """Values of places (places,) put together by buurt (buurten,): np.add adds them up."""
        return fold.reduceat(values, self._starts, **options)

    def sums(self, weight: np.ndarray, there: np.ndarray) -> np.ndarray:
        """Sum of a weight (places,) over some places (their positions), by buurt (buurten,)."""
        owner = np.searchsorted(self._starts, there, "right") - 1
        return np.bincount(owner, weight[there], len(self.nr))


class Cells:
    """Weights by cell: a class of distance in a buurt. Cells are the same for every side.

    Parameters
    ----------
    block
        The places.
    metres
        For each of SIDES, shape (places,); infinite where nothing can be reached.
    step
        Metres in one class; a distance is rounded half up.
    """

    def __init__(self, block: Block, metres: Mapping[str, np.ndarray], step: float) -> None:
        self._block, self._metres, self._step = block, metres, step
        self._far = 1 + max(_class(_largest(m), step) for m in metres.values())
        self._classes = {side: _class(m, step, self._far) for side, m in metres.items()}
        # From the first class of a buurt to its last: being far from everything takes no more cells.
        every = self._classes.values()
        self._low = np.minimum.reduce([block.by_buurt(np.minimum, c) for c in every])
        high = np.maximum.reduce([block.by_buurt(np.maximum, c) for c in every])
        self._bounds = np.concatenate([[0], np.cumsum(high - self._low + 1)])
        self._cells, self._sums = self._counted()
        self._begin = np.searchsorted(self._cells, self._bounds)

    def _counted(self) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The cells in which somebody lives, ascending, and their sums by `column`."""
        shift = self._block.spread(self._bounds[:-1] - self._low)
        at = {side: classes + shift for side, classes in self._classes.items()}
        cells, size = None, int(self._bounds[-1])
        if size > MOST_CELLS:
            cells, found = np.unique(np.concatenate(list(at.values())), return_inverse=True)
            at, size = dict(zip(at, np.split(found, len(at)), strict=True)), len(cells)
        sums = {
            column(side, group): np.bincount(where, weight, size)
            for side, where in at.items()
            for group, weight in self._block.weights.items()
        }
        lived = np.flatnonzero(np.logical_or.reduce([s > 0 for s in sums.values()]))
        return lived if cells is None else cells[lived], {name: s[lived] for name, s in sums.items()}

    def rows(self) -> dict[str, np.ndarray]:
        """One row a cell, shape (cells,): nr of the buurt, klasse (metres or UNREACHABLE), and sums by `column`."""
        owner = np.repeat(np.arange(len(self._block.nr)), np.diff(self._begin))
        return {"nr": self._block.nr[owner], "klasse": self._klasse(self._cells, owner), **self._sums}

    def totals(self, group: str) -> np.ndarray:
        """Weight of everybody, shape (buurten,)."""
        return _between(self._sums[column("midden", group)], self._begin)

    def medians(self, group: str) -> np.ndarray:
        """Metres within which half live, shape (buurten,); nan when half of them cannot come there, or nobody lives."""
        sums, totals = np.cumsum(self._sums[column("midden", group)]), self.totals(group)
        there = np.flatnonzero(totals > 0)
        before = np.concatenate([[0.0], sums])[self._begin[there]]
        half = np.searchsorted(sums, before + (0.5 - SLACK) * totals[there])
        klasse = self._klasse(self._cells[half], there)
        found = np.full(len(totals), np.nan)
        found[there] = np.where(klasse == UNREACHABLE, np.nan, klasse)
        return found

    def within(self, side: str, limits: np.ndarray) -> dict[str, np.ndarray]:
        """Weight within each limit (metres), by group, shape (buurten, limits).

        All of the classes below the one that the limit is in, and of that one what is near enough.
        """
        metres, classes = self._metres[side], self._classes[side]
        last = _class(limits, self._step, self._far)
        below = np.clip(last - self._low[:, None], 0, np.diff(self._bounds)[:, None])
        ends = np.searchsorted(self._cells, self._bounds[:-1, None] + below)
        # From the beginning of a buurt to its first limit, to the next, … and to the beginning of the next buurt.
        edges = np.append(np.column_stack([self._begin[:-1], ends]), self._begin[-1])
        found = {
            group: _between(self._sums[column(side, group)], edges)
            .reshape(len(ends), -1)[:, :-1]
            .cumsum(axis=1)
            for group in GROUPS
        }
        for i, limit in enumerate(limits):
            there = np.flatnonzero(classes == last[i])
            there = there[metres[there] <= limit]
            for group, weight in self._block.weights.items():
                found[group][:, i] += self._block.sums(weight, there)
        return found

    def _klasse(self, cells: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """Metres of cells in the buurten `owner`, both shape (n,)."""
        classes = cells - self._bounds[owner] + self._low[owner]
        return np.where(classes == self._far, UNREACHABLE, classes * self._step).astype(np.int32)


def _largest(metres: np.ndarray) -> float:
    """The largest that is not infinite; 0 when there is none."""
    most = metres.max()
    return most if np.isfinite(most) else metres[np.isfinite(metres)].max(initial=0)


def _between(sums: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Sums from each edge (position, ascending) up to the next, shape (edges - 1,)."""
    # reduceat gives what is at the edge where there is nothing between, and wants something after the last.
    found = np.add.reduceat(np.append(sums, 0.0), edges)[:-1]
    return np.where(np.diff(edges) > 0, found, 0.0)


def _class(metres: np.ndarray | float, step: float, most: float = np.inf) -> np.ndarray:
    """Which class, rounded half up, and never more than `most`; shape as given."""
    return np.minimum(metres / step + 0.5, most).astype(np.int64)
