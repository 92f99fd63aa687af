"""How much slower is the whole step of measuring than plain scipy: nearest voorziening, and all that is stored about it?

    python bench/distance.py [--punten 10_000_000] [--voorzieningen 5_000] [--keer 3]

Draws places and facilities in a square of 100 by 100 km, and by turns runs scipy's cKDTree on all places at once and the
product's own step. Prints the fastest of each, the ratio, the same in processor time (all cores together: the figure to
compare while the machine is busy with other work), the most memory used, and whether the distances agree.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.places import distance
from wwz.places.tally import Places, tally
from wwz.workbench import Workbench

SIDE_M = 100_000
PER_BUURT = 1_000
LIMITS = [100, 400, 500, 800, 1000]


def plain(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Everything in one call."""
    return cKDTree(facilities).query(places, workers=-1)[0]


def whole(xy: np.ndarray, facilities: np.ndarray, bench: Workbench, where: Places, code: str) -> np.ndarray:
    """The distances; in bereik_groep the shares and the medians of every buurt, in bereik_klasse how far its people live."""
    metres = distance.nearest(xy, facilities)
    counted = tally(where, metres, None, distance._streets(bench), LIMITS)
    distance.keep(bench, counted, code, len(facilities))
    return metres


def people(xy: np.ndarray, buurten: int, stream: np.random.Generator) -> Places:
    """Inhabitants and 65+ at every place; the places of a buurt follow each other. What is known ends with the square."""
    count = len(xy)
    inhabitants = stream.integers(1, 6, count).astype(float)
    old = np.minimum(stream.integers(0, 3, count), inhabitants)
    edge = np.minimum(xy, SIDE_M - xy).min(axis=1)
    return Places((np.arange(count) * buurten // count).astype(np.int32), inhabitants, old, edge)


def prepared(folder: Path, codes: list[str]) -> Workbench:
    """A database with what the step needs to know."""
    bench = Workbench(folder / "bench.duckdb")
    bench.load("omweg", distance._detours({}))
    bench.load("afstandregel", pd.DataFrame([distance._rules()]))
    bench.load("gebied", pd.DataFrame({"code": codes, "niveau": "buurt"}))
    known = {"gebied": codes[:1], "variabele": "stedelijkheid", "jaar": 2023, "waarde": 1.0}
    bench.load("variabele_gebied", pd.DataFrame(known))
    bench.run(distance.QUESTIONS / "10_schema.sql")
    bench.offer("herkomst_buurt", pd.DataFrame({"nr": range(len(codes)), "herkomst": "adressen"}))
    return bench


@contextmanager
def timed(turns: list[tuple[float, float]]) -> Iterator[None]:
    """Add the seconds of the block: on the clock, and of processor time."""
    clock, work = time.perf_counter(), time.process_time()
    yield
    turns.append((time.perf_counter() - clock, time.process_time() - work))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--punten", type=int, default=10_000_000)
    parser.add_argument("--voorzieningen", type=int, default=5_000)
    parser.add_argument("--keer", type=int, default=3)
    chosen = parser.parse_args()
    stream = np.random.default_rng(1)
    places = stream.uniform(0, SIDE_M, (chosen.punten, 2))
    facilities = stream.uniform(0, SIDE_M, (chosen.voorzieningen, 2))
    codes = [f"BU{i:08d}" for i in range(max(1, chosen.punten // PER_BUURT))]
    where = people(places, len(codes), stream)
    seconds: dict[str, list[tuple[float, float]]] = {"scipy": [], "wwz": []}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        bench = prepared(Path(folder), codes)
        for turn in range(chosen.keer):
            with timed(seconds["scipy"]):
                expected = plain(places, facilities)
            with timed(seconds["wwz"]):
                answer = whole(places, facilities, bench, where, f"keer {turn}")
            same = same and bool((expected == answer).all())
        bench.close()
    print(f"{chosen.punten} points, {chosen.voorzieningen} facilities, best of {chosen.keer}")
    for at, name in enumerate(("on the clock", "of processor time")):
        best = {step: min(times[at] for times in turns) for step, turns in seconds.items()}
        ratio = best["wwz"] / best["scipy"]
        print(f"scipy {best['scipy']:.2f} s, whole step {best['wwz']:.2f} s {name}, ratio {ratio:.2f}")
    print(
        f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, same distances: {same}"
    )


if __name__ == "__main__":
    main()
