"""Addresses of the framework that are not for visitors."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.web.refusal import refuse

METRICS = "/_stcore/metrics"
CLOSED = "Dit adres is dicht."


class ClosedAddresses:
    """Refuses the addresses that end in one of `endings`, as if they were not there."""

    def __init__(self, app: ASGIApp, endings: tuple[str, ...]) -> None:
        self.app, self.endings = app, endings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or refuse."""
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(self.endings):
            await refuse(scope, receive, send, 404, CLOSED)
            return
        await self.app(scope, receive, send)
