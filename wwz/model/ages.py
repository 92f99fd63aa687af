"""Fit the ages of people of 65 and older to those counted per postcode, and examine the fit on gemeenten it did not see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wwz.base.errors import Fout
from wwz.model.agechecks import Held, errors, measures
from wwz.model.agetables import COEFFICIENTS, LADDER, age_recipe, features, of_step
from wwz.model.logit import expit, logit
from wwz.model.tables import MODEL
from wwz.store import Store

PARTS = ("vanaf_75", "vanaf_85")
DIGITS = 7
# Shares this near to 0 or 1 would count too much on the logit scale.
EDGE = 0.01


@dataclass(frozen=True)
class AgeFit:
    """What is found, as the files in wwz/knowledge/model hold it."""

    coefficienten: pd.DataFrame
    ladder: pd.DataFrame
    fout: pd.DataFrame
    toets: pd.DataFrame

    def write(self, folder: Path = MODEL) -> None:
        """Write the four files."""
        names = {COEFFICIENTS: self.coefficienten, LADDER: self.ladder}
        names |= {"leeftijd_fout.csv": self.fout, "leeftijd_toets.csv": self.toets}
        for name, frame in names.items():
            frame.to_csv(folder / name, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")


@dataclass(frozen=True)
class Postcodes:
    """Counted postcodes.

    Attributes
    ----------
    rijen
        Index: postcode; gemeente, ouderen (people of 65+ in its buurten), geteld (counted), vanaf_75 and vanaf_85 (people),
        goed (fit to learn from), heel (whether its gemeente was counted as a whole).
    kenmerken
        One column each, index as `rijen`; missing is NaN.
    """

    rijen: pd.DataFrame
    kenmerken: pd.DataFrame


def read_postcodes(store: Store) -> Postcodes:
    """The counted postcodes of a database.

    Raises
    ------
    Fout
        When there are none.
    """
    rows = store.ask("ijk_leeftijd")
    if rows.empty:
        raise Fout(
            "Er staan geen leeftijden per postcode in deze map, of zij passen niet bij Kerncijfers. Zet CBS-tabel 83502NED erbij."
        )
    rules = age_recipe()["model"]
    wide = rows.pivot(index="sleutel", columns="kenmerk", values="waarde")
    kept = rows.drop_duplicates("sleutel").set_index("sleutel").drop(columns=["kenmerk", "waarde"])
    near = (kept["inwoners"] / kept["alle_geteld"] - 1).abs() < rules["inwoners_past"]
    # What we fetch ourselves tells of people of 65 and older alone.
    near |= kept["alle_geteld"] == kept["geteld"]
    kept["goed"] = near & ((kept["ouderen"] / kept["geteld"] - 1).abs() < rules["ouderen_past"])
    kept = kept[kept["ouderen"] >= rules["ijken_vanaf"]]
    whole = kept.groupby("gemeente")["geteld"].transform("sum") / kept["van_gemeente"] - 1
    kept["heel"] = whole.abs() < rules["inwoners_past"]
    return Postcodes(kept, wide.reindex(kept.index).drop(columns=[c for c in wide if pd.isna(c)]))


def fit_ages(store: Store, national: dict[str, float]) -> AgeFit:
    """Fit every step of the ladder, and examine it with gemeenten held out.

    Parameters
    ----------
    national
        The same two shares (vanaf_75, vanaf_85) of the country in the fitted year: the constants are beside those.
    """
    data, known = read_postcodes(store), age_recipe()
    every = features()
    coefficients, ladder, found, wrong = [], [], [], []
    for step in known["trede"]:
        names = of_step(step, every)
        table, rest = _fit(data, names, np.ones(len(data.rijen), dtype=bool), known["model"])
        coefficients.append(table.assign(trede=step["code"]))
        ladder.append(
            {
                "trede": step["code"],
                **{p.replace("vanaf", "rest"): rest[p] - logit(national[p]) for p in PARTS},
            }
        )
        held = held_out(data, names, known["model"])
        found += measures(step["code"], held, known["model"])
        wrong += errors(step["code"], held, known["model"])
    flat = Held(data.rijen, *(np.full(len(data.rijen), national[p]) for p in PARTS))
    found += measures("land", flat, known["model"])
    wrong += errors("land", flat, known["model"])
    columns = ["trede", "kenmerk", "midden", "schaal", "laag", "hoog", *PARTS]
    return AgeFit(
        pd.concat(coefficients, ignore_index=True)[columns],
        pd.DataFrame(ladder),
        pd.DataFrame(wrong),
        pd.DataFrame(found),
    )


def held_out(data: Postcodes, names: list[str], rules: dict[str, Any]) -> Held:
    """Shares of every postcode by a fit that did not see its gemeente; the folds are the same every time."""
    fold = pd.factorize(data.rijen["gemeente"], sort=True)[0]
    order = np.random.default_rng(rules["delen"]).permutation(fold.max() + 1) % rules["delen"]
    fold = order[fold]
    found = {part: np.zeros(len(fold)) for part in PARTS}
    for number in range(rules["delen"]):
        table, rest = _fit(data, names, fold != number, rules)
        z = _standard(data.kenmerken, table, rules)
        for part in PARTS:
            eta = rest[part] + z @ table[part].to_numpy()
            found[part][fold == number] = expit(eta)[fold == number]
    return Held(data.rijen, found["vanaf_75"], found["vanaf_85"])


def _fit(
    data: Postcodes, names: list[str], seen: np.ndarray, rules: dict[str, Any]
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Ridge regression of both logits on the features in standard deviations.

    Rows are the postcodes fit to learn from, and whole gemeenten with the mean features of their postcodes: what differs
    between gemeenten is little beside what differs between postcodes, and would hardly count.

    Parameters
    ----------
    seen
        Postcodes that take part, shape (n,).

    Returns
    -------
    tuple
        One row a feature (kenmerk, midden, schaal, laag, hoog, vanaf_75, vanaf_85), and the constants.
    """
    rows = data.rijen["goed"].to_numpy(bool) & seen
    good = data.kenmerken.loc[rows, names]
    low, high = good.quantile(rules["uiterste"]), good.quantile(1 - rules["uiterste"])
    clipped = good.clip(low, high, axis=1)
    table = pd.DataFrame(
        {"midden": clipped.mean(), "schaal": clipped.std(), "laag": low, "hoog": high}
    ).rename_axis("kenmerk")
    z = _standard(data.kenmerken[names], table.reset_index(), rules)
    people = data.rijen.loc[rows, "ouderen"].to_numpy(float)
    weight = np.minimum(people, rules["gewicht_hooguit"])
    means, towns = _of_gemeenten(data.rijen, z, data.rijen["heel"].to_numpy(bool) & seen)
    a = np.vstack([z[rows], means])
    a = np.hstack([np.ones((len(a), 1)), a])
    weight = np.concatenate([weight / weight.mean(), np.full(len(towns), rules["gemeente_telt"])])
    penalty = np.diag([0.0, *[rules["demping"]] * len(names)])
    rest, of_towns = {}, _shares(towns)
    for part, share in _shares(data.rijen[rows]).items():
        y = logit(np.clip(np.concatenate([share, of_towns[part]]), EDGE, 1 - EDGE))
        beta = np.linalg.solve(a.T @ (a * weight[:, None]) + penalty, a.T @ (weight * y))
        rest[part], table[part] = float(beta[0]), beta[1:]
    return table.reset_index(), rest


