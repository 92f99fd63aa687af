"""Cross-validation: how well the model does on gemeenten it has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wwz.model import regression, spread
from wwz.model.training import Training

ANCHORS = ("geen", "gemeente", "wijk")
# Where the model has an estimate for this part of the people of an area, its published figure is the total.
WHOLE = 0.95


@dataclass(frozen=True)
class Step:
    """One trede on one training set: its terms and which buurten can take part."""

    trede: dict[str, Any]
    data: Training
    phi: np.ndarray
    usable: np.ndarray


def make_step(trede: dict[str, Any], data: Training, scales: pd.DataFrame, limit: float) -> Step:
    """Terms of one trede; `scales` has columns midden and schaal, index kenmerk."""
    names = trede["kenmerken"]
    raw = data.kenmerken[names].to_numpy(float).reshape(len(data.buurten), len(names))
    usable = np.isfinite(raw).all(axis=1)
    known = scales.loc[names]
    z = regression.standardise(
        np.where(np.isfinite(raw), raw, 0.0), known["midden"].to_numpy(), known["schaal"].to_numpy(), limit
    )
    return Step(trede, data, regression.terms(z, trede["kwadraat"]), usable)


def folds(data: Training, parts: int) -> np.ndarray:
    """A fold (0 … parts-1) per buurt; all buurten of a gemeente in the same one, whatever the order of rows."""
    gemeenten = sorted(data.buurten["gemeente"].unique())
    order = np.random.default_rng(2020).permutation(len(gemeenten))
    place = {g: int(order[i]) % parts for i, g in enumerate(gemeenten)}
    return data.buurten["gemeente"].map(place).to_numpy()


def training_rows(
    step: Step, indicator: str, rules: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which buurten take part in fitting, their shares kept off 0 and 1, and their people."""
    share = step.data.cijfers[indicator].to_numpy(float)
    people = step.data.people(indicator)
    rows = (
        step.usable & np.isfinite(share) & (people > 0)
        & (step.data.buurten["inwoners"].to_numpy() >= rules["ijken_vanaf"])
    )  # fmt: skip
    return rows, np.clip(share, rules["rand"], 1 - rules["rand"]), np.nan_to_num(people)


def held_out(step: Step, indicator: str, rules: dict[str, Any]) -> np.ndarray:
    """Logit of each buurt from a model that has not seen its gemeente; NaN where the trede cannot be used."""
    rows, share, people = training_rows(step, indicator, rules)
    fold = folds(step.data, rules["delen"])
    eta = np.full(len(rows), np.nan)
    for part in range(rules["delen"]):
        train, test = rows & (fold != part), step.usable & (fold == part)
        found = regression.fit(step.phi[train], share[train], people[train], rules["demping"])
        eta[test] = step.phi[test] @ found
    return eta


def anchored(step: Step, indicator: str, eta: np.ndarray, level: str) -> np.ndarray:
    """Shift held-out logits to the published total of the wijk or gemeente."""
    if level == "geen":
        return eta
    share, people = step.data.cijfers[indicator].to_numpy(float), step.data.people(indicator)
    codes, group = np.unique(step.data.buurten[level].to_numpy(str), return_inverse=True)
    estimated = np.isfinite(eta) & (people > 0)
    both = estimated & np.isfinite(share)
    size = len(codes)
    summed = np.bincount(group[both], (share * people)[both], size) / np.bincount(
        group[both], people[both], size
    )
    part = np.bincount(group[estimated], people[estimated], size) / np.bincount(
        group, np.nan_to_num(people), size
    )
    known = step.data.omringend[indicator].reindex(codes).to_numpy(float)
    # An area of which the model misses a part cannot be held to the total of the whole.
    total = np.where((part >= WHOLE) & np.isfinite(known), known, summed)
    out = eta.copy()
    out[estimated] = regression.anchor(eta[estimated], people[estimated], group[estimated], total)
    return out


def examine(step: Step, indicator: str, rules: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Accuracy, coverage and spread of one indicator on one trede, per anchor.

    Yields
    ------
    dict
        anker, r2, halve_breedte (percentage points, median), buurten, dekking (list of rows) and factors.
    """
    eta = held_out(step, indicator, rules)
    share = step.data.cijfers[indicator].to_numpy(float)
    buurten = step.data.buurten
    for level in ANCHORS:
        found = anchored(step, indicator, eta, level)
        rows = training_rows(step, indicator, rules)[0] & np.isfinite(found)
        yield {
            "anker": level,
            **_judge(found[rows], share[rows], buurten[rows], folds(step.data, rules["delen"])[rows], rules),
        }


def _judge(eta, share, buurten: pd.DataFrame, fold, rules) -> dict[str, Any]:
    tested = buurten["inwoners"].to_numpy() >= rules["toetsen_vanaf"]
    size, density = buurten["grootte"].to_numpy(int), buurten["stedelijkheid"].to_numpy(int)
    error = np.abs(regression.logit(np.clip(share, rules["rand"], 1 - rules["rand"])) - eta)
    strict = np.zeros(len(eta), bool)
    for part in np.unique(fold):
        seen = fold != part
        factors = spread.spread_factors(
            error[seen], size[seen], density[seen], tested[seen], rules["dekking"]
        )
        strict[~seen] = error[~seen] <= spread.half_width(factors, size[~seen], density[~seen])
    # The errors are of gemeenten the model has not seen; the widths are set on all of them together.
    factors = spread.spread_factors(error, size, density, tested, rules["dekking"])
    half = spread.half_width(factors, size, density)
    width = 50 * (regression.expit(eta + half) - regression.expit(eta - half))
    weight = buurten["inwoners"].to_numpy(float)
    return {
        "r2": explained(share[tested], regression.expit(eta)[tested], weight[tested]),
        "halve_breedte": float(np.median(width[tested])),
        "buurten": int(tested.sum()),
        "dekking": list(_coverage(error <= half, strict, size, density, tested)),
        "factors": factors,
    }


def explained(truth: np.ndarray, estimate: np.ndarray, weight: np.ndarray) -> float:
    """Weighted R²: the part of the differences between buurten that the estimate explains."""
    mean = np.average(truth, weights=weight)
    return float(
        1
        - np.average((truth - estimate) ** 2, weights=weight)
        / np.average((truth - mean) ** 2, weights=weight)
    )


def _coverage(inside, strict, size, density, tested) -> Iterator[dict[str, Any]]:
    """Coverage, and the strict one: of buurten whose gemeente did not take part in setting the widths either."""
    yield {"soort": "alle", "klasse": 0, **_part(inside, strict, tested)}
    for name, classes in (("grootte", size), ("stedelijkheid", density)):
        for number in sorted(set(classes[tested].tolist())):
            rows = tested & (classes == number)
            yield {"soort": name, "klasse": number, **_part(inside, strict, rows)}


def _part(inside, strict, rows) -> dict[str, Any]:
    return {
        "dekking": float(inside[rows].mean()),
        "streng": float(strict[rows].mean()),
        "buurten": int(rows.sum()),
    }
