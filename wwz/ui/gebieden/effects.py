"""The effectenarena on screen: measures, the proven effects they aim at, who pays and who gains; to print on one page."""

from __future__ import annotations

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.layerwords import no_effect
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.export.servicearea import make_arena_pdf
from wwz.knowledge import serviceareas
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Maatregel
from wwz.servicearea.effects import Arena, Suggested, arena, suggestions
from wwz.servicearea.score import area_key, score
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.folds import folded
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table

MEASURES = [
    Column("titel", "Wat wij doen", sub_field="onderdeel"),
    Column("investeert", "Wie investeert"),
    Column("effecten", "Effect waar het zich op richt"),
]
EFFECTS = [
    Column("titel", "Aangetoond effect"),
    Column("maatregelen", "Maatregelen die zich erop richten"),
    Column("mensen", "Mensen om wie het kan gaan"),
    Column("baat", "Wie heeft er baat bij", sub_field="hoe"),
]
PARTIES = [
    Column("titel", "Partij"),
    Column("betaalt", "Investeert in", align="right"),
    Column("baat", "Heeft baat bij", align="right"),
]
GONE = "arena-weg-knop"
TITLE, AIMS, PAYS, PART, DROP = (
    f"arena-{name}" for name in ("titel", "effecten", "partijen", "onderdeel", "weg")
)


def effects_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    try:
        found = arena(store, area)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
        return
    parts.sentence(f"{found.kop}.")
    _tables(found)
    if permission.may_edit("gebied"):
        folded("Maatregel erbij of eraf", lambda: _change(store, area, found), "arena-wijzig")
    folded("Voorstellen uit wat ontbreekt en uit de agenda", lambda: _suggest(store, area), "arena-voorstel")
    parts.note(
        f"{serviceareas.section('effecten')['noot']} Wie baat heeft bij een effect, is onze aanname. Het aantal mensen is wie er woont, niet wie er beter van wordt."
    )
    parts.note(no_effect())
    parts.source_line(serviceareas.source("effecten"))
    st.download_button(
        "Neem mee als PDF op één pagina", lambda: make_arena_pdf(area, found), f"effectenarena-{area.link[0]}.pdf",
        "application/pdf", on_click="ignore", key="arena-pdf",
    )  # fmt: skip


def _tables(found: Arena) -> None:
    effects, parties = serviceareas.effects(), serviceareas.titles("partij")
    known = serviceareas.onderdelen()
    if found.maatregelen:
        rows = [
            {
                "titel": one.titel,
                "onderdeel": known[one.onderdeel].titel if one.onderdeel in known else "",
                "investeert": ", ".join(parties[code] for code in one.investeert),
                "effecten": "; ".join(effects[code].titel for code in one.effecten),
            }
            for one in found.maatregelen
        ]
        Table(rows, MEASURES, "Maatregelen").short(folds=True)
    aimed = [
        {
            "titel": one.titel,
            "maatregelen": "; ".join(one.maatregelen) or "nog geen",
            "mensen": one.mensen,
            "baat": ", ".join(one.baat),
            "hoe": "aanname",
        }
        for one in found.effecten
    ]
    Table(aimed, EFFECTS, "Effecten").short(folds=True)
    if found.maatregelen:
        rows = [
            {"titel": title, "betaalt": counted("{n} [maatregel|maatregelen]", pays), "baat": counted("{n} [effect|effecten]", gains)}
            for title, pays, gains in found.partijen
        ]  # fmt: skip
        Table(rows, PARTIES, "Wie investeert en wie er baat bij heeft").short()


def _change(store: Store, area: Area, found: Arena) -> None:
    if not permission.gate("-arena", "gebied"):
        return
    effects = {code: one.titel for code, one in serviceareas.effects().items()}
    parties = serviceareas.titles("partij")
    known = {"": "bij geen onderdeel"} | {code: one.titel for code, one in serviceareas.onderdelen().items()}

    def keep() -> str:
        said = st.session_state
        new = Maatregel("", said[TITLE], said[PART], tuple(said[AIMS]), tuple(said[PAYS]))
        ownsaid.add_measure(store.path, area_key(area), new, permission.editor_name())
        return "De maatregel is bewaard."

    with st.form("arena-formulier", clear_on_submit=True):
        st.text_input("Wat gaat u doen?", max_chars=ownsaid.LONGEST, key=TITLE)
        st.selectbox("Voor welk onderdeel?", list(known), format_func=known.get, key=PART)
        st.multiselect("Aan welke effecten draagt het bij?", list(effects), format_func=effects.get, key=AIMS, placeholder="Kies effecten")  # fmt: skip
        st.multiselect("Wie investeert?", list(parties), format_func=parties.get, key=PAYS, placeholder="Kies partijen")  # fmt: skip
        press("Bewaar deze maatregel", keep, "arena-knop", place=st.form_submit_button)
    _drop(store, area, found)


def _drop(store: Store, area: Area, found: Arena) -> None:
    if not found.maatregelen:
        return
    titles = {one.id: one.titel for one in found.maatregelen}
    st.selectbox("Maatregel weghalen", list(titles), index=None, format_func=titles.get, key=DROP, placeholder="Kies een maatregel")  # fmt: skip

    def gone() -> str:
        chosen = st.session_state[DROP]
        if not chosen:
            raise Fout("Kies eerst de maatregel die weg kan.")
        who = permission.editor_name()
        ownsaid.drop_measure(store.path, area_key(area), chosen, who, gezien=seen(GONE))
        return "De maatregel is weg."

    press("Haal weg", gone, GONE, of=store.path)


def _suggest(store: Store, area: Area) -> None:
    try:
        found = suggestions(store, area, score(store, area))
    except Fout as fout:
        parts.show_error(fout)
        return
    if not found:
        parts.empty("Er is niets dat ontbreekt of onbekend is, en waar nog geen maatregel bij staat.")
        return
    parties = serviceareas.titles("partij")
    rows = [
        {
            "titel": one.maatregel.titel,
            "onderdeel": one.waarom,
            "investeert": ", ".join(parties[code] for code in one.maatregel.investeert),
            "effecten": "; ".join(serviceareas.effects()[code].titel for code in one.maatregel.effecten),
        }
        for one in found
    ]
    Table(rows, MEASURES, "Wat zou kunnen; wie investeert en de effecten zijn onze aanname").short(folds=True)
    if permission.gate("-overnemen", "gebied"):
        _take_over(store, area, found)


def _take_over(store: Store, area: Area, found: list[Suggested]) -> None:
    titles = {one.maatregel.onderdeel: one.maatregel.titel for one in found}
    st.multiselect("Welke neemt u over?", list(titles), format_func=titles.get, key="arena-over", placeholder="Kies maatregelen")  # fmt: skip

    def take() -> str:
        chosen = st.session_state["arena-over"]
        if not chosen:
            raise Fout("Kies eerst wat u wilt overnemen.")
        taken = [one.maatregel for one in found if one.maatregel.onderdeel in chosen]
        ownsaid.add_measures(store.path, area_key(area), taken, permission.editor_name())
        return counted("{n} [maatregel|maatregelen] overgenomen.", len(chosen))

    press("Neem over", take, "arena-over-knop")
