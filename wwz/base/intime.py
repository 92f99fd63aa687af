"""Breaking off what takes too long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def in_time(seconds: float | None, stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop`, from another thread, when the block is not done after so many seconds; None: it may take any time."""
    if seconds is None:
        yield
        return
    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
