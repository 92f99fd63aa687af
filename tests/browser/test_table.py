"""The tables and charts in a real browser: reading, sorting, searching, choosing, on a phone and on paper."""

import re
import time

import pytest
from kijken_hulp import SLOW, settle

HOSTILE = '<img src=x onerror="window.gehackt=1"> \'t Veld'
ROWS = 14_566
APP = """
from pathlib import Path
import pandas as pd, streamlit as st
from wwz.ui.shared import component
from wwz.ui.shared.charts import age_bars, compare_bars, describe, show_chart
from wwz.ui.shared.table import CSS, Column, Table

st.set_page_config(layout="wide")
# What the server of the product does: the folder that it serves, and the style that its page has.
component.STATIC = Path(__file__).parent / "static"
st.html(f"<style>{CSS}</style>")
n = range(ROWS)
frame = pd.DataFrame({"gebied": ["BU%05d" % i for i in n], "naam": ["Buurt %d" % i for i in n],
    "gemeente": ["Gemeente %d" % (i % 342) for i in n], "inwoners": [float(i * 7919 % 20011) for i in n],
    "soort": [("gepubliceerd 2020", "geschat", "opgegeven", "aanname")[i % 4] for i in n],
    "rang": [i % 3 for i in n], "vertrouwen": [("hoog", "matig", "laag")[i % 3] for i in n]})
frame.loc[0, "naam"] = HOSTILE
frame.loc[1, "naam"] = "Ängelslo-Café"
special = {5: 900.0, 6: None, 7: 20_000.0, 8: None, 9: 1_000.0, 10: 0.0}
for row, value in special.items():
    frame.loc[row, ["gemeente", "inwoners"]] = ["Zandstad", value]
frame["tekst"] = [None if pd.isna(v) else f"{v:,.0f}".replace(",", ".") for v in frame["inwoners"]]
frame.loc[8, "tekst"] = "<10"
frame["marge"] = "ruim"
columns = [Column("naam", "Buurt"), Column("gemeente", "Gemeente"),
    Column("inwoners", "Inwoners", help="Mensen die er wonen.", text_field="tekst", kind="number", sub_field="marge"),
    Column("inwoners", "Nog eens", text_field="tekst", kind="number"),
    Column("inwoners", "En weer", text_field="tekst", kind="number"),
    Column("inwoners", "Laatste keer", text_field="tekst", kind="number"),
    Column("rang", "Betrouwbaarheid", text_field="vertrouwen", kind="tag"),
    Column("soort", "Hoe weten we dit", kind="tag")]


@st.fragment
def part():
    state = st.session_state
    if st.button("kies elders"):
        state.gekozen = "BU00777"
    st.button("ververs")

    def pick(got):
        state.gekozen, state.keren = got, state.get("keren", 0) + 1

    Table(frame, columns, "Inwoners per buurt, 2025").sortable("groot", selected=state.get("gekozen"), on_pick=pick)
    st.write("gekozen=%s keren=%s" % (state.get("gekozen"), state.get("keren", 0)))


part()
rows = [{"groep": "Noodzakelijk", "naam": HOSTILE, "mensen": 1610, "marge": "480–760", "soort": "geschat"},
    {"groep": "Zeer wenselijk", "naam": "Dagstructuur", "mensen": None, "marge": "tot 90", "soort": "onbekend"}]
Table(rows, [Column("naam", "Randvoorwaarde"), Column("mensen", "Mensen", kind="number", sub_field="marge"),
    Column("soort", "Hoe weten we dit", kind="tag")], "Wat mist Moerwijk?").short(group_field="groep")
Table(frame.head(8), columns[:2], "Klein").sortable("klein", rows_per_page=5)
Table(frame.head(0), columns[:2], "Leeg").sortable("leeg")
areas = pd.DataFrame({"naam": [HOSTILE, "vergelijkbare wijken buiten de vier grote steden", "Nederland"],
    "waarde": [1522.0, 1219.0, None], "onder": [1420.0, 1180.0, None], "boven": [1624.0, 1301.0, None],
    "tekst": ["1.522", "1.219", None], "accent": [True, False, False]})
show_chart(compare_bars(areas, "mensen", "Vergeleken"), describe(areas, "mensen"), key="vergeleken")
ages = pd.DataFrame({"naam": "Zandstad", "groep": ["0–17 jaar", "18–64 jaar", "65 jaar en ouder"],
    "waarde": [20, 60, 20], "tekst": ["20%", "60%", "20%"]})
show_chart(age_bars(ages, "Leeftijd"), "Leeftijden in Zandstad.", key="leeftijd")
"""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
SIZES = [{"width": 1400, "height": 900}, {"width": 390, "height": 800}]


