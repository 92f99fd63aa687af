"""The map in a real browser: colours, clicks, switching in place, privacy."""

import re
import textwrap

import pytest
from kijken_hulp import ACCENT, SLOW, close, map_box, map_frame, picture, settle, until

# Nine squares around Utrecht; the app below gives each a class, so the tests know every colour by themselves.
WEST, SOUTH, SIDE = 5.10, 52.05, 0.02
RED, GREEN, BLUE = (226, 26, 28), (51, 160, 44), (31, 120, 180)
LAYER_A = [RED, GREEN, BLUE, RED, None, BLUE, RED, GREEN, BLUE]
HOSTILE = '<img src=x onerror="window.top.gehackt=1;window.gehackt=1">'

APP = """
from pathlib import Path
import geopandas as gpd, numpy as np, pandas as pd, streamlit as st
from shapely.geometry import box
from wwz.maps.assets import install_assets
from wwz.maps.geometry import write_geometry
from wwz.ui.shared.kaart import MapLayer, Outline, Points, Position, show_map

STATIC = Path(__file__).parent / "static"
W, S, D = 5.10, 52.05, 0.02
install_assets(STATIC)
squares = [box(W + i * D, S + j * D, W + (i + 1) * D, S + (j + 1) * D) for j in range(3) for i in range(3)]
names = ["Buurt %d" % n for n in range(8)] + [HOSTILE]
buurten = gpd.GeoDataFrame({"code": ["BU%d" % n for n in range(9)], "naam": names}, geometry=squares, crs=4326)
wijken = gpd.GeoDataFrame({"code": ["WK0", "WK1"], "naam": ["West", "Oost"]}, crs=4326,
    geometry=[box(W, S, W + D, S + 3 * D), box(W + D, S, W + 3 * D, S + 3 * D)])
small, large = write_geometry(buurten, STATIC, "buurten"), write_geometry(wijken, STATIC, "wijken")
colours, labels = ("#E21A1C", "#33A02C", "#1F78B4"), ("laag", "midden", "hoog")
LAYERS = {"A": [0, 1, 2, 0, -1, 2, 0, 1, 2], "B": [1, 2, 0, 1, 0, 0, 1, 2, 0]}


@st.fragment
def kaart():
    name = st.radio("laag", ["A", "B", "wijken"], horizontal=True)
    shops = pd.DataFrame({"lat": [S + D / 4], "lon": [W + 2.5 * D], "naam": ["Bakker"]})
    points = [Points("winkel", "Winkel", "#FF00FF", shops)] if st.checkbox("punten") else []
    # A page that asks the same place again asks nothing new.
    for place, lat in (("spring", 52.08), ("spring elders", 52.09)):
        if st.button(place):
            st.session_state.pos = Position(lat, 5.13, 14)
    if name == "wijken":
        layer = MapLayer(large, np.array([0, 2]), colours, labels, "wijken")
    else:
        layer = MapLayer(small, np.array(LAYERS[name]), colours, labels, "laag " + name)
    def kies(code):
        st.session_state.gekozen = [code]
        st.session_state.runs = 0

    st.session_state.runs = st.session_state.get("runs", 0) + 1
    event = show_map(layer, outlines=[Outline(large, "#000000", 2)], points=points, height=500, key="k",
        selected=st.session_state.get("gekozen", []), position=st.session_state.get("pos"),
        attribution="Grenzen: <b>test</b>", on_click=kies)
    st.session_state.pos = event.position
    if event.clicked:
        st.write("net geklikt op " + event.clicked + " in run %d" % st.session_state.runs)
    st.write("gekozen=" + ",".join(st.session_state.get("gekozen", [])))
    st.write("positie=%s" % (event.position,))


kaart()
"""


