"""A plan in a link and in a file: there and back, and no link or file, however hostile, gives anything but a valid plan."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.own import plans
from wwz.own.plans import CLOSE, OPEN, Change, add, from_text, point_id, to_text, toggled

KINDS = ("ontmoeting", "supermarkt", "ov_halte")
changes = st.builds(
    Change,
    wat=st.sampled_from([OPEN, CLOSE]),
    soort=st.sampled_from(KINDS),
    lat=st.integers(5_070_000, 5_379_999).map(lambda n: n / 100_000),
    lon=st.integers(301_000, 739_999).map(lambda n: n / 100_000),
)
HOSTILE = [
    "erbij:ontmoeting:52.1:4.3:extra", "erbij:ontmoeting:52.1", "open:ontmoeting:52.10000:4.30000", "erbij:Ontmoeting:52.1:4.3",
    "erbij:<script>alert(1)</script>:52.1:4.3", "erbij:ontmoeting:nan:4.3", "erbij:ontmoeting:1e9:4.3", "erbij:ontmoeting:-52.1:4.3",
    "erbij:ontmoeting:52.1:4.3\n", "erbij:ontmoeting:99.1:4.3", "erbij:ontmoeting:52.1:9.9", "../../etc/passwd", "p-../../../x",
    "p-0123456789ab/../x", "erbij:" + "a" * 10_000 + ":52.1:4.3", "٥٢", "erbij:ontmoeting:５２.1:4.3", ",,,,", ":" * 500, "\x00",
]  # fmt: skip


@given(st.lists(changes, min_size=1, max_size=plans.MOST_CHANGES, unique=True))
@settings(max_examples=60)
def test_a_plan_survives_the_trip_through_a_link(found):
    link = urlencode(View(plan=to_text(found)).to_query())
    view = from_query(dict(parse_qsl(link)))
    assert from_text(view.plan) == tuple(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_plan_is_left_out(text):
    assert from_text(text) == ()
    assert from_query({"plan": text}).plan == ""
    good = "dicht:ontmoeting:52.10000:4.30000"
    assert to_text(from_text(f"{text},{good}")) in ("", good)


@given(st.text(max_size=300))
@example("erbij:ontmoeting:52.1:4.3," * 5000)
@settings(max_examples=100)
def test_any_text_gives_a_valid_plan(text):
    found = from_text(text)
    assert len(found) <= plans.MOST_CHANGES and from_text(to_text(found)) == found
    assert all(50 < c.lat < 54 and 3 < c.lon < 8 for c in found)


def test_unknown_kinds_are_left_out():
    assert from_text("erbij:casino:52.1:4.3", KINDS) == ()
    assert len(from_text("erbij:ontmoeting:52.1:4.3", KINDS)) == 1


def test_kept_plans_in_a_link_are_ids_and_few():
    ids = [f"p-{n:012x}" for n in range(9)]
    view = from_query({"plannen": ",".join(["p-x", "../a", *ids])})
    assert all(plans.is_id(code) for code in view.plannen) and len(view.plannen) <= plans.MOST_COMPARED
    assert from_query({"plan": ids[0]}).plan == ids[0]


def test_pointing_twice_undoes_it():
    there = point_id("ontmoeting", 52.1, 4.3)
    closed = toggled((), there, 0, 0, "supermarkt")
    assert closed == (Change(CLOSE, "ontmoeting", 52.1, 4.3),)
    assert toggled(closed, there, 0, 0, "supermarkt") == ()
    opened = toggled(closed, "", 52.2, 4.4, "supermarkt")
    assert opened == (*closed, Change(OPEN, "supermarkt", 52.2, 4.4))
    assert toggled(opened, opened[1].point, 0, 0, "supermarkt") == closed


def test_a_plan_has_an_end():
    full = add((), *[Change(OPEN, "ontmoeting", 52 + n / 1000, 4.3) for n in range(plans.MOST_CHANGES)])
    with pytest.raises(Fout, match="hooguit"):
        toggled(full, "", 52.9, 4.4, "ontmoeting")


ONE = (Change(OPEN, "ontmoeting", 52.1, 4.3),)


def test_a_kept_plan_comes_back_with_who_and_when(tmp_path):
    folder = tmp_path / "wwz.duckdb"
    plan = plans.keep(folder, "  Tweede <b>buurthuis</b> ", "Team Noord", ["WK990101", "EG0001"], ONE)
    assert plans.find(folder, plan.id) == plan
    assert (plan.naam, plan.wie, plan.gebied, plan.wijzigingen) == (
        "Tweede <b>buurthuis</b>",
        "Team Noord",
        ("WK990101", "EG0001"),
        ONE,
    )
    assert plan.wanneer[:2] == "20"
    plans.remove(folder, plan.id, "Team Zuid")
    assert [(e.wie, e.werd is None) for e in plans.SHELF.entries(folder)] == [
        ("Team Noord", False),
        ("Team Zuid", True),
    ]
    assert plans.kept(folder) == [] and plans.find(folder, plan.id) is None


@pytest.mark.parametrize(
    ("naam", "wie", "wat", "melding"),
    [
        ("", "ik", ONE, "naam"),
        ("a", " ", ONE, "wie"),
        ("a", "ik", (), "leeg"),
        ("Bestaat", "ik", ONE, "al een plan"),
    ],
)
def test_what_cannot_be_kept_says_why(tmp_path, naam, wie, wat, melding):
    plans.keep(tmp_path / "wwz.duckdb", "Bestaat", "ik", ["NL00"], ONE)
    with pytest.raises(Fout, match=melding):
        plans.keep(tmp_path / "wwz.duckdb", naam, wie, ["NL00"], wat)
    assert len(plans.kept(tmp_path / "wwz.duckdb")) == 1


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", "{", '{"naam": "x"}', "[" * 100_000, json.dumps({"naam": "x", "wie": "y", "wanneer": "z", "gebied": 3, "plan": "q"}),
        json.dumps({"naam": " ", "wie": "y", "wanneer": "z", "gebied": [], "plan": to_text(ONE)}),
        json.dumps({"naam": "x", "wie": "y", "wanneer": "z", "gebied": [], "plan": "niets"}), "\x00\xff", "x" * 300_000,
    ],
)  # fmt: skip
def test_a_damaged_file_of_before_is_no_plan_and_hides_no_other(tmp_path, content):
    folder = tmp_path / plans.FOLDER
    folder.mkdir()
    good = {
        "naam": "Goed",
        "wie": "ik",
        "wanneer": "2025-03-01T12:00:00",
        "gebied": ["NL00", "'; drop", 7],
        "plan": to_text(ONE),
    }
    (folder / "p-0123456789ab.json").write_text(json.dumps(good), encoding="utf-8")
    (folder / "p-000000000000.json").write_text(content, encoding="utf-8")
    (folder / "p-zz.json").write_text("{}", encoding="utf-8")
    database = tmp_path / "wwz.duckdb"
    (plan,) = plans.kept(database)
    assert (plan.id, plan.naam, plan.wanneer, plan.gebied, plan.wijzigingen) == (
        "p-0123456789ab", "Goed", "2025-03-01T12:00:00", ("NL00",), ONE,
    )  # fmt: skip
    assert plans.find(database, "p-000000000000") is None and not folder.exists()
    assert (tmp_path / "overgenomen" / plans.FOLDER / "p-000000000000.json").exists()


def test_an_id_is_never_a_path(tmp_path):
    (tmp_path / "geheim.json").write_text("{}", encoding="utf-8")
    for text in ("../geheim", "geheim", "p-0123456789ab/../../geheim", ""):
        assert plans.find(tmp_path / "wwz.duckdb", text) is None
        plans.remove(tmp_path / "wwz.duckdb", text)
    assert (tmp_path / "geheim.json").exists()
