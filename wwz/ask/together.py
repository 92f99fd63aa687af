"""Who has a limitation, who uses help, and who belongs to a doelgroep: each person once, and how doelgroepen overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.layer import profile_rows
from wwz.knowledge import catalogue, domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import UNKNOWN, dutch, is_known, nearly, people_between, people_range, rounded_people
from wwz.words.sentences import StoryLine

ALL, ONE, MORE, USES, NEEDS = "alle", "1", "meer", "gebruikt", "nodig"
# What somebody has, and what somebody uses: figures of the catalogue, with their words in begrippen.toml.
FIGURES = {
    "beperking_18": "heeft",
    "wmo_clienten": "gebruikt",
    "ondersteuning_18": "ondersteuning",
    "zonder_ondersteuning_18": "zonder",
    "ondersteuning_onbeperkt_18": "onbeperkt",
}
IS_IN, IS_NOT = "●", "·"
ESTIMATED = "geschat"


@remembered
def three_things(store: Store, area: Area) -> pd.DataFrame:
    """What is often taken for the same, beside each other.

    Returns
    -------
    pandas.DataFrame
        A row per thing: wat, uitleg, mensen_tekst, marge_tekst, soort, jaar_tekst, bron. What is not known has '?'.
    """
    words = load_toml("begrippen.toml")["apart"]
    figures = profile_rows(store, area, list(FIGURES)).set_index("indicator")
    counted = _counts(store, area)
    minimum = store.about()["minimum"]
    rows = [_figure(figures, code, words[name], minimum) for code, name in FIGURES.items()]
    return pd.DataFrame(
        [
            *rows,
            *(
                _count(counted, key, words[name])
                for key, name in ((NEEDS, "nodig"), (ALL, "hoort"), (USES, "beide"), (MORE, "meer"))
            ),
        ]
    )


def overlap(store: Store, area: Area) -> pd.DataFrame:
    """How many people belong to exactly these clusters of doelgroepen, the most people first.

    Returns
    -------
    pandas.DataFrame
        A column per cluster (a dot, or a small one where it is not), mensen_tekst, marge_tekst, deel (0-1, of the largest row),
        and leest (the clusters in words).
    """
    rows = _counts(store, area)
    own = rows[~rows["sleutel"].isin((ALL, ONE, MORE, USES, NEEDS))].reset_index(drop=True)
    clusters = domain.domein().clusters
    most = own["mensen"].max()
    return own.assign(
        **{
            code: [IS_IN if code in key.split("|") else IS_NOT for key in own["sleutel"]] for code in clusters
        },
        leest=[" en ".join(clusters[c].titel for c in key.split("|")) for key in own["sleutel"]],
        deel=own["mensen"] / most,
    )


def sentence(store: Store, area: Area) -> str:
    """How many people belong to two or more clusters, in one sentence; empty where it is not known."""
    rows = _counts(store, area).set_index("sleutel")
    if ALL not in rows.index or not is_known(rows.loc[ALL, "mensen"]):
        return ""
    more = rows.loc[MORE, "mensen_tekst"] if MORE in rows.index else "0"
    return (
        f"In {area.naam} horen {rows.loc[ALL, 'mensen_tekst']} mensen bij een doelgroep. Daarvan horen er {more} bij meer dan één: "
        "zij tellen één keer."
    )


@dataclass(frozen=True)
class Use:
    """How many of who has a limitation that asks for support (a doelgroep) use support: as a line of a story, and its year."""

    line: StoryLine
    year: int

    @property
    def sentences(self) -> str:
        """The same to read on, with what it does not say."""
        return f"{self.line.sentence} {load_toml('begrippen.toml')['zin']['gebruik_gemis']}"


def use_beside_need(store: Store, area: Area) -> Use | None:
    """Need, and of those how many use support; none where it is not known who needs it, or they are too few to show."""
    rows = _counts(store, area).set_index("sleutel")
    if ALL not in rows.index or not is_known(rows.loc[ALL, "mensen"]):
        return None
    need, use = rows.loc[ALL], rows.loc[USES]
    number = f"{nearly(need['mensen_tekst'])} mensen ({need['marge_tekst']})"
    line = StoryLine(
        f"{nearly(use['mensen_tekst'])} mensen" if use["mensen_tekst"] != "?" else UNKNOWN,
        load_toml("begrippen.toml")["zin"]["gebruik"].format(mensen=number),
        use["marge_tekst"],
    )
    return Use(line, int(rows.loc[ALL, "jaar"]))


def use_sentences(store: Store, area: Area) -> str:
    """The same for below an agenda; empty where it is not known who needs it."""
    use = use_beside_need(store, area)
    return use.sentences if use is not None else ""


@remembered
def _counts(store: Store, area: Area) -> pd.DataFrame:
    rows = store.ask("samenloop", buurten=list(area.buurten))
    minimum = int(rows["minimum"].max()) if len(rows) else 0
    return rows.assign(
        mensen_tekst=[_people(row, minimum) for row in rows.itertuples()],
        marge_tekst=[
            people_between(row.onder, row.boven, minimum) if is_known(row.mensen) else ""
            for row in rows.itertuples()
        ],
    )


def _people(row: Any, minimum: int) -> str:
    if row.verborgen:
        return f"<{minimum}"
    return dutch(rounded_people(row.mensen)) if is_known(row.mensen) else "?"


def _figure(figures: pd.DataFrame, code: str, words: dict, minimum: int) -> dict:
    named = {"wat": words["titel"], "uitleg": words["uitleg"]}
    if code not in figures.index:
        return {
            **named,
            "mensen_tekst": "?",
            "marge_tekst": "",
            "soort": "onbekend",
            "jaar_tekst": "",
            "bron": None,
        }
    row = figures.loc[code]
    return {
        **named,
        "mensen_tekst": row["mensen_tekst"] or "?",
        "marge_tekst": people_range(row, catalogue()[code], minimum),
        "soort": row["soort"],
        "jaar_tekst": str(row["jaar"]),
        "bron": row["bron"],
    }


def _count(counted: pd.DataFrame, key: str, words: dict) -> dict:
    named = {"wat": words["titel"], "uitleg": words["uitleg"], "bron": None}
    rows = counted[counted["sleutel"] == key]
    if rows.empty:
        return {**named, "mensen_tekst": "?", "marge_tekst": "", "soort": "onbekend", "jaar_tekst": ""}
    row = rows.iloc[0]
    return {
        **named,
        "mensen_tekst": row["mensen_tekst"],
        "marge_tekst": row["marge_tekst"],
        "soort": ESTIMATED,
        "jaar_tekst": str(int(row["jaar"])),
    }
