"""Proposed areas: every buurt in one, each hangs together, of the right size wherever that can be."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from wwz.ask.area import find_area
from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.knowledge.serviceareas import rules
from wwz.maps.ground import ground
from wwz.servicearea import choose
from wwz.servicearea import propose as proposing
from wwz.servicearea.choose import partition
from wwz.servicearea.parts import Parts, components, parts_of
from wwz.servicearea.price import Price, Wishes
from wwz.servicearea.propose import FITS, LEFT, ONE_BUURT, Proposal, propose

# Of the gemeenten of the country, unless all are asked.
ONE_IN = 8


def grid(people: list[list[int]], wijk=lambda row, column: "WK0", hearts=()) -> Parts:
    """Square buurten of 500 metres."""
    rows, columns = len(people), len(people[0])
    at = {(r, c): r * columns + c for r in range(rows) for c in range(columns)}
    near = [tuple(at[p] for p in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)) if p in at) for r, c in at]
    return Parts(
        codes=tuple(f"BU{n:08d}" for n in at.values()),
        namen=tuple(f"Buurt {n}" for n in at.values()),
        wijken=tuple(wijk(*place) for place in at),
        mensen=np.array(people, dtype=float).ravel(),
        onbekend=0,
        zonder_grens=0,
        plaats=np.array([(c * 500.0, r * 500.0) for r, c in at]),
        buren=tuple(near),
        harten=np.array(hearts, dtype=float).reshape(-1, 2),
        hart_in=np.array([round(y / 500) * columns + round(x / 500) for x, y in hearts], dtype=int),
    )


def sizes(parts: Parts, areas: list[list[int]]) -> list[float]:
    return sorted(parts.mensen[area].sum() for area in areas)


def check(parts: Parts, areas: list[list[int]]) -> None:
    assert sorted(one for area in areas for one in area) == list(range(len(parts.codes)))
    assert all(len(parts.pieces(area)) == 1 for area in areas)


def test_wijken_of_the_right_size_are_the_areas():
    """Two wijken of 6,000, worked out by hand: any other division cuts one of them."""
    parts = grid([[1000] * 4] * 3, wijk=lambda row, column: "WK1" if column < 2 else "WK2")
    areas = partition(Price(parts, Wishes()), list(range(12)))
    check(parts, areas)
    assert sizes(parts, areas) == [6000, 6000]
    assert all(len({parts.wijken[one] for one in area}) == 1 for area in areas)


def test_a_wish_that_does_not_count_does_not_decide():
    """The wijken are rows of 6 × 1; with compactness only, the halves are squares."""
    parts = grid([[1000] * 6] * 2, wijk=lambda row, column: f"WK{row}")
    rows = partition(Price(parts, Wishes(wijk=4, vorm=0, hart=0)), list(range(12)))
    squares = partition(Price(parts, Wishes(wijk=0, vorm=4, hart=0)), list(range(12)))
    assert [len({parts.wijken[one] for one in area}) for area in rows] == [1, 1]
    assert [len({parts.wijken[one] for one in area}) for area in squares] == [2, 2]


def test_areas_lie_around_the_centres():
    """A row of 14,000 people with centres at its third and its twelfth buurt: each area has one."""
    parts = grid([[1000] * 14], hearts=[(1000, 0), (5500, 0)])
    areas = partition(Price(parts, Wishes(wijk=0, vorm=0, hart=4)), list(range(14)))
    check(parts, areas)
    assert sorted(len(set(parts.hart_in.tolist()) & set(area)) for area in areas) == [1, 1]


def test_what_cannot_be_divided_is_said(voorbeeld_store):
    parts = grid([[12000, 3000, 3000]])
    found = proposing._divide(voorbeeld_store, parts, Wishes())
    assert sorted((one.inwoners, one.past) for one in found) == [(6000, FITS), (12000, ONE_BUURT)]


def test_islands_are_apart():
    parts = grid([[1000, 1000]])
    apart = Parts(**{**vars(parts), "buren": ((), ())})
    assert components(apart) == [[0], [1]] and components(parts) == [[0, 1]]


def test_den_haag(denhaag_store):
    """537,525 people in 114 buurten; the seven areas that are too large are one buurt each."""
    area = find_area(denhaag_store, ["GM0518"])
    found = propose(denhaag_store, area)
    parts = parts_of(denhaag_store, area.buurten)
    check(parts, [parts.places(one.buurten) for one in found.gebieden])
    assert sum(one.inwoners for one in found.gebieden) == 537_525
    large = [one for one in found.gebieden if one.past == ONE_BUURT]
    assert len(large) == 7 and all(one.inwoners > 10_000 for one in large)
    assert sum(one.past == FITS for one in found.gebieden) >= len(found.gebieden) - 8
    assert len({one.naam for one in found.gebieden}) == len(found.gebieden)
    assert propose.__wrapped__(denhaag_store, area) == found, "the same question has the same answer"


def test_without_boundaries_it_says_so(utrecht_store):
    with pytest.raises(Fout, match="geen grenzen ingelezen"):
        propose(utrecht_store, find_area(utrecht_store, ["GM0344"]))


def test_without_boundaries_there_is_no_ground_and_no_mistake(utrecht_store):
    """A server prepares the ground of every level before it says that it is ready."""
    assert (
        len(ground(utrecht_store, find_area(utrecht_store, ["GM0344"])).pieces.dropna(subset="geometry")) == 0
    )


def test_command_line_gives_a_list(voorbeeld_store, capsys):
    place = ["--database", str(voorbeeld_store.path)]
    assert main(["gebied", "voorstel", "--gebied", "GM9901", "--formaat", "json", *place]) == 0
    said = capsys.readouterr()
    rows = json.loads(said.out)
    assert all(row.keys() == {"naam", "inwoners", "buurten"} for row in rows)
    codes = [code for row in rows for code in row["buurten"]]
    assert sorted(codes) == list(find_area(voorbeeld_store, ["GM9901"]).buurten)
    assert "5.000 tot 10.000 inwoners" in said.err


def test_all_gemeenten_of_the_country(nederland_store, monkeypatch):
    """Every buurt in one area, every area in one piece; and of nearly all areas the size is right, or it is said why not.

    With one round, and one in eight gemeenten: the whole country takes minutes of a processor (WWZ_LANGZAAM=1).
    """
    for name, less in (("ROUNDS", 1), ("NODES", 20)):
        monkeypatch.setattr(choose, name, less)
    areas = nederland_store.areas()
    gemeenten = areas.loc[areas["niveau"] == "gemeente", "code"].sort_values()
    assert len(gemeenten) == 342
    if os.environ.get("WWZ_LANGZAAM") != "1":
        gemeenten = gemeenten[::ONE_IN]
    found: list[Proposal] = []
    for code in gemeenten:
        area = find_area(nederland_store, [code])
        found.append(propose(nederland_store, area))
        parts = parts_of(nederland_store, area.buurten)
        check(parts, [parts.places(one.buurten) for one in found[-1].gebieden])
    every = [one for proposal in found for one in proposal.gebieden]
    fits = sum(one.past == FITS for one in every)
    rest = [one for one in every if one.past == LEFT]
    assert fits / len(every) > 0.94 and len(rest) / len(every) < 0.03, (fits, len(rest), len(every))
    for one in every:
        assert (one.past == FITS) == (rules().minst <= one.inwoners <= rules().meest), one
