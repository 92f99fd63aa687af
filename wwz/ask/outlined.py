"""Areas outlined over a map, by another layer than the one of its colours, and what that means."""

from __future__ import annotations

import pandas as pd

from wwz.ask import bounds
from wwz.ask.area import Area
from wwz.ask.layer import Layer, available, layer
from wwz.knowledge import load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, value_text


def outlined(store: Store, area: Area, shown: Layer, second: str, niveau: str) -> tuple[list[str], str]:
    """Areas to outline over a map, and what that means: the second layer that was chosen, else the other side of a bound."""
    if second in set(available(store)["code"]):
        return standing_out(store, area, second, niveau)
    return bounds.also(area.parts(niveau, [shown.indicator.code])) if shown.woord else ([], "")


@remembered
def standing_out(store: Store, area: Area, code: str, niveau: str) -> tuple[list[str], str]:
    """The areas with the highest values of an indicator, for the second layer of the map.

    Returns
    -------
    tuple
        Their codes, and a Dutch line for the legend with the limit.
    """
    shown = layer(store, area, code, niveau, "aandeel", 0)
    share = load_toml("indicatoren.toml")["kaart"]["tweede_laag_deel"]
    limit = shown.values.quantile(1 - share)
    codes = list(shown.values.index[shown.values >= limit]) if pd.notna(limit) else []
    part = f"hoogste {dutch(100 * share)}% van de gebieden"
    return (
        codes,
        f"Omlijnd: {shown.indicator.titel}, {shown.jaar}, {part} (vanaf {value_text(limit, shown.indicator)})",
    )
