"""What is true of distances in the example region, and the squares of CBS that follow from it; the truth itself is in no file.

Streets differ: how much longer than a straight line a walk is, is drawn for every address, and not taken from what the product
assumes. All facilities count, also those that are not on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from .brought import draw_contacts
from .layout import load_table

if TYPE_CHECKING:
    from .region import Region

SQUARE_M, FEW, UNKNOWN = 100, 5, -99997


def walks(region: Region, seed: int) -> pd.DataFrame:
    """Metres over the street from every address to the nearest facility of some kinds: a column per name in bewijs.toml."""
    known, rng = load_table("bewijs.toml"), np.random.Generator(np.random.PCG64([seed, 4]))
    homes = region.addresses[["x", "y"]].to_numpy()
    spots = pd.concat([region.facilities, draw_contacts(region, seed)], ignore_index=True)
    street = known["straten"]
    detour = np.maximum(1, street["omweg"] * np.exp(rng.normal(0, street["spreiding"], len(homes))))
    found = {}
    for name, kinds in known["afstand"].items():
        ends = spots.loc[spots["soort"].isin(kinds), ["x", "y"]].to_numpy()
        found[name] = cKDTree(ends).query(homes)[0] * detour
    return pd.DataFrame(found)


def true_reach(region: Region, seed: int) -> pd.DataFrame:
    """Which part of the people in each buurt lacks what lies too far away.

    Returns
    -------
    pandas.DataFrame
        Columns buurt, randvoorwaarde and zonder (0 to 1). Of what a building alone does not give, some people lack it who live near.
    """
    metres, known = walks(region, seed), load_table("bewijs.toml")
    people, codes = region.addresses["inwoners"].to_numpy(float), region.buurten["buurtcode"].to_numpy()
    buurt = codes[region.addresses["buurt"].to_numpy()]
    rows = []
    for rule in known["te_ver"]:
        far = metres[rule["afstand"]].to_numpy() > rule["meter"]
        lacking = np.where(far, 1.0, rule["ook_dichtbij"]) * people
        part = pd.DataFrame({"buurt": buurt, "zonder": lacking, "alle": people}).groupby("buurt").sum()
        share = (part["zonder"] / part["alle"]).rename("zonder").reset_index()
        rows.append(share.assign(randvoorwaarde=rule["randvoorwaarde"]))
    return pd.concat(rows, ignore_index=True)


def squares(region: Region, seed: int) -> pd.DataFrame:
    """Squares of 100 metres as CBS gives them: people, 65+, and shops by distance and number; few people are secret."""
    metres, spots = walks(region, seed), region.facilities
    homes = region.addresses
    old = (region.figures_2023["a65"] / region.figures_2023["inwoners"].clip(lower=1)).to_numpy()
    cell = (homes[["x", "y"]] // SQUARE_M).astype(int)
    frame = metres.assign(
        code=[f"E{x:04d}N{y:04d}" for x, y in cell.to_numpy()], people=homes["inwoners"].to_numpy(float),
        old=homes["inwoners"].to_numpy() * old[homes["buurt"].to_numpy()],
    )  # fmt: skip
    for name, kinds in (("supermarkt", ["supermarkt"]), ("winkel", ["buurtwinkel", "supermarkt"])):
        tree = cKDTree(spots.loc[spots["soort"].isin(kinds), ["x", "y"]].to_numpy())
        reach = 1000 / load_table("bewijs.toml")["straten"]["omweg"]
        frame[f"n_{name}"] = tree.query_ball_point(homes[["x", "y"]].to_numpy(), reach, return_length=True)
    by_cell = frame.groupby("code")
    found = by_cell[["people", "old"]].sum()
    km = (by_cell[["supermarkt", "winkel"]].mean() / 1000).round(1)
    near = by_cell[["n_supermarkt", "n_winkel"]].mean().round(1)
    table = pd.DataFrame(
        {
            "crs28992res100m": found.index,
            "aantal_inwoners": (found["people"] / FEW).round() * FEW,
            "aantal_inwoners_65_jaar_en_ouder": (found["old"] / FEW).round() * FEW,
            "dichtstbijzijnde_grote_supermarkt_afstand_in_km": km["supermarkt"],
            "grote_supermarkt_aantal_binnen_1_km": near["n_supermarkt"],
            "dichtstbijzijnde_winkels_ov_dagel_levensm_afst_in_km": km["winkel"],
            "winkels_ov_dagel_levensm_aantal_binnen_1_km": near["n_winkel"],
        }
    ).reset_index(drop=True)
    secret = (found["people"] < FEW).to_numpy()
    table.loc[secret, table.columns[1:]] = UNKNOWN
    return table
