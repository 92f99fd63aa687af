"""Draw the example region: a coverage of buurten grown from small cells.

The land is cut into thousands of small Voronoi cells, finer where buurten are small. Each cell joins the
buurt whose seed is nearest *for its reach*, so that town buurten stay small and polders run on until they
meet. Because neighbours are unions of the same cells, shared borders are equal by construction.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.interpolate import CubicSpline
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay, cKDTree

from .layout import Layout

OUTSIDE = -1
CELLS_PER_BUURT = 34
BACKGROUND_STEP = 0.75  # km between the cells of open country
RIVER_PENALTY = 4.0  # how much farther away the other bank feels
TOLERANCE = 65.0  # metres; wiggles smaller than this are drawn straight
ROUNDING = 1  # decimals of a metre: the same file on every machine


def draw(layout: Layout, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw the buurten.

    Returns
    -------
    GeoDataFrame
        ``layout.buurten`` in the same order with a polygon each, EPSG:28992. A valid coverage.
    """
    land = _smooth(layout.outline, closed=True, per_piece=18)
    river = _smooth(layout.river, closed=False, per_piece=8)
    points, fixed = _cell_points(layout, land, river, rng)
    owner = _owner(points, layout, land, river)
    owner = np.where((fixed == "midden") & (owner != OUTSIDE), _water_index(layout), owner)
    owner = _without_exclaves(points, owner, _water_index(layout))
    return gpd.GeoDataFrame(layout.buurten.copy(), geometry=_union(points, owner, layout), crs="EPSG:28992")


def _smooth(control: np.ndarray, *, closed: bool, per_piece: int) -> np.ndarray:
    points = np.vstack([control, control[:1]]) if closed else control
    ticks = np.arange(len(points))
    spline = CubicSpline(ticks, points, bc_type="periodic" if closed else "natural")
    return spline(np.linspace(0, ticks[-1], per_piece * ticks[-1] + 1))


def _cell_points(
    layout: Layout, land: np.ndarray, river: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Sites of the small cells, and which of them are fixed along coast and river."""
    fairway = layout.fairway
    guides = _guides(land, river, fairway)
    free = np.vstack([_near_seeds(layout.buurten, rng), _background(rng)])
    near_guide = cKDTree(guides[0]).query(free)[0] < 0.2
    free = free[~near_guide]
    # Two rounds of moving apart keep the cells of one size: no splinters, calmer borders.
    free = _spread(free, guides[0])
    points = np.vstack([guides[0], free])
    return points, np.concatenate([guides[1], np.full(len(free), "vrij", dtype=guides[1].dtype)])


def _near_seeds(buurten: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    spread = rng.normal(0, 1, (len(buurten), CELLS_PER_BUURT, 2))
    reach = buurten["reach"].to_numpy()[:, None, None]
    return (buurten[["x", "y"]].to_numpy()[:, None, :] + 0.75 * reach * spread).reshape(-1, 2)


def _background(rng: np.random.Generator) -> np.ndarray:
    ticks = np.arange(0.5, 25, BACKGROUND_STEP)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    return grid + rng.uniform(-0.3, 0.3, grid.shape)


def _spread(points: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    for _ in range(2):
        everything = np.vstack([points, fixed])
        distance, neighbour = cKDTree(everything).query(points, k=5)
        target = everything[neighbour[:, 1:]].mean(axis=1)
        crowding = np.clip(1 - distance[:, 1:2] / distance[:, 1:].mean(axis=1, keepdims=True), 0, 1)
        points = points - 0.5 * crowding * (target - points)
    return points


def _guides(land: np.ndarray, river: np.ndarray, fairway: dict) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of sites on both sides of coast and banks, so that borders follow those lines smoothly."""
    coast = [_offset(land, side) for side in (-0.11, 0.11)]
    wide = river[river[:, 0] <= fairway["tot_x"]]
    ditch = river[river[:, 0] > fairway["tot_x"]]
    banks = [_offset(wide, side * 2 * fairway["halve_breedte"]) for side in (-1, 1)]
    ditches = [_offset(ditch, side * 0.1) for side in (-1, 1)]
    # Rings inside one another, so that the lake is filled and holds no island.
    x, y, half_width, half_height = fairway["plas"]
    lake = np.vstack([_lake(x, y, part * half_width, part * half_height) for part in (1, 0.6, 0.2)])
    shore = _lake(x, y, half_width + 0.2, half_height + 0.2)
    middle, edge = np.vstack([wide, lake]), np.vstack([*coast, *banks, *ditches, shore])
    edge = edge[cKDTree(middle).query(edge)[0] > 1.6 * fairway["halve_breedte"]]
    return np.vstack([middle, edge]), np.array(["midden"] * len(middle) + ["rand"] * len(edge))


def _lake(x: float, y: float, half_width: float, half_height: float) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, 22, endpoint=False)
    wobble = 1 + 0.13 * np.sin(3 * angle + 0.6)
    ring = np.stack([half_width * np.cos(angle), half_height * np.sin(angle)], axis=1) * wobble[:, None]
    return np.array([x, y]) + ring


