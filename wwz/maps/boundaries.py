"""Boundary files for the map: made once per database, level and area, and kept in static/kaart."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from wwz.ask.area import Area, whole
from wwz.ask.view import LEVELS
from wwz.base.errors import Fout
from wwz.base.keeping import one_at_a_time, writing
from wwz.base.paths import STATIC
from wwz.maps.geometry import FOLDER, GeometryFile, read_geometry, remove_geometry, write_geometry
from wwz.store import Store

RD = "EPSG:28992"
# Room for the hash of a union of areas in a file name.
KEY_LENGTH = 12
CLOSE_GAPS_M = 15
# Files of areas that a visitor put together (a level, a hash of the area, a hash of the content), and the indexes of
# databases: what was used longest ago goes, and is made again when it is asked for.
UNION = re.compile(r"[a-z]+-[0-9a-f]{12}-[0-9a-f]{12}\.geojson")
INDEX = re.compile(r"index-[0-9a-f]+\.json")
MOST_BYTES, MOST_UNIONS, MOST_INDEXES = 100_000_000, 120, 5
# Seconds: a browser may still be on its way to fetch it.
JUST_MADE = 60


def boundaries(store: Store, area: Area, niveau: str, static: Path = STATIC) -> GeometryFile | None:
    """The boundary file of all areas of one level in an area; None when the data hold no boundaries.

    The first call writes the file, later calls find it again by a small index, also after a restart.
    """
    index = _Index(store, static)
    key = f"{niveau}-{_area_key(area)}"
    known = index.find(key)
    if known is not None:
        return known
    frame = area_shapes(store, area, niveau)
    if frame.empty:
        return None
    found = index.remember(key, write_geometry(frame, static, key))
    if area.is_union:
        remove_unused(static / FOLDER)
    return found


def prepare_boundaries(store: Store, static: Path = STATIC) -> None:
    """Write the boundary files of the first screen, so that no visitor has to wait for them."""
    area = whole(store)
    for niveau in LEVELS:
        boundaries(store, area, niveau, static)


def remove_unused(folder: Path) -> None:
    """Keep the boundary files of own areas within a number and a size: any visitor may make one, by a link."""
    for pattern, most in ((UNION, MOST_UNIONS), (INDEX, MOST_INDEXES)):
        room = MOST_BYTES
        for number, (made, size, path) in enumerate(_newest_first(folder, pattern)):
            room -= size
            if (number >= most or room < 0) and time.time() - made > JUST_MADE:
                remove_geometry(path)


def _newest_first(folder: Path, pattern: re.Pattern) -> list[tuple[float, int, Path]]:
    found = []
    for path in folder.iterdir():
        # Another visitor may be clearing up too.
        with suppress(OSError):
            if pattern.fullmatch(path.name):
                found.append((path.stat().st_mtime, path.stat().st_size, path))
    return sorted(found, reverse=True)


def _area_key(area: Area) -> str:
    if not area.is_union:
        return area.codes[0].lower()
    return hashlib.sha256(",".join(area.codes).encode()).hexdigest()[:KEY_LENGTH]


def area_shapes(store: Store, area: Area, niveau: str) -> gpd.GeoDataFrame:
    """Boundaries in RD metres of all areas of one level in an area: code, naam, geometry; none where unknown."""
    rows = store.ask("grenzen", binnen=list(area.codes), niveau=niveau)
    shapes = shapely.from_wkb([bytes(b) if isinstance(b, bytes | bytearray) else None for b in rows["grens"]])
    frame = gpd.GeoDataFrame(rows[["code", "naam"]], geometry=shapes, crs=RD)
    missing = frame.loc[frame.geometry.isna(), "code"]
    if len(missing) and niveau != "buurt":
        frame = frame.set_index("code")
        frame.loc[missing, "geometry"] = _dissolved(store, list(missing)).reindex(missing).to_numpy()
        frame = frame.reset_index()
    return frame[frame.geometry.notna()]


def _dissolved(store: Store, codes: list[str]) -> pd.Series:
    """One shape per area, from its buurten.

    Generalised buurten leave slivers between them; widening and narrowing by a few metres closes these.
    """
    rows = store.ask("grenzen_van_buurten", gebieden=codes)
    shapes = shapely.from_wkb([bytes(b) for b in rows["grens"]])
    return pd.Series(shapes, index=rows["gebied"], dtype=object).groupby(level=0).agg(_merged)


def _merged(shapes: pd.Series) -> shapely.Geometry:
    wide = shapely.buffer(list(shapes), CLOSE_GAPS_M, join_style="mitre")
    return shapely.buffer(shapely.union_all(wide), -CLOSE_GAPS_M, join_style="mitre")


class _Index:
    """Which boundary file belongs to which question; one small file per database."""

    def __init__(self, store: Store, static: Path) -> None:
        self.static = static
        self.path = static / FOLDER / f"index-{store.about()['kenmerk']}.json"

    def find(self, key: str) -> GeometryFile | None:
        try:
            found = read_geometry(self.static, self._read()[key])
        except (KeyError, Fout):
            return None
        with suppress(OSError):
            os.utime(self.static / FOLDER / Path(found.url_path).name)
        return found

    def remember(self, key: str, file: GeometryFile) -> GeometryFile:
        with one_at_a_time(self.path), writing(self.path) as new:
            there = {
                k: url for k, url in self._read().items() if (self.path.parent / Path(url).name).is_file()
            }
            new.write_text(json.dumps({**there, key: file.url_path}), encoding="utf-8")
        return file

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
