"""What decides or bounds a randvoorwaarde is data: rules by hand, and their outcome worked out beside them."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
import test_agenda
from invoer_hulp import step
from test_agenda import (  # noqa: F401
    A,
    B,
    D,
    doelgroepen_in_the_catalogue,
    made_city,
    no_published_figures,
    nothing_expected,
)

from wwz.agenda.contradictions import contradictions
from wwz.ask import conditions
from wwz.base.errors import Fout
from wwz.base.paths import sql_files
from wwz.knowledge import domain, load_toml
from wwz.knowledge.meetregels import rule_table
from wwz.own import given
from wwz.workbench import Workbench

EVERY = {"aandeel": 0.5, "onder": 0.4, "boven": 0.6}


def decided(tmp_path, *rows: dict) -> pd.DataFrame:
    """What comes of these rows about one randvoorwaarde, by buurt."""
    bench = Workbench(tmp_path / "regels.duckdb")
    bench.run(step("bewijs"))
    frame = pd.DataFrame([{"randvoorwaarde": "nultrede", "buurt": "a", **row} for row in rows])
    bench.append("bewijs", frame)
    question = tmp_path / "tekort.sql"
    text = step("tekort").read_text(encoding="utf-8")
    question.write_text(text.split(";")[0] + ";", encoding="utf-8")
    bench.run(question)
    question.write_text("select * from tekort_gemeten", encoding="utf-8")
    found = bench.read(question).set_index("buurt")
    bench.close()
    return found


def test_the_first_that_knows_decides(tmp_path):
    found = decided(
        tmp_path,
        {"rang": 2, "werking": "beslist", "hoe": "grof", **EVERY},
        {"rang": 1, "werking": "beslist", "hoe": "fijn", "aandeel": 0.1, "onder": 0.1, "boven": 0.1},
        {"rang": 2, "werking": "beslist", "hoe": "grof", **EVERY, "buurt": "b"},
    )
    assert found["hoe"].to_dict() == {"a": "fijn", "b": "grof"}
    assert found.loc["b", ["aandeel", "onder", "boven"]].to_dict() == EVERY


def test_the_narrowest_bound_holds_for_what_is_coarser(tmp_path):
    found = decided(
        tmp_path,
        {"rang": 1, "werking": "begrenst", "minstens": 0.55, "onder": 0.45},
        {"rang": 2, "werking": "begrenst", "minstens": 0.52, "onder": 0.5, "hooguit": 0.9, "boven": 0.58},
        {"rang": 3, "werking": "beslist", **EVERY},
        # Coarser than what decides.
        {"rang": 4, "werking": "begrenst", "minstens": 0.8, "onder": 0.8},
    )
    assert found.loc["a", ["aandeel", "onder", "boven"]].to_list() == pytest.approx([0.55, 0.5, 0.58])


def test_a_bound_or_a_signal_alone_decides_nothing(tmp_path):
    found = decided(
        tmp_path,
        {"rang": 1, "werking": "begrenst", "minstens": 1.0, "onder": 1.0},
        {"rang": 2, "werking": "signaleert", **EVERY},
    )
    assert found.empty


def test_a_row_of_knowledge_is_enough_for_another_randvoorwaarde(tmp_path, monkeypatch):
    """Fit for a wheelchair: 40% of the flats and 20% of the houses, and nobody who needs one has it more often."""
    one = next(rule for rule in domain.meetregels() if rule.regel == "woningtype")
    shares = {name: 0.4 if name.startswith("gestapeld") else 0.2 for name in one.parameters}
    numbers = {**shares, "eengezins_mogelijk": 1, "nieuw_onbekend": 0, **dict.fromkeys(PREFERENCES, 1)}
    rules = (*domain.meetregels(), replace(one, randvoorwaarden=("rolstoelgeschikt",), parameters=numbers))
    monkeypatch.setattr(domain, "meetregels", lambda: rules)
    store = made_city(tmp_path)
    rows = store.ask("agenda_status", buurten=[A, B], **NOTHING).set_index("randvoorwaarde")
    # A: only flats; B: only houses, and twice as many people.
    assert rows.loc["rolstoelgeschikt", "aandeel"] == pytest.approx((1000 * 0.6 + 2000 * 0.8) / 3000)
    assert rows.loc["rolstoelgeschikt", "hoe"] == "woning"
    assert rows.loc["rolstoelgeschikt", "status"] == "knelpunt"
    # A signal in its place leaves it unknown.
    other = tmp_path / "signaal"
    other.mkdir()
    rules = (*rules[:-1], replace(rules[-1], werking="signaleert"))
    rows = made_city(other).ask("agenda_status", buurten=[A, B], **NOTHING).set_index("randvoorwaarde")
    assert rows.loc["rolstoelgeschikt", "status"] == "onbekend"


PREFERENCES = ("voorkeur", "voorkeur_weinig", "voorkeur_veel")
NOTHING = {f"o_{name}": [] for name in ("gebied", "randvoorwaarde", "status", "aandeel", "jaar")}


def test_what_is_given_counts_only_where_a_rule_lets_it_decide(tmp_path, monkeypatch):
    told = {"o_gebied": [A], "o_randvoorwaarde": ["alarm"], "o_status": ["voldoet"], "o_aandeel": [None], "o_jaar": [2025]}  # fmt: skip
    store = made_city(tmp_path)
    rows = store.ask("agenda_status", buurten=[A], **told).set_index("randvoorwaarde")
    assert rows.loc["alarm", ["status", "hoe"]].to_list() == ["voldoet", "opgegeven"]
    rules = tuple(rule for rule in domain.meetregels() if rule.regel != "opgave")
    monkeypatch.setattr(domain, "meetregels", lambda: rules)
    other = tmp_path / "zonder"
    other.mkdir()
    rows = made_city(other).ask("agenda_status", buurten=[A], **told).set_index("randvoorwaarde")
    assert rows.loc["alarm", "status"] == "onbekend"


def test_every_kind_of_rule_is_a_file_and_every_file_a_kind():
    """What is given is no table: screens ask it too (sql/rules)."""
    kinds = {rule.regel for rule in domain.meetregels()} - {"opgave"}
    assert kinds == {path.stem for path in sql_files("meetregels")}


def test_every_kind_of_rule_has_words_for_how_it_knows():
    """Without, a screen shows a code, or leaves a signal out."""
    told = load_toml("confrontatie.toml")
    text = "".join(path.read_text(encoding="utf-8") for path in sql_files("meetregels"))
    codes = set(re.findall(r"'(\w+)' as hoe\b", text))
    assert codes and codes <= {*told["hoe"], *told["signaal"]}


def test_everything_given_has_a_rule():
    rows = rule_table(NUMBERS)
    told = set(rows.loc[rows["regel"] == "opgave", "randvoorwaarde"])
    assert told == set(domain.randvoorwaarden())


NUMBERS = {
    name: 0.5
    for rule in domain.meetregels()
    for name in (rule.parameters or {}).values()
    if isinstance(name, str)
}


def test_a_parameter_that_names_nothing_is_refused(monkeypatch):
    rule = replace(domain.meetregels()[0], parameters={"deel": "bestaat_niet"})
    monkeypatch.setattr(domain, "meetregels", lambda: (rule,))
    with pytest.raises(Fout, match="bestaat_niet"):
        rule_table({})


def test_every_condition_has_a_rule_or_a_reason_and_somebody_to_ask():
    """What nothing open can say is said, with why; a reason beside a rule would contradict it."""
    told = load_toml("confrontatie.toml")
    ruled = {row for rule in domain.meetregels() if rule.regel != "opgave" for row in rule.randvoorwaarden}
    assert ruled.isdisjoint(told["geen_bron"]) and ruled | set(told["geen_bron"]) == set(
        domain.randvoorwaarden()
    )
    asked = {code for party in told["vraag"] for q in party["vragen"] for code in q["randvoorwaarden"]}
    assert set(told["geen_bron"]) <= asked
    assert conditions.why(
        {
            "status": "onbekend",
            "code": "alarm",
            "hoe_bekend": "onbekend",
            "norm_m": None,
            "hoe_uitzoeken": "Vraag.",
        }
    ) == (f"{told['geen_bron']['alarm']} Vraag.")


def test_squares_of_cbs_measure_shops_within_a_kilometre_and_bound_those_at_a_hundred_metres(
    tmp_path, monkeypatch
):
    """In D: ten people without any, twenty with three, five of whom it is secret. A has its own measurement."""
    rows = [
        (D, 10, 4, 1.6, 1.2, 0, 0, 2021), (D, 20, 4, 0.9, 0.2, 1, 2, 2021), (D, 5, 0, None, None, None, None, 2021),
        (A, 40, 9, 3.0, 3.0, 0, 0, 2021),
    ]  # fmt: skip
    monkeypatch.setattr(test_agenda, "SQUARES", rows)
    store = made_city(tmp_path)
    found = store.ask("agenda_status", buurten=[D], **NOTHING).set_index("randvoorwaarde")
    row = found.loc["winkels-1000"]
    assert row["hoe"] == "vierkant" and row[["aandeel", "onder", "boven"]].to_list() == pytest.approx(
        [1 / 3, 10 / 35, 15 / 35]
    )
    assert (
        store.ask("agenda_status", buurten=[A], **NOTHING)
        .set_index("randvoorwaarde")
        .loc["winkels-1000", "hoe"]
        != "vierkant"
    )
    # At 1.2 km certainly none within 100 metres; at 0.2 km nobody can tell.
    path = tmp_path / "vraag.sql"
    path.write_text(
        f"select onder, boven, hoe_onder from begrensd where buurt = '{D}' and randvoorwaarde = 'winkels-100'",
        encoding="utf-8",
    )
    bound = store.check(path).iloc[0]
    assert bound.to_list() == [pytest.approx(10 / 35), 1.0, "vierkant"]


def test_who_lives_far_from_every_place_it_can_be_lacks_it(tmp_path, monkeypatch):
    """Of A 90% and of B 25% have a shop within 1,000 metres: at least 10% and 75% have nothing there to go to."""
    one = next(rule for rule in domain.meetregels() if rule.regel == "buiten_bereik")
    rules = (
        *(r for r in domain.meetregels() if r.regel != "buiten_bereik"),
        replace(one, indicatoren=("bereik_winkels",)),
    )
    monkeypatch.setattr(domain, "meetregels", lambda: rules)
    store = made_city(tmp_path)
    path = tmp_path / "vraag.sql"
    path.write_text(
        "select buurt, onder, boven, hoe_onder, hoe_boven from begrensd order by buurt", encoding="utf-8"
    )
    found = store.check(path).set_index("buurt")
    assert found["boven"].to_list() == [1, 1] and found["hoe_onder"].to_list() == ["buiten", "buiten"]
    assert found.loc[A, "onder"] <= 0.1 and found.loc[B, "onder"] <= 0.75 and found.loc[B, "onder"] > 0.5
    assert found["hoe_boven"].isna().all()


def test_a_statement_that_a_bound_does_not_allow_is_told(tmp_path, monkeypatch):
    """In B more than half certainly lacks it: that it is there for everybody cannot be; that half lacks it can."""
    one = next(rule for rule in domain.meetregels() if rule.regel == "buiten_bereik")
    others = [r for r in domain.meetregels() if r.regel != "buiten_bereik"]
    rules = (*others, replace(one, indicatoren=("bereik_winkels",)))
    monkeypatch.setattr(domain, "meetregels", lambda: rules)
    code = one.randvoorwaarden[0]

    def said(status: str, percent: float | None = None) -> given.Opgave:
        return given.Opgave(B, code, status, percent, "raad", "", "2026-11-30T12:00:00")

    store = made_city(tmp_path, opgaven=[said("voldoet")])
    here, there = test_agenda.area(store, B), test_agenda.area(store, A)
    (sentence,) = contradictions(store, here)
    assert (
        "hooguit 0%" in sentence
        and "wie ver van elke plek woont" in sentence
        and "De opgave telt" in sentence
    )
    assert f"(naam {B})" in sentence and contradictions(store, there) == []
    assert contradictions(store, test_agenda.area(store, "GM9901")) == [sentence]
    given.add(store.path, [said("knelpunt", 80)])
    assert contradictions(store, here) == []
    given.add(store.path, [said("deels", 5)])
    assert "hooguit 5%" in contradictions(store, here)[0]
    store.close()


# Rules that say nothing of the example region, and why; each is tried by hand (here, or in test_begrensd.py).
SILENT = {
    ("winkels-100", "vierkant"): "its files have no squares", ("winkels-1000", "vierkant"): "its files have no squares",
    ("winkels-100", "gemiddelde"): "a mean is too coarse for 100 metres",
    ("persoonlijke-verzorging", "gebruik", "wmo_verzorging"): "the Wmo hardly has it any more, here as elsewhere",
    ("huishoudelijke-verzorging", "weinig_gebruik"): "no gemeente or wijk stands out",
    ("begeleiding", "weinig_gebruik"): "no gemeente or wijk stands out",
}  # fmt: skip


def test_every_rule_says_something_of_the_example_region_or_it_is_known_why_not(voorbeeld_store, ask):
    rows = ask(
        voorbeeld_store,
        "select m.randvoorwaarde, m.regel, m.indicator, count(b.buurt) as n from meetregel m left join bewijs b "
        "on b.randvoorwaarde = m.randvoorwaarde and b.rang = m.rang and (b.onder > 0 or b.boven < 1 or b.waarde is not null) "
        "where m.regel <> 'opgave' group by all",
    )
    silent = rows[rows["n"] == 0]
    keys = {
        (r.randvoorwaarde, r.regel, *([r.indicator] if r.regel == "gebruik" else []))
        for r in silent.itertuples()
    }
    assert keys == set(SILENT)
    assert rows["randvoorwaarde"].nunique() == len(
        {c for rule in domain.meetregels() if rule.regel != "opgave" for c in rule.randvoorwaarden}
    )
