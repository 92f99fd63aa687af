"""The buildings of the example region as BAG and 3DBAG tell of them; which homes really have no stairs is kept as hidden truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .layout import load_table

if TYPE_CHECKING:
    from .region import Region

FILES = ("panden_bag_2024.parquet", "bouwlagen_3dbag_2024.parquet")
HOME, BUILDING = "01", "10"
IN_USE, GONE = "Pand in gebruik", "Pand gesloopt"


@dataclass(frozen=True)
class Buildings:
    """What is there.

    Attributes
    ----------
    homes
        A row per address of the region, in its order: pand (row number in `panden`), oppervlakte (m2), vloer (floor of the
        home, 0 is the ground) and nultrede (whether it really is without stairs). The last two are in no file.
    panden
        buurt (row number), bouwjaar, lagen (true number of floors) and woningen.
    truth
        Per buurt (row number) deel: share of the homes that are nultrede, and zonder: share of who needs one and has none.
    """

    homes: pd.DataFrame
    panden: pd.DataFrame
    truth: pd.DataFrame


def draw_buildings(region: Region, seed: int) -> Buildings:
    """Draw buildings around the homes, and which homes can be lived in without stairs.

    Parameters
    ----------
    seed
        The same seed gives the same buildings; what else the region holds does not change with it.
    """
    rng = np.random.Generator(np.random.PCG64([seed, 3]))
    rules = load_table("gebouwen.toml")
    counts = np.bincount(region.addresses["buurt"], minlength=len(region.buurten))
    figures = region.figures_2023
    sizes, owner = _sizes(counts, np.round(counts * figures["eengezins"].fillna(60) / 100), rules, rng)
    new = rng.random(len(sizes)) * 100 < figures["na2000"].fillna(15).to_numpy()[owner]
    year = np.where(new, rng.integers(2000, 2024, len(sizes)), rng.integers(1905, 2000, len(sizes)))
    panden = pd.DataFrame(
        {"buurt": owner, "bouwjaar": year, "lagen": _floors(sizes, rules, rng), "woningen": sizes}
    )
    homes = _homes(panden, rules, rng)
    share = homes["nultrede"].groupby(panden["buurt"].to_numpy()[homes["pand"]]).mean()
    share = share.reindex(range(len(counts)))
    times = rules["voorkeur"] * np.exp(rng.normal(0, rules["voorkeur_spreiding"], len(counts)))
    truth = pd.DataFrame({"deel": share, "zonder": 1 - times * share / (1 - share + times * share)})
    return Buildings(homes, panden, truth)


def _sizes(
    counts: np.ndarray, houses: pd.Series, rules: dict[str, Any], rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Number of homes in each building, and its buurt: houses of one home, the rest in buildings of several sizes."""
    sizes, owner = [], []
    for buurt, (count, single) in enumerate(zip(counts, houses.astype(int), strict=True)):
        left = count - single
        many = rng.choice(rules["woningen_per_pand"], p=rules["kans_per_pand"], size=left)
        many = many[: np.searchsorted(np.cumsum(many), left) + 1] if left else many
        if left:
            # The last one takes what is left.
            many[-1] -= many.sum() - left
        sizes.append(np.concatenate([np.ones(single, dtype=int), many]))
        owner.append(np.full(len(sizes[-1]), buurt))
    return np.concatenate(sizes), np.concatenate(owner)


def _floors(sizes: np.ndarray, rules: dict[str, Any], rng: np.random.Generator) -> np.ndarray:
    """Floors by size: houses mostly two or three, small buildings a portiek, large ones up to a tower."""
    house = rng.choice([1, 2, 3], p=rules["lagen_huis"], size=len(sizes))
    small = np.minimum(np.maximum(sizes, 2), rng.choice([2, 3, 4], p=rules["lagen_portiek"], size=len(sizes)))
    large = rng.choice([3, 4, 5, 8, 12], p=rules["lagen_groot"], size=len(sizes))
    return np.select([sizes == 1, sizes < rules["groot_vanaf"]], [house, small], large)


