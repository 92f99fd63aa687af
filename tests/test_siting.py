"""Best sites against trying everything; never worse than one after another."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from wwz.siting import best_sites, choose, covered


def brute(matrix: np.ndarray, people: np.ndarray, count: int) -> float:
    return max(people[matrix[list(c)].any(axis=0)].sum() for c in combinations(range(len(matrix)), count))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_as_good_as_trying_everything(seed, count):
    stream = np.random.default_rng(seed)
    matrix = stream.random((9, 30)) < 0.2
    people = stream.integers(1, 50, 30).astype(float)
    found = choose(csr_array(matrix.astype(float)), people, stream.random((9, 2)), count)
    assert found.people == pytest.approx(brute(matrix, people, count))
    assert found.people >= found.greedy
    assert found.gap == 0


def test_where_greedy_fails():
    # The first takes 6 of 10 and the third adds 3; the second and third together have all 10.
    matrix = np.array([[0, 1, 1, 1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]], float)
    found = choose(csr_array(matrix), np.ones(10), np.arange(6.0).reshape(3, 2), 2)
    assert (found.greedy, found.people) == (9, 10)
    assert sorted(map(tuple, found.places)) == [(2, 3), (4, 5)]


def test_one_site_in_the_middle_of_two_groups():
    places = np.array([[0, 0], [900, 0], [5000, 0]], dtype=float)
    found = best_sites(places, np.array([10.0, 20.0, 25.0]), np.full(3, 1000.0), 1)
    assert found.people == 30
    assert covered(places, found.places, np.full(3, 1000.0)).tolist() == [True, True, False]


def test_the_reach_counts_per_place():
    places = np.array([[0, 0], [0, 500]], dtype=float)
    assert covered(places, np.array([[0, 400]]), np.array([399.0, 100.0])).tolist() == [False, True]
    assert not covered(places, np.empty((0, 2)), np.array([1.0, 1.0])).any()


def test_nobody_left_to_reach():
    found = best_sites(np.empty((0, 2)), np.empty(0), np.empty(0), 3)
    assert len(found.places) == 0 and found.people == 0


def test_more_sites_never_reach_fewer_people():
    stream = np.random.default_rng(3)
    places, people = stream.uniform(0, 6000, (400, 2)), stream.uniform(1, 9, 400)
    reached = [best_sites(places, people, np.full(400, 700.0), n).people for n in (1, 2, 3, 5)]
    assert reached == sorted(reached)
    assert reached[-1] <= people.sum() + 1e-6
