"""The wijkagenda: which randvoorwaarde is missing for how many people, in the order in which to work on it.

Order: first what is necessary, by the number of people who lack it; then what is very desirable. No weights. What is
unknown stays in the list, with the number of people it may touch, and never counts as met.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz import given
from wwz.areas import Area
from wwz.conditions import how_known
from wwz.errors import Fout
from wwz.knowledge import domain, load_toml
from wwz.numbers import dutch, is_known, rounded_people
from wwz.store import Store

DEGREES = ("N", "W")
MOST_GROUPS, MOST_HELP, MOST_NAMED = 4, 3, 2
UNKNOWN_SIGN = "?"
NOBODY = 0.5


@dataclass(frozen=True)
class Agenda:
    """The agenda of one area.

    Attributes
    ----------
    rows
        One row per randvoorwaarde and degree, in order. Columns randvoorwaarde, titel, graad (N or W), graad_titel,
        voor_wie, mensen, onder, boven, nodig, onbekend_tot (people), mensen_tekst, marge_tekst, hoe, soort, helpt,
        uitzoeken, meetnoot, bron. Numbers that may not be shown are missing.
    met
        Titles of the necessary conditions that nobody lacks, as far as known.
    inputs
        The numbers behind the rows, per doelgroep: randvoorwaarde, graad, doelgroep and the texts to show.
    headline, about
        In words.
    has_groups
        Whether sizes of doelgroepen are known here; without them there are no numbers of people.
    """

    rows: pd.DataFrame
    met: tuple[str, ...]
    inputs: pd.DataFrame
    headline: str
    about: str
    has_groups: bool


def of_area(store: Store, area: Area) -> Agenda:
    """Make the agenda of an area.

    Raises
    ------
    Fout
        When the area has so many buurten that an agenda says nothing any more.
    """
    question = parameters(store, area)
    head = store.ask("agenda_kop", **question).astype("float64").iloc[0]
    minimum = int(head["minimum"])
    inputs = store.ask("agenda_tekort", **question)
    everything = _ranked(inputs, minimum)
    nobody = everything["mensen"].lt(NOBODY) & (everything["onbekend_tot"] < NOBODY)
    rows = _protected(everything[~nobody].reset_index(drop=True), minimum)
    return Agenda(
        rows=rows,
        met=tuple(everything.loc[nobody & (everything["graad"] == "N"), "titel"]),
        inputs=_inputs(inputs, minimum),
        headline=_headline(area.naam, head, rows),
        about=_about(head, rows),
        has_groups=bool(head["aanwezig"]),
    )


def parameters(store: Store, area: Area) -> dict:
    """The parameters that all questions of the agenda share.

    Raises
    ------
    Fout
        When the area is too large.
    """
    most = load_toml("confrontatie.toml")["agenda"]["meeste_buurten"]
    if len(area.buurten) > most:
        raise Fout(f"{area.naam} is te groot voor een agenda. Kies een gemeente of een wijk.")
    statements = given.read(given.path_beside(store.path))
    return {"buurten": list(area.buurten), **given.parameters(statements)}


def _ranked(inputs: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """One row per randvoorwaarde and degree: known before unknown, most people first."""
    parts = [_row(rows, minimum) for _, rows in inputs.groupby(["randvoorwaarde", "graad"], sort=False)]
    columns = [*(parts[0] if parts else _row_columns())]
    frame = pd.DataFrame(parts, columns=columns)
    frame["_rang"] = frame["graad"].map(DEGREES.index)
    frame["_onbekend"] = frame["mensen"].isna()
    frame["_omvang"] = frame["mensen"].fillna(frame["onbekend_tot"])
    ordered = frame.sort_values(
        ["_rang", "_onbekend", "_omvang", "volgorde"], ascending=[True, True, False, True], kind="stable"
    )
    return ordered.drop(columns=["_rang", "_onbekend", "_omvang"]).reset_index(drop=True)


def _row_columns() -> list[str]:
    return (
        "randvoorwaarde titel graad graad_titel volgorde voor_wie mensen onder boven nodig onbekend_tot mensen_tekst "
        "marge_tekst hoe soort helpt uitzoeken meetnoot bron"
    ).split()


def _row(rows: pd.DataFrame, minimum: int) -> dict:
    first, known = rows.iloc[0], rows[rows["mensen"].notna()]
    condition = domain.randvoorwaarden()[first["randvoorwaarde"]]
    numbers = {name: known[name].sum(min_count=1) for name in ("mensen", "boven")}
    # Someone may belong to an older doelgroep and to lg as well: the lower bound counts the largest cluster only.
    cluster = known["doelgroep"].map(lambda code: domain.doelgroepen()[code].cluster)
    numbers["onder"] = known["onder"].groupby(cluster).sum().max()
    rest = rows["onbekend_tot"].sum()
    how = "onbekend" if known.empty else known["hoe"].iloc[0] if known["hoe"].nunique() == 1 else "gemengd"
    return {
        "randvoorwaarde": first["randvoorwaarde"],
        "titel": first["titel"],
        "graad": first["graad"],
        "graad_titel": domain.domein().graden[first["graad"]].titel,
        "volgorde": first["volgorde"],
        "voor_wie": _for_whom(rows),
        **numbers,
        "nodig": rows["nodig"].sum(),
        "onbekend_tot": rest,
        "mensen_tekst": _people_text(numbers["mensen"], minimum),
        "marge_tekst": _margin_text(numbers, rest, minimum),
        "hoe": how_known(how),
        "soort": {"onbekend": "eerst uitzoeken", "opgegeven": "opgegeven"}.get(how, "geschat"),
        "helpt": "; ".join(condition.wat_kan_helpen[:MOST_HELP]),
        "uitzoeken": first["hoe_uitzoeken"],
        "meetnoot": first["meetnoot"],
        "bron": " · ".join(dict.fromkeys(known["bron"].dropna())),
    }


def _for_whom(rows: pd.DataFrame) -> str:
    """The doelgroepen, those with most people first, and the mantelzorgsituatie where they share one."""
    groups = domain.domein().doelgroepen
    size = rows["mensen"].fillna(rows["nodig"])
    codes = list(rows.assign(omvang=size).sort_values("omvang", ascending=False, kind="stable")["doelgroep"])
    names = [groups[code].kort for code in codes[:MOST_GROUPS]]
    more = f" en {len(codes) - MOST_GROUPS} andere" if len(codes) > MOST_GROUPS else ""
    carers = set(rows["mantelzorg"])
    only = next(iter(carers)) if len(carers) == 1 else ""
    with_carer = f" ({domain.domein().mantelzorg[only].titel.lower()})" if only in domain.domein().mantelzorg else ""
    return f"{', '.join(names)}{more}{with_carer}"


def _people_text(count, minimum: int) -> str:
    if not is_known(count):
        return UNKNOWN_SIGN
    return f"<{minimum}" if count < minimum else dutch(rounded_people(count))


def _margin_text(numbers: dict, rest: float, minimum: int) -> str:
    """The interval, and how many people more it may be where the status is unknown."""
    more = f"tot {_people_text(rest, minimum)}" if rest >= NOBODY else ""
    if not is_known(numbers["mensen"]):
        return more
    if numbers["mensen"] < minimum:
        return f"onbekend deel: {more}" if more else ""
    margin = f"{dutch(rounded_people(numbers['onder']))} tot {dutch(rounded_people(numbers['boven']))}"
    return f"{margin}; onbekend deel: {more}" if more else margin


def _protected(rows: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Numbers of too few people leave as missing; the text says that there are few."""
    frame = rows.copy()
    for names, by in ((["mensen", "onder", "boven"], "mensen"), (["nodig"], "nodig"), (["onbekend_tot"], "onbekend_tot")):
        few = frame[by].lt(minimum)
        frame.loc[few, names] = float("nan")
    return frame


