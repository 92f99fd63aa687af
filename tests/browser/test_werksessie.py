"""A whole Wijkagenda in twee uur in a real browser: the screen that makes it, one wall, six phones, the report."""

from __future__ import annotations

import io
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document

PHONE = {"viewport": {"width": 390, "height": 844}}
WALL = {"viewport": {"width": 1280, "height": 720}}
WHO = (
    ("Anna", "Gemeente", "gemeente"), ("Bert", "Corporatie", "woningcorporaties"), ("", "Thuiszorg", "zorg"),
    ("Dirk", "Welzijn", "welzijn"), ("Els", "", "bewoners"), ("Fien", "", "anderen"),
)  # fmt: skip
SOON = 30_000


@pytest.fixture
def people(new_visitor):
    """``people(count, options) -> pages``: so many browsers of their own; errors in them fail the test."""
    contexts, errors = [], []

    def come(count: int, options: dict) -> list:
        pages = []
        for _ in range(count):
            contexts.append(new_visitor(**options))
            pages.append(contexts[-1].new_page())
            pages[-1].set_default_timeout(SOON)
            pages[-1].on("pageerror", lambda error: errors.append(str(error)))
        return pages

    yield come
    for context in contexts:
        context.close()
    assert errors == []


def make(page, url: str) -> str:
    """Make the session on its screen; gives the link of who leads."""
    page.goto(f"{url}werksessie?gebied=WK990101")
    page.get_by_role("textbox", name="Uw naam of organisatie").fill("Begeleider")
    page.get_by_role("textbox", name="Titel").fill("Avond in de Binnenstad")
    page.get_by_role("button", name="Maak de sessie").click()
    page.get_by_text("De sessie is gemaakt").first.wait_for()
    link = page.get_by_role("link", name="Begeleid deze sessie")
    return urljoin(url, link.get_attribute("href"))


def join(phone, address: str, who: tuple[str, str, str]) -> None:
    naam, organisatie, soort = who
    phone.goto(address)
    phone.get_by_label("Uw naam (mag leeg)").fill(naam)
    phone.get_by_label("Uw organisatie (mag leeg)").fill(organisatie)
    phone.get_by_label(soort, exact=True).check()
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_role("heading", name="U doet mee").wait_for()


def to_step(leader, phones, title: str) -> None:
    leader.get_by_role("button", name="Volgende").or_(
        leader.get_by_role("button", name="Begin")
    ).first.click()
    for page in (leader, *phones):
        page.get_by_role("heading", name=title).first.wait_for()


def shown(leader, wall, text: str) -> None:
    leader.get_by_role("button", name="Toon resultaat").click()
    wall.get_by_text(text).first.wait_for()


def small_letters(wall) -> list[str]:
    """Texts on the wall under 18 pixels."""
    return wall.evaluate(
        """() => [...document.querySelectorAll('.wand *')].filter(e => !e.closest('svg') && [...e.childNodes]
          .some(n => n.nodeType === 3 && n.textContent.trim())).filter(e => parseFloat(getComputedStyle(e).fontSize) < 18)
          .map(e => e.textContent)"""
    )


def test_a_wijkagenda_with_one_wall_and_six_phones_to_the_report(product, people):
    url = product("zaal", base="wwz")
    leader, wall, *phones = *people(1, {}), *people(1, WALL), *people(6, PHONE)
    leader.goto(make(leader, url))
    assert "sleutel" not in leader.url
    here = leader.url.removesuffix("/regie")
    wall.goto(f"{here}/scherm")
    for phone, who in zip(phones, WHO, strict=True):
        join(phone, here, who)
    wall.get_by_text("6 mensen doen mee").wait_for()

    to_step(leader, phones, "Wat zien wij")
    phones[0].locator("img.beeld").wait_for()
    wall.locator("img.beeld").wait_for()
    assert small_letters(wall) == []

    to_step(leader, phones, "Herkent u dit?")
    # Who leads presses while answers come in: the press is not lost.
    leader.get_by_role("button", name="Toon resultaat").hover()
    leader.mouse.down()
    for phone in phones:
        phone.get_by_label("Ja, dit herken ik").first.check()
        phone.get_by_role("button", name="Klaar").wait_for()
    wall.get_by_text("6 van 6 klaar").wait_for()
    leader.mouse.up()
    wall.get_by_text("Ja").first.wait_for()
    assert wall.locator(".overzicht b").first.inner_text() == "6"

    to_step(leader, phones, "Waar beginnen wij?")
    # One is without network for a while: the phone keeps trying, and it counts once.
    phones[1].context.set_offline(True)
    phones[1].get_by_role("button", name="Eén stip meer").first.click()
    phones[1].get_by_text("Nog niet bewaard").wait_for()
    for phone in (phones[0], *phones[2:]):
        phone.get_by_role("button", name="Eén stip meer").first.click()
        phone.get_by_text("U hebt nog 2 van 3").wait_for()
    phones[1].context.set_offline(False)
    phones[1].get_by_text("U hebt nog 2 van 3").wait_for()
    # Another reloads, and is where it was.
    phones[2].reload()
    phones[2].get_by_text("U hebt nog 2 van 3").wait_for()
    shown(leader, wall, "6 van 6 klaar")
    assert wall.locator(".totaal").first.inner_text() == "6"
    assert small_letters(wall) == []
    for page in (wall, phones[0]):
        found = [
            (one["id"], one["nodes"][0]["html"])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert found == []

    to_step(leader, phones, "Wat weet de tafel?")
    phones[3].get_by_label("Knelpunt").first.check()
    leader.locator("summary").nth(0).click()
    leader.get_by_label("Wie weet dit over").first.fill("Wijkteam")
    leader.get_by_role("button", name="Neem over als opgave").first.click()
    leader.get_by_text("is nu een opgave van Wijkteam").wait_for()

    to_step(leader, phones, "Wat komt u halen")
    phones[4].get_by_label("Halen").fill("Een ruimte voor <b>ontmoeting</b>")
    phones[4].get_by_role("button", name="Voeg toe").nth(1).click()
    phones[5].get_by_label("Brengen").fill("Ruimte in het wijkgebouw")
    phones[5].get_by_role("button", name="Voeg toe").nth(2).click()
    shown(leader, wall, "Past misschien bij elkaar")
    assert wall.get_by_text("<b>ontmoeting</b>").count() >= 1

    to_step(leader, phones, "Wat spreken wij af?")
    phones[1].get_by_label("Wat spreken wij af?").fill("Lijst met woningen delen")
    phones[1].get_by_role("button", name="Voeg afspraak toe").click()
    phones[1].get_by_role("button", name="Ik doe dit").click()
    wall.get_by_text("Corporatie ✓").wait_for()

    to_step(leader, phones, "Hebben wij iedereen nog aan boord?")
    phones[0].get_by_label("Ja", exact=True).check()
    phones[0].get_by_role("button", name="Klaar").wait_for()

    with leader.expect_download() as got:
        leader.get_by_role("link", name="DOCX").click()
    with open(got.value.path(), "rb") as file:
        report = Document(io.BytesIO(file.read()))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert {
        "Lijst met woningen delen",
        "Corporatie (bevestigd)",
        "Wijkteam",
        "Ruimte in het wijkgebouw",
    } <= set(cells)
    assert "Anna" not in "".join(cells)
