"""Charts in words, for who cannot see them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from wwz.base.sentence import listed
from wwz.ui.shared.celltext import MISSING
from wwz.words.numbers import dutch, only_rounded


def describe(rows: pd.DataFrame, unit: str) -> str:
    """The chart of `compare_bars` in one to three Dutch sentences.

    Another area counts as about equal if its value lies within the interval of the area it is about.
    """
    about = rows[rows["accent"].astype(bool)]
    others = rows.drop(about.index)
    known, rest = others[others["waarde"].notna()], others[others["waarde"].isna()]
    sentences = _about(next(about.itertuples()), known, unit) if len(about) else _extremes(known)
    hidden, unknown = rest[rest["tekst"].notna()], rest[rest["tekst"].isna()]
    sentences += [f"{row.naam}: {row.tekst}." for row in hidden.itertuples()]
    if len(unknown):
        sentences.append(f"Onbekend is het voor {listed(unknown['naam'])}.")
    return " ".join(sentences) or "Er zijn geen gegevens om te vergelijken."


def _about(area: Any, known: pd.DataFrame, unit: str) -> list[str]:
    values = [f"{row.naam} ({row.tekst})" for row in known.itertuples()]
    if pd.isna(area.waarde):
        first = f"Voor {area.naam} is dit onbekend." if pd.isna(area.tekst) else f"{area.naam}: {area.tekst}."
        return [first] + ([f"Ter vergelijking: {listed(values)}."] if values else [])
    low = area.waarde if pd.isna(area.onder) else area.onder
    high = area.waarde if pd.isna(area.boven) else area.boven
    relation = [
        ("hoger dan", known["waarde"] < low),
        ("ongeveer gelijk aan", known["waarde"].between(low, high)),
        ("lager dan", known["waarde"] > high),
    ]
    parts = [
        f"{word} {listed(v for v, yes in zip(values, which, strict=True) if yes)}"
        for word, which in relation
        if which.any()
    ]
    return [in_words(area, unit) + "."] + ([f"Dat is {listed(parts)}."] if parts else [])


def _extremes(known: pd.DataFrame) -> list[str]:
    if known.empty:
        return []
    high, low = known.loc[known["waarde"].idxmax()], known.loc[known["waarde"].idxmin()]
    if high["waarde"] == low["waarde"]:
        return [f"{listed(known['naam'])}: {high['tekst']}."]
    return [f"Het hoogst is {high['naam']} ({high['tekst']}), het laagst {low['naam']} ({low['tekst']})."]


def in_words(row: Any, unit: str) -> str:
    """``Moerwijk: 22% (tussen 20% en 24%)``, the bounds with the decimals of the value."""
    if pd.isna(row.waarde) or pd.isna(row.onder) or pd.isna(row.boven) or only_rounded(row):
        return f"{row.naam}: {value_of(row)}"
    after_comma = re.search(r",(\d+)", row.tekst)
    decimals = len(after_comma[1]) if after_comma else 0
    low, high = (dutch(bound, decimals) for bound in (row.onder, row.boven))
    if unit == "%":
        return f"{row.naam}: {row.tekst} (tussen {low}% en {high}%)"
    return f"{row.naam}: {row.tekst} (tussen {low} en {high} {unit})"


def value_of(row: Any) -> str:
    """The value as it is shown; onbekend where there is none."""
    return row.tekst if isinstance(row.tekst, str) and row.tekst else MISSING
