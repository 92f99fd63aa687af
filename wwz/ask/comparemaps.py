"""Maps beside each other: a series of small ones on one scale, and two layers or two years as a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wwz.ask.area import Area, find_area
from wwz.ask.compare import similar_areas
from wwz.ask.differing import NO_DIFFERENCE, place_of_code, verdicts
from wwz.ask.layer import Layer, available, layer, with_texts
from wwz.knowledge import catalogue, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import value_text

AREAS, YEARS, LAYERS = "gebieden", "jaren", "lagen"
HIGH_BOTH, HIGH_LEFT, HIGH_RIGHT, LOW, UNKNOWN = (
    "hoog op beide", "alleen links hoog", "alleen rechts hoog", "op geen van beide hoog", "onbekend"
)  # fmt: skip
# What asks attention comes first in the table.
_ORDER = {
    word: place
    for place, word in enumerate(
        ("hoger", "lager", NO_DIFFERENCE, HIGH_BOTH, HIGH_LEFT, HIGH_RIGHT, LOW, UNKNOWN)
    )
}


@dataclass(frozen=True)
class Panel:
    """One small map.

    Attributes
    ----------
    title
        What is different on this map: an area, a year or a layer.
    area, niveau
        What is drawn, and in which parts.
    layer
        The figures; `layer.whole` is that of the area as a whole.
    """

    title: str
    area: Area
    niveau: str
    layer: Layer


@dataclass(frozen=True)
class Pair:
    """Two maps of the same areas.

    Attributes
    ----------
    left, right
        The layers.
    rows
        One row per area: gebied, naam, oordeel, and of both sides (links_, rechts_) the value, tekst, marge and soort.
    years
        Whether it is one layer in two years, so that the maps share a scale and `oordeel` is the change.
    """

    left: Layer
    right: Layer
    rows: pd.DataFrame
    years: bool


def most_panels() -> int:
    """How many small maps can still be read."""
    return int(load_toml("vergelijkbaar.toml")["kaartjes"]["hoogstens"])


@remembered
def years_of(store: Store, code: str) -> tuple[int, ...]:
    """The years of an indicator, the newest first."""
    rows = available(store).set_index("code")
    return tuple(sorted(map(int, rows.loc[code, "jaren"]), reverse=True))


@remembered
def kin(store: Store, code: str) -> list[str]:
    """Indicators of the same theme that can share a scale with this one: same unit, group and direction."""
    one = catalogue()[code]
    alike = [
        other
        for other in map(catalogue().__getitem__, available(store)["code"])
        if (other.thema, other.eenheid, other.groep, other.richting)
        == (one.thema, one.eenheid, one.groep, one.richting)
    ]
    return [code, *(other.code for other in alike if other.code != code)]


@remembered
def series(
    store: Store, area: Area, code: str, niveau: str, kind: str, chosen: Sequence[str] = ()
) -> list[Panel]:
    """The small maps of a series, the area or layer it is about first.

    Parameters
    ----------
    kind
        gebieden: this area, areas like it and those chosen by hand; without any the parts of this area where the
        figure is highest. jaren: the years of this layer, the oldest first. lagen: other layers of the theme.
    """
    if kind == YEARS:
        years = sorted(years_of(store, code))[-most_panels() :]
        return [_panel(store, str(year), area, code, niveau, year) for year in years]
    if kind == LAYERS:
        codes = kin(store, code)[: most_panels()]
        return [_panel(store, catalogue()[one].kort, area, one, niveau) for one in codes]
    return [
        _panel(store, one.naam, one, code, _level_within(one, niveau))
        for one in _areas(store, area, code, chosen)
    ]


def _panel(store: Store, title: str, area: Area, code: str, niveau: str, year: int = 0) -> Panel:
    return Panel(title, area, niveau, layer(store, area, code, niveau, "aandeel", year))


def _level_within(area: Area, niveau: str) -> str:
    return area.smallest if area.niveau in ("buurt", "wijk") or niveau == "gemeente" else area.level(niveau)


def _areas(store: Store, area: Area, code: str, chosen: Sequence[str]) -> list[Area]:
    similar = [] if area.niveau == area.smallest else list(similar_areas(store, area)["gebied"])
    codes = [one for one in dict.fromkeys((*chosen, *similar)) if one not in area.codes]
    if codes:
        return [area, *(find_area(store, [one]) for one in codes[: most_panels() - 1])]
    return [find_area(store, [one]) for one in _highest_parts(area, code)] or [area]


def _highest_parts(area: Area, code: str) -> list[str]:
    below = {"wijk": "buurt", "gemeente": "wijk"}.get(area.niveau, "gemeente")
    if area.niveau == area.smallest or below in ("buurt", area.niveau) or area.level(below) != below:
        return []
    rows = area.parts(below, [code]).sort_values("waarde", ascending=False, kind="stable")
    return list(rows.loc[rows["waarde"].notna(), "gebied"].head(most_panels()))


def spread(panel: Panel) -> str:
    """The lowest and the highest value on a small map; empty where nothing is known."""
    known, indicator = panel.layer.values.dropna(), panel.layer.indicator
    return (
        f"{value_text(known.min(), indicator)} – {value_text(known.max(), indicator)}" if len(known) else ""
    )


@remembered
def pair(store: Store, area: Area, niveau: str, left: tuple[str, int], right: tuple[str, int]) -> Pair:
    """Two layers, or one layer in two years, of the same areas.

    Parameters
    ----------
    left, right
        Indicator and year; year 0 is the latest complete one.
    """
    one, other = (layer(store, area, code, niveau, "aandeel", year) for code, year in (left, right))
    minimum = store.about()["minimum"]
    sides = [
        with_texts(area.parts(niveau, [side.indicator.code], side.jaar), minimum).set_index("gebied")
        for side in (one, other)
    ]
    rows = pd.DataFrame({"naam": sides[0]["naam"]})
    for name, frame in zip(("links", "rechts"), sides, strict=True):
        frame = frame.reindex(rows.index)
        rows[name], rows[f"{name}_tekst"] = frame["waarde"], frame["waarde_tekst"]
        rows[f"{name}_marge"], rows[f"{name}_soort"] = frame["marge_tekst"].fillna(""), frame["soort"]
    years = left[0] == right[0]
    rows["oordeel"] = _changes(store, sides[0], sides[1], rows.index) if years else _both_high(rows)
    rows["volgorde"] = rows["oordeel"].map(_ORDER)
    rows = rows.sort_values(["volgorde", "links"], ascending=[True, False], kind="stable")
    return Pair(one, other, rows.rename_axis("gebied").reset_index(), years)


def _changes(store: Store, then: pd.DataFrame, now: pd.DataFrame, index: pd.Index) -> list[str]:
    """How each area changed; in two years it errs in the same way as far as it does with others of its gemeente."""
    fields = ["waarde", "onder", "boven", "marge_uit", "niveau"]
    before, after = (
        [
            {**row, **place_of_code(str(code), str(row["niveau"]))}
            for code, row in zip(index, frame.reindex(index)[fields].to_dict("records"), strict=True)
        ]
        for frame in (then, now)
    )
    return verdicts(store, before, after)


def _both_high(rows: pd.DataFrame) -> list[str]:
    limit = 1 - load_toml("vergelijkbaar.toml")["samen"]["hoog_deel"]
    left, right = (rows[name] >= rows[name].quantile(limit) for name in ("links", "rechts"))
    words = {
        (True, True): HIGH_BOTH,
        (True, False): HIGH_LEFT,
        (False, True): HIGH_RIGHT,
        (False, False): LOW,
    }
    known = rows["links"].notna() & rows["rechts"].notna()
    return [
        words[bool(one), bool(other)] if yes else UNKNOWN
        for one, other, yes in zip(left, right, known, strict=True)
    ]
