"""The product as a visitor meets it: the real server on the example region, in a real browser."""

import io
import re

import pytest
from PIL import Image

PAPER = (251, 250, 247)


def open_screen(page, url, wait_for="h1"):
    page.goto(url)
    page.locator(wait_for).first.wait_for(timeout=60_000)


def open_map(page, url):
    open_screen(page, url)
    map_box(page).locator("canvas").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)


def map_box(page):
    return page.frame_locator("iframe[title^='Kaart']").locator("#map_div")


def picture(page):
    return Image.open(io.BytesIO(map_box(page).screenshot())).convert("RGB")


def colours(page):
    """Colour → number of pixels on the map, for colours that fill at least a little area."""
    counted = picture(page).getcolors(maxcolors=10**6)
    return {colour: number for number, colour in counted if number > 300}


def zoom(page):
    return map_box(page).evaluate("() => map_div.getZoom()")


def headline(page):
    return page.locator("h1").first.inner_text()


def click_centre(page):
    box = map_box(page).bounding_box()
    map_box(page).click(position={"x": box["width"] * 0.45, "y": box["height"] * 0.45})


def test_first_screen_is_a_dutch_map_with_areas(visit, url):
    page = visit.page
    open_map(page, url)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert headline(page).startswith("In de voorbeeldregio heeft")
    assert len([c for c in colours(page) if c != PAPER]) >= 4
    assert page.get_by_text("Fictief", exact=True).is_visible()


def test_a_click_opens_the_sheet_and_keeps_the_view(visit, url):
    page = visit.page
    open_map(page, url)
    before = zoom(page)
    click_centre(page)
    page.get_by_role("button", name="Terug naar de voorbeeldregio").wait_for(timeout=15_000)
    page.wait_for_function("() => /gekozen=BU\\d{8}/.test(location.href)", timeout=15_000)
    assert zoom(page) == before
    assert "de voorbeeldregio" not in headline(page)
    assert (212, 88, 11) in [c for c in colours_close_to(page, (212, 88, 11))]


def colours_close_to(page, wanted):
    found = picture(page).getcolors(maxcolors=10**6)
    near = [c for n, c in found if n > 20 and all(abs(a - b) < 12 for a, b in zip(c, wanted, strict=True))]
    return [wanted] if near else []


def test_another_layer_recolours_in_place(visit, url):
    page = visit.page
    open_map(page, url)
    map_box(page).evaluate("() => { map_div.setZoom(map_div.getZoom() + 1, {animate: false}); }")
    page.wait_for_timeout(1500)
    before, level = colours(page), zoom(page)
    page.locator("[data-testid=stRadio] label").filter(has_text=re.compile("^Horen$")).click()
    page.locator("h1").filter(has_text="moeite met horen").wait_for(timeout=15_000)
    page.wait_for_timeout(1000)
    assert colours(page) != before
    assert zoom(page) == level


def test_a_link_shows_the_same_screen_elsewhere(visit, url, chromium):
    page = visit.page
    open_map(page, url)
    page.locator("[data-testid=stRadio] label").filter(has_text=re.compile("^Zien$")).click()
    page.locator("h1").filter(has_text="zien").wait_for(timeout=15_000)
    page.get_by_role("radio", name="Wijken").or_(page.get_by_text("Wijken", exact=True)).first.click()
    page.get_by_text(", per wijk ·").wait_for(timeout=30_000)
    # Another level is another map; the old one goes when the new one is there.
    page.wait_for_function(
        """() => document.querySelectorAll("iframe[title^='Kaart']").length === 1""", timeout=30_000
    )
    # While the level changes, the map that goes may stand beside the one that comes for a moment.
    page.wait_for_timeout(1000)
    page.wait_for_function(
        """() => document.querySelectorAll("iframe[title^='Kaart']").length === 1""", timeout=30_000
    )
    map_box(page).locator("canvas").first.wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    click_centre(page)
    page.get_by_role("button", name="Terug naar").wait_for(timeout=15_000)
    map_box(page).evaluate("() => { map_div.setZoom(map_div.getZoom() + 1, {animate: false}); }")
    page.wait_for_timeout(2500)
    page.wait_for_function("() => location.href.includes('plaats=')", timeout=15_000)
    link, title, level = page.url, headline(page), zoom(page)
    assert {"laag=", "niveau=wijk", "gekozen=WK", "plaats="} <= {
        part for part in ("laag=", "niveau=wijk", "gekozen=WK", "plaats=") if part in link
    }
    other = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL").new_page()
    open_map(other, link)
    assert headline(other) == title
    assert zoom(other) == pytest.approx(level, abs=0.05)
    assert other.url == link
    other.context.close()


def test_a_broken_link_still_opens_a_map(visit, url):
    page = visit.page
    open_map(
        page,
        f"{url}?gebied=GM0000&laag=<script>alert(1)</script>&niveau=straat&jaar=1&plaats=9,9,99&gekozen=BU00000000",
    )
    assert headline(page).startswith("In de voorbeeldregio")


def test_the_table_chooses_an_area(visit, url):
    page = visit.page
    open_map(page, url)
    row = page.locator("table tbody tr").nth(3)
    name = row.locator("button").first.inner_text().strip()
    row.locator("button").first.click()
    page.locator("h1").filter(has_text=name).wait_for(timeout=15_000)


def test_a_proxy_path_works(browser_page, start_product, database):
    page = browser_page.page
    open_map(page, start_product(database, database.parent, "wwz/kaart"))
    assert len(colours(page)) >= 4
    assert browser_page.foreign == []
