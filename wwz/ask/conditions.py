"""Randvoorwaarden for one doelgroep: what is needed, why, and what is known of it in an area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.narrowing import ways
from wwz.ask.stated import by_statements
from wwz.base.counted import counted
from wwz.base.sentence import capital, listed
from wwz.knowledge import catalogue, domain, load_toml
from wwz.own import given
from wwz.own.eisen import matrix
from wwz.own.eisen.apply import titles
from wwz.store import Store
from wwz.words.numbers import (
    bound_text,
    dutch,
    is_known,
    part_text,
    people_between,
    rounded_people,
    says_little,
    value_text,
)

UNKNOWN, BOUNDED = "onbekend", "begrensd"
CONTRADICTION = "Twee bronnen spreken elkaar hier tegen; dit is het ruimste van de twee."
TOO_COARSE = "te grof"
# What rests on a rough assumption alone.
ASSUMED = "woning"


def requirements(database: Path, doelgroep: str) -> pd.DataFrame:
    """The matrix of one doelgroep as it holds here: a row per randvoorwaarde, a column per mantelzorgsituatie.

    Returns
    -------
    pandas.DataFrame
        Columns groep, titel, uitleg, inwonend, uitwonend, geen (the degree in words), reden, hoe_bekend, afwijking
        (what was shipped, where this municipality differs). Rows that apply in no situation are left out.
    """
    known, named = domain.domein(), titles(database)
    frame = matrix.effective(database)
    frame = frame[frame["doelgroep"] == doelgroep]
    rows = []
    for code, condition in known.randvoorwaarden.items():
        cells = {row.mantelzorg: row for row in frame[frame["randvoorwaarde"] == code].itertuples()}
        if all(cell.graad == "-" for cell in cells.values()):
            continue
        own = [cell for cell in cells.values() if cell.eigen]
        rows.append(
            {
                "groep": known.groepen[condition.groep].titel,
                "titel": named[code],
                "uitleg": condition.uitleg,
                **{carer: _degree(cells[carer].graad) for carer in known.mantelzorg},
                "reden": _reason(cells),
                "hoe_bekend": "opgegeven"
                if own
                else "aanname"
                if any(c.merk == "A" for c in cells.values())
                else "gepubliceerd",
                "afwijking": "; ".join(
                    f"{known.mantelzorg[c.mantelzorg].titel.lower()}: {_degree(c.geleverd)}" for c in own
                ),
            }
        )
    return pd.DataFrame(rows)


def _degree(code: str) -> str:
    return domain.domein().graden[code].titel


def _reason(cells: Any) -> str:
    """One reason where all situations share it; otherwise the reason of the strictest situation."""
    order = {code: rank for rank, code in enumerate(domain.domein().graden)}
    return min(cells.values(), key=lambda cell: order[cell.graad]).reden


@by_statements
def status_rows(store: Store, area: Area, doelgroep: str, carer: str) -> pd.DataFrame:
    """What is known in an area, a row per randvoorwaarde that applies.

    Returns
    -------
    pandas.DataFrame
        Columns groep, titel, graad, reden (also says where this municipality differs), status, waarom (from which
        figure, or how to find out), mensen_tekst and marge_tekst (people of this doelgroep and situation who lack it),
        zeker and mogelijk (of those who need it the part that lacks it at least and at most, 0 to 1; missing where unknown),
        bron.
    """
    frame = store.ask(
        "randvoorwaarden",
        buurten=list(area.buurten),
        doelgroep=doelgroep,
        mantelzorg=carer,
        **given.parameters(given.read(store.path)),
    )
    groups = domain.domein().groepen
    frame = frame.assign(status=frame["status"].mask(frame["begrensd"].astype(bool), BOUNDED))
    # A bar of what is unknown would look like a bar of what nobody lacks.
    shown = frame["status"] != UNKNOWN
    # Of an assumption nothing is certain, as in the bars of the agenda.
    certain = frame["zeker"].mask(frame["hoe_bekend"] == ASSUMED, 0.0)
    frame = frame.assign(zeker=certain.where(shown), mogelijk=frame["mogelijk"].where(shown))
    frame = frame.assign(
        hoe_uitzoeken=[ways(store, row.code, row.hoe_uitzoeken) for row in frame.itertuples()]
    )
    return frame.assign(
        groep=[groups[g].titel for g in frame["groep"]],
        graad=[_degree(g) for g in frame["graad"]],
        reden=[_own_reason(row) for row in frame.to_dict("records")],
        mensen_tekst=[_people(row) for row in frame.to_dict("records")],
        marge_tekst=[_margin(row) for row in frame.to_dict("records")],
        waarom=[why(row) for row in frame.to_dict("records")],
    )


def _own_reason(row: dict) -> str:
    return (
        f"Eigen eis: {row['reden']} Geleverd was: {_degree(row['geleverd'])}."
        if row["eigen"]
        else row["reden"]
    )


def _people(row: dict) -> str:
    if row["status"] == BOUNDED:
        return bound_text(row["minst"], row["meest"], int(row["minimum"]), row["mogelijk"])
    if row["verborgen"]:
        return f"<{int(row['minimum'])}"
    return dutch(rounded_people(row["mensen"])) if is_known(row["mensen"]) else "?"


def _margin(row: dict) -> str:
    """The interval; for what is unknown or bounded, up to how many people it may touch."""
    if row["status"] == BOUNDED:
        return part_text(row["zeker"], row["mogelijk"]) + says_little(row["zeker"], row["mogelijk"])
    if is_known(row["mensen"]):
        return people_between(row["mensen_onder"], row["mensen_boven"], int(row["minimum"]))
    if row["verborgen"] or not is_known(row["onbekend_tot"]):
        return ""
    return f"tot {dutch(rounded_people(row['onbekend_tot']))}"


def why(row: dict) -> str:
    """What the status rests on, or how to find out. `row`: as sql/answers/randvoorwaarden.sql gives it."""
    return " ".join(filter(None, (_why(row), _signals(row))))


def _why(row: dict) -> str:
    if row["status"] == BOUNDED:
        against = f" {CONTRADICTION}" if row["tegenspraak"] else ""
        return f"{how_bounded(row['grens_hoe'])}.{against} Zo wordt dit preciezer: {row['hoe_uitzoeken']}"
    if row["status"] == UNKNOWN:
        coarse = (
            f"Een gemiddelde afstand is te grof voor {dutch(row['norm_m'])} meter. "
            if row["hoe_bekend"] == TOO_COARSE
            else ""
        )
        return coarse + no_source(row.get("code", row.get("randvoorwaarde", ""))) + row["hoe_uitzoeken"]
    if row["hoe_bekend"] == "gemiddelde":
        indicator = catalogue().get(row["indicator"])
        mean = (
            f"{indicator.titel}: gemiddeld {value_text(row['waarde'], indicator)} over de weg ({int(row['jaar'])}). "
            if indicator
            else ""
        )
        return f"{mean}De grens is {dutch(row['norm_m'])} meter."
    return f"{how_known(row['hoe_bekend'])}: {share_text(row)}"


def how_known(code: str) -> str:
    """Where a judgement comes from, in words (confrontatie.toml); the first letter is a capital."""
    words = load_toml("confrontatie.toml")["hoe"].get(code, code)
    return capital(words)


def no_source(code: str) -> str:
    """Why nothing that is open can say it, with a space behind it; empty where a rule may."""
    reason = load_toml("confrontatie.toml")["geen_bron"].get(code, "")
    return f"{reason} " if reason else ""


def _signals(row: dict) -> str:
    """What says something of it and never decides."""
    known = load_toml("confrontatie.toml")
    words, digits = known["signaal"], known["signaal_cijfers"]
    found = row.get("signalen")
    lines = [
        words[s["hoe"]].format(
            waarde=dutch(s["waarde"], digits.get(s["hoe"], 1)) if is_known(s["waarde"]) else "?",
            jaar=s["jaar"],
            buurten=s["buurten"],
        )
        for s in (found if found is not None else ())
        if s["hoe"] in words
    ]
    return " ".join(f"Signaal: {line}" for line in lines)


def how_bounded(codes: str) -> str:
    """Where a bound comes from, in words; `codes`: kinds of rules with a comma between them."""
    return f"Begrensd: {bound_reason(codes)}"


def bound_reason(codes: str) -> str:
    """The same, inside a sentence."""
    words = load_toml("confrontatie.toml")["hoe"]
    levels: dict[str, list[str]] = {}
    for kind, _, level in (code.partition("_") for code in codes.split(",") if code):
        levels.setdefault(kind, []).extend([level] if level else [])
    return ", en ".join(
        words.get(kind, kind) + (f" (geteld per {' en '.join(sorted(found))})" if found else "")
        for kind, found in levels.items()
    )


def share_text(row: dict) -> str:
    """Which part of the people lack it, with its margin."""
    low, high = (dutch(100 * row[edge]) for edge in ("onder", "boven"))
    margin = "" if low == high else f" (tussen {low} en {high}%)"
    return f"ongeveer {dutch(100 * row['aandeel'])}% van de mensen mist dit{margin}."


def summary(rows: pd.DataFrame, area: Area, title: str) -> str:
    """One sentence: how many necessary conditions are met, missing or unknown."""
    needed = rows[rows["graad"] == _degree("N")]
    counts = needed["status"].value_counts()
    words = [
        f"{counts[status]} {word}"
        for status, word in (
            ("voldoet", "in orde"),
            ("deels", "deels in orde"),
            ("knelpunt", "een knelpunt"),
            (BOUNDED, "begrensd"),
            (UNKNOWN, "nog onbekend"),
        )
        if status in counts
    ]
    verb = "is" if words and words[0].startswith("1 ") else "zijn"
    return counted(
        "Voor {wie} in {naam} [is|zijn] {n} [randvoorwaarde|randvoorwaarden] noodzakelijk. Daarvan {zijn} er {deel}.",
        len(needed),
        wie=title.lower(),
        naam=area.naam,
        zijn=verb,
        deel=listed(words) or "0",
    )
