"""How quickly is the map there, and how quickly does it change layer, beside a map made the usual way?

    python bench/laagwissel.py DATABASE [--keer 4]

Starts the dashboard on the database, and beside it plain folium (through st_folium) with the very same boundaries, and an
empty folium map. One browser measures them by turns: from opening the page to a map that is drawn (on a server that was
visited before, in a browser that was not), and from clicking another layer to the last time that another map is painted;
seconds, and bytes received. Of a switch two more moments: when a layer is shown for the first time, and when all is there that
is said of it, the title, the numbers and the legend. The clock runs in the browser (klok.js), the same for all. What folium
asks of the internet the page of the bench gives itself (gewoon.py): nobody waits for a network, and nothing is kept from the
cache of the browser. Bytes are those of the messages as the browser gets them, and after that as they were on their way:
the connection packs them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from server_hulp import HERE, ROOT, Server, bare_page, dashboards
from sessie_hulp import at_rest

sys.path.insert(0, str(ROOT))

from wwz.ask.area import whole
from wwz.base.paths import STATIC
from wwz.maps.boundaries import boundaries
from wwz.maps.geometry import FOLDER
from wwz.store import Store

OURS, PLAIN = ("Horen", "Zien", "Regie", "Mobiliteit"), ("Laag 2", "Laag 3", "Laag 4", "Laag 1")
# Milliseconds: between two looks at the clock, after which nothing more comes, and after which we give up.
LOOK, REST, LONGEST = 50, 1500, 90_000
CLOCK = (HERE / "klok.js").read_text(encoding="utf-8")
THERE = "() => wwzKlok.there || 0"
# The last time the picture became another one; drawing the same again is no change.
PAINTED = """() => { let last = window.wwzWas ?? 0, moment = 0;
  for (const [when, print] of wwzKlok.painted) if (print !== last) [moment, last] = [when, print];
  return moment; }"""
# Everything: the picture, and the words of the screen and of the frame.
COMPLETE = f"() => Math.max(({PAINTED})(), wwzKlok.said.at(-1) ?? 0)"
FORGET = """() => { const all = wwzKlok.painted; if (all.length) window.wwzWas = all.at(-1)[1]; all.length = 0;
  wwzKlok.said.length = 0; wwzKlok.chosen = 0; }"""


@dataclass(frozen=True)
class Cost:
    """The middle of a few measurements: seconds, bytes received, the same on their way, seconds until the words are there too."""

    seconds: float
    size: float
    sent: float
    complete: float

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s {self.size / 1000:9.1f} kB {self.sent / 1000:9.1f} kB"


@dataclass
class Reader:
    """A page in a browser that has seen nothing before, and how many bytes came in."""

    page: Page
    received: int = 0
    sent: int = 0

    def __post_init__(self) -> None:
        # As the connection of the server does.
        self._packing = zlib.compressobj(wbits=-12, memLevel=5)
        self.page.add_init_script(CLOCK)
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on(
            "Network.loadingFinished",
            lambda event: self._add(event["encodedDataLength"], event["encodedDataLength"]),
        )
        self.page.on("websocket", lambda ws: ws.on("framereceived", self._hear))

    def _add(self, size: float, sent: float) -> None:
        self.received += int(size)
        self.sent += int(sent)

    def _hear(self, frame: bytes | str) -> None:
        data = frame.encode() if isinstance(frame, str) else frame
        packed = self._packing.compress(data) + self._packing.flush(zlib.Z_SYNC_FLUSH)
        self._add(len(data), len(packed))

    def cost(self, act: Callable[[], object], since: str, until: str) -> Cost:
        """Do something, and wait until nothing more comes. `since`, `until`: give moments of the clock in the page."""
        before, sent = self.received, self.sent
        act()
        waited = 0
        while not self.page.evaluate(until) and waited < LONGEST:
            self.page.wait_for_timeout(LOOK)
            waited += LOOK
        self.page.wait_for_timeout(REST)
        start, end, complete = (self.page.evaluate(moment) for moment in (since, until, COMPLETE))
        return Cost((end - start) / 1000, self.received - before, self.sent - sent, (complete - start) / 1000)


@contextmanager
def reader(browser: Browser) -> Iterator[Reader]:
    """A new visitor with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        yield Reader(context.new_page())
    finally:
        context.close()


