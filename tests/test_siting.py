"""Best sites against trying everything; never worse than one after another; the proof is a proof."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from wwz.planning.bound import lagrange
from wwz.planning.siting import best_sites, choose, merged


def brute(matrix: np.ndarray, people: np.ndarray, count: int) -> float:
    return max(reached(matrix, people, c) for c in combinations(range(len(matrix)), count))


def reached(matrix: np.ndarray, people: np.ndarray, chosen) -> float:
    return float(people[matrix[list(chosen)].any(axis=0)].sum())


def question(seed: int, candidates: int = 9, places: int = 30) -> tuple[np.ndarray, np.ndarray]:
    stream = np.random.default_rng(seed)
    return stream.random((candidates, places)) < 0.2, stream.integers(1, 50, places).astype(float)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_as_good_as_trying_everything(seed, count):
    matrix, people = question(seed)
    places = np.random.default_rng(seed).random((9, 2))
    found = choose(csr_array(matrix.astype(float)), people, places, count)
    assert found.people == pytest.approx(brute(matrix, people, count))
    assert found.people >= found.greedy
    assert found.gap == 0


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_choice_passes_the_bound(seed, count):
    matrix, people = question(seed, candidates=10, places=40)
    limit = lagrange(csr_array(matrix.astype(float)), people, count, 0.0)
    assert limit.bound >= brute(matrix, people, count) - 1e-6
    assert reached(matrix, people, limit.choice) <= limit.bound + 1e-6
    for j in range(10):
        others = [i for i in range(10) if i != j]
        best = max(reached(matrix, people, (j, *c)) for c in combinations(others, count - 1))
        assert limit.with_it[j] >= best - 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_what_is_left_to_the_solver_is_enough(seed, monkeypatch):
    # A bound that proves nothing: the solver then has to find the best one by itself.
    matrix, people = question(seed, candidates=12, places=60)
    monkeypatch.setattr("wwz.planning.bound.STEPS", 1)
    found = choose(csr_array(matrix.astype(float)), people, np.zeros((12, 2)), 3, swap=False)
    assert found.people == pytest.approx(brute(matrix, people, 3))


def test_out_of_time_the_gap_is_honest(monkeypatch):
    matrix, people = question(4, candidates=14, places=90)
    monkeypatch.setattr("wwz.planning.bound.STEPS", 1)
    found = choose(csr_array(matrix.astype(float)), people, np.zeros((14, 2)), 4, seconds=0)
    best = brute(matrix, people, 4)
    assert found.greedy <= found.people <= best
    assert found.people / (1 - found.gap) >= best - 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_taking_places_together_changes_no_answer(seed):
    matrix, people = question(seed, candidates=5, places=200)
    smaller, sums = merged(csr_array(matrix.astype(float)), people)
    assert smaller.shape[1] <= 2**5
    for count in (1, 2, 3):
        for chosen in combinations(range(5), count):
            assert reached(smaller.toarray() > 0, sums, chosen) == pytest.approx(
                reached(matrix, people, chosen)
            )


def test_where_greedy_fails():
    # The first takes 6 of 10 and the third adds 3; the second and third together have all 10.
    matrix = np.array(
        [[0, 1, 1, 1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]],
        float,
    )
    found = choose(csr_array(matrix), np.ones(10), np.arange(6.0).reshape(3, 2), 2)
    assert (found.greedy, found.people) == (9, 10)
    assert sorted(map(tuple, found.places)) == [(2, 3), (4, 5)]


def test_one_site_in_the_middle_of_two_groups():
    places = np.array([[0, 0], [900, 0], [5000, 0]], dtype=float)
    found = best_sites(places, np.array([10.0, 20.0, 25.0]), np.full(3, 1000.0), 1)
    assert found.people == 30
    assert (np.hypot(*(places - found.places[0]).T) <= 1000).tolist() == [True, True, False]


@pytest.mark.parametrize("seed", range(3))
def test_in_a_field_no_two_homes_are_better(seed):
    stream = np.random.default_rng(seed)
    # One home per cell, so that taking neighbours together changes nothing.
    places = np.array([(200.0 * i + 50, 200.0 * j + 50) for i in range(8) for j in range(8)])
    people, reach = stream.integers(1, 30, 64).astype(float), stream.choice([250.0, 320.0, 410.0], 64)
    near = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) <= reach[None]
    assert best_sites(places, people, reach, 2).people == pytest.approx(brute(near, people, 2))


def test_the_reach_counts_per_place():
    places = np.array([[0, 0], [0, 500]], dtype=float)
    found = best_sites(places, np.array([1.0, 5.0]), np.array([499.0, 100.0]), 1)
    # Whoever stands at the first place does not reach the second, and the other way round neither.
    assert found.people == 5 and found.places.tolist() == [[0, 500]]


def test_nobody_left_to_reach():
    found = best_sites(np.empty((0, 2)), np.empty(0), np.empty(0), 3)
    assert len(found.places) == 0 and found.people == 0


def test_more_sites_never_reach_fewer_people():
    stream = np.random.default_rng(3)
    places, people = stream.uniform(0, 6000, (400, 2)), stream.uniform(1, 9, 400)
    reached = [best_sites(places, people, np.full(400, 700.0), n).people for n in (1, 2, 3, 5)]
    assert reached == sorted(reached)
    assert reached[-1] <= people.sum() + 1e-6
