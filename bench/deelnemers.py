"""How a full room does: so many phones without a browser answer at once; how long until it is on disk, and on the wall.

    python bench/deelnemers.py --database data/wwz.duckdb --gebied WK990101 --mensen 60 --seconden 30

Each phone keeps one request open, as a real one does, and does something every so many seconds; the wall waits, and asks
what it shows when it is told. Prints the median and the 95th percentile, and what the server took.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from server_hulp import ROOT, Server, free_port, running
from zaal_hulp import Leader, Phone

KINDS = ("gemeente", "corporatie", "zorg", "welzijn", "bewoners", "anders")


@dataclass
class Measured:
    """Seconds: of every act until it was acknowledged, and until the wall showed it."""

    acts: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    last: dict[int, float] = field(default_factory=dict)


def main() -> None:
    """Measure."""
    chosen = _options()
    port = free_port()
    command = [sys.executable, "-m", "wwz", "start", "--database", str(chosen.database), "--poort", str(port)]
    with running(command, port) as server:
        code, key = new_session(chosen.database, chosen.gebied)
        found = play(server, code, key, chosen.mensen, chosen.seconden, chosen.pauze)
        cpu = cpu_seconds(server.pid)
    print(
        f"{chosen.mensen} mensen, {len(found.acts)} handelingen in {chosen.seconden} seconden, {len(found.wrong)} mislukt"
    )
    for name, seconds in (("bewaard", found.acts), ("op het scherm", found.wall)):
        print(
            f"{name}: mediaan {_part(seconds, 0.5):.2f} s, p95 {_part(seconds, 0.95):.2f} s, langst {max(seconds, default=0):.2f} s"
        )
    print(f"de server gebruikte {cpu:.1f} seconden rekentijd, met starten")
    for text in sorted(set(found.wrong))[:5]:
        print(f"mislukt: {text}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Meet een volle zaal.")
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--gebied", default="WK990101")
    parser.add_argument("--mensen", type=int, default=60)
    parser.add_argument("--seconden", type=float, default=30)
    parser.add_argument(
        "--pauze", type=float, default=4, help="zo veel seconden tussen twee handelingen van een mens"
    )
    return parser.parse_args()


def new_session(database: Path, area: str) -> tuple[str, str]:
    """Make a session by its command; gives the code and the key."""
    command = [sys.executable, "-m", "wwz", "sessie", "nieuw", "--gebied", area, "--database", str(database)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    code, key = re.search(r"Code: (\w+)", told), re.search(r"sleutel=(\S+)", told)
    if not code or not key:
        raise SystemExit(told)
    return code[1], key[1]


def play(server: Server, code: str, key: str, people: int, seconds: float, pause: float) -> Measured:
    """Let everybody do something for a while."""
    found = Measured()
    phones = [Phone(server.url, code) for _ in range(people)]
    for number, phone in enumerate(phones):
        phone.join(f"Mens {number}", f"Organisatie {number % 9}", KINDS[number % len(KINDS)])
    leader = Leader(server.url, code)
    leader.enter(key)
    step = ""
    for _ in range(3):
        step = leader.next_step()
        leader.do("ga", stap=step)
    leader.do("toon", toon="ja")
    end = time.monotonic() + seconds
    tasks = [
        threading.Thread(target=_act, args=(phone, step, end, pause, found), daemon=True) for phone in phones
    ]
    tasks += [
        threading.Thread(target=_follow, args=(Phone(server.url, code), end, _cookie(phone)), daemon=True)
        for phone in phones
    ]
    wall = threading.Thread(target=_watch, args=(Phone(server.url, code), end, found), daemon=True)
    for task in (wall, *tasks):
        task.start()
    for task in (*tasks, wall):
        task.join(seconds + 90)
    return found


def _cookie(phone: Phone) -> dict[str, str]:
    return dict(phone.client.cookies)


def _act(phone: Phone, step: str, end: float, pause: float, found: Measured) -> None:
    time.sleep(random.uniform(0, pause))
    while time.monotonic() < end:
        page = phone.part()["html"]
        buttons = re.findall(r'name="zet" value="([^"]+)" aria-label="[^"]*"\s*>', page)
        if buttons:
            begin = time.monotonic()
            try:
                answer = phone.give(step, stippen="stippen", zet=random.choice(buttons))
                took = time.monotonic() - begin
                found.acts.append(took)
                if answer["fout"]:
                    found.wrong.append(answer["fout"])
                else:
                    found.last[answer["alles"]] = begin
            except Exception as error:
                found.wrong.append(repr(error)[:200])
        time.sleep(random.uniform(0.5, 1.5) * pause)


def _follow(phone: Phone, end: float, cookies: dict[str, str]) -> None:
    """What a phone does beside that: wait for another step."""
    phone.client.cookies.update(cookies)
    seen = phone.part()["vorm"]
    while time.monotonic() < end:
        seen = phone.wait(seen, "vorm")


def _watch(wall: Phone, end: float, found: Measured) -> None:
    """The wall: waits, asks, and shows; every act up to what it shows is on it then."""
    seen, shown = 0, 0
    while time.monotonic() < end + 2:
        seen = wall.wait(seen, "alles")
        answer = wall.client.get(f"{wall.here}/scherm/deel").json()
        now, seen = time.monotonic(), answer["alles"]
        for version in [one for one in list(found.last) if shown < one <= seen]:
            found.wall.append(now - found.last.pop(version))
        shown = seen
        time.sleep(0.25)


def cpu_seconds(pid: int) -> float:
    """What a process took so far."""
    words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def _part(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds) or [0.0]
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


if __name__ == "__main__":
    main()
