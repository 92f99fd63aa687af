"""A proposal for a gemeente: areas of 5,000 to 10,000 inhabitants that hang together, and how far they are from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wwz.ask.area import Area
from wwz.ask.ownareas import names
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge.serviceareas import rules
from wwz.servicearea.choose import partition
from wwz.servicearea.measure import between
from wwz.servicearea.parts import Parts, components, parts_of
from wwz.servicearea.price import Price, Wishes
from wwz.store import Store, remembered

FITS, ONE_BUURT, ISLAND, SMALL, LEFT = "past", "buurt", "los", "klein", "rest"
WHY = {
    ONE_BUURT: "één buurt heeft al meer inwoners; een buurt is niet te delen",
    ISLAND: "een deel dat nergens aan grenst",
    SMALL: "de hele gemeente heeft minder inwoners",
    LEFT: "met de buurten ernaast lukt het niet beter",
}
MOST_GEMEENTEN = 40


@dataclass(frozen=True)
class Proposed:
    """One proposed area: name, inhabitants, codes of its buurten, and whether its size fits (or why not: `WHY`)."""

    naam: str
    inwoners: int
    buurten: tuple[str, ...]
    past: str


@dataclass(frozen=True)
class Proposal:
    """All areas for what was asked, and sentences about how far that is from what was meant."""

    gebieden: tuple[Proposed, ...]
    zinnen: tuple[str, ...]


@remembered
def propose(store: Store, area: Area, wishes: Wishes | None = None) -> Proposal:
    """Divide an area into areas of the right size; every gemeente by itself, every buurt in exactly one.

    Raises
    ------
    Fout
        When there are no boundaries, or the area is too large.
    """
    gemeenten = _by_gemeente(store, area)
    if len(gemeenten) > MOST_GEMEENTEN:
        raise Fout(
            f"{area.naam} is te groot voor een voorstel. Kies hooguit {MOST_GEMEENTEN} gemeenten tegelijk."
        )
    found: list[Proposed] = []
    unknown = undrawn = 0
    for members in gemeenten:
        parts = parts_of(store, members)
        unknown, undrawn = unknown + parts.onbekend, undrawn + parts.zonder_grens
        found += _divide(store, parts, wishes or Wishes())
    found = _distinct(found)
    return Proposal(tuple(found), tuple(_sentences(found, unknown, undrawn)))


def _by_gemeente(store: Store, area: Area) -> list[tuple[str, ...]]:
    gemeente = store.areas().set_index("code")["gemeente"]
    found: dict[str, list[str]] = {}
    for code in area.buurten:
        of = gemeente.get(code)
        found.setdefault(of if isinstance(of, str) else code, []).append(code)
    return [tuple(members) for _, members in sorted(found.items())]


def _divide(store: Store, parts: Parts, wishes: Wishes) -> list[Proposed]:
    price, loose = Price(parts, wishes), components(parts)
    everyone = float(parts.mensen.sum())
    areas = []
    for piece in loose:
        fits = parts.mensen[piece].sum() <= rules().meest
        for members in [piece] if fits else partition(price, piece):
            alone = len(loose) > 1 and len(members) == len(piece)
            areas.append(_proposed(store, parts, members, _fit(parts, members, alone, everyone)))
    return sorted(areas, key=lambda one: one.buurten)


def _fit(parts: Parts, members: Sequence[int], alone: bool, everyone: float) -> str:
    rule, people = rules(), parts.mensen[list(members)].sum()
    if rule.minst <= people <= rule.meest:
        return FITS
    if people > rule.meest:
        # Empty buurten beside it do not make one buurt divisible.
        return ONE_BUURT if parts.mensen[list(members)].max() > rule.meest else LEFT
    return SMALL if everyone < rule.minst else ISLAND if alone else LEFT


def _proposed(store: Store, parts: Parts, members: Sequence[int], fit: str) -> Proposed:
    codes = tuple(sorted(parts.codes[one] for one in members))
    return Proposed(_name(store, parts, list(members)), round(parts.mensen[list(members)].sum()), codes, fit)


def _name(store: Store, parts: Parts, members: list[int]) -> str:
    """The wijken that are whole in it, or else its largest buurt and what is around it."""
    called = names(store)
    people: Counter[str] = Counter()
    for one in members:
        people[parts.wijken[one]] += int(parts.mensen[one])
    whole = [
        wijk
        for wijk, _ in people.most_common()
        if wijk and {one for one, code in enumerate(parts.wijken) if code == wijk} <= set(members)
    ]
    covered = sum(people[wijk] for wijk in whole)
    if whole and covered >= 0.8 * sum(people.values()):
        return " en ".join(str(called.get(wijk, wijk)) for wijk in whole[:2])
    largest = max(members, key=lambda one: (parts.mensen[one], parts.codes[one]))
    named = parts.namen[largest] or parts.codes[largest]
    return named if len(members) == 1 else f"{named} en omgeving"


def _distinct(areas: list[Proposed]) -> list[Proposed]:
    seen: Counter[str] = Counter()
    found = []
    for area in areas:
        seen[area.naam] += 1
        named = area.naam if seen[area.naam] == 1 else f"{area.naam} {seen[area.naam]}"
        found.append(Proposed(named, area.inwoners, area.buurten, area.past))
    return found


def _sentences(areas: list[Proposed], unknown: int, undrawn: int) -> list[str]:
    fitting = sum(area.past == FITS for area in areas)
    found = [
        counted(f"{fitting} van {{n}} [gebied heeft|gebieden hebben] {between()} inwoners.", len(areas))
    ]  # fmt: skip
    for why, number in Counter(area.past for area in areas if area.past != FITS).most_common():
        found.append(counted(f"{{n}} [gebied|gebieden] niet: {WHY[why]}.", number))
    if unknown:
        found.append(
            counted(
                "Van {n} [buurt|buurten] is het aantal inwoners onbekend. [Die telt|Die tellen] hier niet mee.",
                unknown,
            )
        )
    if undrawn:
        found.append(
            counted(
                "Van {n} [buurt|buurten] is de grens onbekend. Wij nemen aan dat [die|elk] grenst aan de rest van de wijk.",
                undrawn,
            )
        )
    return found
