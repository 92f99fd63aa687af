"""How good the ages of people of 65 and older are, as it was stored with the model."""

from __future__ import annotations

from functools import cache

import pandas as pd

from wwz.knowledge import load_toml
from wwz.model.tables import MODEL
from wwz.words.numbers import dutch

BEST, BEFORE = "leefstijl", "land"
COLUMNS = {
    "titel": "Model",
    "wat": "Wat",
    "bekend": "Van de gemeente bekend",
    "r2": "R² tussen gemeenten",
    "fout": "Middelste fout per postcode (%)",
    "dekking": "Binnen de marge (%)",
    "dekking_laagste": "Laagste klasse (%)",
    "dekking_hoogste": "Hoogste klasse (%)",
    "postcodes": "Postcodes",
    "gemeenten": "Gemeenten",
}
# A gemeente of which the ages are known is not estimated.
NOT_ASKED = "n.v.t."
WHAT = {"vanaf_75": "75 jaar en ouder", "vanaf_85": "85 jaar en ouder"}
KNOWN = {"niets": "niets", "gemeente": "haar leeftijden"}


@cache
def stored() -> pd.DataFrame:
    """leeftijd_toets.csv as `ijk` wrote it; shares are 0-1."""
    return pd.read_csv(MODEL / "leeftijd_toets.csv")


def caution() -> str:
    """Why a good score is not proof."""
    return load_toml("leeftijd.toml", MODEL)["model"]["let_op"]


def table(checked: pd.DataFrame | None = None) -> pd.DataFrame:
    """The check as texts, the baseline (the division of the country for every buurt) first; shares in per cent."""
    rows = stored() if checked is None else checked
    titles = {s["code"]: s["titel"] for s in load_toml("leeftijd.toml", MODEL)["trede"]}
    titles[BEFORE] = "Basislijn: de verdeling van het land voor elke buurt"
    order = {code: rank for rank, code in enumerate([BEFORE, *reversed(list(titles)[:-1])])}
    rows = rows.iloc[rows["trede"].map(order).argsort(kind="stable")]
    shares = ["fout", "dekking", "dekking_laagste", "dekking_hoogste"]
    shown = rows.assign(
        titel=rows["trede"].map(titles),
        wat=rows["wat"].map(WHAT),
        bekend=rows["bekend"].map(KNOWN),
        r2=[NOT_ASKED if pd.isna(v) else dutch(v, 2) for v in rows["r2"]],
        **{name: [dutch(100 * v, 1) for v in rows[name]] for name in shares},
    )
    return shown[list(COLUMNS)].rename(columns=COLUMNS).reset_index(drop=True)


def in_text() -> dict[str, str]:
    """The main results as Dutch numbers, for the text of *Verantwoording*."""
    rows = stored().set_index(["trede", "bekend", "wat"]).loc[BEST]
    alone, own = rows.loc["niets"], rows.loc["gemeente"]
    return {
        "postcodes": dutch(int(alone["postcodes"].max())),
        "geijkt_op": str(load_toml("leeftijd.toml", MODEL)["model"]["geijkt_op"]),
        "r2_75": dutch(alone.loc["vanaf_75", "r2"], 2),
        "r2_85": dutch(alone.loc["vanaf_85", "r2"], 2),
        "fout_75": dutch(100 * alone.loc["vanaf_75", "fout"], 1),
        "fout_85": dutch(100 * alone.loc["vanaf_85", "fout"], 1),
        "met_75": dutch(100 * own.loc["vanaf_75", "fout"], 1),
        "met_85": dutch(100 * own.loc["vanaf_85", "fout"], 1),
        "dekking": dutch(100 * alone["dekking"].mean()),
    }
