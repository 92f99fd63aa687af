"""Boundaries: in which coordinates they really are, and whether they can be areas at all."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from wwz.base.counted import counted
from wwz.sources.reading import Report

RD = "EPSG:28992"
DEGREES = "EPSG:4326"
# The Netherlands with its waters, with some margin: in degrees (west, south, east, north) and in RD metres.
NL_DEGREES = (2.0, 50.5, 7.6, 55.8)
NL_RD = (-10_000, 275_000, 320_000, 680_000)
HECTARE = 10_000
COUNT_ANYWAY = " ({codes}); [zijn|hun] cijfers tellen wel mee."


def to_rd(frame: pd.DataFrame, name: str, report: Report, what: str = "gebieden") -> np.ndarray:
    """Bring the geometry of a frame to RD, flat, by what the coordinates are and not by what the file says.

    Parameters
    ----------
    frame
        With geometry, or without: then all is empty.
    name
        File name for the report.
    report
        Takes what was wrong and what was done about it.
    what
        Dutch word for the rows.

    Returns
    -------
    numpy.ndarray
        One shape per row in EPSG:28992; None where there is none that can be used.
    """
    result = np.full(len(frame), None, dtype=object)
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.isna().all():
        return result
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    labelled = _label(frame.crs)
    middle = _middles(shapes)
    rows = {
        DEGREES: _inside(middle, NL_DEGREES),
        RD: _inside(middle, NL_RD) & ~_inside(middle, NL_DEGREES),
    }
    swapped = {
        DEGREES: _inside(middle[:, ::-1], NL_DEGREES),
        RD: _inside(middle[:, ::-1], NL_RD) & ~rows[RD],
    }
    known = np.zeros(len(shapes), dtype=bool)
    for crs in (DEGREES, RD):
        result[rows[crs]] = _project(shapes[rows[crs]], crs)
        turned = swapped[crs] & ~rows[crs] & ~known
        if turned.any():
            report.warn(
                name,
                f"Bij {turned.sum()} {what} staan de coördinaten in de verkeerde volgorde; ze zijn omgedraaid.",
                int(turned.sum()),
            )
            result[turned] = _project(shapely.transform(shapes[turned], lambda c: c[:, ::-1]), crs)
        wrong = (rows[crs] | turned) & (labelled is not None and labelled not in _same(crs))
        if wrong.any() and labelled in (*_same(DEGREES), *_same(RD)):
            words = "graden" if crs == DEGREES else "meters (RD)"
            report.warn(
                name,
                f"Het bestand zegt {labelled}, maar {wrong.sum()} {what} staan in {words}; zo zijn ze gelezen.",
                int(wrong.sum()),
            )
        known |= rows[crs] | turned
    if labelled and labelled not in (*_same(DEGREES), *_same(RD)):
        # Any other system has to be taken at its word; what it leads to is checked next.
        there = ~pd.isna(shapes)
        result[there] = _project(shapes[there], frame.crs)
    else:
        other = ~known & ~pd.isna(shapes) & ~shapely.is_empty(shapes)
        if other.any():
            report.reject(
                name,
                f"{other.sum()} {what} liggen niet in Nederland; hun plaats is niet gebruikt.",
                int(other.sum()),
            )
    return result


def usable(shapes: np.ndarray, codes: pd.Series, name: str, report: Report) -> np.ndarray:
    """Keep what can be an area: polygons, in the Netherlands, repaired where they cross themselves.

    Parameters
    ----------
    shapes
        In EPSG:28992, None where absent.
    codes
        Their area codes, for the report.

    Returns
    -------
    numpy.ndarray
        Polygons and multipolygons; None where there is none that can be used.
    """
    there = ~pd.isna(shapes)
    kind = shapely.get_type_id(shapes)
    checks = (
        (
            there & shapely.is_empty(shapes),
            "{n} [gebied heeft|gebieden hebben] een lege grens" + COUNT_ANYWAY,
        ),
        (
            there & ~shapely.is_empty(shapes) & ~np.isin(kind, (3, 6)),
            "{n} [gebied heeft|gebieden hebben] een lijn of punt als grens" + COUNT_ANYWAY,
        ),
        (
            there & ~_within(shapes),
            "{n} [gebied heeft|gebieden hebben] een grens buiten Nederland" + COUNT_ANYWAY,
        ),
    )
    result = shapes.copy()
    for wrong, words in checks:
        wrong = wrong & ~pd.isna(result)
        if wrong.any():
            report.reject(
                name,
                counted(words, int(wrong.sum()), codes=", ".join(codes[wrong].head(3))),
                int(wrong.sum()),
            )
            result[wrong] = None
    broken = ~pd.isna(result) & ~shapely.is_valid(result)
    if broken.any():
        result[broken] = [_polygons(shape) for shape in shapely.make_valid(result[broken])]
        report.warn(
            name,
            counted(
                "{n} [grens kruiste zichzelf en is|grenzen kruisten zichzelf en zijn] hersteld ({codes}).",
                int(broken.sum()),
                codes=", ".join(codes[broken].head(3)),
            ),
            int(broken.sum()),
        )
    result[~pd.isna(result) & (shapely.area(result) == 0)] = None
    return result


def measures(shapes: np.ndarray) -> pd.DataFrame:
    """Centre (m, RD) and area (ha) of each shape: enough to see whether two boundaries are the same area."""
    middle = shapely.centroid(shapes)
    area = np.where(pd.isna(shapes), np.nan, shapely.area(shapes) / HECTARE)
    return pd.DataFrame(
        {"midden_x": shapely.get_x(middle), "midden_y": shapely.get_y(middle), "vlak_ha": area}
    )


def _label(crs) -> str | None:
    if crs is None:
        return None
    try:
        found = CRS.from_user_input(crs)
        if found.to_epsg() is None and "Amersfoort" in found.name:
            return RD
        return f"EPSG:{found.to_epsg()}" if found.to_epsg() else found.name
    except CRSError:
        return None


def _same(crs: str) -> tuple[str, ...]:
    """Systems that come to the same thing here: ETRS89 differs less than a metre from WGS84."""
    return (
        (DEGREES, "EPSG:4258", "OGC:CRS84", "WGS 84 (CRS84)", "WGS 84 longitude-latitude")
        if crs == DEGREES
        else (RD, "EPSG:7415")
    )


def _middles(shapes: np.ndarray) -> np.ndarray:
    box = shapely.bounds(shapes)
    return np.column_stack([(box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2])


def _inside(points: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = box
    return (points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north)


def _within(shapes: np.ndarray) -> np.ndarray:
    box = shapely.bounds(shapes)
    empty = pd.isna(shapes) | shapely.is_empty(shapes)
    return empty | (_inside(box[:, :2], NL_RD) & _inside(box[:, 2:], NL_RD))


def _project(shapes: np.ndarray, crs) -> np.ndarray:
    return gpd.GeoSeries(shapes, crs=crs).to_crs(RD).to_numpy() if len(shapes) else shapes


def _polygons(shape):
    parts = [
        p for p in shapely.get_parts(shape, return_index=False) if p.geom_type in ("Polygon", "MultiPolygon")
    ]
    return shapely.union_all(parts) if parts else None
