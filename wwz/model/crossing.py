"""Cross-validation: how well the model does on gemeenten it has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from wwz.model import gemeenten, regression, spread
from wwz.model.logit import expit, logit
from wwz.model.step import Step
from wwz.model.training import Training

ANCHORS = ("geen", "gemeente", "wijk")
# Where the model has an estimate for this part of the people of an area, its published figure is the total.
WHOLE = 0.95


# A gemeente with so many buurten is left out alone when the widths are judged; smaller ones by the group.
ALONE, REST = 60, 10


def folds(data: Training, parts: int) -> np.ndarray:
    """A fold (0 … parts-1) per buurt; all buurten of a gemeente in the same one, whatever the order of rows."""
    gemeenten = sorted(data.buurten["gemeente"].unique())
    order = np.random.default_rng(2020).permutation(len(gemeenten))
    place = {g: int(order[i]) % parts for i, g in enumerate(gemeenten)}
    return data.buurten["gemeente"].map(place).to_numpy()


def leave_out(gemeente: np.ndarray) -> list[np.ndarray]:
    """Buurten to leave out together when the widths are judged: each large gemeente alone, the others in groups."""
    numbers, counts = np.unique(gemeente, return_counts=True)
    large, small = numbers[counts >= ALONE], numbers[counts < ALONE]
    groups = [np.array([number]) for number in large] + [small[part::REST] for part in range(REST)]
    return [found for group in groups if len(found := np.flatnonzero(np.isin(gemeente, group)))]


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


def held_out(step: Step, indicator: str, known: dict[str, Any]) -> np.ndarray:
    """Logit of each buurt from a model that has not seen its gemeente; NaN where the trede cannot be used."""
    rules, slopes = known["model"], step.rising(indicator, known)
    rows, share, people = training_rows(step, indicator, rules)
    fold = folds(step.data, rules["delen"])
    eta = np.full(len(rows), np.nan)
    for part in range(rules["delen"]):
        train, test = rows & (fold != part), step.usable & (fold == part)
        found = regression.fit(step.phi[train], share[train], people[train], rules["demping"], slopes)
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
    summed = np.bincount(group[both], (share * people)[both], size) / _mass(group[both], people[both], size)
    summed[np.bincount(group[both], minlength=size) == 0] = np.nan
    part = np.bincount(group[estimated], people[estimated], size) / _mass(group, np.nan_to_num(people), size)
    known = step.data.omringend[indicator].reindex(codes).to_numpy(float)
    # An area of which the model misses a part cannot be held to the total of the whole.
    total = np.where((part >= WHOLE) & np.isfinite(known), known, summed)
    out = eta.copy()
    out[estimated] = regression.anchor(eta[estimated], people[estimated], group[estimated], total)
    return out


def _mass(group: np.ndarray, people: np.ndarray, size: int) -> np.ndarray:
    """People per group, and not nothing: to divide by."""
    return np.maximum(np.bincount(group, people, size), 1e-9)


def examine(step: Step, indicator: str, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Accuracy, coverage and spread of one indicator on one trede, per anchor.

    Yields
    ------
    dict
        anker, r2, halve_breedte (percentage points, median), buurten, dekking (list of rows), gemeenten (a row) and factors.
    """
    eta = held_out(step, indicator, known)
    share = step.data.cijfers[indicator].to_numpy(float)
    buurten = step.data.buurten
    for level in ANCHORS:
        found = anchored(step, indicator, eta, level)
        rows = training_rows(step, indicator, known["model"])[0] & np.isfinite(found)
        yield {"anker": level, **_judge(found[rows], share[rows], buurten[rows], known["model"])}


def _judge(eta, share, buurten: pd.DataFrame, rules) -> dict[str, Any]:
    error, places = _errors(eta, share, buurten, rules)
    # The errors are of gemeenten the model has not seen; the widths are set on all of them together.
    start = spread.raked(error, places, rules["dekking"])
    factors = spread.spread_factors(error, places, rules["dekking"], start)
    half = spread.half_width(factors, places)
    strict = np.zeros(len(eta), bool)
    for out in leave_out(places.gemeente):
        seen = np.setdiff1d(np.arange(len(eta)), out)
        without = spread.spread_factors(error[seen], places.at(seen), rules["dekking"], start)
        strict[out] = error[out] <= spread.half_width(without, places.at(out))
    width = 50 * (expit(eta + half) - expit(eta - half))
    weight, tested = buurten["inwoners"].to_numpy(float), places.tested
    return {
        "r2": explained(share[tested], expit(eta)[tested], weight[tested]),
        "halve_breedte": float(np.median(width[tested])),
        "buurten": int(tested.sum()),
        "dekking": list(_coverage(error <= half, strict, places)),
        "gemeenten": gemeenten.coverage((error / half)[tested], places.gemeente[tested], rules),
        "factors": factors,
    }


def half_widths(eta, share, buurten: pd.DataFrame, rules: dict[str, Any]) -> np.ndarray:
    """Half the width of the interval of each buurt on the logit scale, as `examine` sets it; shape (n,)."""
    error, places = _errors(eta, share, buurten, rules)
    return spread.half_width(spread.spread_factors(error, places, rules["dekking"]), places)


def _errors(eta, share, buurten: pd.DataFrame, rules: dict[str, Any]) -> tuple[np.ndarray, spread.Places]:
    """How far each buurt lies from its estimate on the logit scale, shape (n,), and where it belongs."""
    tested = buurten["inwoners"].to_numpy() >= rules["toetsen_vanaf"]
    gemeente = np.unique(buurten["gemeente"].to_numpy(str), return_inverse=True)[1]
    places = spread.Places(
        buurten["grootte"].to_numpy(int), buurten["stedelijkheid"].to_numpy(int), gemeente, tested
    )
    return np.abs(logit(np.clip(share, rules["rand"], 1 - rules["rand"])) - eta), places


def explained(truth: np.ndarray, estimate: np.ndarray, weight: np.ndarray) -> float:
    """Weighted R²: the part of the differences between buurten that the estimate explains."""
    mean = np.average(truth, weights=weight)
    return float(
        1
        - np.average((truth - estimate) ** 2, weights=weight)
        / np.average((truth - mean) ** 2, weights=weight)
    )


def _coverage(inside, strict, places: spread.Places) -> Iterator[dict[str, Any]]:
    """Coverage, and the strict one: of buurten whose gemeente did not take part in setting the widths either."""
    tested = places.tested
    yield {"soort": "alle", "klasse": 0, **_part(inside, strict, tested)}
    for name, classes in (("grootte", places.size), ("stedelijkheid", places.density)):
        for number in sorted(set(classes[tested].tolist())):
            rows = tested & (classes == number)
            yield {"soort": name, "klasse": number, **_part(inside, strict, rows)}


def _part(inside, strict, rows) -> dict[str, Any]:
    return {
        "dekking": float(inside[rows].mean()),
        "streng": float(strict[rows].mean()),
        "buurten": int(rows.sum()),
    }
