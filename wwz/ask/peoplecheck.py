"""How good the counts of people are, in words: the check that was stored (knowledge/model/personen_toets.csv)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from wwz.knowledge import load_toml
from wwz.model.tables import MODEL
from wwz.words.numbers import dutch, is_known

NOT_ASKED = "n.v.t."
COLUMNS = ["Toets", "Basislijn", "Uitkomst", "Hoort te liggen tussen", "Gebieden"]


@cache
def stored() -> pd.DataFrame:
    """The check as it was last measured; see `wwz.model.people.check.measure`."""
    return pd.read_csv(MODEL / "personen_toets.csv", dtype={"groep": "str"}, keep_default_na=True).fillna(
        {"groep": ""}
    )


def heading(part: str) -> str:
    """What the checks of a part are about."""
    return _words()["onderdeel"][part]


def caution() -> str:
    """Why a good score is not proof."""
    return _words()["let_op"]


def table(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """The checks as texts: what it is, the baseline, the outcome, between what it must lie, and of how many areas."""
    rows = stored() if rows is None else rows
    names = _words()["toets"]
    found = [
        [
            names[f"{row.toets}_{row.groep}_{row.maat}" if row.groep else row.toets],
            _text(row.basis, row.maat),
            _text(row.uitkomst, row.maat),
            f"{dutch(row.onder, 1)} en {dutch(row.boven, 1)}" if is_known(row.onder) else NOT_ASKED,
            dutch(row.gebieden),
        ]
        for row in rows.itertuples()
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _text(value: Any, measure: str) -> str:
    return dutch(value, 2 if measure == "r2" else 1) if is_known(value) else NOT_ASKED


def _words() -> dict[str, Any]:
    return load_toml("personen.toml", MODEL)["woorden"]