@pytest.fixture(scope="module")
def address(part_of_a_page):
    return part_of_a_page("tabel", APP.replace("HOSTILE", repr(HOSTILE)).replace("ROWS", str(ROWS)))


class Screen:
    """What a visitor sees and does with the large table."""

    def __init__(self, visit, address):
        self.visit, self.page = visit, visit.page
        self.received: list[int] = []
        self.page.on(
            "websocket", lambda ws: ws.on("framereceived", lambda data: self.received.append(len(data)))
        )
        self.page.goto(address)
        self.table = self.part("Inwoners per buurt, 2025")
        # The charts come last: until they are there, the first run is still being received.
        self.page.locator(".js-plotly-plot").nth(1).wait_for(timeout=SLOW)
        settle(self.page)

    def part(self, caption):
        return self.page.locator(".wwz-table").filter(has=self.page.locator("caption", has_text=caption))

    def sort(self, title):
        self.table.get_by_role("button", name=title, exact=True).click()

    def search(self, text):
        self.table.get_by_label("Zoek in de tabel").fill(text)

    def column(self, place):
        cells = self.table.locator(f"tbody tr > :nth-child({place})").all_inner_texts()
        return [text.split("\n")[0] for text in cells]

    def status(self):
        return self.table.get_by_role("status").inner_text()

    def asked(self):
        """How often the server was asked something."""
        return self.page.evaluate("window.wwzAsked")

    def choices(self):
        """How often it heard of a choice."""
        return int(self.page.get_by_text(re.compile("^gekozen=.* keren=")).inner_text().split("=")[-1])

    def says(self, code, choices):
        self.page.get_by_text(f"gekozen={code} keren={choices}", exact=True).wait_for(timeout=SLOW)


@pytest.fixture(scope="module")
def looking(open_page, address):
    visit = open_page()
    yield Screen(visit, address)
    visit.close()


@pytest.fixture
def seen(looking):
    """A page that tests share, each time as it was when it opened but for the order of the rows: who asks that, says so."""
    yield looking
    page = looking.page
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.mouse.move(0, 0)
    looking.search("")
    for box in page.locator(".wwz-scroll").all():
        box.evaluate("one => one.scrollTo(0, 0)")
    looking.visit.check()


@pytest.fixture(scope="module")
def choosing(open_page, address):
    visit = open_page()
    yield Screen(visit, address)
    visit.close()


@pytest.fixture
def screen(choosing):
    """A page that tests share which choose a row; its order stays as it was given."""
    yield choosing
    choosing.page.set_viewport_size({"width": 1400, "height": 900})
    choosing.search("")
    choosing.visit.check()


def test_sorts_by_value_with_missing_last_both_ways(seen):
    seen.search("zandstad")
    seen.sort("Inwoners")
    assert seen.table.locator("th", has_text="Inwoners").get_attribute("aria-sort") == "descending"
    assert seen.column(3) == ["20.000", "1.000", "900", "0", "onbekend", "<10"]
    seen.sort("Inwoners")
    assert seen.table.locator("th", has_text="Inwoners").get_attribute("aria-sort") == "ascending"
    assert seen.column(3) == ["0", "900", "1.000", "20.000", "onbekend", "<10"]
    assert seen.table.locator("[aria-sort=none]").count() == 7


def test_sorts_names_the_dutch_way_and_tags_by_rank(seen):
    seen.sort("Buurt")
    assert seen.column(1)[:4] == [HOSTILE, "Ängelslo-Café", "Buurt 2", "Buurt 3"]
    seen.sort("Betrouwbaarheid")
    assert set(seen.column(7)) == {"hoog"}


def test_pages_hold_a_few_rows_of_many_and_are_quick(seen):
    assert seen.status() == "Rijen 1–50 van 14.566"
    assert seen.table.locator("tbody tr").count() == 50
    forth, back = (seen.table.get_by_role("button", name=name) for name in ("Volgende", "Vorige"))
    assert back.get_attribute("aria-disabled") == "true"
    forth.focus()
    seen.page.keyboard.press("Enter")
    assert seen.status() == "Rijen 51–100 van 14.566"
    assert forth.evaluate("one => one.getRootNode().activeElement === one")
    back.click()
    back.click(force=True)  # says it is disabled, but stays a button
    assert seen.status() == "Rijen 1–50 van 14.566"
    start = time.monotonic()
    seen.sort("Gemeente")
    seen.table.locator("th[aria-sort=ascending]").wait_for()
    assert time.monotonic() - start < 2


