"""How much slower is the whole step of measuring (nearest voorziening, and shares and numbers by DuckDB) than plain scipy?

    python bench/distance.py [--punten 10_000_000] [--voorzieningen 5_000] [--keer 3]

Draws places and facilities in a square of 100 by 100 km, and by turns runs scipy's cKDTree on all places at once and the
product's own step. Prints the fastest of each, the ratio, the most memory used, and whether the distances agree.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.places import distance
from wwz.store import Workbench

SIDE_M = 100_000
PER_BUURT = 1_000


def plain(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Everything in one call."""
    return cKDTree(facilities).query(places, workers=-1)[0]


def whole(places: np.ndarray, facilities: np.ndarray, bench: Workbench, buurt: np.ndarray) -> np.ndarray:
    """The distances, and the shares of every buurt in the table bereik_groep."""
    metres = distance.nearest(places, facilities)
    frame = pd.DataFrame({"buurt": buurt, "gewicht": 1.0, "gewicht_65": 1.0, "herkomst": "adressen"})
    bench.offer("afstand_punt", frame.assign(meter=metres, net=False, rand=np.inf))
    bench.run(distance.QUESTIONS / "20_tellen.sql", bereik="winkels", voorzieningen=len(facilities))
    return metres


def prepared(folder: Path, codes: list[str]) -> Workbench:
    """A database with what the step needs to know."""
    bench = Workbench(folder / "bench.duckdb")
    bench.load("omweg", distance._detours({}))
    bench.load("meetregel", pd.DataFrame([distance._rules()]))
    bench.load("bereik", distance._reach_table({}))
    bench.load("gebied", pd.DataFrame({"code": codes, "niveau": "buurt"}))
    known = {"gebied": codes[:1], "variabele": "stedelijkheid", "jaar": 2023, "waarde": 1.0}
    bench.load("variabele_gebied", pd.DataFrame(known))
    bench.run(distance.QUESTIONS / "10_schema.sql")
    return bench


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
    buurt = pd.Categorical.from_codes(np.arange(chosen.punten) % len(codes), codes)
    seconds: dict[str, list[float]] = {"scipy": [], "wwz": []}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        bench = prepared(Path(folder), codes)
        for _ in range(chosen.keer):
            start = time.perf_counter()
            expected = plain(places, facilities)
            seconds["scipy"].append(time.perf_counter() - start)
            start = time.perf_counter()
            answer = whole(places, facilities, bench, buurt)
            seconds["wwz"].append(time.perf_counter() - start)
            same = same and bool((expected == answer).all())
        bench.close()
    best = {name: min(times) for name, times in seconds.items()}
    print(f"{chosen.punten} points, {chosen.voorzieningen} facilities, best of {chosen.keer}")
    print(f"scipy {best['scipy']:.2f} s, whole step {best['wwz']:.2f} s, ratio {best['wwz'] / best['scipy']:.2f}")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, same distances: {same}")


if __name__ == "__main__":
    main()