def _inputs(inputs: pd.DataFrame, minimum: int) -> pd.DataFrame:
    known = domain.domein()
    return pd.DataFrame(
        {
            "randvoorwaarde": inputs["randvoorwaarde"],
            "graad": inputs["graad"],
            "doelgroep": [known.doelgroepen[code].titel for code in inputs["doelgroep"]],
            "mantelzorg": [
                ", ".join(known.mantelzorg[m].titel.lower() for m in text.split("|")) for text in inputs["mantelzorg"]
            ],
            "nodig_tekst": [_people_text(n, minimum) for n in inputs["nodig"]],
            "aandeel_tekst": [f"{dutch(100 * a)}%" if is_known(a) else "onbekend" for a in inputs["aandeel"]],
            "mensen_tekst": [_people_text(n, minimum) for n in inputs["mensen"]],
            "marge_tekst": [
                _margin_text(row, row["onbekend_tot"], minimum) for row in inputs.to_dict("records")
            ],
        }
    )


def _headline(naam: str, head: pd.Series, rows: pd.DataFrame) -> str:
    if not head["aanwezig"]:
        return f"Hoeveel mensen in {naam} iets missen, is nog niet te zeggen"
    minimum = int(head["minimum"])
    if not is_known(head["mensen"]):
        return f"In {naam} is van geen enkele noodzakelijke voorwaarde bekend of zij er is"
    few = head["mensen"] < minimum
    count = f"minder dan {minimum}" if few else f"ongeveer {_people_text(head['mensen'], minimum)}"
    return f"In {naam} missen {count} mensen iets wat noodzakelijk is om thuis te wonen"


def _about(head: pd.Series, rows: pd.DataFrame) -> str:
    minimum = int(head["minimum"])
    needed = rows[rows["graad"] == "N"]
    known, unknown = needed[needed["mensen"].notna()], needed[needed["hoe"] == how_known("onbekend")]
    sentences = []
    if is_known(head["mensen"]) and head["mensen"] >= minimum:
        sentences.append(f"Tussen {_people_text(head['onder'], minimum)} en {_people_text(head['boven'], minimum)} mensen.")
    if len(known):
        names = [f"{_small(row.titel)} ({row.mensen_tekst} mensen)" for row in known.head(MOST_NAMED).itertuples()]
        sentences.append(f"Het vaakst ontbreekt: {' en '.join(names)}.")
    if len(unknown):
        most = unknown["onbekend_tot"].max()
        reach = f" De grootste kan tot {dutch(rounded_people(most))} mensen raken." if is_known(most) else ""
        sentences.append(f"Van {len(unknown)} noodzakelijke voorwaarden is nog niet bekend of zij er zijn.{reach}")
    return " ".join(sentences)


def _small(title: str) -> str:
    return title[0].lower() + title[1:]
