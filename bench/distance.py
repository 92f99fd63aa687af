"""How much slower is measuring in chunks than plain scipy, and how much memory does it take?

    python bench/distance.py [--punten 10_000_000] [--voorzieningen 5_000] [--keer 3]

Draws places and facilities in a square of 100 by 100 km, and runs scipy's cKDTree on all places at once, and the
product's own `nearest`, by turns. Prints the fastest of each, the ratio, the most memory used, and whether they agree.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.places.distance import nearest

SIDE_M = 100_000


def plain(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Everything in one call."""
    return cKDTree(facilities).query(places, workers=-1)[0]


def timed(run, places: np.ndarray, facilities: np.ndarray) -> tuple[float, np.ndarray]:
    """Seconds, and the answer."""
    start = time.perf_counter()
    answer = run(places, facilities)
    return time.perf_counter() - start, answer


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
    seconds: dict[str, list[float]] = {"scipy": [], "wwz": []}
    same = True
    for _ in range(chosen.keer):
        taken, expected = timed(plain, places, facilities)
        seconds["scipy"].append(taken)
        taken, answer = timed(nearest, places, facilities)
        seconds["wwz"].append(taken)
        same = same and bool((expected == answer).all())
    best = {name: min(times) for name, times in seconds.items()}
    print(f"{chosen.punten} points, {chosen.voorzieningen} facilities, best of {chosen.keer}")
    print(f"scipy {best['scipy']:.2f} s, wwz {best['wwz']:.2f} s, ratio {best['wwz'] / best['scipy']:.2f}")
    print(
        f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, same answers: {same}"
    )


if __name__ == "__main__":
    main()
