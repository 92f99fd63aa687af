"""How far a fetch is: written by the thread that fetches, read by whoever shows it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from wwz.base.counted import counted
from wwz.base.errors import Fout

# The part of the bar that is for making the database; the rest is for fetching.
BUILD_PART = 0.25
# Before this many seconds nobody can tell how long it will take.
SOONEST = 2.0


class Gestopt(Fout):
    """The user stopped the fetch."""


@dataclass
class Progress:
    """State of one fetch.

    Attributes
    ----------
    tekst
        Dutch line about what happens now.
    gedaan, totaal
        Rows fetched and rows expected over the whole plan; 0 expected means: not known yet. Boundaries count one row
        an area, other files one row per so many bytes (items.Size.werk).
    bytes
        Bytes received from the network; what came from the cache does not count.
    bouw
        Seconds that making the database will take, roughly.
    regels
        Everything said so far, oldest first.
    """

    tekst: str = "Het ophalen begint."
    gedaan: float = 0
    totaal: float = 0
    bytes: int = 0
    bouw: float = 0
    regels: list[str] = field(default_factory=list)
    begonnen: float = field(default_factory=time.monotonic)
    _eerste: float | None = field(default=None, repr=False)
    _bouwt: float | None = field(default=None, repr=False)
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)

    def say(self, tekst: str) -> None:
        """Tell what happens now."""
        self.tekst = tekst
        self.regels.append(tekst)

    def plan(self, totaal: float, bouw: float) -> None:
        """How much work there is; the clock starts with the first row that comes."""
        self.totaal, self.bouw, self.gedaan, self._eerste = totaal, bouw, 0, None

    def advance(self, rows: float) -> None:
        """Add fetched rows."""
        if self._eerste is None:
            self._eerste = time.monotonic()
        self.gedaan += rows

    def builds(self) -> None:
        """From now on the database is made."""
        self._bouwt = time.monotonic()

    def stop(self) -> None:
        """Ask the fetch to stop; it does so at its next step, also while it waits."""
        self._stop.set()

    def check(self) -> None:
        """Raise when the user asked to stop.

        Raises
        ------
        Gestopt
        """
        if self._stop.is_set():
            raise Gestopt(
                "Het ophalen is gestopt. De gegevens van nu blijven staan; opnieuw beginnen gaat verder."
            )

    def wait(self, seconds: float) -> None:
        """Wait, unless the user stops.

        Raises
        ------
        Gestopt
        """
        self._stop.wait(seconds)
        self.check()

    @property
    def gestopt(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    @property
    def deel(self) -> float:
        """Part that is done, 0 to 1."""
        if self._bouwt is not None:
            spent = time.monotonic() - self._bouwt
            return 1 - BUILD_PART * self.bouw / (self.bouw + spent) if self.bouw else 1 - BUILD_PART
        return (1 - BUILD_PART) * min(1.0, self.gedaan / self.totaal) if self.totaal else 0.0

    @property
    def resterend(self) -> float | None:
        """Seconds still to go; None when nobody can tell yet."""
        now = time.monotonic()
        if self._bouwt is not None:
            return max(0.0, self.bouw - (now - self._bouwt))
        if self._eerste is None or not self.totaal or not self.gedaan or now - self._eerste < SOONEST:
            return None
        return (now - self._eerste) * max(0.0, self.totaal / self.gedaan - 1) + self.bouw

    @property
    def nog(self) -> str:
        """The same in Dutch words; empty when nobody can tell."""
        left = self.resterend
        return "" if left is None else f"nog {duration(left)}"

    @property
    def seconden(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begonnen


def duration(seconds: float) -> str:
    """A rough time in words: een paar seconden, ongeveer 40 seconden, ongeveer 3 minuten."""
    if seconds < 8:
        return "een paar seconden"
    if seconds < 90:
        return f"ongeveer {10 * max(1, round(seconds / 10))} seconden"
    return (
        counted("ongeveer {n} [minuut|minuten]", round(seconds / 60))
        if seconds < 5400
        else f"ongeveer {round(seconds / 3600)} uur"
    )
