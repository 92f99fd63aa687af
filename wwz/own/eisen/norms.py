"""The norms a municipality may set itself: as shipped, as they hold, and what may not be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from wwz.base.memory import own
from wwz.knowledge import domain, load_toml
from wwz.own.eisen.history import SHIPPED, History, shelf
from wwz.words.numbers import dutch

FILE = "normen_historie.csv"
KEYS = ("norm",)
SHELF = shelf("norm", "norm", "normen", FILE, KEYS, ("waarde",))
CONDITION = "randvoorwaarde"
NUMBER = re.compile(r"^-?\d{1,7}(?:[.,]\d{1,6})?$")
EXACT = 6


@dataclass(frozen=True)
class Setting:
    """One norm that can be set (knowledge/instelbaar.toml).

    Attributes
    ----------
    plek, naam
        The table and column it works on; for `randvoorwaarde` the row whose norm_m it is.
    waarde
        As shipped, in `eenheid`; `factor` times the number in the table.
    minimum, maximum
        Between which it may lie, in `eenheid`.
    bron, jaar, merk, toelichting
        Where the shipped value comes from.
    """

    code: str
    groep: str
    titel: str
    plek: str
    naam: str
    eenheid: str
    waarde: float
    minimum: float
    maximum: float
    factor: float
    bron: str
    jaar: int
    merk: str
    toelichting: str


def history(database: Path) -> History:
    """The versions that belong to a database."""
    return History(SHELF, database)


@cache
def settings() -> dict[str, Setting]:
    """Every norm that can be set, by code, in the order of the file."""
    rows = load_toml("instelbaar.toml")["instelling"]
    return {row["code"]: Setting(**{"factor": 1.0, **row, **_shipped(row)}) for row in rows}


def _shipped(row: dict) -> dict:
    """Value, source, year, mark and explanation of a norm as the product ships it."""
    if row["plek"] == CONDITION:
        condition = domain.randvoorwaarden()[row["naam"]]
        return {
            "waarde": float(condition.norm_m),
            "toelichting": f"Grens van: {condition.titel}.",
            **{name: getattr(condition, name) for name in ("bron", "jaar", "merk")},
        }
    norm = domain.normen().get(row["naam"])
    rules = load_toml("confrontatie.toml")["oordeel"]
    number = norm.waarde if norm else rules[row["naam"]]
    source = {name: getattr(norm, name) if norm else rules[name] for name in ("bron", "jaar", "merk")}
    value = round(number * row.get("factor", 1), EXACT)
    return {
        "waarde": value,
        "toelichting": norm.toelichting if norm else "Grens om te ordenen, geen landelijke norm.",
        **source,
    }


def groups() -> dict[str, str]:
    """Titles of the groups by code."""
    return {row["code"]: row["titel"] for row in load_toml("instelbaar.toml")["groep"]}


def effective(database: Path, number: int | None = None) -> pd.DataFrame:
    """The norms that hold, now or at a version.

    Returns
    -------
    pandas.DataFrame
        Columns of `Setting`, with waarde as it holds, geleverd as shipped, eigen (bool), wie, wanneer and waarom.
    """
    return own(_effective(database, number, SHELF.mark(database)))


@lru_cache(maxsize=8)
def _effective(database: Path, number: int | None, mark: str) -> pd.DataFrame:
    """The same as long as nothing changes: `mark` is of the ledger."""
    frame = pd.DataFrame([vars(s) for s in settings().values()]).rename(columns={"waarde": "geleverd"})
    changed = history(database).state(number).rename(columns={"norm": "code"})
    changed["waarde"] = pd.to_numeric(changed["waarde"], errors="coerce")
    frame = frame.merge(changed.drop(columns="versie"), on="code", how="left")
    frame["eigen"] = frame["waarde"].notna() & (frame["waarde"] != frame["geleverd"])
    frame["waarde"] = frame["waarde"].where(frame["eigen"], frame["geleverd"])
    return frame


def deviations(database: Path) -> pd.DataFrame:
    """The norms of `effective` that differ from what is shipped."""
    frame = effective(database)
    return frame[frame["eigen"]].reset_index(drop=True)


def changes(database: Path, wanted: dict[str, float], number: int | None = None) -> pd.DataFrame:
    """Which norms differ from what holds now, as rows (norm, waarde) for the history.

    Parameters
    ----------
    wanted
        Code to value.
    number
        The version that was on screen: only what differs from that one is wanted.
    """
    now = effective(database, number).set_index("code")
    rows = [
        (code, SHIPPED if value == now.loc[code, "geleverd"] else f"{value:g}")
        for code, value in wanted.items()
        if value != now.loc[code, "waarde"]
    ]
    return pd.DataFrame(rows, columns=["norm", "waarde"], dtype="str")


def read_number(text: object) -> float | None:
    """A number as people write it: 800, 0,5 or 0.5; None when it is not one."""
    text = str(text).strip()
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def mistakes(database: Path, rows: Iterable[tuple[str, str, object]]) -> list[str]:
    """What is wrong with values, one sentence each; `rows`: (where it stands, code, value)."""
    known = settings()
    found, wanted, seen = [], {}, {}
    for place, code, text in rows:
        if code not in known:
            found.append(
                f"{place}: de norm {code!r} bestaat niet. Kies een code uit het bestand dat u hier ophaalt."
            )
            continue
        if code in seen:
            found.append(f"{place}: de norm {code!r} staat ook op {seen[code]}. Laat er één staan.")
        seen.setdefault(code, place)
        value, setting = read_number(text), known[code]
        if value is None or not setting.minimum <= value <= setting.maximum:
            low, high = (dutch(edge) for edge in (setting.minimum, setting.maximum))
            found.append(
                f"{place}: {setting.titel}: {text!r} moet een getal zijn tussen {low} en {high} ({setting.eenheid})."
            )
            continue
        wanted[code] = value
    return found or _wrong_order(database, wanted)


def _wrong_order(database: Path, wanted: dict[str, float]) -> list[str]:
    """Norms that contradict each other once `wanted` holds."""
    now = effective(database).set_index("code")["waarde"].to_dict() | wanted
    known = settings()
    found = []
    for rule in load_toml("instelbaar.toml")["volgorde"]:
        low, high = now[rule["laag"]], now[rule["hoog"]]
        if low > high or (rule.get("streng") and low == high):
            first, second = known[rule["laag"]], known[rule["hoog"]]
            found.append(
                f"{first.titel!r} ({low:g}) moet kleiner zijn dan {second.titel!r} ({high:g}). Pas een van de twee aan.".replace(
                    ".0)", ")"
                )
            )
    return found