class Screen:
    """What a visitor sees and does."""

    def __init__(self, visit, address):
        self.visit, self.page = visit, visit.page
        self.page.goto(address)
        self.frame, self.map = map_frame(self.page), map_box(self.page)
        self.wait_for_layer("laag A")

    def wait_for_layer(self, title):
        self.frame.locator(f"#map_div[data-laag*='{title}']").wait_for(timeout=SLOW)
        settle(self.page)

    def choose(self, name):
        self.page.locator("[data-testid=stRadio] label").filter(has_text=re.compile(f"^{name}$")).click()
        self.wait_for_layer(name if name == "wijken" else f"laag {name}")

    def start_again(self):
        """As it was when it opened, but for what is chosen."""
        self.page.set_viewport_size({"width": 1400, "height": 900})
        self.choose("A")
        box = self.page.get_by_role("checkbox", name="punten")
        if box.is_checked():
            self.points()
        self.frame.get_by_role("button", name="Toon het hele gebied").click()
        self.page.mouse.move(0, 0)
        self.says("positie=None")
        settle(self.page)

    def points(self):
        """Put the points on, or take them off."""
        self.page.locator("[data-testid=stCheckbox] label").click()
        settle(self.page)

    def run(self, script, *args):
        return self.map.evaluate(f"(box, args) => {{ {textwrap.dedent(script)} }}", list(args))

    def place(self, column, row):
        """Pixel of a place in the map; columns and rows of squares, from the south-west."""
        at = [SOUTH + row * SIDE, WEST + column * SIDE]
        return self.run("const p = map_div.latLngToContainerPoint(args); return [p.x, p.y];", *at)

    def colour(self, column, row):
        return picture(self.map).getpixel(tuple(round(part) for part in self.place(column, row)))

    def turns(self, column, row, colour):
        """The place gets this colour."""
        until(self.page, lambda: close(self.colour(column, row), colour))

    def click(self, column, row):
        x, y = self.place(column, row)
        self.map.click(position={"x": x, "y": y})

    def hover(self, column, row):
        x, y = self.place(column, row)
        self.map.hover(position={"x": x - 3, "y": y})
        self.map.hover(position={"x": x, "y": y})
        self.frame.locator(".leaflet-tooltip").wait_for()
        return self.frame.locator(".leaflet-tooltip")

    def says(self, text):
        self.page.get_by_text(text, exact=True).wait_for(timeout=SLOW)

    def view(self):
        return self.run("const c = map_div.getCenter(); return [c.lat, c.lng, map_div.getZoom()];")


@pytest.fixture(scope="module")
def shared(open_page, part_of_a_page):
    visit = open_page()
    yield Screen(visit, part_of_a_page("kaart", APP.replace("HOSTILE", repr(HOSTILE))))
    visit.close()


@pytest.fixture
def screen(shared):
    shared.start_again()
    yield shared
    shared.visit.check()


