"""Two addresses that say how the dashboard is: one for a proxy (something to show?), one for who keeps an eye on it (all well?)."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.ask.fitness import Finding, is_well, of_database, own_data, room

HEALTH, WELL = "/_stcore/health", "/gezond"
NOTHING = "Er is geen bruikbare database. Bouw hem met: python -m wwz bouw."
NOT_KEPT = {"cache-control": "no-store"}
# Seconds: who asks more often gets the same answer, so that asking costs nothing.
FRESH = 5.0


class Fitness:
    """What `wwz.ask.fitness` finds, looked for no more often than is of use. Safe for threads."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._one = threading.Lock()
        self._known: tuple[tuple[int, ...], list[Finding]] | None = None
        self._kept: tuple[float, list[Finding]] | None = None

    def usable(self) -> bool:
        """Whether the database that is there now can be opened, is of this version and holds areas; looked at once."""
        with self._one:
            return is_well(self._of_database())

    def findings(self) -> list[Finding]:
        """Everything: of the database that is there now, and of the rest not older than a few seconds."""
        with self._one:
            if self._kept is None or time.monotonic() - self._kept[0] > FRESH:
                self._kept = time.monotonic(), [own_data(self.database), room(self.database)]
            return [*self._of_database(), *self._kept[1]]

    def _of_database(self) -> list[Finding]:
        try:
            stat = self.database.stat()
            mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size, int(time.time() // 3600))
        except OSError:
            return of_database(self.database)
        if self._known is None or self._known[0] != mark:
            self._known = mark, of_database(self.database)
        return self._known[1]


class Health:
    """Answers at `/gezond`, and with 503 at the health address as long as there is no database that can be used."""

    def __init__(self, app: ASGIApp, fitness: Fitness) -> None:
        self.app, self.fitness = app, fitness

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look, or pass on."""
        place = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if place.endswith(WELL):
            await self._tell(scope, receive, send)
        elif place.endswith(HEALTH) and not await run_in_threadpool(self.fitness.usable):
            await PlainTextResponse(NOTHING, 503, NOT_KEPT)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await run_in_threadpool(self.fitness.findings)
        about = {"gezond": is_well(found), "controles": [asdict(one) for one in found]}
        await JSONResponse(about, 200 if about["gezond"] else 503, NOT_KEPT)(scope, receive, send)
