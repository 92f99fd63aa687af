"""The wijkprofiel on paper: one A4 for every kind of area, in type that can be read."""

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


@pytest.mark.parametrize("kind", AREAS)
def test_the_profile_is_one_page(window, url, kind):
    page = window.page
    page.goto(f"{url}wijkprofiel?{AREAS[kind]}")
    page.get_by_text("Het getal onder een cijfer is de marge").wait_for(timeout=SLOW)
    settle(page)
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(paper.pages) == 1
    sizes = []

    def measure(text, matrix, place, _font, size):
        if text.strip():
            sizes.append(size * abs(place[3]) * abs(matrix[3]))

    text = paper.pages[0].extract_text(visitor_text=measure)
    for words in (
        "Dit is een voorbeeldregio",
        "Wat mist er om thuis te wonen?",
        "Kerncijfers van",
        "Fictief voorbeeld",
    ):
        assert words in text
    assert min(sizes) >= SMALLEST_POINTS
