"""The map of Doorrekenen, and the same without a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from wwz.ask.absent import reasons_of
from wwz.base.errors import Fout
from wwz.base.rd import to_degrees
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import assign, counted, make_classes
from wwz.maps.inks import ACCENT, INK, PURPLE, RED
from wwz.own import plans
from wwz.own.plans import CLOSE, OPEN, Change
from wwz.planning import whatif
from wwz.planning.shift import Shift
from wwz.planning.situation import Situation
from wwz.ui.doorrekenen import current as whatifstate
from wwz.ui.doorrekenen.current import Question
from wwz.ui.shared import parts
from wwz.ui.shared.clickmap import Click, Look, clickmap
from wwz.ui.shared.kaart import MapLayer
from wwz.ui.shared.legends import legend

MAP_HEIGHT = 430
LOOKS = {
    "er": Look("Is er al", INK, 5.5),
    "dicht": Look("Gaat dicht", RED, 8, hollow=True),
    "nieuw": Look("Komt erbij", ACCENT, 8.5),
    "ander": Look("Andere wijziging in het plan", PURPLE, 6.5, hollow=True),
    "voorstel": Look("Voorstel", ACCENT, 8.5, hollow=True),
}


def draw(question: Question, found: tuple[Change, ...], moved: Shift, offered: Sequence[Change]) -> None:
    """The map; a click changes the plan before the run that follows."""

    def pointed(click: Click) -> None:
        _try(lambda: plans.toggled(found, click.point, click.lat, click.lon, question.soort))

    layer, classes = _layer(question, moved)
    clickmap(
        question.area,
        points(moved.situation, found, offered),
        key=f"doorrekenen-{'-'.join(question.area.codes)[:60]}",
        height=MAP_HEIGHT,
        looks=LOOKS,
        layer=layer,
        on_click=pointed,
    )
    if layer is not None:
        legend(classes, layer.title)
        group = whatif.groups(question.area, question.norm)[question.group]
        parts.note(
            f"De kleur: hoeveel mensen dit met het plan niet binnen bereik hebben, per {question.area.smallest}. Groep: {group}."
        )


def _try(make) -> None:
    try:
        whatifstate.change_plan(make())
    except Fout as fout:
        whatifstate.trouble(" ".join(fout.zinnen))


def points(there: Situation, found: Sequence[Change], offered: Sequence[Change] = ()) -> pd.DataFrame:
    """Everything that is a point: columns id, kind, naam, lat, lon. The id of a proposal is not a point to click."""
    closed = {change.point for change in found if change.wat == CLOSE}
    sites = there.nearby
    kinds = ["dicht" if code in closed else "er" for code in sites["id"]]
    shown = set(sites["id"])
    own = [c for c in found if c.point not in shown]
    rows = [
        {"id": c.point, "kind": _kind(c, there), "naam": describe(c, there), "lat": c.lat, "lon": c.lon}
        for c in own
    ]
    rows += [
        {"id": f"voorstel-{n}", "kind": "voorstel", "naam": f"Voorstel {n}", "lat": c.lat, "lon": c.lon}
        for n, c in enumerate(offered, 1)
    ]
    new = pd.DataFrame(rows, columns=["id", "kind", "naam", "lat", "lon"])
    return pd.concat([sites.assign(kind=kinds)[list(new.columns)], new], ignore_index=True)


def _kind(change: Change, there: Situation) -> str:
    return "nieuw" if change.wat == OPEN and change.soort in there.norm.voorzieningen else "ander"


def describe(change: Change, there: Situation) -> str:
    """A change in words: what, and in which buurt or under which name."""
    known = there.sites.loc[there.sites["id"] == change.point, "naam"]
    if change.wat == CLOSE and len(known):
        return f"Dicht: {known.iloc[0] or 'zonder naam'}, {there.near(change)}"
    if change.wat == CLOSE and change.soort in there.norm.voorzieningen:
        return f"Dicht: staat niet meer in de gegevens ({there.near(change)})"
    return f"{'Erbij' if change.wat == OPEN else 'Dicht'} in {there.near(change)}"


def _layer(question: Question, moved: Shift) -> tuple[MapLayer | None, object]:
    """People of the group without this within reach, per buurt, with the plan; classes of now, so colours stay."""
    file = boundaries(question.area.store, question.area, question.area.smallest)
    if file is None:
        return None, None
    rows = whatif.without(moved, question.area, question.group)
    classes = make_classes(
        rows["nu"], count=4, decimals=0, unit="mensen", direction="meer_is_slechter", ramp="knelpunt"
    )
    values = rows.set_index("buurt")["plan"].reindex(list(file.codes))
    # What was measured has a number; where it is missing all the same, it is about too few people.
    hidden = rows["plan"].isna() & moved.situation.measured
    reasons = reasons_of(rows.assign(gebied=rows["buurt"], verborgen=hidden))
    digits = assign(values, classes, reasons)
    classes = counted(classes, digits, question.area.store.about()["minimum"])
    title = f"Mensen die dit niet binnen bereik hebben: {question.norm.titel.lower()}"
    layer = MapLayer(file, digits, classes.colours, classes.labels, title, classes.absent)
    return layer, classes


def without_map(question: Question, found: tuple[Change, ...], there: Situation) -> None:
    """The same choices from lists."""
    with st.expander("Zonder kaart: kies uit een lijst"):
        left, right = st.columns(2)
        with left:
            _open_somewhere(question, found, there)
        with right:
            _close_something(question, found, there)


def _open_somewhere(question: Question, found: tuple[Change, ...], there: Situation) -> None:
    names = dict(there.buurten.loc[there.measured, ["buurt", "naam"]].itertuples(index=False))
    buurt = st.selectbox(
        "Zet er een bij, midden tussen de mensen van",
        sorted(names, key=names.get),
        format_func=names.get,
        key="doorrekenen-buurt",
    )

    def put() -> None:
        lat, lon = to_degrees(there.middle(st.session_state["doorrekenen-buurt"]))[0]
        place = Change(
            OPEN, question.soort, round(float(lat), plans.DECIMALS), round(float(lon), plans.DECIMALS)
        )
        _try(lambda: plans.add(found, place))

    st.button("Zet erbij", on_click=put, disabled=buurt is None)


def _close_something(question: Question, found: tuple[Change, ...], there: Situation) -> None:
    rows = there.nearby[~there.nearby["id"].isin([change.point for change in found])]
    names = {r.id: f"{r.naam or 'zonder naam'} ({r.buurt})" for r in rows.itertuples()}
    if not names:
        parts.note("Er is hier niets wat dicht kan.")
        return
    point = st.selectbox(
        "Sluit", sorted(names, key=names.get), format_func=names.get, key="doorrekenen-sluit"
    )

    def close() -> None:
        _try(
            lambda: plans.toggled(
                found, st.session_state["doorrekenen-sluit"], np.nan, np.nan, question.soort
            )
        )

    st.button("Sluit deze", on_click=close, disabled=point is None)
