"""How much quicker is restyling the map in place than making a new one?

    python bench/laagwissel.py URL [--keer 4]

URL is a running dashboard (python -m wwz start). In one browser, on the same map, it measures from click to redrawn:
a change of layer (restyled in place) and a change of level and back (a new map from another boundary file). Prints
seconds, bytes received per change, and the ratio.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time

from playwright.sync_api import Page, sync_playwright

LAYERS = ("Horen", "Zien", "Regie", "Mobiliteit")
LEVELS = ("Wijken", "Buurten")
FINGERPRINT = """() => {
  const canvas = document.querySelector('canvas'); if (!canvas) return 0;
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let hash = 0; for (let i = 0; i < data.length; i += 97) hash = (hash * 31 + data[i]) | 0; return hash; }"""


def picture(page: Page) -> int:
    """A number that changes when the drawing does."""
    frame = next((f for f in page.frames if "streamlit_folium" in f.url), None)
    try:
        return frame.evaluate(FINGERPRINT) if frame else 0
    except Exception:  # the frame is being replaced
        return 0


def measure(page: Page, received: list[int], name: str) -> tuple[float, int]:
    """Click a choice and wait until the map is another one: seconds and bytes."""
    before, bytes_before, start = picture(page), received[0], time.perf_counter()
    page.get_by_text(name, exact=True).first.click()
    while picture(page) in (before, 0) and time.perf_counter() - start < 30:
        page.wait_for_timeout(15)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(1500)
    return seconds, received[0] - bytes_before


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--keer", type=int, default=1)
    chosen = parser.parse_args()
    program = os.environ.get("WWZ_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        received = [0]
        page.on(
            "websocket",
            lambda ws: ws.on(
                "framereceived", lambda frame: received.__setitem__(0, received[0] + len(frame))
            ),
        )
        page.goto(chosen.url)
        while not picture(page):
            page.wait_for_timeout(200)
        page.wait_for_timeout(4000)
        results = {}
        for kind, names in (("laag (ter plaatse)", LAYERS), ("niveau (nieuwe kaart)", LEVELS)):
            runs = [measure(page, received, name) for _ in range(chosen.keer) for name in names]
            results[kind] = statistics.median(seconds for seconds, _ in runs)
            size = statistics.median(size for _, size in runs)
            print(f"{kind:24} {results[kind]:6.2f} s   {size / 1000:8.1f} kB")
        in_place, new = results.values()
        print(f"verhouding               {new / in_place:6.1f} x")
        browser.close()


if __name__ == "__main__":
    main()
