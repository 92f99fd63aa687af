"""What a file about the wijkagenda contains, gathered once: the same figures and sentences as the screen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.agenda import rows as agenda
from wwz.agenda.balance import PARTS, balance
from wwz.agenda.contradictions import contradictions
from wwz.agenda.expected import order
from wwz.agenda.jobs import jobs
from wwz.agenda.pressure import Pressure, pressures
from wwz.agenda.rows import Agenda
from wwz.agenda.words import kinds, not_added
from wwz.ask.area import Area, find_area, whole
from wwz.ask.layerwords import no_effect
from wwz.ask.together import use_sentences
from wwz.ask.view import View
from wwz.base.dates import dutch_day
from wwz.base.errors import Fout
from wwz.base.sentence import capital
from wwz.export.logo import Logo
from wwz.export.origin import Origin
from wwz.export.sheet import FICTIVE, HIDDEN, KNOWN_AS, place_of
from wwz.knowledge import domain, load_toml
from wwz.own import klus
from wwz.own.eisen import deviation
from wwz.own.klus import Klus
from wwz.sessie import agreements
from wwz.store import Store
from wwz.words.harmless import clean

# The kinds of jobs, in the order in which they are read.
KINDS = ("doen", "beslissen", "navragen")
DONE, NOT_YET = "klaar", "nog te kiezen"


@dataclass(frozen=True)
class Task:
    """A job: its kind as a title, what to do, who is there to do it, who takes it up and by when (in words)."""

    kind: str
    text: str
    who: str
    owner: str
    day: str


@dataclass(frozen=True)
class AgendaSheet(Origin):
    """The wijkagenda of one area, ready to be written in any format.

    Attributes
    ----------
    area, found
        The area and its agenda.
    bars
        What is necessary, as `agenda.balance.balance` gives it.
    tasks, pressures
        What to do, and what weighs on the area.
    use
        How many of who needs support use it, in words.
    warnings
        What cannot be right in the figures.
    agreed
        What work sessions agreed, by the randvoorwaarde it is about.
    """

    store: Store
    area: Area
    found: Agenda
    bars: pd.DataFrame
    tasks: tuple[Task, ...]
    pressures: tuple[Pressure, ...]
    use: str
    warnings: tuple[str, ...]
    agreed: dict[str, str]
    logo: Logo | None = None

    @property
    def title(self) -> str:
        """The finding."""
        return clean(capital(self.found.headline))

    @property
    def place(self) -> str:
        """Which agenda this is."""
        return f"Wijkagenda van {clean(place_of(self.area))}"

    @property
    def known(self) -> tuple[str, ...]:
        """How its numbers are known, surest first, those beside it too."""
        beside = {row.hoe.split()[0] for row in self.pressures}
        here = set(kinds(self.found.rows["hoe_code"]))
        return tuple(kind for kind in KNOWN_AS if kind in here | beside)

    @property
    def marks(self) -> tuple[str, ...]:
        """Words that must stand beside the title."""
        said = tuple(kind for kind in self.known if kind not in ("gepubliceerd", "onbekend"))
        return (("Fictief",) if self.fictive else ()) + said

    @property
    def sources(self) -> tuple[str, ...]:
        """Source lines of all that is in it."""
        lines = [*self.found.rows["bron"], *(line for row in self.pressures for line in row.bronnen)]
        return tuple(dict.fromkeys(clean(line) for line in lines if isinstance(line, str) and line))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to use the figures."""
        told = [
            *((FICTIVE,) if self.fictive else ()),
            self.use,
            not_added(),
            order(),
            deviation.summary(self.store.path),
            *self.sources,
            *(f"Hoe bekend: {KNOWN_AS[kind]}" for kind in self.known),
            "Marge: achter of onder een aantal staat tussen welke grenzen het waarschijnlijk ligt.",
            f"Effect van een maatregel: {no_effect()}",
            f"Privacy: een {HIDDEN.format(self.found.minimum)}",
            f"Database gemaakt: {self.made_text}",
        ]
        return tuple(clean(line) for line in told if line)


def make_agenda_sheet(store: Store, view: View, logo: Logo | None = None) -> AgendaSheet:
    """The agenda of the area that is chosen in the view, or else of the area worked in.

    Raises
    ------
    Fout
        When an area is not in the data, is too large for an agenda, or nothing is known of doelgroepen.
    """
    codes = (view.gekozen,) if view.gekozen else view.gebied
    area = find_area(store, codes) if codes else whole(store)
    found = agenda.of_area(store, area)
    if not found.has_groups:
        raise Fout(
            f"{found.headline}: in de gegevens staan geen doelgroepen. Bouw opnieuw met cijfers over leeftijd en gezondheid."
        )
    return AgendaSheet(
        store=store,
        area=area,
        found=found,
        bars=balance(found),
        tasks=_tasks(store, area, found),
        pressures=pressures(store, area),
        use=use_sentences(store, area),
        warnings=tuple(contradictions(store, area)),
        agreed=agreements.told(store.path, area.codes),
        logo=logo,
    )


def agenda_if_any(store: Store, view: View, logo: Logo | None = None) -> AgendaSheet | None:
    """The same; None where there is none."""
    try:
        return make_agenda_sheet(store, view, logo)
    except Fout:
        return None


def parts_of_bars() -> dict[str, tuple[str, str]]:
    """What a bar is made of: its column → what it means, and its colour."""
    colours = load_toml("kleuren.toml")["deel"]
    return {name: (words, colours[name]) for name, words in PARTS.items()}


def _tasks(store: Store, area: Area, found: Agenda) -> tuple[Task, ...]:
    """The jobs of now, and after each kind what was agreed before about something else."""
    kept = klus.of_link(store.path, area.link)
    plan = load_toml("confrontatie.toml")["klus"]
    titles = {kind: plan[kind]["titel"] for kind in KINDS}
    now = [(one.soort, one.randvoorwaarde, clean(one.tekst), one.wie) for one in jobs(found)]
    known = {(soort, code) for soort, code, _, _ in now}
    named = domain.randvoorwaarden()
    before = [
        (soort, code, clean(f"Eerder afgesproken: {named[code].titel}."), "")
        for soort, code in kept
        if (soort, code) not in known and code in named and soort in titles
    ]
    rows = sorted([*now, *before], key=lambda row: KINDS.index(row[0]))
    return tuple(
        _task(titles[soort], text, who, kept.get((soort, code), Klus())) for soort, code, text, who in rows
    )


def _task(title: str, text: str, who: str, agreed: Klus) -> Task:
    when = f"voor {dutch_day(agreed.datum)}" if agreed.datum else NOT_YET
    return Task(title, text, who, clean(agreed.eigenaar) or NOT_YET, DONE if agreed.klaar else when)
