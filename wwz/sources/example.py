"""The built-in example region: fictitious, complete, and in the same file formats as the real sources.

It lets the product do its whole job without the internet, and it gives tests and benchmarks data that
behave like the real thing. What it looks like is data, in ``example_region``: ``indeling.toml`` (places),
``ijking.toml`` (national distributions it follows), ``voorzieningen.toml`` and ``kolommen.toml`` (formats).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wwz.base.imports import modules_behind
from wwz.base.locking import ENDING, hold
from wwz.base.paths import PACKAGE
from wwz.base.version import mark

from .example_region import brought, buildings, evidence, postcodes, streets
from .files import MARKER

# What makes the region is loaded by who makes it: that takes longer than a small build, which only asks where it is.
if TYPE_CHECKING:
    from .example_region.region import Region

SEED = 2024
# Seconds that we wait for another program that makes the same example region.
LONGEST_MAKING = 600.0
NAME = "Voorbeeldregio Merelmonde"
FILES = (
    MARKER,
    "buurten_2024.gpkg",
    "kwb_2023.csv",
    "kwb_2024.xlsx",
    "gezondheid_2022.csv",
    "nabijheid_2023.csv",
    "voorzieningen.geojson",
    "adressen.parquet",
    *evidence.FILES,
    *buildings.FILES,
    *streets.FILES,
    *postcodes.FILES,
    *brought.FILES,
)
EXPLANATION = (
    "Deze regio bestaat niet. Gemeenten, wijken, buurten, mensen en voorzieningen zijn verzonnen. "
    "De cijfers lijken in verdeling en samenhang op landelijke cijfers van CBS en RIVM, "
    "maar zeggen niets over een echte plaats."
)


def make_example_region(*, seed: int = SEED) -> Region:
    """Make the example region in memory, with its true figures."""
    from .example_region.region import draw_ground, populate

    layout, buurten = draw_ground(seed)
    return populate(layout, buurten, seed)


def write_example_region(folder: Path, *, seed: int = SEED) -> list[Path]:
    """Write the example region.

    Parameters
    ----------
    folder : Path
        Made if absent. Files of an earlier run are replaced.
    seed : int
        The same seed gives the same data, every run and on every machine.

    Returns
    -------
    list of Path
        The marker ``wwz_voorbeeld.json``, boundaries (GPKG, EPSG:28992), KWB 2023 (CSV) and 2024 (XLSX),
        health 2022 (CSV), distances 2023 (CSV), facilities (GeoJSON, EPSG:4326), addresses (Parquet, RD
        metres), who gets which help (CSV), buildings with their floors (Parquet), streets with their benches
        (GeoJSON, RD metres), postcodes with their buurt (CSV), and what a municipality brings itself (CSV, XLSX).
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).unlink(missing_ok=True)
    write_region(make_example_region(seed=seed), folder, seed)
    # Last: a folder with a marker is a complete one.
    marker = {"fictief": True, "naam": NAME, "toelichting": EXPLANATION, "zaad": seed, "versie": _generator()}
    (folder / MARKER).write_text(json.dumps(marker, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [folder / name for name in FILES]


def write_region(region: Region, folder: Path, seed: int) -> None:
    """Write every file of a region into a folder, but for the marker."""
    from .example_region import maps, tables
    from .example_region.areas import NAMES
    from .example_region.health import health_table

    maps.write_map(region, folder / "buurten_2024.gpkg")
    tables.kwb_typed(region).to_csv(folder / "kwb_2023.csv", index=False, lineterminator="\n")
    tables.write_kwb_2024(region, folder / "kwb_2024.xlsx")
    health = health_table(region.buurten[NAMES], region.figures_2023, region.health)
    health.to_csv(folder / "gezondheid_2022.csv", index=False, lineterminator="\n")
    tables.write_nearby(region, folder / "nabijheid_2023.csv")
    maps.write_facilities(region, folder / "voorzieningen.geojson")
    drawn = buildings.draw_buildings(region, seed)
    maps.write_addresses(region, folder / "adressen.parquet", buildings.bag_columns(region, drawn))
    buildings.write_buildings(region, drawn, folder, seed)
    streets.write_streets(streets.draw_streets(region, seed), folder)
    postcodes.write_postcodes(region, folder)
    users = evidence.draw_evidence(region, seed)
    evidence.write_evidence(region, users, folder)
    brought.write_brought(region, drawn, users, folder, seed)


def example_place(target: Path) -> Path:
    """Where the example region of a database is, or would be."""
    return target.parent / "voorbeeld"


def is_example_place(folder: Path, target: Path) -> bool:
    """Whether a folder is the one of the example region: that one the program makes itself, as often as it has to."""
    return folder.resolve() == example_place(target).resolve()


def example_folder(target: Path, say: Callable[[str], None]) -> Path:
    """The folder of the example region beside a database; made when it is not there, or not by this version."""
    folder = example_place(target)
    # Two servers that start on an empty machine want it at the same moment.
    with hold(folder.with_name(f".{folder.name}{ENDING}"), LONGEST_MAKING):
        if not is_up_to_date(folder):
            say("De voorbeeldregio wordt gemaakt.")
            write_example_region(folder)
    return folder


def is_up_to_date(folder: Path) -> bool:
    """Whether a folder holds the example region, complete, as this version of the program makes it."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(marker, dict) and marker.get("versie") == _generator()


@cache
def _generator() -> str:
    """The mark of the files that decide what the example region looks like."""
    tables = (Path(__file__).resolve().parent / "example_region").rglob("*.toml")
    return mark((*modules_behind(__name__), *tables), PACKAGE)


def write_national_size(
    folder: Path, *, buurten: int = 14_500, addresses: int = 10_000_000, seed: int = SEED
) -> list[Path]:
    """Write a set the size of the country, for benchmarks.

    It is the example region many times side by side, each time with its own people.

    Parameters
    ----------
    folder : Path
    buurten, addresses : int
        Wanted numbers; the result is within one region (160 buurten) and about a percent of addresses.

    Returns
    -------
    list of Path
        Boundaries (GPKG, layer ``buurten``), KWB and health (Parquet), facilities (GeoJSON), addresses
        (Parquet).
    """
    from .example_region.national import write_tiles

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return write_tiles(folder, buurten=buurten, addresses=addresses, seed=seed)
