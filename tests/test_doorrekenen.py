"""A city of four buurten in a row, small enough to count on paper; and: a plan gives what a rebuild with it would give.

Everybody lives on an address. Without stedelijkheid the detour is 1.3 (give or take 0.1), so 1,000 metres along the street
are 769 in a straight line (714 to 833). Metres from the west:

    buurt      0 (1,000 people)   1 (2,000)                   2 (500)              3 (1,500)
    addresses  500                1200 (1/4) 1600 (1/2) 1990 (1/4)   2100 (3/4) 2800 (1/4)   3500
    meeting    500                                                                 3500
    within     all                the one at 1200             the one at 2800      all
"""

from __future__ import annotations

from dataclasses import astuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from invoer_hulp import CODES, X, Y, as_many, kwb, squares
from shapely.geometry import LineString

from wwz.agenda import rows as agenda
from wwz.agenda.numbers import Amount
from wwz.ask.area import find_area
from wwz.base.errors import Fout
from wwz.base.rd import to_degrees
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.own import plans
from wwz.own.plans import CLOSE, OPEN, Change, Plan, from_text, to_text
from wwz.planning import planagenda, proposals, siting, whatif
from wwz.planning.measured import measured_here, norms
from wwz.planning.people import Count
from wwz.planning.people import of_group as people_of_group
from wwz.planning.shift import shift
from wwz.planning.situation import AGES, situation
from wwz.sessie import programme
from wwz.store import Store

ADDRESSES = [
    (500, 0, 4.0), (1200, 1, 1.0), (1600, 1, 2.0), (1990, 1, 1.0), (2100, 2, 3.0), (2800, 2, 1.0), (3500, 3, 5.0),
]  # fmt: skip
EVERYONE, OLD = "inwoners", "65plus"


def degrees(metres: float) -> tuple[float, float]:
    lat, lon = to_degrees(np.array([[X + metres, Y + 500.0]]))[0]
    return float(lat), float(lon)


def opened(metres: float) -> Change:
    return Change(OPEN, "ontmoeting", *degrees(metres))


def closed(metres: float) -> Change:
    return Change(CLOSE, "ontmoeting", *degrees(metres))


def city(folder, meetings=(500, 3500), routes=(), addresses=ADDRESSES) -> Store:
    """Build the city from files, as a municipality would."""
    files = folder / "in"
    files.mkdir(parents=True)
    kwb().to_csv(files / "kwb_2023.csv", index=False)
    squares().to_file(files / "buurten_2023.gpkg")
    rows = [(X + at, Y + 500.0, CODES[buurt], people) for at, buurt, people in addresses]
    homes = as_many(pd.DataFrame(rows, columns=["x", "y", "buurtcode", "inwoners"]))
    homes.to_parquet(files / "adressen.parquet")
    places = [(f"Honk {at}", *degrees(at)) for at in meetings]
    pd.DataFrame(places, columns=["naam", "lat", "lon"]).to_csv(files / "ontmoeting.csv", index=False)
    if routes:
        lines = gpd.GeoDataFrame(
            {"highway": ["footway"] * len(routes)}, geometry=list(routes), crs="EPSG:28992"
        )
        lines.to_file(files / "looproutes.gpkg")
    build(Settings(), (files,), database=folder / "wwz.duckdb")
    return Store(folder / "wwz.duckdb")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = city(tmp_path_factory.mktemp("stad"))
    yield found
    found.close()


def norm_of(store, code="ontmoeting-1000"):
    return next(norm for norm in norms(store) if norm.code == code)


@pytest.fixture(scope="module")
def area(store):
    return find_area(store, ["GM9901"])


@pytest.fixture(scope="module")
def there(area):
    return situation(area, norm_of(area.store))


def effect(there, area, group, *changes):
    return whatif.effect(shift(there, changes), area, group)


def people(outcome) -> tuple[float, ...]:
    return tuple(
        round(count.people, 6) for count in (outcome.before, outcome.after, outcome.gained, outcome.lost)
    )


def test_how_it_is_now(there, area):
    # 1,000 + a quarter of 2,000 + a quarter of 500 + 1,500; of the older 200 + 100 + 25 + 300.
    assert people(effect(there, area, EVERYONE)) == (3125, 3125, 0, 0)
    assert people(effect(there, area, OLD)) == (625, 625, 0, 0)


