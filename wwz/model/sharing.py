"""How the error of an estimate divides over what areas of one gemeente share and their own, and whether clear differences are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wwz.model import crossing
from wwz.model.logit import expit, logit
from wwz.model.step import Step

# Pairs that are judged, per layer: at most so many in a gemeente, and so many of areas of two gemeenten.
WITHIN, BETWEEN, SEED = 10, 2000, 2020
# From this part of the mean of both on a published difference counts as one that should be found.
REAL = 0.2
SIGNS = {"hoger": 1, "lager": -1}
# What the margin of the estimates is taken for: those that nothing holds in place err as those of the RIVM do.
ORIGIN = {"geen": "aanname", "gemeente": "model", "wijk": "model"}
KEYS = ["niveau", "anker", "waar"]
NUMBERS = ["waarde", "schatting", "onder", "boven"]
# Asks the rule of the house: rows of the first and of the second areas → a word per pair.
Judge = Callable[[list[dict[str, Any]], list[dict[str, Any]]], list[str]]


@dataclass(frozen=True)
class Held:
    """Areas of one level with a held-out estimate of one indicator.

    Attributes
    ----------
    rijen
        gemeente, wijk, and in per cents waarde (published), schatting, onder and boven.
    """

    indicator: str
    anker: str
    niveau: str
    rijen: pd.DataFrame


def held_areas(step: Step, indicator: str, eta: np.ndarray, known: dict[str, Any]) -> Iterator[Held]:
    """Buurten with every anchor, and wijken where they are estimated; only buurten large enough to be examined.

    Parameters
    ----------
    eta
        Held-out logits (`crossing.held_out`).
    """
    share, people = step.data.cijfers[indicator].to_numpy(float), np.nan_to_num(step.data.people(indicator))
    for anchor in crossing.ANCHORS:
        found = crossing.anchored(step, indicator, eta, anchor)
        rows = crossing.training_rows(step, indicator, known["model"])[0] & np.isfinite(found)
        half = crossing.half_widths(found[rows], share[rows], step.data.buurten[rows], known["model"])
        frame = step.data.buurten.loc[rows, ["gemeente", "wijk", "inwoners"]].assign(
            mensen=people[rows],
            waarde=100 * share[rows],
            schatting=100 * expit(found[rows]),
            onder=100 * expit(found[rows] - half),
            boven=100 * expit(found[rows] + half),
        )
        frame = frame[frame["inwoners"] >= known["model"]["toetsen_vanaf"]]
        yield Held(indicator, anchor, "buurt", frame)
        # Of a wijk that is held to its own figure nothing is estimated.
        if anchor != "wijk":
            yield Held(indicator, anchor, "wijk", _of_wijken(frame))


def _of_wijken(frame: pd.DataFrame) -> pd.DataFrame:
    """Added up as figures/73_optellen does: margins go up and down together."""
    weighted = frame[NUMBERS].mul(frame["mensen"], axis=0).assign(mensen=frame["mensen"])
    sums = weighted.groupby(frame["wijk"]).sum()
    towns = frame.groupby("wijk")["gemeente"].first()
    return sums[NUMBERS].div(sums["mensen"], axis=0).assign(gemeente=towns, wijk=sums.index)


def shared_part(held: Held, rand: float) -> float:
    """Which part of the variance of the error areas of one gemeente have in common; of buurten, those of different wijken.

    Every gemeente counts by the root of its pairs: a large city is not all there is.

    Parameters
    ----------
    rand
        So near to 0 and 1 a share can be.
    """
    at = {name: logit(np.clip(held.rijen[name].to_numpy(float) / 100, rand, 1 - rand)) for name in NUMBERS}
    error = (at["waarde"] - at["schatting"]) / ((at["boven"] - at["onder"]) / 2)
    frame = held.rijen[["gemeente", "wijk"]].reset_index(drop=True).assign(fout=error, kwadraat=error**2)
    inside = _products(frame, ["gemeente", "wijk"]).groupby("gemeente").sum()
    apart = _products(frame, ["gemeente"]) - inside
    apart = apart[apart["paren"] > 0]
    weight = np.sqrt(apart["paren"])
    return float(np.average(apart["som"] / apart["paren"], weights=weight) / (error**2).mean())


def _products(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Per group the sum of the products of errors over its pairs (both ways round), and the number of those pairs."""
    by = frame.groupby(keys).agg(fout=("fout", "sum"), kwadraat=("kwadraat", "sum"), n=("fout", "size"))
    found = pd.DataFrame({"som": by["fout"] ** 2 - by["kwadraat"], "paren": by["n"] * (by["n"] - 1)})
    return found.reset_index(keys[1:], drop=True)


