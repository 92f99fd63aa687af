"""Projectie before a room: steps with one key on every screen, large type, light and dark, also inside the map."""

import re
from pathlib import Path

import pytest
from kijken_hulp import SLOW, in_link, map_frame, open_map, settle

STEPPED = ["Vergelijken", "Toekomst", "Randvoorwaarden", "Wijkprofiel", "Wijkagenda", "Kaart"]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
BACK_ROW = 24  # pixels at 1280 wide
SMALLEST = 18
SMALL = Path(__file__).with_name("small_text.js").read_text(encoding="utf-8")
ESSENTIALS = [
    ".wwz-kop h1",
    ".wwz-kop p",
    ".wwz-getal strong",
    ".wwz-getal p",
    ".wwz-legenda li",
    ".wwz-lezing",
    ".wwz-stap",
]
HEAVIEST = """() => { let most = 0; map_div.eachLayer(one => {
    if (one.options && one.options.fill === false) most = Math.max(most, one.options.weight || 0); }); return most; }"""


@pytest.fixture
def page(window):
    window.page.set_viewport_size({"width": 1280, "height": 720})
    return window.page


def inside(page):
    return next(one for one in page.frames if "streamlit_folium" in one.url)


def step(page):
    return page.locator(".wwz-stap").inner_text()


def too_small(page):
    """Every text that the room cannot read, also inside the frames of maps."""
    return [text for frame in page.frames for text in frame.evaluate(SMALL, SMALLEST)]


def wait_for_step(page, text, *, gone=False):
    """Until the bar says `text`, or something else than that."""
    sign = "!==" if gone else "==="
    page.wait_for_function(
        f"text => (document.querySelector('.wwz-stap')?.innerText ?? text) {sign} text",
        arg=text,
        timeout=SLOW,
    )


def test_the_search_for_small_text_can_fail(page):
    page.goto("about:blank")
    page.set_content("<p style='font-size:17px'>Klein</p><p style='font-size:18px'>Groot</p>")
    assert too_small(page) == ["17 P Klein"]


@pytest.mark.parametrize("screen", ["wijkagenda", "wijkprofiel", "randvoorwaarden"])
def test_a_screen_is_shown_as_slides_of_one_idea(page, url, screen):
    page.goto(f"{url}{screen}?gebied=WK990201&projectie=aan&dia=2")
    page.locator(".wwz-stap").wait_for(timeout=SLOW)
    settle(page)
    total = int(re.search(r"2 van (\d+)", step(page))[1])
    heads = []
    for _ in range(total):
        assert page.locator("h1:visible").count() == 1
        heads.append(page.locator("h1").inner_text())
        assert too_small(page) == []
        before = step(page)
        page.keyboard.press("ArrowRight")
        wait_for_step(page, before, gone=True)
        settle(page)
    assert total >= 4 and len(set(heads)) >= total - 2
    assert "2 van" in step(page)


def red_green_blue(locator):
    seen = locator.evaluate("e => getComputedStyle(e).backgroundColor")
    return tuple(map(int, re.findall(r"\d+", seen)[:3]))


def test_a_presenter_remote_works_on_every_screen_and_the_switch_survives(page, url):
    open_map(page, url + "?gebied=GM9901&projectie=donker")
    for screen in STEPPED:
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("link", name=screen, exact=True).click()
        # The link is complete when the new screen is.
        path = "" if screen == "Kaart" else screen.lower()
        page.wait_for_function(
            "path => location.pathname.endsWith('/' + path) && location.search.includes('projectie=donker')",
            arg=path,
            timeout=SLOW,
        )
        assert "gebied=GM9901" in page.url
        settle(page)
        assert too_small(page) == [], screen
        first = step(page)
        number, total = map(int, re.search(r"(\d+) van (\d+)", first).groups())
        page.keyboard.press("PageDown")
        wait_for_step(page, first, gone=True)
        assert f" {number % total + 1} van {total}" in step(page)
        settle(page)
        assert too_small(page) == [], screen
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, first)
    page.get_by_role("button", name="Volgende ›").click()
    wait_for_step(page, first, gone=True)
    page.get_by_role("button", name="Stoppen").click()
    page.wait_for_function("() => !location.href.includes('projectie')", timeout=SLOW)
    page.locator("[data-testid=stHeader]").wait_for(timeout=SLOW)


