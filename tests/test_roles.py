"""Who may do what: every action under every role, asked of the functions themselves, and the roles of config.toml."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.permission import ACTIONS, Actor, Rol
from wwz.base.settings import Settings, load_settings
from wwz.build import fetched, rebuild
from wwz.fetch import job as jobs
from wwz.own import areas, building, buurtkind, counts, forecast, given, klus, plans, points, tours, whodid
from wwz.own.eisen import matrix, norms
from wwz.own.region import chosen as regionchosen
from wwz.own.region import numbers as regionnumbers
from wwz.own.region import process as regionprocess
from wwz.own.region import register as regiondefinitions
from wwz.own.region import task as regiontask
from wwz.own.region.numbers import Aantal
from wwz.sessie import control
from wwz.ui.shared import permission as screen
from wwz.ui.shared import state

REFUSED = "U mag dit niet doen: daarvoor is de rol"
ROLES = list(Rol)


@pytest.fixture
def as_role():
    """Be somebody with a role; gives a function. Afterwards screens recognise their visitors again."""
    now = []
    permission.ask_whom(lambda: now[0] if now else None)

    def become(rol: Rol | None) -> None:
        now[:] = [] if rol is None else [Actor("Anna", rol, "anna@voorbeeld.nl")]

    yield become
    permission.ask_whom(screen.visitor)


def statement() -> given.Opgave:
    return given.checked("WK990101", "respijtzorg", "knelpunt", None, "Anna", "gebeld")


def point() -> points.Change:
    return points.checked("e1", points.ADDED, "supermarkt", "W", 52.1, 4.3, "Anna", "")


def count() -> counts.Telling:
    return counts.Telling("Wmo", "tonen", "", "BU99010000", 12, "2025-01-01", "", "Anna", "2025-01-02")


def forecasted() -> list[forecast.Prognose]:
    return [
        forecast.Prognose("GM9901", 2040, band, 5, "Primos", "Anna", "2025-01-02")
        for band in forecast.bands()
    ]


def eis(database) -> pd.DataFrame:
    cell = dict(zip(matrix.KEYS, ("lvb", "geen", "begeleiding"), strict=True))
    now = matrix.effective(database).set_index(list(matrix.KEYS)).loc[tuple(cell.values()), "graad"]
    return matrix.changes(database, pd.DataFrame([{**cell, "graad": "W" if now != "W" else "F"}]))


def a_plan(database) -> plans.Plan:
    return plans.keep(database, "Nieuw", "Anna", ["NL00"], plans.from_text("erbij:supermarkt:52.1:4.3"))


NORM = {"winkels-1000": 800.0}
A_BUILDING = building.Bouwplan("BU99010101", 2030, "gezin", 12, "Woondeal", "Anna", "2026-01-01")
# What is done, by its name in the rules, each from what a manager left behind before.
DOES = {
    "opgave": [lambda d: given.add(d, [statement()])],
    "punt": [lambda d: points.add(d, [point()])],
    "plan": [a_plan, lambda d: plans.remove(d, "p-000000000000")],
    "gebied": [
        lambda d: areas.keep(d, "Ons gebied", ["BU99010101"], "Anna"),
        lambda d: areas.remove(d, "EGA000", "Anna"),
    ],
    "telling": [lambda d: counts.add(d, [count()]), lambda d: counts.remove(d, "Oud")],
    "prognose": [lambda d: forecast.keep(d, forecasted()), forecast.remove],
    "bouwplan": [lambda d: building.keep(d, [A_BUILDING]), building.remove],
    "buurtsoort": [
        lambda d: buurtkind.keep(d, "BU99010101", "gewoon", "Omdat", "Anna"),
        lambda d: buurtkind.remove(d, "BU99010101", "Anna"),
    ],
    "eigen cijfers zien": [counts.listed],
    "regio": [
        lambda d: regionnumbers.add(
            d, [Aantal("urgent", "GM9901", 12, "2026-01-01", "x", "", "Anna")], "Anna"
        ),
        lambda d: regionprocess.do_step(d, "GM9901,GM9902", "schaal", True, "Anna"),
        lambda d: regiontask.keep(d, "GM9901,GM9902", "statushouders", "2026-1", 80, "Brief", "Anna"),
        lambda d: regionchosen.keep(d, "Wij", ["GM9901", "GM9902"], [], "Anna"),
    ],
    "klus": [lambda d: klus.keep(d, "GM9901", "maken", "alarm", klus.checked("Anna", "2027-03-01"), "Anna")],
    "rondleiding": [
        lambda d: tours.begin(d, "Nieuw", tours.Stop("kaart", "", "Eerst"), "Anna"),
        lambda d: tours.rename(d, tours.kept(d)[0], "Anders", "Anna"),
        lambda d: tours.add_stop(d, tours.kept(d)[0].code, tours.Stop("kaart", "", "Dan"), "Anna"),
        lambda d: tours.change_stop(d, tours.kept(d)[0].code, tours.kept(d)[0].stops[0], "Anna"),
        lambda d: tours.move_stop(d, tours.kept(d)[0].code, tours.kept(d)[0].stops[0].id, 1, "Anna"),
        lambda d: tours.remove_stop(d, tours.kept(d)[0].code, tours.kept(d)[0].stops[0].id, "Anna"),
        lambda d: tours.remove(d, tours.kept(d)[0].code, "Anna"),
    ],
    "regiodefinitie": [lambda d: regiondefinitions.settle(d, "urgent", "Wie", "01-01", "Register", "Anna")],
    "eis": [
        lambda d: matrix.history(d).add(eis(d), "Anna", "x"),
        lambda d: matrix.history(d).back_to(0, "Anna"),
    ],
    "norm": [lambda d: norms.history(d).add(norms.changes(d, NORM), "Anna", "x")],
    "uitrekenen": [lambda d: jobs.start(rebuild.KIND, lambda job: None).klaar.wait(20)],
    "ophalen": [
        lambda d: jobs.start("ophalen", lambda job: None).klaar.wait(20),
        lambda d: jobs.start("verbinding", lambda job: None).klaar.wait(20),
    ],
    "wie deed wat": [whodid.rows, whodid.kinds],
    "sessie": [lambda d: control.create(d, "Avond", ["WK990101"], "Wijk", "halen", [])],
    "terugdraaien": [lambda d: whodid.undo(d, 1, "Anna", "")],
    "kijken": [lambda d: permission.need("kijken")],
}


def test_every_action_of_the_rules_is_tried():
    assert DOES.keys() == ACTIONS.keys()


@pytest.mark.parametrize("rol", ROLES, ids=lambda rol: rol.name.lower())
def test_every_action_under_every_role(tmp_path, as_role, rol):
    database = tmp_path / "wwz.duckdb"
    as_role(None)
    given.add(database, [replace(statement(), randvoorwaarde="alarm")])
    counts.add(database, [replace(count(), onderwerp="Oud")])
    matrix.history(database).add(eis(database), "Bert", "x")
    tours.begin(database, "Oud", tours.Stop("kaart", "", "Eerst"), "Bert")
    as_role(rol)
    for action, deeds in DOES.items():
        for number, deed in enumerate(deeds):
            before = given.SHELF.book(database).mark()
            if rol >= ACTIONS[action]:
                deed(database)
                continue
            with pytest.raises(Fout, match=REFUSED):
                deed(database)
            assert given.SHELF.book(database).mark() == before, (action, number)
    entries = given.SHELF.book(database).everything()
    assert {e.login for e in entries} == ({"", "anna@voorbeeld.nl"} if rol >= Rol.INVOEREN else {""})


def test_a_job_that_is_done_again_asks_again(as_role):
    as_role(Rol.BEHEREN)
    job = jobs.start("ophalen", lambda job: None)
    assert job.klaar.wait(20)
    as_role(Rol.INVOEREN)
    for again in (job.opnieuw, job.toch):
        with pytest.raises(Fout, match=REFUSED):
            again()


# ------------------------------------------------------------- roles of config.toml

ANNA = {"is_logged_in": True, "email": "Anna@Gemeente.nl", "groups": ["Wonen", "wwz"]}
LISTS = replace(
    Settings(),
    beheren=("baas@gemeente.nl", "groep:wwz-beheer"),
    invoeren=("*@gemeente.nl",),
    kijken=("groep:gasten",),
)


@pytest.mark.parametrize(
    ("settings", "known", "rol"),
    [
        (Settings(), {}, Rol.BEHEREN),
        (Settings(bewerken="niemand"), ANNA, Rol.KIJKEN),
        (Settings(bewerken="ingelogd"), {"is_logged_in": False}, Rol.KIJKEN),
        (Settings(bewerken="ingelogd"), ANNA, Rol.BEHEREN),
        (LISTS, {}, Rol.KIJKEN),
        (LISTS, ANNA, Rol.INVOEREN),
        (LISTS, ANNA | {"is_logged_in": False}, Rol.KIJKEN),
        (LISTS, ANNA | {"email_verified": False}, Rol.KIJKEN),
        (LISTS, ANNA | {"groups": ["WWZ-beheer"]}, Rol.BEHEREN),
        (LISTS, ANNA | {"groups": "wwz-beheer"}, Rol.BEHEREN),
        (LISTS, ANNA | {"email": "baas@gemeente.nl"}, Rol.BEHEREN),
        # An address is not a group, a group no address, and what only looks like the domain is another one.
        (LISTS, {"is_logged_in": True, "email": "groep:wwz-beheer"}, Rol.KIJKEN),
        (LISTS, {"is_logged_in": True, "email": "x@gemeente.nl.boef.nl"}, Rol.KIJKEN),
        (LISTS, {"is_logged_in": True, "groups": ["baas@gemeente.nl"], "email": None}, Rol.KIJKEN),
        (replace(LISTS, anders="geen"), {"is_logged_in": True, "email": "x@elders.nl"}, Rol.GEEN),
        (replace(LISTS, anders="geen"), {"is_logged_in": True, "groups": ["gasten"]}, Rol.KIJKEN),
        (replace(LISTS, groepen="rollen"), ANNA | {"rollen": ["wwz-beheer"], "email": ""}, Rol.BEHEREN),
        (replace(Settings(), kijken=("a@b.nl",), anders="geen"), {}, Rol.GEEN),
    ],
)
def test_the_role_follows_from_the_settings_and_the_login(settings, known, rol):
    assert permission.role_of(settings, known) == rol


def test_mistakes_in_the_lists_are_named_together(tmp_path, monkeypatch):
    monkeypatch.delenv("WWZ_CONFIG", raising=False)
    path = tmp_path / "config.toml"
    path.write_text(
        '[rollen]\nbeheren = ["jan", 3]\nkijken = ["groep:"]\nanders = "alles"\n', encoding="utf-8"
    )
    with pytest.raises(Fout) as caught:
        load_settings(path)
    assert len(caught.value.zinnen) == 4 and all("rollen." in sentence for sentence in caught.value.zinnen)


# ------------------------------------------------------------- the screen


def page(path):
    from pathlib import Path

    from wwz.store import Store
    from wwz.ui.shared import permission
    from wwz.ui.wie_deed_wat.screen import who_did_what

    if permission.may_look():
        who_did_what(Store(Path(path)))


@pytest.fixture
def database(tmp_path, voorbeeld_store):
    database = tmp_path / "wwz.duckdb"
    database.symlink_to(voorbeeld_store.path)
    given.add(database, [statement()])
    given.add(database, [replace(statement(), status="deels", wie="=Bert")])
    counts.add(database, [replace(count(), aantal=7)])
    return database


def shown(database, monkeypatch, settings: Settings, login: dict) -> AppTest:
    monkeypatch.setattr(state, "settings", lambda: replace(settings, database=database))
    monkeypatch.setattr(screen, "known_login", lambda: login)
    return AppTest.from_function(page, args=(str(database),), default_timeout=60).run()


def test_who_did_what_is_listed_filtered_exported_and_taken_back(database, monkeypatch):
    app = shown(database, monkeypatch, LISTS, ANNA | {"groups": ["wwz-beheer"], "name": "Anna"})
    assert not app.exception
    app.selectbox(key="wie-soort").select("opgave").run()
    app.text_input(key="wie-naam").set_value("bert").run()
    assert "Eén wijziging." in " ".join(str(part.proto) for part in app.main)
    app.text_input(key="wie-naam").set_value("").run()
    app.selectbox(key="wie-terug").select(2)
    next(b for b in app.button if b.label == "Draai terug").click().run()
    assert not app.exception and not app.error
    assert [s.status for s in given.current(given.read(database))] == ["knelpunt"]
    last = given.SHELF.entries(database)[-1]
    assert (last.wie, last.login) == ("Anna", "Anna@Gemeente.nl")


def test_a_list_of_changes_never_tells_a_count_or_starts_a_formula(database):
    rows = whodid.rows(database)
    told = rows[rows["soort"] == "eigen cijfer"].iloc[0]
    assert (told["was"], told["werd"]) == ("niet getoond", "niet getoond")
    assert "7" not in " ".join(map(str, told.drop(["nummer", "handeling", "wanneer"])))
    assert all(b",=" not in line for line in whodid.to_csv(rows).splitlines())
    assert (
        whodid.rows(database, tot="2001-01-01").empty and len(whodid.rows(database, sinds="2001-01-01")) == 3
    )
    with pytest.raises(Fout, match="niet terug te draaien"):
        whodid.undo(database, 3, "Anna", "")


@pytest.mark.parametrize(
    ("settings", "login", "words"),
    [
        (LISTS, ANNA, "de rol beheren"),
        (LISTS, {"is_logged_in": False}, "Alleen wie is ingelogd"),
        (replace(LISTS, anders="geen"), {"is_logged_in": True, "email": "x@elders.nl"}, "de rol kijken"),
        (replace(LISTS, anders="geen"), {}, "Inloggen is op deze server nog niet ingesteld"),
    ],
)
def test_without_the_role_nothing_is_shown_but_the_reason(database, monkeypatch, settings, login, words):
    app = shown(database, monkeypatch, settings, login)
    text = " ".join(str(part.proto) for part in app.main)
    assert not app.exception and words in text and "Bert" not in text and not app.selectbox


def test_fetching_and_going_back_to_the_example_ask_for_a_role(as_role, tmp_path):
    as_role(Rol.INVOEREN)
    settings = Settings(database=tmp_path / "wwz.duckdb")
    for act in (
        lambda: fetched.start_example(settings),
        lambda: fetched.start_fetch(settings, ["GM0518"], 2024),
    ):
        with pytest.raises(Fout, match=REFUSED):
            act()
