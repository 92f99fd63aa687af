"""Plans to build, and the kind of a buurt: checked row by row, kept in the ledger, and counted in a build."""

from __future__ import annotations

import shutil

import pytest
from invoer_hulp import Answers

from wwz.ask.area import find_area
from wwz.ask.buurtkinds import (
    kind_in_words,
    kind_of,
    kinds_in,
    marks_of,
    plans_in,
    plans_in_words,
    waiting_in_words,
)
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.cli.main import main
from wwz.future.kinds import homes, kinds, newcomers
from wwz.knowledge import load_toml
from wwz.own import building, buurtkind
from wwz.own.ledger import Botsing

BUURTEN = {"BU99010101": 300.0, "BU99010102": 20.0}
HEAD = "buurt;jaar;woningen;soort\n"


def checked(body: str) -> list[building.Bouwplan]:
    return building.check((HEAD + body).encode(), "plan.csv", BUURTEN, "ik", "Woondeal")


def wrong(body: str) -> str:
    with pytest.raises(Fout) as caught:
        checked(body)
    return "\n".join(caught.value.zinnen)


def test_a_good_file_is_read():
    rows = checked("BU99010101;2030;120;gezin\nBU99010101;2030;1.200;Zorg\nBU99010102;2026;20;sloop\n")
    assert [(r.gebied, r.jaar, r.soort, r.woningen) for r in rows] == [
        ("BU99010101", 2030, "gezin", 120), ("BU99010101", 2030, "zorg", 1200), ("BU99010102", 2026, "sloop", 20),
    ]  # fmt: skip
    assert {(r.wie, r.bron) for r in rows} == {("ik", "Woondeal")}


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("BU00000000;2030;5;gezin\n", "buurt 'BU00000000' staat niet in de gegevens"),
        ("GM9901;2030;5;gezin\n", "buurt 'GM9901' staat niet in de gegevens"),
        ("BU99010101;2019;5;gezin\n", "jaar '2019' kan niet. Kies een jaar van 2026 tot en met 2050"),
        ("BU99010101;2025;5;gezin\n", "jaar '2025' kan niet"),
        ("BU99010101;²030;5;gezin\n", "kan niet"),
        ("BU99010101;2030;-5;gezin\n", "Een aantal woningen is 0 of meer"),
        ("BU99010101;2030;-5;gezin\n", "Zet gesloopte woningen op een eigen regel, met de soort sloop"),
        ("BU99010101;2030;veel;gezin\n", "is geen getal"),
        ("BU99010101;2030;=A1;gezin\n", "is een formule"),
        ("BU99010101;2030;1,5;gezin\n", "1,5"),
        ("BU99010101;2030;;gezin\n", "het aantal is leeg"),
        ("BU99010101;2030;5;villa\n", "soort 'villa' bestaat niet. Kies uit gezin, ouderen, studenten, zorg, sloop"),
        ("BU99010101;2030;5;gezin\nBU99010101;2030;6;gezin\n", "staat er 2 keer in"),
        ("BU99010102;2030;15;sloop\nBU99010102;2035;6;sloop\n", "meer woningen weg dan er zijn (20 nu)"),
        ("", "geen regels"),
    ],
)  # fmt: skip
def test_every_mistake_is_named(body, part):
    assert part in wrong(body)


def test_without_who_or_source_nothing_is_read():
    with pytest.raises(Fout) as told:
        building.check((HEAD + "BU99010101;2030;5;gezin\n").encode(), "plan.csv", BUURTEN, " ", "")
    assert list(told.value.zinnen) == [
        "Vul in wie deze bouwplannen opgeeft.",
        "Vul in waar deze bouwplannen staan. Bijvoorbeeld: Woondeal 2025.",
    ]


def test_all_mistakes_come_together_and_nothing_is_kept():
    found = wrong(
        "BU0;2030;5;gezin\nBU99010101;1990;x;gezin\nBU99010101;2030;-4;kasteel\nBU99010101;2030;5;gezin\n"
    )
    assert "staan 5 fouten" in found and "zijn niet bewaard" in found
    assert "Regel 2" in found and found.count("Regel 3") == 2 and found.count("Regel 4") == 2


def test_what_is_built_first_may_be_demolished_later():
    assert len(checked("BU99010102;2030;100;gezin\nBU99010102;2045;110;sloop\n")) == 2


def test_plans_are_kept_per_buurt_and_can_go(tmp_path):
    path = tmp_path / "wwz.duckdb"
    building.keep(path, checked("BU99010101;2030;5;gezin\nBU99010101;2035;5;gezin\n"))
    building.keep(path, checked("BU99010102;2030;7;ouderen\n"))
    seen = building.latest(path)
    building.keep(path, checked("BU99010101;2040;9;zorg\n"), gezien=seen)
    assert sorted((p.gebied, p.jaar, p.woningen) for p in building.read(path)) == [
        ("BU99010101", 2040, 9), ("BU99010102", 2030, 7),
    ]  # fmt: skip
    with pytest.raises(Botsing, match="ik wijzigde dit"):
        building.keep(path, checked("BU99010101;2040;11;zorg\n"), gezien=seen)
    building.remove(path, "ik")
    assert building.read(path) == [] and building.SHELF.entries(path)[-1].was


