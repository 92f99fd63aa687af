"""A council evening: how long do many people wait, who each look at a screen, think, and look at the next?

    python bench/sessies.py URL [--sessies 100] [--denktijd 20] [--duur 120] [--pid PID] [--gebieden WK051801,WK051802]

URL is a running dashboard (python -m wwz start), PID its process. So many visitors without a browser come in one after
the other, and then each asks for a screen (mostly another layer of the map), thinks for about `denktijd` seconds, and
goes on until `duur` seconds have passed since all were in. Prints in how many seconds half of the screens (p50) and
nearly all (p95) were complete, and the same for an empty page that is served and visited in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from server_hulp import Server, empty_page
from sessie_hulp import Visitor, memory_megabyte, processor_seconds

# Seconds after which a visitor gives up.
PATIENCE = 120.0
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


@dataclass
class Evening:
    """What all visitors did together."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    told: int = 0

    def line(self, name: str, used: float) -> str:
        """One line of the outcome; `used`: processor seconds of the server."""
        if not self.seconds:
            return f"{name:8} geen enkel scherm kwam aan, {self.failed} mislukt"
        cuts = statistics.quantiles(self.seconds, n=20) if len(self.seconds) > 1 else self.seconds * 19
        return (
            f"{name:8} {len(self.seconds):5} schermen  p50 {cuts[9]:6.2f} s  p95 {cuts[18]:6.2f} s  "
            f"langste {max(self.seconds):6.2f} s  {used / len(self.seconds):.3f} s processor per scherm  "
            f"{self.failed} mislukt  {self.told} keer 'druk'"
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
        with Visitor(url) as visitor:
            for page, query in plan.steps(chance):
                if time.monotonic() > end:
                    return
                start = time.monotonic()
                ok = visitor.follow(page if everywhere is None else everywhere, query, PATIENCE)
                with lock:
                    seen.seconds.append(time.monotonic() - start)
                    seen.failed += not ok
                    seen.told += any("Het is druk" in text for text in visitor.texts)
                time.sleep(plan.think * chance.uniform(0.5, 1.5))
    except (OSError, TimeoutError) as error:
        with lock:
            seen.failed += 1
        print(f"bezoeker {number}: {error!r}", flush=True)


def compare(server: Server, plan: Plan) -> None:
    """Measure the dashboard and the empty page, and print both."""
    memory = memory_megabyte(server.pid) if server.pid else 0.0
    used = processor_seconds(server.pid) if server.pid else 0.0
    print(f"{plan.sessions} sessies, denktijd {plan.think:.0f} s, belasting vooraf {os.getloadavg()[0]:.1f}")
    ours = evening(server.url, plan)
    if server.pid:
        used = processor_seconds(server.pid) - used
        grown = (memory_megabyte(server.pid) - memory) / plan.sessions
    print(ours.line("wijzer", used), flush=True)
    if server.pid:
        print(f"geheugen {memory:.0f} MB vooraf, {grown:.1f} MB per sessie erbij")
    with empty_page() as empty:
        before = processor_seconds(empty.pid)
        plain = evening(empty.url, plan, everywhere="")
        print(plain.line("leeg", processor_seconds(empty.pid) - before))
    print(
        f"p50 is {_ratio(ours.seconds, plain.seconds):.0f} keer die van een lege pagina; "
        f"belasting achteraf {os.getloadavg()[0]:.1f}"
    )


def _ratio(ours: Sequence[float], plain: Sequence[float]) -> float:
    return statistics.median(ours) / statistics.median(plain) if ours and plain else float("nan")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("--sessies", type=int, default=100)
    parser.add_argument("--denktijd", type=float, default=20.0)
    parser.add_argument("--duur", type=float, default=120.0)
    parser.add_argument("--pid", type=int, default=0, help="for processor time and memory")
    parser.add_argument("--gebieden", default="", help="codes with commas; each screen is about one of them")
    chosen = parser.parse_args()
    areas = tuple(code for code in chosen.gebieden.split(",") if code)
    compare(Server(chosen.url, chosen.pid), Plan(chosen.sessies, chosen.denktijd, chosen.duur, areas))


if __name__ == "__main__":
    main()
