"""Put the parts together: one region, from layout to figures, in memory."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .addresses import draw_addresses, surrounding_density
from .facilities import place_facilities
from .geometry import draw
from .health import draw_health
from .layout import Layout, read_layout
from .nearby import measure
from .people import complete_figures, count_people, draw_traits, grown
from .traits import hidden_scales

WATER_SHARE = 0.03  # of a land buurt, on average


@dataclass(frozen=True)
class Region:
    """A region with all its true figures; nothing rounded or withheld yet.

    Attributes
    ----------
    buurten : GeoDataFrame
        Codes, names, soort and polygons (EPSG:28992), one row a buurt.
    wijken : DataFrame
        Codes and names, centres in km.
    figures_2023, people_2024 : DataFrame
        True figures per buurt, rows as in ``buurten``.
    health : dict of DataFrame
        ``volwassenen`` and ``ouderen``, percentages per buurt.
    addresses, facilities : DataFrame
        Points in RD metres; all facilities that are there, also those that are not on the map (``op_de_kaart``).
    """

    buurten: gpd.GeoDataFrame
    wijken: pd.DataFrame
    figures_2023: pd.DataFrame
    people_2024: pd.DataFrame
    health: dict[str, pd.DataFrame]
    addresses: pd.DataFrame
    facilities: pd.DataFrame


def draw_ground(seed: int) -> tuple[Layout, gpd.GeoDataFrame]:
    """Read the layout and draw the buurten: the part that can be reused at another place."""
    rng = _generator(seed, 0)
    layout = read_layout(rng)
    return layout, draw(layout, rng)


def populate(
    layout: Layout, buurten: gpd.GeoDataFrame, seed: int, *, addresses_per_dwelling: float = 1.0
) -> Region:
    """Fill drawn buurten with people, dwellings, health, addresses and facilities.

    Parameters
    ----------
    layout, buurten
        From :func:`draw_ground`.
    seed : int
        Another seed gives another population on the same ground.
    addresses_per_dwelling : float
        Below or above 1 to thin out or multiply the address points.
    """
    rng = _generator(seed, 1)
    inhabitants = buurten["inwoners"].to_numpy()
    scales = hidden_scales(buurten, rng)
    traits = draw_traits(scales, inhabitants, rng)
    people = count_people(inhabitants, traits, rng)
    figures = complete_figures(people, traits, rng)
    people_2024 = count_people(grown(inhabitants, rng), traits, rng)
    health = draw_health(scales, people, rng)
    counts = np.round(figures["woningen"].to_numpy() * addresses_per_dwelling).astype(int)
    counts = np.where(inhabitants > 0, np.maximum(counts, 1), 0)
    addresses = draw_addresses(
        buurten.geometry.to_numpy(), counts, inhabitants, buurten["dicht"].to_numpy(), rng
    )
    facilities = place_facilities(addresses, buurten, layout.wijken, layout.origin, rng)
    ground = _ground_figures(buurten, addresses, addresses_per_dwelling, rng)
    distances = measure(addresses, facilities, len(buurten))
    figures = pd.concat([figures, ground, _firms(buurten, people, rng), distances], axis=1)
    # Apart from the rest: a kind more changes nothing that was there.
    more = place_facilities(addresses, buurten, layout.wijken, layout.origin, _generator(seed, 3), gaps=True)
    return Region(
        buurten,
        layout.wijken,
        figures,
        pd.concat([people_2024, ground], axis=1),
        health,
        addresses,
        pd.concat([facilities, more], ignore_index=True),
    )


def _generator(seed: int, part: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([seed, part]))


def _ground_figures(
    buurten: gpd.GeoDataFrame, addresses: pd.DataFrame, thinning: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Areas in whole hectares and the surrounding address density."""
    total = np.maximum(np.round(shapely.area(buurten.geometry.to_numpy()) / 1e4), 1).astype(int)
    water = np.floor(total * np.minimum(rng.gamma(1.2, WATER_SHARE / 1.2, len(total)), 0.3)).astype(int)
    water = np.where(buurten["soort"] == "water", total, water)
    density = surrounding_density(addresses, len(buurten)) / thinning
    number = np.bincount(addresses["buurt"], minlength=len(buurten))
    return pd.DataFrame(
        {
            "opp_totaal": total,
            "opp_land": total - water,
            "opp_water": water,
            "oad": density,
            "adressen": number,
        }
    )


def _firms(buurten: gpd.GeoDataFrame, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    base = people["inwoners"] * np.where(buurten["soort"] == "centrum", 0.30, 0.10)
    parks = np.where(buurten["soort"] == "bedrijven", rng.integers(60, 400, len(buurten)), 0)
    return pd.DataFrame({"bedrijven": rng.poisson(base + parks)})
