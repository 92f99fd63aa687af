"""When a visitor looks, and what is then to be seen: of a page, and of a map in it."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import TimeoutError as PlaywrightTimeout

# In every window, before anything else: see `visitors`.
SETTLED = Path(__file__).with_name("settled.js").read_text(encoding="utf-8")
SLOW = 60_000  # milliseconds; a busy machine may take a while
ACCENT = (212, 88, 11)


def settle(page):
    """Until the server has answered, all is drawn and nothing moves: the same twice."""
    page.wait_for_function(
        "() => { const now = wwzSettled(), same = now && now === window.wwzLast; window.wwzLast = now; return same; }",
        polling=100,
        timeout=SLOW,
    )


def until(page, so: Callable[[], bool]):
    """Until it is so, for what a page cannot tell by itself: a colour in a picture."""
    for _ in range(SLOW // 100):
        if so():
            return
        page.wait_for_timeout(100)  # between two looks
    assert so()


def open_screen(page, address):
    """Go there, until all of it is there."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=SLOW)
    settle(page)


def open_map(page, address, maps=1):
    """Go to a screen with so many maps, until all of it is there."""
    page.goto(address)
    for place in range(maps):
        map_frame(page, place).locator("#map_div[data-laag]").wait_for(timeout=SLOW)
    settle(page)


def in_link(page, *parts, timeout=SLOW):
    """Until the link has all of this (regular expressions)."""
    page.wait_for_function(
        "(parts) => parts.every((part) => new RegExp(part).test(location.pathname + location.search))",
        arg=list(parts),
        timeout=timeout,
    )


def pressed_to(page, key, *parts):
    """Press a key that changes the link so; once more, as who presents would, when the screen did not listen yet."""
    page.keyboard.press(key)
    try:
        in_link(page, *parts, timeout=SLOW / 3)
    except PlaywrightTimeout:
        page.keyboard.press(key)
        in_link(page, *parts)


def map_frame(page, place=0):
    """What is inside the frame of a map; `place` where there are more."""
    return page.frame_locator("iframe[title^='Kaart']").nth(place)


def map_box(page, place=0):
    """The map itself."""
    return map_frame(page, place).locator("#map_div")


def table_below(page):
    """The rows of the table below the map, which comes when it is looked at."""
    page.locator(".st-key-kaarttabel").scroll_into_view_if_needed()
    page.locator(".st-key-kaarttabel:not([data-wwz-oud]) table tbody tr button").first.wait_for(timeout=SLOW)
    return page.locator(".st-key-kaarttabel table tbody tr")


def picture(locator) -> Image.Image:
    """How it looks."""
    return Image.open(io.BytesIO(locator.screenshot())).convert("RGB")


def colours(locator, most=300) -> dict:
    """Colour → number of pixels, for colours that fill at least a little area."""
    counted = picture(locator).getcolors(maxcolors=10**6)
    return {colour: number for number, colour in counted if number > most}


def close(one, other, most=3) -> bool:
    """Whether two colours are the same to the eye."""
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def has_colour(locator, wanted, least=20) -> bool:
    """Whether some part has about this colour: lines are blurred at their edges."""
    return any(close(colour, wanted, 11) for colour in colours(locator, least))
