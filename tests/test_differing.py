"""Layers of which the areas do not differ, or do not cover the same: what the map and every file say of it."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from wwz.ask.area import find_area
from wwz.ask.differing import NO_DIFFERENCE, NO_DIFFERENCES, place_of_code, verdicts
from wwz.ask.layer import LACKING, coverage, layer
from wwz.ask.layerwords import layer_notes, no_effect
from wwz.ask.view import View
from wwz.base.paths import ROOT
from wwz.export.agendasheet import make_agenda_sheet
from wwz.export.delimited import make_csv
from wwz.export.sheet import make_sheet
from wwz.maps.drawing import scale_of


@pytest.fixture(scope="module")
def gemeente(voorbeeld_store):
    return find_area(voorbeeld_store, ["GM9901"])


@pytest.mark.parametrize("code", ["mobiliteit_18", LACKING])
def test_pairs_are_those_of_the_rule(voorbeeld_store, gemeente, code):
    """All pairs of wijken once more, one by one."""
    shown = layer(voorbeeld_store, gemeente, code, "wijk", "aandeel", 0)
    covered = voorbeeld_store.ask("gemis_telt", binnen=["GM9901"], niveau="wijk").set_index("gebied")["telt"]
    rows = [
        {**row, **place_of_code(row["gebied"], "wijk")}
        for row in gemeente.parts("wijk", [code], shown.jaar).dropna(subset=["waarde"]).to_dict("records")
    ]
    pairs = [
        (one, other)
        for number, one in enumerate(rows)
        for other in rows[:number]
        if code != LACKING or tuple(covered[one["gebied"]]) == tuple(covered[other["gebied"]])
    ]
    words = verdicts(voorbeeld_store, [one for one, _ in pairs], [other for _, other in pairs])
    assert shown.los == pytest.approx(sum(word != NO_DIFFERENCE for word in words) / len(words))


def test_a_map_of_areas_that_hardly_differ_has_one_colour_and_says_so(voorbeeld_store, gemeente):
    shown = layer(voorbeeld_store, gemeente, "mobiliteit_18", "buurt", "aandeel", 0)
    flat, other = replace(shown, los=0.09), replace(shown, los=0.11)
    scale = scale_of([flat])
    assert len(scale.colours) == 1 and scale.labels[0].endswith(NO_DIFFERENCES)
    # A colour means the same in every year: the values of all years count.
    assert scale.counts == (int(shown.pooled.notna().sum()),)
    assert "bij 9% van de paren" in " ".join(layer_notes(flat))
    assert len(scale_of([other]).colours) > 1 and layer_notes(other) == ()
    # Of several maps on one scale one that does differ is enough.
    assert len(scale_of([flat, other]).colours) > 1


def test_numbers_of_people_are_not_asked_whether_they_differ(voorbeeld_store, gemeente):
    assert not layer(voorbeeld_store, gemeente, "mobiliteit_18", "buurt", "aantal", 0).flat


def test_what_is_missing_names_what_it_covers_and_leaves_out_who_has_something_else(
    voorbeeld_store, gemeente
):
    shown = layer(voorbeeld_store, gemeente, LACKING, "buurt", "aandeel", 0)
    titles, others = coverage(voorbeeld_store, gemeente, "buurt")
    assert shown.telt == titles and titles
    assert shown.values.reindex(list(others)).isna().all()
    sentence = layer_notes(shown)[0]
    assert all(title[1:] in sentence for title in titles) and "waar hetzelfde meetelt" in sentence
    sheet = make_sheet(voorbeeld_store, View(gebied=("GM9901",), laag=LACKING, niveau="buurt"))
    text = make_csv(sheet).decode("utf-8-sig")
    assert sentence in text and no_effect() in text
    assert (
        dict(sheet.explanation)["Effect van een maatregel"] == no_effect()
        and ("Vergelijken", sentence) in sheet.explanation
    )


def test_what_was_counted_may_be_used(voorbeeld_store):
    sheet = make_sheet(voorbeeld_store, View(gebied=("GM9901",), laag="leeftijd_65plus", niveau="wijk"))
    assert sheet.no_effect == "" and no_effect() not in make_csv(sheet).decode("utf-8-sig")


# Where somebody could lay a number beside an earlier one, or beside what was agreed to do.
JUDGED = (
    "ui/gebieden/effects.py",
    "ui/wijkagenda/picture.py",
    "ui/doorrekenen/screen.py",
    "ui/eigen_cijfers/screen.py",
    "ui/shared/trendline.py",
    "ui/toekomst/screen.py",
    "ui/vergelijken/screen.py",
    "ui/verantwoording/screen.py",
    "export/agendasheet.py",
    "export/servicearea.py",
    "cli/valideer.py",
    "cli/model.py",
    "cli/modelpeople.py",
)


@pytest.mark.parametrize("module", JUDGED)
def test_where_a_measure_could_be_judged_it_is_said_that_an_estimate_cannot(module):
    tree = ast.parse((ROOT / "wwz" / module).read_text(encoding="utf-8"))
    called = {
        node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }
    assert called & {"no_effect", "no_effect_of"}


def test_an_agenda_on_paper_says_it_too(voorbeeld_store):
    sheet = make_agenda_sheet(voorbeeld_store, View(gebied=("WK990102",)))
    assert any(no_effect() in note for note in sheet.notes)
