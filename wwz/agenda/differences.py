"""Do the agendas of wijken differ? How alike their order is, and of how many pairs of wijken the margins lie apart."""

from __future__ import annotations

from itertools import combinations
from math import nan

import pandas as pd

from wwz.agenda.rows import ask_steady, parameters
from wwz.ask.area import Area, find_area
from wwz.base.errors import Fout
from wwz.store import Store

ALL = "alle"
COLUMNS = (
    "randvoorwaarde",
    "titel",
    "wijken",
    "bekend",
    "begrensd",
    "paren",
    "gescheiden_procent",
    "rangcorrelatie",
)


def differences(store: Store, area: Area) -> list[dict]:
    """How far the wijken of an area differ, as flat rows with the columns of `COLUMNS`.

    Returns
    -------
    list of dict
        First all necessary conditions together: rangcorrelatie is the mean of Spearman's coefficient over all pairs of
        wijken, of their order of conditions. Then each condition: of how many wijken it is known or bounded, and of which
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
    return [{**first, "rangcorrelatie": round(rank_correlation(agendas), 2)}, *rows]


def _needed(store: Store, wijk: str) -> pd.DataFrame:
    """The necessary conditions of a wijk in the order of its agenda."""
    rows = ask_steady(store, "agenda_tekort", **parameters(store, find_area(store, (wijk,))))
    rows = rows[rows["graad"] == "N"].reset_index(drop=True)
    return rows.assign(rang=rows.index + 1)


def rank_correlation(agendas: dict[str, pd.DataFrame]) -> float:
    """The mean of Spearman's coefficient over all pairs, of what both have."""
    ranks = [rows.set_index("randvoorwaarde")["rang"] for rows in agendas.values()]
    found = [one.corr(other, method="pearson") for one, other in map(_together, combinations(ranks, 2))]
    return float(pd.Series(found).mean()) if found else nan


def _together(pair: tuple[pd.Series, pd.Series]) -> tuple[pd.Series, pd.Series]:
    one, other = (ranks.rank() for ranks in pair[0].align(pair[1], join="inner"))
    return one, other


def _of_condition(code: str, part: pd.DataFrame, wijken: int) -> dict:
    edges = part[["zeker", "mogelijk"]].dropna().to_numpy()
    apart = sum(one[1] < other[0] or other[1] < one[0] for one, other in combinations(edges, 2))
    return _row(code, part["titel"].iloc[0], part, wijken, wijken * (wijken - 1) // 2, apart)


def _row(code: str, title: str, part: pd.DataFrame, wijken: int, pairs: int, apart: int) -> dict:
    return {
        "randvoorwaarde": code,
        "titel": title,
        "wijken": wijken,
        "bekend": int(part["genoeg"].sum()),
        "begrensd": int(part["begrensd"].sum()),
        "paren": pairs,
        "los": apart,
        "gescheiden_procent": round(100 * apart / pairs) if pairs else 0,
        "rangcorrelatie": None,
    }
