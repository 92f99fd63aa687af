"""The BGT: footpaths with their width, stairs, other parts of streets, and benches, as they hold now."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.sources.bag import by_value, named_columns, text_of, year_of
from wwz.sources.candidate import Candidate
from wwz.sources.reading import Reading, Report, Table
from wwz.sources.shapes import to_rd
from wwz.sources.tablekind import TableKind, into

KINDS = ("trap", "voetpad", "ruim", "straat")
# Along its edge a part of a street is a row of points: near one of these is near the part. Metres.
EDGE_STEP = 15.0
SMOOTH = 1.0
MOSTLY = 0.5
POLYGONS = (3, 6)


def width(shapes: np.ndarray) -> np.ndarray:
    """Width of long narrow surfaces, in metres: of the rectangle with the same area and outline.

    Parameters
    ----------
    shapes
        Polygons, shape (n,). What is rounder than any rectangle is as wide as a square with that outline.
    """
    outline, area = shapely.length(shapes), shapely.area(shapes)
    return (outline - np.sqrt(np.maximum(outline**2 - 16 * area, 0))) / 4


def read_streets(table: Table, report: Report) -> Reading:
    """Read parts of streets as points along their edge.

    Raises
    ------
    Fout
        When not a single part of a street that holds now can be used.
    """
    frame, rules = table.frame, load_toml("looproutes.toml")["wegdeel"]
    kinds = _kinds(frame, rules)
    here = kinds.notna() & ~_ended(frame, rules)
    shapes = (
        to_rd(frame[here], table.bestand, report, "wegdelen") if here.any() else np.empty(0, dtype=object)
    )
    usable = np.isin(shapely.get_type_id(shapes), POLYGONS) & ~shapely.is_empty(shapes)
    if not usable.any():
        raise Fout("Er staan geen voetpaden of andere wegdelen met een vlak in, die nu gelden.")
    kept = frame[here][usable]
    edges = shapely.segmentize(
        shapely.boundary(shapely.simplify(shapes[usable], SMOOTH, preserve_topology=True)), EDGE_STEP
    )
    points, owner = shapely.get_coordinates(edges, return_index=True)
    rows = pd.DataFrame(
        {
            "x": np.round(points[:, 0], 1),
            "y": np.round(points[:, 1], 1),
            "breedte": np.round(width(shapes[usable]), 2)[owner],
            "soort": kinds[here][usable].to_numpy()[owner],
            "bronhouder": _holder(kept, rules)[owner],
            "jaar": year_of(table),
        }
    )
    return Reading(
        table.bestand,
        table.onderdeel,
        "wegdelen",
        inhoud=rows,
        rijen=len(kept),
        jaren={"bgt": year_of(table)},
    )


def read_furniture(table: Table, report: Report) -> Reading:
    """Read which things in the street are benches; a bronhouder without any does not register them.

    Raises
    ------
    Fout
        When nothing of it has a place.
    """
    frame, known = table.frame, load_toml("looproutes.toml")
    rules = known["meubilair"]
    here = ~_ended(frame, known["wegdeel"])
    shapes = shapely.centroid(to_rd(frame, table.bestand, report, "voorwerpen"))
    there = here.to_numpy() & ~pd.isna(shapes)
    if not there.any():
        raise Fout("Geen enkel voorwerp in dit bestand heeft een plaats.")
    bench = (
        _text(frame, rules["kolommen"]).str.lower().isin(rules["bank"]).fillna(False).to_numpy(bool) & there
    )
    holders = pd.Series(_holder(frame, known["wegdeel"]), index=frame.index)
    silent = sorted(set(holders[there].dropna()) - set(holders[bench].dropna()))
    if silent:
        report.info(
            table.bestand,
            counted(
                "{n} [bronhouder geeft|bronhouders geven] geen enkel bankje op ({codes}): daar worden ze niet geregistreerd. Dat er geen zijn, volgt daar niet uit.",
                len(silent),
                codes=", ".join(silent[:3]),
            ),
            len(silent),
        )
    rows = pd.DataFrame(
        {
            "x": shapely.get_x(shapes[bench]),
            "y": shapely.get_y(shapes[bench]),
            "bronhouder": holders[bench].to_numpy(),
        }
    )
    return Reading(
        table.bestand, table.onderdeel, "meubilair", inhoud=rows, rijen=int(there.sum()), jaren={"bgt": year_of(table)}
    )  # fmt: skip


def _kinds(frame: pd.DataFrame, rules: dict) -> pd.Series:
    kinds = {name.lower(): kind for kind in KINDS for name in rules[kind]}
    return by_value(_text(frame, rules["kolommen"]).str.lower(), lambda name: kinds.get(name, pd.NA))


def _text(frame: pd.DataFrame, names: list[str]) -> pd.Series:
    columns = named_columns(frame, names)
    return text_of(frame[columns[0]]) if columns else pd.Series(pd.NA, index=frame.index, dtype="string")


def _ended(frame: pd.DataFrame, rules: dict) -> pd.Series:
    """Which rows are an earlier version: they say when they ended, or a later row is of the same object."""
    result = pd.Series(False, index=frame.index)
    for column in named_columns(frame, rules["einde"]):
        result |= text_of(frame[column]).notna()
    number = _text(frame, rules["nummer"]).where(~result)
    return result | (number.notna() & number.duplicated(keep="last"))


def _holder(frame: pd.DataFrame, rules: dict) -> np.ndarray:
    return _text(frame, rules["bronhouder"]).to_numpy(object)


def _are_streets(candidate: Candidate) -> bool:
    frame = candidate.raw.frame
    if not isinstance(frame, gpd.GeoDataFrame):
        return False
    rules = load_toml("looproutes.toml")["wegdeel"]
    return bool(named_columns(frame, rules["bronhouder"])) and bool(_kinds(frame, rules).notna().any())


def _is_furniture(candidate: Candidate) -> bool:
    frame = candidate.raw.frame
    known = load_toml("looproutes.toml")
    return (
        isinstance(frame, gpd.GeoDataFrame)
        and bool(named_columns(frame, known["wegdeel"]["bronhouder"]))
        and bool(named_columns(frame, known["meubilair"]["kolommen"][:1]))
    )


def _read_streets(candidate: Candidate, report: Report) -> Reading:
    return read_streets(candidate.raw, report)


def _read_furniture(candidate: Candidate, report: Report) -> Reading:
    return read_furniture(candidate.raw, report)


STREETS = TableKind({"wegdelen": "voetpaden en andere wegdelen"}, _are_streets, _read_streets, into("stoep"))
FURNITURE = TableKind({"meubilair": "straatmeubilair"}, _is_furniture, _read_furniture, into("bank"))
