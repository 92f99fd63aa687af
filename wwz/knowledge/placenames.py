"""What people call a gemeente, and its official name behind it (plaatsnamen.toml)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from wwz.knowledge.catalogue import load_toml


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(load_toml("plaatsnamen.toml")["gemeente"])


def usual(official: str) -> str:
    """What people call a gemeente, from its name in a source: 's-Gravenhage (gemeente) → Den Haag."""
    bare = official.strip().removesuffix("(gemeente)").strip()
    return next((row["naam"] for row in _rows() if row["officieel"].lower() == bare.lower()), bare)


def official_names() -> dict[str, str]:
    """Every usual or other name → the official one."""
    return {name: row["officieel"] for row in _rows() for name in (row["naam"], *row.get("ook", []))}


def all_names() -> list[tuple[str, ...]]:
    """Of each gemeente that has several names: the one on screen, the official one, and the others."""
    return [tuple(dict.fromkeys((row["naam"], row["officieel"], *row.get("ook", [])))) for row in _rows()]


def name_table() -> pd.DataFrame:
    """For the build: columns officieel, naam (as shown) and ook (other names to find it by, parted by bars)."""
    return pd.DataFrame(
        [(row["officieel"], row["naam"], "|".join(row.get("ook", []))) for row in _rows()],
        columns=["officieel", "naam", "ook"],
        dtype="str",
    )
