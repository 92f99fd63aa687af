"""Answers that were given before: remembered up to a size, and worked out once when several visitors ask at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Condition
from weakref import WeakSet

import pandas as pd
from cachetools import LRUCache, cached

from wwz.base.tally import count

MEGABYTE = 1024 * 1024
# What is counted: answers that were asked for, and those of them that had to be worked out.
ASKED, MADE = "antwoord", "antwoord-gemaakt"
# All that are in use, for who counts what they take.
_all: WeakSet[Answers] = WeakSet()


class Answers:
    """Frames by their question; safe for threads. What was not asked for the longest time is forgotten first.

    Parameters
    ----------
    megabyte
        The most that is kept. A frame that is larger by itself is given, and not kept.
    """

    def __init__(self, megabyte: float) -> None:
        self._kept: LRUCache[Hashable, pd.DataFrame] = LRUCache(megabyte * MEGABYTE, getsizeof=_size)
        _all.add(self)
        self._find = cached(self._kept, key=_question, condition=Condition())(_make)

    def find(self, question: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer, from memory or from `make`.

        Who asks what another is working out waits for that; when it fails there, the next one tries.
        """
        count(ASKED)
        return self._find(question, make)

    @property
    def megabyte(self) -> float:
        """How much is kept now."""
        return self._kept.currsize / MEGABYTE


def _question(question: Hashable, make: Callable[[], pd.DataFrame]) -> Hashable:
    return question


def _make(question: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    count(MADE)
    return make()


def kept_megabyte() -> float:
    """How much is kept now, of all questions together."""
    return sum(one.megabyte for one in list(_all))


def _size(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(deep=True).sum())
