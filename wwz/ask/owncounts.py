"""Own counts beside the estimate they replace: how much they differ, and whether that was within the margin."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.ask.area import Area
from wwz.base.counted import counted
from wwz.knowledge import catalogue
from wwz.own.counts import USES
from wwz.store import Store, remembered
from wwz.words.numbers import NOT_SHOWN, dutch, is_known, people, people_between, rounded_people

INSIDE, ABOVE, BELOW = "binnen de marge", "hoger dan de marge", "lager dan de marge"


@dataclass(frozen=True)
class Comparison:
    """One subject, its areas side by side.

    Attributes
    ----------
    onderwerp, gebruik, doel, bron
        Name, what is done with it in words, title of the estimate (empty if none), and the source line.
    rows
        gebied, naam, aantal, schatting, onder, boven (people; missing where not known or not shown), the texts
        aantal_tekst, schatting_tekst, marge_tekst, verschil_tekst, oordeel, and verborgen.
    zin
        The finding in a few sentences.
    """

    onderwerp: str
    gebruik: str
    doel: str
    bron: str
    rows: pd.DataFrame
    zin: str


@remembered
def comparisons(store: Store) -> list[Comparison]:
    """Every subject in the database, its latest year."""
    frame = store.ask("eigen")
    minimum = int(store.about()["minimum"])
    latest = frame[frame["nieuwste"].astype(bool)]
    return [_of_subject(rows, minimum) for _, rows in latest.groupby("onderwerp", sort=True)]


def _of_subject(rows: pd.DataFrame, minimum: int) -> Comparison:
    first = rows.iloc[0]
    made = pd.DataFrame([_row(row, minimum) for row in rows.to_dict("records")])
    made["_gat"] = (made["aantal"] - made["schatting"]).abs()
    made = made.sort_values("_gat", ascending=False, na_position="last", kind="stable").drop(columns="_gat")
    doel = catalogue()[first["doel"]].titel if first["doel"] in catalogue() else ""
    return Comparison(
        first["onderwerp"],
        USES[first["gebruik"]],
        doel,
        first["bronregel"],
        made.reset_index(drop=True),
        _sentence(made, doel),
    )


def _row(row: dict, minimum: int) -> dict:
    hidden = bool(row["verborgen"])
    few = is_known(row["schatting"]) and row["schatting"] < minimum
    estimate = float("nan") if few or not is_known(row["schatting"]) else row["schatting"]
    count = float("nan") if hidden else float(row["aantal"])
    low, high = (float("nan") if few else row[name] for name in ("schatting_onder", "schatting_boven"))
    return {
        "gebied": row["gebied"],
        "naam": row["naam"],
        "verborgen": hidden,
        "aantal": count,
        "schatting": estimate,
        "onder": low,
        "boven": high,
        "aantal_tekst": NOT_SHOWN if hidden else dutch(count),
        "schatting_tekst": people(row["schatting"], hidden=few, counted=False, minimum=minimum),
        "marge_tekst": people_between(low, high, minimum) if is_known(low) and is_known(high) else "",
        **_verdict(count, row, hidden),
    }


def _verdict(count: float, row: dict, hidden: bool) -> dict:
    if hidden or not is_known(row["schatting"]):
        return {
            "verschil": float("nan"),
            "verschil_tekst": "" if is_known(row["schatting"]) else "geen schatting",
            "oordeel": "",
        }
    gap = count - row["schatting"]
    sign = "−" if gap < 0 else "+"
    if row["schatting_onder"] <= count <= row["schatting_boven"]:
        word = INSIDE
    else:
        word = ABOVE if gap > 0 else BELOW
    return {"verschil": gap, "verschil_tekst": f"{sign}{dutch(rounded_people(abs(gap)))}", "oordeel": word}


def _sentence(rows: pd.DataFrame, doel: str) -> str:
    hidden = int(rows["verborgen"].sum())
    protected = (
        counted(" Van {n} [gebied|gebieden] tonen we het aantal niet, om mensen te beschermen.", hidden)
        if hidden
        else ""
    )
    judged = rows[rows["oordeel"] != ""]
    if not doel or judged.empty:
        return counted("Er [is|zijn] voor {n} [gebied|gebieden] een aantal opgegeven.", len(rows)) + protected
    inside = int((judged["oordeel"] == INSIDE).sum())
    told, estimated = judged["aantal"].sum(), (judged["aantal"] - judged["verschil"]).sum()
    change = 100 * (told / estimated - 1) if estimated else 0
    more = f"{dutch(abs(change))}% {'meer' if change >= 0 else 'minder'}"
    return (
        f"In {inside} van {counted('[het gebied|de {n} gebieden]', len(judged))} met een getoond aantal ligt de opgave binnen de marge van de schatting. Samen telt u "
        f"er {dutch(rounded_people(told))}: {more} dan de schatting.{protected}"
    )


@remembered
def to_fill_in(store: Store, area: Area, level: str) -> pd.DataFrame:
    """All areas of a level in the gemeenten that the area lies in."""
    areas = store.areas()
    gemeenten = set(areas.loc[areas["code"].isin(area.buurten), "gemeente"])
    return areas[(areas["niveau"] == level) & areas["gemeente"].isin(gemeenten)]
