"""Which addresses were asked, if the municipality wants to keep that: never by whom, and not what was chosen there."""

from __future__ import annotations

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wwz.web.logs import MORE

LOG = logging.getLogger(__name__)
# What tells one visitor, or one file of theirs, from another.
UNIQUE = re.compile(r"[^/]*[0-9a-fA-F]{8}[^/]*")
SWITCHED, BROKEN = 101, 500


class AccessLog:
    """Writes a line for every answer, and for every window when it closes: kind, address, outcome and milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and write down how it went."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status, start = BROKEN, time.monotonic()

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = SWITCHED
            elif message["type"] == "websocket.close" and status != SWITCHED:
                status = 403
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            told = {
                "soort": scope.get("method", "VENSTER"),
                "pad": UNIQUE.sub("…", scope["path"]),
                "uitkomst": status,
                "ms": round((time.monotonic() - start) * 1000),
            }
            LOG.info("bezoek", extra={MORE: told})
