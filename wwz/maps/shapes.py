"""From any geometry to polygons that are light enough for a browser."""

import geopandas as gpd
import numpy as np
import shapely

METRES = "EPSG:28992"
_MOST_VERTICES = 400_000
_COARSEST = 500  # metres
_LIGHT_ENOUGH = 40  # vertices per area that need no simplifying at all
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def polygons(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Only what can be filled: repaired polygons; lines, points and empty shapes are left out.

    Parameters
    ----------
    frame
        Columns ``code``, ``naam`` and a geometry, in metres.
    """
    frame = frame.reset_index(drop=True)
    shapes = shapely.force_2d(np.asarray(frame.geometry.array))
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    collections = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    shapes[collections] = [_polygons_in(shape) for shape in shapes[collections]]
    usable = np.isin(shapely.get_type_id(shapes), _POLYGONS) & ~shapely.is_empty(shapes)
    return frame[["code", "naam"]].set_geometry(gpd.GeoSeries(shapes, frame.index, crs=METRES))[usable]


def _polygons_in(collection: shapely.GeometryCollection) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.get_parts(collection))
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def simplify(shapes: np.ndarray) -> np.ndarray:
    """Leave out detail that no screen shows: about one part in ten thousand of the whole extent.

    Borders that neighbours share stay shared, if the areas fit together without overlaps and gaps.

    Parameters
    ----------
    shapes
        Polygons in metres.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    tolerance = max(east - west, north - south) / 10_000
    if not shapely.coverage_is_valid(shapes):
        return _simplify_apart(shapes, tolerance)
    simple = shapely.coverage_simplify(shapes, tolerance)
    while shapely.get_num_coordinates(simple).sum() > _MOST_VERTICES and tolerance < _COARSEST:
        tolerance *= 2
        simple = shapely.coverage_simplify(shapes, tolerance)
    return simple


def _simplify_apart(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """For areas that overlap or leave gaps: each by itself, and only if there is much to win."""
    if shapely.get_num_coordinates(shapes).mean() <= _LIGHT_ENOUGH:
        return shapes
    return shapely.simplify(shapes, tolerance / 2, preserve_topology=True)
