"""How quickly is the map there, and how quickly does it change layer, beside a map made the usual way?

    python bench/laagwissel.py DATABASE [--keer 4]

Starts the dashboard on the database, and beside it plain folium (through st_folium) with the very same boundaries, and an
empty folium map. One browser measures them by turns: from opening the page to a map that is drawn (on a server that was
visited before, in a browser that was not), and from clicking another layer to the last time that another map is painted;
seconds, and bytes received. The clock runs in the browser (klok.js), the same for all. What folium asks of the internet the
page of the bench gives itself (gewoon.py): nobody waits for a network, and nothing is kept from the cache of the browser.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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
FORGET = "() => { const all = wwzKlok.painted; if (all.length) window.wwzWas = all.at(-1)[1]; all.length = 0; wwzKlok.chosen = 0; }"


@dataclass(frozen=True)
class Cost:
    """The middle of a few measurements: seconds, and bytes received."""

    seconds: float
    size: float

    def __str__(self) -> str:
        return f"{self.seconds:7.2f} s {self.size / 1000:9.1f} kB"


@dataclass
class Reader:
    """A page in a browser that has seen nothing before, and how many bytes came in."""

    page: Page
    received: int = 0

    def __post_init__(self) -> None:
        self.page.add_init_script(CLOCK)
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self._add(len(frame))))

    def _add(self, size: float) -> None:
        self.received += int(size)

    def cost(self, act: Callable[[], object], since: str, until: str) -> Cost:
        """Do something, and wait until nothing more comes. `since`, `until`: give moments of the clock in the page."""
        before = self.received
        act()
        waited = 0
        while not self.page.evaluate(until) and waited < LONGEST:
            self.page.wait_for_timeout(LOOK)
            waited += LOOK
        self.page.wait_for_timeout(REST)
        seconds = (self.page.evaluate(until) - self.page.evaluate(since)) / 1000
        return Cost(seconds, self.received - before)


@contextmanager
def reader(browser: Browser) -> Iterator[Reader]:
    """A new visitor with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        yield Reader(context.new_page())
    finally:
        context.close()


def first_draw(browser: Browser, url: str, times: int, until: str = PAINTED) -> Cost:
    """From opening the page to a map that is drawn."""
    found = []
    for _ in range(times):
        with reader(browser) as one:
            found.append(
                one.cost(lambda: one.page.goto(url, wait_until="commit"), "() => wwzKlok.opened", until)
            )
    return _middle(found)


def switch(browser: Browser, url: str, names: Sequence[str], times: int) -> Cost:
    """From clicking a layer to another drawing; each layer was on screen before."""
    found = []
    with reader(browser) as one:
        one.cost(lambda: one.page.goto(url), "() => wwzKlok.opened", PAINTED)
        for number in range(-1, times):
            for name in names:
                one.page.evaluate(FORGET)
                choice = one.page.get_by_text(name, exact=True).first
                cost = one.cost(choice.click, "() => wwzKlok.chosen", PAINTED)
                if number >= 0:
                    found.append(cost)
    return _middle(found)


def _middle(found: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(one.seconds for one in found), statistics.median(one.size for one in found))


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
    """Measure and print."""
    at_rest(ours.pid)
    for server in (plain, empty):
        first_draw(browser, server.url, 1, THERE)
    nothing = first_draw(browser, empty.url, times, THERE)
    mine, theirs = (first_draw(browser, server.url, times) for server in (ours, plain))
    print(
        f"{'eerste beeld, leeg':24} {nothing}\n{'eerste beeld, gewoon':24} {theirs}\n{'eerste beeld, wijzer':24} {mine}"
    )
    print(f"{'':24} {mine.seconds / nothing.seconds:.2f} keer de lege kaart", flush=True)
    mine, theirs = switch(browser, ours.url, OURS, times), switch(browser, plain.url, PLAIN, 1)
    print(f"{'laagwissel, gewoon':24} {theirs}\n{'laagwissel, wijzer':24} {mine}")
    print(
        f"{'':24} {theirs.seconds / mine.seconds:.1f} keer zo snel, {theirs.size / mine.size:.0f} keer zo weinig bytes"
    )


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
