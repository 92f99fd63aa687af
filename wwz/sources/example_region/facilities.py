"""Shops, practices and meeting places: the first of a wijk in its heart, the next spread out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .layout import load_table

CANDIDATES = 6  # addresses looked at for each further place; more pushes places to the edges
OSM_ID_BASE = 990_000_000_000  # far above real numbers
GAPS_ID_BASE = 991_000_000_000
ON_MAP = "op_de_kaart"


def place_facilities(
    addresses: pd.DataFrame,
    buurten: pd.DataFrame,
    wijken: pd.DataFrame,
    origin: tuple[float, float],
    rng: np.random.Generator,
    *,
    gaps: bool = False,
) -> pd.DataFrame:
    """Place the facilities of ``voorzieningen.toml``.

    Parameters
    ----------
    gaps
        Only the kinds of which the map misses some; without it only the others.
    addresses : DataFrame
        From :func:`wwz.sources.example_region.addresses.draw_addresses`.
    buurten, wijken : DataFrame
        From the layout; ``wijken`` with centres in km.

    Returns
    -------
    DataFrame
        ``osm_id, soort, name, x, y`` (metres) and ``op_de_kaart``: whether it is in the file.
    """
    wijk_of = pd.Index(wijken["wijkcode"]).get_indexer(buurten["wijkcode"])[addresses["buurt"].to_numpy()]
    order = np.argsort(wijk_of, kind="stable")
    bounds = np.searchsorted(wijk_of[order], np.arange(len(wijken) + 1))
    people = np.bincount(wijk_of, addresses["inwoners"], len(wijken))
    # Scattered addresses rarely have a shop next door.
    weight = (
        addresses["inwoners"].to_numpy() / buurten["dicht"].to_numpy()[addresses["buurt"].to_numpy()] ** 2
    )
    xy = addresses[["x", "y"]].to_numpy()
    centres = wijken[["x", "y"]].to_numpy() * 1000 + np.array(origin)
    rows = []
    known = load_table("voorzieningen.toml")
    for kind, spec in {k: s for k, s in known.items() if (ON_MAP in s) == gaps}.items():
        for wijk, count in enumerate(_numbers(people, spec["per"], rng)):
            member = order[bounds[wijk] : bounds[wijk + 1]]
            for number, chosen in enumerate(_spots(xy, weight, member, centres[wijk], count, rng)):
                buurt = buurten["buurtnaam"].iat[addresses["buurt"].iat[chosen]]
                pattern = spec["namen"][(number + wijk) % len(spec["namen"])]
                name = pattern.format(buurt=buurt, wijk=wijken["wijknaam"].iat[wijk][8:])
                rows.append((kind, name, *np.round(xy[chosen] + rng.uniform(-15, 15, 2), 1)))
    out = pd.DataFrame(rows, columns=["soort", "name", "x", "y"])
    out.insert(0, "osm_id", (GAPS_ID_BASE if gaps else OSM_ID_BASE) + np.arange(1, len(out) + 1))
    chance = out["soort"].map(lambda kind: known[kind].get(ON_MAP, 1)).to_numpy(float)
    return out.assign(**{ON_MAP: rng.random(len(out)) < chance if gaps else True})


def _numbers(people: np.ndarray, per: float, rng: np.random.Generator) -> np.ndarray:
    """Whole numbers per wijk that follow its inhabitants; small villages sometimes get none."""
    running = np.floor(np.cumsum(people) / per + rng.uniform(0.2, 0.8))
    return np.diff(running, prepend=0).astype(int)


def _spots(
    xy: np.ndarray,
    weight: np.ndarray,
    member: np.ndarray,
    centre: np.ndarray,
    count: int,
    rng: np.random.Generator,
) -> list[int]:
    if count == 0 or not len(member):
        return []
    cumulative = np.cumsum(weight[member])
    draw = np.searchsorted(cumulative, rng.random((count, CANDIDATES)) * cumulative[-1], side="right")
    pool = member[np.minimum(draw, len(member) - 1)]
    chosen = [pool[0][np.argmin(((xy[pool[0]] - centre) ** 2).sum(axis=1))]]
    for candidates in pool[1:]:
        gap = ((xy[candidates][:, None] - xy[chosen][None]) ** 2).sum(axis=2).min(axis=1)
        chosen.append(candidates[np.argmax(gap)])
    return chosen
