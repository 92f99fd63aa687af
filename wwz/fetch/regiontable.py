"""The table Gebieden in Nederland as it is published: a column with a code and one with a name for every division."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from wwz.fetch.items import Workplace
from wwz.fetch.odata import JSON, check_count, is_region, rows_of
from wwz.fetch.odata3 import count_rows
from wwz.fetch.pdok import same_host
from wwz.fetch.trouble import STAYS, Geweigerd, Onbruikbaar

GEMEENTE = re.compile(r"^GM\d{4}$")
REGION = re.compile(r"^[A-Z]{2}\d+$|^NL\w+$")
# No more pages than a table of 342 gemeenten can have.
MOST_PAGES = 100


@dataclass(frozen=True)
class Membership:
    """One gemeente in one region of one division; `indeling` is the title CBS gives the division."""

    gemeente: str
    indeling: str
    code: str
    naam: str


def members_v3(place: Workplace, tabel: str) -> list[Membership]:
    """Read the table in OData version 3: groups of topics (a division) with a topic Code and a topic Naam.

    Raises
    ------
    Weg
        When the service does not have it.
    """
    base = f"{place.address('cbs')}/{tabel}"
    properties = place.client.get(f"{base}/DataProperties", JSON, _check_rows).body["value"]
    gebied = next(
        (r["Key"] for r in properties if is_region(str(r.get("odata.type", r.get("Type", ""))))),
        "RegioS",
    )
    pairs = list(_pairs(properties))
    columns = [gebied, *(c for _, code, naam in pairs for c in (code, naam))]
    expected = count_rows(lambda url: place.client.get(url, {}, check_count).body, base)
    rows = place.client.get(
        f"{base}/TypedDataSet",
        {**JSON, "$select": ",".join(columns)},
        lambda body: _check_all(body, expected),
    ).body["value"]
    found = []
    for row in rows:
        gemeente = _text(row.get(gebied))
        for indeling, code, naam in pairs:
            found += _member(gemeente, indeling, _text(row.get(code)), _text(row.get(naam)))
    return found


def _pairs(properties: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Division with its column of codes and its column of names."""
    groups = {
        r.get("ID"): _text(r.get("Title"))
        for r in properties
        if str(r.get("odata.type", r.get("Type", ""))).endswith("TopicGroup")
    }
    topics: dict[Any, dict[str, str]] = {}
    for row in properties:
        title = _text(row.get("Title")).lower()
        if row.get("ParentID") in groups and title in ("code", "naam"):
            topics.setdefault(row["ParentID"], {})[title] = str(row["Key"]).strip()
    for parent, columns in topics.items():
        if len(columns) == 2:
            yield groups[parent], columns["code"], columns["naam"]


def members_v4(place: Workplace, tabel: str) -> list[Membership]:
    """Read the table in OData version 4: a cell per gemeente and measure, measures in groups (a division).

    Raises
    ------
    Weg
        When the service does not have it.
    """
    base = f"{place.address('cbs_v4')}/{tabel}"

    def ask(what: str) -> list[dict[str, Any]]:
        return place.client.get(f"{base}/{what}", check=_check_rows).body["value"]

    gebied = next((r["Identifier"] for r in ask("Dimensions") if is_region(str(r.get("Kind", "")))), "RegioS")
    groups = {r["Id"]: _text(r["Title"]) for r in ask("MeasureGroups")}
    division = {r["Identifier"]: groups.get(r.get("MeasureGroupId"), "") for r in ask("MeasureCodes")}
    texts: dict[tuple[str, str], list[str]] = {}
    for cell in _cells(place, f"{base}/Observations"):
        key = (_text(cell.get(gebied)), division.get(cell.get("Measure"), ""))
        texts.setdefault(key, []).append(_text(cell.get("StringValue")))
    found = []
    for (gemeente, indeling), values in texts.items():
        # Which of the two measures is the code is told by what a code looks like.
        codes = [v for v in values if REGION.match(v)]
        names = [v for v in values if v and v not in codes]
        found += _member(gemeente, indeling, *(codes[:1] or [""]), *(names[:1] or [""]))
    return found


def _cells(place: Workplace, url: str) -> Iterator[dict[str, Any]]:
    for _ in range(MOST_PAGES):
        body = place.client.get(url, check=_check_rows).body
        yield from body["value"]
        if not (link := body.get("@odata.nextLink")):
            return
        url = same_host(urljoin(url, link), url)
    raise Geweigerd(f"De lijst van regio's houdt niet op. {STAYS} Meld dit aan de beheerder.")


def _member(gemeente: str, indeling: str, code: str, naam: str) -> list[Membership]:
    known = (
        GEMEENTE.match(gemeente)
        and indeling
        and REGION.match(code)
        and not GEMEENTE.match(code)
        and naam not in ("", ".")
    )
    return [Membership(gemeente, indeling, code, naam)] if known else []


def _text(value: Any) -> str:
    return str(value).strip() if value is not None else ""


def _check_rows(body: Any) -> None:
    rows_of(body, "lijst van regio's", empty=False)


def _check_all(body: Any, expected: int) -> None:
    _check_rows(body)
    if len(body["value"]) != expected:
        raise Onbruikbaar(f"stuurde {len(body['value'])} van de {expected} gemeenten met hun regio")
