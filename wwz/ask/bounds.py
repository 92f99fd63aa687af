"""Layers of bounds: which part of those who need something lacks it at least, and at most; never one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wwz.ask.absent import reasons_of
from wwz.ask.shown import Layer
from wwz.knowledge import catalogue
from wwz.knowledge.bounds import condition_of, layer_of
from wwz.store import Store, remembered
from wwz.words.numbers import NEARLY_ALL

if TYPE_CHECKING:
    from wwz.ask.area import Area

WHOLE = "samen"
# The side of the bound that a map colours, and its word in the legend.
LEAST, MOST = ("onder", "ondergrens"), ("boven", "bovengrens")
# What the other side says, where it says something: those areas are outlined.
ALSO = {
    LEAST[0]: "Omlijnd: hier mist zeker de helft of meer van wie het nodig heeft het",
    MOST[0]: "Omlijnd: hier is ook bekend hoeveel het er hooguit zijn",
}
HALF = 50.0


@remembered
def bound_layers(store: Store) -> pd.DataFrame:
    """The layers of bounds that have something to show, columns as in sql/answers/indicatoren.sql."""
    found = store.ask("grens_lagen").set_index("randvoorwaarde")["jaar"]
    rows = [
        {
            **vars(catalogue()[code]),
            "jaren": [int(year)],
            "nieuwste": int(year),
            "per_buurt": True,
            "bijgewerkt": [],
        }
        for name, year in found.items()
        if (code := layer_of(name)) in catalogue()
    ]
    return pd.DataFrame(
        rows,
        columns=[*vars(next(iter(catalogue().values()))), "jaren", "nieuwste", "per_buurt", "bijgewerkt"],
    )


def figures_of(area: Area, code: str) -> pd.DataFrame:
    """The bounds of an area as a whole: one row, columns as in sql/answers/grenslaag.sql."""
    rows = _ask(area, code, WHOLE)
    return rows if area.is_union else rows.assign(gebied=area.codes[0], niveau=area.niveau)


def parts_of(area: Area, code: str, niveau: str) -> pd.DataFrame:
    """The bounds of all areas of one level that lie in an area, a row each."""
    return _ask(area, code, niveau)


def _ask(area: Area, code: str, niveau: str) -> pd.DataFrame:
    return area.store.ask(
        "grenslaag",
        buurten=list(area.buurten),
        niveau=niveau,
        randvoorwaarde=condition_of(code),
        naam=area.naam,
    )


def side(rows: pd.DataFrame) -> tuple[str, str]:
    """Which side of the bounds says most: its column, and its word. The upper one, where it leaves anybody out."""
    return LEAST if (rows["boven"].dropna() >= 100 * NEARLY_ALL).mean() > 1 / 2 else MOST


def also(rows: pd.DataFrame) -> tuple[list[str], str]:
    """Areas where the side that is not coloured says something too, and what that means; no words without areas."""
    if side(rows) == MOST:
        codes, text = rows.loc[rows["onder"] >= HALF, "gebied"], ALSO[LEAST[0]]
    else:
        codes, text = rows.loc[rows["boven"] < 100 * NEARLY_ALL, "gebied"], ALSO[MOST[0]]
    return list(codes), text if len(codes) else ""


def bound_layer(store: Store, area: Area, code: str, niveau: str, wider: Area) -> Layer:
    """One side of the bounds as colours: the side that says most. The classes are those of a wider area."""
    rows = area.parts(niveau, [code])
    year = int(bound_layers(store).set_index("code").loc[code, "nieuwste"])
    column, word = side(rows)
    drawn, whole = rows.set_index("gebied")[column], area.figures([code]).iloc[0]
    pooled = drawn if wider.codes == area.codes else wider.parts(niveau, [code]).set_index("gebied")[column]
    extremes = pd.DataFrame(columns=["naam", "waarde", "erbuiten"])
    return Layer(
        catalogue()[code], year, (year,), "aandeel", drawn, pooled, whole, extremes, reasons_of(rows),
        int(store.about()["minimum"]), woord=word,
    )  # fmt: skip
