"""How long does one click on Doorrekenen take, in a city?

    python bench/doorrekenen.py --database FILE --gebied GM0518 [--soort ontmoeting] [--keer 7]

Puts voorzieningen one after another on the map and closes one, and times what the screen computes after a click: the
shift (who comes within reach), the numbers per group, and the agenda before and after. The database needs points of the
kind. Prints the fastest and the middle of each in milliseconds, on the clock and of processor time, and the ratio to
measuring everything anew with scipy's cKDTree plus a whole agenda. The promise is 500 ms; compare processor time when
the machine is busy.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.agenda import rows as agenda
from wwz.ask.area import find_area
from wwz.base.rd import to_degrees
from wwz.own.plans import CLOSE, OPEN, Change
from wwz.planning import planagenda, whatif
from wwz.planning.measured import norms
from wwz.planning.shift import shift
from wwz.planning.situation import situation
from wwz.store import Store

Times = dict[str, list[tuple[float, float]]]


def timed(times: Times, name: str, run: Callable[[], object]) -> object:
    """Run, and keep the seconds on the clock and of the processor."""
    clock, work = time.perf_counter(), time.process_time()
    answer = run()
    times.setdefault(name, []).append((time.perf_counter() - clock, time.process_time() - work))
    return answer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--gebied", required=True)
    parser.add_argument("--soort", default="ontmoeting")
    parser.add_argument("--keer", type=int, default=7)
    chosen = parser.parse_args()
    store = Store(chosen.database)
    area = find_area(store, chosen.gebied.split(","))
    known = norms(store)
    norm = next(n for n in known if chosen.soort in n.voorzieningen)
    times: Times = {}
    there = timed(times, "eerste keer: meten", lambda: situation(area, norm))
    decided = [situation(area, n) for n in planagenda.decided(known, {chosen.soort})]
    agenda.of_area(store, area)  # the agenda of now is asked once and kept
    planagenda.compare(area, [shift(there, ())])
    stream = np.random.default_rng(2)
    plan: tuple[Change, ...] = (Change(CLOSE, *there.sites.loc[0, ["soort", "lat", "lon"]]),)
    for _ in range(chosen.keer):
        lat, lon = to_degrees(there.places[[stream.integers(len(there.places))]])[0]
        plan = (*plan, Change(OPEN, chosen.soort, float(lat), float(lon)))
        timed(times, "klik: alles", lambda plan=plan: click(times, there, area, decided, plan))
        timed(times, "opnieuw: alles", lambda plan=plan: anew(there, area, plan))
    people = there.buurten["inwoners"].sum()
    print(
        f"{area.naam}: {people:,.0f} inwoners, {len(there.places):,} woonplekken, {len(there.sites)} punten, {norm.titel}"
    )
    for name, seconds in times.items():
        clock, work = zip(*seconds, strict=True)
        print(
            f"{name:22} {1000 * min(clock):7.0f} ms (midden {1000 * median(clock):5.0f}), processor {1000 * median(work):5.0f} ms"
        )
    ratio = median(w for _, w in times["klik: alles"]) / median(w for _, w in times["opnieuw: alles"])
    print(f"klik / opnieuw, processor: {ratio:.2f}")


def click(times: Times, there, area, decided, plan) -> None:
    """What the screen computes after a click."""
    moved = timed(times, "  wie binnen bereik", lambda: shift(there, plan))
    timed(
        times,
        "  per groep",
        lambda: (whatif.effects(moved, area, whatif.NEEDED), whatif.without(moved, area, whatif.OLDER)),
    )
    timed(times, "  agenda", lambda: planagenda.compare(area, [shift(found, plan) for found in decided]))


def anew(there, area, plan) -> None:
    """The plain way: all distances and both agendas again."""
    opened = [(c.lat, c.lon) for c in plan if c.wat == OPEN]
    cKDTree(np.vstack([there.ends_xy, np.array(opened)])).query(there.places, workers=-1)
    for _ in range(2):
        fresh = area.store.with_plan([])
        agenda.of_area(fresh, find_area(fresh, area.codes))


if __name__ == "__main__":
    main()
