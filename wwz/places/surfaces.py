"""Who lives inside a voorziening that is drawn as a surface: nobody has to walk to the park they live in."""

from __future__ import annotations

import numpy as np
import shapely

# Homes at once: they are copied to put them in order.
CHUNK = 500_000


def from_wkb(values: np.ndarray) -> np.ndarray:
    """Surfaces out of WKB, repaired where simplifying made a knot in them; shape (m,)."""
    found = np.empty(len(values), dtype=object)
    found[:] = [shapely.from_wkb(bytes(value)) for value in values]
    return shapely.make_valid(found)


def pairs(places: np.ndarray, surfaces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which place lies in or on which surface; a hole (a pond, a block of houses) is not in it.

    Parameters
    ----------
    places
        Shape (n, 2), RD metres.
    surfaces
        Polygons, shape (m,).

    Returns
    -------
    tuple of numpy.ndarray of int
        Rows of `places` and of `surfaces`, one of each per hit.
    """
    found: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, dtype=np.int64),) * 2]
    shapely.prepare(surfaces)
    for start in range(0, len(places) if len(surfaces) else 0, CHUNK):
        at, which = _pairs(places[start : start + CHUNK], surfaces)
        found.append((at + start, which))
    return np.concatenate([at for at, _ in found]), np.concatenate([which for _, which in found])


def _pairs(places: np.ndarray, surfaces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same, for a part of the places (one or more).

    A tree of shapely asks for a point object per home, which costs more than finding its nearest edge. From west to
    east the homes beside a surface follow each other: only those in its box are looked at.
    """
    order = np.argsort(places[:, 0], kind="stable")
    x, y = places.take(order, axis=0).T
    west, south, east, north = shapely.bounds(surfaces).T
    first, last = np.searchsorted(x, west), np.searchsorted(x, east, side="right")
    hits, owners = [], []
    for which in np.flatnonzero((last > first) & (south <= y.max()) & (north >= y.min())):
        beside = slice(first[which], last[which])
        box = np.flatnonzero((y[beside] >= south[which]) & (y[beside] <= north[which])) + first[which]
        hits.append(box[shapely.intersects_xy(surfaces[which], x[box], y[box])])
        owners.append(which)
    counts = [len(hit) for hit in hits]
    at = order[np.concatenate(hits)] if hits else np.empty(0, dtype=np.int64)
    return at, np.repeat(np.array(owners, dtype=np.int64), counts)


def inside(places: np.ndarray, surfaces: np.ndarray) -> np.ndarray:
    """Which places lie in or on one of the surfaces, shape (n,), bool."""
    result = np.zeros(len(places), dtype=bool)
    result[pairs(places, surfaces)[0]] = True
    return result
