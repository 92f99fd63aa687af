"""The rules that decide, bound or signal randvoorwaarden, as a table for SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import product

import pandas as pd

from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.knowledge.catalogue import load_toml
from wwz.knowledge.domain_models import Meetregel

COLUMNS = ("randvoorwaarde", "rang", "indicator", "regel", "parameters", "werking")
UNKNOWN_NUMBER = "meetregels.toml, meetregel '{}': '{}' is geen getal en geen naam van een getal."


def rule_table(numbers: Mapping[str, float]) -> pd.DataFrame:
    """One row per rule, randvoorwaarde and indicator.

    Parameters
    ----------
    numbers
        The table `oordeel`, as it holds here: what parameters may name.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`. rang: the lowest goes first, the same for all rows of a rule; indicator: empty when the rule
        needs none; parameters: JSON, name to number.

    Raises
    ------
    Fout
        When a parameter is the name of nothing.
    """
    known = {
        **numbers,
        **_shortest_for_mean(),
        "geheim_inwoners": load_toml("afstand.toml")["meten"]["geheim_inwoners"],
    }
    rows = [
        (condition, rank, indicator, rule.regel, json.dumps(_parameters(rule, known)), rule.werking)
        for rank, rule in enumerate(domain.meetregels(), start=1)
        for condition, indicator in product(_conditions(rule), rule.indicatoren or (None,))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"indicator": "str"})


def _conditions(rule: Meetregel) -> Iterable[str]:
    return rule.randvoorwaarden or domain.randvoorwaarden()


def _parameters(rule: Meetregel, known: Mapping[str, float]) -> dict[str, float]:
    given = rule.parameters or {}
    wrong = [value for value in given.values() if isinstance(value, str) and value not in known]
    if wrong:
        raise Fout(*(UNKNOWN_NUMBER.format(rule.regel, name) for name in wrong))
    return {name: float(known[value] if isinstance(value, str) else value) for name, value in given.items()}


def _shortest_for_mean() -> dict[str, float]:
    """From how many metres a mean distance is not too coarse, for every reach of afstand.toml that says so."""
    rows = load_toml("afstand.toml")["bereik"]
    return {f"gemiddelde_vanaf_{r['code']}": r["gemiddelde_vanaf"] for r in rows if "gemiddelde_vanaf" in r}
