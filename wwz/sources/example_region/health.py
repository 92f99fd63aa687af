"""Health of the example region in the layout of RIVM *Gezondheid per wijk en buurt*."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .areas import all_levels
from .layout import load_table
from .traits import figures

PERIOD = "2022JJ00"
MARGINS = ("MOG0095", "MBG0095", "MW00000")  # lower bound, upper bound, value
# block, age code, least people, place of the age group in the source's numbering
AGE_GROUPS = (("volwassenen", "20300", 50, 0), ("ouderen", "80200", 40, 6))
MODEL_SPREAD = 0.055  # on the logit scale: what the model behind the source is unsure of, whatever the size
YOUNG_MINORS = 0.3  # part of 15–25 that is under 18: assumption


def draw_health(
    scales: np.ndarray, people: pd.DataFrame, rng: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Draw all outcomes for both age groups, consistent with one another.

    Returns
    -------
    dict
        ``volwassenen`` and ``ouderen``: percentages per buurt, one column an outcome, no area withheld yet.
    """
    weights = people["inwoners"].to_numpy(float)
    shared = rng.normal(0, 1, len(scales))
    out = {block: _nested(figures(block, scales, weights, rng, shared)) for block, *_ in AGE_GROUPS}
    older = np.where(weights > 0, people["a65"] / np.maximum(adults(people), 1), 0.0)[:, None].clip(0, 1)
    # Older people are among the adults: the adults' share cannot fall outside what they leave possible.
    low = out["ouderen"].to_numpy() * older
    values = out["volwassenen"].to_numpy().clip(low + 0.2, low + 100 * (1 - older) + 0.2)
    out["volwassenen"] = pd.DataFrame(values, columns=out["volwassenen"].columns).clip(0, 100)
    return out


def adults(people: pd.DataFrame) -> pd.Series:
    """Inhabitants of 18 and over."""
    return (people["inwoners"] - people["a00"] - YOUNG_MINORS * people["a15"]).clip(lower=0)


def _nested(table: pd.DataFrame) -> pd.DataFrame:
    """Keep parts below their whole."""
    parts = table[["BeperkingInHoren", "BeperkingInZien", "BeperkingInBewegen"]].max(axis=1)
    table["EenOfMeerLichamelijkeBeperkingen"] = np.maximum(
        table["EenOfMeerLichamelijkeBeperkingen"], parts + 0.4
    )
    lonely = table[["EmotioneelEenzaam", "SociaalEenzaam"]].max(axis=1)
    table["Eenzaam"] = np.maximum(table["Eenzaam"], lonely + 2)
    table["LangdurigeZiekteEnBeperkt"] = np.minimum(
        table["LangdurigeZiekteEnBeperkt"], table["BeperktVanwegeGezondheid"] - 0.4
    )
    return table


def health_table(names: pd.DataFrame, people: pd.DataFrame, health: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Lay the outcomes out as the source does.

    Returns
    -------
    DataFrame
        Per age group and area three rows: lower bound, upper bound and value (columns ``ID`` …
        ``MoeiteMetRondkomen_38``).
        Figures of areas with too few people are missing.
    """
    blocks = [_age_group(names, people, health[block], *rest) for block, *rest in AGE_GROUPS]
    return pd.concat(blocks, ignore_index=True)


def _age_group(
    names: pd.DataFrame, people: pd.DataFrame, values: pd.DataFrame, age: str, least: int, place: int
) -> pd.DataFrame:
    size = (adults(people) if place == 0 else people["a65"]).astype(float)
    table = _weighted_levels(names, values, size)
    count, outcomes = len(table), list(values)
    share = table[outcomes].to_numpy().clip(0.1, 99.9) / 100
    spread = np.sqrt(
        MODEL_SPREAD**2 + 0.12 / np.maximum(table[["size"]].to_numpy(), 1) / (share * (1 - share))
    )
    logit = np.log(share / (1 - share))
    rows = [1 / (1 + np.exp(-(logit + z * spread))) for z in (-1.96, 1.96, 0.0)]
    shown = np.stack(rows, axis=1) * 100
    shown[table["size"].to_numpy() < least] = np.nan
    repeat = np.repeat(np.arange(count), len(MARGINS))
    out = pd.DataFrame(
        {
            "ID": place * len(MARGINS) * count + np.arange(len(MARGINS) * count),
            "Leeftijd": age,
            "Marges": np.tile(MARGINS, count),
            "WijkenEnBuurten": table["code"].str.ljust(10).to_numpy()[repeat],
            "Perioden": PERIOD,
            "Gemeentenaam": table["gemeentenaam"].str.ljust(40).to_numpy()[repeat],
            "SoortRegio": table["soortregio"].str.ljust(10).to_numpy()[repeat],
            "Codering": table["code"].str.ljust(10).to_numpy()[repeat],
        }
    )
    figures_out = pd.DataFrame(shown.reshape(-1, len(outcomes)).round(1), columns=outcomes)
    return _numbered(pd.concat([out, figures_out], axis=1))


def _weighted_levels(names: pd.DataFrame, values: pd.DataFrame, size: pd.Series) -> pd.DataFrame:
    """Percentages of gemeenten and wijken as people divided by people."""
    truth = values.mul(size / 100, axis=0).assign(size=size)
    table = all_levels(names, truth)
    table[list(values)] = table[list(values)].div(table["size"].replace(0, np.nan), axis=0) * 100
    return table


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Insert the columns the source leaves empty, and number all from ``Gemeentenaam_1``."""
    layout = load_table("kolommen.toml")
    at = table.columns.get_loc(layout["gezondheid_leeg_voor"])
    for shift, name in enumerate(layout["gezondheid_leeg"]):
        table.insert(at + shift, name, np.nan)
    first = table.columns.get_loc("Gemeentenaam")
    table.columns = [c if i < first else f"{c}_{i - first + 1}" for i, c in enumerate(table.columns)]
    return table
