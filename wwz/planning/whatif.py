"""Doorrekenen: who comes within reach, or loses it, when voorzieningen come or close; and where would one do most?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.base.rd import to_degrees
from wwz.own.plans import NOBODY, OPEN, Change
from wwz.planning.people import (
    COUNTED,
    INHABITANTS,
    NEEDED,
    OLDER,
    Count,
    Part,
    added,
    groups,
    of_group,
    rows_of,
)
from wwz.planning.shift import Shift, shift
from wwz.planning.siting import best_singles, best_sites, cell_m
from wwz.planning.situation import AGES, Situation
from wwz.words.numbers import dutch

ALWAYS = (INHABITANTS, OLDER)
SITES = (1, 2, 3, 4, 5)
# So many sites that are good by themselves are counted along walking routes too; more costs the visitor time.
SINGLES = 12


@dataclass(frozen=True)
class Effect:
    """What a plan does for one group of people.

    Attributes
    ----------
    group, title
        inwoners, 65plus, nodig or the code of a doelgroep; and in words.
    everyone
        The whole group, in buurten that were measured.
    before, after
        Who has it within reach now, and with the plan.
    gained, lost
        Who gets it within reach, and who loses it.
    """

    group: str
    title: str
    everyone: Count
    before: Count
    after: Count
    gained: Count
    lost: Count


@dataclass(frozen=True)
class Found:
    """The outcome of a search: places to add, what they do, and how good the search was, in words."""

    changes: tuple[Change, ...]
    effect: Effect
    proof: str
    gap: float


def effects(moved: Shift, area: Area, chosen: str) -> list[Effect]:
    """What a plan does for all inhabitants, for 65+, and for the chosen group."""
    titles = groups(area, moved.situation.norm)
    wanted = [code for code in dict.fromkeys((*ALWAYS, chosen)) if code in titles]
    return [effect(moved, area, code, titles[code]) for code in wanted]


def effect(moved: Shift, area: Area, group: str, title: str = "") -> Effect:
    """What a plan does for one group."""
    buurten = moved.situation.buurten["buurt"]
    rows = [
        row
        for part in of_group(area, moved.situation, group)
        for name, share in _shares(moved, part).items()
        for row in rows_of(name, part, buurten, share, known=group in COUNTED)
    ]
    return Effect(group, title, **added(area.store, rows))


def _shares(moved: Shift, part: Part) -> dict[str, pd.DataFrame]:
    """everyone, before, after, gained and lost: parts of the people of one age."""
    people, age = part.people, part.age
    now, after = moved.situation.within(age), moved.within(age)
    extra = np.where(moved.touched, moved.situation.buurten["marge"], 0.0)
    everyone = pd.DataFrame({"binnen": 1.0, "onder": 1.0, "boven": 1.0}, index=people.index)
    return {
        "everyone": everyone,
        "before": now,
        "after": after,
        "gained": _part(moved.gained[age], extra, 1 - now["onder"]),
        "lost": _part(moved.lost[age], extra, now["boven"]),
    }


def unmeasured(found: Situation) -> float:
    """Inhabitants of buurten where it is not known who has this within reach."""
    return float(found.buurten.loc[~found.measured, "inwoners"].sum())


def how_known(found: Situation, minimum: int) -> list[str]:
    """How it is known who has this within reach, and of whom it is not: sentences."""
    known = list(dict.fromkeys(found.buurten["hoe"].dropna()))
    unknown = unmeasured(found)
    if unknown >= NOBODY:
        known.append(f"Van {about(unknown, minimum)} inwoners is dit niet gemeten; zij tellen nergens mee.")
    if found.net.all():
        known.append("Langs looproutes.")
    elif found.net.any():
        known.append("Langs looproutes; waar die er niet zijn, in een rechte lijn maal een omweg.")
    else:
        known.append("In een rechte lijn maal een omweg: water en drukke wegen tellen niet mee.")
    return known


def per_part(moved: Shift, area: Area, group: str) -> pd.DataFrame:
    """The same per wijk, or per buurt within one wijk.

    Returns
    -------
    pandas.DataFrame
        Columns naam, mensen (the group), nu, plan (people within reach); parts that were not measured are missing.
    """
    rows = moved.situation.buurten
    by_wijk = rows["wijk"].nunique() > 1
    parts = of_group(area, moved.situation, group)
    frame = pd.DataFrame(
        {
            "code": rows["wijk"] if by_wijk else rows["buurt"],
            "naam": rows["wijknaam"] if by_wijk else rows["naam"],
            "mensen": sum(part.people["mensen"] for part in parts),
            "nu": sum(part.people["mensen"] * moved.situation.within(part.age)["binnen"] for part in parts),
            "plan": sum(part.people["mensen"] * moved.within(part.age)["binnen"] for part in parts),
        }
    )
    known = frame[moved.situation.measured]
    return known.groupby("code", as_index=False).agg(
        {"naam": "first", "mensen": "sum", "nu": "sum", "plan": "sum"}
    )


def without(moved: Shift, area: Area, group: str) -> pd.DataFrame:
    """People of a group without this within reach: buurt, nu, plan; missing where too few or not measured."""
    rows = moved.situation.buurten
    # Who lives near a shop is no secret; who belongs to a doelgroep is.
    minimum = 0 if group in AGES else area.store.about()["minimum"]
    parts = of_group(area, moved.situation, group)
    within = {"nu": moved.situation.within, "plan": moved.within}
    counts = {
        name: sum(part.people["mensen"] * (1 - of(part.age)["binnen"]) for part in parts)
        for name, of in within.items()
    }
    # Nobody is no secret; a few people are.
    shown = {name: n.mask((n >= NOBODY) & (n < minimum)) for name, n in counts.items()}
    return pd.DataFrame({"buurt": rows["buurt"], **shown})


def search(
    found: Situation, area: Area, changes: Sequence[Change], group: str, soort: str, count: int
) -> Found:
    """The best places for a number of new voorzieningen, on top of a plan.

    Raises
    ------
    Fout
        When nobody in the group is left to reach.
    """
    before = shift(found, changes)
    weight = sum(
        part.people["mensen"].to_numpy()[found.at] * found.shares[part.age]
        for part in of_group(area, found, group)
    )
    lack = ~before.reached & (weight > 0)
    if weight[lack].sum() < 1:
        raise Fout(f"In {area.naam} is er van deze groep niemand meer zonder dit binnen bereik.")
    best = best_sites(found.places[lack], weight[lack], found.straight_reach[lack], count)
    sites = _counted_there(found, lack, weight, best.places)
    cell = cell_m(found.straight_reach[lack])
    at = to_degrees(sites)
    new = tuple(Change(OPEN, soort, float(lat), float(lon)) for lat, lon in at)
    alone = _difference(before, shift(found, (*changes, *new)))
    return Found(
        new, effect(alone, area, group), _proof(best.gap, count, cell, found.routes is not None), best.gap
    )


def _counted_there(found: Situation, lack: np.ndarray, weight: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """The best of these sites and some that are good by themselves, counted at the places where people live.

    The search is in cells and straight lines; behind water or a railway the best site may reach few people.
    """
    singles = best_singles(found.places[lack], weight[lack], found.straight_reach[lack], SINGLES)
    pool = np.vstack([sites, singles])
    near = np.array([found.reached_from(site[None]) & lack for site in pool])
    chosen, left = [], weight.copy()
    for _ in sites:
        chosen.append(int((near @ left).argmax()))
        left = np.where(near[chosen[-1]], 0.0, left)
    first = list(range(len(sites)))
    return pool[max(first, chosen, key=lambda some: weight[near[some].any(axis=0)].sum())]


def _difference(before: Shift, after: Shift) -> Shift:
    """What the last changes do on top of the earlier ones."""
    net = {age: after.gained[age] - after.lost[age] - before.gained[age] + before.lost[age] for age in AGES}
    gained = {age: np.maximum(part, 0) for age, part in net.items()}
    return Shift(
        before.situation, gained, {age: np.maximum(-part, 0) for age, part in net.items()}, after.reached
    )


def _proof(gap: float, count: int, cell: float, along_routes: bool) -> str:
    if along_routes:
        return "Gezocht is in rechte lijnen; geteld is langs looproutes. Langs looproutes is niet bewezen dat er geen betere plek is."
    counted = f", geteld in vakjes van {dutch(cell)} meter" if cell else ""
    if gap == 0:
        return f"Een betere keuze is er niet onder de onderzochte plekken: dat is bewezen{counted}."
    places = "plek" if count == 1 else "plekken"
    most = dutch(math.ceil(1000 * gap) / 10, 1)
    return f"Andere {places} kunnen hooguit {most}% meer mensen bereiken: dat is bewezen{counted}."


def _part(parts: np.ndarray, extra: np.ndarray, most: pd.Series) -> pd.DataFrame:
    """Part of each buurt that changes: `parts` has one row per detour; `extra` is for not knowing where people live."""
    any_change = parts.max(axis=0) > 0
    low = np.maximum(0, parts.min(axis=0) - extra)
    high = np.minimum(most.fillna(0.0), np.where(any_change, parts.max(axis=0) + extra, 0.0))
    return pd.DataFrame(
        {"binnen": parts[0], "onder": np.minimum(low, parts[0]), "boven": np.maximum(high, parts[0])}
    )


def about(people: float, minimum: int) -> str:
    """A number of people for a table, without its margin."""
    return "0" if people < NOBODY else Count(people, people, people).short(minimum)


def headline(area: Area, outcome: Effect, minimum: int, has_plan: bool) -> str:
    """The outcome as the title of the screen."""
    who = _who(outcome)
    if not has_plan:
        return f"Wat gebeurt er in {area.naam} als er iets bij komt of dicht gaat?"
    gained, lost = outcome.gained.people >= 1, outcome.lost.people >= 1
    if not gained and not lost:
        return f"Dit plan verandert in {area.naam} niets voor {who}"
    parts = [f"krijgen {_about(outcome.gained, minimum)} {who} dit binnen bereik"] if gained else []
    if lost:
        parts.append(f"verliezen {_about(outcome.lost, minimum)} {'het' if gained else f'{who} dit'}")
    return f"Met dit plan {' en '.join(parts)}"


def now_text(outcome: Effect, minimum: int) -> str:
    """How it is now, in one sentence."""
    return f"Nu hebben {outcome.before.text(minimum)} van de {outcome.everyone.short(minimum)} {_who(outcome)} dit binnen bereik."


def _about(count: Count, minimum: int) -> str:
    return f"minder dan {minimum}" if count.people < minimum else f"ongeveer {count.short(minimum)}"


def _who(outcome: Effect) -> str:
    words: Mapping[str, str] = {
        INHABITANTS: "inwoners",
        OLDER: "65-plussers",
        NEEDED: "mensen die dit nodig hebben",
    }
    return words.get(outcome.group, f"mensen ({outcome.title})")
