"""Walking routes: lines in a file with geometry, or a GraphML file with crossings and the streets between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.lines import pieces_of
from wwz.knowledge import load_toml
from wwz.sources.candidate import Candidate
from wwz.sources.limits import MEGABYTE, check_size
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.shapes import to_rd
from wwz.sources.tablekind import TableKind, into
from wwz.sources.xmlparts import name_of, refuse_doctype

LINES = (1, 5)
MOST_GRAPHML = 300 * MEGABYTE
MOSTLY = 0.5


def is_network(table: Table) -> bool:
    """Whether most rows are lines."""
    frame = table.frame
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.isna().all():
        return False
    return bool(np.isin(shapely.get_type_id(frame.geometry.to_numpy()), LINES).mean() > MOSTLY)


def are_crossings(table: Table) -> bool:
    """Whether the table is the layer of crossings that comes with a network: it tells nothing by itself."""
    return "street_count" in table.frame.columns


def read_routes(table: Table, report: Report) -> Reading:
    """Read lines as straight pieces, without those where nobody walks.

    Raises
    ------
    Fout
        When no line is left.
    """
    frame = table.frame
    shapes = to_rd(frame, table.bestand, report, "looproutes")
    line = np.isin(shapely.get_type_id(shapes), LINES)
    lost = int((~line).sum())
    if lost:
        report.reject(
            table.bestand,
            counted(
                "{n} [rij is geen lijn of ligt|rijen zijn geen lijn of liggen] niet in Nederland; [ze is|ze zijn] niet gebruikt.",
                lost,
            ),
            lost,
        )
    closed = line & ~walkable(frame)
    if closed.any():
        report.info(
            table.bestand,
            counted(
                "{n} [weg is niet voor voetgangers; hij telt|wegen zijn niet voor voetgangers; ze tellen] niet mee.",
                int(closed.sum()),
            ),
            int(closed.sum()),
        )
    pieces = pieces_of(shapes[line & ~closed])
    if not len(pieces):
        raise Fout(
            "Er staan geen looproutes in. Nodig zijn lijnen in RD-meters (EPSG:28992) of graden (EPSG:4326)."
        )
    lines = pd.DataFrame(pieces, columns=["x1", "y1", "x2", "y2"])
    return Reading(
        table.bestand, table.onderdeel, "looproutes", inhoud=lines, rijen=int((line & ~closed).sum())
    )


def walkable(frame: pd.DataFrame) -> np.ndarray:
    """Which lines people may walk, by their OSM tags; without tags all of them."""
    allowed = np.ones(len(frame), dtype=bool)
    forbidden = set(load_toml("afstand.toml")["netwerk"]["niet_te_voet"])
    if "highway" in frame.columns:
        allowed &= ~frame["highway"].astype("string").isin(forbidden).fillna(False).to_numpy(bool)
    for tag in ("foot", "access"):
        if tag in frame.columns:
            allowed &= ~frame[tag].astype("string").isin(["no", "private"]).fillna(False).to_numpy(bool)
    return allowed


def read_graphml(path: Path, report: Report) -> Iterator[Table]:
    """The streets of a GraphML file as lines; crossings have x and y, a street may have its own shape (WKT).

    Raises
    ------
    Fout
        When the file is too large, holds a document type, or has no crossings with a place.
    """
    if path.stat().st_size > MOST_GRAPHML:
        raise Fout(
            f"Een GraphML-bestand mag hoogstens {MOST_GRAPHML // MEGABYTE} MB zijn. Bewaar het netwerk als GeoPackage."
        )
    with path.open("rb") as handle:
        refuse_doctype(handle, "GraphML")
    names, crossings, streets, crs = _parse(path)
    if not crossings:
        raise Fout("In dit GraphML-bestand hebben de kruispunten geen x en y. Maak het met coördinaten.")
    check_size(len(streets), 3)
    lost = sum(a not in crossings or b not in crossings for a, b, _ in streets)
    if lost:
        report.reject(
            path.name,
            counted(
                "{n} [straat heeft|straten hebben] geen begin of eind met een plaats; [ze is|ze zijn] niet gebruikt.",
                lost,
            ),
            lost,
        )
    known = [(a, b, data) for a, b, data in streets if a in crossings and b in crossings]
    shapes = [_shape(crossings[a], crossings[b], data.get("geometry")) for a, b, data in known]
    frame = pd.DataFrame(
        [{tag: data.get(tag) for tag in ("highway", "foot", "access")} for _, _, data in known]
    )
    yield Table(clean(path.name), "", gpd.GeoDataFrame(frame, geometry=shapes, crs=crs))


def _parse(
    path: Path,
) -> tuple[dict[str, str], dict[str, tuple[float, float]], list[tuple[str, str, dict[str, str]]], str | None]:
    """Names of the fields, place of every crossing, streets with their fields, and the coordinate system."""
    names: dict[str, str] = {}
    crossings: dict[str, tuple[float, float]] = {}
    streets: list[tuple[str, str, dict[str, str]]] = []
    crs: str | None = None
    for _, element in ElementTree.iterparse(path, events=("end",)):
        tag = name_of(element)
        if tag == "key":
            names[element.get("id", "")] = element.get("attr.name", "")
        elif tag in ("node", "edge"):
            data = {
                names.get(d.get("key", ""), d.get("key", "")): d.text or ""
                for d in element
                if d.tag.endswith("data")
            }
            if tag == "edge":
                streets.append((element.get("source", ""), element.get("target", ""), data))
            elif "x" in data and "y" in data:
                crossings[element.get("id", "")] = (float(data["x"]), float(data["y"]))
            element.clear()
        elif tag == "data" and names.get(element.get("key", "")) == "crs":
            crs = element.text
    return names, crossings, streets, crs


def _shape(start: tuple[float, float], end: tuple[float, float], wkt: str | None) -> shapely.Geometry:
    if wkt:
        shape = shapely.from_wkt(wkt, on_invalid="ignore")
        if shape is not None:
            return shape
    return shapely.LineString([start, end])


def _test(candidate: Candidate) -> bool:
    return candidate.code is None and is_network(candidate.table)


def _read(candidate: Candidate, report: Report) -> Reading:
    return read_routes(candidate.table, report)


def _test_crossings(candidate: Candidate) -> bool:
    return candidate.code is None and are_crossings(candidate.table)


KIND = TableKind({"looproutes": "looproutes"}, _test, _read, into("looplijn"))
CROSSINGS = TableKind(test=_test_crossings)
