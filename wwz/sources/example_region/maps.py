"""Write the boundaries and points of the example region: PDOK-like GPKG, GeoJSON and Parquet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from .areas import publish
from .facilities import ON_MAP
from .layout import load_table
from .region import Region
from .tables import published_areas

UNKNOWN, NOT_YET = -99997, -99995


def write_map(region: Region, path: Path) -> None:
    """Boundaries 2024 with the fields of PDOK: layers gemeenten, wijken and buurten."""
    path.unlink(missing_ok=True)
    table = published_areas(region, region.people_2024)
    spec = load_table("kolommen.toml")
    rows = table.set_index("code").loc[region.buurten["buurtcode"]].reset_index()
    numbers = publish(rows, spec["pdok_2024"]).fillna(UNKNOWN)
    for name in spec["pdok_2024_later"]:
        numbers[name] = NOT_YET
    numbers = pd.DataFrame({c: v.astype(int) if (v % 1 == 0).all() else v for c, v in numbers.items()})
    shape = region.buurten
    water = np.where(shape["soort"] == "water", "JA", "NEE")
    identity = shape[["buurtcode", "buurtnaam", "wijkcode", "gemeentecode", "gemeentenaam"]].reset_index(
        drop=True
    )
    identity["indelingswijzigingWijkenEnBuurten"], identity["water"] = 1, water
    identity["meestVoorkomendePostcode"] = rows["postcode"].replace(".", None)
    frame = pd.concat([identity, numbers], axis=1).assign(
        jrstatcode="2024" + identity["buurtcode"], jaar=2024
    )
    layers = {"buurten": gpd.GeoDataFrame(frame, geometry=shape.geometry.to_numpy(), crs=shape.crs)}
    layers["wijken"] = _merged(region, "wijkcode", ["wijknaam", "gemeentecode", "gemeentenaam"])
    layers["gemeenten"] = _merged(region, "gemeentecode", ["gemeentenaam"])
    for name in ("gemeenten", "wijken", "buurten"):
        layers[name].to_file(path, layer=name, driver="GPKG", promote_to_multi=True)


def _merged(region: Region, code: str, names: list[str]) -> gpd.GeoDataFrame:
    groups = region.buurten.groupby(code, sort=True)
    frame = groups[names].first().reset_index().assign(water="NEE", jaar=2024)
    union = [shapely.coverage_union_all(part.geometry.to_numpy()) for _, part in groups]
    return gpd.GeoDataFrame(frame, geometry=union, crs=region.buurten.crs)


def write_facilities(region: Region, path: Path) -> None:
    """Facility points as GeoJSON in EPSG:4326 with OSM-like tags."""
    tags = {kind: spec["kenmerken"] for kind, spec in load_table("voorzieningen.toml").items()}
    to_degrees = pyproj.Transformer.from_crs(28992, 4326, always_xy=True)
    mapped = region.facilities[region.facilities[ON_MAP]]
    lon, lat = to_degrees.transform(mapped["x"].to_numpy(), mapped["y"].to_numpy())
    rows = mapped.itertuples(index=False, name="Row")
    features = [_feature(row, x, y, tags[row.soort]) for row, x, y in zip(rows, lon, lat, strict=True)]
    text = json.dumps(
        {"type": "FeatureCollection", "fictief": True, "features": features}, ensure_ascii=False
    )
    path.write_text(text, encoding="utf-8")


def _feature(row: NamedTuple, lon: float, lat: float, tags: dict[str, str]) -> dict:
    name = {"name": row.name} if row.name else {}
    point = {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
    return {"type": "Feature", "geometry": point, "properties": {"osm_id": int(row.osm_id)} | name | tags}


def write_addresses(region: Region, path: Path, bag: pd.DataFrame) -> None:
    """Address points: x, y (RD metres), buurtcode, inwoners, and what the BAG tells of each."""
    points = region.addresses
    codes = region.buurten["buurtcode"].to_numpy()[points["buurt"].to_numpy()]
    frame = points[["x", "y"]].assign(buurtcode=codes, inwoners=points["inwoners"])
    frame = pd.concat([frame.reset_index(drop=True), bag], axis=1)
    frame.to_parquet(path, compression="zstd", index=False)
