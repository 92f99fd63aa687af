"""Areas side by side: with the larger areas around them, and with areas that are like them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wwz.ask.area import Area, find_area, whole
from wwz.ask.differing import place_of, verdicts
from wwz.ask.layer import around, available, comparison, national, with_texts
from wwz.ask.view import LEVELS
from wwz.knowledge import catalogue, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import NOT_SHOWN, is_known, value_text
from wwz.words.sentences import margin_text

HERE, AROUND, SIMILAR, CHOSEN = "dit gebied", "groter gebied", "vergelijkbaar", "zelf gekozen"
COLUMNS = [
    "naam",
    "rol",
    "waarde",
    "onder",
    "boven",
    "tekst",
    "kort",
    "marge",
    "jaar",
    "soort",
    "marge_uit",
    "verschil",
    "accent",
]


@remembered
def comparable_codes(store: Store) -> list[str]:
    """Indicators that can be compared between areas of different size."""
    rows = available(store)
    return list(rows.loc[rows["regel"] != "som", "code"])


@remembered
def side_by_side(store: Store, area: Area, code: str, chosen: Sequence[str] = ()) -> pd.DataFrame:
    """One indicator for an area, the areas around it, similar areas and areas chosen by hand; the highest first.

    Returns
    -------
    pandas.DataFrame
        naam, rol, waarde, onder, boven, tekst, kort and marge (without a long unit), jaar, soort, verschil (of the others with the area itself), accent.
    """
    first = _with_region(store, area, comparison(store, area, code), code)
    first["rol"] = [HERE if accent else AROUND for accent in first["accent"]]
    year = int(first["jaar"].iloc[0])
    _add_facts(store, area, code, year, first)
    similar = list(similar_areas(store, area)["gebied"])
    others = [_figures(store, area, other, code, year, SIMILAR) for other in similar]
    own = [c for c in dict.fromkeys(chosen) if c not in (*similar, *area.codes)]
    others += [_figures(store, area, other, code, year, CHOSEN) for other in own]
    rows = pd.concat([first, *others], ignore_index=True) if others else first
    found = rows.to_dict("records")
    words = verdicts(store, [found[0]] * len(found), found)
    rows["verschil"] = ["" if row["accent"] else word for row, word in zip(found, words, strict=True)]
    indicator = catalogue()[code]
    margins = [margin_text(row, indicator) for row in rows.to_dict("records")]
    rows["marge"] = [margin.removesuffix(f" {indicator.eenheid}") for margin in margins]
    rows["kort"] = [_short(row, code, store.about()["minimum"]) for row in rows.to_dict("records")]
    ranked = rows.sort_values("waarde", ascending=False, na_position="last", kind="stable")
    return ranked[COLUMNS].reset_index(drop=True)


def _region(store: Store, area: Area) -> list[Area]:
    """The gemeenten in the data together, if they are several, not the whole country, and not the area itself."""
    everything = whole(store)
    return [everything] if everything.is_union and set(everything.codes) != set(area.codes) else []


def _with_region(store: Store, area: Area, rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """The rows with the region between the gemeente and the country."""
    near = 1 + len(around(store, area))
    regions = [
        with_texts(region.figures([code], int(rows["jaar"].iloc[0])), store.about()["minimum"])
        .assign(accent=False)
        .rename(columns={"waarde_tekst": "tekst"})
        for region in _region(store, area)
    ]
    parts = [
        rows.iloc[:near],
        *(region.reindex(columns=rows.columns) for region in regions),
        rows.iloc[near:],
    ]
    return pd.concat(parts, ignore_index=True) if regions else rows


def _add_facts(store: Store, area: Area, code: str, year: int, rows: pd.DataFrame) -> None:
    """Of the area, the areas around it and the country, in that order: how known, what is hidden, and where it lies."""
    parts = (area, *around(store, area), *_region(store, area))
    facts = [part.figures([code], year).iloc[0] for part in parts]
    country = list(national(store, [code])["soort"])
    rows["soort"] = ([row["soort"] for row in facts] + country)[: len(rows)]
    rows["verborgen"] = ([bool(row["verborgen"]) for row in facts] + [False])[: len(rows)]
    places = ([place_of(part) for part in parts] + [{"niveau": "land", "gemeente": ""}])[: len(rows)]
    rows["niveau"], rows["gemeente"] = ([place[name] for place in places] for name in ("niveau", "gemeente"))


def _short(row: dict, code: str, minimum: int) -> str:
    """The figure without a unit that the heading already has; too few people is said as such."""
    indicator = catalogue()[code]
    if row.get("soort") == NOT_SHOWN:
        return NOT_SHOWN
    if row["verborgen"] and not is_known(row["waarde"]):
        return f"<{minimum} mensen"
    return value_text(row["waarde"], indicator, unit=indicator.eenheid == "%")


def _figures(store: Store, area: Area, code: str, indicator: str, year: int, role: str) -> pd.DataFrame:
    """The row of another area; its gemeente is named where that is not the one of this area."""
    other = find_area(store, [code])
    row = with_texts(other.figures([indicator], year), store.about()["minimum"])
    elsewhere = other.niveau in ("buurt", "wijk") and other.gemeentenaam not in ("", area.gemeentenaam)
    within = f" ({other.gemeentenaam})" if elsewhere else ""
    return row.assign(
        naam=f"{other.naam}{within}", tekst=row["waarde_tekst"], accent=False, rol=role, **place_of(other)
    )[
        [
            "naam",
            "niveau",
            "gemeente",
            "waarde",
            "onder",
            "boven",
            "jaar",
            "tekst",
            "accent",
            "rol",
            "soort",
            "marge_uit",
            "verborgen",
        ]
    ]


@remembered
def similar_areas(store: Store, area: Area) -> pd.DataFrame:
    """The areas of the same level that are most alike, the nearest first.

    Returns
    -------
    pandas.DataFrame
        gebied, naam, gemeentenaam, waarom, and per characteristic of knowledge/vergelijkbaar.toml its value; a
        characteristic that is not known of the area itself does not count, and is missing. Empty where too few are
        known, or nothing is left to compare with.
    """
    rule = load_toml("vergelijkbaar.toml")
    codes = [k["indicator"] for k in rule["kenmerk"]]
    level = area.niveau if area.niveau in LEVELS else "wijk"
    own = area.figures(codes).set_index("indicator")["waarde"].reindex(codes)
    counting = [k for k in rule["kenmerk"] if is_known(own[k["indicator"]])]
    wide = _characteristics(store, level, codes, [k["indicator"] for k in counting], rule["minimum_inwoners"])
    wide = wide[~wide["gebied"].isin(area.codes)]
    # No part of a region is like the region.
    if len(counting) < rule["minstens"] or wide.empty or area.niveau == "land" or area.kind == "regio":
        return wide.head(0).assign(waarom="")
    scores = np.column_stack(
        [_scaled(wide[k["indicator"]], own[k["indicator"]], k["schaal"]) for k in counting]
    )
    nearest = (
        wide.assign(ver=np.sqrt((scores**2).sum(axis=1))).sort_values(["ver", "gebied"]).head(rule["aantal"])
    )
    # What does not count has no place beside what does.
    nearest = nearest.assign(**{code: np.nan for code in codes if not is_known(own[code])})
    return nearest.assign(waarom=[_why(row, own, counting) for row in nearest.to_dict("records")])


def left_out(similar: pd.DataFrame) -> str:
    """Which characteristics did not count, as a Dutch sentence; empty when all did."""
    missing = [
        k["naam"] for k in load_toml("vergelijkbaar.toml")["kenmerk"] if similar[k["indicator"]].isna().all()
    ]
    return f"Niet bekend, en daarom niet meegeteld: {', '.join(missing)}." if missing else ""


def similar_rows(store: Store, area: Area, similar: pd.DataFrame) -> pd.DataFrame:
    """The area itself and those like it, with each characteristic as text under its indicator code."""
    codes = [k["indicator"] for k in load_toml("vergelijkbaar.toml")["kenmerk"]]
    own = area.figures(codes).set_index("indicator")["waarde"].reindex(codes)
    here = pd.DataFrame([{"naam": f"{area.naam} (dit gebied)", "gemeentenaam": area.gemeentenaam, **own}])
    rows = pd.concat([here, similar[["naam", "gemeentenaam", *codes]]], ignore_index=True)
    for code in codes:
        rows[code] = [value_text(value, catalogue()[code]) for value in rows[code]]
    return rows


def _characteristics(
    store: Store, level: str, codes: list[str], needed: list[str], least: int
) -> pd.DataFrame:
    """Areas of a level with all needed characteristics and enough inhabitants."""
    rows = store.ask("tabel", binnen=list(whole(store).codes), niveau=level, indicatoren=codes, jaar=0)
    wide = (
        rows.pivot(index="gebied", columns="indicator", values="waarde")
        .reindex(columns=codes)
        .dropna(subset=needed)
    )
    areas = store.areas().set_index("code")[["naam", "gemeentenaam", "inwoners"]]
    wide = wide.join(areas).query("inwoners >= @least").reset_index()
    return wide


def _scaled(values: pd.Series, own: float, scale: str) -> np.ndarray:
    """How far each area lies from `own`, in standard deviations."""
    numbers = np.append(values.to_numpy(dtype=float), own)
    numbers = np.log(np.maximum(numbers, 1)) if scale == "logaritme" else numbers
    return (numbers[:-1] - numbers[-1]) / (numbers.std() or 1)


def _why(row: dict, own: pd.Series, characteristics: list[dict]) -> str:
    parts = []
    for item in characteristics:
        indicator = catalogue()[item["indicator"]]
        there, here = value_text(row[indicator.code], indicator), value_text(own[indicator.code], indicator)
        parts.append(f"{item['naam']} {there} (hier {here})")
    return "; ".join(parts)
