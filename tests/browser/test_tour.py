"""A rondleiding as a facilitator makes it: from two screens, put in order with the keyboard, started by its link, walked with keys."""

import re

import pytest
from kijken_hulp import SLOW, in_link, open_screen, pressed_to, settle

NAME = "Avond in Haverstede"


@pytest.fixture
def page(window):
    return window.page


def fill(page, label, text):
    box = page.get_by_role("textbox", name=label).first
    box.fill(text)
    box.press("Tab")
    settle(page)


def put(page, title, note=""):
    """Put the screen that is open in the rondleiding: the first time it is made."""
    page.get_by_role("button", name="Rondleiding", exact=True).click()
    page.get_by_role("textbox", name="Titel van deze stop").wait_for(timeout=SLOW)
    settle(page)
    if page.get_by_role("textbox", name="Uw naam of organisatie").input_value() == "":
        fill(page, "Uw naam of organisatie", "Noor")
    if page.get_by_role("textbox", name="Naam van de rondleiding").count():
        fill(page, "Naam van de rondleiding", NAME)
    fill(page, "Titel van deze stop", title)
    fill(page, "Notitie", note)
    page.get_by_role("button", name="Zet dit scherm erin").press("Enter")
    page.get_by_text("Dit scherm staat nu in de rondleiding").first.wait_for(timeout=SLOW)
    settle(page)


def titles(page):
    return [
        text.split(". ", 1)[1]
        for text in page.get_by_role("button", name=re.compile(r"^\d+\. ")).all_inner_texts()
    ]


def test_from_two_screens_to_a_walk_before_the_room(page, own_url):
    open_screen(page, f"{own_url}wijkagenda?gebied=WK990205")
    put(page, "Wat er <b>ontbreekt</b>", "Eerst de balken")
    page.get_by_role("link", name="Kaart", exact=True).first.click()
    in_link(page, "^/\\?.*gebied=WK990205")
    settle(page)
    put(page, "Waar is dat?")
    open_screen(page, f"{own_url}rondleidingen")
    page.get_by_role("button", name="Bekijk de stops").click()
    page.get_by_role("heading", name=NAME).wait_for(timeout=SLOW)
    settle(page)
    assert titles(page) == ["Wat er <b>ontbreekt</b>", "Waar is dat?"]
    if page.get_by_role("textbox", name="Uw naam of organisatie").input_value() == "":
        fill(page, "Uw naam of organisatie", "Noor")
    page.get_by_role("button", name="Omhoog").last.press("Enter")
    page.get_by_text("staat nu een plaats eerder").first.wait_for(timeout=SLOW)
    settle(page)
    assert titles(page) == ["Waar is dat?", "Wat er <b>ontbreekt</b>"]
    link = page.get_by_text("rondleiding=r-").inner_text()
    # The link of the second stop opens another screen than its path says.
    page.goto(link.replace("stop=1", "stop=2"))
    in_link(page, "/wijkagenda", "gebied=WK990205", "projectie=aan", "stop=2")
    head = page.locator(".wwz-stop")
    head.wait_for(timeout=SLOW)
    settle(page)
    assert list(filter(None, head.inner_text().split("\n"))) == ["Wat er <b>ontbreekt</b>", "Eerst de balken"]
    assert "2 van 2" in page.locator(".wwz-stap").inner_text()
    pressed_to(page, "PageDown", "^/\\?", "stop=1", "laag=")
    settle(page)
    assert head.inner_text() == "Waar is dat?"
    pressed_to(page, "ArrowLeft", "/wijkagenda", "stop=2")
    settle(page)
    page.get_by_role("button", name="Overzicht").click()
    in_link(page, "/rondleidingen", "rondleiding=r-")
    settle(page)
    assert titles(page) == ["Waar is dat?", "Wat er <b>ontbreekt</b>"]
    page.get_by_role("button", name="Stoppen").click()
    page.wait_for_function("() => !location.search.includes('rondleiding')", timeout=SLOW)


def test_a_link_to_a_rondleiding_that_is_gone_says_so(page, own_url):
    page.goto(f"{own_url}?rondleiding=r-00000000&stop=1")
    page.get_by_text("Deze rondleiding is er niet meer").first.wait_for(timeout=SLOW)
