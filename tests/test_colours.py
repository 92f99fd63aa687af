"""Colours that every eye tells apart, on light and dark: worked out from published formulas, not from our own code."""

import re
from itertools import combinations, pairwise

import pytest
from kleuren_hulp import ciede2000, contrast, seen

from wwz.base.paths import PACKAGE
from wwz.knowledge import load_toml
from wwz.maps.absent import LOOKS as ABSENT
from wwz.maps.absent import absent_rows, absent_state
from wwz.maps.ramps import DARK_RAMPS, POINT_COLOURS, RAMPS, on_dark, ramp_colours
from wwz.ui.shared.palette import ON_DARK, PAPER_DARK, RAMP
from wwz.ui.vergelijken.chart import LOOKS

RULES = load_toml("kleuren.toml")
EYES = {name: eye["matrix"] for name, eye in RULES["zien"].items()}
PAPER, WHITE = "#FBFAF7", "#FFFFFF"


def far(one, other, eye):
    return ciede2000(seen(one, EYES[eye]), seen(other, EYES[eye]))


# Four pairs of the table of test data that Sharma, Wu and Dalal published with the formula.
@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_the_measure_gives_the_published_distances(one, other, published):
    assert ciede2000(one, other) == pytest.approx(published, abs=1e-4)


def test_the_simulation_confuses_what_is_known_to_be_confused():
    """Red and green of the same lightness fall together without red or green cones, and not with them."""
    red, green = "#C04040", "#6A7A20"
    assert far(red, green, "gewoon") > 40
    assert far(red, green, "deuteranopie") < far(red, green, "gewoon") / 2
    assert far("#FFFFFF", "#FFFFFF", "protanopie") == 0
    assert seen("#808080", EYES["deuteranopie"]) == pytest.approx(seen("#808080", EYES["gewoon"]), abs=0.1)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("dark", [False, True], ids=["licht", "donker"])
@pytest.mark.parametrize("ramp", RAMPS)
def test_classes_that_follow_each_other_differ_for_every_eye(ramp, dark, eye):
    for count in range(2, 8):
        colours = ramp_colours(ramp, count, dark=dark)
        nearest = min(far(one, other, eye) for one, other in pairwise(colours))
        assert nearest >= RULES["afstand"]["klassen"], (count, colours)


@pytest.mark.parametrize("eye", EYES)
def test_kinds_of_points_and_roles_in_a_chart_differ_for_every_eye(eye):
    for one, other in combinations(POINT_COLOURS, 2):
        assert far(one, other, eye) >= RULES["afstand"]["soorten"], (one, other)
    roles = [(look[0], look[1]) for look in LOOKS.values()]
    for (one, sign), (other, other_sign) in combinations(roles, 2):
        # Another sign does what colour does not.
        assert sign != other_sign or far(one, other, eye) >= RULES["afstand"]["soorten"]


@pytest.mark.parametrize("eye", EYES)
def test_parts_of_a_bar_differ_and_carry_readable_text(eye):
    for (one, _), (other, _) in pairwise(RAMP):
        assert far(one, other, eye) >= RULES["afstand"]["klassen"]
    for ground, ink in RAMP:
        assert contrast(ground, ink) >= RULES["contrast"]["tekst"]


def test_points_and_signs_stand_out_from_their_ground():
    for colour in POINT_COLOURS:
        assert contrast(colour, WHITE) >= RULES["contrast"]["lijn"]
    for colour, _ in LOOKS.values():
        assert contrast(colour, PAPER) >= RULES["contrast"]["lijn"]
        assert contrast(ON_DARK[colour], PAPER_DARK) >= RULES["contrast"]["lijn"]


def css_rules(name, folder=PACKAGE / "ui" / "shared"):
    text = re.sub(r"/\*.*?\*/", "", (folder / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}@]+)\{([^{}]*)\}", text):
        said = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        for selector in selectors.split(","):
            rule = found.setdefault(selector.strip(), {})
            rule |= {name.strip(): value.replace("!important", "").strip() for name, value in said.items()}
    return found


