"""Taking things along and standing before a room, as a visitor does it: by keyboard, in a real browser."""

import csv
import io

import pytest
from kijken_hulp import SLOW, in_link, open_screen, settle


@pytest.fixture
def page(window):
    return window.page


def focused(page):
    """What has the focus, in words."""
    return page.evaluate(
        "() => (document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()"
    )


def tab_to(page, text, most=60):
    for _ in range(most):
        if focused(page).startswith(text):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab komt niet bij {text!r}")


def tab_to_radio(page, most=60):
    """Tab until the list of formats has the focus; a radio button has no text of its own."""
    for _ in range(most):
        if page.evaluate(
            "() => document.activeElement.closest('[role=radiogroup]') !== null && document.activeElement.type === 'radio'"
        ):
            return
        page.keyboard.press("Tab")
    pytest.fail("Tab komt niet bij de soorten bestand")


def test_from_start_to_export_by_keyboard(page, url):
    open_screen(page, url + "?gebied=GM9902&laag=eenzaam_18&niveau=wijk")
    tab_to(page, "Exporteren")
    page.keyboard.press("Enter")
    page.get_by_role("radiogroup", name="Wat wilt u meenemen?").wait_for(timeout=SLOW)
    tab_to_radio(page)
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        settle(page)
    tab_to(page, "Download: Tabel (CSV)")
    with page.expect_download(timeout=SLOW) as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "haverstede-eenzaam_18.csv"
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    codes = [
        row[0] for row in csv.reader(io.StringIO(text), delimiter=";") if row and row[0].startswith("WK9902")
    ]
    assert len(codes) == 5


def test_arrow_keys_change_the_layer_in_projection(page, url):
    open_screen(page, url + "?gebied=GM9902&projectie=aan")
    before = page.locator("h1").first.inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "text => document.querySelector('h1').innerText !== text", arg=before, timeout=SLOW
    )
    in_link(page, "laag=", "projectie=aan")
    page.keyboard.press("PageUp")
    page.wait_for_function(
        "text => document.querySelector('h1').innerText === text", arg=before, timeout=SLOW
    )


def test_projection_is_larger_and_fits_a_small_projector(page, url):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_screen(page, url + "?gebied=GM9902")
    small = page.locator("h1").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    open_screen(page, url + "?gebied=GM9902&projectie=aan")
    large = page.locator("h1").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert large > 1.1 * small
    box = page.locator("iframe[title^='Kaart']").bounding_box()
    assert box["y"] + box["height"] <= 720
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_first_visit_is_explained_once(page, url):
    # Another visitor: this browser has used the screen before.
    page.context.clear_cookies()
    open_screen(page, url)
    button = page.get_by_role("button", name="Begrepen")
    button.click()
    button.wait_for(state="detached", timeout=SLOW)
    page.get_by_role("link", name="Vergelijken").first.click()
    page.get_by_text("Wat vergelijkt u?").wait_for(timeout=SLOW)
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    page.locator("iframe[title^='Kaart']").wait_for(timeout=SLOW)
    assert button.count() == 0
