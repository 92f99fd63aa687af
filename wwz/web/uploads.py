"""How much a visitor may bring in: a file, all files of a window, and all windows together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.web.refusal import refuse

MEGABYTE = 1024 * 1024
PLACE = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")
# A file comes in an envelope: lines around it, and its name.
ENVELOPE = 64 * 1024
TOO_LARGE = "Dit bestand is te groot. Een bestand mag tot {} MB zijn."
TOO_MUCH = "U heeft al veel bestanden ingelezen. Haal er een weg, of laad de pagina opnieuw."
FULL = "Er worden nu veel bestanden ingelezen. Probeer het zo opnieuw."

Held = Callable[[], dict[str, int]]


class BoundedUploads:
    """Refuses a file before it is read, whether or not a box to drop it in is on screen.

    Parameters
    ----------
    held
        Bytes that are kept for each session now.
    file, session, everyone
        The most, in megabyte.
    """

    def __init__(self, app: ASGIApp, held: Held, *, file: int, session: int, everyone: int) -> None:
        self.app, self.held = app, held
        self.file, self.session, self.everyone = file, session * MEGABYTE, everyone * MEGABYTE
        # What is on its way, by session: several at once count together.
        self._coming: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what fits."""
        found = PLACE.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        session, size = found[1], self._size(scope)
        if (problem := self._problem(session, size)) is not None:
            await refuse(scope, receive, send, 413, problem)
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
        return int(said) if said.isascii() and said.isdigit() else self.file * MEGABYTE

    def _problem(self, session: str, size: int) -> str | None:
        if size > self.file * MEGABYTE + ENVELOPE:
            return TOO_LARGE.format(self.file)
        held = self.held()
        if held.get(session, 0) + self._coming[session] + size > self.session:
            return TOO_MUCH
        if sum(held.values()) + self._coming.total() + size > self.everyone:
            return FULL
        return None
