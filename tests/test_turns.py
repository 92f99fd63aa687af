"""A few at a time, in order; who has gone leaves the queue, and work that nobody waits for ends."""

from __future__ import annotations

import threading

import pytest

from wwz.base import turns
from wwz.base.turns import Turns, check_with, checkpoint


class Gone(BaseException):
    """What ends the work of a visitor who has gone."""


@pytest.fixture(autouse=True)
def nobody_looks():
    before = list(turns._checks)
    turns._checks.clear()
    yield
    turns._checks[:] = before


def _nothing(ahead: int) -> None:
    pass


def _start(work) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _enter(room: Turns, number: int, came: list[int], told: list[int], who: str = "") -> threading.Thread:
    def work() -> None:
        with room.turn(told.append, 0.0, who):
            came.append(number)

    before = len(room._queue)
    thread = _start(work)
    while len(room._queue) == before:
        threading.Event().wait(0.005)
    return thread


def _go_in(room: Turns, number: int, came: list[int], who: str = "") -> threading.Thread:
    """Who need not wait is never seen in the queue."""

    def work() -> None:
        with room.turn(_nothing, 9, who):
            came.append(number)

    return _start(work)


def test_no_more_than_there_are_places_and_in_the_order_of_coming():
    room, came, told = Turns(1), [], []
    with room.turn(_nothing, 0):
        waiting = [_enter(room, number, came, told) for number in range(4)]
        while len(told) < 4:
            threading.Event().wait(0.01)
        assert came == []
    for one in waiting:
        one.join(10)
    assert came == [0, 1, 2, 3] and sorted(told) == [0, 1, 2, 3]
    assert room._free == 1 and not room._queue


def test_never_more_inside_than_places():
    room, inside, most = Turns(3), [], []

    def work() -> None:
        for _ in range(20):
            with room.turn(_nothing, 9):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [_start(work) for _ in range(10)]
    for one in threads:
        one.join(30)
    assert len(most) == 200 and max(most) <= 3 and room._free == 3


def test_who_has_its_share_is_passed_by_and_comes_later():
    room, came, told = Turns(2, each=1), [], []
    with room.turn(_nothing, 0, "kantoor"):
        first = [_enter(room, number, came, told, "kantoor") for number in (1, 2)]
        _go_in(room, 3, came, "thuis").join(10)
        assert came == [3] and room.waiting == 2 and room.busy == 1
    for one in first:
        one.join(10)
    assert came == [3, 1, 2] and room.busy == room.waiting == 0 and not room._has


def test_of_whom_nothing_is_known_is_not_bound():
    room = Turns(2, each=1)
    with room.turn(_nothing, 0):
        came = []
        _go_in(room, 1, came).join(10)
    assert came == [1]


def test_who_is_inside_comes_in_again():
    room = Turns(1)
    with room.turn(_nothing, 0), room.turn(_nothing, 0):
        assert room._free == 0
    assert room._free == 1


def test_who_has_gone_leaves_the_queue_and_the_next_comes():
    room, came, told, gone = Turns(1), [], [], threading.Event()
    leaver: list[threading.Thread] = []

    def look() -> None:
        if gone.is_set() and threading.current_thread() in leaver:
            raise Gone

    check_with(look)

    def work() -> None:
        with pytest.raises(Gone), room.turn(told.append, 0.0):
            came.append(-1)

    with room.turn(_nothing, 0):
        leaver.append(_start(work))
        while not told:
            threading.Event().wait(0.005)
        follower = _enter(room, 1, came, [])
        gone.set()
        leaver[0].join(10)
        assert len(room._queue) == 1
    follower.join(10)
    assert came == [1] and room._free == 1


def test_an_error_inside_gives_the_place_back():
    room = Turns(1)
    with pytest.raises(Gone), room.turn(_nothing, 0):
        raise Gone
    assert room._free == 1


def test_a_question_is_not_asked_for_who_has_gone(voorbeeld_store):
    def gone() -> None:
        raise Gone

    checkpoint()
    check_with(gone)
    with pytest.raises(Gone):
        voorbeeld_store.ask("bouw")
