"""How far, and how long still: in numbers that fit the work, and in words."""

from __future__ import annotations

import time

import pytest

from wwz.fetch import progress as module
from wwz.fetch.progress import BUILD_PART, Progress, duration


@pytest.fixture
def clock(monkeypatch):
    """A clock that only moves when told to."""
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def test_the_time_left_follows_the_pace_and_counts_the_build(clock):
    progress = Progress()
    progress.plan(1000, bouw=20)
    assert progress.resterend is None and progress.nog == ""
    progress.advance(0)
    clock(10)
    progress.advance(250)
    # A quarter in ten seconds: three quarters take thirty, and then the build.
    assert progress.resterend == pytest.approx(30 + 20)
    assert progress.nog == "nog ongeveer 50 seconden"
    progress.advance(750)
    progress.builds()
    clock(5)
    assert progress.resterend == pytest.approx(15) and progress.nog == "nog ongeveer 20 seconden"


def test_nobody_tells_a_time_in_the_first_seconds(clock):
    progress = Progress()
    progress.plan(1000, bouw=5)
    progress.advance(500)
    clock(1)
    assert progress.resterend is None


def test_the_bar_only_goes_forward_and_never_further_than_full(clock):
    progress = Progress()
    progress.plan(100, bouw=8)
    seen = [progress.deel]
    for rows in (10, 40, 60, 30):
        progress.advance(rows)
        seen.append(progress.deel)
    assert seen[-1] == 1 - BUILD_PART
    progress.builds()
    for _ in range(20):
        seen.append(progress.deel)
        clock(3)
    assert seen == sorted(seen) and seen[-1] < 1


def test_what_came_before_the_plan_does_not_count(clock):
    """The neighbours are looked up on the map before anybody knows how much there is."""
    progress = Progress()
    progress.advance(500)
    clock(60)
    progress.plan(100, bouw=0)
    assert progress.deel == 0 and progress.resterend is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "een paar seconden"), (12, "ongeveer 10 seconden"), (44, "ongeveer 40 seconden"), (150, "ongeveer 2 minuten"),
     (600, "ongeveer 10 minuten"), (8000, "ongeveer 2 uur")],
)  # fmt: skip
def test_a_time_in_words(seconds, words):
    assert duration(seconds) == words


def test_stopping_is_seen():
    progress = Progress()
    assert not progress.gestopt
    progress.stop()
    assert progress.gestopt
    started = time.monotonic()
    with pytest.raises(module.Gestopt):
        progress.wait(30)
    assert time.monotonic() - started < 1
