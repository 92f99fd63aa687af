"""The BGT as PDOK delivers it for an area: a zip with a file of GML for each kind of object, or one such file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import shapely

from wwz.base.errors import Fout
from wwz.sources.limits import MEGABYTE, check_size
from wwz.sources.reading import Report, Table, clean
from wwz.sources.xmlparts import name_of, refuse_doctype

# Parts of the zip that are read, and the objects in them; GML names some of them in English.
PARTS = ("bgt_wegdeel.gml", "bgt_straatmeubilair.gml")
OBJECTS = ("TrafficArea", "Wegdeel", "Straatmeubilair")
MARK = b"imgeo"
KEPT = {
    "function": "functie", "bgt-functie": "functie", "plus-type": "plus_type", "bronhouder": "bronhouder", "lokaalID": "lokaalid",
    "identificatie.lokaalID": "lokaalid", "eindRegistratie": "eind_registratie", "terminationDate": "termination_date",
}  # fmt: skip
MOST_MB = 4_000
COLUMNS = 8
RD = "EPSG:28992"


def is_bgt(path: Path) -> bool:
    """Whether a zip holds the BGT."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(Path(name).name in PARTS for name in archive.namelist())
    except zipfile.BadZipFile:
        return False


def read_zip(path: Path, report: Report) -> Iterator[Table]:
    """Read streets and street furniture out of the zip, without unpacking it.

    Raises
    ------
    Fout
        When it is damaged, far larger than any BGT, or holds a document type.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if Path(info.filename).name not in PARTS:
                    continue
                if info.file_size > MOST_MB * MEGABYTE:
                    raise Fout(
                        f"{clean(info.filename, 60)} in dit zip-bestand is uitgepakt groter dan {MOST_MB} MB."
                    )
                with archive.open(info) as head:
                    refuse_doctype(head)
                with archive.open(info) as content:
                    yield from _tables(content, path, Path(info.filename).name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Fout("Het zip-bestand is beschadigd of heeft een wachtwoord. Haal het opnieuw op.") from error


def read_gml(path: Path, report: Report) -> Iterator[Table]:
    """Read one file of GML.

    Raises
    ------
    Fout
        When it holds no streets or furniture, or a document type.
    """
    with path.open("rb") as head:
        refuse_doctype(head)
    with path.open("rb") as content:
        tables = list(_tables(content, path, path.name))
    if not tables:
        raise Fout(
            "In dit bestand van de BGT staan geen wegdelen en geen straatmeubilair; het is niet nodig."
        )
    yield from tables


def _tables(content: IO[bytes], path: Path, part: str) -> Iterator[Table]:
    rows: list[dict[str, Any]] = []
    shapes: list[shapely.Geometry | None] = []
    try:
        for _, element in ElementTree.iterparse(content, events=("end",)):
            name = name_of(element)
            if name in OBJECTS and len(element):
                rows.append(_row(element))
                shapes.append(_shape(element))
                check_size(len(rows), COLUMNS)
            if name in ("cityObjectMember", "featureMember"):
                element.clear()
    except ElementTree.ParseError as error:
        raise Fout(
            f"{clean(part, 60)} is beschadigd of niet helemaal opgehaald. Haal het opnieuw op."
        ) from error
    if rows:
        yield Table(clean(path.name), clean(part), gpd.GeoDataFrame(rows, geometry=shapes, crs=RD))


def _row(element: ElementTree.Element) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(KEPT.values())
    for part in element.iter():
        if (column := KEPT.get(name_of(part))) and (part.text or "").strip():
            row[column] = (part.text or "").strip()
    return row


def _shape(element: ElementTree.Element) -> shapely.Geometry | None:
    """A point, or the surface within its rings; an arc is drawn through its three points."""
    surfaces = [
        shapely.Polygon(outer, _rings(polygon, "interior"))
        for polygon in element.iter()
        if name_of(polygon) in ("Polygon", "PolygonPatch")
        for outer in _rings(polygon, "exterior")[:1]
    ]
    if surfaces:
        return shapely.make_valid(shapely.union_all(surfaces) if len(surfaces) > 1 else surfaces[0])
    for part in element.iter():
        if name_of(part) == "pos" and len(values := (part.text or "").split()) > 1:
            return shapely.Point(float(values[0]), float(values[1]))
    return None


def _rings(polygon: ElementTree.Element, side: str) -> list[np.ndarray]:
    """Corners of the outer ring, or of each hole; shape (n, 2) each, RD metres."""
    found = []
    for ring in polygon:
        if name_of(ring) != side:
            continue
        parts = [
            np.array((part.text or "").split(), dtype=float).reshape(-1, 2)
            for part in ring.iter()
            if name_of(part) == "posList"
        ]
        corners = np.concatenate(parts) if parts else np.empty((0, 2))
        if len(corners) > 3:
            found.append(corners)
    return found
