"""How far the future of some years ago lay from what was counted since, as it was stored."""

from __future__ import annotations

from functools import cache

import pandas as pd

from wwz.future import hindcast
from wwz.knowledge import load_toml
from wwz.words.numbers import dutch

COLUMNS = {
    "niveau": "Per",
    "soort": "Soort buurt (van toen)",
    "wat": "Wat",
    "niets": "Basislijn: er verandert niets (%)",
    "land": "Basislijn: elke buurt als het land (%)",
    "model": "Toekomst (%)",
    "dekking": "Binnen de marge (%)",
    "gebieden": "Gebieden",
}
SHARES = ("niets", "land", "model", "dekking")


@cache
def stored() -> pd.DataFrame:
    """toekomst_toets.csv as it was written; shares are 0-1."""
    return pd.read_csv(hindcast.STORED)


def caution(checked: pd.DataFrame | None = None) -> str:
    """What the check is of, and what it does not say."""
    rows = stored() if checked is None else checked
    text = load_toml("buurtsoorten.toml")["toets"]["tekst"]
    return text.format(van=rows["van"].iloc[0], tot=rows["tot"].iloc[0])


def table(checked: pd.DataFrame | None = None) -> pd.DataFrame:
    """The check as texts: the median error in per cent, the baselines first."""
    rows = stored() if checked is None else checked
    known = load_toml("leeftijd.toml")
    bands = {row["code"]: row["titel"] for row in known["band"]}
    bands |= {known["splitsing"]["grof"]: "65 jaar en ouder", hindcast.ALL: "alle inwoners"}
    shown = rows.assign(
        wat=rows["wat"].map(bands),
        soort=rows["soort"].map(hindcast.kind_titles()),
        gebieden=[dutch(n) for n in rows["gebieden"]],
        **{name: [dutch(100 * v, 1) for v in rows[name]] for name in SHARES},
    )
    return shown[list(COLUMNS)].rename(columns=COLUMNS).reset_index(drop=True)


def in_text() -> dict[str, str]:
    """The main results as Dutch numbers, for the explanation at Toekomst."""
    rows = stored().query("soort == 'alle' and wat == '65plus'").set_index("niveau")
    return {
        "van": str(rows["van"].iloc[0]),
        "tot": str(rows["tot"].iloc[0]),
        "buurten": dutch(int(rows.loc["buurt", "gebieden"])),
        **{f"{name}_buurt": dutch(100 * rows.loc["buurt", name]) for name in SHARES},
        **{f"{name}_wijk": dutch(100 * rows.loc["wijk", name]) for name in SHARES},
    }
