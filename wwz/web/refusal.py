"""Saying no in one plain sentence, before the dashboard has done any work for it."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

# What a websocket is closed with when it is not let in.
POLICY, LATER = 1008, 1013


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    """Answer a request with `text`, or close a websocket that was not accepted yet (the browser then reads 403)."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": LATER if status == 503 else POLICY, "reason": ""})
        return
    await PlainTextResponse(text, status_code=status, headers={"cache-control": "no-store"})(
        scope, receive, send
    )
