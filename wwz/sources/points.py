"""Points of voorzieningen: GeoJSON, CSV or JSON with coordinates."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from wwz.knowledge import load_toml
from wwz.sources.columns import first_column
from wwz.sources.reading import Reading, Report, Table, clean
from wwz.sources.shapes import DEGREES, RD, to_rd

LAT = ("lat", "latitude", "breedtegraad")
LON = ("lon", "lng", "long", "longitude", "lengtegraad")
NAME = ("name", "naam", "addressname", "title", "titel")
LONGEST_NAME = 120
# The Netherlands with some margin, in degrees; what lies outside is a mistake in the file.
WEST, SOUTH, EAST, NORTH = 2.0, 50.6, 7.4, 53.8


def read_points(table: Table, report: Report) -> Reading | None:
    """Read a table of points; None when it holds none.

    The kind of voorziening comes from OSM tags, or else from words in the name of the file or layer
    (voorzieningen.toml). Points outside the Netherlands, closed places and pick-up points are reported and
    not used.
    """
    frame = table.frame
    places = _places(table, report)
    if places is None:
        return None
    points = pd.DataFrame(
        {"naam": _names(frame), "soort": _kinds(table), "lat": places["lat"], "lon": places["lon"]}
    )
    inside = _in_nl(points["lat"], points["lon"])
    if (~inside).any():
        report.reject(
            table.bestand,
            f"{int((~inside).sum())} punten liggen niet in Nederland of hebben geen plaats.",
            int((~inside).sum()),
        )
    pickup = _pickup_only(frame) & inside
    if pickup.any():
        report.reject(
            table.bestand,
            f"{int(pickup.sum())} punten zijn alleen een afhaalpunt en tellen niet mee.",
            int(pickup.sum()),
        )
    unknown = inside & ~pickup & points["soort"].isna()
    if unknown.any():
        report.reject(
            table.bestand,
            f"Van {int(unknown.sum())} punten is de soort voorziening onbekend.",
            int(unknown.sum()),
        )
    kept = points[inside & ~pickup & ~unknown].drop_duplicates(["soort", "lat", "lon"])
    return Reading(table.bestand, table.onderdeel, "punten", punten=kept, rijen=len(frame))


def _places(table: Table, report: Report) -> pd.DataFrame | None:
    frame = table.frame
    if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.geom_type.eq("Point").any():
        is_point = frame.geometry.geom_type.eq("Point")
        shapes = (
            gpd.GeoSeries(to_rd(frame, table.bestand, report, "punten"), index=frame.index, crs=RD)
            .to_crs(DEGREES)
            .where(is_point)
        )
        return pd.DataFrame({"lat": shapes.y, "lon": shapes.x}, index=frame.index)
    lat, lon = first_column(list(frame.columns), LAT), first_column(list(frame.columns), LON)
    if lat is None or lon is None:
        return None
    numbers = {
        k: pd.to_numeric(frame[c].astype("string").str.strip().str.replace(",", "."), errors="coerce")
        for k, c in (("lat", lat), ("lon", lon))
    }
    places = pd.DataFrame(numbers)
    turned = _in_nl(places["lon"], places["lat"])
    if turned.any():
        report.warn(
            table.bestand,
            f"Bij {int(turned.sum())} punten zijn lengte en breedte verwisseld; ze zijn omgedraaid.",
            int(turned.sum()),
        )
        places.loc[turned, ["lat", "lon"]] = places.loc[turned, ["lon", "lat"]].to_numpy()
    return places


def _in_nl(lat: pd.Series, lon: pd.Series) -> pd.Series:
    return lat.between(SOUTH, NORTH) & lon.between(WEST, EAST)


def _names(frame: pd.DataFrame) -> pd.Series:
    column = first_column([c for c in frame.columns if c != "geometry"], NAME)
    if column is None:
        return pd.Series(pd.NA, index=frame.index, dtype="string")
    return (
        frame[column]
        .astype("string")
        .map(lambda t: clean(t, LONGEST_NAME), na_action="ignore")
        .astype("string")
    )


def _kinds(table: Table) -> pd.Series:
    frame = table.frame
    kinds = pd.Series(pd.NA, index=frame.index, dtype="string")
    rules = load_toml("voorzieningen.toml")["voorziening"]
    for rule in rules:
        for tag in rule["osm"]:
            key, value = tag.split("=")
            if key in frame.columns:
                kinds = kinds.mask(
                    kinds.isna() & frame[key].astype("string").eq(value).fillna(False), rule["code"]
                )
    words = f"{table.bestand} {table.onderdeel}".lower()
    named = next((rule["code"] for rule in rules if any(word in words for word in rule["woorden"])), None)
    return kinds.fillna(named) if named else kinds


def _pickup_only(frame: pd.DataFrame) -> pd.Series:
    column = first_column([c for c in frame.columns if c != "geometry"], ("locationtype",))
    if column is None:
        return pd.Series(False, index=frame.index)
    return frame[column].astype("string").str.fullmatch(r"(?i)(pick ?up ?point|pup|afhaalpunt)").fillna(False)
