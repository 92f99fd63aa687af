"""The catalogue: every indicator the product knows, and the source columns behind it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import pandas as pd

from wwz.base.paths import KNOWLEDGE
from wwz.base.tomlfile import load_toml
from wwz.knowledge.bounds import REGEL, bound_entries
from wwz.knowledge.distances import reach_entries
from wwz.knowledge.groupnames import with_names

# Instead of a source column, for a figure that the product works out itself.
COMPUTED = "berekend"


@dataclass(frozen=True)
class Variable:
    """One source column, whatever a file calls it."""

    variabele: str
    familie: str
    soort: str
    minimum: float
    maximum: float
    kolom: str
    ook: tuple[str, ...]


@dataclass(frozen=True)
class Thema:
    """A group of layers on the map, with the question it answers."""

    code: str
    titel: str
    vraag: str
    toelichting: str = ""


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue: title, unit, denominator, source and how it adds up.

    `regel` is som, aandeel, gemiddelde, mediaan or grens (two numbers, worked out when asked); `per` the multiplier of a share; `noemer` the variable that
    weighs; `minimum` the smallest number of people shown (0 where the publisher already protects).
    """

    code: str
    thema: str
    titel: str
    kort: str
    volgorde: int
    laag: str
    groep: str
    mensen: str
    regel: str
    per: int
    eenheid: str
    decimalen: int
    noemer: str
    teller: str
    waarde: str
    spiegel: bool
    richting: str
    bron: str
    minimum: int
    kolom: str
    uitleg: str
    zin: str
    domein: str
    voorziening: str


@cache
def variables() -> dict[str, Variable]:
    """All source columns by variable name (variabelen.csv)."""
    with (KNOWLEDGE / "variabelen.csv").open(encoding="utf-8", newline="") as handle:
        rows = [
            Variable(
                variabele=r["variabele"],
                familie=r["familie"],
                soort=r["soort"],
                minimum=float(r["minimum"]),
                maximum=float(r["maximum"]),
                kolom=r["kolom"],
                ook=tuple(filter(None, r["ook"].split("|"))),
            )
            for r in csv.DictReader(handle)
        ]
    return {row.variabele: row for row in rows}


@cache
def themes() -> tuple[Thema, ...]:
    """The themes in the order of the map's menu."""
    return tuple(Thema(**row) for row in load_toml("indicatoren.toml")["thema"])


@cache
def catalogue() -> dict[str, Indicator]:
    """All indicators by code, in the order of indicatoren.toml."""
    raw = load_toml("indicatoren.toml")
    groups = {g["code"]: g for g in raw["groep"]}
    entries = with_names(raw["indicator"], load_toml("doelgroepen.toml")["doelgroep"])
    rows = [row for entry in entries for row in _expand(entry, groups, raw)]
    rows += [_complete(row) for row in reach_entries(raw, load_toml("afstand.toml")["bereik"])]
    rows += [_complete(row) for row in bound_entries(raw)]
    return {row["code"]: Indicator(volgorde=i, **row) for i, row in enumerate(rows)}


def _expand(entry: dict[str, Any], groups: dict[str, Any], raw: dict[str, Any]) -> list[dict[str, Any]]:
    """One TOML entry → one row per age group, with all defaults filled in."""
    default = raw["standaard_afstand"] if entry["thema"] == "voorzieningen" else raw["standaard"]
    entry = {"laag": entry["code"], **default, **entry}
    if entry["thema"] == "voorzieningen":
        entry.setdefault("waarde", entry["code"])
        entry.setdefault("zin", f"is de {entry['titel'][0].lower()}{entry['titel'][1:]} gemiddeld")
    return [_complete({**entry, **_for_group(entry, groups[g])}) for g in entry.pop("groepen", [])] or [
        _complete(entry)
    ]


def _for_group(entry: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": f"{entry['code']}_{group['code']}",
        "titel": f"{entry['titel']}, {group['titel']}",
        "kort": entry["kort"],
        "groep": group["kort"],
        "mensen": group["mensen"],
        "noemer": group["noemer"],
        # What is worked out has no column of a source.
        "waarde": f"{entry['waarde']}_{group['code']}" if entry["waarde"] else "",
    }


def _complete(entry: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(Indicator)} - {"volgorde"}
    texts = {name: "" for name in known if name not in entry}
    row = {**texts, **{k: v for k, v in entry.items() if k in known}}
    row["spiegel"] = bool(row["spiegel"])
    row["kolom"] = _source_column(row)
    return row


def _source_column(row: dict[str, Any]) -> str:
    name = row["teller"] or row["waarde"]
    if not name:
        return COMPUTED
    stem = name.removesuffix("_18").removesuffix("_65")
    return variables().get(name, variables().get(stem)).kolom


@cache
def indicator_table() -> pd.DataFrame:
    """The catalogue as a frame, one row per indicator that has figures of its own, columns as in `Indicator`."""
    return pd.DataFrame([vars(row) for row in catalogue().values() if row.regel != REGEL])