def _homes(panden: pd.DataFrame, rules: dict[str, Any], rng: np.random.Generator) -> pd.DataFrame:
    """A row per home, in order of building: on which floor, how large, and whether there are no stairs."""
    sizes = panden["woningen"].to_numpy()
    at = np.repeat(np.arange(len(panden)), sizes)
    number = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    row = panden.iloc[at].reset_index(drop=True)
    alone = row["woningen"] == 1
    floor = np.where(alone, 0, number % row["lagen"])
    chance = np.select(
        [alone & (row["lagen"] == 1), alone, row["lagen"] >= 5, floor == 0, row["bouwjaar"] >= 2000],
        [rules["laag"], rules["trap"], rules["flat"], rules["begane_grond"], rules["portiek_nieuw"]],
        rules["portiek_oud"],
    )
    buurten = row["buurt"].to_numpy()
    luck = rng.normal(0, rules["spreiding"], int(buurten.max()) + 1)[buurten]
    odds = chance / (1 - chance) * np.exp(luck)
    area = np.where(alone, rng.lognormal(4.75, 0.25, len(at)), rng.lognormal(4.3, 0.3, len(at)))
    return pd.DataFrame(
        {
            "pand": at,
            "oppervlakte": np.round(area).astype(int),
            "vloer": floor,
            "nultrede": rng.random(len(at)) < odds / (1 + odds),
        }
    )


def bag_columns(region: Region, drawn: Buildings) -> pd.DataFrame:
    """What the BAG tells of each home, with the names that PDOK gives."""
    gemeente = region.buurten["gemeentecode"].str[2:].to_numpy()[region.addresses["buurt"]]
    number = pd.Series(np.arange(1, len(drawn.homes) + 1)).astype(str).str.zfill(10)
    pand = drawn.homes["pand"].to_numpy()
    return pd.DataFrame(
        {
            "identificatie": gemeente + HOME + number,
            "gebruiksdoel": "woonfunctie",
            "oppervlakte": drawn.homes["oppervlakte"],
            "status": "Verblijfsobject in gebruik",
            "pand_identificatie": _numbers(region, drawn.panden).to_numpy()[pand],
        }
    )


def _numbers(region: Region, panden: pd.DataFrame) -> pd.Series:
    gemeente = region.buurten["gemeentecode"].str[2:].to_numpy()[panden["buurt"]]
    return gemeente + BUILDING + pd.Series(np.arange(1, len(panden) + 1)).astype(str).str.zfill(10)


def write_buildings(region: Region, drawn: Buildings, folder: Path, seed: int) -> None:
    """Write the buildings of the BAG, and the floors of 3DBAG with what is missing or estimated wrong there."""
    rng = np.random.Generator(np.random.PCG64([seed, 4]))
    rules, panden = load_table("gebouwen.toml"), drawn.panden
    numbers = _numbers(region, panden)
    unknown = rng.random(len(panden)) < rules["jaar_onbekend"]
    rows = pd.DataFrame(
        {
            "identificatie": numbers,
            "bouwjaar": np.where(unknown, 9999, panden["bouwjaar"]),
            "status": IN_USE,
            "aantal_verblijfsobjecten": panden["woningen"],
        }
    )
    gone = rows.head(rules["gesloopt"]).assign(
        identificatie=lambda f: f["identificatie"].str[:6] + "9" + f["identificatie"].str[7:],
        bouwjaar=1930, status=GONE, aantal_verblijfsobjecten=0,
    )  # fmt: skip
    pd.concat([rows, gone]).to_parquet(folder / FILES[0], compression="zstd", index=False)
    wrong = rng.random(len(panden)) < rules["lagen_ernaast"]
    lagen = np.maximum(1, panden["lagen"] + np.where(wrong, rng.choice([-1, 1], len(panden)), 0))
    here = region.buurten["gemeentecode"].to_numpy()[panden["buurt"]] != rules["zonder_lagen"]
    known = here & (rng.random(len(panden)) >= rules["lagen_onbekend"])
    floors = pd.DataFrame({"identificatie": "NL.IMBAG.Pand." + numbers, "b3_bouwlagen": lagen})[known]
    floors.to_parquet(folder / FILES[1], compression="zstd", index=False)
