"""The profile of one area: the story first, then the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.layer import available, comparison, describe_area, profile_rows
from wwz.ask.stated import by_statements
from wwz.base.dates import dutch_date
from wwz.knowledge import catalogue, load_toml, themes
from wwz.profile.story import Block, blocks
from wwz.store import Store
from wwz.words.sentences import headline

ALSO_ASSUMED = "zonder_noodzakelijk"


@dataclass(frozen=True)
class Chart:
    """One indicator compared with the areas around; rows as `figures.comparison` gives them."""

    code: str
    title: str
    unit: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Section:
    """One theme: a title and rows as `figures.profile_rows` gives them."""

    title: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Profile:
    """Everything on the page.

    Attributes
    ----------
    headline, about
        The finding, and what kind of area it is.
    blocks
        The story.
    charts, key_figures, sections
        The figures: compared with the areas around, the most asked, and all of them by theme.
    sources
        Source lines.
    made
        When the figures were read.
    """

    headline: str
    about: str
    blocks: tuple[Block, ...]
    charts: tuple[Chart, ...]
    key_figures: pd.DataFrame
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    made: str


@by_statements
def of_area(store: Store, area: Area) -> Profile:
    """Gather the profile of an area; what has no figure anywhere in the data is left out."""
    codes = list(available(store)["code"])
    plan = load_toml("profiel.toml")
    rows = profile_rows(store, area, codes)
    # The story counts without what is assumed: the same words for another number would contradict it.
    rows.loc[rows["indicator"] == ALSO_ASSUMED, "titel"] += ", ook wat wij aannemen over woningen"
    rows["jaar_tekst"] = [str(year) for year in rows["jaar"]]
    by_code = rows.set_index("indicator")
    minimum = store.about()["minimum"]
    known = [code for code in plan["kop"] if code in by_code.index and pd.notna(by_code.loc[code, "waarde"])]
    title = headline(area.naam, by_code.loc[known[0]], catalogue()[known[0]], minimum) if known else area.naam
    return Profile(
        headline=title,
        about=describe_area(store, area),
        blocks=blocks(store, area, rows),
        charts=tuple(_charts(store, area, [c for c in plan["grafieken"] if c in by_code.index])),
        key_figures=by_code.reindex([c for c in plan["kerncijfers"] if c in by_code.index]).reset_index(),
        sections=tuple(Section(t.titel, part) for t in themes() if len(part := rows[_theme(rows) == t.code])),
        sources=tuple(dict.fromkeys(rows["bron"])),
        made=f"Cijfers ingelezen op {dutch_date(datetime.fromisoformat(str(store.about()['gebouwd_op'])))}.",
    )


def _charts(store: Store, area: Area, codes: Sequence[str]):
    for code in codes:
        indicator = catalogue()[code]
        rows = comparison(store, area, code)
        if len(rows) and rows["waarde"].notna().any():
            yield Chart(code, f"{indicator.titel}, {int(rows['jaar'].iloc[0])}", indicator.eenheid, rows)


def _theme(rows: pd.DataFrame) -> pd.Series:
    return rows["indicator"].map(lambda code: catalogue()[code].thema)
