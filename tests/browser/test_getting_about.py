"""Getting about: one area on every screen, Back that takes one press a step, and waiting that is shown."""

import re

import pytest
from kijken_hulp import SLOW, in_link, table_below
from playwright.sync_api import expect

from wwz.base.paths import PACKAGE

SHARED = PACKAGE / "ui" / "shared"


def title(page, words):
    page.locator("h1").filter(has_text=words).first.wait_for(timeout=SLOW)


def layer(page, name):
    page.locator("[data-testid=stRadio] label").filter(has_text=re.compile(f"^{name}$")).click()


def chip(page):
    return page.locator(".wwz-zoek .gekozen li").first


def test_what_is_chosen_on_the_map_is_the_area_of_every_screen_and_back_is_one_press_a_step(visit, url):
    page = visit.page
    page.goto(url)
    title(page, "de voorbeeldregio")
    expect(chip(page)).to_have_text("De voorbeeldregio", timeout=SLOW)
    layer(page, "Horen")
    title(page, "moeite met horen")
    # In the table below the map, which is the way of the keyboard to what a click on the map does.
    table_below(page).locator("button").nth(2).click()
    in_link(page, "laag=horen_18", "gekozen=BU")
    expect(chip(page)).to_contain_text("buurt in", timeout=SLOW)
    name = chip(page).locator("b").inner_text()
    title(page, name)
    for screen in ("Toekomst", "Wijkprofiel"):
        page.get_by_role("link", name=screen, exact=True).first.click()
        in_link(page, f"/{screen.lower()}", "gekozen=BU", "laag=horen_18")
        expect(chip(page)).to_contain_text(name, timeout=SLOW)
    page.locator("h1").first.wait_for(timeout=SLOW)

    page.go_back()
    in_link(page, "^/toekomst", "gekozen=BU")
    title(page, name)
    page.go_back()
    in_link(page, r"^/\?", "gekozen=BU", "laag=horen_18")
    title(page, "moeite met horen")
    page.go_back()
    in_link(page, "^(?!.*gekozen=)", "laag=horen_18")
    title(page, "In de voorbeeldregio")
    expect(chip(page)).to_have_text("De voorbeeldregio", timeout=SLOW)
    page.go_back()
    in_link(page, "^(?!.*horen)")
    title(page, "moeite met bewegen")
    page.go_forward()
    in_link(page, "laag=horen_18")
    title(page, "moeite met horen")


def test_a_broken_link_is_no_step_to_go_back_through(visit, url):
    page = visit.page
    page.goto(f"{url}handleiding")
    page.locator("h1").first.wait_for(timeout=SLOW)
    page.goto(f"{url}?gebied=GM0000&laag=bestaatniet&gekozen=BU00000000")
    title(page, "In de voorbeeldregio")
    in_link(page, "^(?!.*(GM0000|BU00000000))")
    page.go_back()
    in_link(page, "^/handleiding")


def test_choices_that_land_while_the_page_is_busy_are_all_kept(visit, url):
    """The answers of the server are held up, as on a slow machine, while three things are chosen."""
    page, held, hold = visit.page, [], []

    def connect(socket):
        server = socket.connect_to_server()

        def pass_on(message):
            held.append(message) if hold else socket.send(message)

        def let_go():
            hold.clear()
            for message in held:
                socket.send(message)
            held.clear()

        page.let_go = let_go
        server.on_message(pass_on)

    page.route_web_socket(re.compile("_stcore/stream"), connect)
    page.goto(url)
    title(page, "In de voorbeeldregio")
    page.locator("table tbody tr button").first.wait_for(timeout=SLOW)
    hold.append(True)
    layer(page, "Zien")
    # One line says so, in a moment, and no old figure is left under a new title.
    expect(page.locator("#wwz-bezig")).to_have_text("Bezig met rekenen…")
    page.locator("[data-testid=stButtonGroup] button").filter(has_text=re.compile("^Wijken$")).first.click()
    box = page.get_by_role("combobox", name="Gebied")
    box.focus()
    # Searching does not wait for the page.
    page.keyboard.type("duinmonde")
    page.get_by_role("option").first.wait_for(timeout=SLOW)
    page.keyboard.press("Enter")
    page.let_go()
    in_link(page, "laag=zien_18", "niveau=wijk", "gebied=GM9901")
    title(page, "In Duinmonde")
    expect(page.locator("#wwz-bezig")).to_be_hidden(timeout=SLOW)


PAGE = """<html><head><style>{css}</style><script>{js}</script></head><body><p id="wwz-bezig" role="status"></p>
<div class="stApp" data-test-script-state="{state}"><div class="stMainBlockContainer">
<div class="stElementContainer" data-stale="false"><div class="stHtml"><h1>Nieuw</h1></div></div>
<div class="stElementContainer" data-stale="true"><div class="stHtml" id="oud">12 mensen</div></div>
<div class="stElementContainer" data-stale="true"><div class="stSelectbox" id="keuze">Laag</div></div>
<div class="stElementContainer st-key-zoek-gebied" data-stale="true"><div class="stBidiComponent" id="zoek">Zoek</div></div>
</div></div></body></html>"""


def seen(page, name):
    return page.locator(f"#{name}").evaluate("(one) => getComputedStyle(one).opacity") != "0"


@pytest.fixture
def waiting_page(window):
    css, js = ((SHARED / f"waiting.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))

    def load(state):
        window.page.set_content(PAGE.format(css=css, js=js, state=state))
        return window.page

    return load


def test_old_figures_are_covered_and_choices_stay_while_the_server_works(waiting_page):
    page = waiting_page("notRunning")
    line, app = page.locator("#wwz-bezig"), page.locator(".stApp")
    expect(line).to_be_hidden()
    assert seen(page, "oud")
    app.evaluate("(one) => { one.dataset.testScriptState = 'running'; }")
    expect(line).to_have_text("Bezig met rekenen…")
    assert [seen(page, name) for name in ("oud", "keuze", "zoek")] == [False, True, True]
    app.evaluate("(one) => { one.dataset.testScriptState = 'notRunning'; }")
    expect(line).to_be_hidden()
    assert seen(page, "oud")


def test_the_first_load_is_no_white_page(waiting_page):
    expect(waiting_page("initial").locator("#wwz-bezig")).to_have_text("De WWZ-wijzer wordt geladen…")
