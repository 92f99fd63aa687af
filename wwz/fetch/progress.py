"""How far a fetch is: written by the thread that fetches, read by whoever shows it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from wwz.errors import Fout


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
        Rows fetched and rows expected over the whole plan; 0 expected means: not known yet.
    bytes
        Bytes received from the network; what came from the cache does not count.
    regels
        Everything said so far, oldest first.
    """

    tekst: str = "Het ophalen begint."
    gedaan: int = 0
    totaal: int = 0
    bytes: int = 0
    regels: list[str] = field(default_factory=list)
    begonnen: float = field(default_factory=time.monotonic)
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)

    def say(self, tekst: str) -> None:
        """Tell what happens now."""
        self.tekst = tekst
        self.regels.append(tekst)

    def advance(self, rows: int) -> None:
        """Add fetched rows."""
        self.gedaan += rows

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
            raise Gestopt("Het ophalen is gestopt. De gegevens van nu blijven staan; opnieuw beginnen gaat verder.")

    def wait(self, seconds: float) -> None:
        """Wait, unless the user stops.

        Raises
        ------
        Gestopt
        """
        self._stop.wait(seconds)
        self.check()

    @property
    def deel(self) -> float:
        """Part that is done, 0 to 1."""
        return min(1.0, self.gedaan / self.totaal) if self.totaal else 0.0

    @property
    def seconden(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begonnen
