"""In which buurt the homes lie of which the building is known."""

from __future__ import annotations

import geopandas as gpd

from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.places import population
from wwz.sources.reading import Report
from wwz.workbench import Workbench

QUESTION = SQL / "distance" / "woningen.sql"


def of_buurten(bench: Workbench, buurten: gpd.GeoDataFrame) -> None:
    """Give every verblijfsobject its buurt, into the table `woning_pand`; a buurt of which too few are known is left out.

    Parameters
    ----------
    buurten
        As `population.buurten` gives them.
    """
    rows = bench.read(QUESTION)
    if rows.empty:
        return
    nameless = rows["buurt"].isna()
    rows["buurt"] = rows["buurt"].astype("object")
    rows.loc[nameless, "buurt"] = population.inside(rows.loc[nameless, ["x", "y"]].to_numpy(), buurten)
    rows = rows[rows["buurt"].notna()]
    least = load_toml("afstand.toml")["meten"]["adressen_minimaal"]
    # Which buurten have too few is told where the distances are measured from the same addresses.
    homes = population.enough(rows[rows["woning"]], buurten, least, Report())
    bench.append("woning_pand", rows[rows["buurt"].isin(homes["buurt"].unique())])
