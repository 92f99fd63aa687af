"""Address points inside the buurten, and how densely they lie around one another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from scipy.signal import fftconvolve

CELL = 100.0  # metres, grid for the surrounding address density
RADIUS = 1000.0  # metres; CBS counts addresses within 1 km around each address


def draw_addresses(
    polygons: np.ndarray,
    counts: np.ndarray,
    inhabitants: np.ndarray,
    clumping: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Scatter addresses over buurten.

    Parameters
    ----------
    polygons : ndarray of Polygon, shape (n,)
        EPSG:28992.
    counts, inhabitants : ndarray of int, shape (n,)
        Addresses and people per buurt.
    clumping : ndarray, shape (n,)
        1 spreads evenly; higher draws addresses together into lanes and hamlets.

    Returns
    -------
    DataFrame
        ``buurt`` (row number), ``x``, ``y`` (metres, one decimal), ``inwoners`` (mean expected number of
        people;
        adds up to the inhabitants of the buurt). Ordered by buurt.
    """
    corners, area, owner = _triangles(polygons)
    weight = area * rng.lognormal(0, 0.35 * clumping[owner])
    chosen, buurt = _choose(weight, owner, counts, rng)
    u, v = rng.random((2, len(chosen)))
    fold = u + v > 1
    u, v = np.where(fold, 1 - u, u), np.where(fold, 1 - v, v)
    # Pull towards one spot of the (convex) triangle: never leaves the buurt.
    spot = rng.dirichlet((2, 2, 2), len(corners))[chosen]
    pull = rng.random(len(chosen)) ** np.maximum(0, clumping[buurt] - 1)
    share = np.stack([1 - u - v, u, v], axis=1)
    share = spot + (share - spot) * pull[:, None]
    xy = np.einsum("nk,nkd->nd", share, corners[chosen])
    weights = rng.gamma(3.0, 1.0, len(chosen))
    total = np.bincount(buurt, weights, len(polygons))
    people = weights * inhabitants[buurt] / total[buurt]
    return pd.DataFrame(
        {
            "buurt": buurt,
            "x": np.round(xy[:, 0], 1),
            "y": np.round(xy[:, 1], 1),
            "inwoners": np.round(people, 3),
        }
    )


def _triangles(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts, owner = shapely.get_parts(shapely.constrained_delaunay_triangles(polygons), return_index=True)
    corners = shapely.get_coordinates(parts).reshape(-1, 4, 2)[:, :3]
    return corners, shapely.area(parts), owner


def _choose(
    weight: np.ndarray, owner: np.ndarray, counts: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a triangle for each address, in proportion to weight within its buurt."""
    buurt = np.repeat(np.arange(len(counts)), counts)
    cumulative = np.cumsum(weight)
    start = np.concatenate([[0.0], cumulative])[np.searchsorted(owner, np.arange(len(counts)), side="left")]
    stop = cumulative[np.searchsorted(owner, np.arange(len(counts)), side="right") - 1]
    draw = start[buurt] + rng.random(len(buurt)) * (stop - start)[buurt]
    return np.clip(np.searchsorted(cumulative, draw, side="right"), 0, len(weight) - 1), buurt


def surrounding_density(addresses: pd.DataFrame, count: int) -> np.ndarray:
    """Mean number of addresses per km² within 1 km of the addresses of each buurt.

    Returns
    -------
    ndarray, shape (count,)
        ``NaN`` for a buurt without addresses.
    """
    x, y = addresses["x"].to_numpy(), addresses["y"].to_numpy()
    column = ((x - x.min()) // CELL).astype(int)
    row = ((y - y.min()) // CELL).astype(int)
    grid = np.zeros((row.max() + 1, column.max() + 1))
    np.add.at(grid, (row, column), 1.0)
    reach = int(RADIUS // CELL)
    offset = np.arange(-reach, reach + 1) * CELL
    disk = (offset[:, None] ** 2 + offset[None, :] ** 2 <= RADIUS**2).astype(float)
    density = fftconvolve(grid, disk, mode="same") / (disk.sum() * (CELL / 1000) ** 2)
    buurt = addresses["buurt"].to_numpy()
    total = np.bincount(buurt, density[row, column], count)
    number = np.bincount(buurt, minlength=count)
    return np.divide(total, number, out=np.full(count, np.nan), where=number > 0)
