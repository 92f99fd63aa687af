"""Rows and areas as the services send them, and the questions they understand."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

PAD = {
    "WijkenEnBuurten": 10,
    "Wijken": 10,
    "Codering_3": 10,
    "Leeftijd": 8,
    "Gemeentenaam_1": 40,
    "SoortRegio_2": 10,
    "RegioS": 10,
    "RegioIndeling2021": 10,
}
PAD_NAME = re.compile(r"^(Code|Naam|SorteringNaam)_\d+$")
CLAUSE = re.compile(r"startswith\((\w+),'([^']*)'\)")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    frame = frame.copy()
    for column in frame.columns:
        width = PAD.get(column) or (
            (10 if column.startswith("Code") else 50) if PAD_NAME.match(str(column)) else 0
        )
        if width:
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


def chosen(rows: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    return [select(row, query.get("$select")) for row in rows if matches(row, query.get("$filter", ""))]


def select(row: dict[str, Any], columns: str | None) -> dict[str, Any]:
    return {name: row[name] for name in columns.split(",")} if columns else row


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


def spoken(column: str) -> str:
    """k_0Tot15Jaar_8 → 0 tot 15 jaar."""
    words = re.sub(r"_\d+$", "", column).removeprefix("k_")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z])(?=\d)", " ", words).capitalize()


def is_number_column(rows: list[dict[str, Any]], column: str) -> bool:
    return all(row[column] is None or isinstance(row[column], int | float) for row in rows[:50])


def area_list(names: dict[str, str], key: str, width: int) -> list[dict[str, Any]]:
    return [{key: code.ljust(width), "Title": name} for code, name in names.items()]
