"""Gebieden as a beleidsmedewerker meets it: point at buurten, keep them, see what lacks, and open it elsewhere by its link."""

import re

import pytest
from kijken_hulp import SLOW, in_link, map_box, open_map, open_screen, settle

WIJK = "WK990102"


@pytest.fixture
def page(window):
    return window.page


def test_compose_keep_and_open_elsewhere(page, own_url, new_visitor):
    open_map(page, f"{own_url}gebieden?gebied={WIJK}")
    size = page.get_by_text(re.compile(r"inwoners in \d{4}")).first
    size.wait_for(timeout=SLOW)
    chosen = page.get_by_text(re.compile(r"Buurten in dit gebied \((\d+)\)")).first
    before = int(re.search(r"\d+", chosen.inner_text())[0])
    box = map_box(page).bounding_box()
    map_box(page).click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.35})
    settle(page)
    after = page.get_by_text(re.compile(rf"Buurten in dit gebied \(({before - 1}|{before + 1})\)")).first
    after.wait_for(timeout=SLOW)
    page.get_by_role("textbox", name="Uw naam of organisatie").first.fill("Team Noord")
    page.get_by_role("textbox", name="Naam", exact=True).first.fill("Gebied van de proef")
    page.get_by_role("button", name="Bewaar dit gebied").click()
    page.locator("h1").filter(has_text="Gebied van de proef is een eigen gebied").wait_for(timeout=SLOW)
    in_link(page, "gebied=EGA")
    link = re.search(r"gebied=(EGA\d{3})", page.url)[1]
    # On any other screen it is an area like any other.
    other = new_visitor().new_page()
    open_screen(other, f"{own_url}wijkprofiel?gebied={link}")
    other.get_by_text("Gebied van de proef").first.wait_for(timeout=SLOW)


def test_a_proposal_and_a_score(page, own_url):
    open_screen(page, f"{own_url}gebieden?gebied=GM9901")
    page.get_by_role("tab", name="Voorstel").click()
    page.get_by_role("button", name=re.compile("Maak een voorstel voor")).click()
    page.get_by_text(re.compile(r"\d+ van \d+ gebieden hebben 5\.000 tot 10\.000 inwoners")).first.wait_for(
        timeout=SLOW
    )
    page.get_by_role("tab", name="Wat is er?").click()
    page.get_by_text("Stenen en plekken (hardware)").first.wait_for(timeout=SLOW)
    assert page.get_by_text("Drie arrangementen naast elkaar").count() == 1
