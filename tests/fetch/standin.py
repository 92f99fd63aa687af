"""A stand-in for CBS, RIVM and PDOK on loopback: same paths, JSON shapes, padded keys, paging and links."""

from __future__ import annotations

import gzip
import json
import math
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import geopandas as gpd
import pandas as pd
import shapely

FEED_LIMIT = 10_000
CELLS_A_PAGE = 100_000
PAD = {"WijkenEnBuurten": 10, "Codering_3": 10, "Leeftijd": 8, "Gemeentenaam_1": 40, "SoortRegio_2": 10}


@dataclass
class Content:
    """What the stand-in serves.

    Attributes
    ----------
    tables
        Service (cbs, rivm) and number → rows with the columns of TypedDataSet.
    layers
        Year and collection → areas with the properties of PDOK, RD metres.
    modified
        Number → version date.
    v4
        Numbers that are only in version 4 of OData.
    titles
        Number → title of other tables in the catalogue.
    """

    tables: dict[tuple[str, str], pd.DataFrame]
    layers: dict[tuple[int, str], gpd.GeoDataFrame]
    names: dict[str, str]
    modified: dict[str, str] = field(default_factory=dict)
    v4: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)


Trouble = Callable[["Handler", str, dict[str, str]], bool]


class Standin(ThreadingHTTPServer):
    """The server; `trouble` may spoil answers, `log` has every path asked."""

    daemon_threads = True

    def __init__(self, content: Content) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.log: list[str] = []
        self.agents: set[str] = set()
        self.not_modified = 0
        self.trouble: Trouble | None = None
        self.rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.features: dict[tuple[int, str], list[dict[str, Any]]] = {}
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
            "bron_pdok": f"{self.url}/pdok/cbs",
        }

    def table(self, key: tuple[str, str]) -> list[dict[str, Any]]:
        if key not in self.rows:
            self.rows[key] = records(self.content.tables[key])
        return self.rows[key]

    def layer(self, key: tuple[int, str]) -> list[dict[str, Any]]:
        if key not in self.features:
            self.features[key] = features(self.content.layers[key])
        return self.features[key]

    def handle_error(self, request, client_address) -> None:
        """Clients that hang up are part of the tests."""


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    frame = frame.copy()
    for column, width in PAD.items():
        if column in frame:
            frame[column] = frame[column].astype("string").str.strip().str.ljust(width)
    return [{k: _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def features(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    properties = records(pd.DataFrame(frame.drop(columns=frame.geometry.name)))
    shapes = [None if s is None else shapely.geometry.mapping(s) for s in frame.geometry]
    return [
        {"type": "Feature", "id": n, "properties": p, "geometry": s}
        for n, (p, s) in enumerate(zip(properties, shapes, strict=True))
    ]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    # Headers and body go apart; waiting for the one before sending the other costs 40 ms an answer.
    disable_nagle_algorithm = True
    server: Standin

    def log_message(self, *args) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        path = parts.path
        self.server.log.append(self.path)
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if self.server.trouble and self.server.trouble(self, path, query):
            return
        try:
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
            service = "cbs" if found[1] == "opendata" else "rivm"
            return self._v3(service, found[2], found[3], query)
        if found := re.fullmatch(r"/(opendata|dataderden)/ODataCatalog/Tables", path):
            return self._catalogue("cbs" if found[1] == "opendata" else "rivm", query)
        if found := re.fullmatch(r"/datasets/odata/v1/CBS/(\w+)/(.+)", path):
            return self._v4(found[1], found[2], query)
        if found := re.fullmatch(r"/pdok/cbs/wijken-en-buurten-(\d{4})/ogc/v1/collections/(\w+)(/items)?", path):
            return self._pdok(int(found[1]), found[2], bool(found[3]), path, query)
        raise KeyError(path)

    # --- OData version 3 ---------------------------------------------------------------------------

    def _v3(self, service: str, number: str, what: str, query: dict[str, str]) -> Any:
        if number in self.server.content.v4:
            raise KeyError(number)
        rows = self.server.table((service, number))
        if what == "TableInfos":
            return self._odata3(number, what, [self._info(number, rows)])
        if what == "DataProperties":
            return self._odata3(number, what, data_properties(list(rows[0])))
        if what == "WijkenEnBuurten":
            return self._odata3(number, what, chosen(self._areas("Key"), query))
        kept = [row for row in rows if matches(row, query.get("$filter", ""))]
        if what == "TypedDataSet/$count":
            return len(kept)
        if what != "TypedDataSet":
            raise KeyError(what)
        if query.get("$format") != "json":
            raise KeyError("Atom")
        skip, top = int(query.get("$skip", 0)), int(query.get("$top", len(kept)))
        page = kept[skip : skip + min(top, FEED_LIMIT)]
        body = self._odata3(number, what, [select(row, query.get("$select")) for row in page])
        if top > FEED_LIMIT and skip + FEED_LIMIT < len(kept):
            body["odata.nextLink"] = f"{self.server.url}{urlsplit(self.path).path}?$skip={skip + FEED_LIMIT}"
        return body

    def _catalogue(self, service: str, query: dict[str, str]) -> Any:
        wanted = re.fullmatch(r"substringof\('(.*)',Title\)", query["$filter"])[1]
        titles = {**{n: f"Tabel {n}" for s, n in self.server.content.tables if s == service}, **self.server.content.titles}
        rows = [{"Identifier": n, "Title": t, "Modified": "2027-02-01T02:00:00"} for n, t in titles.items()]
        return {"value": [row for row in rows if wanted in row["Title"]]}

    def _odata3(self, number: str, what: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {"odata.metadata": f"{self.server.url}/odata/{number}/$metadata#{what}", "value": rows}

    def _info(self, number: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        modified = self.server.content.modified.get(number, "2025-03-26T02:00:00")
        return {
            "ID": 0, "Identifier": number, "Title": f"Tabel {number}", "Modified": modified, "Catalog": "CBS",
            "RecordCount": len(rows), "ColumnCount": len(rows[0]),
        }  # fmt: skip

    def _areas(self, key: str) -> list[dict[str, Any]]:
        width = 10 if key == "Key" else 0
        return [{key: code.ljust(width), "Title": name} for code, name in self.server.content.names.items()]

    # --- OData version 4 ---------------------------------------------------------------------------

    def _v4(self, number: str, what: str, query: dict[str, str]) -> Any:
        if number not in self.server.content.v4:
            raise KeyError(number)
        rows = self.server.table(("cbs", number))
        measures = [c for c in rows[0] if re.search(r"_\d+$", c) and is_number_column(rows, c)]
        context = f"{self.server.url}/{number}/$metadata"
        if what == "Properties":
            modified = self.server.content.modified.get(number, "2025-03-26T02:00:00+01:00")
            return {"@odata.context": context, "Identifier": number, "Title": f"Tabel {number}", "Modified": modified}
        if what == "Dimensions":
            kinds = [{"Identifier": "WijkenEnBuurten", "Kind": "GeoDetail"}]
            if "Perioden" in rows[0]:
                kinds.append({"Identifier": "Perioden", "Kind": "TimeDimension"})
            return {"@odata.context": context, "value": kinds}
        if what == "MeasureCodes":
            codes = [{"Identifier": code(n), "Title": spoken(c)} for n, c in enumerate(measures)]
            return {"@odata.context": context, "value": codes}
        if what == "WijkenEnBuurtenCodes":
            return {"@odata.context": context, "value": chosen(self._areas("Identifier"), query)}
        if what != "Observations":
            raise KeyError(what)
        kept = [cell for cell in cells(rows, measures) if matches(cell, query.get("$filter", ""))]
        if query.get("$count") == "true":
            return {"@odata.context": context, "@odata.count": len(kept), "value": []}
        skip = int(query.get("$skip", 0))
        limit = min(CELLS_A_PAGE, max(10, len(kept) // 3))
        body = {"@odata.context": context, "value": kept[skip : skip + limit]}
        if skip + limit < len(kept):
            more = urlencode({**query, "$skip": skip + limit})
            body["@odata.nextLink"] = f"{self.server.url}{urlsplit(self.path).path}?{more}"
        return body

    # --- PDOK --------------------------------------------------------------------------------------

    def _pdok(self, year: int, name: str, items: bool, path: str, query: dict[str, str]) -> Any:
        layer = self.server.layer((year, name))
        if not items:
            return {"id": name, "title": name, "links": []}
        if query.get("crs") != "http://www.opengis.net/def/crs/EPSG/0/28992":
            raise KeyError("only RD here")
        kept = [f for f in layer if query.get("gemeentecode") in (None, f["properties"].get("gemeentecode"))]
        if "bbox" in query:
            box = shapely.box(*map(float, query["bbox"].split(",")))
            kept = [f for f in kept if f["geometry"] and shapely.geometry.shape(f["geometry"]).intersects(box)]
        start, limit = int(query.get("cursor", 0)), min(1000, int(query.get("limit", 10)))
        page = kept[start : start + limit]
        links = [{"rel": "self", "href": f"{self.server.url}{self.path}"}]
        if start + limit < len(kept):
            more = urlencode({**query, "cursor": start + limit})
            links.append({"rel": "next", "href": f"{self.server.url}{path}?{more}"})
        return {"type": "FeatureCollection", "links": links, "numberReturned": len(page), "features": page}

    # --- sending -----------------------------------------------------------------------------------

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
            time.sleep(seconds)


def data_properties(columns: list[str]) -> list[dict[str, Any]]:
    """Describe the columns as CBS does: one region dimension, other dimensions, groups and topics."""
    rows: list[dict[str, Any]] = [{"odata.type": "Cbs.OData.TopicGroup", "ID": 0, "Key": "", "Title": "Groep"}]
    for number, column in enumerate(columns, 1):
        kind = "Topic" if re.search(r"_\d+$", column) else "Dimension"
        kind = {"WijkenEnBuurten": "GeoDetail", "Perioden": "TimeDimension"}.get(column, kind)
        if column != "ID":
            rows.append({"odata.type": f"Cbs.OData.{kind}", "ID": number, "Key": column, "Title": spoken(column)})
    return rows


def spoken(column: str) -> str:
    """k_0Tot15Jaar_8 → 0 tot 15 jaar."""
    words = re.sub(r"_\d+$", "", column).removeprefix("k_")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=\d)", " ", words).capitalize()


def code(number: int) -> str:
    return f"M{number:06d}"


def is_number_column(rows: list[dict[str, Any]], column: str) -> bool:
    return all(row[column] is None or isinstance(row[column], int | float) for row in rows[:50])


def cells(rows: list[dict[str, Any]], measures: list[str]) -> list[dict[str, Any]]:
    """One row per area and measure, as Observations has them."""
    found = []
    for row in rows:
        keys = {"WijkenEnBuurten": row["WijkenEnBuurten"]}
        if "Perioden" in row:
            keys["Perioden"] = row["Perioden"]
        for n, measure in enumerate(measures):
            value = row[measure]
            attribute = "None" if value is not None else "Impossible"
            found.append(
                {"Id": len(found), "Measure": code(n), "ValueAttribute": attribute, "Value": value, **keys}
            )
    return found


def chosen(rows: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    return [select(row, query.get("$select")) for row in rows if matches(row, query.get("$filter", ""))]


def select(row: dict[str, Any], columns: str | None) -> dict[str, Any]:
    return {name: row[name] for name in columns.split(",")} if columns else row


CLAUSE = re.compile(r"startswith\((\w+),'([^']*)'\)")


def matches(row: dict[str, Any], condition: str) -> bool:
    """Evaluate a $filter: groups of startswith joined by or, the groups joined by and; keys keep their padding."""
    return all(str(row[column]).startswith(begins) for column, begins in groups(condition))


@cache
def groups(condition: str) -> list[tuple[str, tuple[str, ...]]]:
    """(column, beginnings) per group; a question the real service would not understand is refused."""
    found = []
    for group in condition.split(" and ") if condition else []:
        clauses = CLAUSE.findall(group)
        expected = " or ".join(f"startswith({column},'{begin}')" for column, begin in clauses)
        if group not in (expected, f"({expected})") or len({column for column, _ in clauses}) != 1:
            raise KeyError(condition)
        found.append((clauses[0][0], tuple(begin for _, begin in clauses)))
    return found