@pytest.mark.parametrize("code", ["ontmoeting-1000", "ontmoeting-500", "ontmoeting-100"])
def test_counting_again_gives_what_was_built(area, code):
    found = situation(area, norm_of(area.store, code))
    nothing = shift(found, ())
    for age in AGES:
        assert found.per_buurt(nothing.reached, age) == pytest.approx(found.within(age)["binnen"].to_numpy())


def test_one_comes(there, area):
    # At 1700 it reaches all of buurt 1 (three quarters are new) and the address at 2100.
    assert people(effect(there, area, EVERYONE, opened(1700))) == (3125, 5000, 1875, 0)
    assert people(effect(there, area, OLD, opened(1700))) == (625, 1000, 375, 0)


def test_one_closes(there, area):
    # Nobody of buurt 0 and 1 has another one within 769 metres.
    assert people(effect(there, area, EVERYONE, closed(500))) == (3125, 1625, 0, 1500)


def test_one_comes_and_one_closes(there, area):
    # The address at 1200 has the new one at 500 metres; buurt 0 loses.
    assert people(effect(there, area, EVERYONE, opened(1700), closed(500))) == (3125, 4000, 1875, 1000)


def test_the_margin_is_the_detour(there, area):
    # At 1370 it is 730 metres from the address at 2100: within reach unless the detour is larger.
    outcome = effect(there, area, EVERYONE, opened(1370))
    assert (outcome.gained.people, outcome.gained.low, outcome.gained.high) == pytest.approx(
        (1875, 1500, 1875)
    )


def test_closing_and_opening_again_gives_the_same_numbers(there, area):
    now = effect(there, area, EVERYONE)
    again = effect(there, area, EVERYONE, closed(500), opened(500))
    assert people(again) == people(now)
    assert (again.after.low, again.after.high) == pytest.approx((now.after.low, now.after.high))


@pytest.mark.parametrize("seed", range(12))
def test_adding_never_lowers_and_closing_never_raises(there, area, seed):
    stream = np.random.default_rng(seed)
    plan: tuple[Change, ...] = ()
    for metres in stream.uniform(0, 4000, 4):
        earlier, plan = whatif.effect(shift(there, plan), area, EVERYONE), (*plan, opened(metres))
        assert whatif.effect(shift(there, plan), area, EVERYONE).after.people >= earlier.after.people - 1e-9
    with_all = whatif.effect(shift(there, plan), area, EVERYONE)
    assert (
        whatif.effect(shift(there, (*plan, closed(3500))), area, EVERYONE).after.people
        <= with_all.after.people + 1e-9
    )


def test_another_kind_or_an_unknown_point_changes_nothing(there, area):
    other = Change(OPEN, "supermarkt", *degrees(1700))
    assert people(effect(there, area, EVERYONE, other, closed(1234))) == (3125, 3125, 0, 0)


def test_a_plan_from_a_link_does_the_same(there, area):
    plan = (opened(1700), closed(500))
    assert people(effect(there, area, EVERYONE, *from_text(to_text(plan)))) == people(
        effect(there, area, EVERYONE, *plan)
    )


def test_per_wijk_adds_up_to_the_whole(there, area):
    moved = shift(there, (opened(1700), closed(500)))
    parts = whatif.per_part(moved, area, EVERYONE)
    assert parts["nu"].tolist() == pytest.approx([1500, 1625]) and parts["plan"].tolist() == pytest.approx(
        [2000, 2000]
    )


def test_the_best_place_beats_every_address(there, area):
    found = whatif.search(there, area, (), EVERYONE, "ontmoeting", 1)
    best = max(effect(there, area, EVERYONE, opened(at)).gained.people for at, *_ in ADDRESSES)
    assert found.effect.gained.people == pytest.approx(best)
    assert found.gap == 0 and "bewezen" in found.proof
    # On top of a plan that already does it, there is nobody left.
    with pytest.raises(Fout, match="niemand"):
        whatif.search(there, area, (opened(1700),), EVERYONE, "ontmoeting", 1)


