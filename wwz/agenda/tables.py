"""The tables beside the list of the wijkagenda: per wijk, per buurt, mantelzorg, statuses and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.agenda.numbers import people_text, range_words
from wwz.agenda.rows import EXACT, UNKNOWN_SIGN, Agenda, ask_head, ask_steady, parameters
from wwz.agenda.words import ASSUMED, BOUNDED, UNKNOWN
from wwz.ask.area import Area
from wwz.ask.conditions import no_source, why
from wwz.ask.stated import by_statements
from wwz.base.memory import within
from wwz.knowledge import domain, load_toml
from wwz.store import Store, remembered
from wwz.words.numbers import bound_text, dutch, is_known, rounded_people, says_nothing

ALL_NEEDED = "Alles wat bekend is, samen"
SHADES = 5
AT_MOST = " (ten hoogste)"


@dataclass(frozen=True)
class Matrix:
    """Part of the area × randvoorwaarde: level, rows (see `_wide`), columns (code, title), titles of the unknown ones."""

    level: str
    rows: pd.DataFrame
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@within
def unknown_count(found: Agenda) -> str:
    """How many necessary conditions are unknown, as a label; empty when none."""
    number = int(((found.rows["graad"] == "N") & (found.rows["hoe_code"] == UNKNOWN)).sum())
    return f"{number} onbekend" if number else ""


@within
def list_rows(found: Agenda, degree: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one degree, and apart the unknown ones that can wait.

    Those that may touch most people stay in the list: find them out first.
    """
    rows = found.rows[found.rows["graad"] == degree]
    unknown = rows["hoe_code"] == UNKNOWN
    later = unknown & (unknown.cumsum() > load_toml("confrontatie.toml")["agenda"]["eerst_uitzoeken"])
    return rows[~later], rows[later]


@by_statements
def statuses(store: Store, area: Area) -> pd.DataFrame:
    """The status of every randvoorwaarde: columns titel, status, waarom."""
    rows = ask_steady(store, "agenda_status", **parameters(store, area)).rename(columns={"hoe": "hoe_bekend"})
    return rows.assign(waarom=[why(row) for row in rows.to_dict("records")])


@remembered
def carers(store: Store, area: Area) -> pd.DataFrame:
    """The mantelzorgsituaties of the people in the doelgroepen, as bars: naam, tekst, breedte, accent."""
    rows = ask_steady(store, "agenda_mantelzorg", buurten=list(area.buurten))
    titles = domain.domein().mantelzorg
    return pd.DataFrame(
        {
            "naam": [titles[code].titel for code in rows["mantelzorg"]],
            "tekst": [
                f"{dutch(row.aandeel)}% ({dutch(row.onder)} tot {dutch(row.boven)}%)"
                for row in rows.itertuples()
            ],
            "breedte": rows["aandeel"],
            "accent": False,
        }
    )


@within
def choices(found: Agenda) -> dict[str, str]:
    """What the small map can show: what the headline counts, or one necessary condition that is known."""
    rows = found.rows[(found.rows["graad"] == "N") & (found.rows["mensen_tekst"] != UNKNOWN_SIGN)]
    titles = rows["titel"] + rows["hoe_code"].map({BOUNDED: AT_MOST}).fillna("")
    return {"": ALL_NEEDED, **dict(zip(rows["randvoorwaarde"], titles, strict=True))}


@within
def numbers(found: Agenda, degree: str) -> dict[str, str]:
    """Every number that opens into its inputs, by code: that of the headline (no code), and each row of the list."""
    known = "hoeveel mensen het missen, weten wij niet"
    head = {} if degree != "N" or not found.has_groups else {"": f"Alles wat bekend is, samen: {found.getal}"}
    rows = found.rows[found.rows["graad"] == degree]
    return head | {
        row.randvoorwaarde: f"{row.titel}: {known if row.mensen_tekst == UNKNOWN_SIGN else row.mensen_tekst + ' mensen'}"
        for row in rows.itertuples()
    }


@by_statements
def places(store: Store, area: Area, code: str) -> pd.DataFrame:
    """People per buurt who lack a necessary condition (or any of them); where it is bounded, so many at most.

    Returns
    -------
    pandas.DataFrame
        Columns gebied, naam, mensen, onder, boven, begrensd, and the texts mensen_tekst and marge_tekst.
    """
    question = parameters(store, area)
    rows = (
        ask_steady(store, "agenda_buurten", **question, randvoorwaarde=code, graad="N")
        if code
        else _places_of_all(ask_head(store, **question))
    )
    minimum = int(rows["minimum"].max())
    # There everybody may lack it: the bound has no colour, as what is unknown.
    open_above = rows["mogelijk"].map(says_nothing).astype(bool)
    return rows.assign(
        mensen=rows["mensen"].where(~rows["begrensd"], rows["meest"].mask(open_above)),
        verborgen=rows["verborgen"] | (rows["begrensd"] & rows["meest"].isna() & ~open_above),
        mensen_tekst=[_place_text(row, minimum) for row in rows.itertuples()],
        marge_tekst=[
            range_words(row.onder, row.boven, minimum) if is_known(row.mensen) else ""
            for row in rows.itertuples()
        ],
    )


def _places_of_all(rows: pd.DataFrame) -> pd.DataFrame:
    """What the headline counts per buurt, as the rows of one condition; of that there are no bounds."""
    rows = rows[rows["gebied"] != ""].reset_index(drop=True)
    known = {"mensen": "gemeten", **{f: f"gemeten_{f}" for f in ("onder", "boven", "verborgen")}}
    return pd.DataFrame(
        {
            **{name: rows[name] for name in ("gebied", "naam")},
            **{name: rows[field] for name, field in known.items()},
            "begrensd": False,
            "minst": float("nan"),
            "meest": float("nan"),
            "mogelijk": float("nan"),
            "minimum": rows["minimum"],
        }
    )


