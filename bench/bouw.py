"""Where does the time of a build go, and how much memory does it take?

    python bench/bouw.py [--invoer MAP ...] [--database FILE]

Builds once (without --invoer the example region) and prints, per step, the seconds on the clock, the seconds of
processor time (both cores together) and the part of the whole; at the end the ratio of processor to clock time, and the
most memory used. Processor time is the figure to compare while the machine is busy with other work.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.base.settings import load_settings
from wwz.build import build
from wwz.places import distance
from wwz.workbench import Workbench

Steps = dict[str, tuple[float, float]]


def add(steps: Steps, name: str, seconds: float, busy: float) -> None:
    """Add time to a step; a negative time takes it off again."""
    before = steps.get(name, (0.0, 0.0))
    steps[name] = (before[0] + seconds, before[1] + busy)


@contextmanager
def timed(steps: Steps, name: str, within: list[str]) -> Iterator[None]:
    """Add the time of the block to its step, and not to the step it is part of."""
    clock, work = time.perf_counter(), time.process_time()
    within.append(name)
    yield
    within.pop()
    seconds, busy = time.perf_counter() - clock, time.process_time() - work
    add(steps, name, seconds, busy)
    if within:
        add(steps, within[-1], -seconds, -busy)


def watch(steps: Steps, within: list[str]) -> None:
    """Time every step of the build: reading, each .sql file, measuring distances, and writing to disk."""

    def watched(run: Callable, name: Callable[..., str]) -> Callable:
        def inner(*args, **kwargs):
            with timed(steps, name(*args), within):
                return run(*args, **kwargs)

        return inner

    read = build._read
    build._read = watched(lambda *args: list(read(*args)), lambda *_: "bestanden lezen")
    build._load_knowledge = watched(build._load_knowledge, lambda *_: "kennis laden")
    distance.measure = watched(distance.measure, lambda *_: "afstanden meten")
    Workbench.append = watched(Workbench.append, lambda *_: "rijen laden")
    Workbench.close = watched(Workbench.close, lambda *_: "wegschrijven")
    Workbench.run = watched(Workbench.run, lambda bench, path: f"{path.parent.name}/{path.name}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--invoer", type=Path, nargs="*", default=[])
    parser.add_argument("--database", type=Path)
    chosen = parser.parse_args()
    steps: Steps = {}
    within: list[str] = []
    watch(steps, within)
    with tempfile.TemporaryDirectory() as scratch, timed(steps, "de rest", within):
        target = chosen.database or Path(scratch) / "bouw.duckdb"
        build.build(load_settings(), tuple(chosen.invoer), database=target)
    clock, work = (sum(step[part] for step in steps.values()) for part in (0, 1))
    for name, (seconds, busy) in sorted(steps.items(), key=lambda step: -step[1][1]):
        print(f"{seconds:8.2f} s {busy:8.2f} s cpu {busy / work:6.1%}  {name}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{clock:8.2f} s {work:8.2f} s cpu, cpu/klok {work / clock:.2f}, meeste geheugen {memory:.2f} GB")


if __name__ == "__main__":
    main()
