"""The model for the ages of people of 65 and older as frames for SQL (knowledge/model/leeftijd.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.knowledge import load_toml
from wwz.model.tables import MODEL

COEFFICIENTS, LADDER = "leeftijd_coefficienten.csv", "leeftijd_ladder.csv"
COEFFICIENT_COLUMNS = ["trede", "kenmerk", "midden", "schaal", "laag", "hoog", "vanaf_75", "vanaf_85"]
LADDER_COLUMNS = ["trede", "rest_75", "rest_85"]
ERROR_COLUMNS = ["wat", "bekend", "vast", "per_mens"]


def age_recipe(folder: Path = MODEL) -> dict[str, Any]:
    """The ladder, the rules and the features (leeftijd.toml)."""
    return load_toml("leeftijd.toml", folder)


def features(folder: Path = MODEL) -> pd.DataFrame:
    """Every feature: kenmerk, soort, teller, noemer (variables), vorm (deel, log, logit) and aandeel.

    aandeel: whether the numerator is a percentage of the denominator in place of a number of people.
    """
    known = age_recipe(folder)
    rows = [{"aandeel": False, **row} for row in known["kenmerk"]]
    return pd.DataFrame([*rows, *_health(known["gezondheid"])])


def _health(known: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    for name, layers in known.items():
        soort, group = name.rsplit("_", 1)
        for layer in layers:
            yield {
                "soort": soort,
                "kenmerk": f"{layer}_{group}",
                "teller": f"{layer}_{group}",
                "noemer": f"leeftijd_{group}plus",
                "vorm": "logit",
                "aandeel": True,
            }


def of_step(step: dict[str, Any], known: pd.DataFrame) -> list[str]:
    """Names of the features of a step of the ladder, in alphabetical order as SQL has them."""
    return sorted(known.loc[known["soort"].isin(step["soorten"]), "kenmerk"])


def age_model_tables(folder: Path = MODEL) -> dict[str, pd.DataFrame]:
    """All tables that SQL needs to estimate ages.

    Returns
    -------
    dict
        leeftijd_kenmerk, leeftijd_coefficient (per trede and feature its centre, scale and limits, and what a standard
        deviation more does to the logit of the share of 75+ in 65+ and of 85+ in 75+), leeftijd_ladder (trede, rang,
        kenmerken; rest: the constant, beside the logit of the country), leeftijd_fout (how far a share may be off: logit,
        90%) and leeftijd_model. Before the first fit the tables are there, but empty.
    """
    known = age_recipe(folder)
    every = features(folder)
    steps = [
        {"trede": s["code"], "rang": rank, "titel": s["titel"], "kenmerken": len(of_step(s, every))}
        for rank, s in enumerate(known["trede"])
    ]
    names = ("geijkt_op", "hooguit", "kenmerken_minstens")
    return {
        "leeftijd_kenmerk": every,
        "leeftijd_coefficient": _read(folder / COEFFICIENTS, COEFFICIENT_COLUMNS, ["trede", "kenmerk"]),
        "leeftijd_ladder": pd.DataFrame(steps).merge(
            _read(folder / LADDER, LADDER_COLUMNS, ["trede"]), on="trede", how="left"
        ),
        "leeftijd_fout": _read(
            folder / "leeftijd_fout.csv", ["trede", *ERROR_COLUMNS], ["trede", "wat", "bekend"]
        ),
        "leeftijd_model": pd.DataFrame([{name: known["model"][name] for name in names}]),
    }


def _read(path: Path, columns: list[str], texts: list[str]) -> pd.DataFrame:
    if path.exists():
        return pd.read_csv(path, dtype=dict.fromkeys(texts, "str"))
    return pd.DataFrame({c: pd.Series(dtype="str" if c in texts else "float64") for c in columns})
