"""Whether the differences that we call clear are there, as it was stored with the model."""

from __future__ import annotations

from functools import cache

import pandas as pd

from wwz.knowledge import load_toml
from wwz.model.valideer import stored as stored_table
from wwz.words.numbers import dutch

COLUMNS = {
    "niveau": "Gebieden",
    "waar": "Waar",
    "anker": "Telt op tot het cijfer van",
    "goed": "Goede kant (%)",
    "goed_laagste": "Laagste laag (%)",
    "gevonden": "Gevonden (%)",
    "raken_goed": "Basislijn: goede kant (%)",
    "raken_gevonden": "Basislijn: gevonden (%)",
    "gedeeld": "Gedeelde fout (%)",
}
PLACES = {"binnen": "in één gemeente", "tussen": "in twee gemeenten"}
ANCHORS = {"geen": "niets", "gemeente": "de gemeente", "wijk": "de wijk"}
TOWNS = {
    "anker": "Telt op tot het cijfer van",
    "gemeenten": "Gemeenten",
    "onder_gelijk": "Basislijn: gemeenten onder 75%",
    "laagste_gelijk": "Basislijn: laagste (%)",
    "onder_eigen": "Gemeenten onder 75%",
    "laagste_eigen": "Laagste (%)",
    "dekking_eigen": "Alle buurten (%)",
}


@cache
def stored() -> pd.DataFrame:
    """verschil_toets.csv (`wwz.model.sharing.summary`); shares are 0-1."""
    return stored_table("verschil_toets")


def caution() -> str:
    """What the columns mean, and why a good score is not proof (onzekerheid.toml)."""
    return str(load_toml("onzekerheid.toml")["verschil"]["toets"])


def table(checked: pd.DataFrame | None = None) -> pd.DataFrame:
    """The check as texts; shares in per cents."""
    rows = stored() if checked is None else checked
    shares = [name for name in COLUMNS if name not in ("niveau", "waar", "anker")]
    shown = rows.assign(
        waar=rows["waar"].map(PLACES),
        anker=rows["anker"].map(ANCHORS),
        **{name: ["" if pd.isna(v) else dutch(100 * v) for v in rows[name]] for name in shares},
    )
    return shown[list(COLUMNS)].rename(columns=COLUMNS).reset_index(drop=True)


@cache
def towns() -> pd.DataFrame:
    """Coverage of margins per gemeente, with one width everywhere and with its own; the middle of all layers, as texts."""
    rows = (
        stored_table("gemeente_dekking")
        .drop(columns="indicator")
        .groupby("anker", sort=True)
        .mean()
        .reset_index()
    )
    shares = [name for name in TOWNS if name.startswith(("laagste", "dekking"))]
    shown = rows.assign(
        anker=rows["anker"].map(ANCHORS),
        gemeenten=[dutch(v) for v in rows["gemeenten"]],
        **{name: [dutch(v, 1) for v in rows[name]] for name in ("onder_gelijk", "onder_eigen")},
        **{name: [dutch(100 * v) for v in rows[name]] for name in shares},
    )
    return shown[list(TOWNS)].rename(columns=TOWNS)
