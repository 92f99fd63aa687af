"""From any geometry to polygons that are light enough for a browser."""

import geopandas as gpd
import numpy as np
import shapely

from wwz.base.planes import filled

METRES = "EPSG:28992"
# One part in so many of the whole extent is seen on no screen.
DETAIL = 10_000
_MOST_VERTICES = 400_000
_COARSEST = 500  # metres
_LIGHT_ENOUGH = 40  # vertices per area that need no simplifying at all


def polygons(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Only what can be filled: repaired polygons; lines, points and empty shapes are left out.

    Parameters
    ----------
    frame
        Columns ``code``, ``naam`` and a geometry, in metres.
    """
    frame = frame.reset_index(drop=True)
    shapes = filled(np.asarray(frame.geometry.array))
    usable = ~shapely.is_missing(shapes)
    return frame[["code", "naam"]].set_geometry(gpd.GeoSeries(shapes, frame.index, crs=METRES))[usable]


def simplify(shapes: np.ndarray) -> np.ndarray:
    """Leave out detail that no screen shows: about one part in ten thousand of the whole extent.

    Borders that neighbours share stay shared, if the areas fit together without overlaps and gaps.

    Parameters
    ----------
    shapes
        Polygons in metres.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    return light(shapes, max(east - west, north - south) / DETAIL)[0]


def light(shapes: np.ndarray, tolerance: float) -> tuple[np.ndarray, float]:
    """The same for a tolerance in metres, which grows where a browser would get too much; gives what it became."""
    if not shapely.coverage_is_valid(shapes):
        return _simplify_apart(shapes, tolerance), tolerance
    simple = shapely.coverage_simplify(shapes, tolerance)
    while shapely.get_num_coordinates(simple).sum() > _MOST_VERTICES and tolerance < _COARSEST:
        tolerance *= 2
        simple = shapely.coverage_simplify(shapes, tolerance)
    return simple, tolerance


def _simplify_apart(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """For areas that overlap or leave gaps: each by itself, and only if there is much to win."""
    if shapely.get_num_coordinates(shapes).mean() <= _LIGHT_ENOUGH:
        return shapes
    return shapely.simplify(shapes, tolerance / 2, preserve_topology=True)
