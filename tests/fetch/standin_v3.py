"""The stand-in's tables in version 3 of OData (ODataFeed), and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from standin_rows import area_list, chosen, matches, select, spoken

FEED_LIMIT = 10_000
REGIONS = "RegioS"


def odata3(server, service: str, number: str, what: str, path: str, query: dict[str, str]) -> Any:
    if number in server.content.v4:
        raise KeyError(number)
    rows = server.table((service, number))
    if what == "TableInfos":
        return _body(server, number, what, [_info(server, number, rows)])
    if what in server.content.keys:
        codes = server.content.keys[what].items()
        return _body(server, number, what, [{"Key": f"{key} ", "Title": title} for key, title in codes])
    if what == "DataProperties":
        divisions = server.content.divisions if {REGIONS, "Code_1"} <= set(rows[0]) else {}
        return _body(
            server,
            number,
            what,
            _divided(rows[0], divisions)
            if divisions
            else _with_topics(data_properties(list(rows[0])), server.content.topics.get(number)),
        )
    if what == "WijkenEnBuurten":
        return _body(server, number, what, chosen(area_list(server.content.names, "Key", 10), query))
    if what == "WijkenEnBuurten/$count":
        return len(chosen(area_list(server.content.names, "Key", 10), query))
    kept = [row for row in rows if matches(row, query.get("$filter", ""))]
    if what == "TypedDataSet/$count":
        return len(kept) if number not in server.content.uncounted else 7
    if number in server.content.uncounted and ("$skip" in query or "$top" in query):
        raise KeyError("$skip")
    if what != "TypedDataSet":
        raise KeyError(what)
    if query.get("$format") != "json":
        raise KeyError("Atom")
    skip, top = int(query.get("$skip", 0)), int(query.get("$top", len(kept)))
    page = kept[skip : skip + min(top, FEED_LIMIT)]
    body = _body(server, number, what, [select(row, query.get("$select")) for row in page])
    if top > FEED_LIMIT and skip + FEED_LIMIT < len(kept):
        body["odata.nextLink"] = f"{server.url}{path}?$skip={skip + FEED_LIMIT}"
    return body


def catalogue(server, service: str, query: dict[str, str]) -> Any:
    column, wanted = _asked(query["$filter"])
    titles = {**{n: f"Tabel {n}" for s, n in server.content.tables if s == service}, **server.content.titles}
    rows = [{"Identifier": n, "Title": t, "Modified": "2027-02-01T02:00:00"} for n, t in titles.items()]
    return {"value": [row for row in rows if wanted(row[column])]}


def _asked(condition: str) -> tuple[str, Callable[[str], bool]]:
    """The column of the catalogue and what it must be like."""
    if found := re.fullmatch(r"substringof\('(.*)',Title\)", condition):
        return "Title", lambda title: found[1].replace("''", "'") in title
    number = re.fullmatch(r"Identifier eq '(\w+)'", condition)[1]
    return "Identifier", lambda identifier: identifier == number


def _body(server, number: str, what: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"odata.metadata": f"{server.url}/odata/{number}/$metadata#{what}", "value": rows}


def _info(server, number: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    modified = server.content.modified.get(number, "2025-03-26T02:00:00")
    return {
        "ID": 0, "Identifier": number, "Title": f"Tabel {number}", "Modified": modified, "Catalog": "CBS",
        "RecordCount": len(rows), "ColumnCount": len(rows[0]),
    }  # fmt: skip


def data_properties(columns: list[str]) -> list[dict[str, Any]]:
    """Describe the columns as CBS does: one region dimension, other dimensions, groups and topics."""
    rows: list[dict[str, Any]] = [
        {"odata.type": "Cbs.OData.TopicGroup", "ID": 0, "Key": "", "Title": "Groep"}
    ]
    for number, column in enumerate(columns, 1):
        kind = "Topic" if re.search(r"_\d+$", column) else "Dimension"
        kind = {
            "WijkenEnBuurten": "GeoDetail",
            "Wijken": "GeoDetail",
            "Gemeenten": "GeoDimension",
            REGIONS: "GeoDimension",
            "RegioIndeling2021": "GeoDimension",
            "Perioden": "TimeDimension",
        }.get(column, kind)
        if column != "ID":
            rows.append(
                {"odata.type": f"Cbs.OData.{kind}", "ID": number, "Key": column, "Title": spoken(column)}
            )
    return rows


def _with_topics(rows: list[dict[str, Any]], topics: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Other topics and groups in place of those that follow from the names of the columns."""
    return rows if topics is None else [r for r in rows if "Topic" not in r["odata.type"]] + topics


def _divided(row: dict[str, Any], divisions: dict[str, str]) -> list[dict[str, Any]]:
    """Gebieden in Nederland: a group per division, in it a topic Code and a topic Naam, and other topics between."""
    found: list[dict[str, Any]] = [
        _property("GeoDimension", 0, REGIONS, "Regio's"),
        _property("TopicGroup", 1, "", "Codes en namen van gemeenten"),
        _property("Topic", 2, "Code_1", "Code", 1),
        _property("Topic", 3, "Naam_2", "Naam", 1),
        _property("Topic", 4, "SorteringNaam_3", "Sortering naam", 1),
        _property("TopicGroup", 5, "", "Lokaliseringen van gemeenten"),
    ]
    for title, code in divisions.items():
        group, naam = len(found), list(row)[list(row).index(code) + 1]
        found += [
            _property("TopicGroup", group, "", title, 5),
            _property("Topic", group + 1, code, "Code", group),
            _property("Topic", group + 2, naam, "Naam", group),
        ]
    group = len(found)
    return [
        *found,
        _property("TopicGroup", group, "", "Statistische gegevens"),
        _property("Topic", group + 1, list(row)[-1], "Inwonertal", group),
    ]


def _property(kind: str, number: int, key: str, title: str, parent: int | None = None) -> dict[str, Any]:
    return {
        "odata.type": f"Cbs.OData.{kind}",
        "ID": number,
        "ParentID": parent,
        "Key": key,
        "Type": kind,
        "Title": title,
    }
