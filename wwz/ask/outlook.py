"""What the screen Toekomst shows: one subject, one scenario, from now to 2050."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wwz.ask.area import Area
from wwz.ask.layer import available
from wwz.base.memory import within
from wwz.knowledge import catalogue, domain, load_toml
from wwz.knowledge.groupnames import indicator_code
from wwz.store import Store, remembered
from wwz.words.numbers import NOT_SHOWN, dutch, is_known, people, people_between, rounded_people

TOGETHER = "samen"
BASE = "basis"


@dataclass(frozen=True)
class Subject:
    """What is followed into the future.

    Attributes
    ----------
    kind
        leeftijd, beperking or doelgroep: decides which scenarios mean something.
    """

    code: str
    titel: str
    kind: str


@dataclass(frozen=True)
class Scenario:
    """One assumption changed: per_jaar (share a year), extramuraal (people from institutions), mantelzorg (factor)."""

    code: str
    titel: str
    uitleg: str
    per_jaar: float = 0.0
    extramuraal: bool = False
    mantelzorg: float = 1.0

    def fits(self, subject: Subject) -> bool:
        """Whether this scenario changes anything about the subject."""
        if self.extramuraal or self.mantelzorg != 1:
            return subject.kind == "doelgroep"
        return not self.per_jaar or subject.kind != "leeftijd"


@dataclass(frozen=True)
class Outlook:
    """The answer for one area.

    Attributes
    ----------
    niveau, home
        Level of its parts; per cent of the people in institutions who live at home.
    minimum
        The privacy minimum.
    """

    area: Area
    subject: Subject
    scenario: Scenario
    niveau: str
    home: int
    minimum: int

    @property
    def whole(self) -> pd.DataFrame:
        """The area as a whole per year (sql/answers/toekomst.sql); asked when somebody looks at it."""
        return self._whole(self.scenario)

    @property
    def base(self) -> pd.DataFrame:
        """The same in the base scenario."""
        return self._whole(scenarios(self.subject)[BASE])

    def _whole(self, scenario: Scenario) -> pd.DataFrame:
        return _asked(self.area, TOGETHER, self.subject, scenario, self.home).set_index("jaar")

    @property
    def parts(self) -> pd.DataFrame:
        """All areas of one level in it, per year; asked when somebody looks at them."""
        return _asked(self.area, self.niveau, self.subject, self.scenario, self.home)

    def share(self, year: int) -> pd.Series:
        """Per area: per cent of the people it is about."""
        rows = self.parts[self.parts["jaar"] == year]
        return rows.set_index("gebied")["waarde"]


def years() -> list[int]:
    """The years of the screen."""
    return [row["jaar"] for row in load_toml("toekomst.toml")["land"]]


@remembered
def subjects(store: Store) -> dict[str, Subject]:
    """Everything that can be followed with the figures there are, by code."""
    known = load_toml("toekomst.toml")
    found = [Subject(row["code"], row["titel"], "leeftijd") for row in known["leeftijd"]]
    followed = set(store.ask("toekomst_onderwerpen")["onderwerp"])
    groups = {indicator_code(code) for code in domain.doelgroepen()}
    for code in available(store)["code"]:
        if code in followed:
            found.append(
                Subject(code, catalogue()[code].titel, "doelgroep" if code in groups else "beperking")
            )
    return {subject.code: subject for subject in found}


def scenarios(subject: Subject) -> dict[str, Scenario]:
    """The scenarios that mean something for a subject, the base first."""
    found = [Scenario(**row) for row in load_toml("toekomst.toml")["scenario"]]
    return {scenario.code: scenario for scenario in found if scenario.fits(subject)}


def home_steps() -> list[int]:
    """Percentages of people in institutions that a visitor can choose from."""
    step = load_toml("toekomst.toml")["extramuraal"]["stap"]
    return list(range(0, 101, step))


@remembered
def outlook(
    store: Store, area: Area, niveau: str, subject: Subject, scenario: Scenario, home: int = 0
) -> Outlook:
    """The future of a subject in an area.

    Parameters
    ----------
    niveau
        Level of the parts: buurt, wijk or gemeente.
    home
        Per cent of the people in institutions who live at home; only counts in the scenario about that.
    """
    return Outlook(area, subject, scenario, niveau, home, int(store.about()["minimum"]))


def _asked(area: Area, level: str, subject: Subject, scenario: Scenario, home: int) -> pd.DataFrame:
    about = {"onderwerp": subject.code, "per_jaar": scenario.per_jaar}
    at_home = home / 100 if scenario.extramuraal else 0.0
    more = (
        area.store.ask("toekomst_instelling", **about) if at_home else pd.DataFrame(columns=["jaar", "erbij"])
    )
    return area.store.ask(
        "toekomst",
        binnen=list(area.codes),
        niveau=level,
        **about,
        thuis=at_home,
        instelling_jaar=more["jaar"].tolist(),
        instelling=more["erbij"].tolist(),
        mantelzorg=scenario.mantelzorg,
    )


@within
def table(shown: Outlook, year: int, minimum: int) -> pd.DataFrame:
    """Areas now and then, the strongest growth first.

    Returns
    -------
    pandas.DataFrame
        gebied, naam, nu, dan and groei (people), and the texts nu_tekst, dan_tekst, marge_tekst, groei_tekst, aandeel_tekst.
    """
    first = years()[0]
    now, then = (shown.parts[shown.parts["jaar"] == y].set_index("gebied") for y in (first, year))
    frame = pd.DataFrame({"naam": then["naam"], "nu": now["teller"], "dan": then["teller"]})
    frame["groei"] = frame["dan"] - frame["nu"]
    frame["nu_tekst"] = [in_words(row, minimum) for _, row in now.reindex(frame.index).iterrows()]
    frame["dan_tekst"] = [in_words(row, minimum) for _, row in then.iterrows()]
    frame["marge_tekst"] = [margin(row, minimum) for _, row in then.iterrows()]
    frame["aandeel_tekst"] = [
        " → ".join(f"{dutch(v, 1)}%" if is_known(v) else "onbekend" for v in pair)
        for pair in zip(now["waarde"].reindex(frame.index), then["waarde"], strict=True)
    ]
    frame["groei_tekst"] = [signed(v) for v in frame["groei"]]
    frame["hoe"] = "geschat"
    return frame.sort_values("groei", ascending=False, na_position="last", kind="stable").reset_index()


def in_words(row: pd.Series, minimum: int) -> str:
    """How many people a row is about."""
    if row["beschermd"]:
        return NOT_SHOWN
    return people(row["teller"], hidden=bool(row["verborgen"]), counted=False, minimum=minimum)


def margin(row: pd.Series, minimum: int) -> str:
    """The interval in people."""
    return people_between(row["onder"], row["boven"], minimum) if is_known(row["onder"]) else ""


def signed(value: float) -> str:
    """A difference in people with its sign."""
    if not is_known(value):
        return "onbekend"
    sign = "−" if value < 0 else "+"
    return f"{sign}{dutch(rounded_people(abs(value)))}"
