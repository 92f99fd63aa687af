"""Which part of the people of an area has a voorziening within reach: of everybody, of 65+ or of 75+."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.area import Area
from wwz.ask.ownareas import inhabitants
from wwz.knowledge import serviceareas
from wwz.knowledge.serviceareas import Norm
from wwz.servicearea.measure import older_by_part
from wwz.store import Store, remembered

EVERYBODY, OLD, OLDER = "inwoners", "65plus", "75plus"


@dataclass(frozen=True)
class Within:
    """A part of the people (0 to 1) with its bounds, and of which part of them it is known.

    Attributes
    ----------
    deel, onder, boven
        None where nothing is known.
    bekend
        0 to 1.
    hoe
        What it was measured with, in sentences.
    """

    deel: float | None
    onder: float | None
    boven: float | None
    bekend: float
    hoe: tuple[str, ...] = ()


def older_assumed() -> str:
    """What is taken to be so of 75+ in every part and zone that is told of them, as a sentence for a reader."""
    return str(serviceareas.section("ouderen")["noot"])


@remembered
def people_by_part(store: Store, area: Area, wie: str) -> pd.Series:
    """People in each smallest area, where that may be shown; missing elsewhere."""
    codes = list(area.buurten)
    if wie == OLDER:
        return pd.Series(older_by_part(store, area), dtype="float64").reindex(codes)
    if wie == EVERYBODY:
        return inhabitants(store).reindex(codes)
    rows = area.parts(area.smallest, ["leeftijd_65plus"])
    return rows.set_index("gebied")["teller"].astype("float64").reindex(codes)


@remembered
def within(store: Store, area: Area, norm: Norm) -> Within:
    """The part of the people of a norm that has its voorziening within its metres.

    Of 65+ we know within a buurt how far they live. Of 75+ we take it that within a buurt they live as far as 65+.
    """
    rows = store.ask(
        "doorrekenen_buurten", buurten=list(area.buurten), bereik=norm.code, meter=norm.meter
    ).set_index("buurt")
    people = people_by_part(store, area, norm.wie).reindex(rows.index)
    column = "binnen" if norm.wie == EVERYBODY else "binnen65"
    # Where nobody of them lives, nothing has to be known.
    everyone = people.fillna(rows["inwoners"] * _share(people, rows["inwoners"]))
    known = rows[column].notna() & people.notna()
    total = float(everyone.sum())
    if total <= 0 or not known.any():
        return Within(None, None, None, 0.0)
    weight = people[known].to_numpy()
    if weight.sum() <= 0:
        return Within(None, None, None, 0.0)
    parts = [
        float(np.average(rows.loc[known, name].fillna(rows.loc[known, column]), weights=weight))
        for name in (column, f"{column}_onder", f"{column}_boven")
    ]
    how = tuple(dict.fromkeys(text for text in rows.loc[known, "hoe"] if isinstance(text, str)))
    return Within(*parts, bekend=float(weight.sum()) / total, hoe=how)


def _share(people: pd.Series, inhabitants_: pd.Series) -> float:
    """The part of the inhabitants that belongs to a group, where both are known."""
    both = people.notna() & inhabitants_.notna()
    whole = float(inhabitants_[both].sum())
    return float(people[both].sum()) / whole if whole > 0 else 0.0
