"""Classes, boundary files, assets and the view of the map engine, without a browser."""

import json
import os
from itertools import pairwise

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity
from folium.plugins import Fullscreen
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from streamlit_folium import _get_feature_group_string, _get_map_string

from wwz.base.errors import Fout
from wwz.base.planes import together
from wwz.maps import assets
from wwz.maps.absent import signs
from wwz.maps.classes import RAMPS, assign, make_classes, ramp_colours
from wwz.maps.elements import Restyle, StartMap
from wwz.maps.geometry import GeometryFile, read_codes, read_geometry, write_geometry
from wwz.maps.packed import LETTERS, packed
from wwz.maps.papernames import write_names
from wwz.ui.shared.kaart import MapLayer
from wwz.ui.shared.viewing import Position, Viewing

FILE = GeometryFile("app/static/kaart/a-000000000000.geojson", ("A", "B"), (5.0, 52.0, 5.2, 52.1))


def classes_of(values, **changes):
    options = {"decimals": 1, "unit": "%", "direction": "meer_is_slechter", "ramp": "behoefte"} | changes
    return make_classes(pd.Series(values, dtype=float), **options)


# --- classes -------------------------------------------------------------------------------------------


def test_labels_and_assignment_agree_on_the_limit():
    classes = classes_of(np.arange(0, 24.1, 0.1), count=6)
    assert len(classes.labels) == len(classes.colours) == len(classes.counts) == 6
    assert classes.labels[0] == f"< {classes.breaks[0]:g}%"
    assert classes.labels[-1] == f"≥ {classes.breaks[-1]:g}%"
    assert classes.labels[1] == f"{classes.breaks[0]:g}–{classes.breaks[1]:g}%"
    just_below, exactly = assign(pd.Series([classes.breaks[0] - 0.1, classes.breaks[0]]), classes)
    assert (just_below, exactly) == (0, 1)


def test_breaks_are_round_numbers():
    values = np.random.default_rng(7).lognormal(7, 1, 3000)
    breaks = classes_of(values, decimals=0).breaks
    assert breaks == tuple(sorted(set(breaks)))
    assert all(value % 100 == 0 for value in breaks)


def test_every_class_is_used_and_counted():
    values = np.random.default_rng(3).normal(20, 5, 400).round(1)
    classes = classes_of(values)
    assert sum(classes.counts) == 400
    assert min(classes.counts) > 0
    assert np.bincount(assign(pd.Series(values), classes)).tolist() == list(classes.counts)


def test_missing_and_infinite_values_have_no_class():
    values = pd.Series([1.0, None, 2.0, np.inf, 3.0, 8.0, 9.0, np.nan])
    classes = classes_of(values)
    assert classes.missing_count == 3
    assert (assign(values, classes) == -1).tolist() == values.isin([np.inf]).where(
        values.notna(), True
    ).tolist()
    assert [row.label for row in classes.absent] == ["onbekend"]


def test_nothing_known_gives_no_classes():
    classes = classes_of([None, None])
    assert (classes.breaks, classes.labels, classes.missing_count) == ((), (), 2)
    assert assign(pd.Series([None, 4.0]), classes).tolist() == [-1, -1]


def test_an_empty_series_is_not_a_mistake():
    assert classes_of([]).labels == ()


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([5, 5, None], ("5,0%",)),
        ([0, 1, 1], ("0,0%", "1,0%")),
        ([3, -1, 0, 3], ("−1,0%", "0,0%", "3,0%")),
    ],
)
def test_few_values_are_each_a_class(values, labels):
    classes = classes_of(values)
    assert classes.labels == labels
    assert assign(pd.Series(sorted({v for v in values if v is not None})), classes).tolist() == list(
        range(len(labels))
    )


def test_a_skewed_layer_does_not_put_nearly_all_areas_in_one_class():
    values = np.exp(np.random.default_rng(1).normal(0, 3, 5000))
    classes = classes_of(values)
    assert max(classes.counts) / 5000 < 0.5


def test_many_zeros_leave_classes_for_the_rest():
    classes = classes_of([0.0] * 900 + list(range(1, 101)))
    assert len(classes.labels) >= 4
    assert classes.counts[0] >= 900


def test_negative_ranges_are_readable():
    classes = classes_of(np.linspace(-10, 10, 101))
    assert classes.labels[0].startswith("< −")
    assert all(" tot " in label for label in classes.labels[1:-1])


