"""Of areas without a number the map says why: not known, too few people, or protected. On screen and in every file alike."""

import re
from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pyogrio
import pytest

from wwz.ask.absent import NO_FIGURE, PROTECTED, TOO_FEW, reasons_of
from wwz.ask.area import find_area
from wwz.ask.layer import layer, table_rows
from wwz.ask.view import View
from wwz.export.formats import make_file
from wwz.maps.absent import LOOKS, absent_rows, absent_state, encoded
from wwz.maps.drawing import classes_of, scale_of
from wwz.maps.ramps import RAMPS, ramp_colours

# Few people of 65 and older in a buurt, many inhabitants in a wijk.
HIDDEN = View(gebied=("GM9902",), laag="horen_65", niveau="buurt")
OPEN = View(gebied=("GM9902",), laag="mobiliteit_18", niveau="wijk")
FEW = "minder dan 10 mensen"
CASES = [(HIDDEN, {"onbekend", FEW}), (OPEN, {"onbekend"})]


def drawn(store, view):
    """The layer of a view, and the codes of its areas."""
    area = find_area(store, view.gebied)
    shown = layer(store, area, view.laag, view.niveau, view.maat, view.jaar)
    return shown, list(area.parts(view.niveau, [view.laag])["gebied"])


def labels(classes) -> set[str]:
    return {row.label for row in classes.absent}


def test_the_reasons_never_look_or_read_alike():
    rows = absent_rows([NO_FIGURE, TOO_FEW, PROTECTED, 2], 10)
    assert [(row.label, row.count) for row in rows] == [("onbekend", 1), (FEW, 1), ("niet getoond", 1)]
    for field in ("sign", "fill", "ink", "hatch", "qgis"):
        assert len({getattr(look, field) for look in LOOKS.values()}) == 4, field
    of_classes = {colour for ramp in RAMPS for count in range(1, 8) for colour in ramp_colours(ramp, count)}
    assert not of_classes & {look.fill for look in LOOKS.values()}
    for dark in (False, True):
        state = absent_state(rows, dark=dark)
        assert (
            len({one["fill"] for one in state.values()}) == len({one["label"] for one in state.values()}) == 3
        )
    assert encoded(np.array([0, NO_FIGURE, TOO_FEW, PROTECTED])) == "0xwp"


def test_why_an_area_has_no_number():
    rows = pd.DataFrame(
        {
            "gebied": ["A", "B", "C", "D"],
            "verborgen": [True, False, None, True],
            "beschermd": [False, True, False, True],
        }
    )
    assert reasons_of(rows).to_dict() == {"A": TOO_FEW, "B": PROTECTED, "C": NO_FIGURE, "D": PROTECTED}


@pytest.mark.parametrize(("view", "words"), CASES)
def test_the_legend_counts_what_the_table_says(voorbeeld_store, view, words):
    shown, codes = drawn(voorbeeld_store, view)
    classes, numbers = classes_of(shown, codes)
    rows = table_rows(voorbeeld_store, find_area(voorbeeld_store, view.gebied), shown, view.niveau).set_index(
        "gebied"
    )
    assert rows["verborgen"].any() == (FEW in words), "dit geval toetst niets"
    assert labels(classes) == words and labels(scale_of([shown])) == words
    counts = {row.label: row.count for row in classes.absent}
    assert counts.get(FEW, 0) == (rows["waarde_tekst"] == FEW).sum()
    assert set(rows.loc[np.array(codes)[numbers == TOO_FEW], "waarde_tekst"]) <= {FEW}
    assert not (rows.loc[np.array(codes)[numbers == NO_FIGURE], "waarde_tekst"] == FEW).any()


def test_only_areas_on_the_map_count(voorbeeld_store):
    shown, codes = drawn(voorbeeld_store, HIDDEN)
    seen = [code for code in codes if code not in set(shown.values.index[shown.values.isna()])]
    assert labels(classes_of(shown, [*seen, "BU00000000"])[0]) == {"onbekend"}


def test_a_scale_of_several_maps_speaks_for_all_and_each_map_for_itself(voorbeeld_store):
    (hidden, hidden_codes), (shown, codes) = (drawn(voorbeeld_store, view) for view, _ in CASES)
    shared = scale_of([shown, hidden])
    assert labels(shared) == {"onbekend", FEW}
    assert labels(classes_of(shown, codes, shared)[0]) == {"onbekend"}
    assert labels(classes_of(hidden, hidden_codes, scale_of([shown]))[0]) == {"onbekend", FEW}


def test_a_protected_count_is_not_called_too_few(voorbeeld_store):
    shown, codes = drawn(voorbeeld_store, HIDDEN)
    held = replace(shown, absent=shown.absent.replace(TOO_FEW, PROTECTED))
    assert labels(classes_of(held, codes)[0]) == {"onbekend", "niet getoond"}


@pytest.mark.parametrize(("view", "words"), CASES)
def test_every_file_has_the_words_of_the_screen(voorbeeld_store, tmp_path, view, words):
    page = unescape(make_file(voorbeeld_store, view, "html").decode())
    rows = re.findall(r'fill="url\(#leeg-(\w)\)"/></svg>(.*?) <small>', page)
    assert {text for _, text in rows} == words and len({sign for sign, _ in rows}) == len(words)
    picture = unescape(make_file(voorbeeld_store, view, "svg").decode())
    written = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture))
    assert all(word.split()[0] in written for word in words)
    assert ("minder dan" in written) == (FEW in words)
    (tmp_path / "a.gpkg").write_bytes(make_file(voorbeeld_store, view, "gpkg"))
    style = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="layer_styles", read_geometry=False)
    assert all(f'label="{word}"' in style["styleQML"].iloc[0] for word in words)
    table = pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="wwz")
    assert set(table.loc[table["waarde"].isna(), "klasse"]) <= words
    if FEW in words:
        assert FEW in set(table["klasse"])


def test_a_figure_without_a_number_is_always_hidden(voorbeeld_store):
    """The map knows no more than the values: a row without a number must mean that it is not shown."""
    area = find_area(voorbeeld_store, ["GM9902"])
    for code in ("horen_65", "mobiliteit_18", "inwoners", "zonder_noodzakelijk"):
        shown = layer(voorbeeld_store, area, code, "buurt", "aandeel", 0)
        rows = area.parts("buurt", [code], shown.jaar).set_index("gebied")
        assert rows.loc[shown.values.index[shown.values.isna()], "verborgen"].all()
