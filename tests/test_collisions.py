"""Two people change the same thing: who comes second is told who was first, and nothing of theirs is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wwz.base.errors import Fout
from wwz.knowledge import serviceareas
from wwz.knowledge.regions import partijen
from wwz.knowledge.serviceareas import Norm
from wwz.own import areas as ownareas
from wwz.own.areas import said
from wwz.own.areas.said import Maatregel, Zone
from wwz.own.ledger import Botsing, ledger
from wwz.own.region import agreed, chosen, numbers, process, register, task
from wwz.own.region.agreed import Scenario
from wwz.own.region.numbers import Aantal

REGIO, GROUP, TWO = "GM0001-GM0002", "uitstroom", ("GM0001", "GM0002")
AREA = "EGA000"
PART, NORM = next((one.code, one.bereik[0]) for one in serviceareas.onderdelen().values() if one.bereik)


def scenario(years: int) -> Scenario:
    return Scenario("", "rustig", TWO, GROUP, "opgegeven", 2026, "inwoners", (), 10, years)


def number(people: int) -> list[Aantal]:
    return [Aantal(GROUP, "GM0001", people, "2026-01-01", "def", "telling", "Anna")]


@dataclass(frozen=True)
class Writing:
    """Something that can be changed: how, with which two contents, and what is read back."""

    write: Callable[..., Any]
    values: tuple[Any, Any]
    read: Callable[[Path], Any]


WRITINGS = {
    "taakstelling": Writing(
        lambda path, people, wie, **seen: task.keep(
            path, REGIO, GROUP, "2026-1", people, "brief", wie, **seen
        ),
        (10, 20),
        lambda path: task.latest(path, REGIO, GROUP),
    ),
    "definitie": Writing(
        lambda path, words, wie, **seen: register.settle(path, GROUP, words, "01-01", "lijst", wie, **seen),
        ("wie uitstroomt", "wie mag uitstromen"),
        register.definities,
    ),
    "scenario": Writing(
        lambda path, years, wie, **seen: agreed.keep(path, scenario(years), wie, **seen),
        (4, 5),
        agreed.scenarios,
    ),
    "afspraak": Writing(
        lambda path, people, wie, **seen: agreed.agree(
            path, GROUP, {("GM0001", 2027): people}, "tafel", wie, **seen
        ),
        (7, 8),
        lambda path: agreed.agreements(path, GROUP),
    ),
    "eigen regio": Writing(
        lambda path, centrum, wie, **seen: chosen.keep(path, "Noord", TWO, centrum, wie, **seen),
        (("GM0001",), ("GM0002",)),
        chosen.regios,
    ),
    "cijfer": Writing(
        lambda path, people, wie, **seen: numbers.add(path, number(people), wie, **seen),
        (31, 37),
        numbers.read,
    ),
    "stap": Writing(
        lambda path, why, wie, **seen: process.do_step(
            path, REGIO, "schaal", True, wie, "2026-05-12", why, **seen
        ),
        ("besproken", "besloten"),
        lambda path: process.read(path, REGIO),
    ),
    "partij": Writing(
        lambda path, rol, wie, **seen: process.set_party(path, REGIO, partijen()[0], rol, wie, **seen),
        ("maakt", ""),
        lambda path: process.read(path, REGIO),
    ),
    "tekst": Writing(
        lambda path, text, wie, **seen: process.set_texts(path, REGIO, {"doel": text}, wie, **seen),
        ("samen", "apart"),
        lambda path: process.read(path, REGIO),
    ),
    "onderdeel": Writing(
        lambda path, status, wie, **seen: said.say(path, AREA, [(PART, status, "gezien")], wie, **seen),
        (serviceareas.PRESENT, serviceareas.MISSING),
        lambda path: said.statuses(path, AREA),
    ),
    "zone": Writing(
        lambda path, lat, wie, **seen: said.set_zone(path, AREA, Zone("hart", lat, 4.3, 300), wie, **seen),
        (52.1, 52.2),
        lambda path: said.zone(path, AREA),
    ),
    "norm": Writing(
        lambda path, part, wie, **seen: said.set_norm(
            path, PART, Norm(NORM.code, NORM.meter, part, NORM.wie), wie, **seen
        ),
        (41.0, 42.0),
        said.norms,
    ),
}

# A moment as people write it.
TOLD = r"\d\d-\d\d-20\d\d om \d\d:\d\d"


@pytest.mark.parametrize("what", WRITINGS)
def test_who_did_not_see_a_change_is_told_who_made_it(tmp_path, what):
    path, one = tmp_path / "wwz.duckdb", WRITINGS[what]
    first, second = one.values
    one.write(path, first, "Anna")
    noted = ledger(path).latest()
    one.write(path, second, "Bert", gezien=noted)
    there = one.read(path)
    with pytest.raises(Botsing, match=rf"Bert wijzigde dit op {TOLD} ook.* Er is niets bewaard") as told:
        one.write(path, first, "Cees", gezien=noted)
    assert one.read(path) == there
    # A number of a gemeente is told to nobody, also not to who writes one.
    assert what != "cijfer" or not {"31", "37"} & set(
        re.findall(r"\d+", told.value.zinnen[0].partition(" ook")[2])
    )
    one.write(path, first, "Cees", gezien=ledger(path).latest())
    assert one.read(path) != there


def test_what_is_taken_away_must_be_what_was_seen(tmp_path):
    path = tmp_path / "wwz.duckdb"
    area = ownareas.keep(path, "Ons gebied", ["BU00010001", "BU00010002"], "Anna")
    region = chosen.keep(path, "Noord", TWO, (), "Anna")
    plan = agreed.keep(path, scenario(4), "Anna")
    numbers.add(path, number(31), "Anna")
    noted = ledger(path).latest()
    ownareas.keep(path, "Ons gebied", ["BU00010001"], "Bert", code=area.code, gezien=area.versie)
    chosen.keep(path, "Noord", TWO, ["GM0001"], "Bert")
    agreed.keep(path, scenario(5), "Bert")
    numbers.add(path, number(37), "Bert")
    for away in (
        lambda: ownareas.remove(path, area.code, "Cees", gezien=area.versie),
        lambda: chosen.remove(path, region, "Cees", gezien=noted),
        lambda: agreed.remove(path, plan, "Cees", gezien=noted),
        lambda: numbers.remove(path, GROUP, "GM0001", 2026, "Cees", gezien=noted),
    ):
        with pytest.raises(Botsing, match="Bert wijzigde dit"):
            away()
    assert ownareas.kept(path) and chosen.regios(path) and agreed.scenarios(path) and numbers.read(path)
    ownareas.remove(path, area.code, "Cees", gezien=area.versie + 1)
    assert not ownareas.kept(path)


def test_a_measure_that_is_gone_already_stays_gone(tmp_path):
    path = tmp_path / "wwz.duckdb"
    effect, payer = next(iter(serviceareas.effects())), next(iter(serviceareas.titles("partij")))
    said.add_measure(path, AREA, Maatregel("", "bankjes", "", (effect,), (payer,)), "Anna")
    (one,) = said.measures(path, AREA)
    noted = ledger(path).latest()
    for wie in ("Bert", "Cees"):
        said.drop_measure(path, AREA, one.id, wie, gezien=noted)
    assert not said.measures(path, AREA)


def test_nobody_agrees_with_words_that_were_not_on_screen(tmp_path):
    path = tmp_path / "wwz.duckdb"
    register.settle(path, GROUP, "wie uitstroomt", "01-01", "lijst", "Anna")
    noted = ledger(path).latest()
    register.settle(path, GROUP, "wie mag uitstromen", "01-01", "lijst", "Bert")
    with pytest.raises(Fout, match=r"Bert wijzigde de definitie op \d\d-\d\d-20\d\d ook"):
        register.agree(path, GROUP, TWO, "2026-05-12", "", "Cees", gezien=noted)
    assert not register.akkoorden(path)
    seen = ledger(path).latest()
    register.agree(path, GROUP, TWO, "2026-05-12", "", "Cees", gezien=seen)
    register.agree(path, GROUP, TWO[:1], "2026-06-01", "het college", "Bert")
    with pytest.raises(Botsing, match="Bert wijzigde dit"):
        register.withdraw(path, GROUP, TWO[0], "Cees", "ingetrokken", gezien=seen)
    assert len(register.akkoorden(path)) == 2
