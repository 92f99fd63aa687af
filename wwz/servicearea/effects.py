"""The effectenarena of an area: what is done, who pays, at which proven effects it aims, for how many people, and who gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.ask.outlook import years
from wwz.knowledge import domain, serviceareas
from wwz.knowledge.serviceareas import MISSING, PARTLY, UNKNOWN
from wwz.own.areas import said as ownsaid
from wwz.own.areas.said import Maatregel
from wwz.servicearea.measure import older_text
from wwz.servicearea.score import Judged, area_key
from wwz.store import Store
from wwz.words.numbers import people

OLDER = "leeftijd_75plus"
AGES = {"leeftijd_75plus": "75-plussers", "leeftijd_65plus": "65-plussers"}


@dataclass(frozen=True)
class Aimed:
    """One proven effect in an area.

    Attributes
    ----------
    mensen
        How many people there are whom it may help, in words; not how many it will help.
    maatregelen
        Titles of the measures that aim at it.
    baat
        Which parties gain by it.
    """

    code: str
    titel: str
    mensen: str
    maatregelen: tuple[str, ...]
    baat: tuple[str, ...]


@dataclass(frozen=True)
class Arena:
    """The measures of an area with the parties that pay, and the effects, those that are aimed at first."""

    naam: str
    maatregelen: tuple[Maatregel, ...]
    effecten: tuple[Aimed, ...]

    @property
    def kop(self) -> str:
        """What the arena shows, in a sentence."""
        if not self.maatregelen:
            return f"{self.naam}: er zijn nog geen maatregelen ingevuld"
        aimed = sum(bool(effect.maatregelen) for effect in self.effecten)
        number = len(self.maatregelen)
        word = "maatregel richt" if number == 1 else "maatregelen richten"
        return (
            f"{self.naam}: {number} {word} zich op {aimed} van de {len(self.effecten)} aangetoonde effecten"
        )

    @property
    def partijen(self) -> list[tuple[str, int, int]]:
        """Every party: its title, in how many measures it pays, and at how many aimed effects it gains."""
        return [
            (
                title,
                sum(code in one.investeert for one in self.maatregelen),
                sum(bool(effect.maatregelen) and title in effect.baat for effect in self.effecten),
            )
            for code, title in serviceareas.titles("partij").items()
        ]


def arena(store: Store, area: Area) -> Arena:
    """The arena of an area.

    Raises
    ------
    Fout
        When the area was not kept yet.
    """
    measures = tuple(ownsaid.measures(store.path, area_key(area)))
    parties = serviceareas.titles("partij")
    found = [
        Aimed(
            code,
            effect.titel,
            _who(store, area, effect.wie),
            tuple(one.titel for one in measures if code in one.effecten),
            tuple(parties[party] for party in effect.baat),
        )
        for code, effect in serviceareas.effects().items()
    ]
    return Arena(area.naam, measures, tuple(sorted(found, key=lambda one: not one.maatregelen)))


def _who(store: Store, area: Area, indicator: str) -> str:
    minimum = int(store.about()["minimum"])
    if indicator == OLDER:
        return f"{older_text(store, area)} {AGES[indicator]} (geschat, {years()[0]})"
    rows = area.figures([indicator])
    if rows.empty:
        return f"onbekend hoeveel {AGES[indicator]}"
    row = rows.iloc[0]
    number = people(
        row["teller"], hidden=bool(row["verborgen"]), counted=bool(row["geteld"]), minimum=minimum
    )
    return f"{number} {AGES[indicator]} ({row['soort']}, {row['jaar']})"


@dataclass(frozen=True)
class Suggested:
    """A measure that may be taken over: for which onderdeel, why, and for how many people as far as known."""

    maatregel: Maatregel
    waarom: str


def suggestions(store: Store, area: Area, found: Sequence[Judged], most: int = 12) -> list[Suggested]:
    """What could be done about what is missing or partly there, and then about what is not known, with the agenda beside it."""
    taken = {one.onderdeel for one in ownsaid.measures(store.path, area_key(area))}
    order = {MISSING: 0, PARTLY: 1, UNKNOWN: 2}
    rows = agenda.of_area(store, area).rows
    lacking = dict(zip(rows["randvoorwaarde"][::-1], rows["mensen_tekst"][::-1], strict=True))
    kept = []
    for one in sorted(
        (j for j in found if j.status in order and j.onderdeel.code not in taken),
        key=lambda j: order[j.status],
    ):
        part = one.onderdeel
        helps = [text for code in part.rv for text in domain.randvoorwaarden()[code].wat_kan_helpen[:1]]
        who = next((f" Nu missen {lacking[code]} dit." for code in part.rv if _known(lacking.get(code))), "")
        measure = Maatregel(
            "", (helps or [f"{part.titel}: {part.uitleg}"])[0], part.code, part.effecten, (part.partij,)
        )
        kept.append(Suggested(measure, f"{part.titel}: {one.status}.{who}"))
    return kept[:most]


def _known(text: object) -> bool:
    return isinstance(text, str) and text[:1].isdigit()
