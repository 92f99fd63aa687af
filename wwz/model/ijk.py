"""Fit the whole ladder and write it to wwz/knowledge/model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wwz.base.settings import Settings
from wwz.model import crossing, regression
from wwz.model.baseline import wijk_figure
from wwz.model.step import Step, make_step
from wwz.model.tables import LEVELS, MODEL, indicators, recipe, surroundings
from wwz.model.training import Builder, Training, read_training

LATER = {"woningwaarde", "koop", "eengezins"}  # not in the tables of the fitted year; taken from a later one
DIGITS = 8
FILES = ("kenmerken", "coefficienten", "nauwkeurigheid", "dekking", "spreiding")
# The step of which the coverage per gemeente is kept: the one that the accuracy is shown of.
SHOWN_STEP = "volledig"


@dataclass(frozen=True)
class Fit:
    """Everything `ijk` finds, as the files in wwz/knowledge/model hold it."""

    kenmerken: pd.DataFrame
    coefficienten: pd.DataFrame
    nauwkeurigheid: pd.DataFrame
    dekking: pd.DataFrame
    spreiding: pd.DataFrame
    gemeente_dekking: pd.DataFrame

    def write(self, folder: Path = MODEL) -> None:
        """Write the six files, with as many digits as matter."""
        for name in (*FILES, "gemeente_dekking"):
            digits = DIGITS if name in ("kenmerken", "coefficienten") else 4
            getattr(self, name).to_csv(
                folder / f"{name}.csv", index=False, float_format=f"%.{digits}g", lineterminator="\n"
            )


def fit_ladder(folder: Path, settings: Settings, say: Callable[[str], None], build: Builder) -> Fit:
    """Fit and examine every trede for every indicator.

    Parameters
    ----------
    folder
        Folder with the national tables Kerncijfers and Gezondheid of the same year.
    build
        Makes a database of them.
    """
    first, second = read_training(folder, settings, say, build)
    known = recipe()
    scales = _scales(first, second, known["model"])
    coefficients, accuracy, coverage, widths, towns = [], [], [], [], []
    for trede in known["trede"]:
        say(f"Trede {trede['code']}: {trede['titel']}.")
        data = second if LATER & set(trede["kenmerken"]) else first
        step = make_step(trede, data, scales, known)
        coefficients.append(_coefficients(step, known))
        for indicator in indicators():
            for found in crossing.examine(step, indicator, known):
                key = {"trede": trede["code"], "indicator": indicator, "anker": found["anker"]}
                whole = found["dekking"][0]["dekking"]
                accuracy.append(
                    {
                        **key,
                        "r2": found["r2"],
                        "halve_breedte": found["halve_breedte"],
                        "dekking": whole,
                        "buurten": found["buurten"],
                    }
                )
                coverage += [{**key, **row} for row in found["dekking"]]
                if trede["code"] == SHOWN_STEP:
                    towns.append({"indicator": indicator, "anker": found["anker"], **found["gemeenten"]})
                widths += [{**key, **row} for row in _widths(found["factors"], known)]
    accuracy += [wijk_figure(first, indicator, known["model"]) for indicator in indicators()]
    return Fit(
        scales.reset_index(),
        pd.concat(coefficients, ignore_index=True),
        pd.DataFrame(accuracy),
        pd.DataFrame(coverage),
        pd.DataFrame(widths),
        pd.DataFrame(towns),
    )


def _scales(first: Training, second: Training, rules: dict[str, Any]) -> pd.DataFrame:
    """Mean and spread of each feature over the fitted buurten, weighted with inhabitants."""
    rows = {}
    for name in second.kenmerken.columns.union(first.kenmerken.columns):
        data = second if _is_later(name) else first
        if name not in data.kenmerken:
            continue
        large = data.buurten["inwoners"] >= rules["ijken_vanaf"]
        values = data.kenmerken.loc[large, name].dropna()
        weight = data.buurten.loc[values.index, "inwoners"]
        mean = np.average(values, weights=weight)
        rows[name] = {"midden": mean, "schaal": np.sqrt(np.average((values - mean) ** 2, weights=weight))}
    frame = pd.DataFrame(rows).T.rename_axis("kenmerk").sort_index()
    # The build works with the written digits; fitting must see the same.
    return frame.map(lambda value: float(f"{value:.{DIGITS}g}"))


def _is_later(feature: str) -> bool:
    return feature in LATER or feature.rsplit("_", 1)[0] in LATER and feature.rsplit("_", 1)[1] in LEVELS


def _coefficients(step: Step, known: dict[str, Any]) -> pd.DataFrame:
    rules = known["model"]
    names = regression.term_names(
        step.trede["kenmerken"], step.trede["kwadraat"], surroundings(step.trede, known)
    )
    frame = pd.DataFrame({"trede": step.trede["code"], "term": names})
    found = {}
    for indicator in indicators():
        rows, share, people = crossing.training_rows(step, indicator, rules)
        found[indicator] = regression.fit(
            step.phi[rows], share[rows], people[rows], rules["demping"], step.rising(indicator, known)
        )
    return frame.join(pd.DataFrame(found))


def _widths(
    factors: tuple[dict[int, float], dict[int, float]], known: dict[str, Any]
) -> list[dict[str, Any]]:
    """Every class gets a factor; one that was never seen gets the widest."""
    classes = (("grootte", range(1, len(known["grootte"]) + 1)), ("stedelijkheid", range(1, 6)))
    return [
        {"soort": name, "klasse": number, "factor": which.get(number, max(which.values()))}
        for (name, numbers), which in zip(classes, factors, strict=True)
        for number in numbers
    ]
