"""The BAG as Kadaster delivers it (xml): verblijfsobjecten with their place, use, status and voorkomens, and panden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from wwz.base.errors import Fout
from wwz.sources.limits import check_size
from wwz.sources.reading import Report, Table, clean
from wwz.sources.xmlparts import name_of, refuse_doctype

MARK = b"bagStand"
OBJECTS = ("Verblijfsobject", "Ligplaats", "Standplaats")
BUILDING = "Pand"
OTHERS = ("Nummeraanduiding", "OpenbareRuimte", "Woonplaats")
COLUMNS = 12


def read_extract(path: Path, report: Report) -> Iterator[Table]:
    """Read one file of an extract; several values of a field become a list.

    Raises
    ------
    Fout
        When it holds no verblijfsobjecten or panden, is too large, or holds a document type.
    """
    with path.open("rb") as handle:
        refuse_doctype(handle)
    rows: list[dict[str, object]] = []
    buildings: list[dict[str, object]] = []
    others = 0
    for _, element in ElementTree.iterparse(path, events=("end",)):
        kind = name_of(element)
        if kind in OBJECTS and len(element):
            rows.append(_row(element))
            check_size(len(rows), COLUMNS)
        if kind == BUILDING and len(element):
            buildings.append(_row(element))
            check_size(len(buildings), COLUMNS)
        others += kind in OTHERS and len(element) > 0
        if kind in ("stand", BUILDING, *OBJECTS):
            element.clear()
    if not rows and not buildings:
        what = "wel andere objecten van de BAG, maar " if others else ""
        raise Fout(
            f"In dit BAG-extract staan {what}geen verblijfsobjecten of panden. Zet de bestanden met VBO en PND in de naam in de map."
        )
    for found in (rows, buildings):
        if found:
            yield Table(clean(path.name), "", pd.DataFrame(found))


def _row(element: ElementTree.Element) -> dict[str, object]:
    """Fields of one voorkomen by name, the place as x and y in RD metres."""
    values: dict[str, list[str]] = {}
    for part in element.iter():
        text = (part.text or "").strip()
        if text and name_of(part) != "posList":
            values.setdefault(name_of(part), []).append(text)
    row: dict[str, object] = {name: found[0] if len(found) == 1 else found for name, found in values.items()}
    place = " ".join(values.get("pos", [])).split()
    return {**row, "x": place[0], "y": place[1]} if len(place) > 1 else row
