"""An extract of OpenStreetMap (.osm.pbf) → its voorzieningen, in the same shape as an answer of Overpass.

The whole country is in such a file. So it is walked a few times, each time for the little that is needed, and the places of
the millions of other nodes are never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import osmium
from osmium.osm import NODE, RELATION, WAY

from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.sources.limits import check_size
from wwz.sources.overpass import elements
from wwz.sources.reading import Report, Table, clean

# Every block of data begins with its length and then its kind; the first one is a header.
MAGIC = tuple(b"\x00\x00\x00" + bytes([length]) + b"\x0a\x09OSMHeader" for length in (13, 14, 15, 16))
DAMAGED = "Het bestand van OpenStreetMap is beschadigd of niet helemaal opgehaald. Haal het opnieuw op."
NOTHING = "In dit bestand van OpenStreetMap staan geen voorzieningen die wij kennen (zie Voorzieningen)."


def read_pbf(path: Path, report: Report) -> Iterator[Table]:
    """Read the voorzieningen of an extract, with their tags.

    Raises
    ------
    Fout
        When the file is broken, or has nothing that we know.
    """
    try:
        rows = _rows(str(path))
    except (RuntimeError, ValueError) as error:
        raise Fout(DAMAGED) from error
    if not rows:
        raise Fout(NOTHING)
    check_size(len(rows), 1)
    frame = elements(rows, path.name, report)
    check_size(*frame.shape)
    yield Table(clean(path.name), "", frame)


def _rows(path: str) -> list[dict[str, Any]]:
    """Elements as Overpass gives them: nodes with a place, ways with their corners, relations with their members."""
    relations = [_relation(found) for found in _tagged(path, RELATION)]
    parts = {m["ref"] for relation in relations for m in relation["members"] if m["type"] == "way"}
    ways = {found.id: _way(found) for found in chain(_by_id(path, WAY, parts), _tagged(path, WAY))}
    corners = {ref for way in ways.values() for ref in way["nodes"]}
    corners |= {m["ref"] for r in relations for m in r["members"] if m["type"] == "node"}
    places = {n.id: {"lat": n.lat, "lon": n.lon} for n in _by_id(path, NODE, corners) if n.location.valid()}
    for way in ways.values():
        way["geometry"] = [places[ref] for ref in way.pop("nodes") if ref in places]
    for member in chain.from_iterable(relation["members"] for relation in relations):
        member |= _member(member, ways, places)
    nodes = [
        {"type": "node", "id": n.id, "lat": n.lat, "lon": n.lon, "tags": dict(n.tags)}
        for n in _tagged(path, NODE)
        if n.location.valid()
    ]
    return [*nodes, *(way for way in ways.values() if way["tags"]), *relations]


def _member(member: dict[str, Any], ways: dict[int, dict], places: dict[int, dict]) -> dict[str, Any]:
    if member["type"] == "way" and member["ref"] in ways:
        return {"geometry": ways[member["ref"]]["geometry"]}
    return places.get(member["ref"], {}) if member["type"] == "node" else {}


def _way(found: Any) -> dict[str, Any]:
    """A way that is only a part of a relation has no tags that count."""
    tags = dict(found.tags)
    return {
        "type": "way", "id": found.id, "nodes": [n.ref for n in found.nodes], "tags": tags if _is_wanted(tags) else {},
    }  # fmt: skip


def _relation(found: Any) -> dict[str, Any]:
    kinds = {"n": "node", "w": "way", "r": "relation"}
    members = [{"type": kinds[m.type], "ref": m.ref, "role": m.role} for m in found.members]
    return {"type": "relation", "id": found.id, "tags": dict(found.tags), "members": members}


def _tagged(path: str, kind: Any) -> Iterator[Any]:
    """Elements of this kind that are a voorziening."""
    pairs = {pair for combination in _wanted() for pair in combination}
    walk = osmium.FileProcessor(path, kind).with_filter(osmium.filter.TagFilter(*sorted(pairs)))
    return (found for found in walk if _is_wanted(dict(found.tags)))


def _by_id(path: str, kind: Any, numbers: Iterable[int]) -> Iterator[Any]:
    wanted = list(numbers)
    return (
        iter(osmium.FileProcessor(path, kind).with_filter(osmium.filter.IdFilter(wanted)))
        if wanted
        else iter(())
    )


@cache
def _wanted() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The combinations of tags that make a voorziening (voorzieningen.toml)."""
    return tuple(
        tuple((key, value) for key, value in (tag.split("=") for tag in tags.split("&")))
        for kind in load_toml("voorzieningen.toml")["voorziening"]
        for tags in kind["osm"]
    )


def _is_wanted(tags: dict[str, str]) -> bool:
    return any(all(tags.get(key) == value for key, value in combination) for combination in _wanted())
