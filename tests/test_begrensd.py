"""At least so many, at most so many: a fourth way of knowing, worked out by hand on rows and on the mini-city."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
import test_agenda
from invoer_hulp import step
from test_agenda import (  # noqa: F401
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
from wwz.knowledge import domain
from wwz.words.numbers import bound_text, part_text
from wwz.workbench import Workbench

WIJK_1 = "WK990101"
LEAST = 0.01


def bounded(tmp_path, *rows: dict) -> tuple[pd.DataFrame, list[str]]:
    """What these rows of evidence bound, by buurt, and what is reported."""
    bench = Workbench(tmp_path / "grens.duckdb")
    bench.run(step("bewijs"))
    bench.load("oordeel", pd.DataFrame([{"grens_minimaal": LEAST}]))
    bench.load("randvoorwaarde", pd.DataFrame([{"code": "alarm", "titel": "alarm", "volgorde": 1}]))
    bench.load("melding", pd.DataFrame(columns=["bestand", "ernst", "tekst", "aantal"], dtype="str"))
    frame = pd.DataFrame(
        [{"randvoorwaarde": "alarm", "buurt": "a", "werking": "begrenst", **row} for row in rows]
    )
    bench.append("bewijs", frame)
    bench.run(step("begrensd"))
    found = _read(bench, tmp_path, "select * from begrensd").set_index("buurt")
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
