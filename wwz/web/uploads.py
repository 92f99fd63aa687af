"""How much a visitor may bring in: a file, all files of a window, and all windows together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.base.limits import MEGABYTE, Limits
from wwz.web.refusal import refuse

PLACE = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")
# A file comes in an envelope: lines around it, and its name.
ENVELOPE = 64 * 1024

Held = Callable[[], dict[str, int]]


class BoundedUploads:
    """Refuses a file before it is read, whether or not a box to drop it in is on screen.

    Parameters
    ----------
    held
        Bytes that are kept for each session now.
    limits
        Of this server.
    """

    def __init__(self, app: ASGIApp, held: Held, limits: Limits) -> None:
        self.app, self.held, self.limits = app, held, limits
        # What is on its way, by session: several at once count together.
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what fits."""
        found = PLACE.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        session, size = found[1], self._size(scope)
        if (beyond := self._beyond(session, size)) is not None:
            await refuse(scope, receive, send, 413, self.limits.beyond(beyond))
            return
        self._coming[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]

    def _size(self, scope: Scope) -> int:
        """What it says it is; who does not say is counted for the most it can be (Streamlit stops reading there)."""
        said = Headers(scope=scope).get("content-length", "")
        return int(said) if said.isascii() and said.isdigit() else self._most("bestand_megabyte")

    def _most(self, naam: str) -> int:
        return self.limits[naam] * MEGABYTE

    def _beyond(self, session: str, size: int) -> str | None:
        """The limit that this file goes beyond; None when it fits."""
        if size > self._most("bestand_megabyte") + ENVELOPE:
            return "bestand_megabyte"
        held = self.held()
        if held.get(session, 0) + self._coming[session] + size > self._most("venster_megabyte"):
            return "venster_megabyte"
        if sum(held.values()) + self._coming.total() + size > self._most("iedereen_megabyte"):
            return "iedereen_megabyte"
        return None
