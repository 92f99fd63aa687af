"""Doorrekenen as a work session meets it: point, close, without a mouse, the best places, and a plan by link."""

import re

import pytest
from kijken_hulp import SLOW, in_link, map_box, open_map, settle, until

AREA = "GM9902"


class Screen:
    """The page, with the map in its frame."""

    def __init__(self, page, url, query=""):
        self.page, self.map = page, map_box(page)
        open_map(page, f"{url}doorrekenen?gebied={AREA}{query}")

    def title(self, text):
        self.page.locator("h1").filter(has_text=re.compile(text)).wait_for(timeout=SLOW)

    def planned(self, text):
        return self.page.get_by_role("button", name=text).first

    def row(self, name):
        return [
            cell.split("\n")[0]
            for cell in self.page.get_by_role("row", name=name).first.locator("td").all_inner_texts()
        ]


@pytest.fixture
def screen(window, own_url):
    return Screen(window.page, own_url)


def test_click_to_open_click_again_to_undo(screen):
    screen.title("Wat gebeurt er")
    before = screen.row("65-plussers")
    box = screen.map.bounding_box()
    # The open country in the west: no point there.
    spot = {"x": box["width"] * 0.35, "y": box["height"] * 0.45}
    screen.map.click(position=spot)
    screen.title("Met dit plan|Dit plan")
    screen.planned("1. Erbij in").wait_for(timeout=SLOW)
    in_link(screen.page, "plan=erbij")
    settle(screen.page)
    screen.map.click(position=spot)
    screen.title("Wat gebeurt er")
    # The title is there before the table below it.
    until(screen.page, lambda: screen.row("65-plussers") == before)


def test_with_the_keyboard_on_the_map(screen):
    screen.map.focus()
    screen.page.keyboard.press("Enter")
    screen.planned("1. Erbij in").wait_for(timeout=SLOW)
    in_link(screen.page, "plan=erbij")


def test_from_lists_and_the_link_shows_the_same_elsewhere(screen, new_visitor):
    screen.page.get_by_text("Zonder kaart").click()
    screen.page.get_by_role("button", name="Sluit deze").press("Enter")
    screen.planned("1. Dicht:").wait_for(timeout=SLOW)
    screen.title("verliezen")
    in_link(screen.page, "plan=dicht")
    title, row = screen.page.locator("h1").inner_text(), screen.row("65-plussers")
    assert row[0] != "" and row[3] != "0"
    elsewhere = new_visitor()
    other = elsewhere.new_page()
    other.goto(screen.page.url)
    other.locator("h1").filter(has_text=title).wait_for(timeout=SLOW)
    elsewhere.close()


def test_a_hostile_link_opens_a_working_screen(window, own_url):
    bad = "erbij:ontmoeting:52.1:4.3:x,<script>window.gehackt=1</script>,dicht:ontmoeting:52.30000:3.80000,erbij:casino:52.3:3.8"
    screen = Screen(
        window.page, own_url, f"&plan={bad}&norm=%27;drop&wie=../x&soort=%3Cb%3E&plannen=p-1,../../x"
    )
    screen.planned("Dicht: staat niet meer in de gegevens").wait_for(timeout=SLOW)
    assert window.page.evaluate("window.gehackt") is None
    assert window.page.get_by_role("button", name="2. ").count() == 0


def test_the_best_places_go_into_the_plan_and_the_plan_is_kept(screen):
    screen.page.get_by_role("tab", name="Waar heeft het meeste effect").click()
    screen.page.get_by_role("radio", name="2", exact=True).click()
    screen.page.get_by_role("button", name="Zoek de beste plekken").click()
    screen.page.get_by_text("bewezen").first.wait_for(timeout=SLOW)
    screen.page.get_by_role("button", name="Neem over in het plan").click()
    screen.planned("2. Erbij in").wait_for(timeout=SLOW)
    screen.title("krijgen")
    screen.page.get_by_role("tab", name="Bewaren").click()
    who = screen.page.get_by_role("textbox", name="Uw naam of organisatie")
    who.fill("Team Noord")
    who.press("Tab")
    name = screen.page.get_by_role("textbox", name="Naam van het plan")
    name.fill("Twee <b>erbij</b>")
    name.press("Tab")
    settle(screen.page)
    screen.page.get_by_role("button", name="Bewaar het plan").click()
    screen.page.get_by_text("U kijkt naar het plan Twee <b>erbij</b>").wait_for(timeout=SLOW)
    in_link(screen.page, "plan=p-")
