"""What does each screen cost: its first run, one more run, and what is sent; beside an empty page in the same run.

    python bench/paginas.py URL --pid PID [--keer 20] [--ook "gebied=WK051801"] [--scherm wijkagenda …]

URL is a running dashboard (python -m wwz start), PID its process. Start it anew for the first runs: what one visitor had
worked out, the next one does not pay for. Seconds are processor time of the server, which a busy machine does not
change; kB are what comes over the websocket, unpacked. `eerste`: the first time that anyone asks. `nieuw`: a new visitor
afterwards. `weer`: one more run in a session that is open, and `x leeg` how often that is the empty page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server_hulp import ROOT, empty_page
from sessie_hulp import Visitor, arguments, asked, processor_seconds

# Title → name in the address; the first one has none.
FIRST = "kaart"
PAGES = {
    path.stem.replace("_", " ").capitalize(): "" if path.stem == FIRST else path.stem
    for path in sorted((ROOT / "pages").glob("*.py"), key=lambda path: (path.stem != FIRST, path.stem))
}
# New visitors, to level out the ticks in which Linux counts.
NEW = 3


@dataclass(frozen=True)
class Cost:
    """Of one screen: processor seconds and bytes of the first run, of a new visitor, and of one more run."""

    first: float
    first_bytes: int
    new: float
    again: float
    again_bytes: float


def measure(url: str, pid: int, page: str, query: str, times: int) -> Cost:
    """Ask for a screen as the first, as another visitor, and over again."""
    first, first_bytes = _visit(url, pid, page, query)
    new = sum(_visit(url, pid, page, query)[0] for _ in range(NEW)) / NEW
    with Visitor(url) as visitor:
        asked(visitor, page, query)
        used, received = processor_seconds(pid), visitor.received
        for _ in range(times):
            asked(visitor, page, query)
        again = (processor_seconds(pid) - used) / times
        return Cost(first, first_bytes, new, again, (visitor.received - received) / times)


def _visit(url: str, pid: int, page: str, query: str) -> tuple[float, int]:
    """Processor seconds and bytes of one visitor, its handshake included."""
    used = processor_seconds(pid)
    with Visitor(url) as visitor:
        asked(visitor, page, query)
        return processor_seconds(pid) - used, visitor.received


def table(url: str, pid: int, pages: Sequence[str], query: str, times: int) -> None:
    """Measure and print, each screen as soon as it is known."""
    with empty_page() as empty:
        _visit(empty.url, empty.pid, "", "")
        least = measure(empty.url, empty.pid, "", "", 5 * times)
    print(f"{'':18}{'eerste':>8}{'nieuw':>8}{'weer':>8}{'x leeg':>8}{'kB eerste':>11}{'kB weer':>9}")
    _print("(leeg)", least, least)
    for name, page in PAGES.items():
        if not pages or page in pages:
            _print(name, measure(url, pid, page, query, times), least)


def _print(name: str, cost: Cost, least: Cost) -> None:
    print(
        f"{name:18}{cost.first:8.2f}{cost.new:8.2f}{cost.again:8.3f}{cost.again / max(least.again, 1e-4):8.1f}"
        f"{cost.first_bytes / 1000:11.0f}{cost.again_bytes / 1000:9.1f}",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__, 20)
    parser.add_argument("--scherm", action="append", default=[], help="only this one; may be given again")
    chosen = parser.parse_args()
    table(chosen.url, chosen.pid, chosen.scherm, chosen.ook, chosen.keer)


if __name__ == "__main__":
    main()
