"""Boundary files for the map: made once per database, level and area, and kept in static/kaart."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from wwz.ask.area import Area, whole
from wwz.ask.view import LEVELS
from wwz.base.errors import Fout
from wwz.base.keeping import one_at_a_time, writing
from wwz.base.paths import STATIC
from wwz.maps.geometry import FOLDER, GeometryFile, read_geometry, remove_geometry, write_light
from wwz.maps.ground import Ground, ground
from wwz.maps.shapes import light, polygons
from wwz.store import Store, remembered

RD = "EPSG:28992"
# Room for the hash of a union of areas in a file name.
KEY_LENGTH = 12
# Who looks closer at a map of which borders moved this much, gets borders so many times sharper.
SHARPER_FROM_M, SHARPER = 4.0, 5.0
# Only if it has so many times more points.
WORTH = 1.25
# Files of areas that a visitor put together (a level, a hash of the area, a hash of the content), and the indexes of
# databases: what was used longest ago goes, and is made again when it is asked for.
UNION = re.compile(r"[a-z]+-[0-9a-f]{12}-[0-9a-f]{12}\.geojson")
INDEX = re.compile(r"index-[0-9a-f]+\.json")
MOST_BYTES, MOST_UNIONS, MOST_INDEXES = 100_000_000, 120, 5
# Seconds: a browser may still be on its way to fetch it.
JUST_MADE = 60


def boundaries(store: Store, area: Area, niveau: str, static: Path = STATIC) -> GeometryFile | None:
    """The boundary file of all areas of one level in an area; None when the data hold no boundaries.

    The first call writes the file, later calls find it again by a small index, also after a restart. Of a large area there
    is a sharper file beside it, for who looks closer.
    """
    return _of_level(_Pieces(store, area), niveau, static)


def _of_level(pieces: _Pieces, niveau: str, static: Path) -> GeometryFile | None:
    store, area = pieces.store, pieces.area
    found = _kept(store, area, niveau, static, lambda: pieces.drawn(niveau))
    if found is None or not _sharpens(found):
        return found
    sharper = _kept(store, area, f"{niveau}fijn", static, lambda: _sharper(pieces, niveau, found))
    # Whatever goes wrong, one class per area must find its own area. Where there is little more to see, it is the same file.
    worth = sharper and sharper.codes == found.codes and sharper.url_path != found.url_path
    return replace(found, sharper=sharper.url_path) if sharper and worth else found


def surroundings(store: Store, area: Area, static: Path = STATIC) -> GeometryFile | None:
    """The file of what lies around an area, where the data have it: neighbours with their code and name, and water."""
    if area.codes == whole(store).codes:
        return None
    return _kept(store, area, "rond", static, lambda: _surroundings(store, area))


def surrounding_shapes(store: Store, area: Area) -> gpd.GeoDataFrame | None:
    """The same as shapes: code (empty for water), naam, geometry in RD metres; None without."""
    found = None if area.codes == whole(store).codes else _surroundings(store, area)
    return None if found is None or found.empty else found


@remembered
def _surroundings(store: Store, area: Area) -> gpd.GeoDataFrame:
    return ground(store, area).around(_names(store))


def _kept(
    store: Store, area: Area, kind: str, static: Path, make: Callable[[], gpd.GeoDataFrame | GeometryFile]
) -> GeometryFile | None:
    index = _Index(store, static)
    key = f"{kind}-{_area_key(area)}"
    known = index.find(key)
    if known is not None:
        return known
    frame = make()
    if isinstance(frame, GeometryFile):
        return index.remember(key, frame)
    if frame.empty:
        return None
    found = index.remember(key, write_light(frame, static, key))
    if area.is_union:
        remove_unused(static / FOLDER)
    return found


def _sharper(pieces: _Pieces, niveau: str, found: GeometryFile) -> gpd.GeoDataFrame | GeometryFile:
    """Sharper boundaries; or what there is, where a source has not enough detail to be worth the bytes."""
    coarse, fine = pieces.drawn(niveau), pieces.drawn(niveau, SHARPER)
    points = [shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() for frame in (coarse, fine)]
    return fine if points[1] >= WORTH * points[0] else found


def _sharpens(file: GeometryFile) -> bool:
    """Whether a closer look would show more: only of what is too large to see whole."""
    return file.tolerance >= SHARPER_FROM_M


def prepare_boundaries(store: Store, static: Path = STATIC) -> None:
    """Write the boundary files of the first screen, so that no visitor has to wait for them."""
    pieces = _Pieces(store, whole(store))
    for niveau in LEVELS:
        _of_level(pieces, niveau, static)


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


def drawn_shapes(store: Store, area: Area, niveau: str) -> gpd.GeoDataFrame:
    """Boundaries of one level in an area as they are drawn: code, naam, geometry, without detail that nobody sees.

    Of every level they are put together of the same pieces, so that lines lie exactly over each other.
    """
    return _Pieces(store, area).drawn(niveau)


@remembered
def _of_screen(store: Store, area: Area) -> Ground:
    return ground(store, area)


class _Pieces:
    """The ground of one area while its files are made: worked out when it is asked for, and once for all levels.

    That of a whole area on one screen or page is remembered: files, and maps on paper, are drawn of the same.
    """

    def __init__(self, store: Store, area: Area) -> None:
        self.store, self.area = store, area
        self._made: dict[float, Ground] = {}

    def drawn(self, niveau: str, sharper: float = 1.0) -> gpd.GeoDataFrame:
        """As `drawn_shapes`, with so many times more detail than the whole area on one screen needs."""
        if sharper not in self._made:
            made = _of_screen(self.store, self.area) if sharper == 1.0 else None
            self._made[sharper] = made or ground(self.store, self.area, sharper=sharper)
        found = self._made[sharper]
        frame = found.level(niveau, _names(self.store))
        apart = area_shapes(self.store, self.area, niveau)
        apart = apart[~apart["code"].isin(frame["code"])]
        if len(apart):
            # What the parts do not make up has only its own boundary.
            apart = polygons(apart)
            apart = apart.set_geometry(
                gpd.GeoSeries(light(apart.geometry.to_numpy(), found.tolerance)[0], apart.index, crs=RD)
            )
            frame = pd.concat([frame, apart]).sort_values("code")
        return frame.reset_index(drop=True)


def area_shapes(store: Store, area: Area, niveau: str) -> gpd.GeoDataFrame:
    """Boundaries in RD metres of all areas of one level in an area: code, naam, geometry; none where unknown."""
    rows = store.ask("grenzen", binnen=list(area.codes), niveau=niveau)
    shapes = shapely.from_wkb([bytes(b) if isinstance(b, bytes | bytearray) else None for b in rows["grens"]])
    frame = gpd.GeoDataFrame(rows[["code", "naam"]], geometry=shapes, crs=RD)
    return frame[frame.geometry.notna()]


def _names(store: Store) -> pd.Series:
    return store.areas().set_index("code")["naam"]


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
