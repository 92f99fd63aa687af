"""The tables beside the list of the wijkagenda: per wijk, per buurt, mantelzorg, statuses and explanations."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda import UNKNOWN_SIGN, Agenda, parameters
from wwz.areas import Area, short_name
from wwz.conditions import how_known, why
from wwz.knowledge import domain, load_toml
from wwz.numbers import dutch, is_known, rounded_people
from wwz.store import Store

ALL_NEEDED = "Minstens één noodzakelijke voorwaarde"
SHADES = 5
NO_NUMBER = "te weinig mensen, of onbekend"


@dataclass(frozen=True)
class Matrix:
    """Wijk × randvoorwaarde: rows naam and one text per code; columns (code, title); titles of the unknown ones."""

    level: str
    rows: pd.DataFrame
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def unknown_count(found: Agenda) -> str:
    """How many necessary conditions are unknown, as a label; empty when none."""
    number = int(((found.rows["graad"] == "N") & (found.rows["hoe"] == how_known("onbekend"))).sum())
    return f"{number} onbekend" if number else ""


def list_rows(found: Agenda, degree: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one degree, and apart the unknown ones that can wait.

    Those that may touch most people stay in the list: find them out first. `doen` says what may help, or how to find
    out.
    """
    rows = found.rows[found.rows["graad"] == degree]
    unknown = rows["hoe"] == how_known("onbekend")
    rows = rows.assign(doen=rows["helpt"].where(~unknown, rows["uitzoeken"]))
    later = unknown & (unknown.cumsum() > load_toml("confrontatie.toml")["agenda"]["eerst_uitzoeken"])
    return rows[~later], rows[later]


def statuses(store: Store, area: Area) -> pd.DataFrame:
    """The status of every randvoorwaarde: columns titel, status, waarom."""
    rows = store.ask("agenda_status", **parameters(store, area)).rename(columns={"hoe": "hoe_bekend"})
    return rows.assign(waarom=[why(row) for row in rows.to_dict("records")])


def carers(store: Store, area: Area) -> pd.DataFrame:
    """The mantelzorgsituaties of the people in the doelgroepen, as bars: naam, tekst, breedte, accent."""
    rows = store.ask("agenda_mantelzorg", buurten=list(area.buurten))
    titles = domain.domein().mantelzorg
    return pd.DataFrame(
        {
            "naam": [titles[code].titel for code in rows["mantelzorg"]],
            "tekst": [
                f"{dutch(row.aandeel)}% ({dutch(row.onder)} tot {dutch(row.boven)}%)" for row in rows.itertuples()
            ],
            "breedte": rows["aandeel"],
            "accent": False,
        }
    )


def choices(found: Agenda) -> dict[str, str]:
    """What the small map can show: everything necessary together, or one necessary condition that is known."""
    rows = found.rows[(found.rows["graad"] == "N") & (found.rows["mensen_tekst"] != UNKNOWN_SIGN)]
    return {"": ALL_NEEDED, **dict(zip(rows["randvoorwaarde"], rows["titel"], strict=True))}


def places(store: Store, area: Area, code: str) -> pd.DataFrame:
    """People per buurt who lack a necessary condition (or any of them): gebied, naam, mensen."""
    return store.ask("agenda_buurten", **parameters(store, area), randvoorwaarde=code, graad="N")


def highest(rows: pd.DataFrame) -> str:
    """Where it concerns most people, in one sentence; empty when there is nothing to compare."""
    known = rows[rows["mensen"].notna()]
    if len(known) < 2:
        return ""
    top = known.loc[known["mensen"].idxmax()]
    return f"De meeste mensen wonen in {short_name(top['naam'])}: ongeveer {dutch(rounded_people(top['mensen']))}."


def explanation(found: Agenda, code: str) -> str:
    """How the number came about, in words."""
    if not code:
        return (
            "Per buurt, doelgroep en mantelzorgsituatie: het aantal mensen, maal het deel dat minstens één noodzakelijke voorwaarde "
            "mist. De ondergrens neemt aan dat steeds dezelfde mensen iets missen, de bovengrens dat het steeds anderen zijn. Alleen "
            "voorwaarden waarvan de status bekend is, tellen mee. Kies een voorwaarde om de getallen te zien."
        )
    row = found.rows[(found.rows["randvoorwaarde"] == code) & (found.rows["graad"] == "N")].iloc[0]
    return (
        f"Mensen in de doelgroep, maal het deel met deze mantelzorgsituatie, maal het deel van de inwoners zonder {row['titel'].lower()}, "
        f"per buurt. {row['hoe']}. {row['meetnoot']} Wij nemen aan dat mensen uit een doelgroep even vaak iets missen als hun buren."
    )


def matrix(store: Store, area: Area) -> Matrix:
    """The necessary conditions per wijk, or per gemeente in a region.

    Returns
    -------
    Matrix
        Without rows when the area holds fewer than two wijken.
    """
    level = "gemeente" if area.kind == "regio" else "wijk"
    rows = store.ask("agenda_matrix", **parameters(store, area), niveau=level)
    if rows["gebied"].nunique() < 2:
        return Matrix(level, pd.DataFrame(), (), ())
    known = rows.groupby("randvoorwaarde")["bekend"].max() > 0
    shown = rows[rows["randvoorwaarde"].map(known)]
    titles = shown.drop_duplicates("randvoorwaarde").set_index("randvoorwaarde")["titel"]
    top = shown["mensen"].max()
    texts = shown.assign(tekst=[_cell(row, top) for row in shown.itertuples()])
    wide = texts.pivot(index=["gebied", "naam"], columns="randvoorwaarde", values="tekst").fillna(UNKNOWN_SIGN)
    order = shown.groupby("gebied")["mensen"].sum().sort_values(ascending=False).index
    table = wide.reset_index("naam").reindex(order).reset_index(drop=True)
    table["naam"] = [short_name(name) for name in table["naam"]]
    return Matrix(
        level, table, tuple(titles.items()), tuple(dict.fromkeys(rows.loc[~rows["randvoorwaarde"].map(known), "titel"]))
    )


def _cell(row, top: float) -> str:
    if row.verborgen:
        return "weinig"
    if not is_known(row.mensen):
        return UNKNOWN_SIGN
    shade = "■" * max(1, round(SHADES * row.mensen / top)) if top else ""
    partly = "" if row.bekend > 0.995 else f" ({dutch(100 * row.bekend)}% bekend)"
    return f"{shade} {dutch(rounded_people(row.mensen))}{partly}"
