"""Take the pictures of the manual from the running app, so that they stay true.

Start the app on the example region (``make start``), then ``python docs/maak_beelden.py [URL]``. Needs what
tests/requirements.txt installs, and a Chromium (``WWZ_CHROMIUM`` names its path).
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "beelden"
WIDE, HIGH = 1280, 800
COLOURS = 128  # few enough for a small file, more than the screens use
START, SETTLED = 90_000, 6_000  # milliseconds: until a page is there, and until its map is drawn
SCREENS = {
    "kaart": "?gebied=GM9901&laag=mobiliteit_18&gekozen=WK990102",
    "vergelijken": "vergelijken?gebied=GM9901&laag=eenzaam_ernstig_18&gekozen=WK990102",
    "projectie": "?gebied=GM9901&laag=mobiliteit_18&projectie=aan",
    "wijkagenda": "wijkagenda?gebied=WK990102",
    "exporteren": "exporteren?gebied=GM9901&laag=mobiliteit_18",
    "wijkprofiel": "wijkprofiel?gebied=WK990102",
    "doorrekenen": "doorrekenen?gebied=GM9901",
}


def main(url: str) -> None:
    """Make every picture."""
    FOLDER.mkdir(exist_ok=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("WWZ_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, locale="nl-NL")
        for name, address in SCREENS.items():
            page.goto(url + address)
            _save(page, FOLDER / f"{name}.png")
        browser.close()


def _save(page: Page, path: Path) -> None:
    page.locator("h1").first.wait_for(timeout=START)
    page.locator("[data-test-script-state=notRunning]").first.wait_for(timeout=START)
    page.wait_for_timeout(SETTLED)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501/")
