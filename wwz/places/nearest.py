"""The nearest voorziening of millions of places, in a straight line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.spatial import cKDTree

from wwz.places.tally import CORES

# Queries at once: the columns of so many stay in the cache of a processor.
CHUNK = 500_000
# Queries go by field of a grid this wide and high: the next one finds what it needs of the tree in the cache.
FIELDS = 256


def nearest(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Straight-line distance from each place to the nearest facility.

    Parameters
    ----------
    places, facilities
        Shape (n, 2) and (m, 2), RD metres.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        Metres; infinite when there is no facility.
    """
    if not len(facilities):
        return np.full(len(places), np.inf)
    tree = cKDTree(facilities)
    found = np.empty(len(places))

    def query(start: int) -> None:
        chunk = places[start : start + CHUNK]
        order = _by_field(chunk, tree)
        # take() copies rows five times as fast as chunk[order].
        found[start : start + CHUNK][order] = tree.query(chunk.take(order, axis=0))[0]

    # scipy lets the other cores work while it queries.
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(query, range(0, len(places), CHUNK)))
    return found


def _by_field(places: np.ndarray, tree: cKDTree) -> np.ndarray:
    """An order in which places in the same field of the grid over the tree follow each other, shape (n,).

    Beyond the tree the grid begins anew: the order is only there for speed.
    """
    side = np.maximum(tree.maxes - tree.mins, 1.0) / FIELDS
    column, row = (((places[:, i] - tree.mins[i]) / side[i]).astype(np.int64) % FIELDS for i in (0, 1))
    # numpy sorts 16 bits without comparing.
    return np.argsort((row * FIELDS + column).astype(np.uint16), kind="stable")
