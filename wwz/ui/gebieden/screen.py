"""The screen Gebieden: what there is, composing, and proposals, each behind a tab."""

from __future__ import annotations

from functools import partial

import pandas as pd

from wwz.ask.area import Area, missing_members
from wwz.ask.ownareas import inhabitants
from wwz.base.counted import counted
from wwz.base.dates import short_day
from wwz.own import areas as ownareas
from wwz.servicearea.measure import measure
from wwz.store import Store
from wwz.ui.gebieden.compose import compose_screen
from wwz.ui.gebieden.effects import effects_screen
from wwz.ui.gebieden.proposal import proposal_screen
from wwz.ui.gebieden.score import score_screen
from wwz.ui.gebieden.zone import zone_screen
from wwz.ui.shared import parts, state
from wwz.ui.shared.folds import tabs
from wwz.ui.shared.table import Column, Table
from wwz.words.numbers import dutch

LISTED = [
    Column("naam", "Gebied", sub_field="doel"),
    Column("inwoners", "Inwoners", text_field="inwoners_tekst", kind="number", sub_field="maat"),
    Column("buurten", "Buurten", kind="number"),
    Column("eigenaar", "Van wie", sub_field="wie"),
    Column("versie", "Versie", kind="number", sub_field="wanneer"),
]
NONE = "Er zijn nog geen eigen gebieden. Stel er een samen, of laat ze voorstellen."


def areas_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    parts.title(_headline(area, len(ownareas.kept(store.path))), _about(area))
    tabs(
        {
            "Samenstellen": partial(compose_screen, store, area),
            "Voorstel": partial(proposal_screen, store, area),
            "Wat is er?": partial(score_screen, store, area),
            "Centrale zone": partial(zone_screen, store, area),
            "Effecten": partial(effects_screen, store, area),
            "Alle eigen gebieden": partial(_all, store),
        },
        key="gebieden-tabs",
    )


def _headline(area: Area, number: int) -> str:
    if area.eigen:
        return f"{area.naam} is een eigen gebied van {counted('{n} [buurt|buurten]', len(area.buurten))}"
    return (
        counted("Er [is {n} eigen gebied|zijn {n} eigen gebieden]", number)
        if number
        else "Maak een eigen gebied"
    )


def _about(area: Area) -> str:
    what = f"{area.eigen.replace('@', ', versie ')} · " if area.eigen else ""
    return f"{what}Een eigen gebied is op elk scherm te kiezen, net als een wijk. Gebieden mogen overlappen."


def _all(store: Store) -> None:
    kept = ownareas.kept(store.path)
    if not kept:
        parts.empty(NONE)
        return
    people = inhabitants(store)
    rows = []
    for one in kept:
        whole = not missing_members(store, one)
        rows.append(
            {
                "code": one.code, "naam": one.naam, "doel": one.doel, "eigenaar": one.eigenaar, "wie": f"gemaakt door {one.wie}",
                "versie": one.versie, "wanneer": short_day(one.wanneer), "buurten": len(one.buurten),
                "inwoners": people.reindex(one.buurten).sum() if whole else None,
                "inwoners_tekst": dutch(people.reindex(one.buurten).sum()) if whole else "onbekend",
                "maat": measure(store, one.buurten).maat if whole else "buurten ontbreken in de gegevens",
            }
        )  # fmt: skip
    parts.note("Kies een gebied om het te openen.", printed=False)
    Table(pd.DataFrame(rows), LISTED, "Eigen gebieden").sortable(
        key="eigen-gebieden", row_key="code", rows_per_page=15, on_pick=_open
    )


def _open(code: str) -> None:
    state.change(gebied=(code,), gekozen="", plaats=None)
