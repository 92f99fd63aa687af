"""Every screen in app.py, at the sizes of a laptop, a projector, a page zoomed to 200% and a phone.

Screens are compared by structure: the same elements with the same texts at every size, nothing over anything else,
nothing sticking out, nothing for axe to find, and no word of the framework's own language.
"""

import ast
import re
from pathlib import Path

import pytest
from kijken_hulp import SLOW, open_screen, settle
from woorden_hulp import one_name

from wwz.base.paths import ROOT

SIZES = {"laptop": (1366, 768), "projector": (1280, 720), "zoom": (683, 384), "telefoon": (390, 844)}
AXE_AT = ("laptop", "telefoon")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
NOTHING = re.compile("^(Geen|Niets|No results)")
# The switch for a room full of people is not on a phone.
NOT_ON_PHONE = {"button: Uitleg bij Projectie"}
QUERY = "?gebied=GM9901&gekozen=WK990102"
LOOK = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
# Words that cannot be Dutch. "of", "open", "stop", "menu", "per", "is" and "download" can be.
ENGLISH = re.compile(
    r"\b(the|and|are|with|your|you|this|please|choose|select|selected|search|results?|options?|clear|close|upload|browse|drag|"
    r"drop|here|limit|fullscreen|add|remove|delete|rows?|columns?|next|previous|page|month|week|year|date|time|loading|running|"
    r"rerun|settings|error|view|show|hide|increment|decrement|increase|decrease|press|enter to|apply|submit|sidebar|more|less|"
    r"none|null|undefined|nan|true|false|values?|sort|ascending|descending|autosize|pin|help|logged|connecting|failed|empty)\b",
    re.IGNORECASE,
)


def screens() -> list[str]:
    """Addresses of all pages of the product, the first page as an empty text."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Page"
    ]
    first = [call for call in calls if any(word.arg == "default" for word in call.keywords)]
    return ["" if call in first else Path(call.args[0].value).stem for call in calls]


@pytest.fixture(scope="module")
def foreigner(new_visitor):
    """One window for all screens, of a visitor whose browser is not Dutch: the product is."""
    context = new_visitor(locale="en-US")
    context.add_init_script(LOOK)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def page(foreigner):
    at(foreigner, "laptop")
    yield foreigner
    assert foreigner.faults == []


def at(page, size):
    wide, high = SIZES[size]
    page.set_viewport_size({"width": wide, "height": high})


def findings(result):
    return [
        (
            rule["id"],
            rule["impact"],
            [node["target"] for node in rule["nodes"]][:3],
            rule["nodes"][0]["html"][:160],
        )
        for rule in result["violations"]
    ]


@pytest.mark.parametrize("screen", screens())
def test_screen(page, url, axe, screen):
    open_screen(page, f"{url}{screen}{QUERY}")
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1:visible").count() == 1
    assert page.get_by_text("Fictief", exact=True).first.is_visible()
    assert page.locator("[data-testid=stException]").count() == 0
    seen = {}
    for size in SIZES:
        at(page, size)
        settle(page)
        assert page.evaluate("wwzLook.sticksOut()") <= 0, size
        assert page.evaluate("wwzLook.overlaps()") == [], size
        seen[size] = page.evaluate("wwzLook.elements()")
        if size in AXE_AT:
            assert findings(axe.run(page, options=RULES).response) == [], size
    assert len(seen["laptop"]) > 2
    for size in SIZES:
        missing = set(seen["laptop"]) - set(seen[size]) - (NOT_ON_PHONE if size == "telefoon" else set())
        assert sorted(missing) == [], f"op {size} ontbreekt iets"
    in_frames(page, axe)
    assert one_name(page.locator("body").inner_text()) == []
    assert english(page) == []


def in_frames(page, axe):
    """axe skips a frame that it was not put into: the map."""
    for frame in page.frames[1:]:
        frame.evaluate(axe.axe_script)
        result = frame.evaluate("rules => axe.run(document, rules)", RULES)
        assert findings(result) == [], frame.url


def english(page):
    """Words on the screen that are not Dutch, also after opening what can be opened."""
    at(page, "laptop")
    words = set(page.evaluate("wwzLook.words()"))
    # The boxes themselves: an open list hides the others from readers, so that they have no role for a while.
    for box in page.get_by_role("combobox").element_handles()[:4]:
        if not box.is_visible():
            continue
        box.click()
        words |= set(page.evaluate("wwzLook.words()"))
        if box.is_editable():
            page.keyboard.type("qqzz")
            # Every list says it when there is nothing like that.
            page.get_by_text(NOTHING).filter(visible=True).first.wait_for(timeout=SLOW)
            words |= set(page.evaluate("wwzLook.words()"))
        page.keyboard.press("Escape")
    return [text for text in words if ENGLISH.search(text)]


def test_the_list_of_words_can_fail(page):
    page.goto("about:blank")
    page.set_content("<main data-testid=stMain><h1>Kaart</h1><button aria-label='Clear all'></button></main>")
    page.evaluate(LOOK)
    assert english(page) == ["Clear all"]


def test_the_search_for_overlaps_can_fail(page):
    page.goto("about:blank")
    page.set_content(
        "<main data-testid=stMain><p>Een zin</p><p style='margin-top:-30px'>Een andere zin</p></main>"
    )
    page.evaluate(LOOK)
    assert page.evaluate("wwzLook.overlaps()") == ["Een zin | Een andere zin"]
