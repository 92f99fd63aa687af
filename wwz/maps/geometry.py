"""Boundaries as a file that the browser fetches once and keeps."""

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from math import cos, log2, radians
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from wwz.base.errors import Fout
from wwz.maps.shapes import DETAIL, METRES, polygons, simplify

FOLDER = "kaart"
DEGREES = "EPSG:4326"
METRES_PER_DEGREE = 111_200  # along a meridian
METRES_A_PIXEL = 156_543  # of a web map at the equator, at zoom 0
_DECIMALS = 5  # about a metre


@dataclass(frozen=True)
class GeometryFile:
    """A boundary file in ``static/kaart``.

    Parameters
    ----------
    url_path
        Path below the root of the app, such as ``app/static/kaart/buurten-0123456789ab.geojson``.
    codes
        Codes of the areas in the file, in file order. Areas without a usable geometry are not in it.
    bounds
        West, south, east, north in degrees.
    sharper
        Path of a file with the same areas in the same order and more detail, for a closer look; empty without.
    """

    url_path: str
    codes: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    sharper: str = ""

    @property
    def closer_from(self) -> float:
        """The zoom from which a pixel is smaller than that."""
        metres_a_pixel = METRES_A_PIXEL * cos(radians((self.bounds[1] + self.bounds[3]) / 2))
        return round(log2(metres_a_pixel / self.tolerance), 2)

    @property
    def tolerance(self) -> float:
        """How far the borders in it may have moved, in metres: so much of the whole extent is seen on no screen."""
        west, south, east, north = self.bounds
        wide = (east - west) * cos(radians((south + north) / 2))
        return max(wide, north - south) * METRES_PER_DEGREE / DETAIL


def write_geometry(frame: gpd.GeoDataFrame, static_folder: Path, name: str) -> GeometryFile:
    """Simplify boundaries, keep shared borders shared, and write them for the browser.

    The previous file of the same name stays: open pages and the database in use may still point to it.
    Files older than that are removed.

    Parameters
    ----------
    frame
        Columns ``code``, ``naam`` and a geometry in any known coordinate system. Row order is kept.
    static_folder
        The ``static`` folder beside ``app.py``.
    name
        Short name of the set: lower-case letters, digits and hyphens.

    Returns
    -------
    GeometryFile

    Raises
    ------
    Fout
        If no area has a polygon, or the coordinate system is unknown.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"name of a geometry file: {name!r}")
    if frame.crs is None:
        raise Fout(f"De grenzen '{name}' hebben geen coördinatenstelsel. Sla het bestand op met EPSG:28992.")
    areas = polygons(frame.to_crs(METRES))
    if areas.empty:
        raise Fout(f"De grenzen '{name}' bevatten geen enkel vlak. Kies een bestand met vlakken.")
    return write_light(
        areas.set_geometry(
            gpd.GeoSeries(simplify(np.asarray(areas.geometry.array)), areas.index, crs=METRES)
        ),
        static_folder,
        name,
    )


def write_light(areas: gpd.GeoDataFrame, static_folder: Path, name: str) -> GeometryFile:
    """Write boundaries that have no more detail than they need.

    Parameters
    ----------
    areas
        Columns ``code``, ``naam`` and polygons in RD metres, at least one.
    static_folder, name
        As in `write_geometry`.
    """
    degrees = areas.geometry.to_crs(DEGREES)
    rounded = shapely.transform(np.asarray(degrees.array), lambda points: np.round(points, _DECIMALS))
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(rounded))
    codes = tuple(areas["code"].astype(str))
    text = _geojson(codes, areas["naam"].astype(str), rounded, (west, south, east, north))
    return _publish(text, static_folder / FOLDER, name, codes, (west, south, east, north))


def read_codes(path: Path) -> tuple[str, ...]:
    """Codes of the areas in a boundary file, in file order.

    Parameters
    ----------
    path
        A file that :func:`write_geometry` wrote.
    """
    return _read(path).codes


def read_geometry(static_folder: Path, url_path: str) -> GeometryFile:
    """The boundary file at a path that was kept earlier, for instance in the database.

    Parameters
    ----------
    static_folder
        The ``static`` folder beside ``app.py``.
    url_path
        ``GeometryFile.url_path`` of the time it was written.

    Raises
    ------
    Fout
        If the file is gone or unreadable.
    """
    return _read(static_folder / FOLDER / Path(url_path).name)


def _read(path: Path) -> GeometryFile:
    try:
        # The index beside the file holds the codes, so that reading them takes milliseconds.
        index = json.loads(_index(path).read_text(encoding="utf-8"))
        found = path.is_file()
        file = GeometryFile(_url(path.name), tuple(index["codes"]), tuple(index["bounds"]))
    except (OSError, ValueError, KeyError, TypeError):
        found = False
    if not found:
        raise Fout(f"Het kaartbestand {path.name} ontbreekt of is beschadigd. Bouw de gegevens opnieuw.")
    return file


def _geojson(codes: tuple[str, ...], names: list[str], shapes: np.ndarray, bounds: tuple[float, ...]) -> str:
    features = (
        f'{{"type":"Feature","properties":{_compact({"code": code, "naam": name})},"geometry":{shape}}}'
        for code, name, shape in zip(codes, names, shapely.to_geojson(shapes), strict=True)
    )
    lines = ",\n".join(features)
    return f'{{"type":"FeatureCollection","bbox":{_compact(bounds)},"features":[\n{lines}\n]}}'


def _publish(
    text: str, folder: Path, name: str, codes: tuple[str, ...], bounds: tuple[float, float, float, float]
) -> GeometryFile:
    file = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.geojson"
    folder.mkdir(parents=True, exist_ok=True)
    _write(_index(folder / file), _compact({"codes": codes, "bounds": bounds}))
    _write(folder / file, text)
    _remove_old(folder, name, keep=folder / file)
    return GeometryFile(_url(file), codes, bounds)


def remove_geometry(path: Path) -> None:
    """Take a boundary file away, with what tells of it."""
    path.unlink(missing_ok=True)
    _index(path).unlink(missing_ok=True)


def _remove_old(folder: Path, name: str, keep: Path) -> None:
    pattern = re.compile(rf"{name}-[0-9a-f]{{12}}\.geojson")
    others = [path for path in folder.iterdir() if pattern.fullmatch(path.name) and path != keep]
    for path in sorted(others, key=lambda path: path.stat().st_mtime_ns)[:-1]:
        remove_geometry(path)


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _index(path: Path) -> Path:
    return path.with_suffix(".json")


def _url(file: str) -> str:
    return f"app/static/{FOLDER}/{file}"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
