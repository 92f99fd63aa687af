"""Answers that were given before: remembered up to a size, and worked out once when several visitors ask at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import is_dataclass
from functools import wraps
from threading import Condition
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakSet

import numpy as np
import pandas as pd
import shapely
from cachetools import LRUCache, cached

from wwz.base.tally import count

MEGABYTE = 1024 * 1024
# What is counted: answers that were asked for, and those of them that had to be worked out.
ASKED, MADE = "antwoord", "antwoord-gemaakt"
# What an answer takes besides what is in it: its question, and its place in the memory.
PLACE = 512
# What a point of a boundary takes.
POINT = 16
# All that are in use, for who counts what they take.
_all: WeakSet[Answers] = WeakSet()
Made = TypeVar("Made")
P = ParamSpec("P")


class Answers:
    """Answers by their question; safe for threads. What was not asked for the longest time is forgotten first.

    Parameters
    ----------
    megabyte
        The most that is kept. An answer that is larger by itself is given, and not kept.
    """

    def __init__(self, megabyte: float) -> None:
        self._kept: LRUCache[Hashable, Any] = LRUCache(megabyte * MEGABYTE, getsizeof=size)
        _all.add(self)
        self._find = cached(self._kept, key=_question, condition=Condition())(_make)

    def find(self, question: Hashable, make: Callable[[], Made]) -> Made:
        """The answer, from memory or from `make`.

        Who asks what another is working out waits for that; when it fails there, the next one tries.
        """
        count(ASKED)
        return cast(Made, self._find(question, make))

    @property
    def megabyte(self) -> float:
        """How much is kept now."""
        return self._kept.currsize / MEGABYTE


def _question(question: Hashable, make: Callable[[], Any]) -> Hashable:
    return question


def _make(question: Hashable, make: Callable[[], Any]) -> Any:
    count(MADE)
    return make()


def kept_megabyte() -> float:
    """How much is kept now, of all questions together."""
    return sum(one.megabyte for one in list(_all))


def size(answer: Any) -> int:
    """Bytes that an answer takes: frames, arrays and texts, and what holds them. Of anything else little is known."""
    return PLACE + _size(answer)


def _size(part: Any) -> int:
    if isinstance(part, pd.DataFrame):
        return int(part.memory_usage(deep=True).sum()) + sum(_drawn(column) for _, column in part.items())
    if isinstance(part, pd.Series | pd.Index):
        return int(part.memory_usage(deep=True)) + _drawn(part)
    if isinstance(part, np.ndarray):
        return int(part.nbytes) + (_points(part) if part.dtype == object else 0)
    if isinstance(part, Mapping):
        return sys.getsizeof(part) + sum(_size(key) + _size(value) for key, value in part.items())
    if isinstance(part, list | tuple | set | frozenset):
        return sys.getsizeof(part) + sum(map(_size, part))
    if is_dataclass(part) and not isinstance(part, type):
        return sys.getsizeof(part) + sum(_size(value) for value in getattr(part, "__dict__", {}).values())
    return sys.getsizeof(part)


def _drawn(column: Any) -> int:
    """Bytes of the boundaries in a column, which pandas counts as one number each."""
    return _points(column.to_numpy()) if str(column.dtype) == "geometry" else 0


def _points(shapes: np.ndarray) -> int:
    drawn = shapes[shapely.is_geometry(shapes)]
    return POINT * int(shapely.get_num_coordinates(drawn).sum())


def within(make: Callable[Concatenate[Any, P], Made]) -> Callable[Concatenate[Any, P], Made]:
    """A function of a larger answer that is remembered: what it gives is kept in that answer, and goes when that goes.

    Its other arguments are few and can be hashed: codes and years. Whoever adds a column to a frame that it gives does so
    for himself.
    """

    @wraps(make)
    def found(whole: Any, *args: P.args, **kwargs: P.kwargs) -> Made:
        # Of two who make it at once, one is kept: no harm, they are the same.
        kept = vars(whole).setdefault("_erbij", {})
        question = (make.__module__, make.__qualname__, args, tuple(sorted(kwargs.items())))
        if question not in kept:
            kept[question] = make(whole, *args, **kwargs)
        return own(kept[question])

    return found


def own(answer: Made) -> Made:
    """The same answer, to which one may add a column, an entry or a line without changing what others get."""
    if isinstance(answer, pd.DataFrame):
        return cast(Made, answer.copy(deep=False))
    return copy(answer) if isinstance(answer, dict | list) else answer
