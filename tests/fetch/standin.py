"""A stand-in for CBS, RIVM and PDOK on loopback: same paths, JSON shapes, padded keys, paging and links."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import geopandas as gpd
import pandas as pd
import shapely
from standin_objects import floors, objects
from standin_rows import features, records
from standin_v3 import catalogue, odata3
from standin_v4 import odata4

MADE: dict[int, tuple[pd.DataFrame, list[dict[str, Any]]]] = {}
SERVICES = {"opendata": "cbs", "dataderden": "rivm", "CBS": "cbs", "RIVM": "rivm"}


@dataclass
class Content:
    """What the stand-in serves.

    Attributes
    ----------
    tables
        Service (cbs, rivm) and number → rows with the columns of TypedDataSet.
    layers
        Year and collection → areas with the properties of PDOK, RD metres.
    names
        Code → name of the gemeenten in the code lists.
    modified
        Number → version date.
    v4
        Numbers that are only in version 4 of OData.
    titles
        Number → title of other tables in the catalogue.
    divisions
        Title of a division → its column of codes, in the table Gebieden in Nederland.
    measures
        Stem of a column → measure as version 4 describes it; others get a code of their own.
    files
        Name → zip of squares, or of postcodes.
    keys
        Dimension → key → title, as its list of codes gives them.
    topics
        Number → its topics and their groups, where the names of its columns do not tell what they are.
    elements
        Of OpenStreetMap, as Overpass gives them.
    objects
        Of BAG (pand, verblijfsobject), 3DBAG (lod12) and BGT (wegdeel, straatmeubilair): features in RD metres.
    uncounted
        Numbers of tables that count wrong and cannot skip.
    """

    tables: dict[tuple[str, str], pd.DataFrame]
    layers: dict[tuple[int, str], gpd.GeoDataFrame]
    names: dict[str, str]
    modified: dict[str, str] = field(default_factory=dict)
    v4: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    divisions: dict[str, str] = field(default_factory=dict)
    measures: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    topics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    uncounted: set[str] = field(default_factory=set)
    elements: list[dict[str, Any]] = field(default_factory=list)
    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


Trouble = Callable[["Handler", str, dict[str, str]], bool]


class Standin(ThreadingHTTPServer):
    """The server; `trouble` may spoil answers, `log` has every path asked."""

    daemon_threads = True

    def __init__(self, content: Content) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.log: list[str] = []
        self.ranges: list[str] = []
        self.agents: set[str] = set()
        self.busy, self.busiest = 0, 0
        self.lock = threading.Lock()
        self.not_modified = 0
        self.trouble: Trouble | None = None
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def settings(self) -> dict[str, str]:
        """The addresses as config.toml would give them."""
        return {
            "bron_cbs": f"{self.url}/opendata/ODataFeed/odata",
            "bron_rivm": f"{self.url}/dataderden/ODataFeed/odata",
            "bron_cbs_v4": f"{self.url}/datasets/odata/v1/CBS",
            "bron_rivm_v4": f"{self.url}/datasets/odata/v1/RIVM",
            "bron_pdok": f"{self.url}/pdok/cbs",
            "bron_raster": f"{self.url}/download/vierkant/100",
            "bron_postcode": f"{self.url}/download/postcode",
            "bron_overpass": f"{self.url}/overpass/api/interpreter",
            "bron_bag": f"{self.url}/kadaster/bag/ogc/v2",
            "bron_bgt": f"{self.url}/lv/bgt/ogc/v1",
            "bron_lagen": f"{self.url}/api/BAG3D/wfs",
        }

    def table(self, key: tuple[str, str]) -> list[dict[str, Any]]:
        return _once(self.content.tables[key], records)

    def layer(self, key: tuple[int, str]) -> list[dict[str, Any]]:
        return _once(self.content.layers[key], features)

    def handle_error(self, request, client_address) -> None:
        """Clients that hang up are part of the tests."""


def _once(frame: pd.DataFrame, make: Callable[[Any], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rows of a frame, made once for all servers that serve it; the frame is kept, so that its id stays its own."""
    if id(frame) not in MADE:
        MADE[id(frame)] = (frame, make(frame))
    return MADE[id(frame)][1]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    # Headers and body go apart; waiting for the one before sending the other costs 40 ms an answer.
    disable_nagle_algorithm = True
    server: Standin

    def log_message(self, *args) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.busy += 1
            self.server.busiest = max(self.server.busiest, self.server.busy)
        self.answered = False
        try:
            self._get()
        finally:
            self._is_answered()

    def _is_answered(self) -> None:
        """A question lasts until its answer goes out: who has it may ask the next before we are back here."""
        if not self.answered:
            self.answered = True
            with self.server.lock:
                self.server.busy -= 1

    def _get(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        path = parts.path
        self.server.log.append(self.path)
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if self.server.trouble and self.server.trouble(self, path, query):
            return
        try:
            if found := re.fullmatch(r"/download/(?:vierkant/100|postcode)/(.+)", path):
                self._file(self.server.content.files[found[1]])
                return
            answer = self.answer(path, query)
        except KeyError:
            self.send(b"Not found", 404, "text/plain")
            return
        if isinstance(answer, int):
            self.send(str(answer).encode("utf-8-sig"), 200, "text/plain;charset=utf-8")
        else:
            self.send_json(answer)

    def answer(self, path: str, query: dict[str, str]) -> Any:
        """The good answer; KeyError for what does not exist."""
        if found := re.fullmatch(r"/(opendata|dataderden)/ODataFeed/odata/(\w+)/(.+)", path):
            return odata3(self.server, SERVICES[found[1]], found[2], found[3], path, query)
        if found := re.fullmatch(r"/(opendata|dataderden)/ODataApi/odata/(\w+)/(.+)", path):
            if "$skip" in query:
                raise KeyError("The 'Skip' query option is not supported on the ODataApi")
            body = odata3(self.server, SERVICES[found[1]], found[2], found[3], path, query)
            if isinstance(body, dict):
                body.pop("odata.nextLink", None)
            return body
        if found := re.fullmatch(r"/(opendata|dataderden)/ODataCatalog/Tables", path):
            return catalogue(self.server, SERVICES[found[1]], query)
        if found := re.fullmatch(r"/datasets/odata/v1/(CBS|RIVM)/(\w+)/(.+)", path):
            return odata4(self.server, SERVICES[found[1]], found[2], found[3], path, query)
        if found := re.fullmatch(
            r"/pdok/cbs/wijken-en-buurten-(\d{4})/ogc/v1/collections/(\w+)(/items)?", path
        ):
            return self._pdok(int(found[1]), found[2], bool(found[3]), path, query)
        if found := re.fullmatch(r"/(?:kadaster/bag/ogc/v2|lv/bgt/ogc/v1)/collections/(\w+)(/items)?", path):
            return objects(self.server, found[1], bool(found[2]), path, query)
        if path == "/api/BAG3D/wfs":
            return floors(self.server, query)
        if path == "/overpass/api/interpreter":
            return self._overpass(query["data"])
        raise KeyError(path)

    def _overpass(self, data: str) -> Any:
        """Elements in the box of the question whose tags it asks for; the real service answers 406 without a name of who asks."""
        if not self.headers.get("User-Agent") or not data.startswith("[out:json]"):
            raise KeyError(data)
        south, west, north, east = map(float, re.search(r"\(([\d.,]+)\)", data)[1].split(","))
        asked = set(re.findall(r'\["([^"]+)"="([^"]+)"\]', data))
        found = []
        for element in self.server.content.elements:
            at = element.get("center", element)
            inside = south <= at["lat"] <= north and west <= at["lon"] <= east
            if inside and asked & set(element["tags"].items()):
                found.append(element)
        return {
            "version": 0.6,
            "generator": "Overpass API",
            "osm3s": {"copyright": "ODbL"},
            "elements": found,
        }

    def _pdok(self, year: int, name: str, items: bool, path: str, query: dict[str, str]) -> Any:
        layer = self.server.layer((year, name))
        if not items:
            return {"id": name, "title": name, "links": []}
        if query.get("crs") != "http://www.opengis.net/def/crs/EPSG/0/28992":
            raise KeyError("only RD here")
        kept = [f for f in layer if query.get("gemeentecode") in (None, f["properties"].get("gemeentecode"))]
        if "bbox" in query:
            box = shapely.box(*map(float, query["bbox"].split(",")))
            kept = [
                f for f in kept if f["geometry"] and shapely.geometry.shape(f["geometry"]).intersects(box)
            ]
        start, limit = int(query.get("cursor", 0)), min(1000, int(query.get("limit", 10)))
        page = kept[start : start + limit]
        links = [{"rel": "self", "href": f"{self.server.url}{self.path}"}]
        if start + limit < len(kept):
            more = urlencode({**query, "cursor": start + limit})
            links.append({"rel": "next", "href": f"{self.server.url}{path}?{more}"})
        return {"type": "FeatureCollection", "links": links, "numberReturned": len(page), "features": page}

    # --- sending -----------------------------------------------------------------------------------

    def _file(self, data: bytes) -> None:
        """A file of a web server: whole, a part of it, or not when it has not changed."""
        tag = f'"{len(data)}-{hash(data)}"'
        marks = {
            "ETag": tag,
            "Last_Modified": formatdate(1_746_000_000, usegmt=True),
            "Accept_Ranges": "bytes",
        }
        asked = self.headers.get("Range", "")
        self.server.ranges.append(asked)
        if self.headers.get("If-None-Match") == tag:
            self.start(304, 0, "application/zip", **marks)
            return
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", asked)
        if not found or self.headers.get("If-Range", tag) != tag:
            self.start(200, len(data), "application/zip", **marks)
            self.wfile.write(data)
            return
        begin = int(found[1])
        part = data[begin : int(found[2]) + 1 if found[2] else None]
        if not part:
            self.start(416, 0, "application/zip", Content_Range=f"bytes */{len(data)}", **marks)
            return
        place = f"bytes {begin}-{begin + len(part) - 1}/{len(data)}"
        self.start(206, len(part), "application/zip", Content_Range=place, **marks)
        self.wfile.write(part)

    def send_json(self, answer: Any) -> None:
        data = json.dumps(answer, ensure_ascii=False).encode()
        tag = f'"{hash(data)}"'
        if self.headers.get("If-None-Match") == tag:
            self.server.not_modified += 1
            self.send(b"", 304, "application/json", ETag=tag)
        else:
            self.send(data, 200, "application/json;charset=utf-8", ETag=tag)

    def send(self, data: bytes, status: int, kind: str, **headers: str) -> None:
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and len(data) > 500
        body = gzip.compress(data, 1) if packed else data
        self.start(status, len(body), kind, **({"Content_Encoding": "gzip"} if packed else {}), **headers)
        self.wfile.write(body)

    def start(self, status: int, length: int, kind: str, **headers: str) -> None:
        self._is_answered()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def drip(self, data: bytes, seconds: float) -> None:
        """Send a byte now and then."""
        self.start(200, len(data), "application/json")
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(seconds)  # a slow source