def test_every_area_has_the_colour_of_its_class(screen):
    image = picture(screen.map)
    for index, expected in enumerate(LAYER_A):
        seen = image.getpixel(tuple(map(round, screen.place(index % 3 + 0.4, index // 3 + 0.4))))
        if expected:
            assert close(seen, expected), f"area {index}"
        else:
            assert not any(close(seen, colour) for colour in (RED, GREEN, BLUE))


def test_a_missing_area_is_hatched(screen):
    x, y = (round(part) for part in screen.place(1.5, 1.5))
    patch = picture(screen.map).crop((x - 10, y - 10, x + 10, y + 10))
    tones = sorted(sum(pixel) for pixel in patch.get_flattened_data())
    assert tones[-20] - tones[20] > 60


def test_a_click_gives_the_code_and_outlines_the_area(screen):
    screen.click(1.5, 0.5)
    screen.says("gekozen=BU1")
    screen.says("net geklikt op BU1 in run 1")
    screen.turns(1.5, 0, ACCENT)
    assert not close(screen.colour(0.5, 0), ACCENT)
    screen.click(0.5, 1.5)
    screen.says("gekozen=BU3")


def test_a_click_does_not_scroll_the_page(screen):
    # Part of the map is below the fold: a jump at mouse down would make the click land on a neighbour.
    screen.page.set_viewport_size({"width": 1400, "height": 560})
    settle(screen.page)
    frame = screen.page.locator("iframe[title^='Kaart']")
    before = frame.bounding_box()
    assert before["y"] + before["height"] > 560
    x, y = screen.place(1.5, 2.02)  # just above a border
    screen.page.mouse.move(before["x"] + x, before["y"] + y)
    screen.page.mouse.click(before["x"] + x, before["y"] + y)
    screen.says("gekozen=BU7")
    assert frame.bounding_box()["y"] == before["y"]


def test_a_layer_recolours_in_place(screen):
    screen.map.hover(position={"x": 300, "y": 250})
    screen.page.mouse.wheel(0, -200)
    screen.page.get_by_text("positie=Position(").wait_for(timeout=SLOW)
    settle(screen.page)
    before = screen.view()
    screen.run("window.dezelfde = true;")
    screen.choose("B")
    assert screen.run("return window.dezelfde === true;")
    assert screen.view() == before
    column, row = screen.run("const c = map_div.getCenter(); return [c.lng, c.lat];")
    column, row = (column - WEST) / SIDE, (row - SOUTH) / SIDE
    index = int(row) * 3 + int(column)
    assert close(
        screen.colour(int(column) + 0.6, int(row) + 0.6),
        [GREEN, BLUE, RED, GREEN, RED, RED, GREEN, BLUE, RED][index],
    )


def test_another_level_draws_its_own_areas_at_the_same_view(screen):
    screen.page.get_by_text("spring", exact=True).click()
    screen.says("positie=Position(lat=52.08, lon=5.13, zoom=14)")
    settle(screen.page)
    screen.choose("wijken")
    assert screen.view() == pytest.approx([52.08, 5.13, 14], abs=0.001)
    screen.click(2.2, 1.5)
    screen.says("gekozen=WK1")
    screen.choose("A")
    assert screen.view() == pytest.approx([52.08, 5.13, 14], abs=0.001)


def test_names_are_text(screen):
    assert screen.hover(2.5, 2.5).inner_text().split("\n") == [HOSTILE, "hoog"]
    assert screen.page.evaluate("window.gehackt") is None
    assert screen.run("return window.gehackt === undefined;")
    assert screen.map.locator("img").count() == 0


def test_the_tooltip_of_a_missing_area_says_so(screen):
    assert screen.hover(1.5, 1.5).inner_text().split("\n") == ["Buurt 4", "onbekend"]


def test_points_lie_on_top(screen):
    # Beside the name of the area, which stands in its middle.
    screen.turns(2.5, 0.25, BLUE)
    screen.points()
    screen.turns(2.5, 0.25, (255, 0, 255))
    assert screen.hover(2.5, 0.25).inner_text().split("\n") == ["Bakker", "Winkel"]


def test_position_goes_to_the_page_and_back(screen):
    screen.says("positie=None")
    screen.click(0.5, 0.5)  # a click is no move
    screen.says("gekozen=BU0")
    screen.says("positie=None")
    screen.page.get_by_text("spring elders", exact=True).click()
    screen.says("positie=Position(lat=52.09, lon=5.13, zoom=14)")
    settle(screen.page)
    assert screen.view() == pytest.approx([52.09, 5.13, 14], abs=0.001)
    screen.frame.get_by_role("button", name="Inzoomen").click()
    # Only then has the map arrived where it goes.
    screen.page.get_by_text(
        re.compile(r"^positie=Position\(.*zoom=14\.[1-9]|^positie=Position\(.*zoom=15")
    ).wait_for(timeout=SLOW)
    assert screen.view()[2] > 14
    # A map that is still zooming does not listen to the next wish.
    screen.frame.locator(".leaflet-zoom-anim").wait_for(state="detached")
    screen.frame.get_by_role("button", name="Toon het hele gebied").click()
    screen.says("positie=None")


def test_a_press_on_the_whole_area_is_heard_while_the_map_zooms(screen):
    whole = screen.view()
    busy = screen.run(
        """
        map_div.setZoom(map_div.getZoom() + 2);
        return new Promise((done) => requestAnimationFrame(() => {
          const zooms = Boolean(map_div._animatingZoom);
          document.querySelector(".kaart-thuis").click();
          done(zooms);
        }));
        """
    )
    assert busy, "the map did not zoom: this test then says nothing"
    until(screen.page, lambda: screen.view() == pytest.approx(whole, abs=1e-4))


def test_controls_and_names_are_dutch_and_plain(screen):
    assert "Kaart: laag A" in screen.map.get_attribute("aria-label")
    assert screen.map.get_attribute("tabindex") == "0"
    assert screen.frame.locator("html").get_attribute("lang") == "nl"
    assert screen.frame.get_by_role("button", name="Uitzoomen").is_visible()
    assert screen.frame.locator(".leaflet-control-attribution").inner_text() == "Grenzen: <b>test</b>"
    assert screen.map.locator("a[href^=http]").count() == 0
