"""A verdeling over years as it reads: what every gemeente has at the end of each year, who shifts to whom, and kept scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wwz.base.errors import Fout
from wwz.base.sentence import listed
from wwz.knowledge.regions import sleutels
from wwz.own.region.agreed import Scenario
from wwz.region import series, words
from wwz.region.moves import Verdeling, spread_out
from wwz.region.places import Regio
from wwz.region.spread import Spreiding, spread
from wwz.words.numbers import dutch


@dataclass(frozen=True)
class Plan:
    """A verdeling of a group towards the shares of a key.

    Attributes
    ----------
    grens, jaren
        By how many people a gemeente changes in a year at most, and in how many years.
    """

    made: Spreiding
    grens: int
    jaren: int
    uitkomst: Verdeling

    @property
    def years(self) -> list[int]:
        """The year of every state, the first one now."""
        return [self.made.reeks.jaar + n for n in range(len(self.uitkomst.standen))]

    @property
    def rest(self) -> int:
        """How many people there are still too many somewhere at the end."""
        return sum(max(0, number) for number in self.uitkomst.rest)


def plan(made: Spreiding, grens: int, jaren: int) -> Plan:
    """Work a verdeling out; gemeenten that are hidden together change together, each by its limit.

    Raises
    ------
    Fout
        When a limit is below zero or there are no years.
    """
    if grens < 0 or not 1 <= jaren <= 25:
        raise Fout("Geef een grens van nul of meer mensen per jaar, en 1 tot 25 jaar.")
    now, share = [a.nu for a in made.aandelen], [a.eerlijk for a in made.aandelen]
    limits = [grens * len(a.deel.gemeenten) for a in made.aandelen]
    return Plan(made, grens, jaren, spread_out(now, share, limits, jaren))


def rows(found: Plan) -> list[dict[str, str]]:
    """Per gemeente: naam, a text per year (by year), and rest."""
    out = []
    for n, share in enumerate(found.made.aandelen):
        states = {
            str(y): words.amount(found.made.reeks, state[n])
            for y, state in zip(found.years, found.uitkomst.standen, strict=True)
        }
        out.append(
            {
                "naam": share.deel.naam,
                **states,
                "deel": words.amount(found.made.reeks, share.eerlijk),
                "rest": words.difference(found.made.reeks, share.deel, found.uitkomst.rest[n]),
            }
        )
    return out


def flow_rows(found: Plan) -> list[dict[str, str]]:
    """Per year who shifts to whom: jaar, van, naar, mensen."""
    names = [a.deel.naam for a in found.made.aandelen]
    return [
        {
            "jaar": str(year),
            "van": names[giver],
            "naar": names[taker],
            "mensen": words.amount(found.made.reeks, count),
        }
        for year, flows in zip(found.years[1:], found.uitkomst.stromen, strict=True)
        for giver, taker, count in flows
    ]


def sentence(found: Plan) -> str:
    """What the verdeling does, in words."""
    reeks, steps = found.made.reeks, len(found.uitkomst.stromen)
    if not found.made.te_verplaatsen:
        return "Iedere gemeente heeft haar deel al. Er verschuift niets."
    if not steps:
        return "Met deze grens verschuift er niets. Kies een hogere grens."
    years = "1 jaar" if steps == 1 else f"{steps} jaar"
    moved = found.made.te_verplaatsen - found.rest
    text = f"In {years} verschuiven {words.about(reeks)}{words.amount(reeks, moved)} plekken voor {reeks.groep.kort}. Het totaal blijft {words.about(reeks)}{words.amount(reeks, reeks.totaal)}."
    if found.rest:
        return f"{text} Daarna zijn er nog {words.amount(reeks, found.rest)} te veel in gemeenten boven hun deel."
    return f"{text} Daarna heeft iedere gemeente haar deel."


def of_scenario(regio: Regio, kept: Scenario) -> Plan:
    """A kept scenario with the numbers of now.

    Raises
    ------
    Fout
        When it cannot be worked out any more.
    """
    reeks = series.series(regio, kept.groep, kept.hoe, kept.jaar)
    return plan(spread(reeks, kept.sleutel, dict(kept.gewichten) or None), kept.grens, kept.jaren)


def changed(regio: Regio, kept: Scenario) -> str:
    """How the region differs from when a scenario was kept; empty when it does not."""
    came, gone = (
        set(regio.plaats.gemeenten) - set(kept.gemeenten),
        set(kept.gemeenten) - set(regio.plaats.gemeenten),
    )
    parts = [f"erbij {listed(sorted(regio.namen.get(c, c) for c in came))}"] if came else []
    parts += [f"eruit {listed(sorted(regio.namen.get(c, c) for c in gone))}"] if gone else []
    return f"De regio is sindsdien veranderd: {', '.join(parts)}." if parts else ""


def compared(regio: Regio, kept: list[Scenario]) -> list[dict[str, Any]]:
    """Scenarios side by side: per gemeente the number at the end of each; a line with what is still too many."""
    names: dict[str, dict[str, Any]] = {}
    rest: dict[str, Any] = {"naam": "Nog te veel aan het eind"}
    for scenario in kept:
        try:
            found = of_scenario(regio, scenario)
        except Fout as fout:
            rest[scenario.id] = fout.zinnen[0]
            continue
        rest[scenario.id] = dutch(found.rest)
        for n, share in enumerate(found.made.aandelen):
            row = names.setdefault(share.deel.code, {"naam": share.deel.naam})
            row[scenario.id] = dutch(found.uitkomst.standen[-1][n])
    return [*names.values(), rest]


def told(kept: Scenario) -> str:
    """A scenario in short: its name, key and limit."""
    return f"{kept.naam}: {sleutels()[kept.sleutel].titel.lower()}, hooguit {kept.grens} per gemeente per jaar, {kept.jaren} jaar"
