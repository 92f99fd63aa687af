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


def spread(counts: np.ndarray, parts: int) -> np.ndarray:
    """Whole people over equal parts, shape (n, parts): where one of few goes differs from row to row."""
    start = (np.arange(len(counts)) * 0.6180339887498949) % 1.0 * parts
    edges = np.floor((counts[:, None] * np.arange(parts + 1) + start[:, None]) / parts)
    return np.diff(edges, axis=1).astype(np.int32)


def chosen(counts: np.ndarray, share: np.ndarray, row: np.ndarray, wanted: np.ndarray) -> np.ndarray:
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
    """
    part = counts * share
    for _ in range(PASSES):
        sums = np.bincount(row, part, minlength=len(wanted))
        factor = np.divide(wanted, sums, out=np.zeros(len(wanted)), where=sums > 0)
        part *= factor[row]
        full = part > counts
        if not full.any():
            break
        part[full] = counts[full]
    upto = np.floor(np.cumsum(part) + 0.5 + SLACK)
    return np.minimum(counts, np.diff(upto, prepend=0).astype(np.int32))
