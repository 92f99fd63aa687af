"""The names of the doelgroepen, each in one place (doelgroepen.toml), and the figure that gives the size of each."""

from __future__ import annotations

from functools import cache
from typing import Any

from wwz.knowledge.catalogue import load_toml

PREFIX = "dg_"


def indicator_code(doelgroep: str) -> str:
    """Code in the catalogue of the size of a doelgroep: ouderen-2a → dg_ouderen_2a."""
    return f"{PREFIX}{doelgroep.replace('-', '_')}"


def group_of(indicator: str) -> str:
    """The doelgroep of which a figure gives the size; empty for any other figure."""
    return _groups().get(indicator, "")


@cache
def _groups() -> dict[str, str]:
    rows: list[dict[str, Any]] = load_toml("doelgroepen.toml")["doelgroep"]
    return {indicator_code(row["code"]): row["code"] for row in rows}