def test_search_ignores_accents_and_is_not_taken_for_a_shortcut(seen):
    box = seen.table.get_by_label("Zoek in de tabel")
    before = seen.asked()
    box.click()
    seen.page.keyboard.type("rc cafe")
    assert seen.status() == "Geen rijen"
    assert "Geen rijen gevonden" in seen.table.locator("tbody").inner_text()
    box.fill("")
    seen.page.keyboard.type("angelslo-c")
    assert seen.status() == "Rijen 1–1 van 1 gevonden rijen"
    assert seen.column(1) == ["Ängelslo-Café"]
    # A shortcut asks something of the server, or opens a dialog.
    settle(seen.page)
    assert seen.page.get_by_role("dialog").count() == 0
    assert seen.asked() == before


def test_a_choice_arrives_once_and_is_marked(screen):
    before = screen.choices()
    # Sought, because another page may be in view.
    screen.search("buurt 4")
    screen.table.get_by_role("button", name="Buurt 4", exact=True).click()
    screen.says("BU00004", before + 1)
    screen.page.get_by_role("button", name="ververs").click()
    settle(screen.page)
    screen.says("BU00004", before + 1)
    assert screen.table.locator(".wwz-selected").all_inner_texts()[0].startswith("Buurt 4")
    screen.search("buurt 3")
    screen.table.get_by_role("button", name="Buurt 3", exact=True).focus()
    screen.page.keyboard.press("Enter")
    screen.says("BU00003", before + 2)
    current = screen.table.locator("[aria-current=true]")
    assert current.all_inner_texts() == ["Buurt 3"]
    assert current.evaluate("one => one.getRootNode().activeElement === one")


def test_a_choice_elsewhere_turns_the_page_without_sending_the_rows_again(screen):
    before = screen.choices()
    screen.received.clear()
    screen.page.get_by_role("button", name="kies elders").click()
    screen.says("BU00777", before)
    screen.table.locator(".wwz-selected").filter(has_text="Buurt 777").wait_for()
    assert screen.status() == "Rijen 751–800 van 14.566"
    line, box = (
        screen.table.locator(".wwz-selected").bounding_box(),
        screen.table.locator(".wwz-scroll").bounding_box(),
    )
    assert box["y"] < line["y"] < box["y"] + box["height"]
    # The rows are 1.9 MB and the script of the table 18 kB; a mark needs neither.
    assert sum(screen.received) < 8_000


def test_names_are_text_and_never_markup(seen):
    seen.search("img src")
    assert seen.column(1) == [HOSTILE]
    assert HOSTILE in seen.part("Wat mist Moerwijk?").inner_text()
    assert seen.page.locator("img[src=x]").count() == 0
    assert seen.page.evaluate("window.gehackt") is None


def test_small_and_empty_tables(seen):
    small, empty = seen.part("Klein"), seen.part("Leeg")
    assert not small.get_by_label("Zoek in de tabel").is_visible()
    assert small.get_by_role("status").inner_text() == "Rijen 1–5 van 8"
    assert "Er zijn hier geen gegevens." in empty.inner_text()
    assert not empty.get_by_role("button", name="Volgende").is_visible()


def test_structure_for_screen_readers(seen):
    table = seen.page.get_by_role("table", name="Inwoners per buurt, 2025")
    assert table.count() == 1
    assert table.get_by_role("columnheader").count() == 8
    assert table.get_by_role("rowheader").count() == 50
    assert table.evaluate("one => one.closest('[lang]').lang") == "nl"
    short = seen.page.get_by_role("table", name="Wat mist Moerwijk?")
    assert short.locator("th[scope=rowgroup]").all_inner_texts() == ["Noodzakelijk", "Zeer wenselijk"]
    assert short.locator("th[scope=row]").count() == 2
    assert short.locator("td").first.inner_text().split() == ["1.610", "480–760"]


