"""The screen Regio as a visitor meets it."""

import io

import pytest
from docx import Document
from kijken_hulp import SLOW, in_link, open_screen, settle


@pytest.fixture
def screen(visit, url):
    open_screen(visit.page, url + "regio?groep=uitstroom")
    return visit.page


def test_another_key_changes_the_finding_the_link_and_the_report(screen):
    heading = screen.locator("h1")
    assert "Duinmonde huisvest 65 uitstromers uit een instelling meer dan haar deel" in heading.inner_text()
    screen.get_by_role("combobox", name="Verdeelsleutel").click()
    screen.get_by_role("option", name="Corporatiewoningen").click()
    screen.get_by_text("Duinmonde huisvest 36 uitstromers").first.wait_for(timeout=SLOW)
    in_link(screen, "/regio", "sleutel=corporatie")
    body = screen.locator("body").inner_text()
    assert (
        "Maakt de sleutel veel uit?" in body
        and "Bij elke sleutel geeft Duinmonde en nemen de andere." in body
    )
    screen.get_by_role("tab", name="Woonzorganalyse").click()
    screen.get_by_text("Overal dezelfde definities").wait_for(timeout=SLOW)
    settle(screen)
    with screen.expect_download(timeout=SLOW) as taken:
        screen.get_by_role("button", name="Word", exact=True).click()
    with open(taken.value.path(), "rb") as file:
        document = Document(io.BytesIO(file.read()))
    assert taken.value.suggested_filename == "regio-voorbeeld-woonzorganalyse.docx"
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Duinmonde", "214", "178", "+36", "ja"] in cells


def test_it_reads_on_a_phone_and_a_small_number_is_only_seen_with_another(visit, url):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    open_screen(page, url + "regio?groep=urgent")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    body = page.locator("body").inner_text()
    assert "Kolkerwaard en Zuiderkaag" in body and "24" in body
