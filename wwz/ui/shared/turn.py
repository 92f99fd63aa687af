"""So many screens are made at once; who comes later reads that it is busy, and who has gone costs nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

from wwz.base.callers import household
from wwz.base.counted import counted
from wwz.base.turns import Turns, check_with
from wwz.ui.shared import state

# Seconds of waiting before the visitor reads why.
PATIENCE = 1.0
Drawn = TypeVar("Drawn", bound=Callable[..., Any])


def stop_when_gone() -> None:
    """From now on a run ends at its next question when its window was closed, or when a newer run takes its place."""
    check_with(_look)


def _look() -> None:
    look = get_run_yield_check()
    if look is not None:
        look()


@contextmanager
def turn() -> Iterator[None]:
    """Make a screen, or a part of it, when it is our turn."""
    with _turns(*_places()).turn(_tell, PATIENCE, household(st.context.ip_address or "")):
        yield


def turns() -> Turns:
    """The room of this server, for who counts."""
    return _turns(*_places())


def _places() -> tuple[int, int]:
    limits = state.settings().grenzen
    return limits["schermen_tegelijk"], limits["schermen_per_adres"]


def fragment(draw: Drawn, **options: Any) -> Drawn:
    """`st.fragment` that waits its turn when it runs by itself."""

    @wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Any:
        with turn():
            return draw(*args, **kwargs)

    return st.fragment(drawn, **options)


@lru_cache(maxsize=1)
def _turns(places: int, each: int) -> Turns:
    return Turns(places, each)


def _tell(ahead: int) -> None:
    many = counted("[Eén bezoeker is|{n} bezoekers zijn]", ahead)
    st.toast(state.settings().grenzen.beyond("schermen_tegelijk", f"{many} vóór u." if ahead else ""))
