"""The wijkprofiel and the wijkagenda on paper: one A4 for every kind of area, in type that can be read."""

import io

import pypdf
import pytest
from kijken_hulp import SLOW, settle

SMALLEST_POINTS = 7.4
AREAS = {
    "wijk": "gebied=GM9901&gekozen=WK990102",
    "buurt": "gebied=GM9901&gekozen=BU99010603",
    "gemeente": "gebied=GM9902",
}
# What the agenda of it is laid beside: a gemeente not beside itself.
BESIDE = {"wijk": "naast de gemeente", "gemeente": "naast Nederland"}


@pytest.mark.parametrize("kind", AREAS)
def test_the_profile_is_one_page(window, url, kind):
    page = window.page
    page.goto(f"{url}wijkprofiel?{AREAS[kind]}")
    page.get_by_text("Het getal onder een cijfer is de marge").wait_for(timeout=SLOW)
    settle(page)
    text = on_one_page(page)
    for words in (
        "Dit is een voorbeeldregio",
        "Wat mist er om thuis te wonen?",
        "Kerncijfers van",
        "Fictief voorbeeld",
    ):
        assert words in text


@pytest.mark.parametrize("kind", ["wijk", "gemeente"])
def test_the_agenda_is_one_page(window, url, kind):
    page = window.page
    page.goto(f"{url}wijkagenda?{AREAS[kind]}")
    page.get_by_role("tab", name="Opgeven").wait_for(timeout=SLOW)
    settle(page)
    finding = page.locator("h1").inner_text()
    text = on_one_page(page)
    for words in (
        "Dit is een voorbeeldregio", finding[:40], "Wat ontbreekt in", "Wat nu te doen is", BESIDE[kind], "Doen", "Navragen",
    ):  # fmt: skip
        assert words in text
    # What can only be pressed stays on the screen.
    assert "Wie en wanneer" not in text and "Neem mee" not in text and "Ctrl+P" not in text


def on_one_page(page):
    """What is printed: one page, in type that can be read."""
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(paper.pages) == 1
    sizes = []

    def measure(text, matrix, place, _font, size):
        if text.strip():
            sizes.append(size * abs(place[3]) * abs(matrix[3]))

    text = paper.pages[0].extract_text(visitor_text=measure)
    assert min(sizes) >= SMALLEST_POINTS
    return text
