"""How many windows one address may have open at once."""

from __future__ import annotations

from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.base.callers import household
from wwz.base.limits import Limits
from wwz.base.tally import count
from wwz.web.refusal import refuse

# What is counted: windows that are open now.
OPEN = "venster"


class WindowsPerAddress:
    """Counts the websockets of each address, and refuses one more than `vensters_per_adres`.

    The address is that of the visitor when a proxy that we trust says so, and otherwise whoever is connected.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, pass on, and count off."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        who = address(scope)
        if self._open[who] >= self.limits["vensters_per_adres"]:
            await refuse(scope, receive, send, 503, self.limits.beyond("vensters_per_adres"))
            return
        self._open[who] += 1
        count(OPEN)
        try:
            await self.app(scope, receive, send)
        finally:
            count(OPEN, step=-1)
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]


def address(scope: Scope) -> str:
    """Whose connection this is, as `household` has it."""
    client = scope.get("client")
    return household(client[0] if client else "")
