"""Buurten from a file of the visitor: a list of codes, or a shape drawn in another program."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from wwz.ask.area import Area
from wwz.ask.ownareas import members
from wwz.base.errors import Fout
from wwz.base.rd import DEGREES, RD, to_rd
from wwz.base.workbook import check_workbook
from wwz.maps.boundaries import area_shapes
from wwz.own.tablefile import BOUNDS, Columns, read_rows
from wwz.sources.formats import FORMATS
from wwz.sources.reading import Report, clean
from wwz.store import Store

TYPES = ("csv", "xlsx", "geojson", "gpkg")
SHAPES = (".geojson", ".gpkg")
LIST = Columns(("code",), (), {"buurt": "code", "buurtcode": "code", "gebied": "code", "wijk": "code"})
MOST_POINTS = 200_000
NO_SHAPE = "In {} staat geen vlak. Geef een bestand met een omtrek, of een lijst met codes van buurten."
TOO_FINE = "De omtrek in {} heeft te veel punten (hooguit {}). Maak hem eenvoudiger."
NOTHING = "Binnen deze omtrek ligt geen buurt van de gegevens. Kijk of de omtrek in het goede gebied ligt."


def buurten_of(store: Store, area: Area, name: str, content: bytes) -> tuple[str, ...]:
    """The buurten that a file names or encloses.

    Parameters
    ----------
    area
        A shape takes buurten of this area only.
    name, content
        As the visitor gave them.

    Raises
    ------
    Fout
        When the file cannot be read, names what is not in the data, or encloses nothing.
    """
    safe = clean(Path(name).name, 80).replace("/", " ")
    if Path(safe).suffix.lower() in SHAPES:
        return inside(store, area, _shape(safe, content))
    if content[:2] == b"PK":
        check_workbook(io.BytesIO(content), safe, BOUNDS)
    codes = [row["code"].strip() for _, row in read_rows(content, safe, LIST) if row["code"].strip()]
    if not codes:
        raise Fout(f"In {safe} staan geen codes. Zet in de kolom code de codes van buurten of wijken.")
    return members(store, codes)


def around(store: Store, area: Area, corners: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """The buurten within a line that was drawn: corners as latitude and longitude.

    Raises
    ------
    Fout
        With fewer than three corners, or when it encloses nothing.
    """
    if len(corners) < 3:
        raise Fout("Zet minstens drie punten op de kaart. De lijn tussen de punten is de omtrek.")
    places = to_rd([lat for lat, _ in corners], [lon for _, lon in corners])
    return inside(store, area, shapely.make_valid(shapely.Polygon(places)))


def inside(store: Store, area: Area, shape: shapely.Geometry) -> tuple[str, ...]:
    """The buurten of an area of which the middle lies within a shape (RD metres)."""
    shapes = area_shapes(store, area, area.smallest)
    shapely.prepare(shape)
    middle = shapely.point_on_surface(shapes.geometry.to_numpy())
    found = tuple(sorted(shapes["code"][shapely.intersects(shape, middle)]))
    if not found:
        raise Fout(NOTHING)
    return found


def _shape(name: str, content: bytes) -> shapely.Geometry:
    report = Report()
    reader = next(kind for kind in FORMATS if kind.code == "gpkg")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"omtrek{Path(name).suffix.lower()}"
        path.write_bytes(content)
        try:
            tables = [table.frame for table in reader.tables(path, report)]
        except (RuntimeError, ValueError, OSError) as error:
            raise Fout(f"{name} is niet te lezen. Bewaar de omtrek opnieuw als GeoJSON of GPKG.") from error
    drawn = [_in_rd(frame) for frame in tables if isinstance(frame, gpd.GeoDataFrame)]
    shapes = pd.concat(drawn).to_numpy() if drawn else []
    planes = [shape for shape in shapes if shape is not None and shape.geom_type.endswith("Polygon")]
    if not planes:
        raise Fout(NO_SHAPE.format(name))
    if shapely.get_num_coordinates(planes).sum() > MOST_POINTS:
        raise Fout(TOO_FINE.format(name, MOST_POINTS))
    return shapely.union_all(shapely.make_valid(planes))


def _in_rd(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    shapes = frame.geometry
    return (shapes.set_crs(DEGREES) if shapes.crs is None else shapes).to_crs(RD)