def _place_text(row: Any, minimum: int) -> str:
    if row.begrensd:
        return bound_text(row.minst, row.meest, minimum, row.mogelijk)
    return f"<{minimum}" if row.verborgen else people_text(row.mensen, minimum)


def place_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `places`, most people first, unknown last."""
    return rows.sort_values(
        ["mensen", "verborgen"], ascending=False, na_position="last", kind="stable"
    ).reset_index(drop=True)


def highest(rows: pd.DataFrame) -> str:
    """Where it concerns most people, in one sentence; empty when there is nothing to compare."""
    known = rows[rows["mensen"].notna()]
    if len(known) < 2 or rows["begrensd"].any():
        return ""
    top = known.loc[known["mensen"].idxmax()]
    return f"De meeste mensen die iets missen, wonen in {top['naam']}: ongeveer {dutch(rounded_people(top['mensen']))}."


@within
def explanation(found: Agenda, code: str, degree: str = "N") -> str:
    """How the number came about, in words; without a code: that of everything necessary together."""
    if not code:
        return (
            "Per gebied, doelgroep en mantelzorgsituatie: het aantal mensen, maal het deel dat minstens één noodzakelijke randvoorwaarde "
            "mist. De ondergrens neemt aan dat steeds dezelfde mensen iets missen, de bovengrens dat het steeds anderen zijn. Alleen "
            "wat gemeten, geschat of opgegeven is, telt mee. Wat wij aannemen, telt hier niet mee."
        )
    row = found.rows[(found.rows["randvoorwaarde"] == code) & (found.rows["graad"] == degree)].iloc[0]
    if row["hoe_code"] == UNKNOWN:
        return f"{no_source(code)}{row['uitzoeken']}"
    same = (
        ""
        if row["hoe_code"] == ASSUMED
        else " Wij nemen aan dat mensen uit een doelgroep even vaak iets missen als hun buren."
    )
    return (
        f"Mensen in de doelgroep, maal het deel met deze mantelzorgsituatie, maal het deel dat dit mist; opgeteld over de gebieden. "
        f"{row['hoe']}. {row['meetnoot']}{same}"
    )


@remembered
def part_level(store: Store, area: Area) -> str:
    """In which parts an area is laid side by side: gemeenten, whole wijken, or else buurten; empty for one buurt."""
    if area.kind == "regio":
        return "gemeente"
    parts = store.ask("agenda_delen", buurten=list(area.buurten)).set_index("niveau")
    buurten = parts["gebieden"].get("buurt", 0)
    # Of a wijk that lies in it for a part only, its name would promise too much.
    if "wijk" in parts.index and parts["gebieden"]["wijk"] > 1 and parts["buurten"]["wijk"] == buurten:
        return "wijk"
    return "buurt" if buurten > 1 else ""


@by_statements
def matrix(store: Store, area: Area) -> Matrix:
    """The necessary conditions per part of the area: see `part_level`."""
    level = part_level(store, area)
    rows = ask_steady(store, "agenda_matrix", **parameters(store, area), niveau=level)
    if rows.empty:
        return Matrix(level, pd.DataFrame(), (), ())
    known = rows.groupby("randvoorwaarde")["hoe"].agg(lambda codes: (codes != UNKNOWN).any())
    shown = rows[rows["randvoorwaarde"].map(known)]
    titles = shown.drop_duplicates("randvoorwaarde").set_index("randvoorwaarde")["titel"]
    minimum = int(rows["minimum"].max())
    order = (
        shown.groupby("gebied")["mensen"].sum().round(EXACT).sort_values(ascending=False, kind="stable").index
    )
    assumed = set(shown.loc[shown["hoe"] == ASSUMED, "randvoorwaarde"])
    titles = titles + titles.index.map(lambda code: " (aanname)" if code in assumed else "").to_series(
        titles.index
    )
    unknown = tuple(dict.fromkeys(rows.loc[~rows["randvoorwaarde"].map(known), "titel"]))
    return Matrix(level, _wide(shown, order, minimum), tuple(titles.items()), unknown)


def _wide(shown: pd.DataFrame, order: pd.Index, minimum: int) -> pd.DataFrame:
    """One row per area; per randvoorwaarde its text, its margin (…_marge) and its shade (…_tint, 0 to SHADES)."""
    table = shown.drop_duplicates("gebied").set_index("gebied")[["naam"]].reindex(order)
    for code, part in shown.groupby("randvoorwaarde"):
        cells = part.set_index("gebied").reindex(order)
        top = cells["mensen"].max()
        table[code] = [_cell(row, minimum) for row in cells.itertuples()]
        table[f"{code}_marge"] = [_margin(row, minimum) for row in cells.itertuples()]
        table[f"{code}_tint"] = [_shade(row, top) for row in cells.itertuples()]
    return table.reset_index(drop=True)


def _cell(row: Any, minimum: int) -> str:
    if row.begrensd == 1:
        return bound_text(row.minst, row.meest, minimum, row.mogelijk)
    return f"<{minimum}" if row.verborgen == 1 else people_text(row.mensen, minimum)


def _margin(row: Any, minimum: int) -> str:
    """From .. to .. people; where it is known for a part of them only, how large that part is."""
    partly = "" if row.bekend > 0.995 or row.bekend < 0.005 else f"{dutch(100 * row.bekend)}% bekend"
    width = range_words(row.onder, row.boven, minimum) if is_known(row.mensen) else ""
    return "; ".join(filter(None, (width, partly)))


def _shade(row: Any, top: float) -> int:
    return max(1, round(SHADES * row.mensen / top)) if is_known(row.mensen) and top else 0