def test_along_routes_the_search_is_counted_along_routes_and_claims_no_proof(tmp_path):
    store = city(tmp_path, meetings=(500,), routes=tuple(ROUND))
    whole = find_area(store, ["GM9901"])
    found = situation(whole, norm_of(store))
    answer = whatif.search(found, whole, (), EVERYONE, "ontmoeting", 1)
    best = max(effect(found, whole, EVERYONE, opened(at)).gained.people for at, *_ in ADDRESSES)
    assert answer.effect.gained.people >= best - 1e-6
    assert "niet bewezen" in answer.proof and "0%" not in answer.proof
    store.close()


PLANS = {"erbij": (opened(1700),), "ruil": (opened(1700), closed(500))}
STREET = LineString([(X + 100, Y + 500), (X + 1900, Y + 500)])
# East and west meet only by a way round in the north: a straight line would be much shorter.
ROUND = [
    STREET,
    LineString([(X + 2050, Y + 500), (X + 3900, Y + 500)]),
    LineString([(X + 1900, Y + 500), (X + 1900, Y + 900), (X + 2050, Y + 900), (X + 2050, Y + 500)]),
]


def meetings_of(plan) -> list[float]:
    gone = {c.point for c in plan if c.wat == CLOSE}
    return [at for at in (500, 3500) if opened(at).point not in gone] + [1700] * any(
        c.wat == OPEN for c in plan
    )


@pytest.mark.lang
@pytest.mark.parametrize(("name", "routes"), [("erbij", ()), ("ruil", ()), ("ruil", tuple(ROUND))], ids=str)
def test_a_plan_gives_what_a_rebuild_gives(tmp_path, store, name, routes):
    plan = PLANS[name]
    before = city(tmp_path / "nu", routes=routes) if routes else store
    after = city(tmp_path / "dan", meetings=meetings_of(plan), routes=routes)
    now, then = find_area(before, ["GM9901"]), find_area(after, ["GM9901"])
    planned, real = situation(now, norm_of(before)), situation(then, norm_of(after))
    assert bool(planned.net.all()) == bool(routes)
    for age in AGES:
        assert shift(planned, plan).within(age)["binnen"].to_numpy() == pytest.approx(
            real.within(age)["binnen"].to_numpy()
        )
    moved = [shift(situation(now, norm), plan) for norm in planagenda.decided(norms(before), {"ontmoeting"})]
    both = planagenda.compare(now, moved)
    rebuilt = agenda.of_area(after, then)
    shown = {(r.titel, r.graad_titel): r.plan for r in both.rows.itertuples()}
    real_rows = rebuilt.rows[rebuilt.rows["mensen"].notna()]
    wanted = {
        (r.titel, r.graad_titel): r.mensen_tekst
        for r in real_rows.itertuples()
        if r.randvoorwaarde.startswith("ontmoeting")
    }
    assert wanted and {key: shown[key] for key in wanted} == wanted


def test_without_a_plan_the_agenda_is_the_agenda(area, there):
    both = planagenda.compare(area, [shift(there, ())])
    assert (both.rows["nu"] == both.rows["plan"]).all() and (both.rows["verschil"] == "geen").all()
    # Threads add up in another order each time: the last digit may differ.
    assert astuple(both.before) == pytest.approx(astuple(both.after))


def test_a_gemeente_without_points_is_unknown_not_zero(tmp_path):
    store = city(tmp_path, meetings=())
    assert norms(store) == ()
    store.close()


def test_what_is_measured_in_an_area_is_known_without_measuring_it(voorbeeld_store):
    known = norms(voorbeeld_store)
    here = []
    for code in ("GM9901", "GM9902"):
        town = find_area(voorbeeld_store, [code])
        here.append(measured_here(town))
        for norm in known:
            if norm.code in here[-1]:
                assert situation(town, norm).measured.any()
            else:
                with pytest.raises(Fout, match="niet gemeten"):
                    situation(town, norm)
    assert set().union(*here) <= {norm.code for norm in known} and any(here)


