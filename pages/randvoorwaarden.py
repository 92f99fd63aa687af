"""Randvoorwaarden: what a doelgroep needs to live at home, and what is known of it in the area."""

from functools import partial

import streamlit as st

from wwz.agenda.words import not_added
from wwz.ask import conditions
from wwz.knowledge import domain
from wwz.own.eisen import deviation
from wwz.ui.randvoorwaarden.dias import conditions_dias
from wwz.ui.randvoorwaarden.together import each_once
from wwz.ui.shared import parts, projection, state
from wwz.ui.shared.drawings import Range
from wwz.ui.shared.folds import tabs
from wwz.ui.shared.table import Column, Table

store, known = state.store(), domain.domein()
if projection.is_on():
    conditions_dias(store, state.chosen_area())
    state.publish()
    st.stop()
left, right = st.columns([1.15, 4.5], gap="medium")
with left:
    groups = {code: group.titel for code, group in known.doelgroepen.items()}
    state.bound(st.selectbox, "Doelgroep", "doelgroep", list(groups), format_func=groups.get)
    carers = {code: carer.titel for code, carer in known.mantelzorg.items()}
    state.bound(st.radio, "Mantelzorg", "mantelzorg", list(carers), format_func=carers.get)
    with st.expander("Over deze doelgroep"):
        group = known.doelgroepen[state.view().doelgroep]
        st.write(group.omschrijving)
        st.write(f"Netwerk: {group.netwerk}")
        st.caption(
            f"Leeftijd: {group.leeftijd}. Zorgzwaarte: {group.zzp}. {known.bronnen[group.bron].regel(group.jaar)}"
        )


def _here() -> None:
    Table(
        rows,
        [
            Column("titel", "Randvoorwaarde"),
            Column("graad", "Hoe nodig", sub_field="reden"),
            Column("status", "Status", kind="tag"),
            Column(
                "mensen_tekst",
                "Mensen zonder",
                align="right",
                sub_field="marge_tekst",
                drawing=Range("zeker", "mogelijk"),
            ),
            Column("waarom", "Waaruit blijkt dat, of hoe vindt u het uit"),
        ],
        f"Randvoorwaarden voor {group.titel.lower()} in {area.naam}",
    ).short(group_field="groep", folds=True)
    parts.source_line(*rows["bron"].dropna())


def _everywhere() -> None:
    Table(
        conditions.requirements(store.path, group.code),
        [
            Column("titel", "Randvoorwaarde", sub_field="uitleg"),
            *[Column(code, carer.titel) for code, carer in known.mantelzorg.items()],
            Column("reden", "Waarom"),
            Column("hoe_bekend", "Hoe bekend", kind="tag", sub_field="afwijking"),
        ],
        f"Hoe nodig is elke randvoorwaarde voor {group.titel.lower()}?",
    ).short(group_field="groep", folds=True)


with right:
    area, group = state.chosen_area(), known.doelgroepen[state.view().doelgroep]
    rows = conditions.status_rows(store, area, group.code, state.view().mantelzorg)
    parts.title(
        f"Wat {group.titel.lower()} nodig hebben om thuis te wonen",
        f"{area.naam} · {known.mantelzorg[state.view().mantelzorg].titel}",
        "aanname",
    )
    parts.sentence(conditions.summary(rows, area, group.titel))
    shown = {
        f"In {area.naam}": _here,
        "Alle situaties naast elkaar": _everywhere,
        "Ieder één keer geteld": partial(each_once, store, area),
    }
    tabs(shown, key="randvoorwaarden-tabs")
    parts.note(
        "De rijen komen uit tabel 3 van RIGO (2014). Hoe nodig iets is, staat daar niet bij. Dat is daarom onze aanname, met de "
        "reden erbij. Onbekend telt nooit als voldaan, en een grens ook niet. In de balk is donker wie het zeker mist, en licht "
        "wie het misschien mist. "
        f"{not_added()} {deviation.summary(store.path)} Wijzigen kan bij Eisen en normen."
    )
state.publish()
