"""Fasen: what is done and what is not, who takes part, the startnotitie, and the agreed numbers year after year."""

from __future__ import annotations

from functools import partial

import streamlit as st

from wwz.base.dates import dutch_day
from wwz.export.logo import read_logo
from wwz.export.region import FORMATS, make_region_file
from wwz.knowledge.regions import Fase, fasen, partijen, reikwijdten, rollen
from wwz.own.region import process
from wwz.own.region.process import TEXTS, Proces
from wwz.region import monitor
from wwz.region.startnote import progress, startnote
from wwz.ui.regio.current import Chosen
from wwz.ui.regio.ownregion import name_part
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.folds import folded
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table

PROGRESS = [Column("titel", "Fase"), Column("gedaan", "Stappen gedaan"), Column("resultaat", "Wat er dan is")]
MONITOR = [
    Column("naam", "Gemeente"), Column("jaar", "Jaar"), Column("afspraak", "Afgesproken (mensen)", kind="number"),
    Column("werkelijk", "Werkelijk (mensen)", kind="number"), Column("afwijking", "Afwijking", kind="number"),
]  # fmt: skip

START = "regio-start-knop"


def phases_part(chosen: Chosen) -> None:
    """The whole tab."""
    regio = chosen.regio
    found = process.read(regio.store.path, regio.sleutel)
    Table(progress(found), PROGRESS, f"Waar {regio.naam} nu is").short(folds=True)
    may = permission.gate("regio-fasen", "regio")
    for number, phase in enumerate(fasen()):
        with st.expander(f"Fase {number + 1}: {phase.titel.lower()}", expanded=number == found.fase):
            _phase(chosen, phase, found, may)
    _texts(chosen, found, may)
    folded("De naam en de centrumgemeenten van deze regio", partial(name_part, regio), "regio-naam-vouw")
    st.header("Afspraken volgen", anchor=False)
    rows = monitor.rows(regio, chosen.reeks.groep.code)
    parts.sentence(monitor.sentence(rows))
    if rows:
        Table(rows, MONITOR, f"{chosen.reeks.groep.titel}: afgesproken en werkelijk").short(folds=True)


def _phase(chosen: Chosen, phase: Fase, found: Proces, may: bool) -> None:
    parts.note(f"{phase.doel}. Resultaat: {phase.resultaat}")
    if not may:
        for step in phase.stappen:
            parts.sentence(
                f"{'☑' if step.code in found.stappen else '☐'} {step.titel}{_when(found, step.code)}"
            )
        return
    path, button = chosen.regio.store.path, f"fase-{phase.code}-knop"

    def keep() -> str:
        changed = [
            step
            for step in phase.stappen
            if st.session_state[f"stap-{step.code}"] != (step.code in found.stappen)
        ]
        for step in changed:
            done = bool(st.session_state[f"stap-{step.code}"])
            process.do_step(
                path, chosen.regio.sleutel, step.code, done, permission.editor_name(), gezien=seen(button)
            )
        return "Bewaard." if changed else "Er is niets gewijzigd."

    with st.form(f"fase-{phase.code}"):
        for step in phase.stappen:
            st.checkbox(
                f"{step.titel}{_when(found, step.code)}", step.code in found.stappen, key=f"stap-{step.code}"
            )
        press("Bewaar", keep, button, place=st.form_submit_button, of=path)


def _when(found: Proces, code: str) -> str:
    done = found.stappen.get(code)
    return f" ({dutch_day(done[0])}, {done[2]})" if done else ""


def _texts(chosen: Chosen, found: Proces, may: bool) -> None:
    st.header("Startnotitie", anchor=False)
    regio = chosen.regio
    st.download_button(
        "Startnotitie in Word", lambda: make_region_file(startnote(regio), "docx", read_logo(state.settings().logo)),
        "startnotitie.docx", FORMATS["docx"][1], on_click="ignore", key="regio-startnotitie",
    )  # fmt: skip
    if not may:
        return
    names = list(dict.fromkeys((*partijen(), *found.partijen)))
    roles = {"": "Doet niet mee", **{code: role.titel for code, role in rollen().items()}}
    reach = {"": "Nog niet gekozen", **{code: r.titel for code, r in reikwijdten().items()}}

    def keep() -> str:
        path, key, who = regio.store.path, regio.sleutel, permission.editor_name()
        texts = {name: str(st.session_state[f"start-{name}"] or "") for name in TEXTS}
        changed = texts != {name: found.teksten.get(name, "") for name in TEXTS}
        if changed:
            process.set_texts(path, key, texts, who, gezien=seen(START))
        for name in names:
            if (role := st.session_state[f"partij-{name}"]) != found.partijen.get(name, ""):
                process.set_party(path, key, name, role, who, gezien=seen(START))
        return "Bewaard."

    with st.expander("Wat er in de startnotitie staat"), st.form("regio-start"):
        for name, title in TEXTS.items():
            if name == "reikwijdte":
                options = list(reach)
                current = options.index(found.teksten.get(name, ""))
                st.selectbox(title, options, current, format_func=reach.get, key=f"start-{name}")
            else:
                st.text_area(
                    title,
                    found.teksten.get(name, ""),
                    max_chars=process.LONGEST,
                    key=f"start-{name}",
                    height=80,
                )
        for name in names:
            current = list(roles).index(found.partijen.get(name, ""))
            st.selectbox(name, list(roles), current, format_func=roles.get, key=f"partij-{name}")
        press("Bewaar de startnotitie", keep, START, place=st.form_submit_button, of=regio.store.path)
