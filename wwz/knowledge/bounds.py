"""Layers of the map that are two numbers: which part of those who need something lacks it at least, and at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wwz.base.counted import counted
from wwz.base.tomlfile import load_toml

# How these add up: not at all. There is no single number between the two.
REGEL, PREFIX = "grens", "grens_"


def bound_entries(catalogue: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row of the catalogue for every randvoorwaarde that a meetregel knows or bounds.

    Parameters
    ----------
    catalogue
        The content of indicatoren.toml: its texts are in [grens].
    """
    rules = [r for r in load_toml("meetregels.toml")["meetregel"] if r["werking"] != "signaleert"]
    ruled = {code for rule in rules for code in rule.get("randvoorwaarden", ())}
    lacked = load_toml("confrontatie.toml")["zin"]
    for row in load_toml("randvoorwaarden.toml")["randvoorwaarde"]:
        if row["code"] not in ruled:
            continue
        metres = counted("{n}", row.get("norm_m", 0))
        title = row["titel"][0].lower() + row["titel"][1:]
        gemis = lacked.get(row["code"], {}).get("gemis", title).replace("{meter}", metres)
        words = {"titel": row["titel"], "gemis": gemis}
        texts = {k: v.format(**words) if isinstance(v, str) else v for k, v in catalogue[REGEL].items()}
        code = layer_of(row["code"])
        yield {**texts, "code": code, "laag": code, "regel": REGEL}


def layer_of(condition: str) -> str:
    """The code of the layer of bounds of a randvoorwaarde."""
    return f"{PREFIX}{condition.replace('-', '_')}"


def condition_of(code: str) -> str:
    """The randvoorwaarde that a layer of bounds is about; empty for any other layer."""
    return code.removeprefix(PREFIX).replace("_", "-") if code.startswith(PREFIX) else ""
