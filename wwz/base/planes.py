"""Polygons out of whatever a file calls a boundary."""

from __future__ import annotations

import numpy as np
import shapely

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def filled(shapes: np.ndarray) -> np.ndarray:
    """Repaired polygons, flat; None in the place of lines, points and what is empty or missing.

    Parameters
    ----------
    shapes
        Any geometries, in metres.
    """
    flat = shapely.force_2d(np.array(shapes, dtype=object))
    broken = ~shapely.is_valid(flat) & ~shapely.is_missing(flat)
    flat[broken] = shapely.make_valid(flat[broken])
    collections = shapely.get_type_id(flat) == shapely.GeometryType.GEOMETRYCOLLECTION
    flat[collections] = [_polygons_in(shape) for shape in flat[collections]]
    usable = np.isin(shapely.get_type_id(flat), _POLYGONS) & ~shapely.is_empty(flat)
    flat[~usable] = None
    return flat


def _polygons_in(collection: shapely.GeometryCollection) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.get_parts(collection))
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def together(parts: np.ndarray) -> shapely.Geometry:
    """One plane of parts that fit; of parts that do not, the slower way.

    Parameters
    ----------
    parts
        Polygons, in metres.
    """
    # Of parts that do not fit the quick way makes something that is no plane, or refuses.
    try:
        whole = shapely.coverage_union_all(parts)
    except shapely.GEOSException:
        return shapely.union_all(parts)
    return whole if shapely.is_valid(whole) else shapely.union_all(parts)
