"""A real town for the stand-in: Den Haag by its own boundaries and people, and everything that is not public here drawn around them.

The files are those of a municipality, in the formats of their publishers; what is drawn knows its truth, as that of the example region.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from contents import with_buildings
from standin import Content

from wwz.sources.example import SEED, write_region
from wwz.sources.example_region import (
    brought,
    buildings,
    evidence,
    facilities,
    layout,
    maps,
    streets,
    tables,
    truth,
)  # fmt: skip
from wwz.sources.example_region.region import Region, populate

GEMEENTE, NAME = "GM0518", "'s-Gravenhage"
# The gemeente of the example whose sources are all there.
LIKE = "GM9901"
# Wijken of the town, and the kinds of the example that look most like them by how many are old and how many get bijstand.
KINDS = ("naoorlogs", "ring", "centrum")


# Wijken of 36,000 people together, at the edge of the town: a test with as much evidence, at a tenth of the price.
EDGE = ("WK051814", "WK051815", "WK051816", "WK051818")


def buurten_of(shared: Path, wijken: Collection[str] = ()) -> gpd.GeoDataFrame:
    """The buurten of Den Haag (2024) with their real inhabitants, as the drawing of the example region wants them; or of some wijken."""
    rows = gpd.read_file(shared / "nederland" / "buurten2024_kwb_85984NED.gpkg")
    wijk = "WK" + rows["buurtcode"].str[2:8]
    here = wijk.isin(wijken) if wijken else wijk.str.startswith(f"WK{GEMEENTE[2:]}")
    rows, wijk = rows[here].reset_index(drop=True), wijk[here].reset_index(drop=True)
    names = gpd.read_file(shared / "nederland" / "wijken_2024.geojson").set_index("wijkcode")["wijknaam"]
    people = rows["inwoners"].clip(lower=0).fillna(0).astype(int)
    known = layout.load_table("indeling.toml")["soorten"]
    kind = [KINDS[int(code[-2:]) % len(KINDS)] for code in rows["buurtcode"]]
    frame = pd.DataFrame(
        {
            "buurtcode": rows["buurtcode"], "buurtnaam": rows["buurtnaam"], "wijkcode": wijk,
            "wijknaam": [str(names.get(code, code)) for code in wijk], "gemeentecode": GEMEENTE, "gemeentenaam": NAME,
            "soort": np.where(people > 0, kind, "water"), "inwoners": people, "dicht": 1.0,
        }
    )  # fmt: skip
    frame[list(layout.SCALES)] = [known[k]["schalen"] for k in kind]
    return gpd.GeoDataFrame(frame, geometry=rows.geometry.to_numpy(), crs="EPSG:28992")


def draw_town(shared: Path, wijken: Collection[str] = ()) -> Region:
    """Den Haag as a region of the example; or some of its wijken, as if the gemeente were no larger."""
    buurten = buurten_of(shared, wijken)
    middle = buurten.geometry.representative_point()
    centres = (
        pd.DataFrame({"wijkcode": buurten["wijkcode"], "x": middle.x, "y": middle.y})
        .groupby("wijkcode")
        .mean()
    )
    known = buurten.drop_duplicates("wijkcode")[
        ["wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"]
    ].reset_index(drop=True)
    origin = (float(middle.x.min()), float(middle.y.min()))
    at = centres.loc[known["wijkcode"]].to_numpy()
    known = known.assign(x=(at[:, 0] - origin[0]) / 1000, y=(at[:, 1] - origin[1]) / 1000)
    ground = layout.Layout(buurten, known, np.empty((0, 2)), np.empty((0, 2)), {}, origin)
    return populate(ground, buurten, SEED)


def write_town(shared: Path, folder: Path, wijken: Collection[str] = ()) -> Region:
    """Write every file of the example region, of Den Haag or some of its wijken."""
    folder.mkdir(parents=True, exist_ok=True)
    region = draw_town(shared, wijken)
    with here():
        write_region(region, folder, SEED)
    return region


def serve_town(folder: Path, region: Region) -> Content:
    """The stand-in's content: what is published of these files, and what the map misses; not what the municipality brings."""
    with here():
        return with_buildings(folder, region, ())


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