def test_the_back_row_can_read_it_in_the_light_and_in_the_dark(page, url):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    open_map(page, url + "?gebied=GM9901&projectie=aan")
    grounds = [
        page.locator(".stApp"),
        map_frame(page).locator("#map_div"),
        page.locator(".wwz-legenda .wwz-vlak").first,
    ]
    light = [red_green_blue(one) for one in grounds]
    for selector in ESSENTIALS:
        size = page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= BACK_ROW, selector
    # Without scrolling: the map and its whole legend above the bar.
    bar = page.locator(".st-key-presenteren").bounding_box()["y"]
    for part in (page.locator("iframe[title^='Kaart']"), page.locator(".wwz-legenda").first):
        box = part.bounding_box()
        assert box["height"] > 200 and box["y"] + box["height"] <= bar
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert not page.get_by_text("Wat wilt u zien?").is_visible()
    assert not page.locator("[data-testid=stHeader]").is_visible()
    button = map_frame(page).locator(".leaflet-control-zoom-in").bounding_box()
    assert button["width"] >= 44 and button["height"] >= 44
    _passes(axe, page)
    page.get_by_role("button", name="Donker").click()
    in_link(page, "projectie=donker")
    settle(page)
    for before, one in zip(light, grounds, strict=True):
        assert sum(before) > 600 > 250 > sum(red_green_blue(one))
    _passes(axe, page)


def _passes(axe, page):
    """The page and, apart, what is inside the frame of the map."""
    # While the server works, the framework fades what is on screen.
    settle(page)
    for part in (page, inside(page)):
        found = axe.run(part, options=WCAG)
        assert not found.response["violations"], found.generate_report()
        assert len(found.response["passes"]) > 5


def test_the_keys_do_the_same_after_a_click_on_the_map(page, url):
    open_map(page, url + "?gebied=GM9902&projectie=aan")
    box = map_frame(page).locator("#map_div")
    before, place = step(page), box.evaluate("() => map_div.getCenter().lng")
    box.focus()
    page.keyboard.press("ArrowRight")
    wait_for_step(page, before, gone=True)
    assert box.evaluate("() => map_div.getCenter().lng") == place


def test_inside_the_frame_focus_lines_and_the_whole_screen(page, url):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    open_map(page, url + "?gebied=GM9901&gekozen=WK990102&niveau=wijk")
    _passes(axe, page)
    box = map_frame(page).locator("#map_div")
    box.focus()
    names, looks = [], set()
    for _ in range(4):
        page.keyboard.press("Tab")
        name, style, width = inside(page).evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.getAttribute('aria-label') || e.title, s.outlineStyle, s.outlineWidth]; }"
        )
        names.append(name)
        looks.add((style, width))
    assert names == ["Inzoomen", "Uitzoomen", "Toon het hele gebied", "Volledig scherm"]
    assert looks == {("solid", "3px")}
    thin = box.evaluate(HEAVIEST)
    page.get_by_text("Projectie", exact=True).click()
    page.locator(".wwz-stap").wait_for(timeout=SLOW)
    settle(page)
    assert box.evaluate(HEAVIEST) >= 1.5 * thin > 0
    map_frame(page).get_by_role("button", name="Volledig scherm").click()
    sheet = map_frame(page).locator(".kaart-blad")
    sheet.wait_for(state="visible", timeout=SLOW)
    inside(page).wait_for_function(
        "() => innerWidth > 1000 && map_div.getSize().x === innerWidth && map_div.getSize().y === innerHeight",
        timeout=SLOW,
    )
    assert "onbekend" in sheet.inner_text() and sheet.locator("li").count() >= 4
    map_frame(page).get_by_role("button", name="Verlaat volledig scherm").click()
    sheet.wait_for(state="hidden", timeout=SLOW)
