"""What a woonservicegebied has and lacks, on screen: the score, the three arrangements, what somebody gives, and the norms."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.export.servicearea import make_score_pdf
from wwz.knowledge import serviceareas
from wwz.knowledge.serviceareas import Norm
from wwz.own.areas import said as ownsaid
from wwz.servicearea.score import NOTHING, Judged, area_key, arrangements, headline, score
from wwz.servicearea.within import OLDER, older_assumed
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.folds import folded
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table
from wwz.words.numbers import dutch

SCORED = [
    Column("titel", "Onderdeel", sub_field="uitleg"),
    Column("status", "Is het er?", tag_field="soort"),
    Column("tekst", "Waar het uit blijkt"),
]
BESIDE = [
    Column("titel", "Arrangement", sub_field="uitleg"),
    Column("ontbreekt", "Zou hier missen"),
    Column("deels", "Deels aanwezig"),
    Column("onbekend", "Eerst uitzoeken"),
    Column("aanwezig", "Is er", align="right"),
]
WHICH, STATUS, WHY = "onderdeel-welk", "onderdeel-status", "onderdeel-waarom"
GIVE, NORM = "onderdeel-knop", "wsg-norm-knop"


def score_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    try:
        found = score(store, area)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
        return
    parts.sentence(f"{headline(area, found)}.")
    _tables(found)
    _beside(found)
    folded("Opgeven wat er is", lambda: _give(store, area), "onderdeel-opgeven")
    folded("Normen aanpassen", lambda: _norms(store), "onderdeel-normen")
    parts.note(serviceareas.section("onderdelen")["eigen"])
    if any(norm.wie == OLDER for norm in ownsaid.norms(store.path).values()):
        parts.note(older_assumed())
    parts.source_line(serviceareas.source("onderdelen"))
    st.download_button(
        "Neem mee als PDF", lambda: make_score_pdf(area, found), f"woonservicegebied-{area.link[0]}.pdf",
        "application/pdf", on_click="ignore", key="score-pdf",
    )  # fmt: skip


def _tables(found: list[Judged]) -> None:
    for code, title in serviceareas.titles("groep").items():
        rows = [
            {
                "titel": one.onderdeel.titel, "uitleg": one.onderdeel.uitleg, "status": one.status,
                "soort": one.soort if one.soort != NOTHING else "", "tekst": one.tekst,
            }
            for one in found
            if one.onderdeel.groep == code
        ]  # fmt: skip
        Table(rows, SCORED, title).short(folds=True)


def _beside(found: list[Judged]) -> None:
    rows = []
    for row in arrangements(found).to_dict("records"):
        named = {s: ", ".join(row[s]) or "niets" for s in ("ontbreekt", "deels", "onbekend")}
        rows.append({**row, **named, "aanwezig": f"{len(row['aanwezig'])} van {row['nodig']}"})
    Table(rows, BESIDE, "Drie arrangementen naast elkaar").short(folds=True)
    parts.note(
        "Welke onderdelen een cliëntarrangement en een woonzorgproject niet kunnen missen, is onze aanname. De bron beschrijft de drie, zonder lijst per arrangement."
    )


def _give(store: Store, area: Area) -> None:
    if not permission.gate("-onderdeel", "gebied"):
        return
    titles = {code: one.titel for code, one in serviceareas.onderdelen().items()}

    def keep() -> str:
        code, status, why = (st.session_state[name] for name in (WHICH, STATUS, WHY))
        who = permission.editor_name()
        ownsaid.say(store.path, area_key(area), [(code, status, why)], who, gezien=seen(GIVE))
        return f"Bewaard: {titles[code]} is {status}."

    with st.form("onderdeel-formulier"):
        st.selectbox("Onderdeel", list(titles), format_func=titles.get, key=WHICH)
        st.radio("Is het er?", serviceareas.STATUSES, horizontal=True, index=3, key=STATUS)
        st.text_input("Waar blijkt het uit?", max_chars=ownsaid.LONGEST, key=WHY)
        press("Opgeven", keep, GIVE, place=st.form_submit_button, of=store.path)
    parts.note("Kies onbekend om een opgave terug te nemen: dan gelden de gegevens weer.")


def _norms(store: Store) -> None:
    known, titles = ownsaid.norms(store.path), serviceareas.onderdelen()
    rows = [
        {"titel": titles[part].titel, "norm": _in_words(norm)} for (part, _), norm in known.items()
    ]  # fmt: skip
    Table(
        pd.DataFrame(rows), [Column("titel", "Onderdeel"), Column("norm", "Norm")], "Normen die gelden"
    ).short()
    parts.note("De normen gelden voor alle gebieden. Zoals geleverd zijn zij onze aanname.")
    if not permission.gate("-norm", "gebied"):
        return
    named = {key: f"{titles[key[0]].titel}: {serviceareas.voorziening(key[1])}" for key in known}
    chosen = st.selectbox("Welke norm?", list(named), format_func=named.get, key="wsg-norm")
    now = known[chosen]
    meters = serviceareas.metres(now.code)
    mark = "-".join(chosen)
    meter, part, who = st.columns(3)
    meter.selectbox(
        "Binnen hoeveel meter?", meters, meters.index(now.meter) if now.meter in meters else 0, format_func=dutch, key=f"wsg-meter-{mark}"
    )  # fmt: skip
    part.number_input("Van hoeveel procent?", 1, 100, int(now.procent), key=f"wsg-procent-{mark}")
    groups = list(serviceareas.GROUPS)
    who.selectbox("Van wie?", groups, groups.index(now.wie), format_func=serviceareas.GROUPS.get, key=f"wsg-wie-{mark}")  # fmt: skip

    def keep() -> str:
        asked = {name: st.session_state[f"wsg-{name}-{mark}"] for name in ("meter", "procent", "wie")}
        new = Norm(now.code, asked["meter"], float(asked["procent"]), asked["wie"])
        ownsaid.set_norm(store.path, chosen[0], new, permission.editor_name(), gezien=seen(NORM))
        return f"Bewaard: {_in_words(new)}."

    press("Bewaar deze norm", keep, NORM, of=store.path)


def _in_words(norm: Norm) -> str:
    what = f"{serviceareas.voorziening(norm.code)} binnen {dutch(norm.meter)} meter"
    return f"{dutch(norm.procent)}% van de {serviceareas.GROUPS[norm.wie]} heeft {what}"
