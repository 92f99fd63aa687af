"""Knowledge as frames, ready to be stored beside the figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.base.paths import KNOWLEDGE
from wwz.future.kinds import kind_tables
from wwz.future.tables import age_tables, future_tables
from wwz.knowledge import domain
from wwz.knowledge.catalogue import indicator_table, load_toml, themes, variables
from wwz.knowledge.groupnames import indicator_code
from wwz.knowledge.meetregels import rule_table
from wwz.knowledge.placenames import name_table
from wwz.knowledge.privacy import protected_kinds
from wwz.knowledge.rules import density_classes, rule_values

# Where a rule comes from is for the reader, not for SQL.
ABOUT = ("merk", "bron", "jaar")


def knowledge_tables(minimum: int, fictief: bool, schatten: bool = True) -> dict[str, pd.DataFrame]:
    """All knowledge that SQL uses, one frame per table.

    Parameters
    ----------
    minimum
        Smallest number of people that may be shown (config.toml, privacy.minimum).
    fictief
        Whether the figures are made up; every source line then says so.
    schatten
        Whether figures that are not published are estimated (config.toml, model.schatten).
    """
    uncertain = load_toml("onzekerheid.toml")
    return {
        "indicator": indicator_table(),
        "thema": pd.DataFrame([vars(t) for t in themes()]),
        "variabele": pd.DataFrame([{**vars(v), "ook": "|".join(v.ook)} for v in variables().values()]),
        "afronding": pd.DataFrame(uncertain["afronding"])
        .explode("niveaus")
        .rename(columns={"niveaus": "niveau"}),
        "gedeelde_fout": pd.DataFrame(uncertain["gedeelde_fout"])
        .drop(columns=[*ABOUT, "reden"])
        .explode("niveaus")
        .rename(columns={"niveaus": "niveau"}),
        "modelmarge": pd.DataFrame(uncertain["modelmarge"]),
        "regel": pd.DataFrame([{**_rules(uncertain, minimum), "fictief": fictief, "schatten": schatten}]),
        "stedelijkheid_klasse": density_classes(),
        "samenhang": pd.read_csv(KNOWLEDGE / "samenhang.csv", dtype={"geheel": "string"}),
        "bron": _sources(),
        "plaatsnaam": name_table(),
        "voorziening": pd.DataFrame(load_toml("voorzieningen.toml")["voorziening"])[["code", "titel"]],
        "randvoorwaarde": _conditions(),
        "meetregel": rule_table(_judgement()),
        "afstand_aantal": pd.DataFrame(load_toml("afstand.toml")["aantal"]).rename(
            columns={"afstand": "indicator"}
        ),
        "doelgroep_cluster": pd.DataFrame(
            [(g.code, g.cluster, indicator_code(g.code)) for g in domain.doelgroepen().values()],
            columns=["doelgroep", "cluster", "indicator"],
        ),
        "oordeel": pd.DataFrame([_judgement()]),
        "eis": pd.DataFrame([vars(e) for e in domain.eisen().values()]),
        **_dwelling_classes(),
        "privacy_soort": protected_kinds(),
        **age_tables(),
        **future_tables(),
        **kind_tables(),
        "referentie": pd.DataFrame([vars(r) for r in domain.referenties().values() if r.indicator]),
    }


def _dwelling_classes() -> dict[str, pd.DataFrame]:
    """How likely it is that a home has no stairs, by what is known of its building, and the numbers for all of them."""
    known = load_toml("woningklassen.toml")
    rows = pd.DataFrame(known["klasse"]).drop(columns=[*ABOUT, "reden"])
    numbers = ["lagen_van", "lagen_tot", "bouwjaar_van", "bouwjaar_tot"]
    rules = {name: value for name, value in known["regels"].items() if name not in ABOUT}
    return {
        "woningklasse": rows.assign(rang=range(len(rows)))
        .astype(dict.fromkeys(numbers, "Int64"))
        .astype({"begane_grond": "boolean"}),
        "woningklasse_regel": pd.DataFrame([rules]),
    }


def _rules(uncertain: dict[str, Any], minimum: int) -> dict[str, Any]:
    words = {w["woord"]: w for w in uncertain["betrouwbaarheid"]}
    norms = domain.normen()
    return {
        **{name: value for name, value in uncertain["regels"].items() if name not in ABOUT},
        **rule_values(),
        "minimum": minimum,
        **{f"{word}_breedte": row["breedte_tot"] for word, row in words.items()},
        **{f"{word}_mensen": row["mensen_vanaf"] for word, row in words.items()},
        **{code: norms[code].waarde for code in ("afstand_voldoet_factor", "afstand_knelpunt_factor")},
    }


def _judgement() -> dict[str, Any]:
    """How a share becomes a word, and a word a share (confrontatie.toml and normen.toml)."""
    norms = domain.normen()
    names = [code for code in norms if code.startswith("nultrede_")]
    return {**load_toml("confrontatie.toml")["oordeel"], **{name: norms[name].waarde for name in names}}


def _sources() -> pd.DataFrame:
    """One row per source and year; jaar 0 holds the line for years without a table number."""
    rows = []
    for source in domain.bronnen().values():
        for year, table in {0: "", **(source.tabellen or {})}.items():
            rows.append(
                {
                    "code": source.code,
                    "jaar": year,
                    "tabel": table,
                    "titel": source.titel,
                    "uitgever": source.uitgever,
                    "licentie": source.licentie,
                    "naamsvermelding": source.naamsvermelding,
                    "toelichting": source.toelichting,
                    "url": source.url,
                }
            )
    return pd.DataFrame(rows)


def _conditions() -> pd.DataFrame:
    rows = []
    for order, row in enumerate(domain.randvoorwaarden().values()):
        rows.append(
            {
                "code": row.code,
                "volgorde": order,
                "groep": row.groep,
                "titel": row.titel,
                "norm_m": row.norm_m,
                "meetnoot": row.meetnoot,
                "hoe_uitzoeken": row.hoe_uitzoeken,
            }
        )
    return pd.DataFrame(rows).astype({"norm_m": "Float64"})
