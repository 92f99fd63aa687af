"""Plans that were kept, beside each other in words: who has something within reach, and who lacks it, now and with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wwz.agenda.numbers import Amount
from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.own.plans import NOBODY, Plan
from wwz.planning import planagenda, whatif
from wwz.planning.measured import Norm, norms
from wwz.planning.people import INHABITANTS, NEEDED, Count
from wwz.planning.shift import Shift, shift
from wwz.planning.situation import Situation, situation

# A wall holds no more; every other norm is on the screen Doorrekenen.
MOST_NORMS = 2
LACK = "Mensen die iets missen wat noodzakelijk is"
NO_AGENDA = "Hoeveel mensen iets noodzakelijks missen, is niet voor elk voorstel bekend."
NOTHING = "Van deze voorzieningen is hier niet gemeten wie ze binnen bereik heeft."


@dataclass(frozen=True)
class Line:
    """One proposal in one comparison.

    Attributes
    ----------
    over
        What is counted, and of whom.
    plan
        Id of the proposal.
    nu, straks, verschil
        People now, with the proposal, and what it changes; with their margins, as they may be shown.
    """

    over: str
    plan: str
    nu: str
    straks: str
    verschil: str


@dataclass
class _Measured:
    """Every norm is measured once for all proposals; one that was not measured here is remembered as well."""

    area: Area
    found: dict[str, Situation | None] = field(default_factory=dict)

    def of(self, norm: Norm) -> Situation | None:
        if norm.code not in self.found:
            try:
                self.found[norm.code] = situation(self.area, norm)
            except Fout:
                self.found[norm.code] = None
        return self.found[norm.code]

    def shifts(self, known: Sequence[Norm], plan: Plan) -> list[Shift]:
        there = [found for norm in known if (found := self.of(norm)) is not None]
        return [shift(found, plan.wijzigingen) for found in there]


def compared(area: Area, proposals: Sequence[Plan]) -> tuple[list[Line], list[str]]:
    """What each proposal does, and how that is known.

    Returns
    -------
    list, list
        Lines, those of one comparison together; and sentences. No lines where nothing was measured.
    """
    known, measured = norms(area.store), _Measured(area)
    lines: list[Line] = []
    told: list[str] = []
    for norm in _about(known, proposals):
        if (there := measured.of(norm)) is not None:
            lines += _within(
                area, there, [plan for plan in proposals if _kinds(plan) & set(norm.voorzieningen)]
            )
            told += whatif.how_known(there, int(area.store.about()["minimum"]))
    if not lines:
        return [], [NOTHING] if proposals else []
    lacks = _lacks(area, known, measured, proposals)
    return [*lines, *lacks], list(dict.fromkeys(told if lacks else [*told, NO_AGENDA]))


def _kinds(plan: Plan) -> set[str]:
    return {change.soort for change in plan.wijzigingen}


def _about(known: Sequence[Norm], proposals: Sequence[Plan]) -> list[Norm]:
    """The norms that these proposals are about; those that decide a randvoorwaarde go first, and alone when there are."""
    kinds: set[str] = set().union(*map(_kinds, proposals))
    some = [norm for norm in known if kinds & set(norm.voorzieningen)]
    return (planagenda.decided(some, kinds) or some)[:MOST_NORMS]


def _within(area: Area, there: Situation, proposals: Sequence[Plan]) -> list[Line]:
    titles, minimum = whatif.groups(area, there.norm), int(area.store.about()["minimum"])
    moved = {plan.id: shift(there, plan.wijzigingen) for plan in proposals}
    lines = []
    for group in (code for code in (INHABITANTS, NEEDED) if code in titles):
        over = f"{there.norm.titel}: mensen die dit hebben ({titles[group].lower()})"
        for plan, found in moved.items():
            effect = whatif.effect(found, area, group)
            now, then = _count(effect.before, minimum), _count(effect.after, minimum)
            lines.append(Line(over, plan, now, then, _changed(effect, minimum)))
    return lines


def _lacks(area: Area, known: Sequence[Norm], measured: _Measured, proposals: Sequence[Plan]) -> list[Line]:
    """Who lacks something necessary; nothing when that is not known with and without every proposal."""
    minimum, lines = int(area.store.about()["minimum"]), []
    for plan in proposals:
        decided = planagenda.decided(known, _kinds(plan))
        try:
            both = planagenda.compare(area, measured.shifts(decided, plan))
        except Fout:
            return []
        if both.before is None or both.after is None:
            return []
        changed = planagenda.change(both.before, both.after, minimum)
        lines.append(
            Line(LACK, plan.id, _amount(both.before, minimum), _amount(both.after, minimum), changed)
        )
    return lines


def _changed(effect: whatif.Effect, minimum: int) -> str:
    parts = [(effect.gained, "erbij"), (effect.lost, "eraf")]
    said = [f"{_count(count, minimum)} {word}" for count, word in parts if count.people >= NOBODY]
    return ", ".join(said) or "geen"


def _count(count: Count, minimum: int) -> str:
    margin = "" if count.people < minimum else count.margin(minimum)
    return _with(whatif.about(count.people, minimum), margin)


def _amount(amount: Amount, minimum: int) -> str:
    return _with(amount.text(minimum), amount.margin(minimum))


def _with(number: str, margin: str) -> str:
    return f"{number} ({margin})" if " tot " in margin else number
