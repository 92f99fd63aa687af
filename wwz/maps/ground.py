"""The ground of a map: the smallest areas of all gemeenten in its frame, made light together.

Whatever is drawn over another thing, such as wijken over buurten or what lies around an area, is put together of the same light
pieces. So every border runs exactly over the one below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.ask.area import Area
from wwz.base.planes import filled, together
from wwz.maps.shapes import DETAIL, METRES, light
from wwz.store import Store, remembered

# Of the size of the area: so much is seen around it.
AROUND = 0.9


@dataclass(frozen=True)
class Ground:
    """Pieces of one map.

    Attributes
    ----------
    pieces
        One row per smallest area: code, wijk, gemeente, water, inside (whether it is part of the area), and geometry, light and in
        metres; None where it has no boundary.
    tolerance
        How far borders may have moved, in metres.
    """

    pieces: gpd.GeoDataFrame
    tolerance: float

    def level(self, niveau: str, names: pd.Series) -> gpd.GeoDataFrame:
        """All areas of one level that have a piece inside the area: code, naam, geometry, in the order of their codes.

        An area of which a piece has no boundary is not among them.
        """
        key = self.pieces["code"] if niveau not in ("wijk", "gemeente") else self.pieces[niveau]
        wanted = key[self.pieces["inside"]].dropna().unique()
        pieces = self.pieces.assign(key=key)[key.isin(wanted)]
        gone = pieces.loc[pieces.geometry.isna(), "key"].unique()
        return dissolved(pieces[~pieces["key"].isin(gone)], names)

    def around(self, names: pd.Series) -> gpd.GeoDataFrame:
        """What lies around the area, within the frame: code (empty for water), naam, geometry.

        Of the gemeenten of the area itself the wijken, and further away the gemeenten.
        """
        outside = self.pieces[~self.pieces["inside"] & self.pieces.geometry.notna()]
        inside = self.pieces[self.pieces["inside"] & self.pieces.geometry.notna()]
        if outside.empty or inside.empty:
            return outside.assign(naam="")[["code", "naam", "geometry"]]
        own = outside["gemeente"].isin(inside["gemeente"])
        key = outside["wijk"].where(own, outside["gemeente"]).fillna(outside["gemeente"])
        found = dissolved(outside.assign(key=key.where(~outside["water"], "")), names)
        clipped = shapely.clip_by_rect(found.geometry.to_numpy(), *_wide(inside.total_bounds))
        return found.set_geometry(gpd.GeoSeries(filled(clipped), found.index, crs=METRES)).dropna(
            subset=["geometry"]
        )


def dissolved(pieces: gpd.GeoDataFrame, names: pd.Series) -> gpd.GeoDataFrame:
    """Pieces put together by their key: code, naam, geometry."""
    known = pieces[pieces["key"].notna()]
    codes, at, count = np.unique(known["key"].to_numpy(object), return_inverse=True, return_counts=True)
    sorted_shapes = known.geometry.to_numpy()[np.argsort(at, kind="stable")]
    parts = np.split(sorted_shapes, np.cumsum(count)[:-1]) if len(codes) else []
    shapes = [part[0] if len(part) == 1 else together(part) for part in parts]
    return gpd.GeoDataFrame(
        {"code": list(codes), "naam": names.reindex(codes).fillna("").to_numpy()},
        geometry=gpd.GeoSeries(shapes, crs=METRES),
    )


def ground(store: Store, area: Area, *, sharper: float = 1.0) -> Ground:
    """The pieces of a map of an area.

    Parameters
    ----------
    sharper
        So many times more detail than the whole area on one screen needs.
    """
    areas = store.areas()
    own = areas[areas["kleinste"] & areas["code"].isin(area.buurten)]
    gemeenten = list(own["gemeente"].dropna().unique())
    rows = store.ask("grenzen_delen", gemeenten=sorted({*gemeenten, *_near(store, gemeenten)}))
    shapes = filled(
        shapely.from_wkb([bytes(b) if isinstance(b, bytes | bytearray) else None for b in rows["grens"]])
    )
    inside = rows["code"].isin(own["code"]).to_numpy()
    there = ~shapely.is_missing(shapes)
    tolerance = _tolerance(shapes[inside & there]) / sharper
    # What is far away needs no place on the map.
    if (inside & there).any():
        window = shapely.box(*_wide(shapely.total_bounds(shapes[inside & there])))
        kept = (
            inside | shapely.intersects(shapes, window) | ~there | rows["gemeente"].isin(gemeenten).to_numpy()
        )
        rows, shapes, inside, there = rows[kept], shapes[kept], inside[kept], there[kept]
    shapes[there], tolerance = light(shapes[there], tolerance)
    pieces = rows[["code", "wijk", "gemeente", "water"]].assign(inside=inside)
    return Ground(pieces.set_geometry(gpd.GeoSeries(shapes, rows.index, crs=METRES)), tolerance)


def _tolerance(shapes: np.ndarray) -> float:
    # A spreadsheet of a gemeente has figures and no boundaries.
    if not len(shapes):
        return 0.0
    west, south, east, north = shapely.total_bounds(shapes)
    extent = max(east - west, north - south)
    return extent / DETAIL if np.isfinite(extent) else 0.0


def _wide(bounds: np.ndarray) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    room = AROUND * max(east - west, north - south)
    return west - room, south - room, east + room, north + room


def _near(store: Store, gemeenten: list[str]) -> list[str]:
    """The gemeenten that are seen around these."""
    codes, shapes = _gemeenten(store)
    own = np.isin(codes, gemeenten)
    if own.all() or not own.any():
        return []
    window = shapely.box(*_wide(shapely.total_bounds(shapes[own])))
    return list(codes[shapely.intersects(shapes, window)])


@remembered
def _gemeenten(store: Store) -> tuple[np.ndarray, np.ndarray]:
    rows = store.ask("grenzen_gemeenten")
    return rows["code"].to_numpy(), shapely.from_wkb([bytes(b) for b in rows["grens"]])