def test_text_and_lines_of_the_legend_can_be_read():
    light, dark = css_rules("style.css"), css_rules("projection-dark.css")
    variables = {k: v for k, v in dark[":root"].items() if v.startswith("#")}
    value = lambda text: variables.get(text.removeprefix("var(").removesuffix(")"), text)  # noqa: E731
    assert contrast(light[".wwz-legenda"]["color"], PAPER) >= RULES["contrast"]["tekst"]
    assert contrast(light[".wwz-klein"]["color"], PAPER) >= RULES["contrast"]["tekst"]
    assert contrast(light[".wwz-vlak"]["border"].split()[-1], PAPER) >= RULES["contrast"]["lijn"]
    assert contrast(value(dark[".wwz-legenda"]["color"]), PAPER_DARK) >= RULES["contrast"]["tekst"]
    assert contrast(dark[".wwz-vlak"]["border-color"], PAPER_DARK) >= RULES["contrast"]["lijn"]
    assert variables["--wwz-paper"] == PAPER_DARK
    for name in ("--wwz-ink", "--wwz-body", "--wwz-soft"):
        for ground in ("--wwz-paper", "--wwz-card", "--wwz-raised"):
            assert contrast(variables[name], variables[ground]) >= RULES["contrast"]["tekst"], (name, ground)


def engine_look(name):
    """The colours of one look of the map engine, as written in zaal.js."""
    text = (PACKAGE / "maps" / "js" / "zaal.js").read_text(encoding="utf-8")
    block = re.search(rf"const {name} = \{{(.*?)\n  \}};", text, re.DOTALL)[1]
    return dict(re.findall(r"(\w+): \"(#[0-9A-F]{6})\"", block))


def test_lines_inside_the_map_frame_stand_out():
    light = engine_look("LIGHT")
    dark = {**light, **engine_look("DARK")}
    for look in (light, dark):
        # The selection and the marked areas have a casing, so they show on every class.
        assert contrast(look["accent"], look["casing"]) >= RULES["contrast"]["lijn"]
        assert contrast(look["mark"], look["casing"]) >= RULES["contrast"]["lijn"]
    assert contrast(dark["border"], dark["paper"]) >= RULES["contrast"]["lijn"]
    assert contrast(dark["outline"], DARK_RAMPS["behoefte"][0]) >= RULES["contrast"]["lijn"]


def test_a_dark_screen_turns_a_ramp_round_place_by_place():
    for ramp in RAMPS:
        for count in (1, 4, 7):
            light, dark = ramp_colours(ramp, count), ramp_colours(ramp, count, dark=True)
            assert tuple(map(on_dark, light)) == dark
    assert on_dark("#123456") == "#123456"


def test_dark_asks_for_attention_on_light_and_light_on_dark():
    for ramp in RAMPS:
        lightness = [seen(colour, EYES["gewoon"])[0] for colour in RAMPS[ramp]]
        assert lightness == sorted(lightness, reverse=True)
        lightness = [seen(colour, EYES["gewoon"])[0] for colour in DARK_RAMPS[ramp]]
        assert lightness == sorted(lightness)


def test_inks_have_one_place():
    """Ramps and the steps of a chart stand with their rules; any other colour has a name in kleuren.toml."""
    typed = re.compile(r"[\"'(:]\s*#[0-9A-Fa-f]{6}\b|[\"'][0-9A-F]{6}[\"']|RGBColor\(0x|rgba?\(\d")
    homes = {"ramps.py", "palette.py", "inks.py"}
    files = [path for part in ("ui", "maps", "export") for path in (PACKAGE / part).rglob("*.py")]
    assert [
        path.name
        for path in files
        if path.name not in homes and typed.search(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize("name", ["inkt", "tekst", "zacht", "bijschrift", "kaarttekst", "merk", "fictief"])
def test_letters_can_be_read_on_paper_and_white(name):
    for ground in ("papier", "wit"):
        assert contrast(RULES["inkt"][name], RULES["inkt"][ground]) >= RULES["contrast"]["tekst"]


@pytest.mark.parametrize("dark", [False, True], ids=["licht", "donker"])
def test_areas_without_a_number_look_in_every_legend_as_on_the_map(dark):
    on_page = css_rules("projection-dark.css" if dark else "style.css")
    in_frame = css_rules("kaart.css", PACKAGE / "maps" / "js")
    drawn = absent_state(absent_rows(ABSENT, 10), dark=dark)
    assert len(drawn) == len(ABSENT)
    for sign, look in drawn.items():
        frame = f"{'.kaart-donker ' if dark else ''}.kaart-leeg-{sign}"
        # Water is plain.
        wanted = {look["fill"]} | ({look["ink"]} if sign != "b" else set())
        for rule in (on_page[f".wwz-leeg-{sign}"], in_frame[frame]):
            assert set(re.findall("#[0-9A-F]{6}", rule["background"])) == wanted, sign
