"""The screen Toekomst as a visitor meets it."""

import pytest
from kijken_hulp import SLOW, in_link


@pytest.fixture
def screen(visit, url):
    page = visit.page
    page.goto(url + "toekomst?onderwerp=mobiliteit_65&dan=2035&scenario=gezonder")
    page.get_by_text("Hoe is dit berekend?").wait_for(timeout=SLOW)
    return page


def test_the_link_opens_year_and_scenario_and_another_choice_changes_the_finding(screen):
    heading = screen.locator("h1")
    assert "Moeite met bewegen, 65 jaar en ouder: van" in heading.inner_text()
    body = screen.locator("body").inner_text()
    assert "In 2035" in body and "geschat" in body and "minder dan in het basisscenario" in body
    # Now and then, each on a map of its own; the frames come last.
    screen.locator("iframe").nth(1).wait_for(timeout=SLOW)
    assert screen.locator("iframe").count() == 2
    screen.get_by_text("Minder gezond oud").click()
    screen.get_by_text("meer dan in het basisscenario").wait_for(timeout=SLOW)
    in_link(screen, "scenario=minder_gezond", "dan=2035")