def test_numbers_are_written_in_dutch():
    labels = classes_of(np.linspace(0, 12_000, 500), decimals=0, unit="inwoners").labels
    assert labels[-1].startswith("≥ ") and "." in labels[-1] and labels[-1].endswith(" inwoners")
    small = classes_of(np.linspace(0, 1, 50), unit="km").labels
    assert any("0,2" in label or "0,3" in label for label in small)


def test_pooled_years_share_their_limits():
    early, late = pd.Series(np.linspace(0, 10, 50)), pd.Series(np.linspace(5, 20, 50))
    classes = classes_of(pd.concat([early, late]))
    assert assign(early, classes).max() < assign(late, classes).max()


def test_dark_asks_for_attention():
    values = np.arange(100)
    worse, better = classes_of(values), classes_of(values, direction="meer_is_beter")
    assert worse.colours == better.colours[::-1]
    assert luminance(worse.colours[0]) > luminance(worse.colours[-1])


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ramp", RAMPS)
@pytest.mark.parametrize("count", [2, 5, 6, 7])
def test_each_colour_is_clearly_darker_than_the_one_before(ramp, count):
    light = [luminance(colour) for colour in ramp_colours(ramp, count)]
    assert all((a + 0.05) / (b + 0.05) > 1.15 for a, b in pairwise(light))


@pytest.mark.parametrize("change", [{"direction": "omhoog"}, {"ramp": "paars"}, {"count": 1}, {"count": 9}])
def test_unknown_options_are_refused(change):
    with pytest.raises(ValueError):
        classes_of([1, 2, 3], **change)


# --- boundary files ------------------------------------------------------------------------------------


def frame(shapes, crs="EPSG:28992", names=None):
    names = names or [f"Buurt {n}" for n in range(len(shapes))]
    return gpd.GeoDataFrame(
        {"code": [f"BU{n}" for n in range(len(shapes))], "naam": names}, geometry=shapes, crs=crs
    )


def grid(side=500.0, bends=40):
    """Three areas: one on the left, and right of a wavy border two that meet somewhere along it."""
    t = np.linspace(-1, 1, bends)
    x, y = 100_000, 400_000
    border = [(x + side / 10_000 * np.sin(u * 300), y + side * u) for u in t]
    meeting = 2 * bends // 5
    left = [*border, (x - side, y + side), (x - side, y - side)]
    under = [*border[: meeting + 1], (x + side, border[meeting][1]), (x + side, y - side)]
    above = [*border[meeting:], (x + side, y + side), (x + side, border[meeting][1])]
    return [Polygon(left), Polygon(under), Polygon(above)]


def content(static, file):
    return json.loads((static / file.url_path.removeprefix("app/static/")).read_text(encoding="utf-8"))


def test_only_areas_with_a_surface_are_kept_in_order(tmp_path):
    square = box(0, 0, 100, 100)
    hole = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(40, 40), (60, 40), (60, 60), (40, 60)]])
    parts = MultiPolygon([box(200, 0, 250, 50), box(300, 0, 350, 50)])
    mixed = shapely.GeometryCollection([box(400, 0, 500, 100), LineString([(400, 0), (300, 100)])])
    shapes = [
        shapely.affinity.translate(s, 100_000, 400_000) if s else s
        for s in [square, None, hole, parts, mixed]
    ]
    shapes += [Polygon(), LineString([(1e5, 4e5), (2e5, 4e5)]), Point(1e5, 4e5)]
    file = write_geometry(frame(shapes), tmp_path, "buurten")
    assert file.codes == ("BU0", "BU2", "BU3", "BU4")
    features = content(tmp_path, file)["features"]
    assert [f["properties"]["code"] for f in features] == list(file.codes)
    assert [set(f["properties"]) for f in features] == [{"code", "naam"}] * 4
    assert {f["geometry"]["type"] for f in features} <= {"Polygon", "MultiPolygon"}
    assert len(features[1]["geometry"]["coordinates"]) == 2
    assert len(features[2]["geometry"]["coordinates"]) == 2


def test_a_broken_polygon_is_repaired(tmp_path):
    bow = Polygon([(100_000, 400_000), (100_100, 400_100), (100_100, 400_000), (100_000, 400_100)])
    file = write_geometry(frame([bow]), tmp_path, "buurten")
    assert file.codes == ("BU0",)
    assert shapely.from_geojson(json.dumps(content(tmp_path, file)["features"][0]["geometry"])).is_valid


