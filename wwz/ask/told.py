"""What is said of each area of a map to who points at it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wwz.knowledge import Indicator
from wwz.words.sentences import unit_of_people


def told(rows: pd.DataFrame, indicator: Indicator, codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What is said of areas to who points at them: the figure, how many people that are, and the margin.

    Parameters
    ----------
    rows
        From `table_rows`.
    codes
        The areas, in the order wanted; of one that has no row nothing is said.
    """
    by_code = rows.set_index("gebied").reindex(list(codes))
    margins = ["marge " + text if text else "" for text in by_code["marge_tekst"].fillna("")]
    unit = unit_of_people(indicator)
    shown = by_code["mensen_tekst"].fillna("") if indicator.regel == "aandeel" else [""] * len(by_code)
    counts = [f"{text} {unit}" if text[:1].isdigit() or text.startswith("<") else "" for text in shown]
    return tuple(by_code["waarde_tekst"].fillna("")), tuple(counts), tuple(margins)
