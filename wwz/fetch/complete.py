"""Is the fetched set whole: every gemeente that was asked, with figures and boundaries?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.fetch.items import Item, rules
from wwz.fetch.pdok import CODES
from wwz.fetch.plan import Plan
from wwz.fetch.trouble import STAYS, Leeg
from wwz.knowledge.placenames import usual
from wwz.sources.columns import CODE_NAMES, first_column, map_columns

WITHOUT = "De tabel heeft een oudere indeling, en alleen de grotere gemeenten. Toekomst volgt daar de landelijke prognose."
AGAIN = f"{STAYS} Probeer het later opnieuw, of kies een ander jaar."


def check_areas(plan: Plan, content: Mapping[Item, pd.DataFrame | dict[str, Any]]) -> list[str]:
    """Compare what came with what was asked, and boundaries with figures of the same year.

    Returns
    -------
    list of str
        Dutch remarks about a few missing boundaries.

    Raises
    ------
    Fout
        When a gemeente is missing, or too many boundaries.
    """
    remarks: list[str] = []
    asked = [code for code, _ in plan.gemeenten]
    needed = {item: part for item, part in content.items() if item.nodig and item.familie == "kwb"}
    shapes = {item: part for item, part in content.items() if item.tabel == "buurten"}
    for item, frame in needed.items():
        codes = _codes(frame)
        _check_asked(item, set(codes.str[2:6]), asked, plan)
        for layer, part in shapes.items():
            if layer.jaar == item.jaar:
                remarks += _check_shapes(layer, part, _inhabited(frame, codes))
    for item, part in shapes.items():
        _check_asked(item, {code[2:6] for code in _drawn(item, part)}, asked, plan)
    return remarks


def check_gemeenten(plan: Plan, item: Item, frame: pd.DataFrame) -> list[str]:
    """Which gemeenten a table does not have, where its rules say that this is to be told.

    Raises
    ------
    Leeg
        When it has none of those that were asked.
    """
    spec = rules()["familie"][item.familie]
    if not spec.get("noem_wie_ontbreekt") or not plan.gemeenten:
        return []
    there = set(_codes(frame, spec["sleutel"]))
    missing = [usual(name) for code, name in plan.gemeenten if code not in there]
    if len(missing) == len(plan.gemeenten):
        raise Leeg(f"Deze gemeenten staan er niet in. {WITHOUT}")
    return [f"In {item.titel} staan niet: {', '.join(missing)}. {WITHOUT}"] if missing else []


def _codes(frame: pd.DataFrame, key: str = "") -> pd.Series:
    column = key if key in frame else first_column(list(frame.columns), CODE_NAMES)
    return frame[column].astype("string").str.strip()


def _inhabited(frame: pd.DataFrame, codes: pd.Series) -> set[str]:
    column = next(c for c, variable in map_columns(list(frame.columns)).items() if variable == "inwoners")
    people = pd.to_numeric(frame[column], errors="coerce").fillna(0) > 0
    return set(codes[codes.str.startswith("BU") & people])


def _drawn(item: Item, part: dict[str, Any]) -> set[str]:
    return {f["properties"][CODES[item.tabel]] for f in part["features"] if f.get("geometry")}


def _check_asked(item: Item, found: set[str], asked: list[str], plan: Plan) -> None:
    missing = [dict(plan.gemeenten)[code] for code in asked if code[2:] not in found]
    if missing:
        raise Fout(f"In {item.titel} ontbreekt {', '.join(missing)}. {AGAIN}")


def _check_shapes(item: Item, part: dict[str, Any], inhabited: set[str]) -> list[str]:
    missing = sorted(inhabited - _drawn(item, part))
    if not missing:
        return []
    if len(missing) > rules()["deel_zonder_grens"] * len(inhabited):
        raise Fout(
            f"In {item.titel} ontbreken {len(missing)} van de {len(inhabited)} bewoonde buurten ({missing[0]} …). {AGAIN}"
        )
    return [
        counted(
            "{n} [bewoonde buurt heeft|bewoonde buurten hebben] geen grens ({codes}); [de|hun] cijfers tellen wel mee.",
            len(missing),
            codes=", ".join(missing[:3]),
        )
    ]
