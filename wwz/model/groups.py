"""Layers by age, doelgroepen and mantelzorg: the recipes as frames for SQL."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.knowledge import load_toml
from wwz.knowledge.groupnames import indicator_code
from wwz.model.mantelzorg import care_table
from wwz.model.tables import MODEL

NEED = ["doelgroep", "deel", "onder", "boven", "soort", "bron", "jaar"]
MARKS = {"S": "gepubliceerd", "K": "te controleren", "A": "aanname"}
CARE_RULES = (
    "marge",
    "schuif_eenpersoons",
    "schuif_verweduwd",
    "eenpersoons_land",
    "verweduwd_land",
    "eenzaam_laag",
    "eenzaam_gewicht",
    "alleen_minstens",
    "alleen_hooguit",
    "verweduwd_hooguit",
    "eenzaam_hooguit",
)


def group_tables() -> dict[str, pd.DataFrame]:
    """All tables SQL needs for the layers by age, the doelgroepen and the mantelzorgsituatie.

    Returns
    -------
    dict
        laag_recept, laag_band (share 0-1 per band), laag_kanteling, doelgroep_recept, doelgroep_band (people per
        inhabitant of the band, and whether that age counts), doelgroep_kantel, doelgroep_regel, doelgroep_vraag (which part, 0-1,
        needs what a randvoorwaarde gives), mantelzorg_recept and mantelzorg_regel.
    """
    layers, groups = load_toml("leeftijdslagen.toml", MODEL), load_toml("doelgroepen.toml", MODEL)
    care = groups["mantelzorg"]
    return {
        **_layers(layers),
        "doelgroep_recept": pd.DataFrame([_recipe(g) for g in groups["doelgroep"]]).assign(
            studenten=lambda known: ~known["doelgroep"].isin(groups["studenten"]["doelgroepen"])
        ),
        "doelgroep_band": pd.DataFrame(
            [
                {
                    "doelgroep": g["code"],
                    "band": band,
                    "aandeel": rate / 1000,
                    "telt": band not in groups["te_jong"]["banden"],
                }
                for g in groups["doelgroep"]
                for band, rate in g.get("per_1000", {}).items()
            ]
        ),
        "doelgroep_kantel": pd.DataFrame(
            [{"doelgroep": g["code"], **tilt} for g in groups["doelgroep"] for tilt in g.get("kantel", [])]
        ),
        "doelgroep_regel": pd.DataFrame(
            [
                {
                    "hooguit": groups["kantel"]["hooguit"],
                    "inwoners_land": groups["land"]["inwoners"],
                    "studenten_vanaf": groups["studenten"]["vanaf"],
                    "studenten_gewoon": groups["studenten"]["gewoon"],
                }
            ]
        ).astype("float64"),
        "doelgroep_vraag": need_table(groups),
        "mantelzorg_recept": care_table(groups, layers),
        "mantelzorg_regel": pd.DataFrame([{name: care[name] for name in CARE_RULES}]),
    }


def need_table(groups: dict[str, Any]) -> pd.DataFrame:
    """Of each doelgroep the part (0-1) that needs its randvoorwaarden: deel, onder, boven, soort, bron and jaar.

    Everybody, unless the recipe says otherwise.
    """
    own = {row["doelgroep"]: row for row in groups["vraag"]}
    everybody = {"deel": 1, "onder": 1, "boven": 1, "merk": "A", "bron": "eigen", "jaar": 2026}
    rows = [{**everybody, **own.get(g["code"], {}), "doelgroep": g["code"]} for g in groups["doelgroep"]]
    frame = pd.DataFrame(rows)
    return frame.assign(soort=frame["merk"].map(MARKS))[NEED].astype(
        {"deel": float, "onder": float, "boven": float}
    )


def _layers(known: dict[str, Any]) -> dict[str, pd.DataFrame]:
    rows = [
        {
            "indicator": row["indicator"],
            "kanteling": row["kanteling"],
            "marge": row["marge"],
            "schaal": row.get("schaal"),
            "thuis": row.get("thuis", False),
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
