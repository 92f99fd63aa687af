"""Where a row lies: degrees, RD metres, text, geometry or a postcode, recognised by the values and not by what a column says."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.rd import to_degrees
from wwz.sources.columns import first_column
from wwz.sources.reading import Report, Table, clean
from wwz.sources.shapes import to_rd

LAT = ("lat", "latitude", "breedtegraad", "breedte", "ycoord", "y", "ycoordinaat", "yrd", "rdy", "northing")
LON = (
    "lon",
    "lng",
    "long",
    "longitude",
    "lengtegraad",
    "lengte",
    "xcoord",
    "x",
    "xcoordinaat",
    "xrd",
    "rdx",
    "easting",
)
PLACE = (
    "coordinaten",
    "coordinates",
    "locatie",
    "location",
    "geopunt",
    "geopoint",
    "wkt",
    "geom",
    "latlon",
    "latlng",
)
POSTCODE = ("postcode", "pc6", "postalcode", "addrpostcode", "postcode6")
NUMBER = ("huisnummer", "huisnr", "addrhousenumber", "housenumber", "nummer", "street2")
# The Netherlands with some margin, in degrees and in RD metres.
WEST, SOUTH, EAST, NORTH = 2.0, 50.6, 7.4, 53.8
RD_WEST, RD_SOUTH, RD_EAST, RD_NORTH = -10_000, 300_000, 290_000, 640_000
NUMBERS = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
THOUSANDS = re.compile(r"(?<=\d)[ .'](?=\d{3}(?:\D|$))")
POSTCODE_SHAPE = re.compile(r"\s*(\d{4})\s*([A-Za-z]{2})\s*")


def places(table: Table, report: Report, steps: pd.Series | None = None) -> pd.DataFrame | None:
    """Latitude and longitude of every row.

    Parameters
    ----------
    steps
        Per row how many metres apart points along its outline are wanted; missing where only its middle counts.

    Returns
    -------
    pandas.DataFrame or None
        Columns lat, lon (degrees, missing where it cannot be read), postcode, huisnummer and, for what is drawn as a
        surface, rand (its outline with points along it, a polygon as hexadecimal WKB in RD metres); None when the table has none of these.
    """
    frame = table.frame
    address = address_of(frame)
    if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.notna().any():
        return address.join(_geometry(table, report, steps))
    columns = [c for c in frame.columns if c != "geometry"]
    lat, lon = first_column(columns, LAT), first_column(columns, LON)
    text = first_column(columns, PLACE)
    if lat is not None and lon is not None:
        pair = pd.DataFrame({"eerst": numbers(frame[lat]), "dan": numbers(frame[lon])})
        _tell_text(table, frame[lat], report)
    elif text is not None:
        pair = _from_text(frame[text])
        if pair["dan"].isna().all():
            return address.assign(lat=np.nan, lon=np.nan) if address["postcode"].notna().any() else None
    elif address["postcode"].notna().any():
        return address.assign(lat=np.nan, lon=np.nan)
    else:
        return None
    return address.join(_by_value(pair, table, report))


def degrees(text: object) -> float:
    """A number in text: 52,0712 · 52.0712 · 52°04'16"N · 81 234,5. Missing when it is none."""
    raw = str(text).strip()
    if any(sign in raw for sign in "°º'′\"″"):
        parts = [float(p.replace(",", ".")) for p in NUMBERS.findall(raw)][:3]
        value = sum(part / 60**power for power, part in enumerate(parts)) if parts else float("nan")
        return -value if raw.upper().endswith(("S", "W", "Z")) else value
    bare = raw.strip("NEOneo ").replace("\u00a0", " ")
    if not NUMBERS.fullmatch(bare):
        bare = THOUSANDS.sub("", bare)
    return float(bare.replace(",", ".")) if NUMBERS.fullmatch(bare) else float("nan")


def place_in(text: str) -> tuple[float, float]:
    """A typed place, degrees (52.07, 4.30) or RD metres (81000, 455000) in either order, as latitude and longitude.

    Raises
    ------
    Fout
        When it is not a place in the Netherlands.
    """
    pair = _from_text(pd.Series([text]))
    found = _by_value(pair, Table("", "", pd.DataFrame()), Report()).iloc[0]
    if not (SOUTH < found["lat"] < NORTH and WEST < found["lon"] < EAST):
        raise Fout(
            "Dit is geen plek in Nederland. Typ graden zoals 52.0705, 4.3007, of meters (RD) zoals 81000, 455000."
        )
    return float(found["lat"]), float(found["lon"])


def numbers(values: pd.Series) -> pd.Series:
    """Numbers as they are or out of text, missing where there is none."""
    if pd.api.types.is_numeric_dtype(values):
        return values.astype(float)
    return values.astype("string").fillna("").map(degrees).astype(float)


def _tell_text(table: Table, values: pd.Series, report: Report) -> None:
    """Degrees and decimal commas are read, but said."""
    if pd.api.types.is_numeric_dtype(values):
        return
    odd = values.astype("string").str.contains(r"[,°º'′]", regex=True).fillna(False)
    if odd.any():
        report.info(
            table.bestand,
            counted(
                "Bij {n} [punt|punten] staan de coördinaten als tekst (bijvoorbeeld {text}); zo zijn ze gelezen.",
                int(odd.sum()),
                text=clean(values[odd].iloc[0], 40),
            ),
            int(odd.sum()),
        )


