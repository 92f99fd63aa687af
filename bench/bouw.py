"""Where does the time of a build go, and how much memory does each step take?

    python bench/bouw.py [--invoer MAP ...] [--database FILE] [--groei 1,2,4]

Builds once (without --invoer the example region; what was built before is not used) and prints, per step, the seconds on the clock, the seconds of
processor time (both cores together), the part of the whole, and the most memory used while it ran; at the end the ratio of
processor to clock time, and the most memory used. Processor time is the figure to compare while the machine is busy
with other work. With --groei it builds from the input so many times over (bench/groei_hulp.py), each in a program of its
own, and prints how the processor time grows beside the input: 1.00 is as fast as the input.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from groei_hulp import times

from wwz.base.settings import load_settings
from wwz.build import build, filling, kept
from wwz.model.people import step as people
from wwz.places import distance
from wwz.workbench import Workbench

TOTAL = re.compile(r"([\d.]+) s cpu,")
# Linux tells a process its highest use of memory, and takes up anew from here when told so.
STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Cost:
    """What a step took: seconds on the clock and of the processor, and the most memory in MB while it ran."""

    clock: float = 0.0
    work: float = 0.0
    memory: float = 0.0


Steps = dict[str, Cost]


class Watch:
    """The costs of every step; of a step within another one, not also of that."""

    def __init__(self) -> None:
        self.steps: Steps = {}
        self._within: list[str] = []
        self._clock, self._work = time.perf_counter(), time.process_time()

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Everything in this block is of this step."""
        self._note()
        self._within.append(name)
        yield
        self._note()
        self._within.pop()

    def _note(self) -> None:
        """What was used since the last time is of the step that is going on."""
        clock, work = time.perf_counter(), time.process_time()
        if self._within:
            cost = self.steps.setdefault(self._within[-1], Cost())
            cost.clock += clock - self._clock
            cost.work += work - self._work
            cost.memory = max(cost.memory, _memory())
        with suppress(OSError):
            RESET.write_text("5", encoding="ascii")
        self._clock, self._work = clock, work


def _memory() -> float:
    """The most memory since the last reset, in MB; since the start where the system cannot reset it."""
    with suppress(OSError):
        for line in STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def watch(seen: Watch) -> None:
    """Watch every step of the build: reading, each .sql file, measuring distances, and writing to disk."""

    def watched(run: Callable, name: Callable[..., str]) -> Callable:
        def inner(*args, **kwargs):
            with seen.on(name(*args)):
                return run(*args, **kwargs)

        return inner

    read = build._read
    build._read = watched(lambda *args: list(read(*args)), lambda *_: "bestanden lezen")
    filling._load_knowledge = watched(filling._load_knowledge, lambda *_: "kennis laden")
    kept.Keeper.before = watched(kept.Keeper.before, lambda *_: "opzijzetten en opruimen")
    build.settle = watched(build.settle, lambda *_: "indelingen vergelijken")
    filling.make_fit = watched(filling.make_fit, lambda *_: "grenzen passend maken")
    people.make = watched(people.make, lambda *_: "bevolking")
    distance.measure = watched(distance.measure, lambda *_: "afstanden meten")
    Workbench.append = watched(Workbench.append, lambda *_: "rijen laden")
    Workbench.close = watched(Workbench.close, lambda bench: "wegschrijven")
    Workbench.take = watched(Workbench.take, lambda *_: "kopie voor de schermen")
    Workbench.run = watched(Workbench.run, lambda bench, path: f"{path.parent.name}/{path.name}")


def growth(folders: list[Path], sizes: list[int]) -> None:
    """Build from the input as many times over as asked, and print what each took beside the first."""
    first = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = times(folders, size, Path(scratch))
            command = [sys.executable, str(Path(__file__).resolve()), "--invoer", str(folder)]
            done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{size} keer ging niet: {done.stderr.strip().splitlines()[-1]}")
        last = done.stdout.splitlines()[-1]
        work = float(TOTAL.search(last)[1])
        first = first or work / size
        print(f"{size} keer: {work / (first * size):5.2f} maal evenredig; {last.strip()}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--invoer", type=Path, nargs="*", default=[])
    parser.add_argument("--database", type=Path)
    parser.add_argument("--groei", type=lambda text: [int(n) for n in text.split(",")], default=[])
    chosen = parser.parse_args(arguments)
    if chosen.groei:
        growth(chosen.invoer, chosen.groei)
        return
    seen = Watch()
    watch(seen)
    with tempfile.TemporaryDirectory() as scratch, seen.on("de rest"):
        target = chosen.database or Path(scratch) / "bouw.duckdb"
        build.build(load_settings(), tuple(chosen.invoer), database=target, whole=True)
    report(seen.steps)


def report(steps: Steps) -> None:
    """Print the steps, the most work first, and the whole."""
    clock, work = sum(step.clock for step in steps.values()), sum(step.work for step in steps.values())
    for name, cost in sorted(steps.items(), key=lambda step: -step[1].work):
        print(
            f"{cost.clock:8.2f} s {cost.work:8.2f} s cpu {cost.work / work:6.1%} {cost.memory:7.0f} MB  {name}"
        )
    most = max(step.memory for step in steps.values())
    print(
        f"{clock:8.2f} s {work:8.2f} s cpu, cpu/klok {work / clock:.2f}, meeste geheugen {most / 1e3:.2f} GB"
    )


if __name__ == "__main__":
    main()
