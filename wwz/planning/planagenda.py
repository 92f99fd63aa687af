"""The wijkagenda before and after a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wwz.agenda import rows as agenda
from wwz.agenda.head import measured
from wwz.agenda.numbers import Amount
from wwz.ask.area import Area
from wwz.knowledge import domain
from wwz.own.plans import NOBODY
from wwz.planning.measured import Norm
from wwz.planning.shift import Shift
from wwz.planning.whatif import INHABITANTS, OLDER
from wwz.words.numbers import dutch, rounded_people

KEY, NUMBERS = ["randvoorwaarde", "graad"], ["mensen", "onder", "boven", "verborgen"]


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
    before: Amount | None
    after: Amount | None

    def sentence(self, naam: str, minimum: int) -> str:
        """The outcome in words."""
        if self.before is None or self.after is None:
            return f"Hoeveel mensen in {naam} iets noodzakelijks missen, is niet bekend."
        now, then = self.before, self.after
        start = f"In {naam} missen nu {now.about(minimum)} mensen iets wat noodzakelijk is."
        if now.hidden or then.hidden:
            return f"{start} Met dit plan zijn dat er {then.about(minimum)}."
        moved = then.people - now.people
        if abs(moved) < NOBODY:
            return f"{start} Dat blijft met dit plan zo."
        if abs(moved) < minimum:
            return f"{start} Met dit plan verandert dat met minder dan {minimum} mensen."
        fewer = "meer" if moved > 0 else "minder"
        return f"{start} Met dit plan zijn dat er {dutch(rounded_people(abs(moved)))} {fewer}."


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
    planned = store.with_plan(_plan_rows(moved))
    codes = {found.situation.norm.randvoorwaarde for found in moved}
    before, after = (one.ask("agenda_tekort", **question) for one in (store, planned))
    known = before["randvoorwaarde"].isin(codes) & before["genoeg"]
    heads = [_head(agenda.in_whole(one, question)) for one in (store, planned)]
    return Comparison(_rows(before[known], after, int(store.about()["minimum"])), *heads)


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


def _rows(before: pd.DataFrame, after: pd.DataFrame, minimum: int) -> pd.DataFrame:
    both = before.merge(after[[*KEY, *NUMBERS]], on=KEY, suffixes=("", "_plan"))
    degrees = domain.domein().graden
    both = both[both["graad"].isin(["N", "W"])].sort_values(["graad", "volgorde"])
    counts = [
        (
            Amount(r.mensen, r.onder, r.boven, r.verborgen),
            Amount(r.mensen_plan, r.onder_plan, r.boven_plan, r.verborgen_plan),
        )
        for r in both.itertuples()
    ]
    return pd.DataFrame(
        {
            "titel": both["titel"],
            "graad_titel": [degrees[code].titel for code in both["graad"]],
            "nu": [now.text(minimum) for now, _ in counts],
            "nu_marge": [now.margin(minimum) for now, _ in counts],
            "plan": [then.text(minimum) for _, then in counts],
            "plan_marge": [then.margin(minimum) for _, then in counts],
            "verschil": [change(now, then, minimum) for now, then in counts],
        }
    )


def difference(people: float, minimum: int) -> str:
    """A difference between two numbers of people, for a table."""
    if abs(people) < NOBODY:
        return "geen"
    sign = "+" if people > 0 else "−"
    return f"{sign}<{minimum}" if abs(people) < minimum else f"{sign}{dutch(rounded_people(abs(people)))}"


def change(now: Amount, then: Amount, minimum: int) -> str:
    """What a plan changes, and no more than the two numbers that are shown give away."""
    if now.hidden and then.hidden:
        return f"<{minimum}"
    if now.hidden or then.hidden:
        shown, sign = (then, "+") if now.hidden else (now, "−")
        low, high = (dutch(rounded_people(max(0, n))) for n in (shown.people - minimum, shown.people))
        return f"{sign}{low} tot {high}"
    return difference(then.people - now.people, minimum)


def _head(whole: pd.Series) -> Amount | None:
    """What is measured or given, as the wijkagenda says it; a rough assumption would drown what the plan does."""
    found = measured(whole)
    return found if found.known else None
