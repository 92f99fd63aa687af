"""How many people of one group there are per gemeente, counted in one way: given by the gemeenten, or estimated by us."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from wwz.ask.outlook import years
from wwz.base.errors import Fout
from wwz.base.sentence import listed
from wwz.knowledge import load_toml
from wwz.knowledge.regions import Groep, groepen, voorbeeld
from wwz.own.countssafe import Rule
from wwz.own.region import hidden, numbers, register
from wwz.own.region.hidden import Getoond
from wwz.own.region.numbersread import measured_on
from wwz.own.region.register import Definitie
from wwz.region import estimated, usage
from wwz.region.places import MEASURES, Regio, gemeenten, measured
from wwz.store import Store
from wwz.words.numbers import is_known

GIVEN, ESTIMATED, EXAMPLE, PUBLISHED = "opgegeven", "geschat", "fictief", "gepubliceerd"
COUNTS, APART, HIDDEN, MISSING = "telt", "apart", "niet getoond", "ontbreekt"


@dataclass(frozen=True)
class Deel:
    """A gemeente, or gemeenten that are hidden together.

    Attributes
    ----------
    aantal
        People, when it counts (`stand` is telt).
    apart, reden
        A number that may not be added, and why: another definition or measuring date, or no agreement.
    maten
        inwoners, woningen and corporatie (dwellings): numbers of what can be divided by; absent when unknown.
    """

    gemeenten: tuple[str, ...]
    naam: str
    stand: str
    aantal: int | None
    maten: dict[str, float]
    apart: int | None = None
    reden: str = ""

    @property
    def code(self) -> str:
        """Its gemeenten, joined by commas."""
        return ",".join(self.gemeenten)

    @property
    def telt(self) -> bool:
        """Whether its number counts."""
        return self.aantal is not None


@dataclass(frozen=True)
class Reeks:
    """The numbers of one group in a region, all counted in the same way.

    Attributes
    ----------
    delen
        The largest gemeente first.
    hoe
        opgegeven, gepubliceerd, geschat or fictief.
    extra
        How many people the gemeenten without a number may have at most: as many per inhabitant as where it is highest.
        None when that cannot be said.
    peildag
        Month-day on which was counted, where that is not the one of the definition.
    """

    regio: Regio
    groep: Groep
    definitie: Definitie
    jaar: int
    hoe: str
    bron: str
    delen: tuple[Deel, ...]
    minimum: int
    peildag: str = ""

    @property
    def met(self) -> tuple[Deel, ...]:
        """The parts with a number that counts."""
        return tuple(deel for deel in self.delen if deel.telt)

    @property
    def zonder(self) -> tuple[Deel, ...]:
        """The other parts."""
        return tuple(deel for deel in self.delen if not deel.telt)

    @property
    def totaal(self) -> int:
        """People in the parts that count."""
        return sum(deel.aantal or 0 for deel in self.met)

    @property
    def extra(self) -> int | None:
        """See the class."""
        if not self.zonder:
            return 0
        rates = [(d.aantal or 0) / d.maten["inwoners"] for d in self.met if d.maten.get("inwoners")]
        room = [d.maten.get("inwoners") for d in self.zonder]
        if not rates or not all(room):
            return None
        return sum(math.ceil(max(rates) * people) for people in room if people)

    @property
    def peildatum(self) -> str:
        """ISO date of the measuring day."""
        return f"{self.jaar}-{self.peildag or self.definitie.peildag}"


def rule_of(store: Store) -> Rule:
    """The privacy minimum, and how closely a hidden number may be known."""
    return Rule(int(store.about()["minimum"]), float(load_toml("privacy.toml")["speling"]))


def shown_numbers(store: Store) -> list[Getoond]:
    """What may be seen of all numbers that the gemeenten gave."""
    mark = numbers.SHELF.mark(store.path)
    return store.remember(("cijfers van de regio", mark), lambda: _protected(store))


def _protected(store: Store) -> list[Getoond]:
    return hidden.protected(numbers.SHELF.entries(store.path), _people(store), rule_of(store))


def _people(store: Store) -> dict[str, float]:
    return gemeenten(store)["inwoners"].to_dict()


def is_example(store: Store) -> bool:
    """Whether made-up numbers are used: in the example region, until somebody gives numbers."""
    return bool(store.about()["fictief"]) and not numbers.SHELF.latest(store.path)


def kinds(regio: Regio, groep: str) -> list[str]:
    """In which ways there are numbers of a group here; given numbers first."""
    return ways(regio)[groep]


def ways(regio: Regio) -> dict[str, list[str]]:
    """Of every group the ways in which there are numbers here, as `kinds`: the ledger is asked once for all of them."""
    store = regio.store
    given = {n.groep for n in shown_numbers(store) if n.gemeente in regio.namen}
    made_up = voorbeeld().keys() if is_example(store) else ()
    found = {}
    for code, group in groepen().items():
        there = {
            GIVEN: code in given,
            EXAMPLE: code in made_up and code not in given,
            PUBLISHED: any(n.gemeente in regio.namen for n in _of_source(store, group)),
            ESTIMATED: estimated.subject_of(store, group) is not None,
        }
        found[code] = [way for way, is_there in there.items() if is_there]
    return found


def with_numbers(regio: Regio) -> list[str]:
    """The groups of which there are numbers of any kind."""
    return [code for code, there in ways(regio).items() if there]


def series(regio: Regio, groep: str, hoe: str = "", jaar: int = 0) -> Reeks:
    """The numbers of a group.

    Parameters
    ----------
    hoe
        opgegeven, gepubliceerd, geschat or fictief; empty takes the first there is, and given when there is nothing.
    jaar
        0 takes the newest year with numbers.
    """
    found = register.known_group(groep)
    definition = register.definities(regio.store.path)[groep]
    way = hoe or next(iter(kinds(regio, groep)), GIVEN)
    if way == ESTIMATED:
        return _estimated(regio, found, jaar or years()[0])
    if way == EXAMPLE:
        return _example(regio, found, definition)
    if way == PUBLISHED:
        return _published(regio, found, definition, jaar)
    rows = [n for n in shown_numbers(regio.store) if n.groep == groep]
    inside = [n.jaar for n in rows if n.gemeente in regio.namen]
    year = jaar or max(inside, default=measured_on(definition, date.today()).year)
    agreed = _agreed(regio, groep)
    sources = sorted({n.bron for n in rows if n.bron and n.jaar == year and n.gemeente in regio.namen})
    source = "Opgegeven door de gemeenten" + (f", uit: {', '.join(sources)}" if sources else "")
    return _series(regio, found, definition, year, GIVEN, source, [_given(n) for n in rows], agreed)


def _agreed(regio: Regio, groep: str) -> list[dict]:
    return [
        {"gemeente": a.gemeente, "kenmerk": a.kenmerk}
        for a in register.akkoorden(regio.store.path)
        if a.groep == groep
    ]


def _published(regio: Regio, groep: Groep, definition: Definitie, jaar: int) -> Reeks:
    """What a source publishes, by its own definition: it counts where the region settled and agreed on those words."""
    found = [n for n in _of_source(regio.store, groep) if n.gemeente in regio.namen]
    if not found:
        raise Fout(f"Over {groep.kort} is hier niets gepubliceerd. Kies andere aantallen.")
    year = jaar or max(n.jaar for n in found)
    source = usage.source(regio.store, groep, year)
    agreed = _agreed(regio, groep.code)
    rows = [_given(n) for n in found]
    made = _series(regio, groep, definition, year, PUBLISHED, source, rows, agreed)
    return replace(made, peildag=groep.gebruik_peildag)


def _of_source(store: Store, groep: Groep) -> list[Getoond]:
    """What may be seen of what is published: the same whatever region somebody chooses."""
    if not groep.gebruik:
        return []
    return store.remember(
        ("gepubliceerd gebruik", groep.code),
        lambda: hidden.protected(usage.entries(store, groep), _people(store), rule_of(store)),
    )


def _given(n: Getoond) -> dict:
    return {
        "gemeente": n.gemeente, "jaar": n.jaar, "definitie": n.definitie, "peildag": n.peildatum[5:],
        "aantal": n.aantal, "blok": n.blok, "blok_aantal": n.blok_aantal,
    }  # fmt: skip


def _example(regio: Regio, groep: Groep, definition: Definitie) -> Reeks:
    """Made-up numbers, by our proposal for the definition; protected as real ones are."""
    proposal = Definitie(groep.code, groep.definitie, groep.peildag, groep.opvragen)
    year = measured_on(proposal, date.today()).year
    counts, moment = voorbeeld().get(groep.code, {}), f"{year}-{groep.peildag}"
    entries = hidden.as_if_given(groep.code, counts, proposal.kenmerk, moment)
    rows = [_given(n) for n in hidden.protected(entries, _people(regio.store), rule_of(regio.store))]
    agreed = [{"gemeente": code, "kenmerk": proposal.kenmerk} for code in regio.codes]
    return _series(
        regio, groep, proposal, year, EXAMPLE, "Fictief: verzonnen voor de voorbeeldregio", rows, agreed
    )


def _estimated(regio: Regio, groep: Groep, jaar: int) -> Reeks:
    """Our own figures: made in one way for every gemeente, so there is nothing to agree on."""
    definition = estimated.definition(regio.store, groep)
    agreed = [{"gemeente": code, "kenmerk": definition.kenmerk} for code in regio.codes]
    found = estimated.rows(regio, groep, jaar)
    return _series(regio, groep, definition, jaar, ESTIMATED, estimated.SOURCE, found, agreed)


def _series(regio, groep, definition, jaar, hoe, bron, rows, agreed) -> Reeks:
    frame = regio.store.ask(
        "regio_reeks", rijen=rows, akkoord=agreed, kenmerk=definition.kenmerk, peildag=definition.peildag, jaar=jaar,
        gemeenten=list(regio.codes),
    )  # fmt: skip
    measures = measured(regio)
    delen = [_part(row, regio, measures) for row in frame.to_dict("records")]
    order = {code: place for place, code in enumerate(regio.codes)}
    delen.sort(key=lambda deel: min(order[code] for code in deel.gemeenten))
    minimum = int(regio.store.about()["minimum"])
    return Reeks(regio, groep, definition, jaar, hoe, bron, tuple(delen), minimum)


def _part(row: dict, regio: Regio, measures: dict[str, dict[str, float]]) -> Deel:
    codes = tuple(sorted(row["gemeenten"], key=regio.codes.index))
    names = [regio.namen[code] for code in codes]
    maten = {
        name: sum(measures[code][name] for code in codes)
        for name in MEASURES
        if all(name in measures[code] for code in codes)
    }
    return Deel(
        codes, listed(names), row["stand"], _whole(row["aantal"]), maten,
        _whole(row["apart"]), row["reden"],
    )  # fmt: skip


def _whole(value) -> int | None:
    return int(value) if is_known(value) and not pd.isna(value) else None
