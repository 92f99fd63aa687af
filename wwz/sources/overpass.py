"""Elements of OpenStreetMap as Overpass gives them → rows with a shape, whichever `out` was asked for."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd
import shapely

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.sources.kinds import PART
from wwz.sources.reading import Report, clean
from wwz.sources.shapes import DEGREES

TYPES = ("node", "way", "relation")
# Lines that stay lines: people walk along them.
WALKED = "highway"
MOST_TAGS = 500
MINIMUM_RING = 4
Element = dict
Ref = tuple[str, object]


def are_elements(rows: list[dict]) -> bool:
    """Whether these objects are elements of OpenStreetMap: every one has a type and an id."""
    return bool(rows) and all(row.get("type") in TYPES and "id" in row for row in rows)


def refuse_empty(content: object) -> None:
    """Say what Overpass said when it gives no elements.

    Raises
    ------
    Fout
        When this is an answer of Overpass without elements.
    """
    if isinstance(content, dict) and content.get("elements") == []:
        said = f" Overpass meldt: {clean(content['remark'], 120)}" if content.get("remark") else ""
        raise Fout(f"Er staan geen elementen in deze uitvoer van Overpass.{said} Stel de vraag opnieuw.")


def elements(rows: list[dict], name: str, report: Report) -> gpd.GeoDataFrame:
    """Elements that can be a voorziening, with their tags as columns.

    Corners of a way and parts of a relation (`>; out skel;`) are no voorzieningen by themselves: they only stay where
    their own tags may tell a kind. A node without tags never stays.

    Parameters
    ----------
    rows
        As in the file: with lat and lon, `geometry`, `nodes`, `members`, `center` or `bounds`.
    name
        File name for the report.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns osm (node/1), onderdeel (whether it is part of another element) and the tags; geometry in degrees,
        missing where the file does not tell it.

    Raises
    ------
    Fout
        When none of the elements has tags that count, or none has a place.
    """
    known = _by_ref(rows)
    parts = {ref for row in rows for ref in _parts(row)}
    kept, bare = [], 0
    for ref, row in known.items():
        tags = _tags(row)
        if tags or (row["type"] != "node" and ref not in parts):
            kept.append((ref, row, tags))
        else:
            bare += row["type"] == "node" and ref not in parts
    if bare:
        report.reject(
            name,
            counted(
                "{n} [los punt van OpenStreetMap heeft|losse punten van OpenStreetMap hebben] geen kenmerken; [het is|ze zijn] niet gebruikt. "
                "Vraag [het|ze] bij Overpass op met 'out body;'.",
                bare,
            ),
            bare,
        )
    if not kept:
        raise Fout(
            "In deze uitvoer van Overpass heeft geen element kenmerken (tags). Vraag 'out body;' in plaats van 'out skel;'."
        )
    shapes = [_shape(row, known) for _, row, _ in kept]
    if all(shape is None for shape in shapes):
        raise Fout(
            "In deze uitvoer van Overpass heeft geen element een plaats. Vraag 'out center;' of 'out geom;'."
        )
    keys = sorted({key for _, _, tags in kept for key in tags} - {"osm", PART, "geometry"})[:MOST_TAGS]
    frame = pd.DataFrame({key: [tags.get(key) for _, _, tags in kept] for key in keys}, dtype=object)
    frame.insert(0, "osm", [f"{kind}/{number}" for (kind, number), _, _ in kept])
    frame.insert(1, PART, [ref in parts for ref, _, _ in kept])
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=DEGREES))


def _by_ref(rows: list[dict]) -> dict[Ref, Element]:
    """Every element once: of what is in the file twice (`out; >; out skel;`) the one that tells most."""
    known: dict[Ref, Element] = {}
    for row in rows:
        ref = _ref(row["type"], row["id"])
        known[ref] = {**known.get(ref, {}), **row} if row.get("tags") else {**row, **known.get(ref, {})}
    return known


def _ref(kind: object, number: object) -> Ref:
    return str(kind), number if isinstance(number, int) else str(number)


def _tags(row: Element) -> dict[str, object]:
    tags = row.get("tags")
    return {str(key): value for key, value in tags.items()} if isinstance(tags, dict) else {}


def _parts(row: Element) -> list[Ref]:
    nodes = [_ref("node", number) for number in _list(row, "nodes")]
    return nodes + [_ref(m.get("type"), m.get("ref")) for m in _list(row, "members") if isinstance(m, dict)]


def _list(row: Element, name: str) -> list:
    return row[name] if isinstance(row.get(name), list) else []


def _shape(row: Element, known: dict[Ref, Element]) -> shapely.Geometry | None:
    """The best that is told: the outline, else the middle that Overpass gives, else the middle of its box."""
    if row["type"] == "node":
        return _point(row)
    line = _line(row, known) if row["type"] == "way" else None
    outline = _way(line, row) if row["type"] == "way" else _relation(row, known)
    return outline or _point(row.get("center")) or _box(row.get("bounds"))


def _point(place: object) -> shapely.Point | None:
    at = _place(place)
    return shapely.Point(at) if at else None


def _place(place: object) -> tuple[float, float] | None:
    """Longitude and latitude; None when they are no numbers."""
    if not isinstance(place, dict):
        return None
    try:
        return float(place["lon"]), float(place["lat"])
    except (KeyError, TypeError, ValueError):
        return None


def _box(bounds: object) -> shapely.Point | None:
    try:
        return shapely.box(bounds["minlon"], bounds["minlat"], bounds["maxlon"], bounds["maxlat"]).centroid
    except (KeyError, TypeError, ValueError):
        return None


def _line(row: Element, known: dict[Ref, Element]) -> list[tuple[float, float]]:
    """The corners of a way: in the element itself (`out geom`), or of its nodes elsewhere in the file."""
    corners = _list(row, "geometry") or [known.get(_ref("node", n)) for n in _list(row, "nodes")]
    return [at for corner in corners if (at := _place(corner))]


def _way(line: list[tuple[float, float]], row: Element) -> shapely.Geometry | None:
    if len(line) >= MINIMUM_RING and line[0] == line[-1]:
        ring = shapely.Polygon(line)
        surface = shapely.union_all(_surfaces([ring]))
        return ring.centroid if surface.is_empty else surface
    if len(line) < 2:
        return shapely.Point(line[0]) if line else None
    whole = shapely.LineString(line)
    return whole if WALKED in _tags(row) else shapely.line_interpolate_point(whole, 0.5, normalized=True)


def _relation(row: Element, known: dict[Ref, Element]) -> shapely.Geometry | None:
    """The surface that the ways of a relation enclose, without its holes; else a point in the midst of its parts."""
    members = [m for m in _list(row, "members") if isinstance(m, dict)]
    rings: dict[str, list] = {"outer": [], "inner": []}
    places: list[tuple[float, float]] = []
    for member in members:
        own = {**known.get(_ref(member.get("type"), member.get("ref")), {}), **member}
        line = _line(own, known) if member.get("type") == "way" else [at for at in (_place(own),) if at]
        places += line
        if len(line) > 1:
            rings["inner" if member.get("role") == "inner" else "outer"].append(shapely.LineString(line))
    outer, inner = (
        shapely.union_all(_surfaces(shapely.get_parts(shapely.polygonize(rings[role])))) for role in rings
    )
    surface = shapely.difference(outer, inner)
    if not surface.is_empty:
        return surface
    return shapely.MultiPoint(places).convex_hull.centroid if places else None


def _surfaces(rings: Iterable[shapely.Geometry]) -> list[shapely.Geometry]:
    """What of drawn rings is a surface, also where they cross themselves."""
    parts = [part for ring in rings for part in shapely.get_parts(shapely.make_valid(ring))]
    return [part for part in parts if part.area > 0]