def judged(held: Held, judge: Judge) -> Iterator[dict[str, Any]]:
    """Pairs in one gemeente (binnen) and of two (tussen): how many the rule calls clear, and how often it is right.

    Yields
    ------
    dict
        `KEYS`, indicator, paren, and for the rule and for margins that may not touch (raken_…): duidelijk (part of the
        pairs), goed (of those the part with the right sign) and gevonden (of the pairs that really differ, the part that is
        called clear and is right).
    """
    rng = np.random.default_rng(SEED)
    towns = np.unique(held.rijen["gemeente"].to_numpy(str), return_inverse=True)[1]
    for where, (one, other) in (("binnen", _within(towns, rng)), ("tussen", _between(towns, rng))):
        rows = [
            {
                "waarde": row.schatting,
                "onder": row.onder,
                "boven": row.boven,
                "marge_uit": ORIGIN[held.anker],
                "niveau": held.niveau,
                "gemeente": row.gemeente,
            }
            for row in held.rijen.itertuples()
        ]
        words = judge([rows[n] for n in one], [rows[n] for n in other])
        said = np.array([SIGNS.get(word, 0) for word in words])
        yield {
            "niveau": held.niveau,
            "anker": held.anker,
            "waar": where,
            "indicator": held.indicator,
            "paren": len(one),
            **_scores(held.rijen, one, other, said, ""),
            **_scores(held.rijen, one, other, _apart(held.rijen, one, other), "raken_"),
        }


def _apart(rows: pd.DataFrame, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What margins that may not touch would say: the baseline."""
    low, high = rows["onder"].to_numpy(), rows["boven"].to_numpy()
    return (low[other] > high[one]).astype(int) - (high[other] < low[one]).astype(int)


def _scores(
    rows: pd.DataFrame, one: np.ndarray, other: np.ndarray, said: np.ndarray, name: str
) -> dict[str, float]:
    value = rows["waarde"].to_numpy()
    gap = value[other] - value[one]
    real = np.abs(gap) >= REAL * (value[other] + value[one]) / 2
    right = (said != 0) & (said == np.sign(gap))
    return {
        f"{name}duidelijk": float((said != 0).mean()),
        f"{name}goed": float(right.sum() / max(1, (said != 0).sum())),
        f"{name}gevonden": float(right[real].mean()) if real.any() else float("nan"),
    }


def _within(towns: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    pairs = []
    for town in np.unique(towns):
        inside = np.flatnonzero(towns == town)
        if len(inside) > 1:
            drawn = rng.integers(0, len(inside), (min(WITHIN, len(inside) * (len(inside) - 1) // 2), 2))
            pairs.append(inside[drawn[drawn[:, 0] != drawn[:, 1]]])
    found = np.concatenate(pairs)
    return found[:, 0], found[:, 1]


def _between(towns: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    drawn = rng.integers(0, len(towns), (BETWEEN, 2))
    found = drawn[towns[drawn[:, 0]] != towns[drawn[:, 1]]]
    return found[:, 0], found[:, 1]


def summary(rows: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """The middle of all layers per `KEYS`, with the layer that does worst.

    Parameters
    ----------
    rows
        What `judged` yields.
    shared
        Per indicator, anker and niveau: gedeeld (`shared_part`).

    Returns
    -------
    pandas.DataFrame
        `KEYS`, paren, duidelijk, goed, goed_laagste, gevonden and the same of raken; gedeeld and gedeeld_kwart (the lowest
        quarter of the layers) where areas lie in one gemeente.
    """
    numbers = [name for name in rows.columns if name not in (*KEYS, "indicator", "paren")]
    grouped = rows.groupby(KEYS, sort=True)
    table = (
        grouped[numbers]
        .mean()
        .join(grouped["goed"].min().rename("goed_laagste"))
        .join(grouped["paren"].sum())
    )
    parts = shared.groupby(["niveau", "anker"])["gedeeld"].agg(
        gedeeld="mean", gedeeld_kwart=lambda v: v.quantile(0.25)
    )
    table = table.reset_index().merge(parts.reset_index(), on=["niveau", "anker"], how="left")
    outside = table["waar"] != "binnen"
    table[["gedeeld", "gedeeld_kwart"]] = table[["gedeeld", "gedeeld_kwart"]].mask(outside)
    return table
