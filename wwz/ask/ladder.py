"""The ladder between a limitation and the doelgroepen: which groups have it, and how severe it is in each group."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wwz.ask.accuracy import MARKS
from wwz.ask.area import Area
from wwz.ask.layer import available
from wwz.knowledge import Indicator, catalogue, domain, load_toml
from wwz.knowledge.groupnames import indicator_code
from wwz.model.tables import MODEL
from wwz.store import Store, remembered
from wwz.words.numbers import NOT_SHOWN, dutch, is_known, people, people_range, value_text
from wwz.words.sentences import year_of

FULL, EMPTY = "●", "○"


@remembered
def limitations(store: Store) -> dict[str, str]:
    """Limitations that a doelgroep can have and that have figures: layer → title, in the order of the catalogue."""
    wanted = set(domain.domein().lagen)
    rows = [catalogue()[code] for code in available(store)["code"]]
    return {row.laag: row.kort for row in rows if row.laag in wanted}


def doelgroepen() -> dict[str, str]:
    """Doelgroepen by code, with their titles."""
    return {code: group.titel for code, group in domain.doelgroepen().items()}


def small(title: str) -> str:
    """A title inside a sentence."""
    return title[0].lower() + title[1:]


@remembered
def indicator_of(store: Store, layer: str) -> Indicator:
    """The figure of a layer: of 18+ where there is one, otherwise the first."""
    codes = [c for c in available(store)["code"] if catalogue()[c].laag == layer]
    return catalogue()[next((c for c in codes if catalogue()[c].groep == "18+"), codes[0])]


@remembered
def limitation_sentence(store: Store, area: Area, layer: str) -> str:
    """How many people have the limitation, and what the list below says."""
    indicator = indicator_of(store, layer)
    rows = area.figures([indicator.code])
    minimum = int(store.about()["minimum"])
    if len(rows) and rows.iloc[0]["verborgen"]:
        return f"{indicator.titel}: in {area.naam} minder dan {minimum} mensen."
    if rows.empty or not is_known(rows.iloc[0]["waarde"]):
        return f"Hoeveel mensen in {area.naam} dit hebben, is niet bekend."
    row = rows.iloc[0]
    count = people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum)
    margin = people_range(row, indicator, minimum)
    between = f" (tussen {margin.replace(' tot ', ' en ')})" if margin else ""
    return (
        f"{indicator.titel}: in {area.naam} ongeveer {count} mensen{between}, {value_text(row['waarde'], indicator)} van de "
        f"{indicator.mensen} ({year_of(row)}, {row['soort']})."
    )


@remembered
def consists_of(store: Store, area: Area, layer: str) -> pd.DataFrame:
    """The doelgroepen that often have a limitation, the largest first.

    Returns
    -------
    pandas.DataFrame
        doelgroep (code), titel, mensen (missing where not shown), mensen_tekst, marge_tekst, deel (which part of the
        limitation the group is, where the estimate says so), ernst, soort.
    """
    groups = [g for g in domain.doelgroepen().values() if layer in g.lagen or _share(g.code, layer)]
    known = {
        indicator_code(g.code): g for g in groups if indicator_code(g.code) in set(available(store)["code"])
    }
    sizes = area.figures(list(known)).set_index("indicator")
    minimum, field = int(store.about()["minimum"]), _domain_of(indicator_of(store, layer))
    rows = [
        _group_row(known[code], sizes.loc[code], layer, field, minimum)
        for code in known
        if code in sizes.index
    ]
    frame = pd.DataFrame(
        rows,
        columns=["doelgroep", "titel", "mensen", "mensen_tekst", "marge_tekst", "deel", "ernst", "soort"],
    )
    return frame.sort_values("mensen", ascending=False, na_position="last", kind="stable").reset_index(
        drop=True
    )


def _group_row(group: Any, row: pd.Series, layer: str, field: str, minimum: int) -> dict:
    indicator = catalogue()[indicator_code(group.code)]
    shown = row["soort"] != NOT_SHOWN
    count = people(row["teller"], hidden=bool(row["verborgen"]), counted=bool(row["geteld"]), minimum=minimum)
    return {
        "doelgroep": group.code,
        "titel": group.titel,
        "mensen": row["teller"],
        "mensen_tekst": count if shown else NOT_SHOWN,
        "marge_tekst": people_range(row, indicator, minimum) if shown else "",
        "deel": _part(group.code, layer),
        "ernst": next((_severity(b) for b in group.beperkingen if b.domein == field), ""),
        "soort": row["soort"],
    }


def _domain_of(indicator: Indicator) -> str:
    """Code of the functional domain of a layer."""
    titles = {f.titel.lower(): code for code, f in domain.domein().functiedomeinen.items()}
    for title, code in titles.items():
        if indicator.domein and (title.startswith(indicator.domein) or indicator.domein in title):
            return code
    return titles.get(indicator.domein, "")


def _part(group: str, layer: str) -> str:
    share = _share(group, layer)
    return f"{dutch(100 * share, 0 if share >= 0.1 else 1)}% van deze laag (65+)" if share else "niet bekend"


def _share(group: str, layer: str) -> float:
    """Which part of the people with this limitation the group is, where the estimate is made that way; else 0."""
    recipe: dict[str, Any] = next(
        (g for g in load_toml("doelgroepen.toml", MODEL)["doelgroep"] if g["code"] == group), {}
    )
    whole = catalogue().get(recipe.get("deel_van", ""))
    return float(recipe["deel"]) if whole and whole.laag == layer else 0.0


def rest_sentence(layer: str) -> str:
    """Which part of a limitation belongs to none of the doelgroepen, where the estimate says so."""
    together = sum(_share(code, layer) for code in domain.doelgroepen())
    if not together:
        return ""
    return f"Samen zijn deze delen {dutch(100 * together)}%. De andere {dutch(100 - 100 * together)}% hoort bij geen van deze groepen (aanname)."


def _severity(limitation: Any) -> str:
    known = domain.domein().ernst
    low, high = known[limitation.ernst_van], known[limitation.ernst_tot]
    order = list(known)
    top = order.index(limitation.ernst_tot)
    scale = FULL * top + EMPTY * (len(order) - 1 - top)
    words = low.titel if low.code == high.code else f"{low.titel} tot {high.titel}"
    return f"{scale} {words}"


def limitations_of(group: str) -> pd.DataFrame:
    """The limitations of a doelgroep by functional domain.

    Returns
    -------
    pandas.DataFrame
        titel, uitleg, ernst, toelichting, hoe_bekend, bron; a row per domain.
    """
    known = domain.domein()
    return pd.DataFrame(
        [
            {
                "titel": known.functiedomeinen[b.domein].titel,
                "uitleg": known.functiedomeinen[b.domein].uitleg,
                "ernst": _severity(b),
                "toelichting": b.toelichting,
                "hoe_bekend": MARKS[b.merk],
                "bron": known.bronnen[b.bron].regel(b.jaar),
            }
            for b in known.doelgroepen[group].beperkingen
        ]
    )


@remembered
def layers_of(store: Store, group: str) -> dict[str, str]:
    """The layers on the map that are closest to a doelgroep."""
    known = limitations(store)
    return {layer: known[layer] for layer in domain.doelgroepen()[group].lagen if layer in known}


@remembered
def group_sentence(store: Store, area: Area, group: str) -> str:
    """How many people the doelgroep has here."""
    rows = (
        area.figures([indicator_code(group)])
        if indicator_code(group) in set(available(store)["code"])
        else pd.DataFrame()
    )
    title, minimum = domain.doelgroepen()[group].titel, int(store.about()["minimum"])
    if len(rows) and rows.iloc[0]["verborgen"]:
        return f"{title}: in {area.naam} minder dan {minimum} mensen."
    if rows.empty or not is_known(rows.iloc[0]["waarde"]):
        known = len(rows) and rows.iloc[0]["soort"] == NOT_SHOWN
        return f"{title}: hoeveel er in {area.naam} wonen, {'tonen we niet' if known else 'is niet bekend'}."
    row = rows.iloc[0]
    count = people(row["teller"], hidden=row["verborgen"], counted=row["geteld"], minimum=minimum)
    margin = people_range(row, catalogue()[indicator_code(group)], minimum)
    between = f", tussen {margin.replace(' tot ', ' en ')}" if margin else ""
    about = "" if row["geteld"] or row["verborgen"] else "ongeveer "
    return f"{title}: in {area.naam} {about}{count} mensen{between} ({year_of(row)}, {row['soort']})."
