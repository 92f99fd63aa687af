"""The example region many times side by side: as large as the country, for benchmarks only."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from .areas import NAMES
from .health import health_table
from .layout import Layout
from .maps import write_facilities
from .region import Region, draw_ground, populate
from .tables import kwb_typed

TILE = 24_000.0  # metres from one region to the next
TILES_PER_ROW = 10
CORNER = (12_000.0, 310_000.0)  # lower left of all tiles: inside the bounds of RD
DWELLINGS_PER_TILE = 121_000
FIRST_GEMEENTE = 5001  # codes no real gemeente has


def write_tiles(folder: Path, *, buurten: int, addresses: int, seed: int) -> list[Path]:
    """See :func:`wwz.sources.example.write_national_size`."""
    layout, ground = draw_ground(seed)
    count = max(1, round(buurten / len(ground)))
    share = addresses / count / DWELLINGS_PER_TILE
    shapes, kwb, health, points = [], [], [], []
    address_file = folder / "adressen.parquet"
    writer = None
    for region in _tiles(layout, ground, count, share, seed):
        shapes.append(region.buurten)
        kwb.append(kwb_typed(region))
        health.append(health_table(region.buurten[NAMES], region.figures_2023, region.health))
        points.append(region.facilities)
        table = _address_table(region)
        writer = writer or pq.ParquetWriter(address_file, table.schema, compression="zstd")
        writer.write_table(table)
    writer.close()
    everything = dataclasses.replace(region, facilities=pd.concat(points, ignore_index=True))
    write_facilities(everything, folder / "voorzieningen.geojson")
    frame = pd.concat(shapes, ignore_index=True)[[*NAMES, "inwoners", "soort", "geometry"]]
    frame["water"] = np.where(frame.pop("soort") == "water", "JA", "NEE")
    (folder / "buurten_2024.gpkg").unlink(missing_ok=True)
    gpd.GeoDataFrame(frame, crs="EPSG:28992").to_file(
        folder / "buurten_2024.gpkg", layer="buurten", driver="GPKG"
    )
    _stacked(kwb).to_parquet(folder / "kwb_2023.parquet", compression="zstd", index=False)
    _stacked(health).to_parquet(folder / "gezondheid_2022.parquet", compression="zstd", index=False)
    kinds = ("buurten_2024.gpkg", "kwb_2023.parquet", "gezondheid_2022.parquet", "voorzieningen.geojson")
    return [*(folder / name for name in kinds), address_file]


def _tiles(layout: Layout, ground: gpd.GeoDataFrame, count: int, share: float, seed: int) -> Iterator[Region]:
    codes = sorted(ground["gemeentecode"].unique())
    for number in range(count):
        offset = (
            np.array(CORNER)
            + TILE * np.array([number % TILES_PER_ROW, number // TILES_PER_ROW])
            - layout.origin
        )
        renamed = {old: f"GM{FIRST_GEMEENTE + number * len(codes) + i}" for i, old in enumerate(codes)}
        place = dataclasses.replace(
            layout,
            origin=tuple(np.array(layout.origin) + offset),
            wijken=_recoded(layout.wijken, renamed, number),
        )
        moved = _recoded(ground, renamed, number)
        moved = moved.set_geometry(
            shapely.transform(ground.geometry.to_numpy(), lambda xy, by=offset: xy + by), crs="EPSG:28992"
        )
        yield populate(place, moved, seed + 1 + number, addresses_per_dwelling=share)


def _recoded(frame: pd.DataFrame, renamed: dict[str, str], number: int) -> pd.DataFrame:
    out = frame.copy()
    digits = out["gemeentecode"].map(renamed).str[2:]
    for column, prefix in (("wijkcode", "WK"), ("buurtcode", "BU")):
        if column in out:
            out[column] = prefix + digits + out[column].str[6:]
    out["gemeentecode"], out["gemeentenaam"] = "GM" + digits, out["gemeentenaam"] + f" {number + 1}"
    return out


def _address_table(region: Region) -> pa.Table:
    points = region.addresses
    codes = pa.DictionaryArray.from_arrays(
        pa.array(points["buurt"].to_numpy(), pa.int32()), pa.array(region.buurten["buurtcode"].tolist())
    ).cast(pa.string())
    return pa.table(
        {
            "x": points["x"].to_numpy(),
            "y": points["y"].to_numpy(),
            "buurtcode": codes,
            "inwoners": points["inwoners"].to_numpy(),
        }
    )


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    out = pd.concat(parts, ignore_index=True)
    out["ID"] = np.arange(len(out))
    return out
