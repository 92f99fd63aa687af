"""Do the agendas of wijken differ, and is that more than noise? How alike their orders are, and those of two halves of a wijk."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import nan
from typing import Any

import pandas as pd

from wwz.agenda.rows import in_order
from wwz.agenda.words import ASSUMED
from wwz.ask.area import Area, find_area
from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.store import Store
from wwz.words.numbers import dutch

ALL = "alle"
COLUMNS = (
    "randvoorwaarde",
    "titel",
    "wijken",
    "bekend",
    "aanname",
    "begrensd",
    "paren",
    "gescheiden_procent",
    "rangcorrelatie",
    "naar_mensen",
    "halven",
)
# A half of a wijk with fewer buurten says little of it.
LEAST_BUURTEN = 2


def differences(store: Store, area: Area) -> list[dict]:
    """How far the wijken of an area differ, as flat rows with the columns of `COLUMNS`.

    Returns
    -------
    list of dict
        First all necessary conditions together: rangcorrelatie is the mean of Spearman's coefficient over all pairs of
        wijken, of their order of conditions; naar_mensen is the same of the order by people alone; halven is its mean over
        wijken, of the orders of two halves of each: what wijken differ beyond that is no noise. Then each condition: of how many wijken it is known, assumed or bounded, and of which
        part of the pairs (%) the part of the people who lack it lies apart, margins included. A wijk where it is unknown lies
        apart from none.

    Raises
    ------
    Fout
        When there are fewer than two wijken with an agenda.
    """
    codes = sorted({f"WK{buurt[2:8]}" for buurt in area.buurten})
    agendas = {code: needed for code in codes if len(needed := _needed(store, code))}
    if len(agendas) < 2:
        raise Fout(
            f"In {area.naam} zijn geen twee wijken met een agenda om te vergelijken. Kies een gemeente."
        )
    everything = pd.concat(agendas, names=["wijk"]).reset_index(level="wijk")
    rows = [
        _of_condition(code, part, len(agendas))
        for code, part in everything.groupby("randvoorwaarde", sort=False)
    ]
    apart, pairs = (sum(row[name] for row in rows) for name in ("los", "paren"))
    first = _row(ALL, "Alle noodzakelijke randvoorwaarden", everything, len(agendas), pairs, apart)
    by_people = {code: needed.assign(rang=needed["naar_mensen"].rank()) for code, needed in agendas.items()}
    found = {
        "rangcorrelatie": rank_correlation(agendas),
        "naar_mensen": rank_correlation(by_people),
        "halven": stability(store, area, list(agendas)),
    }
    return [{**first, **{name: round(value, 2) for name, value in found.items()}}, *rows]


def in_words() -> str:
    """Whether agendas of wijken differ by more than noise, as it was measured last (confrontatie.toml)."""
    found = load_toml("confrontatie.toml")["verwacht"]["toets"]
    numbers = {name: dutch(found[name], 2) for name in ("naar_mensen", "rangcorrelatie", "halven")}
    return str(found["tekst"]).format(**{**found, **numbers})


def _needed(store: Store, wijk: str) -> pd.DataFrame:
    """The necessary conditions of a wijk in the order of its agenda."""
    return _ranked(store, (wijk,))


def _ranked(store: Store, codes: tuple[str, ...]) -> pd.DataFrame:
    rows = in_order(store, find_area(store, codes))
    rows = rows[rows["graad"] == "N"].reset_index(drop=True)
    return rows.assign(rang=rows.index + 1)


def rank_correlation(agendas: Mapping[Any, pd.DataFrame]) -> float:
    """The mean of Spearman's coefficient over all pairs, of what both have."""
    ranks = [rows.set_index("randvoorwaarde")["rang"] for rows in agendas.values()]
    found = [one.corr(other, method="pearson") for one, other in map(_together, combinations(ranks, 2))]
    return float(pd.Series(found).mean()) if found else nan


def stability(store: Store, area: Area, wijken: list[str]) -> float:
    """The mean over wijken of Spearman's coefficient of the orders of two halves of each; missing where none can be halved."""
    found = []
    for wijk in wijken:
        halves = [_ranked(store, half) for half in _halves(store, area, wijk)]
        if halves and all(len(half) > 1 for half in halves):
            found.append(rank_correlation(dict(enumerate(halves))))
    return float(pd.Series(found, dtype=float).mean())


def _halves(store: Store, area: Area, wijk: str) -> list[tuple[str, ...]]:
    """The buurten of a wijk where people live, every other one from large to small; nothing where there are too few."""
    rows = store.areas().set_index("code").loc[[b for b in area.buurten if b[2:8] == wijk[2:]]]
    codes = list(rows[rows["inwoners"] > 0].sort_values("inwoners", ascending=False, kind="stable").index)
    # The largest goes with the smaller ones: 1, 4, 5, 8 beside 2, 3, 6, 7.
    halves = [tuple(c for n, c in enumerate(codes) if (n + 1) // 2 % 2 == side) for side in (0, 1)]
    return halves if len(codes) >= LEAST_BUURTEN else []


def _together(pair: tuple[pd.Series, pd.Series]) -> tuple[pd.Series, pd.Series]:
    one, other = (ranks.rank() for ranks in pair[0].align(pair[1], join="inner"))
    return one, other


def _of_condition(code: str, part: pd.DataFrame, wijken: int) -> dict:
    edges = part[["zeker", "mogelijk"]].dropna().to_numpy()
    apart = sum(one[1] < other[0] or other[1] < one[0] for one, other in combinations(edges, 2))
    return _row(code, part["titel"].iloc[0], part, wijken, wijken * (wijken - 1) // 2, apart)


def _row(code: str, title: str, part: pd.DataFrame, wijken: int, pairs: int, apart: int) -> dict:
    assumed = part["hoe"] == ASSUMED
    return {
        "randvoorwaarde": code,
        "titel": title,
        "wijken": wijken,
        "bekend": int((part["genoeg"] & ~assumed).sum()),
        "aanname": int((part["genoeg"] & assumed).sum()),
        "begrensd": int(part["begrensd"].sum()),
        "paren": pairs,
        "los": apart,
        "gescheiden_procent": round(100 * apart / pairs) if pairs else 0,
        **dict.fromkeys(("rangcorrelatie", "naar_mensen", "halven")),
    }
