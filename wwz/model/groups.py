"""Layers by age, doelgroepen and mantelzorg: the recipes as frames for SQL."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.knowledge import load_toml
from wwz.knowledge.groupnames import indicator_code
from wwz.model.tables import MODEL

CARE_RULES = (
    "marge",
    "schuif_eenpersoons",
    "schuif_verweduwd",
    "eenpersoons_land",
    "verweduwd_land",
    "eenzaam_gewicht",
)


def group_tables() -> dict[str, pd.DataFrame]:
    """All tables SQL needs for the layers by age, the doelgroepen and the mantelzorgsituatie.

    Returns
    -------
    dict
        laag_recept, laag_band (share 0-1 per band), laag_kanteling, doelgroep_recept, doelgroep_band (people per
        inhabitant of the band), doelgroep_kantel, doelgroep_regel, mantelzorg_recept and mantelzorg_regel.
    """
    layers, groups = load_toml("leeftijdslagen.toml", MODEL), load_toml("doelgroepen.toml", MODEL)
    care = groups["mantelzorg"]
    return {
        **_layers(layers),
        "doelgroep_recept": pd.DataFrame([_recipe(g) for g in groups["doelgroep"]]),
        "doelgroep_band": pd.DataFrame(
            [
                {"doelgroep": g["code"], "band": band, "aandeel": rate / 1000}
                for g in groups["doelgroep"]
                for band, rate in g.get("per_1000", {}).items()
            ]
        ),
        "doelgroep_kantel": pd.DataFrame(
            [{"doelgroep": g["code"], **tilt} for g in groups["doelgroep"] for tilt in g.get("kantel", [])]
        ),
        "doelgroep_regel": pd.DataFrame(
            [{"hooguit": groups["kantel"]["hooguit"], "inwoners_land": groups["land"]["inwoners"]}]
        ).astype("float64"),
        "mantelzorg_recept": pd.DataFrame(care["groep"])[["doelgroep", "alleen", "huisgenoot", "niemand"]],
        "mantelzorg_regel": pd.DataFrame([{name: care[name] for name in CARE_RULES}]),
    }


def _layers(known: dict[str, Any]) -> dict[str, pd.DataFrame]:
    rows = [
        {
            "indicator": row["indicator"],
            "kanteling": row["kanteling"],
            "marge": row["marge"],
            "schaal": row.get("schaal"),
        }
        for row in known["laag"]
    ]
    bands = [
        {"indicator": row["indicator"], "band": band["band"], "aandeel": band["aandeel"] / 100}
        for row in known["laag"]
        for band in row["band"]
    ]
    tilt = known["kanteling"]
    return {
        "laag_recept": pd.DataFrame(rows).astype({"schaal": "Float64"}),
        "laag_band": pd.DataFrame(bands),
        "laag_kanteling": pd.DataFrame({"laag": tilt["lagen"], "hooguit": tilt["hooguit"]}),
    }


def _recipe(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "doelgroep": group["code"],
        "indicator": indicator_code(group["code"]),
        "deel_van": group.get("deel_van", ""),
        "deel": float(group.get("deel", 0)),
        "totaal": float(group.get("totaal", 0)),
        "marge": group["marge"],
    }
