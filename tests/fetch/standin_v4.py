"""The stand-in's tables in version 4 of OData: a row per cell, measures with codes, next links."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from standin_rows import area_list, chosen, is_number_column, matches, spoken

CELLS_A_PAGE = 100_000
KINDS = {
    "WijkenEnBuurten": "GeoDetail",
    "Wijken": "GeoDetail",
    "RegioS": "GeoDimension",
    "Gemeenten": "GeoDimension",
    "Perioden": "TimeDimension",
}
# Made once for all servers; the rows are kept, so that their id stays their own.
CELLS: dict[int, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
TEXT_MEASURE = re.compile(r"^(Code|Naam)_\d+$")


def odata4(server, service: str, number: str, what: str, path: str, query: dict[str, str]) -> Any:
    if number not in server.content.v4:
        raise KeyError(number)
    rows = server.table((service, number))
    context = f"{server.url}/{number}/$metadata"
    if what == "Properties":
        modified = server.content.modified.get(number, "2025-03-26T02:00:00+01:00")
        return {
            "@odata.context": context, "Identifier": number, "Title": f"Tabel {number}", "Modified": modified,
            "ObservationsModified": modified, "License": "https://creativecommons.org/licenses/by/4.0/",
        }  # fmt: skip
    if what == "Dimensions":
        kinds = [{"Identifier": d, "Kind": KINDS.get(d, "Dimension")} for d in dimensions(rows[0])]
        return {"@odata.context": context, "value": kinds}
    if what == "MeasureCodes":
        return {"@odata.context": context, "value": list(measures(server, rows).values())}
    if what == "MeasureGroups":
        groups = {c: title for title, c in server.content.divisions.items()} or {"G1": "Groep"}
        return {
            "@odata.context": context,
            "value": [{"Id": k, "Title": t, "ParentId": None} for k, t in groups.items()],
        }
    if what.removesuffix("Codes") in server.content.keys:
        codes = server.content.keys[what.removesuffix("Codes")].items()
        return {"@odata.context": context, "value": [{"Identifier": k, "Title": t} for k, t in codes]}
    if what in ("WijkenEnBuurtenCodes", "WijkenCodes"):
        return {
            "@odata.context": context,
            "value": chosen(area_list(server.content.names, "Identifier", 0), query),
        }
    if what == "WijkenEnBuurtenCodes/$count":
        return len(chosen(area_list(server.content.names, "Identifier", 0), query))
    if not what.startswith("Observations"):
        raise KeyError(what)
    kept = [cell for cell in cells(server, rows) if matches(cell, query.get("$filter", ""))]
    if what == "Observations/$count":
        return len(kept)
    if query.get("$count") == "true":
        return {"@odata.context": context, "@odata.count": len(kept), "value": []}
    skip = int(query.get("$skip", 0))
    limit = min(CELLS_A_PAGE, max(10, len(kept) // 3))
    body = {"@odata.context": context, "value": kept[skip : skip + limit]}
    if skip + limit < len(kept):
        more = urlencode({**query, "$skip": skip + limit})
        body["@odata.nextLink"] = f"{server.url}{path}?{more}"
    return body


def dimensions(row: dict[str, Any]) -> list[str]:
    return [c for c in row if c != "ID" and not re.search(r"_\d+$", c)]


def measures(server, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Column → measure: as CBS publishes it where we have that, otherwise with a made-up code."""
    columns = [
        c for c in rows[0] if re.search(r"_\d+$", c) and (TEXT_MEASURE.match(c) or is_number_column(rows, c))
    ]
    found, taken = {}, set()
    for number, column in enumerate(columns):
        known = server.content.measures.get(re.sub(r"_\d+$", "", column).lower())
        if known and known["Identifier"] not in taken:
            found[column] = known
        else:
            text = TEXT_MEASURE.match(column)
            found[column] = {
                "Identifier": f"M{number:06d}", "Index": number, "Title": text[1] if text else spoken(column),
                "MeasureGroupId": _group(server, rows[0], column) if text else "G1", "DataType": "String" if text else "Double",
            }  # fmt: skip
        taken.add(found[column]["Identifier"])
    return found


def _group(server, row: dict[str, Any], column: str) -> str | None:
    """Of Gebieden in Nederland: the division a column of codes or names belongs to."""
    names = list(row)
    before = names[names.index(column) - 1]
    return next((c for c in (column, before) if c in server.content.divisions.values()), None)


def cells(server, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per area and measure, as Observations has them; keys are not padded here."""
    if id(rows) not in CELLS:
        CELLS[id(rows)] = (rows, _cells(server, rows))
    return CELLS[id(rows)][1]


def _cells(server, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    known = measures(server, rows)
    for row in rows:
        keys = {d: str(row[d]).strip() for d in dimensions(row)}
        for column, measure in known.items():
            value = row[column]
            text = value if isinstance(value, str) else None
            found.append(
                {
                    "Id": len(found),
                    "Measure": measure["Identifier"],
                    "ValueAttribute": "None" if value is not None else "Impossible",
                    "Value": None if text else value,
                    "StringValue": text,
                    **keys,
                }  # fmt: skip
            )
    return found
