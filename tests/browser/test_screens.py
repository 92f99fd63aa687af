"""The product as a visitor meets it: the real server on the example region, in a real browser."""

import re

import pytest
from kijken_hulp import (
    ACCENT,
    SLOW,
    colours,
    has_colour,
    in_link,
    map_box,
    map_frame,
    open_map,
    settle,
    table_below,
    until,
)

PAPER = (251, 250, 247)


def zoom(page):
    return map_box(page).evaluate("() => map_div.getZoom()")


def zoom_in(page):
    """The map is one step nearer, and the link says so."""
    before = page.url
    map_box(page).evaluate("() => { map_div.setZoom(map_div.getZoom() + 1, {animate: false}); }")
    page.wait_for_function(
        "before => location.href !== before && location.href.includes('plaats=')", arg=before, timeout=SLOW
    )
    settle(page)


def headline(page):
    return page.locator("h1").first.inner_text()


def layer(page, name, words):
    page.locator("[data-testid=stRadio] label").filter(has_text=re.compile(f"^{name}$")).click()
    page.locator("h1").filter(has_text=words).wait_for(timeout=SLOW)
    settle(page)


def click_centre(page):
    box = map_box(page).bounding_box()
    map_box(page).click(position={"x": box["width"] * 0.45, "y": box["height"] * 0.45})


def test_first_screen_is_a_dutch_map_and_a_click_opens_the_sheet_in_the_same_view(visit, url):
    page = visit.page
    open_map(page, url)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert headline(page).startswith("In de voorbeeldregio heeft")
    assert len([c for c in colours(map_box(page)) if c != PAPER]) >= 4
    assert page.get_by_text("Fictief", exact=True).is_visible()
    legend = map_frame(page).locator(".kaart-legenda")
    box = legend.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"], "the legend is on the first screen"
    before = zoom(page)
    click_centre(page)
    legend.locator(".kaart-hier").wait_for(timeout=SLOW)
    page.get_by_role("button", name="Terug naar de voorbeeldregio").wait_for(timeout=SLOW)
    in_link(page, r"gekozen=BU\d{8}")
    settle(page)
    assert zoom(page) == before
    assert "de voorbeeldregio" not in headline(page)
    until(page, lambda: has_colour(map_box(page), ACCENT))


def test_another_layer_recolours_in_place_and_the_link_shows_the_same_screen_elsewhere(
    visit, url, new_visitor
):
    page = visit.page
    open_map(page, url)
    zoom_in(page)
    before, level = colours(map_box(page)), zoom(page)
    layer(page, "Horen", "moeite met horen")
    assert zoom(page) == level
    until(page, lambda: colours(map_box(page)) != before)
    layer(page, "Zien", "zien")
    page.get_by_role("radio", name="Wijken").or_(page.get_by_text("Wijken", exact=True)).first.click()
    page.get_by_text(", per wijk ·").wait_for(timeout=SLOW)
    # Another level is another map; the old one goes when the new one is there.
    settle(page)
    page.wait_for_function(
        """() => document.querySelectorAll("iframe[title^='Kaart']").length === 1""", timeout=SLOW
    )
    click_centre(page)
    page.get_by_role("button", name="Terug naar").wait_for(timeout=SLOW)
    settle(page)
    zoom_in(page)
    link, title, level = page.url, headline(page), zoom(page)
    assert all(part in link for part in ("laag=", "niveau=wijk", "gekozen=WK", "plaats="))
    elsewhere = new_visitor()
    other = elsewhere.new_page()
    open_map(other, link)
    assert headline(other) == title
    assert zoom(other) == pytest.approx(level, abs=0.05)
    assert other.url == link
    elsewhere.close()


