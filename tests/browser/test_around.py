"""What stands around every screen: links past the menu, the button that copies the link, the first explanation; and the menu of a phone."""

import pytest
from kijken_hulp import SLOW, open_screen
from playwright.sync_api import expect

from wwz.base.paths import ROOT

# So many presses of Tab bring one to anything that matters.
MOST_TABS = 25
PHONE = {"width": 390, "height": 844}
FOCUSED = """() => { let one = document.activeElement; while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const round = one.closest(".veld") ? getComputedStyle(one.closest(".veld")).boxShadow !== "none" : false;
  return { name: one.localName, text: (one.innerText || one.getAttribute("aria-label") || one.title || "").trim().slice(0, 40),
    role: one.getAttribute("role"), marked: one.localName === "iframe" || round || style.outlineStyle !== "none" || style.boxShadow !== "none", top: box.top }; }"""


def test_the_keyboard_is_past_the_menu_in_a_few_presses_and_always_sees_where_it_is(visit, url):
    page = visit.page
    open_screen(page, f"{url}wijkprofiel?gebied=GM9901&gekozen=WK990102")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_be_focused()
    open_screen(page, f"{url}?gebied=GM9901&gekozen=WK990102")
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert [one for one in seen if not one["marked"]] == []
    texts = [one["text"] for one in seen]
    assert {"Naar de kaart", "Naar het gebied", "Kaart", "Wijkagenda"} <= set(texts)
    assert any("Deel" in text for text in texts) and "combobox" in {one["role"] for one in seen}


def test_the_link_is_copied_or_shown_to_copy(visit, url):
    page = visit.page
    open_screen(page, f"{url}toegankelijkheid?gebied=GM9902")
    # A browser that does not let us, or a connection that is not safe.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('nee')); }")
    page.get_by_role("button", name="Deel dit scherm").click()
    field = page.get_by_label("Link naar dit scherm")
    expect(field).to_have_value(page.url)
    expect(field).to_be_focused()
    assert field.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd) === one.value")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.gekopieerd = text; }; }")
    page.get_by_role("button", name="Deel dit scherm").click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    assert page.evaluate("window.gekopieerd") == page.url


def test_the_explanation_shrinks_once_this_browser_has_used_a_screen(visit, url):
    page = visit.page
    open_screen(page, url)
    page.get_by_role("button", name="Begrepen").wait_for(timeout=SLOW)
    page.locator("[data-testid=stRadio] label").filter(has_text="Horen").first.click()
    page.locator("h1").filter(has_text="moeite met horen").wait_for(timeout=SLOW)
    open_screen(page, url)
    expect(page.get_by_role("button", name="Begrepen")).to_have_count(0)
    expect(page.get_by_text("Zo werkt het, in drie stappen")).to_have_count(1)


def test_a_phone_has_a_menu_that_says_so_and_a_finger_can_press_what_is_in_it(visit, url):
    page = visit.page
    page.set_viewport_size(PHONE)
    open_screen(page, f"{url}toegankelijkheid")
    menu = page.get_by_role("button", name="Menu", exact=True)
    assert menu.evaluate("(one) => getComputedStyle(one, '::after').content") == '"Menu"'
    menu.click()
    links = page.locator("[data-testid=stSidebarNavLink]")
    links.first.wait_for(timeout=SLOW)
    sizes = links.evaluate_all(
        "(all) => all.map((one) => [one.innerText, one.getBoundingClientRect().height])"
    )
    assert (
        len(sizes) == len(list((ROOT / "pages").glob("*.py")))
        and [one for one in sizes if one[1] < 43.5] == []
    )
    page.get_by_role("link", name="Toekomst", exact=True).click()
    page.locator("h1").filter(has_text="75 jaar en ouder").wait_for(timeout=SLOW)


@pytest.mark.parametrize(
    ("text", "said"), [("0101", "buurt in"), ("9999 ZZ", "Postcode 9999 ZZ bestaat niet in deze gegevens.")]
)
def test_a_postcode_finds_its_buurten(visit, url, text, said):
    page = visit.page
    open_screen(page, f"{url}toegankelijkheid")
    page.get_by_role("combobox", name="Gebied").fill(text)
    page.get_by_text(said).first.wait_for(timeout=SLOW)
