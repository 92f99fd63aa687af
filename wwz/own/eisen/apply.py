"""What the municipality set, put into the tables that a build works with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from wwz.knowledge import domain
from wwz.knowledge.meetregels import rule_table
from wwz.own.eisen import matrix, norms
from wwz.words.numbers import whole_or_half

EIS = (
    "doelgroep",
    "mantelzorg",
    "randvoorwaarde",
    "graad",
    "reden",
    "bron",
    "jaar",
    "merk",
    "geleverd",
    "eigen",
)


def with_own(tables: dict[str, pd.DataFrame], database: Path) -> dict[str, pd.DataFrame]:
    """The knowledge tables with the eisen and norms of this municipality.

    Parameters
    ----------
    tables
        As `knowledge_tables` gives them.
    database
        The file that is built; the own eisen and norms lie beside it.
    """
    own = norms.effective(database)
    conditions = own[own["plek"] == norms.CONDITION].set_index("naam")["waarde"]
    judged = {name: _columns(tables[name], own[own["plek"] == name]) for name in ("oordeel", "regel")}
    return {
        **tables,
        **judged,
        # Its parameters may name what the municipality set.
        "meetregel": rule_table(judged["oordeel"].iloc[0].to_dict()),
        "eis": matrix.effective(database)[list(EIS)],
        "randvoorwaarde": _conditions(tables["randvoorwaarde"], conditions),
    }


def _columns(frame: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{row.naam: row.waarde / row.factor for row in own.itertuples()})


def _conditions(frame: pd.DataFrame, metres: pd.Series) -> pd.DataFrame:
    """Other metres, and titles that say so."""
    new = frame["code"].map(metres).fillna(frame["norm_m"].astype("float64"))
    titles = [title_at(code, metre) for code, metre in zip(frame["code"], new, strict=True)]
    return frame.assign(norm_m=new.astype("Float64"), titel=titles)


def title_at(code: str, metres: float) -> str:
    """The title of a randvoorwaarde with the norm that holds: 'binnen 800 meter'."""
    condition = domain.randvoorwaarden()[code]
    if condition.norm_m is None or metres != metres:
        return condition.titel
    return condition.titel.replace(
        f"{whole_or_half(condition.norm_m)} meter", f"{whole_or_half(metres)} meter"
    )


def titles(database: Path) -> dict[str, str]:
    """The title of every randvoorwaarde, by code, with the norm in force."""
    own = norms.effective(database)
    metres = own[own["plek"] == norms.CONDITION].set_index("naam")["waarde"]
    return {code: title_at(code, float(metres.get(code, float("nan")))) for code in domain.randvoorwaarden()}
