"""The screens of a database, made once before anyone asks: by a visitor of the house, whose screens nobody sees.

What was worked out for one is there for all, so the first real visitor waits no longer than the next. Visitors go first:
the house asks for its next screen when nobody's screen is being made. What it may see is what anyone may who looks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient

from wwz.base.paths import ROOT
from wwz.ui.shared import permission
from wwz.ui.shared.turn import turns

LOG = logging.getLogger(__name__)
# Seconds: between two looks at whether there is another database, and at whether a visitor's screen is being made; and
# after which the house gives up on a screen.
LOOK, PAUSE, LONGEST = 5.0, 0.1, 300.0
FIRST = "kaart"


class Nobody(SessionClient):
    """Looks at nothing; knows when a screen is complete."""

    def __init__(self) -> None:
        self.complete = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Throw it away."""
        kind = msg.WhichOneof("type")
        if kind == "script_finished" and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.complete.set()


def pages() -> list[str]:
    """Every screen by its name in the address, the first one (empty) first."""
    names = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    return ["", *(name for name in names if name != FIRST)]


async def stay_ahead(database: Path) -> None:
    """Visit all screens, and again when another database has taken its place; until it is cancelled."""
    seen = None
    while True:
        now = _mark(database)
        if now is not None and now != seen:
            seen = now
            try:
                await visit(pages())
            # Without it the server does the same, only later.
            except Exception:
                LOG.warning("Schermen vooruit maken lukt niet", exc_info=True)
        await asyncio.sleep(LOOK)


def _mark(database: Path) -> tuple[int, int] | None:
    try:
        stat = database.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


async def visit(screens: Sequence[str]) -> None:
    """Ask for these screens one after the other, as a session that only looks."""
    runtime, nobody = Runtime.instance(), Nobody()
    session = runtime.connect_session(nobody, {})
    permission.HOUSE.add(session)
    try:
        for screen in screens:
            while turns().busy or turns().waiting:
                await asyncio.sleep(PAUSE)
            nobody.complete.clear()
            wanted = BackMsg()
            wanted.rerun_script.page_name = screen
            runtime.handle_backmsg(session, wanted)
            await asyncio.wait_for(nobody.complete.wait(), LONGEST)
    finally:
        runtime.close_session(session)
        permission.HOUSE.discard(session)
