"""Searching areas: one best match, in the order people expect, with the names they use."""

from __future__ import annotations

import pandas as pd
import pytest

from wwz.ask.areasearch import AreaIndex, plain
from wwz.ui.shared import searchroute
from wwz.ui.shared.searchbox import read_choice

AREAS = pd.DataFrame(
    [
        ("NL00", "Nederland", "land", None, None, 17_000_000),
        ("GM0518", "'s-Gravenhage", "gemeente", "'s-Gravenhage", None, 560_000),
        ("GM0344", "Utrecht", "gemeente", "Utrecht", None, 370_000),
        ("GM0796", "'s-Hertogenbosch", "gemeente", "'s-Hertogenbosch", None, 160_000),
        ("GM1900", "Súdwest-Fryslân", "gemeente", "Súdwest-Fryslân", None, 90_000),
        ("GM0622", "Vlaardingen", "gemeente", "Vlaardingen", None, 75_000),
        ("WK051828", "Centrum", "wijk", "'s-Gravenhage", "Centrum", 110_000),
        ("WK034401", "Centrum", "wijk", "Utrecht", "Centrum", 20_000),
        ("WK051838", "Laak", "wijk", "'s-Gravenhage", "Laak", 50_000),
        ("BU03440101", "Centrum", "buurt", "Utrecht", "Centrum", 9_000),
        ("BU05180271", "Vissershaven", "buurt", "'s-Gravenhage", "Scheveningen", None),
        ("EG0001", "Ons centrum", "eigen", None, None, 2_000),
    ],
    columns=["code", "naam", "niveau", "gemeentenaam", "wijknaam", "inwoners"],
)


# The same, as a build names them.
SHOWN = AREAS.assign(officieel=AREAS["naam"].replace({"Laak": "Wijk 38 Laak"})).replace(
    {"'s-Gravenhage": "Den Haag", "'s-Hertogenbosch": "Den Bosch"}
)


@pytest.fixture(scope="module", params=[AREAS, SHOWN], ids=["official", "usual"])
def index(request) -> AreaIndex:
    return AreaIndex(request.param)


def codes(index: AreaIndex, text: str) -> list[str]:
    return [entry.code for entry in index.find(text)]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("utrecht", "GM0344"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("s gravenhage", "GM0518"),
        ("den bosch", "GM0796"),
        ("sudwest fryslan", "GM1900"),
        # A whole name before a piece of one, of a buurt too.
        ("laak", "WK051838"),
        ("laa", "WK051838"),
        # An exact wijk before an exact buurt, and the largest first.
        ("centrum", "WK051828"),
        ("centrum utrecht", "WK034401"),
        ("centrum den haag", "WK051828"),
        ("visser", "BU05180271"),
        ("BU05180271", "BU05180271"),
        ("nederland", "NL00"),
        ("ons", "EG0001"),
    ],
)
def test_the_best_match_comes_first(index, text, best):
    assert codes(index, text)[0] == best


def test_a_wijk_is_found_by_its_number_too():
    assert codes(AreaIndex(SHOWN), "wijk 38") == ["WK051838"] and codes(AreaIndex(SHOWN), "wijk 38 laak") == [
        "WK051838"
    ]


def test_exact_goes_before_everything_and_then_the_level_decides(index):
    assert codes(index, "centrum") == ["WK051828", "WK034401", "BU03440101", "EG0001"]


def test_a_piece_of_a_word_is_found_last(index):
    assert codes(index, "laa") == ["WK051838", "GM0622"]


@pytest.mark.parametrize("text", ["zzz", "'-'", "centrum vlaardingen", "🏠"])
def test_what_is_not_there_is_not_found(index, text):
    assert codes(index, text) == []


def test_an_empty_text_gives_everything_the_largest_first(index):
    assert codes(index, " ")[:4] == ["NL00", "EG0001", "GM0518", "GM0344"] and len(codes(index, "")) == len(
        AREAS
    )


def test_what_is_shown_says_what_and_where(index):
    assert index.entry("BU05180271").over in (
        "buurt in Scheveningen, 's-Gravenhage",
        "buurt in Scheveningen, Den Haag",
    )
    # Not twice the same name.
    assert index.entry("BU03440101").over == "buurt in Utrecht" and index.entry("GM0344").over == "gemeente"
    assert index.entry("WK051828").naam == "Centrum" and index.entry("EG0001").over == "eigen gebied"


def test_plain_text_has_no_accents_capitals_or_signs():
    assert plain("  'S-Gravenhage  (Súd) ") == "s gravenhage sud"


@pytest.fixture
def many(monkeypatch, tmp_path):
    rows = [(f"BU9901{n:04d}", f"Straat {n}", "buurt", "Dorp", "Wijk", n) for n in range(700)]
    shown = {
        "areas": lambda self: pd.DataFrame(rows, columns=AREAS.columns),
        "path": tmp_path / "wwz.duckdb",
    }
    store = type("Store", (), shown)()
    monkeypatch.setattr(searchroute.state, "store", lambda: store)


def test_the_browser_gets_a_page_of_what_was_found_and_never_all_names(many):
    found = searchroute.answer("straat")
    assert found["totaal"] == 700 and len(found["gebieden"]) == searchroute.MOST_SHOWN
    assert found["gebieden"][0] == {"code": "BU99010699", "naam": "Straat 699", "over": "buurt in Wijk, Dorp"}
    # More than fits in a link is not offered together.
    assert found["samen"] is False and searchroute.answer("straat", everything=True)["codes"] == []


def test_everything_that_was_found_can_be_taken_together(many):
    found = searchroute.answer("straat 69")
    assert found["samen"] is True and found["totaal"] == 11
    assert len(searchroute.answer("straat 69", everything=True)["codes"]) == 11
    assert searchroute.answer("")["samen"] is False and searchroute.answer("straat 699")["samen"] is False


@pytest.mark.parametrize(
    "value",
    [
        None,
        "GM0518",
        {},
        {"nr": 1},
        {"nr": "1", "codes": []},
        {"nr": True, "codes": []},
        {"nr": 5, "codes": []},
    ],
)
def test_what_is_no_choice_or_came_before_is_left_alone(value):
    assert read_choice(value, last=5) is None


def test_a_choice_is_the_whole_list():
    assert read_choice({"nr": 6, "codes": ["GM0518", 3, "GM0518", "GM0344"], "open": "ja"}, last=5) == (
        6,
        ("GM0518", "GM0344"),
        False,
    )
