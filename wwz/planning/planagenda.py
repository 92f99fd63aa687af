"""The wijkagenda before and after a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.knowledge import domain
from wwz.own.plans import NOBODY
from wwz.planning.measured import Norm
from wwz.planning.shift import Shift
from wwz.planning.whatif import INHABITANTS, OLDER, Count
from wwz.words.chance import with_chance
from wwz.words.numbers import dutch, is_known, rounded_people

KEY, NUMBERS = ["randvoorwaarde", "graad"], ["mensen", "onder", "boven", "spreiding"]


@dataclass(frozen=True)
class Comparison:
    """Two agendas side by side.

    Attributes
    ----------
    rows
        The rows that the plan can change: titel, graad_titel, nu, nu_marge, plan, plan_marge, verschil (texts).
    before, after
        People who lack at least one necessary thing; None where that is unknown.
    """

    rows: pd.DataFrame
    before: Count | None
    after: Count | None

    def sentence(self, naam: str, minimum: int) -> str:
        """The outcome in words."""
        if self.before is None or self.after is None:
            return f"Hoeveel mensen in {naam} iets noodzakelijks missen, is niet bekend."
        now, change = (
            f"In {naam} missen nu {self.before.text(minimum)} mensen iets",
            self.after.people - self.before.people,
        )
        if abs(change) < NOBODY:
            return f"{now} wat noodzakelijk is. Dat blijft met dit plan zo."
        if abs(change) < minimum:
            return f"{now} wat noodzakelijk is. Met dit plan verandert dat met minder dan {minimum} mensen."
        fewer = "meer" if change > 0 else "minder"
        return f"{now} wat noodzakelijk is. Met dit plan zijn dat er {dutch(rounded_people(abs(change)))} {fewer}."


def decided(norms: Sequence[Norm], kinds: set[str]) -> list[Norm]:
    """The norms that decide a randvoorwaarde and are about these kinds of voorzieningen."""
    return [norm for norm in norms if norm.randvoorwaarde and kinds & set(norm.voorzieningen)]


def compare(area: Area, moved: Sequence[Shift]) -> Comparison:
    """The agenda of an area without and with a plan.

    Parameters
    ----------
    moved
        What the plan does, for each norm that `decided` gives.

    Raises
    ------
    Fout
        When the area is too large for an agenda.
    """
    store, question = area.store, agenda.parameters(area.store, area)
    plan = _plan_rows(moved)
    planned = store.with_plan(plan)
    codes = {found.situation.norm.randvoorwaarde for found in moved}
    before = store.ask("agenda_tekort", **question)
    before = before[before["randvoorwaarde"].isin(codes) & before["mensen"].notna()]
    # Asking the whole city again costs most of the time; only these buurten change, and numbers add up over buurten.
    some = {**question, "buurten": sorted({row["buurt"] for row in plan})}
    change = (
        _sums(planned.ask("agenda_tekort", **some)) - _sums(store.ask("agenda_tekort", **some))
        if plan
        else None
    )
    after = before if change is None else _changed(before, change)
    heads = [_head(one.ask("agenda_kop", **question)) for one in (store, planned)]
    return Comparison(_rows(_numbers(before), _numbers(after), int(store.about()["minimum"])), *heads)


def _sums(inputs: pd.DataFrame) -> pd.DataFrame:
    return inputs.set_index([*KEY, "doelgroep"])[NUMBERS].astype("float64").fillna(0.0)


def _changed(before: pd.DataFrame, change: pd.DataFrame) -> pd.DataFrame:
    index = before.set_index([*KEY, "doelgroep"])
    sums = (index[NUMBERS] + change.reindex(index.index).fillna(0.0)).clip(lower=0)
    return index.assign(**{name: sums[name] for name in NUMBERS}).reset_index()


def _plan_rows(moved: Sequence[Shift]) -> list[dict]:
    """Only buurten where something changes; elsewhere the measured numbers stay as they are."""
    rows = []
    for found in moved:
        frame = pd.DataFrame(
            {
                "buurt": found.situation.buurten["buurt"],
                "randvoorwaarde": found.situation.norm.randvoorwaarde,
                **_without(found, INHABITANTS, ""),
                **_without(found, OLDER, "_65"),
            }
        )
        rows += frame[found.touched & found.situation.measured].to_dict("records")
    return rows


def _without(found: Shift, age: str, end: str) -> dict[str, pd.Series]:
    """The part of each buurt that has it not within reach, as the columns of tekort_gemeten."""
    within = found.within(age)
    return {
        f"aandeel{end}": 1 - within["binnen"],
        f"onder{end}": 1 - within["boven"],
        f"boven{end}": 1 - within["onder"],
    }


def _numbers(inputs: pd.DataFrame) -> pd.DataFrame:
    """People per randvoorwaarde and degree, added up over doelgroepen as the agenda does."""
    groups = domain.doelgroepen()
    known = inputs.assign(cluster=inputs["doelgroep"].map(lambda code: groups[code].cluster))
    sums = known.groupby([*KEY, "titel", "volgorde"], sort=False)[["mensen", "boven", "spreiding"]].sum()
    # Someone may belong to two clusters: the lower bound counts the largest one only.
    low = known.groupby([*KEY, "cluster"])["onder"].sum().groupby(KEY).max()
    rows = sums.reset_index().merge(low.rename("onder").reset_index(), on=KEY)
    bounds = [with_chance(r.mensen, r.onder, r.boven, r.spreiding) for r in rows.itertuples()]
    return rows.assign(onder=[low for low, _ in bounds], boven=[high for _, high in bounds])


def _rows(before: pd.DataFrame, after: pd.DataFrame, minimum: int) -> pd.DataFrame:
    both = before.merge(after[[*KEY, "mensen", "onder", "boven"]], on=KEY, suffixes=("", "_plan"))
    degrees = domain.domein().graden
    both = both[both["graad"].isin(["N", "W"])].sort_values(["graad", "volgorde"])
    counts = [
        (Count(r.mensen, r.onder, r.boven), Count(r.mensen_plan, r.onder_plan, r.boven_plan))
        for r in both.itertuples()
    ]
    return pd.DataFrame(
        {
            "titel": both["titel"],
            "graad_titel": [degrees[code].titel for code in both["graad"]],
            "nu": [now.short(minimum) for now, _ in counts],
            "nu_marge": [now.margin(minimum) for now, _ in counts],
            "plan": [then.short(minimum) for _, then in counts],
            "plan_marge": [then.margin(minimum) for _, then in counts],
            "verschil": [difference(then.people - now.people, minimum) for now, then in counts],
        }
    )


def difference(people: float, minimum: int) -> str:
    """A difference between two numbers of people, for a table."""
    if abs(people) < NOBODY:
        return "geen"
    sign = "+" if people > 0 else "−"
    return f"{sign}<{minimum}" if abs(people) < minimum else f"{sign}{dutch(rounded_people(abs(people)))}"


def _head(rows: pd.DataFrame) -> Count | None:
    """What is measured or given, as the wijkagenda says it; a rough assumption would drown what the plan does."""
    head = rows.astype("float64").iloc[0]
    if not is_known(head["gemeten"]):
        return None
    return Count(head["gemeten"], head["gemeten_onder"], head["gemeten_boven"])
