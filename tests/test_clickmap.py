"""What a browser says of a click becomes a place in the Netherlands and a known point, or nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from wwz.ui.shared.clickmap import Look, _points, complete, read_click


def test_a_place_in_degrees_and_rd():
    # The tower of Amersfoort, the origin of RD: 155000, 463000.
    click = read_click("place:52.155172,5.387206:", set())
    assert (click.x, click.y) == (pytest.approx(155_000, abs=2), pytest.approx(463_000, abs=2))
    assert click.point == ""


def test_only_a_point_that_is_on_the_map_counts():
    known = {"ontmoeting:52.10000:4.30000"}
    assert read_click("place:52.100000,4.300000:ontmoeting:52.10000:4.30000", known).point in known
    assert read_click("place:52.100000,4.300000:<img src=x>", known).point == ""


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "BU05180001",
        "place:0.000000,0.000000:",
        "place:52.1,4.3",
        "place:nan,4.3:",
        "place:52.1,99.3:",
        "place:1e9,4.3:",
        "x" * 10_000,
    ],
)
def test_anything_else_is_no_click(text):
    assert read_click(text, {"a"}) is None


def test_every_kind_gets_a_look_of_its_own():
    points = pd.DataFrame({"kind": ["er", "winkel", "huisarts", "winkel"]})
    looks = complete({"er": Look("Is er al", "#000000")}, points)
    assert list(looks) == ["er", "winkel", "huisarts"]
    assert len({look.colour for look in looks.values()}) == 3


def test_a_circle_on_the_ground_is_as_wide_as_its_metres():
    point = pd.DataFrame({"id": ["hart"], "naam": ["Hart"], "lat": [52.1], "lon": [4.3]})
    assert _points(point, Look("Hart", "#000000", metres=400))["metres"] == 400
    assert _points(point, Look("Huisarts", "#000000"))["metres"] == 0