def _from_text(values: pd.Series) -> pd.DataFrame:
    """`52.07, 4.30` and `POINT (4.30 52.07)`: two numbers in one cell."""
    rows = []
    for value in values.astype("string").fillna(""):
        halves = re.split(
            r"\s*[;|]\s*|,\s+|\s+(?=[\d+-])", re.sub(r"[^0-9.,;|°'\"+\- NEO]", "", value).strip()
        )
        numbers = [n for n in (degrees(half) for half in halves if half) if n == n]
        if len(numbers) != 2:
            found = NUMBERS.findall(value) if value.count(",") != 1 or "." in value else []
            numbers = [float(n.replace(",", ".")) for n in found]
        rows.append(numbers if len(numbers) == 2 else [np.nan, np.nan])
    pair = pd.DataFrame(rows, columns=["eerst", "dan"], index=values.index)
    wkt = values.astype("string").str.match(r"(?i)\s*(srid=\d+;)?point").fillna(False).to_numpy(bool)
    pair.loc[wkt, ["eerst", "dan"]] = pair.loc[wkt, ["dan", "eerst"]].to_numpy()
    return pair


def _by_value(pair: pd.DataFrame, table: Table, report: Report) -> pd.DataFrame:
    """From two numbers, north first as the columns say, to degrees; what is the other way round is turned and said."""
    north, east = pair["eerst"].to_numpy(float), pair["dan"].to_numpy(float)
    in_degrees, in_rd = _degrees_in_nl(north, east), _rd_in_nl(north, east)
    turned = (_degrees_in_nl(east, north) & ~in_degrees) | (_rd_in_nl(east, north) & ~in_rd)
    if turned.any():
        report.warn(
            table.bestand,
            counted(
                "Bij {n} [punt|punten] zijn de coördinaten verwisseld; ze zijn omgedraaid.", int(turned.sum())
            ),
            int(turned.sum()),
        )
        north, east = np.where(turned, east, north), np.where(turned, north, east)
    metres = _rd_in_nl(north, east)
    result = pd.DataFrame({"lat": north, "lon": east}, index=pair.index)
    if metres.any():
        result.loc[metres, ["lat", "lon"]] = to_degrees(np.column_stack([east[metres], north[metres]]))
    return result


def _degrees_in_nl(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    return (lat >= SOUTH) & (lat <= NORTH) & (lon >= WEST) & (lon <= EAST)


def _rd_in_nl(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    return (y >= RD_SOUTH) & (y <= RD_NORTH) & (x >= RD_WEST) & (x <= RD_EAST) & (np.abs(x) > 1000)


def in_nl(lat: pd.Series, lon: pd.Series) -> pd.Series:
    """Whether degrees lie in the box around the Netherlands."""
    return lat.between(SOUTH, NORTH) & lon.between(WEST, EAST)


def _geometry(table: Table, report: Report, steps: pd.Series | None) -> pd.DataFrame:
    """Points as they are, and of a surface a point inside it, with its outline where that is wanted."""
    frame = table.frame
    shapes = to_rd(frame, table.bestand, report, "punten")
    surface = np.isin(shapely.get_type_id(shapes), (3, 6))
    apart = np.full(len(frame), np.nan) if steps is None else steps.to_numpy(float, na_value=np.nan)
    edged = surface & ~np.isnan(apart)
    for drawn, where in ((edged, "de rand ervan"), (surface & ~edged, "een punt in het midden ervan")):
        if drawn.any():
            report.info(
                table.bestand,
                f"{_drawn(int(drawn.sum()))} als vlak getekend; gemeten wordt naar {where}.",
                int(drawn.sum()),
            )
    middle = shapely.point_on_surface(shapes)
    usable = np.isin(shapely.get_type_id(shapes), (0, 3, 4, 6))
    result = pd.DataFrame({"lat": np.nan, "lon": np.nan}, index=frame.index)
    if usable.any():
        result.loc[usable, ["lat", "lon"]] = to_degrees(shapely.get_coordinates(middle[usable]))
    result["rand"] = pd.Series(pd.NA, index=frame.index, dtype="string")
    if edged.any():
        result.loc[edged, "rand"] = [
            _outline(s, step) for s, step in zip(shapes[edged], apart[edged], strict=True)
        ]
    return result


def _outline(shape: shapely.Geometry, step: float) -> str:
    """A surface with points along its outline, at most `step` metres apart, as hexadecimal WKB."""
    dotted = shapely.segmentize(shapely.simplify(shape, step / 10), step)
    return shapely.to_wkb(shapely.transform(dotted, lambda corners: corners.round(1)), hex=True)


def _drawn(count: int) -> str:
    return counted("{n} [voorziening is|voorzieningen zijn]", count)


def address_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Postcode (1234AB) and house number (12, 12A), missing where they have no such shape."""
    columns = [c for c in frame.columns if c != "geometry"]
    postcode, number = first_column(columns, POSTCODE), first_column(columns, NUMBER)
    result = pd.DataFrame({"postcode": pd.NA, "huisnummer": pd.NA}, index=frame.index, dtype="string")
    if postcode is not None:
        found = frame[postcode].astype("string").str.extract(POSTCODE_SHAPE.pattern)
        result["postcode"] = (found[0] + found[1].str.upper()).where(found[0].notna())
    if number is not None:
        text = frame[number].astype("string").str.upper().str.replace(r"\.0$", "", regex=True)
        text = text.str.replace(r"[^0-9A-Z]", "", regex=True)
        result["huisnummer"] = text.where(text.str.match(r"^\d").fillna(False))
    return result
