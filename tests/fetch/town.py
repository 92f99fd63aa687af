"""A real town for the stand-in: Den Haag by its own boundaries and people, and everything that is not public here drawn around them.

The files are those of a municipality, in the formats of their publishers; what is drawn knows its truth, as that of the example region.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.sources.example import SEED
from wwz.sources.example_region import (
    brought,
    buildings,
    evidence,
    facilities,
    health,
    layout,
    maps,
    streets,
    tables,
    truth,
)  # fmt: skip
from wwz.sources.example_region.areas import NAMES
from wwz.sources.example_region.region import Region, populate

GEMEENTE, NAME = "GM0518", "'s-Gravenhage"
# The gemeente of the example whose sources are all there, and one of which nothing is left out.
LIKE, WITHOUT = "GM9901", "GM9904"
# Wijken of the town, and the kinds of the example that look most like them by how many are old and how many get bijstand.
KINDS = ("naoorlogs", "ring", "centrum")


def buurten_of(shared: Path) -> gpd.GeoDataFrame:
    """The buurten of Den Haag (2024) with their real inhabitants, as the drawing of the example region wants them."""
    rows = gpd.read_file(shared / "nederland" / "buurten2024_kwb_85984NED.gpkg")
    rows = rows[rows["buurtcode"].str.startswith(f"BU{GEMEENTE[2:]}")].reset_index(drop=True)
    wijk = "WK" + rows["buurtcode"].str[2:8]
    names = gpd.read_file(shared / "nederland" / "wijken_2024.geojson").set_index("wijkcode")["wijknaam"]
    people = rows["inwoners"].clip(lower=0).fillna(0).astype(int)
    known = layout.load_table("indeling.toml")["soorten"]
    kind = [KINDS[int(code[-2:]) % len(KINDS)] for code in rows["buurtcode"]]
    frame = pd.DataFrame(
        {
            "buurtcode": rows["buurtcode"], "buurtnaam": rows["buurtnaam"], "wijkcode": wijk,
            "wijknaam": ["Wijk 00 " + str(names.get(code, code)) for code in wijk], "gemeentecode": GEMEENTE, "gemeentenaam": NAME,
            "soort": np.where(people > 0, kind, "water"), "inwoners": people, "dicht": 1.0,
        }
    )  # fmt: skip
    frame[list(layout.SCALES)] = [known[k]["schalen"] for k in kind]
    return gpd.GeoDataFrame(frame, geometry=rows.geometry.to_numpy(), crs="EPSG:28992")


def draw_town(shared: Path) -> Region:
    """Den Haag as a region of the example."""
    buurten = buurten_of(shared)
    middle = buurten.geometry.representative_point()
    centres = (
        pd.DataFrame({"wijkcode": buurten["wijkcode"], "x": middle.x, "y": middle.y})
        .groupby("wijkcode")
        .mean()
    )
    wijken = buurten.drop_duplicates("wijkcode")[
        ["wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"]
    ].reset_index(drop=True)
    origin = (float(middle.x.min()), float(middle.y.min()))
    at = centres.loc[wijken["wijkcode"]].to_numpy()
    wijken = wijken.assign(x=(at[:, 0] - origin[0]) / 1000, y=(at[:, 1] - origin[1]) / 1000)
    ground = layout.Layout(buurten, wijken, np.empty((0, 2)), np.empty((0, 2)), {}, origin)
    return populate(ground, buurten, SEED)


def write_town(shared: Path, folder: Path) -> Region:
    """Write every file of the example region, of Den Haag; the files of `FILES` of each part."""
    folder.mkdir(parents=True, exist_ok=True)
    region = draw_town(shared)
    with here():
        maps.write_map(region, folder / "buurten_2024.gpkg")
        tables.kwb_typed(region).to_csv(folder / "kwb_2023.csv", index=False, lineterminator="\n")
        tables.write_kwb_2024(region, folder / "kwb_2024.xlsx")
        rows = health.health_table(region.buurten[NAMES], region.figures_2023, region.health)
        rows.to_csv(folder / "gezondheid_2022.csv", index=False, lineterminator="\n")
        tables.write_nearby(region, folder / "nabijheid_2023.csv")
        maps.write_facilities(region, folder / "voorzieningen.geojson")
        drawn = buildings.draw_buildings(region, SEED)
        maps.write_addresses(region, folder / "adressen.parquet", buildings.bag_columns(region, drawn))
        buildings.write_buildings(region, drawn, folder, SEED)
        streets.write_streets(streets.draw_streets(region, SEED), folder)
        users = evidence.draw_evidence(region, SEED)
        evidence.write_evidence(region, users, folder)
        brought.write_brought(region, drawn, users, folder, SEED)
    return region


def here() -> ExitStack:
    """The tables of the example as if its first gemeente were this town."""

    def read(name: str) -> dict:
        text = (
            json.dumps(layout_table(name)).replace(LIKE, GEMEENTE).replace(f"G{LIKE[2:]}", f"G{GEMEENTE[2:]}")
        )
        found = json.loads(text)
        if name == "bewijs.toml":
            # This town does not count begeleiding elsewhere.
            found["anders_geteld"] |= {"gemeente": GEMEENTE, "deel": 0.0}
        return found

    layout_table, stack = layout.load_table, ExitStack()
    # Real borders have slivers between them.
    stack.enter_context(mock.patch.object(maps.shapely, "coverage_union_all", shapely.union_all))
    for module in (brought, buildings, evidence, facilities, streets, truth, maps, tables):
        if hasattr(module, "load_table"):
            stack.enter_context(mock.patch.object(module, "load_table", read))
    return stack
