"""A map says of areas without a figure whether some are hidden for privacy: on screen and in every file alike."""

import re
from dataclasses import replace
from html import unescape

import pyogrio
import pytest

from wwz.ask.area import find_area
from wwz.ask.layer import layer
from wwz.ask.view import View
from wwz.export.formats import make_file
from wwz.maps.drawing import classes_of, scale_of
from wwz.words.numbers import NOT_SHOWN_OR_UNKNOWN, NOTHING, TOO_FEW_OR_UNKNOWN, missing_label

# Few people of 65 and older in a buurt, many inhabitants in a wijk.
HIDDEN = View(gebied=("GM9902",), laag="horen_65", niveau="buurt")
OPEN = View(gebied=("GM9902",), laag="mobiliteit_18", niveau="wijk")
CASES = [(HIDDEN, TOO_FEW_OR_UNKNOWN), (OPEN, NOTHING)]


def drawn(store, view):
    """The layer of a view, and the codes of its areas."""
    area = find_area(store, view.gebied)
    shown = layer(store, area, view.laag, view.niveau, view.maat, view.jaar)
    return shown, list(area.parts(view.niveau, [view.laag])["gebied"])


def test_the_words():
    assert missing_label(hidden=False) == "geen gegevens"
    assert missing_label(hidden=True) == "te weinig mensen, of onbekend"
    assert missing_label(hidden=True, protected=True) == "niet getoond, of onbekend"


@pytest.mark.parametrize(("view", "words"), CASES)
def test_the_legend_follows_what_is_hidden_in_the_table(voorbeeld_store, view, words):
    shown, codes = drawn(voorbeeld_store, view)
    rows = find_area(voorbeeld_store, view.gebied).parts(view.niveau, [view.laag], shown.jaar)
    assert rows["verborgen"].any() == (words == TOO_FEW_OR_UNKNOWN), "dit geval toetst niets"
    assert classes_of(shown, codes)[0].missing_label == scale_of([shown]).missing_label == words


def test_only_areas_on_the_map_count(voorbeeld_store):
    shown, codes = drawn(voorbeeld_store, HIDDEN)
    seen = [code for code in codes if code not in set(shown.values.index[shown.values.isna()])]
    assert classes_of(shown, [*seen, "BU00000000"])[0].missing_label == NOTHING


def test_a_scale_of_several_maps_speaks_for_all_and_each_map_for_itself(voorbeeld_store):
    (hidden, hidden_codes), (shown, codes) = (drawn(voorbeeld_store, view) for view, _ in CASES)
    shared = scale_of([shown, hidden])
    assert shared.missing_label == TOO_FEW_OR_UNKNOWN
    assert classes_of(shown, codes, shared)[0].missing_label == NOTHING
    assert classes_of(hidden, hidden_codes, scale_of([shown]))[0].missing_label == TOO_FEW_OR_UNKNOWN


def test_a_protected_count_is_not_called_too_few(voorbeeld_store):
    shown, codes = drawn(voorbeeld_store, HIDDEN)
    assert classes_of(replace(shown, beschermd=True), codes)[0].missing_label == NOT_SHOWN_OR_UNKNOWN


@pytest.mark.parametrize(("view", "words"), CASES)
def test_every_file_has_the_words_of_the_screen(voorbeeld_store, tmp_path, view, words):
    other = NOTHING if words == TOO_FEW_OR_UNKNOWN else TOO_FEW_OR_UNKNOWN
    page = unescape(make_file(voorbeeld_store, view, "html").decode())
    assert re.findall(r'<span class="vlak leeg"></span>(.*?) <small>', page) == [words]
    picture = unescape(make_file(voorbeeld_store, view, "svg").decode())
    written = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))
    assert words in written and other not in written
    (tmp_path / "a.gpkg").write_bytes(make_file(voorbeeld_store, view, "gpkg"))
    style = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="layer_styles", read_geometry=False)
    assert f'label="{words}"' in style["styleQML"].iloc[0]
    rows = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="wwz")
    empty = set(rows.loc[rows["waarde"].isna(), "klasse"])
    assert empty <= {words} and (empty or words == NOTHING)


def test_a_figure_without_a_number_is_always_hidden(voorbeeld_store):
    """The map knows no more than the values: a row without a number must mean that it is not shown."""
    area = find_area(voorbeeld_store, ["GM9902"])
    for code in ("horen_65", "mobiliteit_18", "inwoners", "zonder_noodzakelijk"):
        shown = layer(voorbeeld_store, area, code, "buurt", "aandeel", 0)
        rows = area.parts("buurt", [code], shown.jaar).set_index("gebied")
        assert rows.loc[shown.values.index[shown.values.isna()], "verborgen"].all()
