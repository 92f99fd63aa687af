"""A test that looks: every screen in app.py, of the example region and of Den Haag, on a desk, a tablet and a phone.

A screen is opened once and then only changes size. Nothing lies over anything else, sticks out or is cut off; a finger
can press what can be pressed, letters can be read, axes say what they are of, the map is in the first screen. The same
elements with the same texts stand at every size; there is nothing for axe to find, and no word of the framework's own
language. The pictures stay in `PICTURES`, to look at.
"""

import ast
import os
import re
from pathlib import Path

import pytest
from kijken_hulp import SLOW, open_screen, settle
from woorden_hulp import file_names, hard_to_read, one_name

from wwz.base.paths import ROOT

DESK, TABLET, PHONE, ZOOMED = "bureau", "tablet", "telefoon", "vergroot"
# The last is a page zoomed to 200% on a small laptop.
SIZES = {DESK: (1400, 900), TABLET: (820, 1180), PHONE: (390, 844), ZOOMED: (683, 384)}
LOOKED_AT = (DESK, TABLET, PHONE)
AXE_AT = {"voorbeeld": (DESK, PHONE), "denhaag": (DESK,)}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# CSS pixels: of what a finger presses, and of the smallest letter; and of screens that one has to scroll through.
FINGER, LETTER, MOST_HEIGHTS = 44, 12, 6
WITH_MAP_FIRST = ("",)
NOTHING = re.compile("^(Geen|Niets|No results)")
# The switch for a room full of people is not on a phone; and of what was pointed at, what it lies in is let go after it.
NOT_ON_PHONE = re.compile("button: (Uitleg bij Projectie|Rondleiding.*|Haal .* weg)")
# Where files are named: what was read, and how one brings them.
WITH_FILES = ("gegevens", "handleiding")
QUERIES = {"voorbeeld": "?gebied=GM9901&gekozen=WK990102", "denhaag": "?gekozen=WK051829"}
PICTURES = Path(os.environ.get("WWZ_BEELDEN") or ROOT / "tests" / "beelden")
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
def place_url(url, request):
    """``place_url(place) -> address`` of the server of that database."""
    return lambda place: url if place == "voorbeeld" else request.getfixturevalue("denhaag_url")


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def page(foreigner):
    at(foreigner, DESK)
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


@pytest.mark.parametrize("place", QUERIES)
@pytest.mark.parametrize("screen", screens())
def test_screen(page, place_url, axe, screen, place):
    open_screen(page, f"{place_url(place)}{screen}{QUERIES[place]}")
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1:visible").count() == 1
    assert page.get_by_text("Fictief", exact=True).first.is_visible() == (place == "voorbeeld")
    assert page.locator("[data-testid=stException]").count() == 0
    seen, found = {}, {}
    for size in SIZES if place == "voorbeeld" else LOOKED_AT:
        at(page, size)
        settle(page)
        keep(page, f"{place}-{screen or 'kaart'}-{size}")
        found |= {f"{what} ({size})": bad for what, bad in looked(page, screen, size).items() if bad}
        if size == PHONE:
            page.evaluate("wwzLook.unfold()")
        seen[size] = page.evaluate("wwzLook.elements()")
        if size in AXE_AT[place]:
            found |= {
                f"axe ({size})": bad for bad in [findings(axe.run(page, options=RULES).response)] if bad
            }
    assert found == {}
    assert len(seen[DESK]) > 2
    for size in seen:
        missing = set(seen[DESK]) - set(seen[size])
        if size in (PHONE, TABLET, ZOOMED):
            missing = {name for name in missing if not NOT_ON_PHONE.fullmatch(name)}
        assert sorted(missing) == [], f"op {size} ontbreekt iets"
    in_frames(page, axe)
    text = page.locator("body").inner_text()
    assert (one_name(text), hard_to_read(text)) == ([], [])
    if screen not in WITH_FILES:
        assert file_names(text) == []
    if place == "voorbeeld":
        assert english(page) == []


def looked(page, screen, size):
    """What is wrong at this size, by what it is."""
    found = {
        "steekt uit": max(0, page.evaluate("wwzLook.sticksOut()")),
        "over elkaar": [bad for frame in page.frames for bad in frame.evaluate("wwzLook.overlaps()")],
        "afgesneden": page.evaluate("wwzLook.cut()"),
        "kleine letters": [
            bad for frame in page.frames for bad in frame.evaluate("(least) => wwzLook.tiny(least)", LETTER)
        ],
        "as zonder naam": page.evaluate("wwzLook.bareAxes()"),
        "as over elkaar": page.evaluate("wwzLook.chartClashes()"),
    }
    if size == DESK:
        levels = page.evaluate("wwzLook.headings()")
        pairs = zip(levels, levels[1:], strict=False)
        found["kopjes"] = [later for earlier, later in pairs if later[0] > earlier[0] + 1]
    if screen in WITH_MAP_FIRST and size in LOOKED_AT:
        found["kaart onder de rand"] = max(0, page.evaluate("wwzLook.mapBelow()") or 0)
    if size in (PHONE, TABLET):
        small = [
            bad
            for frame in (page.frames if size == PHONE else page.frames[:1])
            for bad in frame.evaluate("(least) => wwzLook.smallTargets(least)", FINGER)
        ]
        found["kleiner dan een vinger"] = small
    if size == PHONE:
        found["te lang"] = max(0, page.evaluate("wwzLook.heights()") - MOST_HEIGHTS)
    return found


def keep(page, name):
    """A picture to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=60)


def in_frames(page, axe):
    """axe skips a frame that it was not put into: the map."""
    for frame in page.frames[1:]:
        frame.evaluate(axe.axe_script)
        result = frame.evaluate("rules => axe.run(document, rules)", RULES)
        assert findings(result) == [], frame.url


def english(page):
    """Words on the screen that are not Dutch, also after opening what can be opened."""
    at(page, DESK)
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
