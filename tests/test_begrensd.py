"""At least so many, at most so many: a fourth way of knowing, worked out by hand on rows and on the mini-city."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pandas as pd
import pytest
import test_agenda
from invoer_hulp import Answers, step
from stappen_hulp import Bench
from test_agenda import (  # noqa: F401
    A,
    B,
    area,
    doelgroepen_in_the_catalogue,
    made_city,
    no_published_figures,
    nothing_expected,
)

from wwz.agenda import rows as agenda
from wwz.agenda import tables as agendatables
from wwz.agenda import words as agendawords
from wwz.agenda.flat import agenda_rows
from wwz.ask import conditions
from wwz.export.cells import open_above
from wwz.knowledge import catalogue, domain
from wwz.knowledge.bounds import layer_of
from wwz.store import Store
from wwz.words.numbers import bound_text, part_text, rounded_people, says_nothing

WIJK_1 = "WK990101"
LEAST = 0.01


def bounded(tmp_path, *rows: dict, table: str = "begrensd") -> tuple[pd.DataFrame, list[str]]:
    """What these rows of evidence bound, by buurt, and what is reported."""
    bench = Bench(tmp_path / "grens.duckdb")
    bench.run(step("bewijs"))
    bench.load("oordeel", pd.DataFrame([{"grens_minimaal": LEAST}]))
    bench.load("randvoorwaarde", pd.DataFrame([{"code": "alarm", "titel": "alarm", "volgorde": 1}]))
    bench.load("melding", pd.DataFrame(columns=["bestand", "ernst", "tekst", "aantal"], dtype="str"))
    frame = pd.DataFrame(
        [{"randvoorwaarde": "alarm", "buurt": "a", "werking": "begrenst", **row} for row in rows]
    )
    bench.append("bewijs", frame)
    bench.run(step("begrensd"))
    bench.run(step("tekort"))
    found = _read(bench, tmp_path, f"select * from {table}").set_index("buurt")
    told = _read(bench, tmp_path, "select tekst from melding")["tekst"].to_list()
    bench.close()
    return found, told


def _read(bench, folder, sql: str) -> pd.DataFrame:
    path = folder / "vraag.sql"
    path.write_text(sql, encoding="utf-8")
    return bench.read(path)


def test_the_narrowest_bound_on_each_side_holds(tmp_path):
    found, told = bounded(
        tmp_path,
        {"rang": 1, "hooguit": 0.7, "boven": 0.8, "hoe": "gebruik_wijk"},
        {"rang": 2, "hooguit": 0.5, "boven": 0.6, "hoe": "gebruik_gemeente"},
        {"rang": 3, "minstens": 0.3, "onder": 0.2, "hoe": "bereik"},
        {"rang": 4, "minstens": 0.1, "onder": 0.1, "hoe": "telling"},
    )
    # Of each bound how far it can move itself: never narrower than it is sure of.
    assert found.loc["a", ["onder", "boven", "hoe_onder", "hoe_boven"]].to_list() == [0.2, 0.6, "bereik", "gebruik_gemeente"]  # fmt: skip
    assert not found.loc["a", "tegenspraak"] and told == []


def test_bounds_that_exclude_each_other_are_reported_and_the_widest_holds(tmp_path):
    found, told = bounded(
        tmp_path,
        {"rang": 1, "hooguit": 0.3, "boven": 0.3, "hoe": "gebruik_wijk"},
        {"rang": 2, "minstens": 0.6, "onder": 0.6, "hoe": "bereik"},
    )
    assert found.loc["a", ["onder", "boven", "tegenspraak"]].to_list() == [0.3, 0.6, True]
    assert len(told) == 1 and "spreken elkaar tegen over alarm, in 1 buurt (bijvoorbeeld a)" in told[0]


def test_what_is_decided_has_no_bound_and_what_says_nothing_is_none(tmp_path):
    found, _ = bounded(
        tmp_path,
        {"rang": 1, "hooguit": 0.3, "boven": 0.3},
        {"rang": 2, "werking": "beslist", "aandeel": 0.5, "onder": 0.4, "boven": 0.6},
        {"rang": 1, "hooguit": 1 - LEAST / 2, "boven": 1 - LEAST / 2, "buurt": "b"},
        {"rang": 1, "werking": "signaleert", "aandeel": 0.5, "buurt": "c"},
        {"rang": 1, "hooguit": 0.9, "buurt": "d"},
    )
    assert found.index.to_list() == ["d"]
    assert found.loc["d", ["onder", "boven"]].to_list() == [0, 0.9]


def test_where_it_is_between_what_is_certain_an_estimate_says(tmp_path):
    """A list knows half of the homes: at least .2 and at most .7. What buildings say narrows it, unless it is beside it."""
    known = {"rang": 1, "werking": "beslist", "aandeel": 0.3, "onder": 0.2, "boven": 0.7, "minstens": 0.2, "hooguit": 0.7, "hoe": "label"}  # fmt: skip
    guess = {"rang": 2, "werking": "beslist", "aandeel": 0.5, "hoe": "gebouw"}
    found, _ = bounded(
        tmp_path,
        *(dict(known, buurt=buurt) for buurt in "abcd"),
        {**guess, "buurt": "a", "onder": 0.4, "boven": 0.6},
        {**guess, "buurt": "b", "onder": 0.1, "boven": 0.5},
        {**guess, "buurt": "c", "onder": 0.8, "boven": 0.9},
        {**guess, "buurt": "a", "rang": 3, "onder": 0.45, "boven": 0.5},
        {**guess, "buurt": "e", "onder": 0.4, "boven": 0.6},
        {**guess, "buurt": "e", "rang": 3, "onder": 0.45, "boven": 0.5},
        table="tekort_gemeten",
    )
    numbers = found[["onder", "aandeel", "boven"]].T
    assert {buurt: numbers[buurt].to_list() for buurt in "abcde"} == {
        "a": [0.4, 0.4, 0.6],
        "b": [0.2, 0.3, 0.5],
        "c": [0.2, 0.3, 0.7],
        "d": [0.2, 0.3, 0.7],
        # One estimate does not narrow another.
        "e": [0.4, 0.5, 0.6],
    }
    assert set(found["hoe"]) == {"label", "gebouw"} and found.loc["a", "hoe"] == "label"


USED = ("alarmopvolging-10", "wmo_huishouden")


@pytest.fixture
def used(monkeypatch):
    """A rule: who uses a service (half of them surely among those who need it) bounds who lacks the alarm."""

    def give(*rows: tuple[str, float], rest: float = 0.1) -> None:
        one = next(rule for rule in domain.meetregels() if rule.regel == "gebruik")
        numbers = {"raak": 0.5, "rest": rest}
        rule = replace(one, randvoorwaarden=(USED[0],), indicatoren=(USED[1],), parameters=numbers)
        rules = (
            *(r for r in domain.meetregels() if r.regel not in ("gebruik", "weinig_gebruik", "risico")),
            rule,
        )
        monkeypatch.setattr(domain, "meetregels", lambda: rules)
        monkeypatch.setattr(test_agenda, "USED", [(area, 2023, USED[1], people) for area, people in rows])

    return give


def test_use_below_need_is_an_upper_bound_of_who_lacks_it(tmp_path, used):
    """Wijk 1: A needs 20 (at most 26), B 40: 60 (66). Thirty use it, of whom fifteen surely need it: 51 of 66 can lack it."""
    used((WIJK_1, 30.0))
    store = made_city(tmp_path)
    found = agenda.of_area(store, area(store, WIJK_1))
    row = found.rows.set_index(["randvoorwaarde", "graad"]).loc[(USED[0], "N")]
    assert row["hoe_code"] == row["soort"] == "begrensd"
    assert pd.isna(row["mensen"]) and row["onder"] == 0
    # 60 x 51/66 = 46.4 is the middle of it; its margin is that of who needs it.
    assert 46.4 <= row["boven"] <= 66
    assert row["mensen_tekst"] == bound_text(0, row["boven"], 10)
    assert row["mogelijk"] == pytest.approx(51 / 66) and row["zeker"] == 0
    assert row["marge_tekst"] == "hooguit 77% van wie het nodig heeft"
    assert row["hoe"] == "Begrensd: wie deze hulp al krijgt, naast wie haar nodig heeft (geteld per wijk)"
    # It is not among what is known, nor among what nobody lacks, and it is still asked.
    assert "alarm" not in " ".join(found.met)
    asked = agendawords.questions(found.rows, 10)
    assert asked["onbekend"].sum() >= 1
    flat = next(r for r in agenda_rows(found, area(store, WIJK_1)) if r["randvoorwaarde"] == USED[0])
    assert (flat["soort"], flat["mensen"]) == ("begrensd", None)
    assert flat["onder"] == "<10" and flat["boven"] > 40
    places = agendatables.places(store, area(store, WIJK_1), USED[0])
    assert places["begrensd"].all() and places["mensen_tekst"].str.startswith("ten hoogste").all()


def test_however_many_use_it_a_bound_never_says_that_it_is_there(tmp_path, used):
    used((WIJK_1, 3000.0), rest=0.25)
    store = made_city(tmp_path)
    rows = conditions.status_rows(store, area(store, WIJK_1), "ouderen-3", "geen").set_index("code")
    assert rows.loc[USED[0], "status"] == "begrensd"
    # A quarter of 60 and not nobody.
    assert rows.loc[USED[0], ["zeker", "mogelijk"]].to_list() == pytest.approx([0, 0.25])
    assert "preciezer" in rows.loc[USED[0], "waarom"]


def test_a_part_without_a_bound_widens_the_bound_of_the_whole(tmp_path, used):
    """Of D nothing is known: all ten of them may lack it. C has a number of its own for its wijk."""
    used((WIJK_1, 30.0))
    store = made_city(tmp_path)
    gemeente = agenda.of_area(store, area(store, "GM9901"))
    row = gemeente.rows.set_index(["randvoorwaarde", "graad"]).loc[(USED[0], "N")]
    # C and D may all lack it: 22 more.
    assert row["hoe_code"] == "begrensd" and row["mogelijk"] == pytest.approx((60 * 51 / 66 + 22) / 82)
    used((WIJK_1, 30.0), ("BU99010201", 12.0))
    other = tmp_path / "meer"
    other.mkdir()
    store = made_city(other)
    row = (
        agenda.of_area(store, area(store, "GM9901"))
        .rows.set_index(["randvoorwaarde", "graad"])
        .loc[(USED[0], "N")]
    )
    # C: six of twelve. D: all ten.
    assert row["hoe_code"] == "begrensd" and row["boven"] >= 46.4 + 6 + 10


def test_what_the_municipality_gives_goes_before_a_bound(tmp_path, used):
    used((WIJK_1, 30.0))
    told = {"o_gebied": [B], "o_randvoorwaarde": [USED[0]], "o_status": ["voldoet"], "o_aandeel": [None], "o_jaar": [2025]}  # fmt: skip
    store = made_city(tmp_path)
    rows = store.ask("agenda_tekort", buurten=[B], **told).set_index(["randvoorwaarde", "graad"])
    assert not rows.loc[(USED[0], "N"), "begrensd"] and rows.loc[(USED[0], "N"), "hoe"] == "opgegeven"


def test_a_bound_in_words():
    assert bound_text(120, 900, 10) == "120 tot 900"
    assert bound_text(4, 900, 10) == bound_text(None, 900, 10) == "ten hoogste 900"
    # Too few to show, or hidden by the question.
    assert bound_text(0, 7, 10) == bound_text(0, None, 10) == "<10"
    assert part_text(0.25, 1.0) == "minstens 25% van wie het nodig heeft"
    assert part_text(0, 0.84) == "hooguit 84% van wie het nodig heeft"
    assert part_text(None, None) == ""
    # Everybody may lack it: then only the lower bound says something.
    assert (
        bound_text(120, 900, 10, 1.0) == "ten minste 120"
        and bound_text(4, 900, 10, 1.0) == "ten minste enkele"
    )


def test_a_bound_that_leaves_nobody_out_is_no_number_anywhere(voorbeeld_store):
    """Not in the list, the file, the map or the table of an agenda, and not in the file of a layer."""
    city = area(voorbeeld_store, "GM9901")
    found = agenda.of_area(voorbeeld_store, city)
    rows = found.rows[found.rows["graad"] == "N"]
    bounded = rows[(rows["hoe_code"] == "begrensd") & rows["mogelijk"].map(says_nothing)]
    assert (
        len(bounded)
        and bounded["boven"].isna().all()
        and bounded["mensen_tekst"].str.startswith("ten minste").all()
    )
    flat = {(row["randvoorwaarde"], row["graad"]): row for row in agenda_rows(found, city)}
    for code, degree in zip(bounded["randvoorwaarde"], bounded["graad_titel"], strict=True):
        assert flat[code, degree]["boven"] is None
        here = agendatables.places(voorbeeld_store, city, code)
        here = here[here["begrensd"] & here["mogelijk"].map(says_nothing)]
        assert (
            len(here)
            and here["mensen"].isna().all()
            and here["mensen_tekst"].str.startswith("ten minste").all()
        )
    layer = catalogue()[layer_of(bounded["randvoorwaarde"].iloc[0])]
    assert open_above(layer, 100.0) and not open_above(layer, 84.0)


@pytest.mark.parametrize(("users", "wijken", "found"), [(6.0, 2, True), (24.0, 2, False), (6.0, 3, False)])
def test_where_few_get_help_is_a_signal_beside_other_wijken_and_bounds_nothing(
    tmp_path, monkeypatch, users, wijken, found
):
    """Wijk 1 needs 60 and wijk 2 22, of whom 11 get it: six in wijk 1 is a fifth of that; the middle of both is 45%."""
    least = {"afwijking": 0.5, "deel": 0.35, "gebieden": wijken, "gebruikers": 5}
    few = next(rule for rule in domain.meetregels() if rule.regel == "weinig_gebruik")
    few = replace(few, randvoorwaarden=(USED[0],), indicatoren=(USED[1],), parameters=least)
    rules = (*(r for r in domain.meetregels() if r.regel not in ("gebruik", "weinig_gebruik", "risico")), few)
    monkeypatch.setattr(domain, "meetregels", lambda: rules)
    told = [(code, 2023, USED[1], people) for code, people in ((WIJK_1, users), ("WK990102", 11.0))]
    monkeypatch.setattr(test_agenda, "USED", told)
    store = made_city(tmp_path)
    rows = Answers(store.path)(
        "select buurt, hoe, waarde from signaal where hoe = 'weinig_gebruik' order by buurt"
    )
    assert rows["buurt"].to_list() == ([A, B] if found else [])
    assert rows["waarde"].to_list() == pytest.approx([44.7, 44.7] if found else [], abs=0.1)
    row = (
        conditions.status_rows(store, area(store, WIJK_1), "ouderen-3", "geen").set_index("code").loc[USED[0]]
    )
    assert row["status"] == "onbekend"


def test_what_is_only_bounded_counts_in_how_many_lack_something_at_least(tmp_path, ask):
    """By hand. Of A's hundred ouderen 30 have no shop for 1 in 10, and of the 20 without a carer half certainly lack the alarm: 3 + 10.
    Of B's two hundred a hundred have no shop for 3 in 4: 75. Dwellings are only assumed here, so of everybody nothing is sure above."""
    made_city(tmp_path).close()
    with duckdb.connect(str(tmp_path / "stad.duckdb")) as connection:
        connection.execute(
            "insert into begrensd by name select ? as buurt, ? as randvoorwaarde, 0.5 as onder, 0.9 as boven, "
            "false as tegenspraak",
            [A, USED[0]],
        )
    store = Store(tmp_path / "stad.duckdb")
    cells = "select cluster, sum(minst) as minst, sum(meest) as meest from gemis_grens_met([{}], [], [], [], [], []) group by cluster"
    found = ask(store, cells.format(f"'{A}', '{B}'")).set_index("cluster")
    assert found.loc["ouderen"].to_list() == pytest.approx([13 + 75, 300])
    assert found.loc["lg"].to_list() == pytest.approx([0, 40])
    # As an answer: never more than that, and with the alarm more than without.
    heads = {
        place: store.ask("agenda_kop", **agenda.parameters(store, area(store, place))).iloc[0]
        for place in (WIJK_1, A, B)
    }
    one = heads[WIJK_1]
    assert one["gemeten_onder"] <= one["minst"] <= 88 and one["meest"] >= 300
    # B alone has fewer than both; these bounds do not add up over buurten.
    assert heads[B]["minst"] < one["minst"] and heads[B]["minst"] <= 75
    told = agenda.of_area(store, area(store, WIJK_1)).about
    assert ("Tellen die mee, dan missen ten minste" in told) == (
        rounded_people(one["minst"]) > rounded_people(one["gemeten_onder"])
    )
