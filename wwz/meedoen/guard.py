"""Who tries codes that do not exist: so many times from one address, and then no more for a while."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from cachetools import LRUCache

from wwz.base.callers import household
from wwz.base.limits import Limits

NAME = "sessie_pogingen"
WHILE = 600.0
# All addresses together may try so many times as often as one.
TOGETHER = 20
EVERYBODY = ""


class Guard:
    """Counts wrong codes. It goes by a clock that does not jump.

    Parameters
    ----------
    limits
        Of this server.
    clock
        Seconds.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self.clock = limits, clock
        self._tries: LRUCache[str, deque[float]] = LRUCache(10_000)
        self._lock = Lock()

    def refused(self, address: str) -> str:
        """What somebody reads who tried too often; empty for who may try."""
        with self._lock:
            most = self.limits[NAME]
            full = self._count(household(address)) >= most or self._count(EVERYBODY) >= most * TOGETHER
        return self.limits.beyond(NAME) if full else ""

    def wrong(self, address: str) -> None:
        """Note a code that does not exist."""
        with self._lock:
            for who in (household(address), EVERYBODY):
                self._tries.setdefault(who, deque(maxlen=self.limits[NAME] * TOGETHER)).append(self.clock())

    def _count(self, who: str) -> int:
        tries = self._tries.get(who)
        while tries and tries[0] < self.clock() - WHILE:
            tries.popleft()
        return len(tries or ())
