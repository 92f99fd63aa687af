"""Mantelzorgsituatie of a doelgroep: who has someone at home, someone from outside, or nobody."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.knowledge import domain
from wwz.store import Store, remembered
from wwz.words.numbers import dutch, is_known, people_between, rounded_people


@remembered
def carers(store: Store, area: Area, group: str) -> pd.DataFrame:
    """Mantelzorgsituatie of a doelgroep in the area, as bars: naam, tekst, breedte, accent."""
    rows = store.ask("mantelzorg_doelgroep", buurten=list(area.buurten), doelgroep=group, niveau="samen")
    titles = domain.domein().mantelzorg
    return pd.DataFrame(
        [
            {
                "naam": titles[r.mantelzorg].titel,
                "tekst": _carer_text(r, int(store.about()["minimum"])),
                "breedte": r.aandeel,
                "accent": False,
            }
            for r in rows.itertuples()
            if is_known(r.aandeel)
        ],
        columns=["naam", "tekst", "breedte", "accent"],
    )


def _carer_text(row: Any, minimum: int) -> str:
    share = f"{dutch(row.aandeel)}% ({dutch(row.onder)} tot {dutch(row.boven)}%)"
    if not is_known(row.mensen):
        return share
    margin = people_between(row.mensen_onder, row.mensen_boven, minimum)
    return f"{share}, {dutch(rounded_people(row.mensen))} mensen{f' ({margin})' if margin else ''}"


@remembered
def carers_per_buurt(store: Store, area: Area, group: str) -> pd.DataFrame:
    """Mantelzorgsituatie of a doelgroep per buurt: naam and per situation a share and its text with the margin."""
    rows = store.ask("mantelzorg_doelgroep", buurten=list(area.buurten), doelgroep=group, niveau="buurt")
    rows = rows[rows["aandeel"].notna()]
    texts = [f"{dutch(r.aandeel)}% ({dutch(r.onder)} tot {dutch(r.boven)}%)" for r in rows.itertuples()]
    wide = rows.assign(tekst=texts).pivot(
        index=["gebied", "naam"], columns="mantelzorg", values=["aandeel", "tekst"]
    )
    wide.columns = [code if kind == "aandeel" else f"{code}_tekst" for kind, code in wide.columns]
    frame = wide.reset_index()
    shares = [code for code in domain.domein().mantelzorg if code in frame]
    frame[shares] = frame[shares].astype(float)
    return frame
