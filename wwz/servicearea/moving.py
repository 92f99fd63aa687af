"""A proposal that somebody changes: which area each buurt is in, what moving one does, and colours that tell neighbours apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.servicearea.measure import FITS, measure
from wwz.servicearea.parts import parts_of
from wwz.servicearea.propose import WHY, Proposal
from wwz.store import Store
from wwz.words.numbers import dutch


@dataclass(frozen=True)
class Plan:
    """Areas (name, codes of buurten), and why the size of one does not fit, as long as nobody changed it."""

    gebieden: tuple[tuple[str, tuple[str, ...]], ...]
    waarom: tuple[str, ...]

    def of(self, code: str) -> int:
        """The place of the area that a buurt is in; -1 when it is in none."""
        return next((n for n, (_, buurten) in enumerate(self.gebieden) if code in buurten), -1)

    def moved(self, code: str, to: int) -> Plan:
        """The plan with a buurt in another area.

        Raises
        ------
        Fout
            When nothing would be left of the area it comes from, or there is no such area.
        """
        at = self.of(code)
        if at < 0 or not 0 <= to < len(self.gebieden) or at == to:
            raise Fout("Kies een buurt, en een ander gebied om haar bij te zetten.")
        areas, why = list(self.gebieden), list(self.waarom)
        if len(areas[at][1]) == 1:
            raise Fout(
                f"{areas[at][0]} heeft alleen deze buurt. Zet eerst een andere buurt in {areas[at][0]}."
            )
        areas[at] = (areas[at][0], tuple(one for one in areas[at][1] if one != code))
        areas[to] = (areas[to][0], tuple(sorted((*areas[to][1], code))))
        why[at] = why[to] = ""
        return replace(self, gebieden=tuple(areas), waarom=tuple(why))


def plan_of(proposal: Proposal) -> Plan:
    """A proposal, to be changed."""
    return Plan(
        tuple((one.naam, one.buurten) for one in proposal.gebieden),
        tuple(WHY.get(one.past, "") for one in proposal.gebieden),
    )


def rows(store: Store, plan: Plan) -> list[dict[str, object]]:
    """Size, whether it fits, continuity and compactness of each area, for a table."""
    found = []
    for number, (naam, buurten) in enumerate(plan.gebieden):
        size = measure(store, buurten)
        why = plan.waarom[number] if size.maat != FITS else ""
        loose = len(size.stukken) > 1
        found.append(
            {
                "nr": str(number),
                "naam": naam,
                "inwoners": size.inwoners,
                "inwoners_tekst": dutch(size.inwoners),
                "maat": f"{size.maat}: {why}" if why else size.maat,
                "aaneen": f"{len(size.stukken)} losse stukken" if loose else "ligt aan elkaar",
                "midden": None if size.tot_midden is None else round(size.tot_midden, -1),
                "midden_tekst": "onbekend"
                if size.tot_midden is None
                else f"{dutch(round(size.tot_midden, -1))} meter",
                "buurten": len(buurten),
            }
        )
    return found


def neighbours(store: Store, area: Area, plan: Plan, code: str) -> list[int]:
    """Places of the areas that border on a buurt, but not the one it is in."""
    parts = parts_of(store, area.buurten)
    near = [parts.codes[other] for one in parts.places([code]) for other in parts.buren[one]]
    return sorted({plan.of(other) for other in near} - {plan.of(code), -1})


def colouring(store: Store, area: Area, plan: Plan, most: int) -> list[int]:
    """A colour (0 to most - 1) for each area, so that areas that border on each other differ where that can be."""
    parts = parts_of(store, area.buurten)
    of = [plan.of(code) for code in parts.codes]
    beside: list[set[int]] = [set() for _ in plan.gebieden]
    for one, near in enumerate(parts.buren):
        for other in near:
            if of[one] != of[other] and of[one] >= 0 and of[other] >= 0:
                beside[of[one]].add(of[other])
    colours = [-1] * len(plan.gebieden)
    for number in sorted(range(len(colours)), key=lambda n: -len(beside[n])):
        colours[number] = _free(beside[number], colours, most)
    return colours


def _free(beside: set[int], colours: Sequence[int], most: int) -> int:
    used = [colours[other] for other in beside if colours[other] >= 0]
    return min(range(most), key=lambda colour: (used.count(colour), colours.count(colour), colour))
