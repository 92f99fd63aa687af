"""Searching by postcode: the buurten it lies in with their share, and a sentence when there are none."""

from __future__ import annotations

import csv
from collections import Counter

import pandas as pd
import pytest

from wwz.ask.postcodes import find_postcode, postcode_in
from wwz.sources.example_region.postcodes import FILES
from wwz.ui.shared import searchroute


@pytest.fixture(scope="module")
def table(voorbeeld_folder) -> list[dict[str, str]]:
    """The file as it is, without our reader."""
    with (voorbeeld_folder / FILES[0]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="module")
def where(table) -> dict[str, Counter]:
    """Postcode → buurt → house numbers."""
    found: dict[str, Counter] = {}
    for row in table:
        found.setdefault(row["PC6"], Counter())["BU" + row["Buurt2024"]] += 1
    return found


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("2525 AB", "2525AB"), (" 2525ab ", "2525AB"), ("2525", "2525"), ("2525 a", "2525A"),
        ("Moerwijk", ""), ("252", ""), ("25255", ""), ("2525 abc", ""), ("", ""), ("2525 1", ""),
    ],
)  # fmt: skip
def test_what_is_a_postcode(text, postcode):
    assert postcode_in(text) == postcode


def test_a_postcode_over_two_buurten_gives_both_with_their_share(voorbeeld_store, where):
    postcode, buurten = next((code, found) for code, found in where.items() if len(found) == 2)
    found = find_postcode(voorbeeld_store, postcode)
    written = f"{postcode[:4]} {postcode[4:]}"
    assert found.zin == "" and found.postcode == written
    expected = {code: f"{100 * n / buurten.total():.0f}% van {written}" for code, n in buurten.most_common()}
    assert found.buurten == expected and len(expected) == 2


def test_a_postcode_in_one_buurt_needs_no_share_and_four_digits_are_a_wijk(voorbeeld_store, where):
    postcode, buurten = next((code, found) for code, found in where.items() if len(found) == 1)
    assert find_postcode(voorbeeld_store, postcode).buurten == dict.fromkeys(buurten, "")
    four = find_postcode(voorbeeld_store, postcode[:4]).buurten
    assert set(four) == {b for code, found in where.items() if code.startswith(postcode[:4]) for b in found}


def test_no_share_is_lost_and_nobody_has_a_real_postcode(where):
    assert all(code.startswith("0") for code in where)
    assert sum(len(found) == 2 for found in where.values()) > 10
    assert max(found.total() for found in where.values()) < 60


def test_what_is_not_there_is_said_in_one_sentence(voorbeeld_store, denhaag_store, tmp_path, monkeypatch):
    unknown = find_postcode(voorbeeld_store, "9999ZZ")
    assert unknown.buurten == {} and unknown.zin == "Postcode 9999 ZZ bestaat niet in deze gegevens."
    nothing = find_postcode(denhaag_store, "2525AB").zin
    assert nothing.startswith("Op postcode is hier nog niet te zoeken") and nothing.count(".") == 1
    monkeypatch.setattr(searchroute.state, "store", lambda: voorbeeld_store)
    assert searchroute.answer("9999 ZZ") == {"totaal": 0, "gebieden": [], "samen": False, "zin": unknown.zin}


def test_buurten_outside_the_data_are_not_offered_but_count_in_the_share():
    rows = pd.DataFrame({"code": ["BU1", "BU2"], "deel": [0.996, 0.004], "bekend": [False, True]})
    store = type("Store", (), {"ask": lambda self, name, **_: rows})()
    assert find_postcode(store, "2525AB").buurten == {"BU2": "minder dan 1% van 2525 AB"}
    rows["bekend"] = False
    assert (
        find_postcode(store, "2525AB").zin
        == "Postcode 2525 AB ligt buiten de gebieden die hier zijn ingelezen."
    )


def test_the_box_offers_them_with_what_and_where(voorbeeld_store, where, monkeypatch):
    monkeypatch.setattr(searchroute.state, "store", lambda: voorbeeld_store)
    postcode, buurten = next((code, found) for code, found in where.items() if len(found) == 2)
    found = searchroute.answer(postcode.lower())
    assert [row["code"] for row in found["gebieden"]] == [code for code, _ in buurten.most_common()]
    assert found["samen"] and found["totaal"] == 2 and found["zin"] == ""
    assert all(row["over"].startswith("buurt in ") and "% van 0" in row["over"] for row in found["gebieden"])
    assert set(searchroute.answer(postcode, everything=True)["codes"]) == set(buurten)
