"""Vergelijken as a visitor meets it: small maps on one scale, and two maps that move as one."""

import json
from urllib.parse import quote

import pytest
from kijken_hulp import (
    ACCENT,
    SLOW,
    close,
    colours,
    has_colour,
    in_link,
    map_box,
    open_map,
    open_screen,
    picture,
    settle,
    until,
)

from wwz.ui.shared.component import text_of

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def looks_at(box):
    return box.evaluate("() => { const c = map_div.getCenter(); return [c.lat, c.lng, map_div.getZoom()]; }")


def follow(page, other, mover):
    """The other map comes to look at the same place, and stays there: also after the server has been told."""

    def together():
        return looks_at(other) == pytest.approx(looks_at(mover), abs=1e-6)

    before = page.url
    mover.evaluate("() => map_div.setZoom(map_div.getZoom() + 0.75, {animate: false})")
    mover.evaluate("() => map_div.panBy([60, 40], {animate: false})")
    until(page, together)
    page.wait_for_function(
        "before => location.href !== before && location.href.includes('plaats=')", arg=before, timeout=SLOW
    )
    settle(page)
    assert together()


def test_two_maps_pan_and_select_together(window, url):
    page = window.page
    address = "vergelijken?gebied=GM9901&beeld=samen&laag=mobiliteit_18&met=eenzaam_18&niveau=wijk"
    open_map(page, url + address, maps=2)
    left, right = map_box(page, 0), map_box(page, 1)
    assert page.locator("iframe[title^='Kaart']").count() == 2
    legends = page.locator(".wwz-legenda").all_inner_texts()
    assert len(legends) == 2 and legends[0] != legends[1]
    heads = page.locator(".wwz-table thead th").all_inner_texts()
    assert len(heads) == 4 and "Mobiliteit" in heads[1] and "Eenzaam" in heads[2]
    titles = [one.get_attribute("title") for one in page.locator("iframe[title^='Kaart']").all()]
    assert "Moeite met bewegen" in titles[0] and "enzaam" in titles[1]
    assert all("tabel" in title for title in titles)
    follow(page, right, left)
    follow(page, left, right)
    box = right.bounding_box()
    right.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    # The chosen area gets an outline in the accent colour, on both maps.
    in_link(page, "gekozen=WK9901")
    for one in (left, right):
        until(page, lambda one=one: has_colour(one, ACCENT))


def test_small_maps_share_one_scale_and_each_has_words(window, url):
    page = window.page
    open_screen(page, url + "vergelijken?gekozen=WK990102&beeld=reeks&laag=mobiliteit_18")
    images = page.locator("canvas[role=img]").all()
    assert len(images) == 6
    assert page.locator(".wwz-legenda").count() == 1
    swatches = page.locator(".wwz-legenda .wwz-vlak:not(.wwz-leeg)").all()
    legend = [
        tuple(map(int, one.evaluate("e => getComputedStyle(e).backgroundColor.match(/\\d+/g)")[:3]))
        for one in swatches
    ]
    drawn = set()
    for image in images:
        assert "De cijfers staan in de tabel" in image.get_attribute("aria-label")

        def found(image=image):
            return {c for c in colours(image, 150) if any(close(c, known) for known in legend)}

        until(page, found)
        drawn |= found()
    # The shared scale spans more than one map can use.
    assert len(drawn) >= 3
    rows = page.get_by_role("table", name="De kaartjes in cijfers").locator("tbody tr")
    assert rows.count() == 6


def test_water_on_a_small_map_is_plain_and_what_is_unknown_is_hatched(visit):
    page, water, ground = visit.page, (203, 224, 240), (243, 241, 235)
    ring = [[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]
    area = {"properties": {"naam": ""}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    url = f"data:application/json,{quote(json.dumps({'bbox': [0, 0, 2, 1], 'features': [area]}))}"

    def inside(sign, fill):
        """Colours in the middle of the map, once it is drawn."""
        page.set_content(
            "<style>canvas { display: block; width: 200px; height: 100px; }</style><main><div class=wwz-kaartjes></div></main>"
        )
        look = {"label": "", "fill": "#{:02x}{:02x}{:02x}".format(*fill), "ink": "#ff0000"}
        data = {"name": "", "colours": [], "labels": [], "absent": {sign: look}, "dark": False}
        data["maps"] = [{"title": "", "value": "", "url": url, "classes": sign}]
        page.evaluate(
            "async ([code, data]) => { const it = await import('data:text/javascript,' + encodeURIComponent(code));"
            " it.default({ data, parentElement: document.querySelector('main') }); }",
            [text_of("smallmaps.js"), data],
        )
        canvas = page.locator("canvas")
        until(page, lambda: has_colour(canvas, fill, 1000))
        return {colour for _, colour in picture(canvas).crop((80, 40, 120, 60)).getcolors()}

    assert inside("b", water) == {water}
    assert len(inside("x", ground)) > 1


def test_every_picture_passes_wcag_and_fits_a_phone(window, url):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = window.page
    open_screen(page, f"{url}vergelijken?gekozen=WK990102&laag=mobiliteit_18")
    for name, code in (("Behoefte en afstand", "vlak"), ("Kaartjes", "reeks"), ("Twee kaarten", "samen")):
        page.get_by_role("radio", name=name).click()
        in_link(page, f"beeld={code}")
        settle(page)
        found = axe.run(page, options=WCAG)
        assert not found.response["violations"], found.generate_report()
        page.set_viewport_size({"width": 390, "height": 800})
        settle(page)
        assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
        page.set_viewport_size({"width": 1400, "height": 900})
