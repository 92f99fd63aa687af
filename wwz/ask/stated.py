"""Answers that also depend on what the municipality states of a randvoorwaarde: remembered until somebody states something."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from wwz.own import given
from wwz.store import Store, remembered

P = ParamSpec("P")
Found = TypeVar("Found")


def by_statements(make: Callable[Concatenate[Store, P], Found]) -> Callable[Concatenate[Store, P], Found]:
    """As `remembered`, for a function that reads the statements beside the database too.

    Where they stand is asked first: an answer may be newer than its mark says, and never older.
    """

    def made(store: Store, mark: str, *args: P.args, **kwargs: P.kwargs) -> Found:
        return make(store, *args, **kwargs)

    kept = remembered(wraps(make)(made))

    @wraps(make)
    def found(store: Store, *args: P.args, **kwargs: P.kwargs) -> Found:
        return kept(store, given.SHELF.mark(store.path), *args, **kwargs)

    return found
