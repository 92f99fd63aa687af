"""What a comparison says, in Dutch sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wwz.ask.compare import AROUND
from wwz.ask.comparemaps import HIGH_BOTH, Pair, Panel
from wwz.ask.differing import NO_DIFFERENCE
from wwz.ask.quadrant import FIRST, Quadrant
from wwz.base.codes import plural
from wwz.base.counted import counted
from wwz.base.sentence import listed
from wwz.knowledge import Indicator, load_toml
from wwz.words.numbers import dutch, is_known, value_text

MOST_NAMES = 5


def difference_rule() -> str:
    """When there is a difference, in two sentences (onzekerheid.toml)."""
    return str(load_toml("onzekerheid.toml")["verschil"]["tekst"])


def finding(rows: pd.DataFrame, naam: str, indicator: Indicator) -> str:
    """The headline: how the area stands against what lies around it.

    Parameters
    ----------
    rows
        As `wwz.compare.side_by_side` gives them.
    """
    about = rows[rows["rol"] == AROUND]
    words = (
        ("lager", "hoger dan in"), ("hoger", "lager dan in"), (NO_DIFFERENCE, "niet duidelijk anders dan in"),
    )  # fmt: skip
    parts = [
        f"{text} {listed(about.loc[about['verschil'] == word, 'naam'])}"
        for word, text in words
        if (about["verschil"] == word).any()
    ]
    what, _, who = _lower(indicator.titel).partition(", ")
    subject = f"{what} ({who})" if who else what
    return f"{naam}: {subject} {', '.join(parts)}" if parts else f"Hoe staat {naam} ervoor?"


def sentence_of(rows: pd.DataFrame, naam: str) -> str:
    """Who is higher, who is lower and who is not clearly different."""
    here = rows[rows["accent"].astype(bool)].iloc[0]
    margin = f" (tussen {here['marge'].replace(' tot ', ' en ')})" if here["marge"] else ""
    sentences = [f"{naam}: {here['tekst']}{margin}."]
    for word, begin in (
        ("hoger", "Hoger is"),
        ("lager", "Lager is"),
        (NO_DIFFERENCE, "Geen duidelijk verschil is er met"),
    ):
        names = list(rows.loc[rows["verschil"] == word, "naam"])
        if names:
            sentences.append(f"{begin} {listed(names)}.")
    return " ".join(sentences)


def series_sentence(panels: Sequence[Panel]) -> str:
    """Where it is highest and lowest, over all small maps."""
    known = [panel for panel in panels if is_known(panel.layer.whole["waarde"])]
    if not known:
        return "Van deze kaartjes is geen enkel cijfer bekend."
    high = max(known, key=lambda panel: panel.layer.whole["waarde"])
    low = min(known, key=lambda panel: panel.layer.whole["waarde"])
    scale = "Een kleur betekent op elk kaartje hetzelfde."
    if high is low or high.layer.whole["waarde"] == low.layer.whole["waarde"]:
        return f"{high.title}: {_value(high)}. {scale}"
    return f"Het hoogst is {high.title} ({_value(high)}), het laagst {low.title} ({_value(low)}). {scale}"


def pair_sentence(found: Pair, niveau: str) -> str:
    """What two maps say together."""
    counts = found.rows["oordeel"].value_counts()
    known = int(counts.drop("onbekend", errors="ignore").sum())
    if not known:
        return "Van geen enkel gebied zijn beide cijfers bekend."
    if found.years:
        up, down, same = (int(counts.get(word, 0)) for word in ("hoger", "lager", NO_DIFFERENCE))
        return (
            f"Van {found.left.jaar} naar {found.right.jaar}: in {_areas(up, niveau)} hoger, in {_areas(down, niveau)} lager, "
            f"in {_areas(same, niveau)} {NO_DIFFERENCE}."
        )
    both = list(found.rows.loc[found.rows["oordeel"] == HIGH_BOTH, "naam"])
    part = dutch(100 * load_toml("vergelijkbaar.toml")["samen"]["hoog_deel"])
    if not both:
        return f"Geen {niveau} hoort bij allebei bij de hoogste {part}%."
    some = listed(both) if len(both) <= MOST_NAMES else f"{', '.join(both[:MOST_NAMES])} en andere"
    return f"Van de {known} {plural(niveau)} horen er {len(both)} bij allebei bij de hoogste {part}%: {some}."


def quadrant_sentence(found: Quadrant, naam: str) -> str:
    """How many areas ask attention first, and of how many one figure is missing."""
    first = int((found.rows["vak"] == FIRST).sum())
    missing = (
        counted(" Van {n} [gebied|gebieden] is een van beide onbekend.", found.missing)
        if found.missing
        else ""
    )
    return (
        f"In {first} van {counted('[het gebied|de {n} gebieden]', len(found.rows))} is de behoefte duidelijk groter én de afstand groter dan gemiddeld in "
        f"{naam}.{missing}"
    )


def _value(panel: Panel) -> str:
    return value_text(panel.layer.whole["waarde"], panel.layer.indicator)


def _areas(number: int, niveau: str) -> str:
    return f"{dutch(number)} {plural(niveau, number)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