def test_few_people_are_not_told():
    assert whatif.Count(7, 0, 9).text(10) == "minder dan 10" and whatif.Count(7, 0, 9).short(10) == "<10"
    assert whatif.about(0.2, 10) == "0" and planagenda.difference(-7, 10) == "−<10"
    few, many = Amount(float("nan"), hidden=True), Amount(52.0, 40.0, 70.0)
    # No more than the two numbers on the screen give away.
    assert (
        planagenda.change(many, few, 10) == "−42 tot 52" and planagenda.change(few, many, 10) == "+42 tot 52"
    )
    assert planagenda.change(few, few, 10) == "<10"
    assert planagenda.Comparison(None, many, few).sentence("Dorp", 10).endswith("zijn dat er minder dan 10.")


@pytest.mark.lang
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("norm", ["winkels-100", "ontmoeting-400"])
def test_sites_are_as_good_as_greedy_when_counted_where_people_live(voorbeeld_store, norm, count):
    """With a reach of 100 metres, people taken together per 100 metres would hide where they are."""
    area = find_area(voorbeeld_store, ["GM9901"])
    found = situation(area, {n.code: n for n in norms(voorbeeld_store)}[norm])
    people = people_of_group(area, found, "inwoners")
    weight = sum(p.people["mensen"].to_numpy()[found.at] * found.shares[p.age] for p in people)
    lack = ~shift(found, ()).reached & (weight > 0)
    places, left, reach = found.places[lack], weight[lack].copy(), found.straight_reach[lack]
    middles, total, _ = siting._cells(places, left, reach, siting.CELL_M)
    near = siting._coverage(places, siting._candidates(middles, total), reach)
    greedy = 0.0
    for _ in range(count):
        gain = near @ left
        greedy += gain.max()
        left[near[[int(gain.argmax())]].indices] = 0
    kind = "supermarkt" if norm.startswith("winkels") else "ontmoeting"
    best = whatif.search(found, area, (), "inwoners", kind, count)
    assert best.effect.gained.people >= 0.998 * greedy


def kept(code: str, *changes: Change) -> Plan:
    return Plan(code, f"Plan {code}", "Ans", "2026-11-01T10:00:00", ("GM9901",), changes)


def test_proposals_beside_each_other_say_what_the_screen_says(area):
    lines, told = proposals.compared(area, [kept("a", opened(1700)), kept("b", closed(500))])
    everyone = {
        line.plan: line for line in lines if "1.000 meter" in line.over and "alle inwoners" in line.over
    }
    # 3,125 within reach now, 5,000 with the first, 1,625 with the second: rounded, each with its margin.
    starts = {
        code: (one.nu.split()[0], one.straks.split()[0], one.verschil.split()[0])
        for code, one in everyone.items()
    }
    assert starts == {"a": ("3.100", "5.000", "1.900"), "b": ("3.100", "1.600", "1.500")}
    assert everyone["a"].verschil.endswith("erbij") and everyone["b"].verschil.endswith("eraf")
    assert any("rechte lijn" in sentence for sentence in told)


def test_proposals_tell_no_small_number():
    assert [proposals._count(Count(n, 0, 3 * n), 10) for n in (0.2, 3, 9.9)] == ["0", "<10", "<10"]
    assert proposals._amount(Amount(np.nan, np.nan, np.nan, True), 10) == "<10"


def test_a_proposal_about_what_was_not_measured_says_so(area):
    lines, told = proposals.compared(area, [kept("a", Change(OPEN, "ziekenhuis", *degrees(1700)))])
    assert (lines, told) == ([], [proposals.NOTHING])


def test_the_step_of_a_session_holds_the_comparison(area, monkeypatch):
    found = [kept("a", opened(1700)), kept("b", closed(500))]
    monkeypatch.setattr(plans, "kept", lambda _: found)
    step = programme.new_step("doorrekenen", area.store, area)
    assert programme.from_kept(step.kept()) == step
    assert [name for name, *_ in step.vergeleken[0][1]] == ["Plan a", "Plan b"]
    assert step.bronnen[0].startswith("Geschat")
    # A plan that is taken out of the step is out of the comparison; one that is made meanwhile comes in.
    assert [len(rows) for _, rows in programme.edited(step, {"rijen": "Plan b"}).vergeleken][:1] == [1]
    found.append(kept("c", opened(2000)))
    again = programme.proposals_anew(step, area.store, area)
    assert (again.id, [code for code, _ in again.rijen]) == (step.id, ["a", "b", "c"])
