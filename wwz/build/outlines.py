"""The outline of a wijk or gemeente of which only the outlines of its buurten were given."""

from __future__ import annotations

import pandas as pd
import shapely

from wwz.base.paths import SQL
from wwz.workbench import Workbench

PARTS, SET = SQL / "outlines" / "delen.sql", SQL / "outlines" / "omtrek.sql"


def from_buurten(bench: Workbench) -> None:
    """Put the buurten together where they are no areas themselves (staging/40_gebied.sql); otherwise nothing changes."""
    parts = bench.read(PARTS)
    if parts.empty:
        return
    shapes = parts.assign(grens=shapely.from_wkb([bytes(wkb) for wkb in parts["grens"]]))
    whole = {code: shapely.to_wkb(shapely.union_all(part)) for code, part in shapes.groupby("code")["grens"]}
    bench.offer("omtrek", pd.DataFrame({"code": list(whole), "grens": list(whole.values())}))
    bench.run(SET)