def test_coordinates_are_degrees_with_five_decimals(tmp_path):
    file = write_geometry(frame([box(155_000, 463_000, 156_000, 464_000)]), tmp_path, "buurten")
    west, south, east, _ = file.bounds
    assert (west, south) == pytest.approx((5.38721, 52.15517), abs=0.001)  # the Amersfoort datum point
    assert east - west == pytest.approx(0.0146, abs=0.001)
    numbers = np.array(content(tmp_path, file)["features"][0]["geometry"]["coordinates"][0])
    assert np.allclose(numbers, numbers.round(5), atol=0, rtol=0)


def test_shared_borders_stay_shared_and_get_lighter(tmp_path):
    shapes = grid(side=50_000, bends=4000)
    file = write_geometry(frame(shapes), tmp_path, "buurten")
    kept = [shapely.from_geojson(json.dumps(f["geometry"])) for f in content(tmp_path, file)["features"]]
    assert sum(map(shapely.get_num_coordinates, kept)) < sum(map(shapely.get_num_coordinates, shapes)) / 5
    assert shapely.coverage_is_valid(kept)


def test_overlapping_areas_are_drawn_too(tmp_path):
    shapes = [Point(100_000, 400_000).buffer(5000, 200), Point(103_000, 400_000).buffer(5000, 200)]
    file = write_geometry(frame(shapes), tmp_path, "gebieden")
    assert file.codes == ("BU0", "BU1")
    kept = [shapely.from_geojson(json.dumps(f["geometry"])) for f in content(tmp_path, file)["features"]]
    assert max(map(shapely.get_num_coordinates, kept)) < 500


def test_degrees_in_give_the_same_file_as_metres_in(tmp_path):
    metres = frame(grid())
    one = write_geometry(metres, tmp_path / "a", "b")
    two = write_geometry(metres.to_crs(4326), tmp_path / "b", "b")
    assert one.bounds == pytest.approx(two.bounds, abs=1e-5)


def test_the_same_content_has_the_same_name_and_other_content_another(tmp_path):
    one = write_geometry(frame(grid()), tmp_path, "buurten")
    assert write_geometry(frame(grid()), tmp_path, "buurten") == one
    assert write_geometry(frame(grid(600)), tmp_path, "buurten").url_path != one.url_path


def test_only_the_newest_two_files_of_a_name_stay(tmp_path):
    other = write_geometry(frame(grid()), tmp_path, "buurten-oud")
    files = []
    for age, side in enumerate((500, 600, 700)):
        files.append(write_geometry(frame(grid(side)), tmp_path, "buurten"))
        path = tmp_path / "kaart" / files[-1].url_path.rsplit("/", 1)[1]
        os.utime(path, (1_000 + age, 1_000 + age))
    left = {path.name for path in (tmp_path / "kaart").glob("*.geojson")}
    assert left == {file.url_path.rsplit("/", 1)[1] for file in [other, *files[1:]]}


def test_reading_back(tmp_path):
    file = write_geometry(frame(grid()), tmp_path, "buurten")
    assert read_geometry(tmp_path, file.url_path) == file
    assert read_codes(tmp_path / "kaart" / file.url_path.rsplit("/", 1)[1]) == file.codes


def test_a_lost_or_broken_file_is_said_plainly(tmp_path):
    file = write_geometry(frame(grid()), tmp_path, "buurten")
    path = tmp_path / "kaart" / file.url_path.rsplit("/", 1)[1]
    path.with_suffix(".json").write_text("{", encoding="utf-8")
    with pytest.raises(Fout, match=path.name):
        read_codes(path)
    write_geometry(frame(grid()), tmp_path, "buurten")
    path.unlink()
    with pytest.raises(Fout, match="Bouw de gegevens opnieuw"):
        read_geometry(tmp_path, file.url_path)


def test_unusable_boundaries_are_refused(tmp_path):
    with pytest.raises(Fout, match="geen enkel vlak"):
        write_geometry(frame([None, Polygon()]), tmp_path, "buurten")
    with pytest.raises(Fout, match="coördinatenstelsel"):
        write_geometry(frame(grid(), crs=None), tmp_path, "buurten")
    for name in ("../weg", "Buurten", "", "a--b"):
        with pytest.raises(ValueError):
            write_geometry(frame(grid()), tmp_path, name)


