"""Whole people from shares of people: the total stays, and the same input gives the same people."""

from __future__ import annotations

import numpy as np

# So far below a half a sum still rounds up: sums of floats differ in the last digits.
SLACK = 1e-7
# A cell that is full leaves more for the others: so many times that is made up for.
PASSES = 6


def rounded(shares: np.ndarray) -> np.ndarray:
    """Rows of people in parts → rows of whole people: each is off by less than one, and so is every sum from the first.

    Parameters
    ----------
    shares
        Shape (n, m), nothing negative. The sum of a row is rounded to the nearest whole.
    """
    upto = np.floor(np.cumsum(shares, axis=1) + 0.5 + SLACK)
    return np.diff(upto, axis=1, prepend=0).astype(np.int32)


def spread(counts: np.ndarray, parts: int, before: int = 0) -> np.ndarray:
    """Whole people over equal parts, shape (n, parts): where one of few goes differs from row to row; `before`: rows before these."""
    start = ((before + np.arange(len(counts))) * 0.6180339887498949) % 1.0 * parts
    edges = np.floor((counts[:, None] * np.arange(parts + 1) + start[:, None]) / parts)
    return np.diff(edges, axis=1).astype(np.int32)


class Handed:
    """What was handed out of a running total: of buurten in blocks after each other as many as of all of them at once."""

    def __init__(self) -> None:
        self._total = 0.0

    def whole(self, shares: np.ndarray, slack: float = 0.0) -> np.ndarray:
        """Whole people for each share: what is left goes on to the next, so that sums are right too."""
        upto = np.cumsum(np.concatenate([[self._total], shares]))
        self._total = upto[-1]
        return np.diff(np.floor(upto + 0.5 + slack))


def chosen(
    counts: np.ndarray, share: np.ndarray, row: np.ndarray, wanted: np.ndarray, handed: Handed | None = None
) -> np.ndarray:
    """Of each cell the people who have something, together as many per row as wanted.

    Cells of a row lie beside each other, those that are alike too: so who was chosen before is chosen again as often as the shares say.

    Parameters
    ----------
    counts, share
        People of a cell, and which part (0-1) has it before the total counts.
    row
        The row of each cell, ascending.
    wanted
        Whole people per row.
    handed
        Of the rows before these; without, there are none.
    """
    part = counts * share
    full = _scaled(part, counts, row, wanted)
    for _ in range(PASSES - 1):
        # Only in rows with a full cell there is something to make up for.
        again = np.zeros(len(wanted), dtype=bool)
        again[row[full]] = True
        cells = np.flatnonzero(again[row])
        if not len(cells):
            break
        some = part[cells]
        full = cells[_scaled(some, counts[cells], row[cells], wanted)]
        part[cells] = some
    return np.minimum(counts, (handed or Handed()).whole(part, SLACK).astype(np.int32))


def _scaled(part: np.ndarray, counts: np.ndarray, row: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Bring the parts of each row to what is wanted, but none over its count; which cells are full then (their places)."""
    sums = np.bincount(row, part, minlength=len(wanted))
    factor = np.divide(wanted, sums, out=np.zeros(len(wanted)), where=sums > 0)
    part *= factor[row]
    full = np.flatnonzero(part > counts)
    part[full] = counts[full]
    return full
