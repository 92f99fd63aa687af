"""Answers that were given before: remembered up to a size, and worked out once when several visitors ask at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Condition

import pandas as pd
from cachetools import LRUCache, cached

MEGABYTE = 1024 * 1024


class Answers:
    """Frames by their question; safe for threads. What was not asked for the longest time is forgotten first.

    Parameters
    ----------
    megabyte
        The most that is kept. A frame that is larger by itself is given, and not kept.
    """

    def __init__(self, megabyte: float) -> None:
        self._kept: LRUCache[Hashable, pd.DataFrame] = LRUCache(megabyte * MEGABYTE, getsizeof=_size)
        self._find = cached(self._kept, key=_question, condition=Condition())(_make)

    def find(self, question: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer, from memory or from `make`.

        Who asks what another is working out waits for that; when it fails there, the next one tries.
        """
        return self._find(question, make)

    @property
    def megabyte(self) -> float:
        """How much is kept now."""
        return self._kept.currsize / MEGABYTE


def _question(question: Hashable, make: Callable[[], pd.DataFrame]) -> Hashable:
    return question


def _make(question: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return make()


def _size(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(deep=True).sum())