@pytest.mark.parametrize(
    ("signs", "letters"),
    [("", 0), ("0000", 0), ("0101101", 2), ("0123210", 3), ("01234567x" * 3, 14), ("0123456789xwp", 13)],
)
def test_signs_are_packed_and_come_back(signs, letters):
    sent = packed(list(signs))
    base, found = len(sent["signs"]), ""
    each = 1
    while base > 1 and base ** (each + 1) <= len(LETTERS):
        each += 1
    for letter in sent["packed"]:
        number = int(np.flatnonzero(letter == LETTERS)[0])
        for _ in range(each):
            found += sent["signs"][number % base]
            number //= base
    assert (found or sent["signs"] * sent["length"])[: sent["length"]] == signs
    assert len(sent["packed"]) == letters
    assert json.dumps(sent["packed"])[1:-1] == sent["packed"], "no letter takes more than a byte in a script"


def test_numbers_are_packed_under_their_names():
    numbers = np.array([0, 3, -1, 3, 0, -2])
    assert packed(numbers, signs) == {
        **packed(list("03x30w")),
        "signs": "wx03",
        "packed": packed(list("cdbdca"))["packed"],
    }
    assert packed(np.array([0, 1, 1])) == packed(list("011"))


# --- assets --------------------------------------------------------------------------------------------


def test_every_link_is_a_file_of_ours(tmp_path):
    assets.install_assets(tmp_path)
    scripts, styles = assets.local_links()
    for _, url in scripts + styles:
        assert url.startswith("../../app/static/vendor/")
        assert (tmp_path / url.removeprefix("../../app/static/")).is_file()


