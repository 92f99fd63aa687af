"""Walking along streets, against a brute-force search on a graph made by hand."""

from __future__ import annotations

import heapq
import itertools

import numpy as np
import pytest
import shapely

from wwz.base.lines import pieces_of
from wwz.places.network import Network


def brute(pieces: np.ndarray, places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Metres from each place to the nearest facility, both exactly on the network: every place splits its piece."""
    marks = [tuple(p) for p in np.vstack([places, facilities])]
    links: dict[tuple, list[tuple[tuple, float]]] = {}
    for x1, y1, x2, y2 in pieces:
        line = shapely.LineString([(x1, y1), (x2, y2)])
        on = [m for m in marks if line.distance(shapely.Point(m)) < 1e-9]
        stops = sorted({(x1, y1), (x2, y2), *on}, key=lambda m: line.project(shapely.Point(m)))
        for a, b in itertools.pairwise(stops):
            away = float(np.hypot(a[0] - b[0], a[1] - b[1]))
            links.setdefault(a, []).append((b, away))
            links.setdefault(b, []).append((a, away))
    goals = {tuple(f) for f in facilities}
    return np.array([_walk(links, tuple(p), goals) for p in places])


def _walk(links, start, goals) -> float:
    best, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        metres, here = heapq.heappop(queue)
        if here in goals:
            return metres
        for there, away in links.get(here, []):
            if metres + away < best.get(there, np.inf):
                best[there] = metres + away
                heapq.heappush(queue, (metres + away, there))
    return np.inf


def walked(network: Network, places, facilities, limit: float = 50) -> np.ndarray:
    return network.nearest(
        network.snap(np.array(places, float), limit), network.snap(np.array(facilities, float), limit)
    )


@pytest.mark.parametrize("seed", range(6))
def test_random_networks_against_brute_force(seed):
    stream = np.random.default_rng(seed)
    crossings = np.array([(x, y) for x in range(0, 600, 100) for y in range(0, 600, 100)], float)
    pairs = [
        (a, b)
        for a, b in itertools.combinations(range(len(crossings)), 2)
        if np.hypot(*(crossings[a] - crossings[b])) == 100
    ]
    kept = [pair for pair in pairs if stream.random() < 0.7]
    pieces = np.array([[*crossings[a], *crossings[b]] for a, b in kept])

    def somewhere(count):
        on = pieces[stream.integers(0, len(pieces), count)]
        return on[:, :2] + stream.integers(0, 5, (count, 1)) / 4 * (on[:, 2:] - on[:, :2])

    places, facilities = somewhere(40), somewhere(4)
    assert walked(Network(pieces, 0.0), places, facilities) == pytest.approx(
        brute(pieces, places, facilities)
    )


def test_two_banks_and_a_bridge():
    # Two quays 50 metres apart, 1,000 metres long, with a bridge at the far end.
    banks = [(0, 0, 1000, 0), (0, 50, 1000, 50)]
    bridge = (1000, 0, 1000, 50)
    place, shop = [(100, 50)], [(100, 0)]
    assert walked(Network(np.array([*banks, bridge], float), 0.0), place, shop) == pytest.approx(
        [900 + 50 + 900]
    )
    # Without a bridge nobody comes across, however near it is in a straight line.
    split = Network(np.array(banks, float), 0.02)
    assert split.parts == 2
    assert np.isinf(walked(split, place, shop)).all()


def test_places_beside_the_street_walk_to_it_first():
    network = Network(np.array([(0, 0, 100, 0)], float), 0.0)
    # 3 metres to the street, 40 along it, 5 from it.
    assert walked(network, [(20, 3)], [(60, -5)]) == pytest.approx([3 + 40 + 5])
    # Past the end of the street: the distance to its end counts.
    assert walked(network, [(130, 40)], [(100, 0)]) == pytest.approx([50])


def test_who_lives_too_far_from_a_street_is_not_on_the_network():
    network = Network(np.array([(0, 0, 100, 0)], float), 0.0)
    found = walked(network, [(50, 51), (50, 49)], [(50, 0)])
    assert np.isnan(found[0]) and found[1] == pytest.approx(49)


def test_without_a_facility_on_the_network_nothing_can_be_reached():
    network = Network(np.array([(0, 0, 100, 0)], float), 0.0)
    assert np.isinf(walked(network, [(50, 0)], [(50, 500)])).all()
    assert np.isinf(walked(network, [(50, 0)], np.empty((0, 2)))).all()


def test_several_facilities_on_one_street():
    network = Network(np.array([(0, 0, 100, 0), (100, 0, 100, 100)], float), 0.0)
    assert walked(network, [(0, 0), (52, 0), (100, 100)], [(40, 0), (70, 0), (70, 0)]) == pytest.approx(
        [40, 12, 130]
    )


def test_faults_are_counted_and_left_out():
    pieces = np.array([(0, 0, 1000, 0), (1000, 0, 2000, 0), (5, 5, 5, 5), (9000, 9000, 9010, 9000)], float)
    network = Network(pieces, 0.02)
    assert (network.loops, network.loose, network.parts, len(network)) == (1, 1, 1, 2)
    assert len(Network(np.array([(5, 5, 5, 5)], float), 0.02)) == 0


def test_two_streets_between_the_same_crossings_are_not_added_up():
    # Twice the same line; and a way round that is longer.
    network = Network(
        np.array([(0, 0, 100, 0), (0, 0, 100, 0), (0, 0, 50, 80), (50, 80, 100, 0)], float), 0.0
    )
    assert walked(network, [(0, 0)], [(100, 0)]) == pytest.approx([100])


def test_lines_join_at_shared_corners_and_not_where_they_cross():
    lines = np.array(
        [
            shapely.LineString([(0, 0), (100, 0), (200, 0)]),
            shapely.LineString([(100, 0), (100, 90)]),
            shapely.LineString([(150, -50), (150, 50)]),
        ]
    )
    network = Network(pieces_of(lines), 0.0)
    assert walked(network, [(0, 0)], [(100, 90)]) == pytest.approx([190])
    # A bridge over the street: near, but not connected.
    assert np.isinf(walked(network, [(0, 0)], [(150, 50)], limit=20)).all()


def test_multilines_and_other_shapes():
    shapes = np.array(
        [shapely.MultiLineString([[(0, 0), (1, 0)], [(5, 5), (6, 6), (7, 7)]]), shapely.Point(3, 3), None],
        dtype=object,
    )
    assert pieces_of(shapes).tolist() == [[0, 0, 1, 0], [5, 5, 6, 6], [6, 6, 7, 7]]


@pytest.mark.parametrize("gap", [0.01, 0.05, 0.2, 0.45])
def test_ends_that_nearly_meet_are_one_crossing_wherever_they_lie(gap):
    """Also on either side of a line of any grid."""
    for shift in np.linspace(0, 1, 41):
        pieces = np.array([[0.0, shift, 100.0, shift], [100.0, shift + gap, 200.0, shift]])
        assert Network(pieces, 0.0).parts == 1, shift
    apart = np.array([[0.0, 0.0, 100.0, 0.0], [100.0, 0.6, 200.0, 0.0]])
    assert Network(apart, 0.0).parts == 2