def first_draw(browser: Browser, url: str, until: str = PAINTED) -> Cost:
    """From opening the page to a map that is drawn."""
    with reader(browser) as one:
        return one.cost(lambda: one.page.goto(url, wait_until="commit"), "() => wwzKlok.opened", until)


def switch(browser: Browser, url: str, names: Sequence[str]) -> tuple[list[Cost], list[Cost]]:
    """From clicking a layer to another drawing: the first time that it is shown, and again.

    The last of the names is the layer that is on screen at first.
    """
    with reader(browser) as one:
        one.cost(lambda: one.page.goto(url), "() => wwzKlok.opened", PAINTED)

        def chosen(name: str) -> Cost:
            one.page.evaluate(FORGET)
            choice = one.page.get_by_text(name, exact=True).first
            return one.cost(choice.click, "() => wwzKlok.chosen", PAINTED)

        return [chosen(name) for name in names[:-1]], [chosen(name) for name in (names[-1], *names[:-1])]


def _middle(found: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(one, field.name) for one in found) for field in fields(Cost)))


def border_file(database: Path) -> Path:
    """The boundary file of the first screen."""
    store = Store(database)
    try:
        area = whole(store)
        file = boundaries(store, area, area.smallest)
    finally:
        store.close()
    if file is None:
        raise SystemExit("Deze database heeft geen grenzen.")
    return STATIC / FOLDER / Path(file.url_path).name


def compare(browser: Browser, ours: Server, plain: Server, empty: Server, times: int) -> None:
    """Measure by turns and print."""
    at_rest(ours.pid)
    places = {"leeg": (empty.url, THERE), "gewoon": (plain.url, PAINTED), "wijzer": (ours.url, PAINTED)}
    for url, until in places.values():
        first_draw(browser, url, until)
    drawn: dict[str, list[Cost]] = {name: [] for name in places}
    for _ in range(times):
        for name, (url, until) in places.items():
            drawn[name].append(first_draw(browser, url, until))
    found = {name: _middle(costs) for name, costs in drawn.items()}
    for name, cost in found.items():
        print(f"{f'eerste beeld, {name}':30} {cost}")
    print(f"{'':30} {found['wijzer'].seconds / found['leeg'].seconds:.2f} keer de lege kaart", flush=True)
    turns = [(switch(browser, ours.url, OURS), switch(browser, plain.url, PLAIN)) for _ in range(times)]
    for place, title in enumerate(("voor het eerst", "nog eens")):
        mine, theirs = (
            _middle([cost for turn in turns for cost in turn[whose][place]]) for whose in range(2)
        )
        _tell(title, mine, theirs)


def _tell(title: str, mine: Cost, theirs: Cost) -> None:
    print(f"{f'laag {title}, gewoon':30} {theirs}\n{f'laag {title}, wijzer':30} {mine}")
    times, complete = theirs.seconds / mine.seconds, theirs.seconds / mine.complete
    fewer, packed = theirs.size / mine.size, theirs.sent / mine.sent
    print(f"{'':30} {times:.1f} keer zo snel, {fewer:.0f} keer zo weinig bytes, {packed:.0f} keer onderweg")
    print(f"{'':30} met alle woorden {mine.complete:.2f} s, {complete:.1f} keer zo snel", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--keer", type=int, default=3)
    chosen = parser.parse_args()
    program = os.environ.get("WWZ_CHROMIUM") or shutil.which("chromium")
    with ExitStack() as stack:
        ours = stack.enter_context(dashboards(chosen.database))[0]
        plain = stack.enter_context(
            bare_page("gewoon.py", WWZ_BENCH_GRENZEN=str(border_file(chosen.database)))
        )
        empty = stack.enter_context(bare_page("gewoon.py"))
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        compare(browser, ours, plain, empty, chosen.keer)
        browser.close()


if __name__ == "__main__":
    main()
