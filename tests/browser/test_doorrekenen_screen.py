"""Doorrekenen as a work session meets it: point, close, without a mouse, the best places, and a plan by link."""

import re

import pytest

AREA = "GM9902"
WAIT = 90_000


@pytest.fixture(scope="module")
def url(start_product, example_copy):
    database = example_copy("doorrekenen")
    return start_product(database, database.parent)


class Screen:
    """The page, with the map in its frame."""

    def __init__(self, visit, url, query=""):
        self.page = visit.page
        self.page.goto(f"{url}doorrekenen?gebied={AREA}{query}")
        self.map = self.page.frame_locator("iframe[title^='Kaart']").locator("#map_div[data-laag]")
        self.map.wait_for(timeout=WAIT)
        self.page.wait_for_timeout(800)

    def title(self, text):
        self.page.locator("h1").filter(has_text=re.compile(text)).wait_for(timeout=WAIT)

    def planned(self, text):
        return self.page.get_by_role("button", name=text).first

    def row(self, name):
        return [
            cell.split("\n")[0]
            for cell in self.page.get_by_role("row", name=name).first.locator("td").all_inner_texts()
        ]


@pytest.fixture
def screen(browser_page, url):
    yield Screen(browser_page, url)
    assert browser_page.foreign == []
    assert browser_page.errors == []


def test_click_to_open_click_again_to_undo(screen):
    screen.title("Wat gebeurt er")
    before = screen.row("65-plussers")
    box = screen.map.bounding_box()
    spot = {
        "x": box["width"] * 0.35,
        "y": box["height"] * 0.45,
    }  # the open country in the west: no point there
    screen.map.click(position=spot)
    screen.title("Met dit plan|Dit plan")
    screen.planned("1. Erbij in").wait_for(timeout=WAIT)
    screen.page.wait_for_url("**plan=erbij**", timeout=WAIT)
    screen.page.wait_for_timeout(1000)
    screen.map.click(position=spot)
    screen.title("Wat gebeurt er")
    # The title is there before the table below it.
    for _ in range(60):
        if screen.row("65-plussers") == before:
            break
        screen.page.wait_for_timeout(500)
    assert screen.row("65-plussers") == before


def test_with_the_keyboard_on_the_map(screen):
    screen.map.focus()
    screen.page.keyboard.press("Enter")
    screen.planned("1. Erbij in").wait_for(timeout=WAIT)
    screen.page.wait_for_url("**plan=erbij**", timeout=WAIT)


def test_from_lists_and_the_link_shows_the_same_elsewhere(screen, url, chromium):
    screen.page.get_by_text("Zonder kaart").click()
    screen.page.get_by_role("button", name="Sluit deze").press("Enter")
    screen.planned("1. Dicht:").wait_for(timeout=WAIT)
    screen.title("verliezen")
    screen.page.wait_for_url("**plan=dicht**", timeout=WAIT)
    title, row = screen.page.locator("h1").inner_text(), screen.row("65-plussers")
    assert row[0] != "" and row[3] != "0"
    elsewhere = chromium.new_context(locale="nl-NL").new_page()
    elsewhere.goto(screen.page.url)
    elsewhere.locator("h1").filter(has_text=title).wait_for(timeout=WAIT)
    elsewhere.context.close()


def test_a_hostile_link_opens_a_working_screen(browser_page, url):
    bad = "erbij:ontmoeting:52.1:4.3:x,<script>window.gehackt=1</script>,dicht:ontmoeting:52.30000:3.80000,erbij:casino:52.3:3.8"
    screen = Screen(
        browser_page, url, f"&plan={bad}&norm=%27;drop&wie=../x&soort=%3Cb%3E&plannen=p-1,../../x"
    )
    screen.planned("Dicht: staat niet meer in de gegevens").wait_for(timeout=WAIT)
    assert browser_page.page.evaluate("window.gehackt") is None
    assert browser_page.page.get_by_role("button", name="2. ").count() == 0


def test_the_best_places_go_into_the_plan_and_the_plan_is_kept(screen):
    screen.page.get_by_role("tab", name="Waar heeft het meeste effect").click()
    screen.page.get_by_role("radio", name="2", exact=True).click()
    screen.page.get_by_role("button", name="Zoek de beste plekken").click()
    screen.page.get_by_text("bewezen").first.wait_for(timeout=WAIT)
    screen.page.get_by_role("button", name="Neem over in het plan").click()
    screen.planned("2. Erbij in").wait_for(timeout=WAIT)
    screen.title("krijgen")
    screen.page.get_by_role("tab", name="Bewaren").click()
    who = screen.page.get_by_role("textbox", name="Uw naam of organisatie")
    who.fill("Team Noord")
    who.press("Tab")
    name = screen.page.get_by_role("textbox", name="Naam van het plan")
    name.fill("Twee <b>erbij</b>")
    name.press("Tab")
    screen.page.wait_for_timeout(1000)
    screen.page.get_by_role("button", name="Bewaar het plan").click()
    screen.page.get_by_text("U kijkt naar het plan Twee <b>erbij</b>").wait_for(timeout=WAIT)
    screen.page.wait_for_url("**plan=p-**", timeout=WAIT)
