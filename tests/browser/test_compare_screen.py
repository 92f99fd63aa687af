"""Vergelijken as a visitor meets it: small maps on one scale, and two maps that move as one."""

import io

import pytest
from PIL import Image

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def open_screen(page, address):
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=60_000)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(1500)


def maps(page):
    page.wait_for_function(
        "() => document.querySelectorAll(\"iframe[title^='Kaart']\").length === 2", timeout=60_000
    )
    frames = [page.frame_locator("iframe[title^='Kaart']").nth(n) for n in (0, 1)]
    boxes = [one.locator("#map_div[data-laag]") for one in frames]
    for box in boxes:
        box.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    return boxes


def looks_at(box):
    return box.evaluate("() => { const c = map_div.getCenter(); return [c.lat, c.lng, map_div.getZoom()]; }")


def colours(picture):
    counted = Image.open(io.BytesIO(picture)).convert("RGB").getcolors(maxcolors=10**6)
    return {colour for number, colour in counted if number > 150}


def close(one, other):
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


def becomes_selected(page, one):
    """The map outlines the chosen area in the accent colour, once the page has told it."""
    for _ in range(20):
        if any(close(colour, (212, 88, 11)) for colour in colours(one.screenshot())):
            return True
        page.wait_for_timeout(700)
    return False


def follows(page, other, mover):
    """The other map comes to look at the same place and stays there; a busy machine may take a while."""
    for _ in range(40):
        if looks_at(other) == pytest.approx(looks_at(mover), abs=1e-6):
            break
        page.wait_for_timeout(250)
    assert looks_at(other) == pytest.approx(looks_at(mover), abs=1e-6)


def test_two_maps_pan_and_select_together(visit, url):
    page = visit.page
    open_screen(
        page, url + "vergelijken?gebied=GM9901&beeld=samen&laag=mobiliteit_18&met=eenzaam_18&niveau=wijk"
    )
    left, right = maps(page)
    legends = page.locator(".wwz-legenda").all_inner_texts()
    assert len(legends) == 2 and legends[0] != legends[1]
    heads = page.locator(".wwz-table thead th").all_inner_texts()
    assert len(heads) == 4 and "Mobiliteit" in heads[1] and "Eenzaam" in heads[2]
    titles = [one.get_attribute("title") for one in page.locator("iframe[title^='Kaart']").all()]
    assert "Moeite met bewegen" in titles[0] and "enzaam" in titles[1]
    assert all("tabel" in title for title in titles)
    for mover, other in ((left, right), (right, left)):
        mover.evaluate("() => map_div.setZoom(map_div.getZoom() + 0.75, {animate: false})")
        mover.evaluate("() => map_div.panBy([60, 40], {animate: false})")
        follows(page, other, mover)
    page.wait_for_timeout(2500)
    # A run of the page in between does not pull them apart.
    assert looks_at(right) == pytest.approx(looks_at(left), abs=1e-6)
    box = right.bounding_box()
    right.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    page.wait_for_function("() => /gekozen=WK9901/.test(location.href)", timeout=20_000)
    for one in (left, right):
        assert becomes_selected(page, one)


def test_small_maps_share_one_scale_and_each_has_words(visit, url):
    page = visit.page
    open_screen(page, url + "vergelijken?gekozen=WK990102&beeld=reeks&laag=mobiliteit_18")
    page.locator("canvas[role=img]").first.wait_for(timeout=60_000)
    page.wait_for_timeout(2500)
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
        found = {c for c in colours(image.screenshot()) if any(close(c, known) for known in legend)}
        assert found
        drawn |= found
    # The shared scale spans more than one map can use.
    assert len(drawn) >= 3
    rows = page.get_by_role("table", name="De kaartjes in cijfers").locator("tbody tr")
    assert rows.count() == 6


def test_every_picture_passes_wcag_and_fits_a_phone(visit, url):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit.page
    open_screen(page, f"{url}vergelijken?gekozen=WK990102&laag=mobiliteit_18")
    for name, code in (("Behoefte en afstand", "vlak"), ("Kaartjes", "reeks"), ("Twee kaarten", "samen")):
        page.get_by_role("radio", name=name).click()
        page.wait_for_function(f"() => location.href.includes('beeld={code}')", timeout=60_000)
        page.wait_for_timeout(1500)
        found = axe.run(page, options=WCAG)
        assert not found.response["violations"], found.generate_report()
        page.set_viewport_size({"width": 390, "height": 800})
        page.wait_for_timeout(1000)
        assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
        page.set_viewport_size({"width": 1400, "height": 900})
