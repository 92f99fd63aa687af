"""Plans on screen: keep one under a name, open it again, put some side by side, and share them by link."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.base.dates import short_day
from wwz.base.errors import Fout
from wwz.own import plans
from wwz.own.plans import Change, Plan
from wwz.planning import planagenda, whatif
from wwz.planning.shift import Shift, shift
from wwz.ui.doorrekenen import current as whatifstate
from wwz.ui.doorrekenen.current import Question
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.table import Column, Table

NAME = "plan-naam"
UNKEPT = "nieuw"
SHARE = (
    "Delen: druk bovenaan op Deel dit scherm. Een plan dat niet is bewaard, staat zelf in de link en opent overal waar deze "
    "gegevens staan. Een bewaard plan opent op deze server, met zijn naam."
)


def plan_panel(question: Question, found: tuple[Change, ...]) -> None:
    """The whole tab."""
    kept = plans.kept(question.area.store.path)
    _keep(question, found)
    parts.note(SHARE)
    if kept:
        _open(kept)
    _compare(question, found, kept)


def _keep(question: Question, found: tuple[Change, ...]) -> None:
    open_plan = whatifstate.kept_plan(question.area.store)
    if open_plan is not None:
        parts.sentence(
            f"U kijkt naar het plan {open_plan.naam}, {_made(open_plan)}. Wijzigt u iets, dan wordt het een nieuw plan."
        )
        return
    if not found:
        parts.note("Zet eerst iets in het plan. Dan kunt u het hier bewaren.")
        return
    if not permission.gate():
        return

    def keep() -> None:
        name, who = st.session_state.get(NAME, ""), permission.editor_name()
        try:
            if not permission.may_edit():
                raise Fout("U mag hier geen plannen bewaren.")
            state.change(plan=plans.keep(question.area.store.path, name, who, question.area.link, found).id)
        except Fout as fout:
            whatifstate.trouble(" ".join(fout.zinnen))

    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.text_input(
        "Naam van het plan",
        key=NAME,
        max_chars=plans.LONGEST_NAME,
        placeholder="Bijvoorbeeld: tweede buurthuis",
    )
    right.button("Bewaar het plan", on_click=keep, type="primary")


def _open(kept: list[Plan]) -> None:
    titles = {plan.id: f"{plan.naam} ({_made(plan)})" for plan in kept}
    left, middle, right = st.columns([2, 0.7, 0.9], vertical_alignment="bottom")
    chosen = left.selectbox("Bewaarde plannen", list(titles), format_func=titles.get, key="plan-keuze")
    middle.button("Open", on_click=lambda: state.change(plan=st.session_state["plan-keuze"]))
    if permission.may_edit():
        with right.popover("Verwijder …"):
            st.write(f"Het plan {titles[chosen]} verdwijnt. Een link ernaar werkt dan niet meer.")
            st.button("Verwijder dit plan", on_click=_remove)


def _remove() -> None:
    if permission.may_edit():
        gone = st.session_state["plan-keuze"]
        plans.remove(state.store().path, gone, permission.editor_name())
        view = state.view()
        state.change(
            plan="" if view.plan == gone else view.plan, plannen=tuple(p for p in view.plannen if p != gone)
        )


def _made(plan: Plan) -> str:
    return f"van {plan.wie}, {short_day(plan.wanneer)}"


def _compare(question: Question, found: tuple[Change, ...], kept: list[Plan]) -> None:
    open_now = found and whatifstate.kept_plan(question.area.store) is None
    titles = {plan.id: plan.naam for plan in kept}
    if len(titles) + bool(open_now) < 2:
        parts.note("Bewaar twee of meer plannen om ze hier naast elkaar te zien.")
        return
    st.session_state["plan-vergelijk"] = [code for code in state.view().plannen if code in titles]
    st.multiselect(
        "Zet naast elkaar",
        list(titles),
        key="plan-vergelijk",
        format_func=titles.get,
        max_selections=plans.MOST_COMPARED,
        placeholder="Kies twee of drie plannen",
        on_change=lambda: state.change(plannen=tuple(st.session_state["plan-vergelijk"])),
    )
    columns = {
        code: next(p for p in kept if p.id == code).wijzigingen for code in st.session_state["plan-vergelijk"]
    }
    if open_now and columns and len(columns) < plans.MOST_COMPARED:
        columns, titles = {**columns, UNKEPT: found}, {**titles, UNKEPT: "Dit plan (niet bewaard)"}
    if len(columns) >= 2:
        _side_by_side(question, columns, titles)


def _side_by_side(question: Question, columns: dict[str, tuple[Change, ...]], titles: dict[str, str]) -> None:
    area, minimum = question.area, question.area.store.about()["minimum"]
    there = whatifstate.measured(area, question.norm)
    moved = {code: shift(there, changes) for code, changes in columns.items()}
    rows = [
        {
            "wat": "Wijzigingen",
            "groep": "Plan",
            "nu": "0",
            **{code: str(len(c)) for code, c in columns.items()},
        }
    ]
    rows += _people(question, moved, minimum)
    rows += _agenda_rows(question, columns, minimum)
    rows += _part_rows(question, moved, minimum)
    heads = [Column("wat", "Wat"), Column("nu", "Nu", align="right")]
    heads += [Column(code, titles[code], align="right") for code in columns]
    Table(pd.DataFrame(rows), heads, f"Plannen naast elkaar in {area.naam}, aantallen mensen").short(
        group_field="groep"
    )
    parts.note("Alle getallen zijn schattingen. Kies een plan met Open om de marges te zien.")


def _people(question: Question, moved: dict[str, Shift], minimum: int) -> list[dict[str, str]]:
    outcomes = {code: whatif.effects(found, question.area, question.group) for code, found in moved.items()}
    first = next(iter(outcomes.values()))
    return [
        {
            "wat": row.title,
            "groep": f"Binnen bereik: {question.norm.titel.lower()}",
            "nu": row.before.short(minimum),
            **{
                code: _with_difference(found[n].after.people, row.before.people, minimum)
                for code, found in outcomes.items()
            },
        }
        for n, row in enumerate(first)
    ]


def _agenda_rows(
    question: Question, columns: dict[str, tuple[Change, ...]], minimum: int
) -> list[dict[str, str]]:
    try:
        both = {code: whatifstate.agendas(question, changes) for code, changes in columns.items()}
    except Fout:
        return []
    if any(found.before is None or found.after is None for found in both.values()):
        return []
    now = next(iter(both.values())).before
    after = {
        code: f"{found.after.text(minimum)} ({planagenda.change(now, found.after, minimum)})"
        for code, found in both.items()
    }
    return [
        {"wat": "Missen iets wat noodzakelijk is", "groep": "Wijkagenda", "nu": now.text(minimum), **after}
    ]


def _part_rows(question: Question, moved: dict[str, Shift], minimum: int) -> list[dict[str, str]]:
    """Per wijk, only where a plan changes something."""
    tables = {code: whatif.per_part(found, question.area, question.group) for code, found in moved.items()}
    first = next(iter(tables.values()))
    group = whatif.groups(question.area, question.norm)[question.group]
    rows = []
    for n, part in enumerate(first.itertuples()):
        after = {code: float(table["plan"].iloc[n]) for code, table in tables.items()}
        if any(abs(people - part.nu) >= plans.NOBODY for people in after.values()):
            cells = {code: _with_difference(people, part.nu, minimum) for code, people in after.items()}
            now = whatif.about(part.nu, minimum)
            rows.append({"wat": part.naam, "groep": f"Binnen bereik per gebied: {group}", "nu": now, **cells})
    return rows


def _with_difference(people: float, now: float, minimum: int) -> str:
    return f"{whatif.about(people, minimum)} ({planagenda.difference(people - now, minimum)})"
