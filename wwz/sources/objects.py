"""JSON: the answer of an OData service or of Overpass, a list of places, or GeoJSON under another name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from wwz.base.errors import Fout
from wwz.sources.layers import read_layers
from wwz.sources.limits import MEGABYTE, MOST_JSON, check_size
from wwz.sources.overpass import are_elements, elements, refuse_empty
from wwz.sources.reading import Report, Table, clean
from wwz.sources.years import TABLE_ID

HEAD = 64 * 1024
FEATURES = re.compile(rb'"type"\s*:\s*"FeatureCollection"')


def read_objects(path: Path, report: Report) -> Iterator[Table]:
    """Read the longest list of objects in a JSON file.

    Raises
    ------
    Fout
        When there is no list of objects, or it is too large.
    """
    with path.open("rb") as handle:
        if FEATURES.search(handle.read(HEAD)):
            yield from read_layers(path, report)
            return
    if path.stat().st_size > MOST_JSON:
        raise Fout(
            f"Een JSON-bestand mag hoogstens {MOST_JSON // MEGABYTE} MB zijn. Bewaar de tabel als csv of parquet."
        )
    repeated: list[str] = []
    content = _parse(path, repeated)
    if repeated:
        report.warn(
            path.name,
            f"De naam {repeated[0]!r} staat meer keren in één rij; de laatste waarde telt.",
            len(repeated),
        )
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        yield from read_layers(path, report)
        return
    refuse_empty(content)
    rows = [row for row in _longest_list(content) if isinstance(row, dict)]
    if not rows:
        raise Fout("Er staat geen lijst met gegevens in dit bestand.")
    check_size(len(rows), max(len(row) for row in rows))
    frame = elements(rows, path.name, report) if are_elements(rows) else pd.DataFrame(rows)
    check_size(*frame.shape)
    yield Table(clean(path.name), _table_number(content), frame)


def _parse(path: Path, repeated: list[str]):
    def to_dict(pairs: list[tuple]) -> dict:
        row = dict(pairs)
        if len(row) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.append(next(n for n in names if names.count(n) > 1))
        return row

    data = path.read_bytes()
    try:
        return json.loads(data, object_pairs_hook=to_dict)
    except UnicodeDecodeError:
        return json.loads(data.decode("windows-1252", "replace"), object_pairs_hook=to_dict)
    except RecursionError as error:
        raise Fout("De gegevens zitten te diep in elkaar. Dit is geen tabel van het CBS.") from error


def _longest_list(content) -> list:
    if isinstance(content, list):
        return content if content and isinstance(content[0], dict) else []
    if isinstance(content, dict):
        return max((_longest_list(v) for v in content.values() if isinstance(v, list)), key=len, default=[])
    return []


def _table_number(content) -> str:
    """CBS's OData names its table in the answer: that tells the year."""
    if not isinstance(content, dict):
        return ""
    address = str(content.get("odata.metadata") or content.get("@odata.context") or "")
    found = TABLE_ID.search(address)
    return found[1].upper() if found else ""
