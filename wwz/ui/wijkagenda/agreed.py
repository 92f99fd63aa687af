"""What was agreed in work sessions, at the row of the agenda that it is about."""

from __future__ import annotations

import pandas as pd

from wwz.ask.area import Area
from wwz.sessie import agreements
from wwz.store import Store


def with_agreements(store: Store, area: Area, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the agenda with a column afgesproken: who does what about it, and how far it is; empty where nothing was agreed."""
    told = agreements.told(store.path, area.codes)
    return rows.assign(afgesproken=[told.get(code, "") for code in rows["randvoorwaarde"]])
