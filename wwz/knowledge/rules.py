"""The numbers that SQL calculates with, each with its reason, source and mark (rekenregels.toml)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.knowledge.catalogue import load_toml

FILE = "rekenregels.toml"


@dataclass(frozen=True)
class Rule:
    """One number of a calculation, a column of the table `regel`."""

    code: str
    titel: str
    waarde: float
    eenheid: str
    reden: str
    bron: str
    jaar: int
    merk: str


def calculation_rules() -> tuple[Rule, ...]:
    """All rules of rekenregels.toml, in the order of the file."""
    return tuple(Rule(**row) for row in load_toml(FILE)["regel"])


def rule_values() -> dict[str, float]:
    """Code → value: columns of the one row of `regel`. Whole numbers stay whole."""
    return {rule.code: rule.waarde for rule in calculation_rules()}


def density_classes() -> pd.DataFrame:
    """Per class of stedelijkheid from how many addresses a square kilometre it begins; columns klasse and vanaf."""
    limits = load_toml(FILE)["stedelijkheid"]["vanaf"]
    return pd.DataFrame({"klasse": range(1, len(limits) + 1), "vanaf": limits})
