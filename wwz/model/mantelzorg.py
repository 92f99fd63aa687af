"""Who gets mantelzorg, by doelgroep and age: the recipe, brought to how many people get it in the country."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy.optimize import brentq

from wwz.model.logit import Numbers, expit, logit
from wwz.model.people.recipe import by_band, country, recipe

# From so far below to so far above the recipe, on the scale of a logit.
FARTHEST = 6.0


def care_table(groups: dict[str, Any], layers: dict[str, Any]) -> pd.DataFrame:
    """Per doelgroep and age what the mantelzorgsituatie follows from.

    Parameters
    ----------
    groups, layers
        doelgroepen.toml and leeftijdslagen.toml.

    Returns
    -------
    pandas.DataFrame
        doelgroep, band, dichtheid (how often it occurs at that age, up to a factor per doelgroep), alleen (share that lives alone), huisgenoot and
        niemand (0-1, as in doelgroepen.toml, moved so that in the country as many people of each age get mantelzorg as the
        CBS counts).
    """
    sizes = people_at_home(groups)
    rows = _by_age(groups, layers, sizes)
    rows["alleen"] = _alone(rows, sizes)
    for known in groups["mantelzorg"]["ontvangt"]:
        at = rows["band"].isin(known["banden"])
        counted = rows[at & rows["ouderen"]]
        people = sizes[known["banden"]].sum()
        wanted = known["deel"] * people
        move = _move(counted, counted["dichtheid"] * counted["band"].map(sizes), wanted)
        for name, side in (("huisgenoot", 1), ("niemand", -1)):
            rows.loc[at, name] = expit(logit(rows.loc[at, name]) + side * move)
    return rows.drop(columns=["ouderen"])


def received(rows: pd.DataFrame) -> pd.Series:
    """The share (0-1) that gets mantelzorg: from who lives in, or from somebody else."""
    return _received(rows["alleen"], rows["huisgenoot"], rows["niemand"])


def _received(alone: Numbers, inside: Numbers, nobody: Numbers) -> Numbers:
    return 1 - (1 - (1 - alone) * inside) * nobody


def _move(rows: pd.DataFrame, people: pd.Series, wanted: float) -> float:
    """How far chances move (logit) so that so many of these people get it; as far as they can when that is not enough."""
    weight, alone = people.to_numpy(), rows["alleen"].to_numpy()
    inside, nobody = logit(rows["huisgenoot"].to_numpy()), logit(rows["niemand"].to_numpy())

    def too_many(move: float) -> float:
        return float((weight * _received(alone, expit(inside + move), expit(nobody - move))).sum() - wanted)

    if too_many(-FARTHEST) >= 0 or too_many(FARTHEST) <= 0:
        return FARTHEST if too_many(FARTHEST) <= 0 else -FARTHEST
    return float(brentq(too_many, -FARTHEST, FARTHEST))


def _by_age(groups: dict[str, Any], layers: dict[str, Any], people: pd.Series) -> pd.DataFrame:
    by_layer = {
        row["indicator"]: {b["band"]: b["aandeel"] / 100 for b in row["band"]} for row in layers["laag"]
    }
    care = {row["doelgroep"]: row for row in groups["mantelzorg"]["groep"]}
    scale = _scale(layers, people)
    rows = []
    for group in groups["doelgroep"]:
        layer = group.get("deel_van", "")
        rates = (
            {band: group["deel"] * rate * scale[layer] for band, rate in by_layer[layer].items()}
            if layer
            else {band: rate / 1000 for band, rate in group["per_1000"].items()}
        )
        own = care[group["code"]]
        for band, rate in rates.items():
            if rate > 0 and band not in groups["te_jong"]["banden"]:
                chances = {name: own[name] for name in ("alleen", "huisgenoot", "niemand")}
                rows.append(
                    {
                        "doelgroep": group["code"],
                        "band": band,
                        "dichtheid": rate,
                        "ouderen": bool(layer),
                        **chances,
                    }
                )
    return pd.DataFrame(rows)


def _scale(layers: dict[str, Any], people: pd.Series) -> dict[str, float]:
    """How many times as many people a layer has in the country as its shares by age give."""
    found = {}
    for row in layers["laag"]:
        counted = sum(b["aandeel"] / 100 * people[b["band"]] for b in row["band"])
        found[row["indicator"]] = row.get("schaal", counted) / counted
    return found


def people_at_home(groups: dict[str, Any]) -> pd.Series:
    """People who live at home in the country, by band.

    Parameters
    ----------
    groups
        doelgroepen.toml: how many inhabitants there are.
    """
    known, people = recipe(), pd.Series(country())
    away = pd.Series(by_band(known, known.institution))
    return groups["land"]["inwoners"] / people.sum() * people * (1 - away)


def _alone(rows: pd.DataFrame, people: pd.Series) -> pd.Series:
    """The share that lives alone at each age: of a doelgroep as in the recipe, by age as in the country."""
    known = recipe()
    alone = known.women * known.alone[:, 1] + (1 - known.women) * known.alone[:, 0]
    usual = rows["band"].map(by_band(known, alone))
    weight = rows["dichtheid"] * rows["band"].map(people)
    mean = (usual * weight).groupby(rows["doelgroep"]).transform("sum") / weight.groupby(
        rows["doelgroep"]
    ).transform("sum")
    return expit(logit(rows["alleen"]) + logit(usual) - logit(mean))
