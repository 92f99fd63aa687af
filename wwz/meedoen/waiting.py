"""Waiting until something of a session changes: told at once by who changes it here, and looked up for who did so elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from wwz.sessie.room import Room

# Seconds: how long one waits at most, and how often somebody looks whether another program wrote something.
LONGEST, LOOK = 25.0, 1.0


class Waiting:
    """Who waits for what, by code of the session. One of those who wait looks on behalf of all."""

    def __init__(self) -> None:
        self._bells: dict[str, asyncio.Condition] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[str, int] = {}

    def _bell(self, code: str) -> asyncio.Condition:
        return self._bells.setdefault(code, asyncio.Condition())

    async def tell(self, code: str) -> None:
        """Something changed."""
        if code in self._bells:
            async with self._bells[code]:
                self._bells[code].notify_all()

    async def until(
        self, found: Room, version: Callable[[], int], seen: int, longest: float = LONGEST
    ) -> int:
        """Wait until the version is another one than was seen, and not longer than this; gives the version."""
        code, bell = found.code, self._bell(found.code)
        self._waiting[code] = self._waiting.get(code, 0) + 1
        if code not in self._looking:
            self._looking[code] = asyncio.create_task(self._look(found))
        try:
            async with bell, asyncio.timeout(longest):
                await bell.wait_for(lambda: version() != seen)
        except TimeoutError:
            pass
        finally:
            self._waiting[code] -= 1
        return version()

    async def _look(self, found: Room) -> None:
        """Until nobody waits any more."""
        try:
            while self._waiting.get(found.code):
                await asyncio.sleep(LOOK)
                before = found.version
                try:
                    await run_in_threadpool(found.refresh)
                except Exception:
                    continue
                if found.version != before:
                    await self.tell(found.code)
        finally:
            self._looking.pop(found.code, None)
