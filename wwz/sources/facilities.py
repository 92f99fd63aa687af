"""Points of voorzieningen: GeoJSON, GeoPackage, CSV, spreadsheet or JSON, with coordinates or a postcode and house number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import pandas as pd

from wwz.base.counted import counted
from wwz.knowledge import load_toml
from wwz.sources.candidate import Candidate
from wwz.sources.columns import first_column, stem
from wwz.sources.coordinates import in_nl, places
from wwz.sources.kinds import has_tag, kinds, without_parts
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.tablekind import TableKind, into

NAME = ("name", "naam", "addressname", "title", "titel", "omschrijving")
LONGEST_NAME = 120
OPEN_MAP = "ODbL 1.0"


def read_points(table: Table, report: Report) -> Reading | None:
    """Read a table of points; None when it holds none.

    The kind of voorziening comes from OSM tags, from a column with the kind, or else from words in the name of the file
    or layer (voorzieningen.toml). Points outside the Netherlands, closed places and pick-up points are reported and
    not used. Rows with only a postcode get their place later, from a file with addresses.
    """
    table = Table(table.bestand, table.onderdeel, _with_tags(table.frame))
    table = without_parts(table)
    frame, found = table.frame, kinds(table)
    if (
        isinstance(frame, gpd.GeoDataFrame)
        and found.isna().all()
        and not frame.geometry.geom_type.isin(["Point", "MultiPoint"]).any()
    ):
        return None  # Boundaries, not voorzieningen that happen to be drawn as a surface.
    apart = {
        r["code"]: r["rand_om_de_meter"]
        for r in load_toml("voorzieningen.toml")["voorziening"]
        if "rand_om_de_meter" in r
    }
    where = places(table, report, found.map(apart).astype("Float64"))
    if where is None or not _any_place(where):
        return None
    points = where.assign(naam=_names(frame), soort=found, rolstoel=wheelchair(frame))
    lost = pd.Series(False, index=frame.index)
    for wrong, words in _refusals(frame, points):
        wrong = wrong & ~lost
        if wrong.any():
            report.reject(table.bestand, counted(words, int(wrong.sum())), int(wrong.sum()))
        lost |= wrong
    kept = points[~lost].drop_duplicates()
    if len(kept) < (~lost).sum():
        twice = int((~lost).sum()) - len(kept)
        report.warn(
            table.bestand,
            counted(
                "{n} [punt staat|punten staan] er precies gelijk nog eens in; [het telt|ze tellen] één keer.",
                twice,
            ),
            twice,
        )
    # A file of Overpass says so itself, whoever brought it (sources/overpass.py).
    licence = OPEN_MAP if "osm" in frame.columns else ""
    return Reading(table.bestand, table.onderdeel, "punten", inhoud=kept, rijen=len(frame), licentie=licence)


def _any_place(where: pd.DataFrame) -> bool:
    return bool((where["lat"].notna() & where["lon"].notna()).any() or where["postcode"].notna().any())


def _refusals(frame: pd.DataFrame, points: pd.DataFrame) -> Iterator[tuple[pd.Series, str]]:
    """What is not used, and why. A row is named for the first reason only."""
    placed = points["lat"].notna() & points["lon"].notna()
    yield (
        ~placed & points["postcode"].isna(),
        "{n} [punt heeft|punten hebben] geen plaats die te lezen is; [het is|ze zijn] niet gebruikt.",
    )
    yield (
        placed & ~in_nl(points["lat"], points["lon"]),
        "{n} [punt ligt|punten liggen] niet in Nederland; [het is|ze zijn] niet gebruikt.",
    )
    yield (
        closed(frame),
        "{n} [punt is gesloten of opgeheven en telt|punten zijn gesloten of opgeheven en tellen] niet mee.",
    )
    yield (
        private(frame),
        "{n} [punt is niet voor iedereen open en telt|punten zijn niet voor iedereen open en tellen] niet mee.",
    )
    yield (
        pickup_only(frame),
        "{n} [punt is alleen een afhaalpunt en telt|punten zijn alleen een afhaalpunt en tellen] niet mee.",
    )
    yield (
        points["soort"].isna(),
        "Van {n} [punt|punten] is de soort voorziening onbekend; [het is|ze zijn] niet gebruikt. Zet de soort in een kolom soort, of in de naam van het bestand.",
    )


def private(frame: pd.DataFrame) -> pd.Series:
    """Which rows are not open to everybody (voorzieningen.toml, osm)."""
    result = pd.Series(False, index=frame.index)
    for tag in load_toml("voorzieningen.toml")["osm"]["besloten"]:
        result |= has_tag(frame, tag)
    return result


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


def wheelchair(frame: pd.DataFrame) -> pd.Series:
    """Whether a wheelchair gets in: ja, deels or nee (voorzieningen.toml, rolstoel); missing where it is not said."""
    rules = load_toml("voorzieningen.toml")["rolstoel"]
    answers = {word: answer for answer in ("ja", "deels", "nee") for word in rules[answer]}
    column = first_column([c for c in frame.columns if c != "geometry"], tuple(rules["kolommen"]))
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    return (
        frame[column]
        .astype("string")
        .str.strip()
        .str.lower()
        .map(answers, na_action="ignore")
        .astype("string")
    )


def closed(frame: pd.DataFrame) -> pd.Series:
    """Which rows say that the place is closed for good (voorzieningen.toml, dicht)."""
    rules = load_toml("voorzieningen.toml")["dicht"]
    result = pd.Series(False, index=frame.index)
    for column in [c for c in frame.columns if c != "geometry"]:
        name, text = stem(str(column)), frame[column].astype("string").str.strip().str.lower()
        if name in rules["kolommen"]:
            result |= (
                text.map(lambda value: _says_closed(value, rules), na_action="ignore")
                .fillna(False)
                .astype(bool)
            )
        elif str(column).lower() in rules["ja_kolommen"]:
            result |= text.isin(["yes", "ja", "true", "1"]).fillna(False)
        elif str(column).lower().startswith(tuple(rules["begin"])):
            result |= (text.str.len() > 0).fillna(False)
        elif name in rules["datum"]:
            result |= (_dates(text) < pd.Timestamp(date.today())).fillna(False)
    return result


def _says_closed(text: str, rules: dict) -> bool:
    """Whether a text says so by itself: permanent gesloten; gesloten per 1-1-2020, once that day has come."""
    how, words, since = ("|".join(map(re.escape, rules[name])) for name in ("hoe", "woorden", "vanaf"))
    found = re.fullmatch(rf"(?:(?:{how})\s+)?(?:{words})(?:\s+(?:{since})\s+(?P<dag>[\d/.-]+))?[.!]?", text)
    if found is None:
        return False
    return found["dag"] is None or bool(
        (_dates(pd.Series([found["dag"]])) <= pd.Timestamp(date.today())).iloc[0]
    )


def _dates(text: pd.Series) -> pd.Series:
    """2020-12-31, 31-12-2020 or 31/12/2020; missing where it is no date."""
    iso = pd.to_datetime(text, errors="coerce", format="ISO8601")
    dutch = pd.to_datetime(text.str.replace(r"[/.]", "-", regex=True), errors="coerce", format="%d-%m-%Y")
    return iso.fillna(dutch)


def pickup_only(frame: pd.DataFrame) -> pd.Series:
    """Which rows are a place to pick up orders, not a shop (voorzieningen.toml, afhaal)."""
    rules = load_toml("voorzieningen.toml")["afhaal"]
    result = pd.Series(False, index=frame.index)
    for column in [c for c in frame.columns if c != "geometry" and stem(str(c)) in rules["kolommen"]]:
        text = frame[column].astype("string").str.lower().str.replace(r"[\s_-]", "", regex=True)
        result |= text.isin(rules["woorden"]).fillna(False)
    return result


def _test(candidate: Candidate) -> bool:
    # A list of places may say in which buurt each of them is.
    return candidate.code is None or not candidate.variables


def _read(candidate: Candidate, report: Report) -> Reading | None:
    return read_points(candidate.table, report)


KIND = TableKind({"punten": "voorzieningen"}, _test, _read, into("punt_gelezen"))
