"""A few at a time, in the order in which they came; and work that nobody waits for any more ends."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Seconds between two looks at whether who waits is still there.
LOOK = 0.1
_checks: list[Callable[[], None]] = []


class Turns:
    """A room with so many places, and a queue in front of it. A thread that is inside may come in again."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._free = places
        self._queue: deque[object] = deque()
        self._change = threading.Condition()
        self._inside = threading.local()

    @contextmanager
    def turn(self, tell: Callable[[int], None], after: float) -> Iterator[None]:
        """Wait for a place, and keep it for as long as the block takes.

        Parameters
        ----------
        tell
            Gets, once, how many are ahead when it takes longer than `after` seconds. It may end the wait by raising.
        """
        if getattr(self._inside, "yes", False):
            yield
            return
        self._wait(tell, after)
        self._inside.yes = True
        try:
            yield
        finally:
            self._inside.yes = False
            with self._change:
                self._free += 1
                self._change.notify_all()

    def _wait(self, tell: Callable[[int], None], after: float) -> None:
        ticket, waited, told = object(), 0.0, False
        with self._change:
            self._queue.append(ticket)
        try:
            while not self._take(ticket):
                checkpoint()
                waited += LOOK
                if waited >= after and not told:
                    told = True
                    tell(self.ahead(ticket))
        except BaseException:
            self._leave(ticket)
            raise

    def _take(self, ticket: object) -> bool:
        """Wait a moment for our turn; whether it came."""

        def ours() -> bool:
            return self._free > 0 and self._queue[0] is ticket

        with self._change:
            if not self._change.wait_for(ours, LOOK):
                return False
            self._queue.popleft()
            self._free -= 1
            self._change.notify_all()
            return True

    def _leave(self, ticket: object) -> None:
        with self._change:
            if ticket in self._queue:
                self._queue.remove(ticket)
                self._change.notify_all()

    def ahead(self, ticket: object) -> int:
        """How many come before this one."""
        with self._change:
            return self._queue.index(ticket)


def checkpoint() -> None:
    """Call this between two pieces of work: it ends work that nobody waits for any more, by raising."""
    for check in _checks:
        check()


def check_with(check: Callable[[], None]) -> None:
    """What `checkpoint` does; set once, by who knows for whom a thread works."""
    _checks[:] = [check]
