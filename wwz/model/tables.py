"""The fitted model and its ladder as frames for SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base.paths import KNOWLEDGE
from wwz.knowledge import load_toml

MODEL = KNOWLEDGE / "model"
RULES = (
    "anker_speling", "anker_factor", "verloop_per_jaar", "geijkt_op", "rand", "toetsen_vanaf", "gemeente_mee", "uitschieter",
)  # fmt: skip
LEVELS = ("wijk", "gemeente")
SPREAD_KEYS = ["trede", "indicator", "anker", "soort", "klasse"]


def recipe(folder: Path = MODEL) -> dict[str, Any]:
    """The ladder, the rules and the list of layers (model.toml)."""
    return load_toml("model.toml", folder)


def indicators(folder: Path = MODEL) -> list[str]:
    """Codes of all indicators the model estimates, with their age group."""
    return [f"{layer}_{group}" for group in ("18", "65") for layer in recipe(folder)["model"]["lagen"]]


def surroundings(step: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """Features of a step of which the mean of the wijk and of the gemeente count too, as `kenmerk` names them."""
    if not step.get("omgeving"):
        return []
    own = [name for name in known["model"]["omgeving"] if name in step["kenmerken"]]
    return [f"{name}_{level}" for level in LEVELS for name in own]


def model_tables(herkomst: bool = False, folder: Path = MODEL) -> dict[str, pd.DataFrame]:
    """All tables SQL needs to estimate.

    Parameters
    ----------
    herkomst
        Whether models that use background traits take part.

    Returns
    -------
    dict
        model_trede, model_kenmerk, model_coefficient (one list of terms per trede and indicator, on the logit
        scale), model_spreiding (half width of the 90% interval, logit), model_peil and model_grootte. Without a
        fitted model the tables are there, but empty.
    """
    known = recipe(folder)
    steps = [s for s in known["trede"] if herkomst or not s.get("herkomst")]
    codes = [s["code"] for s in steps]
    return {
        "model_trede": _steps(steps, known),
        "model_kenmerk": _features(steps, known, folder),
        "model_omgeving": pd.DataFrame({"kenmerk": known["model"]["omgeving"]}),
        "model_coefficient": _coefficients(codes, folder),
        "model_spreiding": _spread(codes, folder),
        "model_indicator": pd.DataFrame({"indicator": indicators(folder)}),
        "model_peil": pd.DataFrame(known["peil"])[["variabele", "jaar", "waarde"]],
        "model_grootte": pd.DataFrame(known["grootte"]),
        "model_regel": pd.DataFrame([{name: known["model"][name] for name in RULES}]),
    }


def _steps(steps: list[dict[str, Any]], known: dict[str, Any]) -> pd.DataFrame:
    rows = [
        {
            "trede": s["code"],
            "rang": rank,
            "titel": s["titel"],
            "kwadraat": s["kwadraat"],
            "kenmerken": len(s["kenmerken"]) + len(surroundings(s, known)),
            "hooguit": known["model"]["hooguit"],
        }
        for rank, s in enumerate(steps)
    ]
    return pd.DataFrame(rows)


def _features(steps: list[dict[str, Any]], known: dict[str, Any], folder: Path) -> pd.DataFrame:
    """Per trede its features in order, first its own, then those around, with centre and scale (kenmerken.csv)."""
    scales = _read(folder / "kenmerken.csv", ["kenmerk", "midden", "schaal"], ["midden", "schaal"])
    rows = [
        {"trede": s["code"], "volgorde": order, "kenmerk": name, "omgeving": name in around}
        for s in steps
        for around in [surroundings(s, known)]
        for order, name in enumerate([*s["kenmerken"], *around])
    ]
    return pd.DataFrame(rows).merge(scales, on="kenmerk")


def _coefficients(codes: list[str], folder: Path) -> pd.DataFrame:
    """coefficienten.csv has a row per term and a column per indicator; SQL wants a list per indicator."""
    table = _read(folder / "coefficienten.csv", ["trede", "term"], [])
    table = table[table["trede"].isin(codes)]
    names = [c for c in table.columns if c not in ("trede", "term")]
    rows = [
        {"trede": code, "indicator": name, "coefficienten": terms}
        for code, group in table.groupby("trede", sort=False)
        for name, terms in zip(names, group[names].to_numpy(dtype=float).T.tolist(), strict=True)
    ]
    if not rows:
        return _empty({"trede": "str", "indicator": "str"}).assign(
            coefficienten=pd.Series([[0.0]], dtype=object)[:0]
        )
    return pd.DataFrame(rows)


def _spread(codes: list[str], folder: Path) -> pd.DataFrame:
    table = _read(folder / "spreiding.csv", [*SPREAD_KEYS, "factor"], ["factor"])
    return table[table["trede"].isin(codes)].astype({"klasse": "int64", "factor": "float64"})


def _read(path: Path, columns: list[str], numbers: list[str]) -> pd.DataFrame:
    if path.exists():
        return pd.read_csv(path)
    return _empty({c: "float64" if c in numbers else "str" for c in columns})


def _empty(kinds: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
