"""How quickly is the map there, and how quickly does it change layer, beside a map made the usual way?

    python bench/laagwissel.py DATABASE [--keer 4]

Starts the dashboard on the database, and beside it plain folium (through st_folium) with the very same boundaries, and an
empty folium map. One browser measures them by turns: from opening the page to a map that is drawn (on a server that was
visited before, in a browser that was not), and from clicking another layer to a map that is drawn anew; seconds, and bytes
received. Nothing comes from elsewhere: what folium asks of the internet is answered from installed packages.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright
from server_hulp import ROOT, Server, bare_page, dashboards
from sessie_hulp import at_rest
from xstatic.pkg import leaflet

sys.path.insert(0, str(ROOT))

from wwz.ask.area import whole
from wwz.base.paths import STATIC
from wwz.maps.boundaries import boundaries
from wwz.maps.geometry import FOLDER
from wwz.store import Store

OURS, PLAIN = ("Horen", "Zien", "Regie", "Mobiliteit"), ("Laag 2", "Laag 3", "Laag 4", "Laag 1")
# Milliseconds: between two looks at the map, and after which nothing more comes.
LOOK, REST = 15, 1500
LONGEST = 90.0
# Of the whole picture: 0 as long as nothing is drawn.
FINGERPRINT = """() => {
  const canvas = document.querySelector('canvas'); if (!canvas) return 0;
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let hash = 0; for (let i = 0; i < data.length; i += 388) hash = (hash * 31 + data[i] + data[i + 1]) | 0; return hash; }"""
THERE = "() => document.querySelector('.leaflet-control-zoom') ? 1 : 0"


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
    _known: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.route("**/*", _from_here)
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self._add(len(frame))))

    def _add(self, size: float) -> None:
        self.received += int(size)

    def picture(self, look: str = FINGERPRINT) -> int:
        """A number that changes when the drawing does; 0 without one."""
        frame = next((f for f in self.page.frames if "streamlit_folium" in f.url), None)
        try:
            return frame.evaluate(look) if frame else 0
        except Exception:  # the frame is being replaced
            return 0

    def drawn(self, start: float, before: int = 0, look: str = FINGERPRINT) -> float:
        """Wait for another drawing; seconds since `start`."""
        while self.picture(look) in (before, 0) and time.perf_counter() - start < LONGEST:
            self.page.wait_for_timeout(LOOK)
        return time.perf_counter() - start


def _from_here(route: Route) -> None:
    """What our own servers have, from there; of what folium loads from the internet, Leaflet from its package, the rest empty."""
    url = route.request.url
    if "://127.0.0.1" in url or not url.startswith("http"):
        route.continue_()
        return
    path = Path(leaflet.BASE_DIR) / url.rpartition("/")[2]
    route.fulfill(path=path) if path.is_file() else route.fulfill(body="")


@contextmanager
def reader(browser: Browser) -> Iterator[Reader]:
    """A new visitor with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        yield Reader(context.new_page())
    finally:
        context.close()


def first_draw(browser: Browser, url: str, times: int, look: str = FINGERPRINT) -> Cost:
    """From opening the page to a map that is drawn."""
    found = []
    for _ in range(times):
        with reader(browser) as one:
            start = time.perf_counter()
            one.page.goto(url, wait_until="commit")
            seconds = one.drawn(start, look=look)
            one.page.wait_for_timeout(REST)
            found.append((seconds, one.received))
    return _middle(found)


def switch(browser: Browser, url: str, names: Sequence[str], times: int) -> Cost:
    """From clicking a layer to another drawing; each layer was on screen before."""
    found = []
    with reader(browser) as one:
        one.page.goto(url)
        one.drawn(time.perf_counter())
        one.page.wait_for_timeout(2 * REST)
        for number in range(-1, times):
            for name in names:
                before, size, start = one.picture(), one.received, time.perf_counter()
                one.page.get_by_text(name, exact=True).first.click()
                seconds = one.drawn(start, before)
                one.page.wait_for_timeout(REST)
                if number >= 0:
                    found.append((seconds, one.received - size))
    return _middle(found)


def _middle(found: Sequence[tuple[float, float]]) -> Cost:
    return Cost(statistics.median(s for s, _ in found), statistics.median(b for _, b in found))


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
