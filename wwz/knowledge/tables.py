"""Knowledge as frames, ready to be stored beside the figures."""

from __future__ import annotations

import pandas as pd


def source_table() -> pd.DataFrame:
    return pd.DataFrame([{"code": "kwb"}])


def condition_tables() -> dict[str, pd.DataFrame]:
    return {}
