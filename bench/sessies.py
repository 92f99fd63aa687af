"""A council evening: how long do many people wait, who each look at a screen, think, and look at the next?

    python bench/sessies.py URL [--pid PID …] [--sessies 100] [--denktijd 20] [--duur 120] [--gebieden WK051801,WK051802]
    python bench/sessies.py --database FILE [--processen 2] [--sessies 300] …

URL is a running dashboard (python -m wwz start), PID its process. With a database the bench starts it itself: one process,
or more behind Caddy as in deploy/. So many visitors without a browser, each from an address of its own, come in one after the
other; each asks for a screen (mostly another layer of the map), thinks for about `denktijd` seconds, and goes on until `duur`
seconds have passed since all were in. Prints in how many seconds half of the screens (p50) and nearly all (p95) were complete,
how many visitors had to read that it is busy, and the same for an empty page that is served and visited in the same run.

With three times as many visitors as a server is meant for, this is the bench of overload: who waits must read so, nothing may
fail, and who was served stays served.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from server_hulp import behind_caddy, dashboards, empty_page
from sessie_hulp import Visitor, at_rest, memory_megabyte, processor_seconds
from websockets.exceptions import WebSocketException

# Seconds after which a visitor gives up; and after which one who waits must have read why (a second in the queue, and
# the way there and back).
PATIENCE, TOLD_AFTER = 120.0, 5.0
BUSY = "Het is druk"
# What people look at, and how often of a hundred.
MIX = {
    "": 50,
    "wijkprofiel": 12,
    "wijkagenda": 12,
    "voorzieningen": 6,
    "toekomst": 5,
    "vergelijken": 5,
    "randvoorwaarden": 5,
    "verantwoording": 3,
    "eisen": 2,
}
LAYERS = (
    "horen_65",
    "zien_65",
    "mobiliteit_65",
    "eenzaam_65",
    "regie_65",
    "leeftijd_75plus",
    "inwoners",
    "afstand_huisarts",
)


@dataclass(frozen=True)
class House:
    """Where visitors go, and the processes behind it."""

    url: str
    pids: tuple[int, ...] = ()

    def used(self) -> float:
        """Processor seconds until now."""
        return sum(map(processor_seconds, self.pids))

    def megabyte(self) -> float:
        """Memory that is held now."""
        return sum(map(memory_megabyte, self.pids))


@dataclass
class Evening:
    """What all visitors did together.

    Attributes
    ----------
    seconds
        Of each screen: until it was complete.
    failed, refused
        Screens that ended in an error, and visitors whose connection was refused or broke.
    told
        Screens for which one read first that it is busy.
    late
        Of those screens alone: seconds until they were complete.
    """

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    refused: int = 0
    told: int = 0
    late: list[float] = field(default_factory=list)

    def line(self, name: str, used: float) -> str:
        """One line of the outcome; `used`: processor seconds of the server."""
        if not self.seconds:
            return f"{name:8} geen enkel scherm kwam aan, {self.refused} bezoekers geweigerd of weggevallen"
        cuts = statistics.quantiles(self.seconds, n=20) if len(self.seconds) > 1 else self.seconds * 19
        return (
            f"{name:8} {len(self.seconds):5} schermen  p50 {cuts[9]:6.2f} s  p95 {cuts[18]:6.2f} s  "
            f"langste {max(self.seconds):6.2f} s  {used / len(self.seconds):.3f} s processor per scherm  "
            f"{self.failed} mislukt  {self.refused} weggevallen  {self.told} keer 'druk'"
        )

    def calm(self) -> str:
        """Whether everyone who waited long was told why, in one line."""
        silent = sum(seconds > TOLD_AFTER for seconds in self.seconds) - self.told
        return (
            f"langer dan {TOLD_AFTER:.0f} s gewacht zonder melding van de server: {max(silent, 0)}; met melding: {self.told}"
            + (f", daarna na {statistics.median(self.late):.1f} s het scherm" if self.late else "")
        )


@dataclass(frozen=True)
class Plan:
    """How many visitors, how long they think, and how long all of it lasts (seconds); and where they look."""

    sessions: int
    think: float
    lasts: float
    areas: tuple[str, ...] = ()

    def steps(self, chance: random.Random) -> Iterator[tuple[str, str]]:
        """Screens and links, without end."""
        while True:
            page = chance.choices(list(MIX), list(MIX.values()))[0]
            area = f"&gebied={chance.choice(self.areas)}" if self.areas else ""
            yield page, f"laag={chance.choice(LAYERS)}{area}"


def evening(url: str, plan: Plan, *, everywhere: str | None = None) -> Evening:
    """Let all visitors in, and wait until the last has gone. `everywhere`: the one screen that they all look at."""
    seen, lock, end = Evening(), threading.Lock(), time.monotonic() + plan.lasts + plan.think
    threads = [
        threading.Thread(target=_visit, args=(url, plan, number, everywhere, seen, lock, end), daemon=True)
        for number in range(plan.sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _visit(
    url: str,
    plan: Plan,
    number: int,
    everywhere: str | None,
    seen: Evening,
    lock: threading.Lock,
    end: float,
) -> None:
    chance = random.Random(number)
    time.sleep(plan.think * number / plan.sessions)
    try:
        # All of one address would be one office, with a limit of its own.
        with Visitor(url, address=f"127.0.{1 + number // 250}.{2 + number % 250}") as visitor:
            for page, query in plan.steps(chance):
                if time.monotonic() > end:
                    return
                start = time.monotonic()
                ok = visitor.follow(page if everywhere is None else everywhere, query, PATIENCE)
                with lock:
                    seen.seconds.append(time.monotonic() - start)
                    seen.failed += not ok
                    if any(BUSY in text for text in visitor.texts):
                        seen.told += 1
                        seen.late.append(seen.seconds[-1])
                time.sleep(plan.think * chance.uniform(0.5, 1.5))
    except (OSError, TimeoutError, WebSocketException) as error:
        with lock:
            seen.refused += 1
        print(f"bezoeker {number}: {error!r}", flush=True)


def compare(house: House, plan: Plan) -> None:
    """Measure the dashboard and the empty page, and print both."""
    print(f"{plan.sessions} sessies, denktijd {plan.think:.0f} s, belasting vooraf {os.getloadavg()[0]:.1f}")
    memory, used = house.megabyte(), house.used()
    ours = evening(house.url, plan)
    print(ours.line("wijzer", house.used() - used), flush=True)
    print(f"         {ours.calm()}")
    if house.pids:
        grown = (house.megabyte() - memory) / plan.sessions
        print(f"geheugen {memory:.0f} MB vooraf, {grown:.1f} MB per sessie erbij", flush=True)
    with empty_page() as empty:
        bare = House(empty.url, (empty.pid,))
        before = bare.used()
        plain = evening(bare.url, plan, everywhere="")
        print(plain.line("leeg", bare.used() - before))
    print(
        f"p50 is {_ratio(ours.seconds, plain.seconds):.0f} keer die van een lege pagina; "
        f"belasting achteraf {os.getloadavg()[0]:.1f}"
    )


def _ratio(ours: Sequence[float], plain: Sequence[float]) -> float:
    return statistics.median(ours) / statistics.median(plain) if ours and plain else float("nan")


@contextmanager
def opened(database: Path, processes: int) -> Iterator[House]:
    """The dashboard on a database while the block runs: one process, or more behind Caddy."""
    with ExitStack() as stack:
        servers = stack.enter_context(dashboards(database, processes))
        url = servers[0].url if processes == 1 else stack.enter_context(behind_caddy(servers))
        house = House(url, tuple(server.pid for server in servers))
        # The house visits its own screens first; an evening begins after that.
        for pid in house.pids:
            at_rest(pid)
        yield house


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", nargs="?", default="")
    parser.add_argument("--database", type=Path, help="instead of an address: start the dashboard on this")
    parser.add_argument("--processen", type=int, default=1)
    parser.add_argument("--sessies", type=int, default=100)
    parser.add_argument("--denktijd", type=float, default=20.0)
    parser.add_argument("--duur", type=float, default=120.0)
    parser.add_argument("--pid", type=int, nargs="*", default=[], help="for processor time and memory")
    parser.add_argument("--gebieden", default="", help="codes with commas; each screen is about one of them")
    chosen = parser.parse_args()
    areas = tuple(code for code in chosen.gebieden.split(",") if code)
    plan = Plan(chosen.sessies, chosen.denktijd, chosen.duur, areas)
    if chosen.database:
        with opened(chosen.database, chosen.processen) as house:
            compare(house, plan)
    elif chosen.url:
        compare(House(chosen.url, tuple(chosen.pid)), plan)
    else:
        parser.error("geef een adres, of --database")


if __name__ == "__main__":
    main()