def test_a_kind_is_kept_with_who_and_why_and_can_go(tmp_path):
    path = tmp_path / "wwz.duckdb"
    with pytest.raises(Fout) as caught:
        buurtkind.keep(path, "BU99010101", "kasteel", " ", "")
    assert len(caught.value.zinnen) == 3
    buurtkind.keep(path, "BU99010101", "studenten", "campus", "Anna")
    assert [(r.gebied, r.soort, r.waarom, r.wie) for r in buurtkind.read(path)] == [
        ("BU99010101", "studenten", "campus", "Anna")
    ]
    said, ordinary = buurtkind.read(path)[0], {"opgegeven": False, "soort": "gewoon", "waarom": None}
    assert "student" in waiting_in_words(ordinary, said) and waiting_in_words(ordinary, None) == ""
    built = {"opgegeven": True, "soort": "studenten", "waarom": "campus"}
    assert waiting_in_words(built, said) == "" and "weggehaald" in waiting_in_words(built, None)
    buurtkind.remove(path, "BU99010101", "Anna")
    assert buurtkind.read(path) == []
    with pytest.raises(Fout, match="geen soort opgegeven"):
        buurtkind.remove(path, "BU99010101", "Anna")


def test_knowledge_of_kinds_and_of_homes_is_whole():
    known = load_toml("buurtsoorten.toml")
    assert all(len(row["blijft"]) == 20 and row["merk"] in "SKA" for row in known["soort"])
    assert kinds().stay.min() >= 0 and kinds().stay.max() <= 1
    assert {row["code"] for row in known["bouw"]} == set(homes()) - {"sloop"}
    assert all(len(people) == 20 and people.min() >= 0 for people in newcomers().values())
    marks = {mark["kenmerk"] for row in known["soort"] for mark in row.get("teken", [])}
    assert marks == set(known["kenmerk"])
    # Heads of households of 2024: as many as CBS counts households, 8.4 million.
    people = load_toml("leeftijd.toml")["land"][-1]["duizend"]
    assert (kinds().heads @ people) / 1000 == pytest.approx(8.4, abs=0.1)


@pytest.fixture(scope="module")
def planned(denhaag_store, shared_data, tmp_path_factory):
    """Den Haag with a plan and a kind, given on the command line; and the path of it without."""
    folder = tmp_path_factory.mktemp("bouwplan")
    database = folder / "wwz.duckdb"
    shutil.copy(denhaag_store.path, database)
    plan = folder / "plan.csv"
    plan.write_text(HEAD + "BU05182811;2029;400;ouderen\nBU05182811;2028;100;sloop\n", encoding="utf-8")
    place = ["--database", str(database)]
    assert main(["bouwplan", "voegtoe", str(plan), "--wie", "Anna", "--bron", "Woondeal", *place]) == 0
    said = ["--soort", "studenten", "--waarom", "campus", "--wie", "Anna"]
    assert main(["buurtsoort", "zet", "BU05182812", *said, *place]) == 0
    build(Settings(), (shared_data / "denhaag",), database=database)
    from wwz.store import Store

    return denhaag_store, Store(database)


def _people(store, buurt: str):
    frame = Answers(store.path)(f"select jaar, band, mensen from toekomst_leeftijd where gebied = '{buurt}'")
    return frame.pivot(index="jaar", columns="band", values="mensen")


@pytest.mark.lang
def test_a_plan_counts_and_the_others_get_the_rest(planned):
    before, after = planned
    was, now = _people(before, "BU05182811"), _people(after, "BU05182811")
    assert now.loc[2025].tolist() == pytest.approx(was.loc[2025].tolist())
    assert now.loc[2030, ["65_75", "75_85"]].sum() > was.loc[2030, ["65_75", "75_85"]].sum() + 150
    city = [
        Answers(store.path)("select sum(mensen) as n from toekomst_leeftijd where jaar = 2030")["n"].iloc[0]
        for store in planned
    ]
    # The gemeente has as many homes as before: 300 more here are 300 less elsewhere.
    assert city[1] == pytest.approx(city[0], rel=0.002)


@pytest.mark.lang
def test_plan_and_kind_are_shown_with_who_said_so(planned):
    _, store = planned
    plans = plans_in(store, find_area(store, ["BU05182811"]))
    assert plans["woningen"].tolist() == [-100, 400] and plans["jaar_tekst"].tolist() == ["2028", "2029"]
    assert (
        plans_in_words(plans)
        == "Opgegeven bouwplannen: 400 woningen erbij, 100 gesloopt (2028 tot en met 2029)."
    )
    row = kind_of(store, "BU05182812")
    assert row["soort"] == "studenten" and row["opgegeven"] and row["gevonden"] != "studenten"
    assert "Anna" in kind_in_words(row) and "campus" in kind_in_words(row)
    found = kinds_in(store, find_area(store, ["GM0518"]))
    assert found.set_index("gebied").loc["BU05182812", "hoe"] == "opgegeven"
    marks = marks_of(store, "BU05182812")
    assert (
        set(marks["past"]) <= {"ja", "nee", "onbekend"} and (marks["hier"].str.contains(r"% \(\d{4}\)")).any()
    )