def test_a_layer_of_bounds_says_the_same_in_its_legend_its_table_and_the_sheet_of_an_area(visit, url):
    page = visit.page
    open_map(page, f"{url}?gebied=GM9901&laag=grens_ruimte_rolstoel&niveau=wijk")
    assert "mist minstens" in headline(page)
    # Which side is certain is said once, for all classes; where another side says something too, that has a row.
    legend = map_frame(page).locator(".kaart-legenda").inner_text()
    assert legend.count("ondergrens") == 1 and "%" in legend and "onbekend" in legend
    assert page.get_by_text("Basisregistratie Grootschalige Topografie").first.is_visible()
    rows = table_below(page)
    heads = page.locator(".st-key-kaarttabel thead").inner_text()
    assert "Wie dit mist" in heads and "Mensen zonder" in heads and "het nodig hebben" not in heads
    row = rows.first
    name, share, people = row.locator("button").inner_text().strip(), *row.locator("td").all_inner_texts()[:2]
    assert share.strip().startswith("minstens") and "begrensd" in row.inner_text()
    row.locator("button").click()
    page.locator("h1").filter(has_text=name.split(" ", 2)[-1]).wait_for(timeout=SLOW)
    settle(page)
    sheet = page.locator(".st-key-kaartblad").inner_text()
    assert f"{share.strip()} van wie het nodig heeft" in sheet
    assert f"{people.strip()} mensen".lower() in sheet.lower()
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert page.locator(".wwz-kop-getal").inner_text() == f"{people.strip()} mensen".capitalize()
    fits = "e => e.getBoundingClientRect().right <= innerWidth + 1 && e.scrollWidth <= e.clientWidth + 1"
    assert map_frame(page).locator(".kaart-legenda").evaluate(fits)
    page.set_viewport_size({"width": 1400, "height": 900})


def test_a_layer_that_one_came_near_is_shown_before_the_server_answers(visit, url):
    """The map alone: what is said of it comes from the server, which has the last word."""
    page, held = visit.page, []

    def connect(socket):
        server = socket.connect_to_server()
        server.on_message(lambda message: held.append(message) if page.hold else socket.send(message))
        page.let_go = lambda: [socket.send(message) for message in held]

    page.hold = False
    page.route_web_socket(re.compile("_stcore/stream"), connect)
    open_map(page, url)
    page.get_by_text("Voor wie?", exact=True).hover()
    page.wait_for_function("() => globalThis.wwzFamilies?.size === 1", timeout=SLOW)
    settle(page)
    before, title = colours(map_box(page)), headline(page)
    page.hold = True
    page.locator("[data-testid=stRadio] label").filter(has_text=re.compile("^Horen$")).click()
    map_frame(page).locator("#map_div[data-laag*='horen']").wait_for(timeout=SLOW)
    until(page, lambda: colours(map_box(page)) != before)
    assert headline(page) == title and held
    page.hold = False
    page.let_go()
    page.locator("h1").filter(has_text="moeite met horen").wait_for(timeout=SLOW)
    settle(page)
    early = colours(map_box(page))
    page.reload()
    map_frame(page).locator("#map_div[data-laag*='horen']").wait_for(timeout=SLOW)
    settle(page)
    assert colours(map_box(page)) == early


def test_a_broken_link_still_opens_a_map_and_its_table_chooses_an_area(visit, url):
    page = visit.page
    open_map(
        page,
        f"{url}?gebied=GM0000&laag=<script>alert(1)</script>&niveau=straat&jaar=1&plaats=9,9,99&gekozen=BU00000000",
    )
    assert headline(page).startswith("In de voorbeeldregio")
    row = table_below(page).nth(3)
    name = row.locator("button").first.inner_text().strip()
    row.locator("button").first.click()
    page.locator("h1").filter(has_text=name).wait_for(timeout=SLOW)


def test_a_proxy_path_works(visit, product):
    page = visit.page
    open_map(page, product("kijken-onder-pad", "wwz/kaart"))
    assert "/wwz/kaart/" in page.url
    before = colours(map_box(page))
    assert len(before) >= 4
    layer(page, "Horen", "moeite met horen")
    until(page, lambda: colours(map_box(page)) != before)
    click_centre(page)
    in_link(page, r"^/wwz/kaart/\?", r"gekozen=BU\d{8}")
