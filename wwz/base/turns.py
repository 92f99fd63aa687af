"""A few at a time, in the order in which they came; and work that nobody waits for any more ends."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wwz.base.tally import count

# Seconds between two looks at whether who waits is still there.
LOOK = 0.1
_checks: list[Callable[[], None]] = []


# What is counted: turns that were taken.
TAKEN = "beurt"


@dataclass(eq=False)
class Ticket:
    """A place in the queue, and of whom; empty when that is not known."""

    who: str


class Turns:
    """A room with so many places, and a queue in front of it. A thread that is inside may come in again.

    Parameters
    ----------
    places
        How many are inside at once.
    each
        How many of those for one who asks; who has that many is passed by. What is not known whose it is, is not bound.
    """

    def __init__(self, places: int, each: int | None = None) -> None:
        self.places, self.each = places, each or places
        self._free = places
        self._queue: deque[Ticket] = deque()
        self._has: Counter[str] = Counter()
        self._change = threading.Condition()
        self._inside = threading.local()

    @contextmanager
    def turn(self, tell: Callable[[int], None], after: float, who: str = "") -> Iterator[None]:
        """Wait for a place, and keep it for as long as the block takes.

        Parameters
        ----------
        tell
            Gets, once, how many are ahead when it takes longer than `after` seconds. It may end the wait by raising.
        who
            Whose turn it is.
        """
        if getattr(self._inside, "yes", False):
            yield
            return
        self._wait(Ticket(who), tell, after)
        self._inside.yes = True
        try:
            yield
        finally:
            self._inside.yes = False
            with self._change:
                self._free += 1
                self._has[who] -= 1
                if not self._has[who]:
                    del self._has[who]
                self._change.notify_all()

    @property
    def busy(self) -> int:
        """How many are inside."""
        return self.places - self._free

    @property
    def waiting(self) -> int:
        """How many stand in the queue."""
        return len(self._queue)

    def _wait(self, ticket: Ticket, tell: Callable[[int], None], after: float) -> None:
        waited, told = 0.0, False
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

    def _take(self, ticket: Ticket) -> bool:
        """Wait a moment for our turn; whether it came."""

        def ours() -> bool:
            return self._free > 0 and self._next() is ticket

        with self._change:
            if not self._change.wait_for(ours, LOOK):
                return False
            self._queue.remove(ticket)
            self._free -= 1
            self._has[ticket.who] += 1
            count(TAKEN)
            self._change.notify_all()
            return True

    def _next(self) -> Ticket | None:
        """Who may go in next: the first in the queue that does not have its share."""
        return next((one for one in self._queue if not one.who or self._has[one.who] < self.each), None)

    def _leave(self, ticket: Ticket) -> None:
        with self._change:
            if ticket in self._queue:
                self._queue.remove(ticket)
                self._change.notify_all()

    def ahead(self, ticket: Ticket) -> int:
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
