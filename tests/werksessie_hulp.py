"""Sessions for tests: one of a few steps on a ledger of its own, and a client that calls its pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from wwz.base.limits import Limits
from wwz.base.settings import Settings
from wwz.meedoen.routes import routes
from wwz.sessie import control
from wwz.sessie.codes import new_token
from wwz.sessie.giving import Phone
from wwz.sessie.programme import Step
from wwz.sessie.room import Room

LIMITS = Limits()
ROWS = (("respijtzorg", "Respijtzorg"), ("alarm", "Alarm"), ("nultrede", "Woning zonder trap"))
STEPS = (
    Step("s1", "kijken", "Wat zien wij?", 5, ROWS),
    Step("s2", "herkent", "Herkent u dit?", 5, (), (("Er is te weinig respijtzorg.", "aanname", "eigen"),)),
    Step("s3", "kiezen", "Waar beginnen wij?", 5, ROWS),
    Step("s4", "invullen", "Wat weet de tafel?", 5, ROWS[:2]),
    Step("s5", "halen", "Wat komt u halen?", 5),
    Step("s6", "afspraken", "Wat spreken wij af?", 5),
    Step("s7", "afsluiten", "Iedereen aan boord?", 5),
)


def a_session(folder: Path, *steps: Step, title: str = "Proef", day: str = "") -> Room:
    """A session beside a database that need not be there."""
    made = list(steps or STEPS)
    return control.create(folder / "wwz.duckdb", title, ["WK990101"], "Wijk", "wijkagenda", made, day)


def joined(
    found: Room, naam: str = "Anna", organisatie: str = "Welzijn", soort: str = "welzijn", mag: bool = False
) -> Phone:
    """A phone that takes part."""
    phone = Phone(found, LIMITS, new_token())
    sent = {"naam": naam, "organisatie": organisatie, "soort": soort, "naam_mag": "ja" if mag else ""}
    phone.join(sent, "erbij")
    return phone


def secret(step: str) -> tuple[Step, ...]:
    """The steps, of which one is secret."""
    return tuple(replace(one, geheim=True) if one.id == step else one for one in STEPS)


def client(folder: Path, **settings) -> TestClient:
    """Somebody with a browser without scripts; cookies are kept."""
    made = replace(Settings(), database=folder / "wwz.duckdb", **settings)
    return TestClient(Starlette(routes=routes(made)), follow_redirects=True, headers={"accept": "text/html"})


def act_in(page: str) -> str:
    """The id of an act that a page gave."""
    found = re.search(r'name="daad" value="([^"]+)"', page)
    assert found, page[:400]
    return found[1]
