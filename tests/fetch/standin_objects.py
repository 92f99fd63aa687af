"""Buildings, floors and streets as PDOK (OGC API Features) and 3DBAG (WFS) give them: by box, page after page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
MOST = 1000
# Streets have a history; without a moment all of it comes.
TIMED = ("wegdeel", "straatmeubilair")


def objects(server: Any, name: str, items: bool, path: str, query: dict[str, str]) -> dict[str, Any]:
    """A collection, or a page of it; KeyError for one that is not there (as on an old address)."""
    features = server.content.objects[name]
    if not items:
        return {"id": name, "title": name, "links": []}
    if query.get("crs") != RD or query.get("bbox-crs") != RD:
        raise KeyError("degrees")
    kept = _within(features, query["bbox"])
    if name in TIMED and "datetime" in query:
        kept = [f for f in kept if f["properties"].get("eind_registratie") is None]
    start, limit = int(query.get("cursor", 0)), min(MOST, int(query["limit"]))
    page = kept[start : start + limit]
    links = [{"rel": "self", "href": f"{server.url}{path}"}]
    if start + limit < len(kept):
        links.append(
            {"rel": "next", "href": f"{server.url}{path}?{urlencode({**query, 'cursor': start + limit})}"}
        )
    return {"type": "FeatureCollection", "links": links, "numberReturned": len(page), "features": page}


def floors(server: Any, query: dict[str, str]) -> dict[str, Any]:
    """A page of 3DBAG: without shapes when these were not asked for."""
    if query["request"] != "GetFeature":
        raise KeyError(query["request"])
    kept = server.content.objects[query["typeNames"].removeprefix("BAG3D:")]
    kept = _within(kept, query["bbox"].rsplit(",", 1)[0])
    start, count = int(query["startIndex"]), int(query["count"])
    page = [{**f, "geometry": None} for f in kept[start : start + count]]
    return {
        "type": "FeatureCollection",
        "numberMatched": len(kept),
        "numberReturned": len(page),
        "features": page,
    }


# The first corner of every object of a list; the list itself is kept with it, so that no other takes its number.
PLACES: dict[int, tuple[list[dict[str, Any]], np.ndarray]] = {}


def _within(features: list[dict[str, Any]], box: str) -> list[dict[str, Any]]:
    west, south, east, north = map(float, box.split(","))
    if id(features) not in PLACES:
        corners = [_corner(f["geometry"]["coordinates"]) for f in features]
        PLACES[id(features)] = features, np.array(corners, float).reshape(-1, 2)
    x, y = PLACES[id(features)][1].T
    return [features[n] for n in np.flatnonzero((west <= x) & (x < east) & (south <= y) & (y < north))]


def _corner(at: list) -> list:
    while isinstance(at[0], list):
        at = at[0]
    return at[:2]
