"""Who lives inside a voorziening that is drawn as a surface: nobody has to walk to the park they live in."""

from __future__ import annotations

import numpy as np
import shapely

# Homes at once: a point for shapely takes much more memory than two numbers.
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
    tree = shapely.STRtree(surfaces)
    shapely.prepare(surfaces)
    for start in range(0, len(places) if len(surfaces) else 0, CHUNK):
        chunk = places[start : start + CHUNK]
        at, which = tree.query(shapely.points(chunk))
        hit = shapely.intersects_xy(surfaces[which], chunk[at, 0], chunk[at, 1])
        found.append((at[hit] + start, which[hit]))
    return np.concatenate([at for at, _ in found]), np.concatenate([which for _, which in found])


def inside(places: np.ndarray, surfaces: np.ndarray, to_edge: np.ndarray) -> np.ndarray:
    """Which places lie in or on one of the surfaces, shape (n,), bool.

    Parameters
    ----------
    to_edge
        Metres from each place to the nearest of points that include the corners of every surface, shape (n,): who is
        farther from it than the largest surface is wide, lives in none, and is not looked at again.
    """
    result = np.zeros(len(places), dtype=bool)
    if not len(surfaces):
        return result
    west, south, east, north = shapely.bounds(surfaces).T
    near = np.flatnonzero(to_edge <= np.hypot(east - west, north - south).max())
    result[near[pairs(places[near], surfaces)[0]]] = True
    return result
