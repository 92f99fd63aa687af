"""Names of who took part go by themselves: the server erases them at its start and every day, whether anybody looks or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from wwz.base.limits import Limits
from wwz.sessie.privacy import forget_names

log = logging.getLogger(__name__)
A_DAY = 86_400.0


async def forget_daily(
    database: Path,
    limits: Limits,
    *,
    today: Callable[[], date] = date.today,
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Erase the names of sessions that are long over, now and every day; until it is cancelled.

    Parameters
    ----------
    today, pause
        The clock, and what waits so many seconds.
    """
    while True:
        try:
            await asyncio.to_thread(forget_names, database, limits, today())
        # The next day it is tried again; the screen and the command do it as well.
        except Exception:
            log.warning("Namen van deelnemers aan werksessies zijn nu niet te wissen", exc_info=True)
        await pause(A_DAY)
