"""Which areas stand on top, and how sure that is: small areas are drawn towards the others first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wwz.ask.differing import half_of_90
from wwz.words.numbers import dutch, is_known

# So many areas are the top.
TOP = 5
DRAWS, SEED = 2000, 2020
MOST_DRAWN = 400
TINY = 1e-12
# Of areas that are the same, each is as likely as the other.
TIE = 1e-9


def chances(rows: pd.DataFrame, per: float, top: int) -> pd.Series:
    """How likely each area is to be among the `top` highest, 0 to 1.

    Every area has its figure, its margin, and chance (of few people some have it and some not). How far the areas really
    lie apart follows from how far their figures do; an area of which little is sure is drawn towards the middle of all
    by that (empirical Bayes). Then the areas are drawn many times, always the same way.

    Parameters
    ----------
    rows
        waarde, onder, boven (in the same unit), noemer (people; missing where the figure is not a share of people).
    per
        Of how many a share is: 100 for per cents; 0 where the figure is no share.

    Returns
    -------
    pandas.Series
        Index as `rows`; missing where the value is.
    """
    known = rows[rows["waarde"].notna()]
    found = pd.Series(np.nan, index=rows.index)
    if known.empty:
        return found
    value = known["waarde"].to_numpy(float)
    half = (known["boven"].fillna(known["waarde"]) - known["onder"].fillna(known["waarde"])).to_numpy(
        float
    ) / 2
    variance = (half / half_of_90()) ** 2 + _by_chance(known, value, per)
    middle, between = _between(value, variance)
    pull = between / np.maximum(between + variance, TINY)
    drawn_to, spread = middle + pull * (value - middle), np.sqrt(pull * variance) + TIE
    # Who cannot come near the top need not be drawn.
    near = np.argsort(-(drawn_to + 2 * spread), kind="stable")[:MOST_DRAWN]
    draws = drawn_to[near] + np.random.default_rng(SEED).normal(size=(DRAWS, len(near))) * spread[near]
    size = min(top, len(near))
    limit = -np.partition(-draws, size - 1, axis=1)[:, size - 1 : size]
    chance = np.zeros(len(value))
    chance[near] = (draws >= limit).mean(axis=0)
    found[known.index] = chance
    return found


def _by_chance(known: pd.DataFrame, value: np.ndarray, per: float) -> np.ndarray:
    """The variance that is in a share of so few people, in its own unit squared; zero where it is no share."""
    people = known["noemer"].to_numpy(float) if "noemer" in known else np.full(len(value), np.nan)
    if not per:
        return np.zeros(len(value))
    # Of few people a share of nobody or everybody says little: as if two more people had been seen.
    share = (np.clip(value / per, 0, 1) * people + 1) / (people + 2)
    return np.where(people > 0, per**2 * share * (1 - share) / np.maximum(people, 1), 0.0)


def _between(value: np.ndarray, variance: np.ndarray) -> tuple[float, float]:
    """The middle of all areas, and the variance of what they really differ (DerSimonian and Laird, 1986)."""
    weight = 1 / np.maximum(variance, TINY)
    middle = float(np.average(value, weights=weight))
    spread = float((weight * (value - middle) ** 2).sum())
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    between = max(0.0, (spread - (len(value) - 1)) / scale) if scale > 0 else 0.0
    return float(np.average(value, weights=1 / np.maximum(variance + between, TINY))), between


def ranked(rows: pd.DataFrame, per: float) -> pd.DataFrame:
    """Rows with kans and kans_tekst (how likely the area is among the highest), the likeliest first.

    Of who is hardly likely, areas of few people come after the others; then the highest first.

    Parameters
    ----------
    rows, per
        As for `chances`; also weinig_mensen (whether few people live there).
    """
    chance = chances(rows, per, TOP)
    order = pd.DataFrame(
        {
            # Chances that are nearly the same say nothing about who comes first.
            "kans": -chance.round(1).fillna(0),
            "leeg": rows["waarde"].isna(),
            "weinig": rows["weinig_mensen"].astype(bool),
            "waarde": -rows["waarde"],
        }
    )
    rows = rows.assign(kans=chance, kans_tekst=[_chance_text(one) for one in chance])
    return rows.loc[order.sort_values(list(order), kind="stable", na_position="last").index].reset_index(
        drop=True
    )


def _chance_text(chance: float) -> str:
    if not is_known(chance):
        return ""
    percent = dutch(100 * chance)
    return "minder dan 1%" if percent == "0" else f"{percent}%"
