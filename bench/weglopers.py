"""What do visitors cost who go away at once, as after a link in a newsletter or on a bad connection?

    python bench/weglopers.py URL --pid PID [--bezoekers 60] [--scherm wijkagenda]

URL is a running dashboard (python -m wwz start), PID its process. So many visitors ask for a screen and close; prints the
processor time of the server until it is at rest, and how soon a visitor who stays has the screen meanwhile.
"""

from __future__ import annotations

import argparse
import time

from sessie_hulp import Visitor, at_rest, processor_seconds

# Seconds that they look at an empty screen.
SEEN = 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--bezoekers", type=int, default=60)
    parser.add_argument("--scherm", default="wijkagenda")
    chosen = parser.parse_args()
    with Visitor(chosen.url) as first:
        first.visit(chosen.scherm)
    used = processor_seconds(chosen.pid)
    visitors = [Visitor(chosen.url).__enter__() for _ in range(chosen.bezoekers)]
    for visitor in visitors:
        visitor.ask(chosen.scherm)
    time.sleep(SEEN)
    for visitor in visitors:
        visitor.vanish()
    start = time.perf_counter()
    with Visitor(chosen.url) as stays:
        stays.visit(chosen.scherm, seconds=300)
        print(f"wie blijft, heeft het scherm na {time.perf_counter() - start:.1f} s")
    print(f"{chosen.bezoekers} weglopers kosten {at_rest(chosen.pid) - used:.1f} s processortijd")


if __name__ == "__main__":
    main()
