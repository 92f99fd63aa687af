"""What does one more run of a screen cost, and does the server keep growing?

    python bench/herhaling.py URL --pid PID [--keer 500] [--ook "gebied=WK051801"]

URL is a running dashboard (python -m wwz start), PID its process. One visitor without a browser asks for each screen once to
warm up and then `keer` times. Prints for each screen the processor time per run (the ratio to trust on a busy machine), the
time until the screen is complete, and the memory of the server before and after.
"""

from __future__ import annotations

import statistics
import time

from sessie_hulp import Visitor, arguments, asked, memory_megabyte, processor_seconds

PAGES = {"Kaart": "", "Wijkagenda": "wijkagenda", "Wijkprofiel": "wijkprofiel", "Toekomst": "toekomst"}


def measure(visitor: Visitor, page: str, query: str, times: int, pid: int) -> tuple[float, float]:
    """Processor seconds per run, and the median of the seconds until the screen was complete."""
    asked(visitor, page, query)
    seconds, used = [], processor_seconds(pid)
    for _ in range(times):
        start = time.perf_counter()
        asked(visitor, page, query)
        seconds.append(time.perf_counter() - start)
    return (processor_seconds(pid) - used) / times, statistics.median(seconds)


def main() -> None:
    """Measure and print."""
    chosen = arguments(__doc__, 500).parse_args()
    with Visitor(chosen.url) as visitor:
        for page in PAGES.values():
            asked(visitor, page, chosen.ook)
        before = memory_megabyte(chosen.pid)
        for name, page in PAGES.items():
            used, seconds = measure(visitor, page, chosen.ook, chosen.keer, chosen.pid)
            after = memory_megabyte(chosen.pid)
            print(
                f"{name:12} {used:.3f} s processortijd, {seconds:.3f} s tot het scherm er is, daarna {after:.0f} MB",
                flush=True,
            )
    print(f"geheugen     {before:.0f} MB, na {chosen.keer * len(PAGES)} keer {after:.0f} MB")


if __name__ == "__main__":
    main()
