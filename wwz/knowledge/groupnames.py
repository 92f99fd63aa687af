"""A doelgroep and the figure that gives its size: from the code of the one to the other, with one set of names for both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

PREFIX = "dg_"


def indicator_code(doelgroep: str) -> str:
    """Code in the catalogue of the size of a doelgroep: ouderen-2a → dg_ouderen_2a."""
    return f"{PREFIX}{doelgroep.replace('-', '_')}"


def group_of(indicator: str) -> str:
    """The doelgroep of which a figure gives the size (dg_ouderen_2a → ouderen-2a); empty for any other figure."""
    return indicator.removeprefix(PREFIX).replace("_", "-") if indicator.startswith(PREFIX) else ""


def with_names(rows: Iterable[dict[str, Any]], groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of indicatoren.toml; those about a doelgroep get titel, kort and zin from doelgroepen.toml.

    Parameters
    ----------
    rows
        [[indicator]] of indicatoren.toml.
    groups
        [[doelgroep]] of doelgroepen.toml.
    """
    names = {indicator_code(group["code"]): _names(group) for group in groups}
    return [{**row, **names.get(row["code"], {})} for row in rows]


def _names(group: dict[str, Any]) -> dict[str, str]:
    full = group["titel"]
    return {"titel": full, "kort": group["kort"], "zin": f"hoort bij de {full[0].lower()}{full[1:]}"}
