"""What may lie behind how people are spread now: dwellings of corporaties, the city, and what was arranged there."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.layer import with_texts
from wwz.base.sentence import listed
from wwz.knowledge import catalogue
from wwz.knowledge.regions import samenhang
from wwz.region.series import HIDDEN, Reeks
from wwz.words.numbers import UNKNOWN, dutch, is_known

PER = 1000


def load(reeks: Reeks) -> pd.Series:
    """Per gemeente people per 1,000 inhabitants; of gemeenten that are hidden together, or without a number, none."""
    found = {
        deel.gemeenten[0]: PER * (deel.aantal or 0) / deel.maten["inwoners"]
        for deel in reeks.met
        if len(deel.gemeenten) == 1 and deel.maten.get("inwoners")
    }
    return pd.Series(found, dtype="float64")


def not_shown(reeks: Reeks) -> set[str]:
    """Gemeenten of which there is a number that may not be seen by itself."""
    together = {code for deel in reeks.met if len(deel.gemeenten) > 1 for code in deel.gemeenten}
    return together | {code for deel in reeks.delen if deel.stand == HIDDEN for code in deel.gemeenten}


def indicators(reeks: Reeks) -> list[str]:
    """Which of the indicators have figures here."""
    frame = reeks.regio.area.parts("gemeente", samenhang())
    return [code for code in samenhang() if frame.loc[frame["indicator"] == code, "waarde"].notna().any()]


def rows(reeks: Reeks) -> list[dict[str, Any]]:
    """Per gemeente, the heaviest load first: naam, rol (centrumgemeente), last and last_tekst, and a text per indicator."""
    frame = with_texts(reeks.regio.area.parts("gemeente", samenhang()), reeks.minimum)
    texts = {(r.gebied, r.indicator): r.waarde_tekst for r in frame.itertuples()}
    known, hidden, columns = load(reeks), not_shown(reeks), indicators(reeks)
    found = [
        {
            "code": code,
            "naam": naam,
            "rol": "centrumgemeente" if code in reeks.regio.plaats.centrum else "",
            "last": known.get(code),
            "last_tekst": HIDDEN if code in hidden else dutch(known[code], 1) if code in known else UNKNOWN,
            **{name: texts.get((code, name), UNKNOWN) for name in columns},
        }
        for code, naam in reeks.regio.namen.items()
    ]
    return sorted(found, key=lambda row: -row["last"] if is_known(row["last"]) else 1)


def heads(reeks: Reeks) -> dict[str, str]:
    """Indicator → its title, for the columns."""
    return {code: catalogue()[code].titel for code in indicators(reeks)}


def sentence(reeks: Reeks) -> str:
    """What the gemeente with the heaviest load has more of than the region; it says nothing about why."""
    known = load(reeks)
    if len(known) < 2:
        return ""
    top = str(known.idxmax())
    name = reeks.regio.namen[top]
    own = {"corporatie": "corporatiewoningen", "laag_inkomen": "huishoudens met een laag inkomen"}
    here = reeks.regio.area.parts("gemeente", samenhang())
    whole = reeks.regio.area.figures(list(own))
    more = [code for code in own if _value(here, code, top) > _value(whole, code)]
    also = ["is de centrumgemeente voor opvang en beschermd wonen"] * (top in reeks.regio.plaats.centrum)
    also += [f"heeft een groter deel {own[code]}" for code in more]
    text = f"{name} heeft er per inwoner de meeste: {dutch(known[top], 1)} per 1.000."
    if not also:
        return text
    return f"{text} {name} {listed(also)}{' dan de regio' if more else ''}."


def _value(frame: pd.DataFrame, indicator: str, code: str = "") -> float:
    rows = frame[(frame["indicator"] == indicator) & ((frame["gebied"] == code) | (not code))]
    return float(rows["waarde"].iloc[0]) if len(rows) and is_known(rows["waarde"].iloc[0]) else float("nan")
