"""The health address says whether the dashboard has something to show, not only whether it runs."""

from __future__ import annotations

import threading
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.base.errors import Fout
from wwz.store import is_usable

HEALTH = "/_stcore/health"
NOTHING = "Er is geen bruikbare database. Bouw hem met: python -m wwz bouw."


class Health:
    """Answers 503 at the health address as long as there is no database that can be used; else the framework answers."""

    def __init__(self, app: ASGIApp, database: Path) -> None:
        self.app, self.database = app, database
        self._one = threading.Lock()
        self._known: tuple[tuple[int, ...], bool] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look, or pass on."""
        asked = scope["type"] == "http" and scope["path"].rstrip("/").endswith(HEALTH)
        if asked and not await run_in_threadpool(self.usable):
            await PlainTextResponse(NOTHING, 503, {"cache-control": "no-store"})(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def usable(self) -> bool:
        """Whether the database that is there now can be opened, is of this version and holds areas; looked at once."""
        with self._one:
            try:
                stat = self.database.stat()
                mark = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
                if self._known is None or self._known[0] != mark:
                    self._known = mark, is_usable(self.database)
                return self._known[1]
            except (OSError, Fout):
                return False
