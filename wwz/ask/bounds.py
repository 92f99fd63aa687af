"""Layers of bounds: which part of those who need something lacks it at least, and at most; never one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wwz.ask.absent import reasons_of
from wwz.ask.narrowing import ways
from wwz.ask.shown import Layer
from wwz.knowledge import catalogue, load_toml
from wwz.knowledge.bounds import condition_of, layer_of
from wwz.knowledge.domain import randvoorwaarden
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
# Of the areas between these ranks: one odd area makes no map.
ENDS = (0.05, 0.95)


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


def more_precise(store: Store, code: str) -> str:
    """How a layer of bounds would become more precise, in words; of whoever asks it is the same as in the agenda."""
    condition = condition_of(code)
    return f"Zo wordt dit preciezer: {ways(store, condition, randvoorwaarden()[condition].hoe_uitzoeken)}"


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
        int(store.about()["minimum"]), los=0.0 if _alike(drawn) else float("nan"), woord=word,
    )  # fmt: skip


def _alike(drawn: pd.Series) -> bool:
    """Whether the bounds lie so near each other that colours would tell of differences that say nothing."""
    low, high = drawn.quantile(ENDS[0]), drawn.quantile(ENDS[1])
    return bool(high - low < load_toml("onzekerheid.toml")["verschil"]["grens_minstens"])
