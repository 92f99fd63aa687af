"""The wijkagenda as a visitor meets it: the list, the reasons, what the municipality adds, and a better place."""

import pytest
from kijken_hulp import SLOW, in_link, settle, until


@pytest.fixture
def page(window, own_url):
    window.page.goto(f"{own_url}wijkagenda?gebied=WK990205")
    window.page.get_by_role("tab", name="Opgeven").wait_for(timeout=SLOW)
    settle(window.page)
    return window.page


def row(page, name):
    """A row of the list with everything about it; the picture above has the same names."""
    return listed(page).get_by_role("row", name=name).first


def listed(page):
    return page.get_by_role("region", name=": noodzakelijk").first


def choose(page, box, option):
    """A list that is open closes when the page is drawn anew, as it is once after the maps have come."""
    wanted = page.get_by_role("option", name=option)

    def opened():
        one = page.get_by_role("combobox", name=box).first
        if one.get_attribute("aria-expanded") != "true":
            one.click()
        settle(page)
        return wanted.count() > 0

    until(page, opened)
    wanted.first.click()


def test_a_visitor_sees_what_is_missing_and_why(page):
    assert "missen ongeveer" in page.locator("h1").inner_text()
    picture = page.get_by_role("region", name=", en voor hoeveel mensen")
    known = picture.get_by_role("row", name="Nultredenwoning").inner_text()
    assert "nodig voor ongeveer" in known and "misschien gemist" in known and "zeker gemist" in known
    assert "misschien gemist" in picture.get_by_role("row").filter(has_text="begrensd").first.inner_text()
    text = row(page, "Nultredenwoning").inner_text()
    assert "Geschat per woning uit bouwlagen" in text and "geschat uit meting" in text
    bounded = row(page, "Begeleiding").inner_text()
    assert "ten hoogste" in bounded and "hooguit 94% van wie het nodig heeft" in bounded
    unknown = row(page, "Alarm of contact").inner_text()
    assert "?" in unknown and "eerst uitzoeken" in unknown and "nodig voor ongeveer" in unknown
    choose(page, "Waarom dit getal?", "Winkels")
    page.get_by_text("Zo rekenen wij").wait_for()


def test_on_a_phone_the_list_is_read_downwards(page):
    page.set_viewport_size({"width": 390, "height": 800})
    box = listed(page)
    box.scroll_into_view_if_needed()
    one = row(page, "Nultredenwoning")
    # It is still a table: a row with a name, and in each cell what it is about.
    assert one.get_by_role("rowheader", name="Nultredenwoning").count() == 1
    cells = one.get_by_role("cell").all_inner_texts()
    titles = ("Mensen zonder", "Naast wat te verwachten is", "Voor wie", "Hoe weten we dit", "Wat te doen")
    assert [text.split("\n")[0].strip() for text in cells] == list(titles)
    fits = "e => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth"
    assert box.evaluate(fits), "de lijst schuift nog opzij"
    page.set_viewport_size({"width": 1400, "height": 900})
    page.get_by_role("columnheader", name="Wat te doen").first.wait_for()
    assert "Wat te doen" not in one.inner_text()


def test_what_the_municipality_gives_changes_the_list(page):
    page.get_by_role("tab", name="Opgeven").click()
    name = page.get_by_role("textbox", name="Uw naam of organisatie")
    name.fill("Wijkteam <b>Noord</b>")
    name.press("Tab")
    page.get_by_test_id("stRadioGroup").get_by_text("knelpunt", exact=True).click()
    page.get_by_role("button", name="Opgeven", exact=True).click()
    page.get_by_role("cell", name="Wijkteam <b>Noord</b>").wait_for(timeout=SLOW)
    page.get_by_role("tab", name="Noodzakelijk").click()
    given = row(page, "Info en advies")
    given.get_by_text("Opgegeven door de gemeente").wait_for(timeout=SLOW)
    assert "?" not in given.inner_text()


def test_who_does_a_job_is_kept(page):
    page.get_by_role("button", name="Wie en wanneer: navragen").click()
    name = page.get_by_role("textbox", name="Uw naam of organisatie").last
    name.fill("Noor")
    name.press("Tab")
    owner = page.get_by_role("textbox", name="Eigenaar")
    owner.fill("Wijkteam Zuid")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Wijkteam Zuid · kies een datum").wait_for(timeout=SLOW)


def test_doorrekenen_is_one_click_away(page):
    page.get_by_role("tab", name="Doorrekenen").click()
    page.get_by_role("link", name="Reken door voor").click()
    page.get_by_text("Het plan is nog leeg").wait_for(timeout=SLOW)
    in_link(page, "gebied=WK990205")
