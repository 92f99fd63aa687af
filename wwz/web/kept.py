"""Files that have a mark of their content in their name: a browser keeps them for ever, and they are packed once.

The framework reads such a file again for every visitor, packs it as well as it can each time, or not at all, and lets the
browser ask each time whether it is still the same. On a first visit there are a hundred of them, and a boundary file of the
country takes longer to pack than to draw.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.base.memory import Answers

MARKED = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*[.-][\w-]{8,12}\.[a-z]\w*", re.ASCII)
# What becomes smaller by packing; pictures and letters are packed already.
PACKED = {".js", ".css", ".json", ".geojson", ".svg"}
LEVEL = 6
FOR_EVER = "public, max-age=31536000, immutable"
MEGABYTE = 48


class KeptFiles:
    """Gives them from memory.

    Parameters
    ----------
    folders
        Where they are, by the address they are below: /app/static/ → static.
    """

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path]) -> None:
        self.app = app
        self.folders = {address: folder.resolve() for address, folder in folders.items()}
        self._kept = Answers(MEGABYTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the file, or pass on."""
        path = self._asked(scope)
        headers = Headers(scope=scope) if path else {}
        if path is None or "range" in headers:
            await self.app(scope, receive, send)
            return
        packs = path.suffix in PACKED and "gzip" in headers.get("accept-encoding", "")
        try:
            body = await run_in_threadpool(self._body, path, packs)
        except OSError:
            await self.app(scope, receive, send)
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        answer = Response(
            body, media_type=kind, headers={"cache-control": FOR_EVER, "vary": "accept-encoding"}
        )
        if packs:
            answer.headers["content-encoding"] = "gzip"
        await answer(scope, receive, send)

    def _asked(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        for address, folder in self.folders.items():
            name = scope["path"].removeprefix(address)
            if name != scope["path"] and MARKED.fullmatch(name):
                path = (folder / name).resolve()
                return path if path.is_relative_to(folder) else None
        return None

    def _body(self, path: Path, packs: bool) -> bytes:
        changed = path.stat().st_mtime_ns

        def read() -> bytes:
            data = path.read_bytes()
            return gzip.compress(data, LEVEL, mtime=0) if packs else data

        return self._kept.find((path, changed, packs), read)