def test_installing_again_changes_nothing_and_repairs_damage(tmp_path):
    assets.install_assets(tmp_path)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assets.install_assets(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == files
    damaged = next(path for path in files if path.suffix == ".js")
    damaged.write_text("half")
    assets.install_assets(tmp_path)
    assert damaged.stat().st_size > 100_000


def test_our_map_is_local_and_a_foreign_link_is_refused():
    ours = StartMap("../../x.geojson", FILE.bounds, None)
    assets.require_local(ours)
    Fullscreen().add_to(ours)
    with pytest.raises(Fout, match="jsdelivr"):
        assets.require_local(ours)
    with pytest.raises(Fout):
        assets.require_local(folium.Map())


def test_the_script_depends_on_the_boundaries_only():
    def script(url, start):
        return _get_map_string(StartMap(url, FILE.bounds, start))

    assert script("a", None) == script("a", (52.0, 5.0, 12.0))
    assert script("a", None) != script("b", None)


# --- layers and views ----------------------------------------------------------------------------------


@pytest.mark.parametrize("classes", [[0], [0, 2], [0, -2]])
def test_a_layer_must_fit_its_areas_and_colours(classes):
    with pytest.raises(ValueError):
        MapLayer(FILE, np.array(classes), ("#000000", "#FFFFFF"), ("a", "b"), "titel")


UTRECHT, ZEIST = Position(52.09, 5.12, 12), Position(52.09, 5.23, 13)


def answer(position=None, code="", moment="", whole=""):
    found = {"zoom": 10, "selected_tags": [code, moment, whole]}
    if position:
        found |= {"zoom": position.zoom, "center": {"lat": position.lat, "lng": position.lon}}
    return found


def test_a_click_counts_once():
    viewing = Viewing()

    def clicked(**report):
        viewing.read_click(answer(**report))
        return viewing.take_click()

    assert clicked() is None
    assert clicked(code="A", moment="1") == "A"
    assert clicked(code="A", moment="1") is None
    assert clicked(code="A", moment="2") == "A"


def test_a_click_read_before_the_run_is_still_there_in_the_run():
    viewing = Viewing()
    assert viewing.read_click(answer(code="A", moment="1"))
    assert not viewing.read_click(answer(code="A", moment="1"))
    assert viewing.take_click() == "A"


def test_handing_back_what_the_visitor_did_is_no_command():
    viewing = Viewing()
    viewing.ask(FILE, None)
    viewing.read_position(answer(UTRECHT))
    viewing.ask(FILE, Position(52.0900001, 5.12, 12.0))  # rounded by a link
    assert viewing.command() is None
    viewing.read_position(answer(ZEIST))
    viewing.ask(FILE, UTRECHT)  # a run late
    assert viewing.command() is None
    assert viewing.position == ZEIST


def test_a_new_wish_is_a_new_command():
    viewing = Viewing()
    viewing.ask(FILE, UTRECHT)
    first = viewing.command()["number"]
    viewing.ask(FILE, UTRECHT)
    assert viewing.command()["number"] == first
    viewing.read_position(answer(ZEIST))
    viewing.ask(FILE, ZEIST)
    assert viewing.command()["number"] == first
    viewing.ask(FILE, UTRECHT)
    assert viewing.command() == {"number": first + 1, "position": [52.09, 5.12, 12]}


def test_a_place_that_was_told_too_early_counts_once_it_is_known_what_is_in_view():
    viewing = Viewing()
    viewing.read_position(answer(ZEIST, whole="geheel"))
    assert viewing.position is None
    viewing.read_position(answer(ZEIST))
    assert viewing.position == ZEIST


def test_an_old_report_does_not_undo_a_wish():
    viewing = Viewing()
    viewing.read_position(answer(ZEIST))
    viewing.ask(FILE, UTRECHT)
    viewing.read_position(answer(ZEIST))
    assert viewing.position == UTRECHT


def test_the_whole_area_is_no_position():
    viewing = Viewing()
    viewing.read_position(answer(UTRECHT))
    assert viewing.position == UTRECHT
    viewing.read_position(answer(Position(52.05, 5.1, 10), whole="geheel"))
    assert viewing.position is None


def test_another_level_keeps_the_view_and_another_area_does_not():
    viewing = Viewing()
    viewing.ask(FILE, None)
    viewing.read_position(answer(UTRECHT))
    viewing.ask(GeometryFile("wijken", ("W",), (5.0, 52.0, 5.199, 52.1)), None)
    assert viewing.start() == (52.09, 5.12, 12)
    viewing.ask(GeometryFile("elders", ("E",), (4.0, 51.0, 4.2, 51.1)), None)
    assert viewing.start() is None


@pytest.mark.parametrize(
    "garbage", [{}, {"selected_tags": "x"}, {"selected_tags": [1]}, {"center": 3, "zoom": []}]
)
def test_nonsense_from_a_browser_is_ignored(garbage):
    viewing = Viewing()
    assert not viewing.read_click(garbage)
    viewing.read_position(garbage)
    assert viewing.take_click() is None
    assert viewing.position is None


def test_nothing_in_a_map_is_run_as_a_template():
    """Braces in a name, or in packed colours, reach the browser as they are."""
    state = {"naam": "{{ 6*7 }} {% raw %} {# niets #} {{{%", "packed": "(={{E#{%", "leeg": {}}
    start = StartMap("app/static/kaart/x.geojson", (4.0, 52.0, 5.0, 53.0), None)
    script = _get_feature_group_string(Restyle(state), start)
    line = next(line for line in script.splitlines() if line.startswith("WwzKaart.show("))
    assert json.loads(line.removeprefix("WwzKaart.show(").removesuffix(");")) == state


@pytest.mark.parametrize(
    ("parts", "surface"),
    [
        ([Polygon([(0, 0), (2, 0), (2, 2), (0, 2)]), Polygon([(2, 0), (4, 0), (4, 2), (2, 2), (1.5, 1)])], 8),
        ([box(0, 0, 1, 1), box(0, 0, 1, 1)], 1),
        ([box(0, 0, 2, 2), box(1, 1, 3, 3)], 7),
    ],
)
def test_areas_that_do_not_fit_are_put_together_all_the_same(parts, surface):
    """Borders that cross, the same area twice, and areas that overlap: a map of the country has them somewhere."""
    whole = together(np.array(parts))
    assert shapely.is_valid(whole) and shapely.area(whole) == pytest.approx(surface)


def test_names_on_paper_stand_clear_of_each_other():
    """Two areas of which the middles lie closer than a line of type: both have their name, and one moves aside."""
    tall = [shapely.box(0, 0, 1, 9), shapely.box(1, 0, 2, 9.4)]
    shapes = gpd.GeoDataFrame({"naam": ["Schildersbuurt-West", "Schildersbuurt-Noord"]}, geometry=tall)
    figure = Figure(figsize=(4, 4))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(-4, 6), ylim=(0, 10))
    write_names(axes, shapes, None, 8, 1.0)
    draws = FigureCanvasAgg(figure).get_renderer()
    first, second = (text.get_window_extent(draws) for text in axes.texts)
    assert not first.overlaps(second)
    apart = max(first.y0, second.y0) - min(first.y1, second.y1)
    # At least a third of a line of type.
    assert apart > 8 / 3 / 72 * figure.dpi


def test_where_nobody_lacks_anything_the_map_has_the_lightest_colour():
    nobody = make_classes(
        pd.Series([0.0, 0.0]), decimals=0, unit="mensen", direction="meer_is_slechter", ramp="knelpunt"
    )
    assert nobody.colours == ramp_colours("knelpunt", 3)[:1]