def _offset(line: np.ndarray, distance: float) -> np.ndarray:
    step = np.gradient(line, axis=0)
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
    return line + distance * normal / np.linalg.norm(normal, axis=1, keepdims=True)


def _owner(points: np.ndarray, layout: Layout, land: np.ndarray, river: np.ndarray) -> np.ndarray:
    buurten = layout.buurten
    seeds, reach = buurten[["x", "y"]].to_numpy(), buurten["reach"].to_numpy()
    distance = np.linalg.norm(points[:, None, :] - seeds[None, :, :], axis=2) / reach
    across = _north_of(river, points)[:, None] != _north_of(river, seeds)[None, :]
    distance *= np.where(across, RIVER_PENALTY, 1.0)
    distance[:, _water_index(layout)] = np.inf
    inside = shapely.contains_xy(shapely.Polygon(land), points[:, 0], points[:, 1])
    return np.where(inside, distance.argmin(axis=1), OUTSIDE)


def _north_of(river: np.ndarray, points: np.ndarray) -> np.ndarray:
    return points[:, 1] > np.interp(points[:, 0], river[::-1, 0], river[::-1, 1])


def _water_index(layout: Layout) -> int:
    return int(np.flatnonzero(layout.buurten["soort"] == "water")[0])


def _without_exclaves(points: np.ndarray, owner: np.ndarray, water: int) -> np.ndarray:
    """Give cells cut off from the main part of their buurt to a neighbouring buurt."""
    triangles = Delaunay(points).simplices
    edges = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    for _ in range(6):
        same = edges[owner[edges[:, 0]] == owner[edges[:, 1]]]
        graph = coo_array((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=(len(points),) * 2)
        part = connected_components(graph, directed=False)[1]
        sizes = np.bincount(part)
        largest = pd.Series(sizes[part]).groupby(owner).transform("max").to_numpy()
        stray = (sizes[part] < largest) & (owner != OUTSIDE)
        if not stray.any():
            break
        both = np.vstack([edges, edges[:, ::-1]])
        taker = owner[both[:, 1]]
        leave = both[stray[both[:, 0]] & ~stray[both[:, 1]] & (taker != OUTSIDE) & (taker != water)]
        owner = owner.copy()
        owner[leave[:, 0]] = owner[leave[:, 1]]
    return owner


def _union(points: np.ndarray, owner: np.ndarray, layout: Layout) -> np.ndarray:
    metres = points * 1000 + np.array(layout.origin)
    cells = np.array(shapely.voronoi_polygons(shapely.MultiPoint(metres), ordered=True).geoms)
    unions = np.array([shapely.coverage_union_all(cells[owner == i]) for i in range(len(layout.buurten))])
    simple = shapely.coverage_simplify(unions, TOLERANCE)
    return shapely.transform(simple, lambda xy: np.round(xy, ROUNDING))


def gemeente_at(buurten: gpd.GeoDataFrame, places: np.ndarray) -> list[str | None]:
    """The code of the gemeente in which each place lies (RD metres, shape (n, 2)); None outside the region."""
    shapes = buurten.geometry.to_numpy()
    inside = shapely.STRtree(shapes).query(shapely.points(places), predicate="intersects")
    found: list[str | None] = [None] * len(places)
    for place, buurt in inside.T:
        found[place] = buurten["gemeentecode"].iat[buurt]
    return found
