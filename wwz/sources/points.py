"""Points of voorzieningen: GeoJSON, GeoPackage, CSV, spreadsheet or JSON, with coordinates or a postcode and house number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import first_column, stem
from wwz.sources.places import in_nl, places, singular
from wwz.sources.reading import Reading, Report, Table, clean

NAME = ("name", "naam", "addressname", "title", "titel", "omschrijving")
KIND = ("soort", "soortvoorziening", "type", "categorie", "category", "voorziening")
LONGEST_NAME = 120


def read_points(table: Table, report: Report) -> Reading | None:
    """Read a table of points; None when it holds none.

    The kind of voorziening comes from OSM tags, from a column with the kind, or else from words in the name of the file
    or layer (voorzieningen.toml). Points outside the Netherlands, closed places and pick-up points are reported and
    not used. Rows with only a postcode get their place later, from a file with addresses.
    """
    table = Table(table.bestand, table.onderdeel, _with_tags(table.frame))
    frame, found = table.frame, kinds(table)
    if (
        isinstance(frame, gpd.GeoDataFrame)
        and found.isna().all()
        and not frame.geometry.geom_type.isin(["Point", "MultiPoint"]).any()
    ):
        return None  # Boundaries, not voorzieningen that happen to be drawn as a surface.
    where = places(table, report)
    if where is None or not _any_place(where):
        return None
    points = where.assign(naam=_names(frame), soort=found)
    lost = pd.Series(False, index=frame.index)
    for wrong, words in _refusals(frame, points):
        wrong = wrong & ~lost
        if wrong.any():
            text = words.format(n=int(wrong.sum()))
            report.reject(table.bestand, singular(text) if wrong.sum() == 1 else text, int(wrong.sum()))
        lost |= wrong
    kept = points[~lost].drop_duplicates()
    if len(kept) < (~lost).sum():
        twice = int((~lost).sum()) - len(kept)
        report.warn(
            table.bestand, f"{twice} punten staan er precies gelijk nog eens in; ze tellen één keer.", twice
        )
    return Reading(table.bestand, table.onderdeel, "punten", punten=kept, rijen=len(frame))


def _any_place(where: pd.DataFrame) -> bool:
    return bool((where["lat"].notna() & where["lon"].notna()).any() or where["postcode"].notna().any())


def _refusals(frame: pd.DataFrame, points: pd.DataFrame) -> Iterator[tuple[pd.Series, str]]:
    """What is not used, and why. A row is named for the first reason only."""
    placed = points["lat"].notna() & points["lon"].notna()
    yield (
        ~placed & points["postcode"].isna(),
        "{n} punten hebben geen plaats die te lezen is; ze zijn niet gebruikt.",
    )
    yield (
        placed & ~in_nl(points["lat"], points["lon"]),
        "{n} punten liggen niet in Nederland; ze zijn niet gebruikt.",
    )
    yield closed(frame), "{n} punten zijn gesloten of opgeheven en tellen niet mee."
    yield pickup_only(frame), "{n} punten zijn alleen een afhaalpunt en tellen niet mee."
    yield (
        points["soort"].isna(),
        "Van {n} punten is de soort voorziening onbekend; ze zijn niet gebruikt. Zet de soort in een kolom soort, of in de naam van het bestand.",
    )


def kinds(table: Table) -> pd.Series:
    """Code of the kind of voorziening of every row, missing where it is not known."""
    frame = table.frame
    found = pd.Series(pd.NA, index=frame.index, dtype="string")
    rules = load_toml("voorzieningen.toml")["voorziening"]
    for rule in rules:
        for tag in rule["osm"]:
            key, value = tag.split("=")
            if key in frame.columns:
                found = found.mask(found.isna() & _has_value(frame[key], value), rule["code"])
    column = first_column([c for c in frame.columns if c != "geometry"], KIND)
    if column is not None and found.isna().any():
        found = found.fillna(
            frame[column]
            .astype("string")
            .map(lambda text: _kind_in(text, rules), na_action="ignore")
            .astype("string")
        )
    named = _kind_in(f"{table.bestand} {table.onderdeel}", rules)
    return found.fillna(named) if named else found


def _has_value(values: pd.Series, value: str) -> pd.Series:
    """OSM writes several values in one tag with a semicolon: doctors;pharmacy."""
    return (
        (";" + values.astype("string").str.replace(" ", "") + ";")
        .str.contains(f";{value};", regex=False)
        .fillna(False)
    )


def _kind_in(text: str, rules: list[dict]) -> str | None:
    words = text.lower()
    exact = next(
        (rule["code"] for rule in rules if words.strip() in (rule["code"], rule["titel"].lower())), None
    )
    return exact or next(
        (rule["code"] for rule in rules if any(word in words for word in rule["woorden"])), None
    )


def _with_tags(frame: pd.DataFrame) -> pd.DataFrame:
    """Tags that are packed in one column (Overpass, ogr2ogr) as columns of their own."""
    for name in ("tags", "other_tags", "center"):
        if name not in frame.columns:
            continue
        tags = [_tags(value) for value in frame[name]]
        wanted = {key for row in tags for key in row} - set(frame.columns)
        extra = {
            key: pd.Series([row.get(key) for row in tags], index=frame.index, dtype=object)
            for key in sorted(wanted)[:500]
        }
        frame = frame.assign(**extra)
        for key in ("lat", "lon"):
            if name == "center" and key not in wanted and key in frame.columns:
                frame[key] = frame[key].fillna(
                    pd.Series([row.get(key) for row in tags], index=frame.index, dtype=object)
                )
    return frame


def _tags(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    if isinstance(value, str) and '"=>"' in value:
        pairs = [part.split('"=>"') for part in value.strip().strip('"').split('","')]
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    return {}


def _names(frame: pd.DataFrame) -> pd.Series:
    column = first_column([c for c in frame.columns if c != "geometry"], NAME)
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    names = (
        frame[column]
        .astype("string")
        .map(lambda t: clean(t, LONGEST_NAME), na_action="ignore")
        .astype("string")
    )
    return names.where(names.str.len() > 0)


def closed(frame: pd.DataFrame) -> pd.Series:
    """Which rows say that the place is closed for good (voorzieningen.toml, dicht)."""
    rules = load_toml("voorzieningen.toml")["dicht"]
    result = pd.Series(False, index=frame.index)
    for column in [c for c in frame.columns if c != "geometry"]:
        name, text = stem(str(column)), frame[column].astype("string").str.strip().str.lower()
        if name in rules["kolommen"]:
            result |= text.isin(rules["woorden"]).fillna(False)
        elif str(column).lower() in rules["ja_kolommen"]:
            result |= text.isin(["yes", "ja", "true", "1"]).fillna(False)
        elif str(column).lower().startswith(tuple(rules["begin"])):
            result |= (text.str.len() > 0).fillna(False)
        elif name in rules["datum"]:
            ended = pd.to_datetime(text, errors="coerce", format="ISO8601")
            result |= (ended < pd.Timestamp(date.today())).fillna(False)
    return result


def pickup_only(frame: pd.DataFrame) -> pd.Series:
    """Which rows are a place to pick up orders, not a shop (voorzieningen.toml, afhaal)."""
    rules = load_toml("voorzieningen.toml")["afhaal"]
    result = pd.Series(False, index=frame.index)
    for column in [c for c in frame.columns if c != "geometry" and stem(str(c)) in rules["kolommen"]]:
        text = frame[column].astype("string").str.lower().str.replace(r"[\s_-]", "", regex=True)
        result |= text.isin(rules["woorden"]).fillna(False)
    return result
