"""The search box in a real browser, with the keyboard alone: the best match on Enter, and a list that closes."""

import re

from kijken_hulp import SLOW, in_link, open_screen
from playwright.sync_api import expect


def open_box(page, url):
    open_screen(page, url)
    box = page.get_by_role("combobox", name="Gebied")
    box.wait_for(timeout=SLOW)
    return box


def test_the_keyboard_finds_chooses_adds_and_takes_away_and_hears_when_nothing_is_found(visit, url):
    page = visit.page
    box = open_box(page, url)
    box.focus()
    # Faster than the answer of the server: what is chosen belongs to what was typed.
    page.keyboard.type("duinmonde")
    page.keyboard.press("Enter")
    in_link(page, "gebied=GM9901(&|$)")
    page.locator("h1").filter(has_text="Duinmonde").wait_for(timeout=SLOW)
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("button", name="Haal Duinmonde weg")).to_be_visible()
    assert box.input_value() == ""

    page.keyboard.type("duin")
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    # Everything together comes last and says what it does.
    assert re.search(
        r"Kies alle 1\d samen.*telt ze op tot één eigen gebied", options.last.inner_text(), re.DOTALL
    )
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Escape")
    assert box.input_value() == ""

    page.keyboard.type("westkolk")
    page.keyboard.press("Enter")
    in_link(page, "gebied=GM9901(,|%2C)WK")
    for _ in range(2):
        page.keyboard.press("Backspace")
    in_link(page, "^(?!.*gebied=)")
    page.locator("h1").filter(has_text="de voorbeeldregio").wait_for(timeout=SLOW)

    # Nothing found is said, and Enter then chooses nothing: what is chosen next is all there is.
    box.fill("bestaatniet")
    page.get_by_text("Geen gebied gevonden met “bestaatniet”").wait_for(timeout=SLOW)
    page.keyboard.press("Enter")
    box.fill("haverstede")
    page.keyboard.press("Enter")
    in_link(page, "gebied=GM9902(&|$)")
