"""How fast and how good is the search for the best places, against giving the whole question to HiGHS?

    python bench/plekken.py [--woonplekken 22_800] [--bereik 800] [--plekken 400] [--seconden 20]

Draws a city of 10 by 10 km in which people live in clusters, and looks for 1 to 5 places. Side by side: the
product's own search (all cells as candidates; greedy, swaps, Lagrangian bound, HiGHS on what is left), and HiGHS on the
whole question with only the cells with most people as candidates, because with all cells it takes minutes. Prints seconds of processor time, people reached and the gap of each, and the ratio of the times.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wwz.planning import siting

SIDE_M, CLUSTERS, SPREAD_M = 10_000, 60, 500


def city(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Places in clusters, and the people that live there."""
    stream = np.random.default_rng(seed)
    middles = stream.uniform(0, SIDE_M, (CLUSTERS, 2))
    places = middles[stream.integers(CLUSTERS, size=count)] + stream.normal(0, SPREAD_M, (count, 2))
    return places, stream.uniform(0.5, 6, count)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--woonplekken", type=int, default=22_800)
    parser.add_argument("--bereik", type=float, default=800.0)
    parser.add_argument("--plekken", type=int, default=400)
    parser.add_argument("--seconden", type=float, default=20.0)
    chosen = parser.parse_args()
    places, people = city(chosen.woonplekken, 1)
    reach = np.full(len(places), chosen.bereik)
    cells, weights, reaches = siting._cells(places, people, reach)
    candidates = siting._candidates(cells, weights)
    busiest = cells[np.argsort(-weights, kind="stable")[: chosen.plekken]]
    matrix = siting._coverage(cells, busiest, reaches)
    print(
        f"{len(places)} woonplekken, {len(cells)} vakken, {len(candidates)} plekken (HiGHS: {len(busiest)}), bereik {chosen.bereik:.0f} m"
    )
    own_limit = siting.SECONDS
    for count in range(1, 6):
        start = time.process_time()
        own = siting.best_sites(places, people, reach, count)
        mine = time.process_time() - start
        siting.SECONDS = chosen.seconden
        start = time.process_time()
        sites, bound = siting._exact(matrix, weights, count)
        theirs = time.process_time() - start
        siting.SECONDS = own_limit
        exact = siting._reached(matrix, weights, sites)
        print(
            f"{count}: wwz {mine:6.2f} s {own.people:9.0f} mensen, ruimte {100 * own.gap:.2f}% (een voor een: {own.greedy:.0f}) | "
            f"HiGHS {theirs:6.2f} s {exact:9.0f} mensen, ruimte {100 * (bound - exact) / bound:.2f}% | verhouding {mine / theirs:.3f}"
        )


if __name__ == "__main__":
    main()