def _of_gemeenten(rows: pd.DataFrame, z: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, pd.DataFrame]:
    """The mean features of the postcodes of each whole gemeente, by people of 65 and older; and who was counted in it."""
    counted, gemeente = rows.loc[whole, "geteld"].to_numpy(float), rows.loc[whole, "gemeente"].to_numpy(str)
    sums = pd.DataFrame(z[whole] * counted[:, None]).groupby(gemeente).sum()
    people = rows.loc[whole, ["geteld", *PARTS]].astype(float).groupby(gemeente).sum()
    return sums.div(people["geteld"], axis=0).to_numpy(), people


def _shares(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    old = rows["vanaf_75"].to_numpy(float)
    return {
        "vanaf_75": old / rows["geteld"].to_numpy(float),
        "vanaf_85": rows["vanaf_85"].to_numpy(float) / np.maximum(old, 1),
    }


def _standard(features: pd.DataFrame, table: pd.DataFrame, rules: dict[str, Any]) -> np.ndarray:
    """Features in standard deviations, as figures/16_leeftijd_kenmerk.sql has them; what is missing is average."""
    by = table.set_index("kenmerk")
    x = features[by.index].clip(by["laag"], by["hoog"], axis=1)
    z = ((x - by["midden"]) / by["schaal"]).clip(-rules["hooguit"], rules["hooguit"])
    return z.fillna(0).to_numpy(float)