def test_passes_wcag(screen):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    before = screen.choices()
    screen.search("buurt 4")
    screen.table.get_by_role("button", name="Buurt 4", exact=True).click()
    screen.says("BU00004", before + 1)
    screen.table.get_by_text("Uitleg bij de kolommen").click()
    for size in SIZES:
        screen.page.set_viewport_size(size)
        settle(screen.page)
        result = axe.run(screen.page, options=WCAG).response
        assert [
            (found["id"], [node["target"] for node in found["nodes"]]) for found in result["violations"]
        ] == [], size
        checked = {
            node["target"][0][-1]
            for rule in result["passes"]
            for node in rule["nodes"]
            if len(node["target"][0]) > 1
        }
        assert any("caption" in target or "th" in target for target in checked), (
            "axe did not look inside the table"
        )


def test_on_a_phone_rows_are_cards_that_are_sorted_and_turned(seen):
    seen.page.set_viewport_size({"width": 390, "height": 800})
    seen.page.wait_for_function("document.documentElement.scrollWidth <= 390", timeout=SLOW)
    assert seen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    box, cards = seen.table.locator(".wwz-scroll"), seen.table.locator("tbody tr")
    assert box.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    # The rows become cards a moment after the window is narrow.
    cards.nth(3).wait_for(state="detached", timeout=SLOW)
    # Each line says what it is, to the eye and to who listens.
    assert cards.count() == 3 and cards.first.get_by_role("cell").count() == 7
    assert cards.first.inner_text().split("\n")[3:5] == ["Inwoners", "0"]
    seen.table.get_by_label("Volgorde").select_option("Inwoners")
    assert cards.first.inner_text().split("\n")[4] == "20.005"
    seen.table.get_by_label("Volgorde").select_option("zoals in de bron")
    seen.table.get_by_role("button", name="Volgende").click()
    assert seen.status() == "Rijen 4–6 van 14.566"


def test_keyboard_focus_is_visible(seen):
    seen.table.get_by_label("Zoek in de tabel").focus()
    looks = []
    for _ in range(12):
        seen.page.keyboard.press("Tab")
        looks.append(
            seen.page.evaluate(
                "(() => { let one = document.activeElement; while (one.shadowRoot) one = one.shadowRoot.activeElement;"
                " const look = getComputedStyle(one);"
                " return [one.innerText.slice(0, 20), look.outlineStyle, look.outlineWidth]; })()"
            )
        )
    assert {tuple(look) for _, *look in looks} == {("solid", "3px")}
    assert [text.split("\n")[0] for text, *_ in looks[1:3]] == ["Buurt", "Gemeente"]


def test_on_paper_a_short_table_is_whole_and_without_controls(seen):
    small = seen.part("Klein")
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert small.locator("tbody tr").count() == 8
    assert small.get_by_role("status").inner_text() == "Rijen 1–8 van 8"
    assert seen.table.locator("tbody tr").count() == 50
    assert not seen.table.get_by_label("Zoek in de tabel").is_visible()
    assert not seen.table.get_by_text("Volgende").is_visible()
    assert seen.table.locator(".wwz-scroll").evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert small.locator("tbody tr").count() == 5


def test_no_english(seen):
    texts = " ".join(seen.page.locator(".wwz-table").all_inner_texts()).lower()
    assert not re.search(r"\b(search|next|previous|rows|sort|of|nan|none|null|undefined|true|false)\b", texts)


def test_charts_fit_a_narrow_phone_and_speak_dutch(seen):
    page = seen.page
    page.set_viewport_size({"width": 320, "height": 800})
    charts = page.locator(".js-plotly-plot")
    charts.nth(1).locator(".barlayer path").first.wait_for()
    page.wait_for_function(
        "[...document.querySelectorAll('.js-plotly-plot .main-svg')].every(one => one.getBoundingClientRect().right <= 320)",
        timeout=SLOW,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for place in range(2):
        frame = charts.nth(place).bounding_box()
        for text in charts.nth(place).locator("text").all():
            box = text.bounding_box()
            assert box is None or (
                frame["x"] - 1 <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
            )
    assert page.locator(".modebar-btn").count() == 0
    figure = page.get_by_role("figure").first
    assert "(tussen 1.420 en 1.624 mensen)" in figure.get_attribute("aria-label")
    bar = charts.first.locator(".barlayer .trace").nth(1).locator("path").first
    bar.hover(force=True)
    charts.first.locator(".hovertext").wait_for()
    assert "tussen 1.420 en 1.624" in charts.first.locator(".hovertext").text_content()
    words = " ".join(charts.all_text_contents()).lower()
    assert not re.search(r"\b(zoom|reset|download|autoscale|double|nan|none|undefined|trace)\b", words)
