"""Need, evidence and gap side by side: of everybody who needs a condition, who certainly lacks it and who may."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.agenda.expected import MORE
from wwz.agenda.numbers import NEEDED, Amount
from wwz.agenda.rows import Agenda
from wwz.agenda.words import ASSUMED, BOUNDED, UNKNOWN
from wwz.base.memory import within
from wwz.words.numbers import dutch, is_known, nearly, rounded_people

# What a bar is made of, from left to right: its column, and what it means.
PARTS = {
    "geregeld": "voor zover bekend geregeld",
    "zeker_gemist": "zeker gemist",
    "misschien": "misschien gemist",
    "onbekend": "onbekend",
}
FIRST = 6


@within
def balance(found: Agenda) -> pd.DataFrame:
    """The necessary conditions as bars.

    Returns
    -------
    pandas.DataFrame
        The rows of the agenda with degree N, in its order, with `PARTS` (each 0 to 1 of who needs it, in whole percents, together
        1; missing where it is about too few people to show), balk_tekst (the same in words), nodig_tekst (for how many people
        it is needed) and kort_marge (the margin of who lacks it).
    """
    rows = found.rows[found.rows["graad"] == "N"].reset_index(drop=True)
    parts = pd.DataFrame([_parts(row, found.minimum) for row in rows.itertuples()], columns=list(PARTS))
    return rows.assign(
        **{name: parts[name] for name in PARTS},
        balk_tekst=[_in_words(part) for part in parts.itertuples(index=False)],
        nodig_tekst=[_need(row, found.minimum) for row in rows.itertuples()],
        kort_marge=["" if row.hoe_code == UNKNOWN else row.marge_tekst for row in rows.itertuples()],
    )


def _parts(row: Any, minimum: int) -> tuple[float, ...]:
    """Of everybody who needs it: arranged, certainly lacked, possibly lacked, unknown.

    What the text does not say the bar does not say either: no bar where the number is hidden, and no certain part of
    fewer people than the minimum.
    """
    if row.hoe_code == UNKNOWN:
        return 0.0, 0.0, 0.0, 1.0
    if row.mensen_tekst.startswith("<") or not (is_known(row.zeker) and is_known(row.mogelijk)):
        return (float("nan"),) * len(PARTS)
    # Of an assumption nothing is certain.
    few = row.hoe_code == ASSUMED or not is_known(row.onder) or row.onder < minimum
    least, most = 0.0 if few else _percent(row.zeker), _percent(row.mogelijk)
    # Where a number is bounded everybody stands between the bounds; where it is known, the rest of the people is unknown.
    unknown = 0.0 if row.hoe_code == BOUNDED else min(_percent(1.0 - row.bekend), most - least)
    return 1.0 - most, least, most - least - unknown, unknown


def _percent(part: float) -> float:
    return round(min(1.0, max(0.0, part)), 2)


def _in_words(parts: Any) -> str:
    named = [
        f"{dutch(100 * part)}% {words}"
        for part, words in zip(parts, PARTS.values(), strict=True)
        if is_known(part) and part > 0
    ]
    return ", ".join(named)


def _need(row: Any, minimum: int) -> str:
    if not is_known(row.nodig):
        return f"nodig voor minder dan {minimum} mensen"
    # Who needs it has been said already.
    more = f"; {row.verwacht_tekst.removesuffix(NEEDED)}" if row.verschil == MORE else ""
    number = nearly(dutch(rounded_people(row.nodig)))
    if row.hoe_code == BOUNDED:
        # At most so many people holds of the upper end of who needs it: without its margin it would be more than that.
        number = Amount(row.nodig, row.onbekend_onder, row.onbekend_tot).about(minimum)
    return f"nodig voor {number} mensen{more}"
