"""Measured is what a source says per home, square or address; who lives there is in the margin. And bounds as a layer of the map."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from invoer_hulp import CODES, built, four_buurten, kwb, step

from wwz.agenda import rows as agenda
from wwz.agenda.balance import balance
from wwz.agenda.words import TAGS
from wwz.ask.area import find_area
from wwz.ask.bounds import more_precise
from wwz.ask.conditions import status_rows
from wwz.ask.layer import layer, layers, people_line, table_rows
from wwz.ask.layerwords import layer_notes
from wwz.ask.outlined import outlined
from wwz.ask.view import View
from wwz.export.formats import AGENDAS, FORMATS, REPORTS, make_file
from wwz.knowledge import load_toml
from wwz.maps.drawing import classes_of
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import buildings
from wwz.ui.shared import projection
from wwz.words.sentences import headline

A, B, C, D = CODES
TOWN = ("GM9901",)
MEASURED = {"winkels-1000", "ontmoeting-1000", "nultrede", "info-advies", "aanspreekpunt-passief"}


def test_of_28_necessary_conditions_15_are_known_or_bounded_and_5_measured(voorbeeld_store):
    rows = agenda.of_area(voorbeeld_store, find_area(voorbeeld_store, TOWN)).rows
    rows = rows[rows["graad"] == "N"].set_index("randvoorwaarde")
    assert len(rows) == 28 and (rows["soort"] != "eerst uitzoeken").sum() >= 15
    assert set(rows.index[rows["soort"] == "gemeten"]) == MEASURED


def test_homes_that_are_measured_hold_the_truth(voorbeeld_store, ask):
    """Which homes have no stairs is drawn, who needs one lives in them more often in some buurten than in others."""
    region = make_example_region()
    true = buildings.draw_buildings(region, SEED).truth["zonder"]
    true.index = region.buurten["buurtcode"].to_numpy()
    rows = ask(
        voorbeeld_store,
        "select buurt, onder, aandeel, boven, hoe from tekort_gemeten where randvoorwaarde = 'nultrede'",
    ).set_index("buurt")
    known = rows[rows["hoe"] == "label"].join(true, how="inner")
    assert len(known) > 60 and known["zonder"].between(known["onder"], known["boven"]).mean() >= 0.9
    # And it is nearer than what is estimated of the building alone.
    assert (known["zonder"] - known["aandeel"]).abs().mean() < 0.1
    # Where only corporaties made a list, nothing is measured by it.
    assert set(rows[rows.index.str.startswith("BU9902")]["hoe"]) == {"gebouw"}


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """A: 380 of 400 homes with a label, B: 600 of 900; of C all are in the list, and most only because they have a floor upstairs.

    The homes of C are known by their number of the BAG and by where they lie, as they come from PDOK.
    """
    folder = four_buurten(tmp_path_factory.mktemp("labels"))
    kwb(Woningen=[400, 900, 200, 700]).to_csv(folder / "kwb_2023.csv", index=False)
    rows = [(A, label) for label, count in (("NUL", 150), ("ROL", 50), ("GNV", 180)) for _ in range(count)]
    rows += [(B, "NUL")] * 600
    pd.DataFrame(rows, columns=["buurtcode", "toegankelijkheidslabel"]).to_csv(
        folder / "woningen_2025.csv", index=False
    )
    homes = [f"990101{n:010d}" for n in range(200)]
    panden = [f"990110{n:010d}" for n in range(200)]
    places = {A: 0, B: 1000, C: 2000, D: 3000}
    pd.DataFrame(
        {
            "identificatie": homes, "x": [places[C] + 155_100 + n for n in range(200)], "y": 463_100,
            "gebruiksdoel": "woonfunctie", "pand_identificatie": panden,
        }
    ).to_csv(folder / "adressen.csv", index=False)  # fmt: skip
    pd.DataFrame({"identificatie": panden, "bouwjaar": 1960, "b3_bouwlagen": [2] * 150 + [1] * 50}).to_csv(
        folder / "panden.csv", index=False
    )
    labels = ["ZON"] * 160 + ["NUL"] * 40
    pd.DataFrame({"bagid": homes, "toegankelijkheidslabel": labels}).to_csv(
        folder / "lijst_2025.csv", index=False
    )
    return built(tmp_path_factory.mktemp("uit"), folder)[0]


def test_a_list_of_nearly_all_homes_decides(labelled):
    """Of 400 homes 200 have no stairs and 180 have; of twenty nobody knows."""
    rows = labelled(
        "select buurt, onder, aandeel, boven, werking from bewijs where hoe = 'label' and randvoorwaarde = 'nultrede'"
    )
    decided = rows[rows["werking"] == "beslist"].set_index("buurt")
    assert B not in decided.index and set(decided.index) >= {A}
    numbers = load_toml("confrontatie.toml")["oordeel"]

    def without(part: float, times: float) -> float:
        return 1 - times * part / (1 - part + times * part)

    assert decided.loc[A, "boven"] == pytest.approx(without(200 / 400, numbers["voorkeur_weinig"]))
    assert decided.loc[A, "onder"] == pytest.approx(without(220 / 400, numbers["voorkeur_veel"]))
    assert decided.loc[A, "onder"] < decided.loc[A, "aandeel"] < decided.loc[A, "boven"]


def test_a_home_without_a_label_of_its_own_has_stairs_where_it_has_floors(labelled):
    """Of the 160 homes of C with nothing special 150 have two floors; of ten of one floor nobody knows."""
    rows = labelled(
        f"select onder, boven from bewijs where hoe = 'label' and werking = 'beslist' and randvoorwaarde = 'nultrede' and buurt = '{C}'"
    )
    numbers = load_toml("confrontatie.toml")["oordeel"]
    times = numbers["voorkeur_veel"]
    most = 50 / 200
    assert rows["onder"].iloc[0] == pytest.approx(1 - times * most / (1 - most + times * most))
    assert rows["boven"].iloc[0] == pytest.approx(1 - 40 / 200)


def test_what_counts_as_measured_is_the_same_in_sql_and_in_words():
    text = step("tekort_nu").read_text(encoding="utf-8")
    listed = re.search(r"is_gemeten\(hoe\) as hoe in \(([^)]*)\)", text)
    assert listed and set(re.findall(r"'(\w+)'", listed[1])) == {
        how for how, tag in TAGS.items() if tag == "gemeten"
    }


def test_a_bound_is_a_layer_of_two_numbers(voorbeeld_store):
    store, area = voorbeeld_store, find_area(voorbeeld_store, TOWN)
    codes = set(layers(store)["code"])
    assert "grens_nultrede" in codes and "grens_monitoring" not in codes and "grens_winkels_100" not in codes
    helped = layer(store, area, "grens_huishoudelijke_verzorging", "buurt", "aandeel", 0)
    rows = table_rows(store, area, helped, "buurt")
    bounded = rows[rows["soort"] == "begrensd"]
    assert len(bounded) > 50 and bounded["waarde"].isna().all() and bounded["teller"].isna().all()
    assert bounded["waarde_tekst"].str.match(r"^(hooguit|minstens|\d+ tot) \d+%$|^\d+ tot \d+%$").all()
    # The colours are those of one side, and the legend says which.
    classes, _ = classes_of(helped, list(helped.values.index))
    assert classes.labels[0].startswith("bovengrens ") and not any(
        "grens" in label for label in classes.labels[1:]
    )
    walks = layer(store, area, "grens_ruimte_rolstoel", "buurt", "aandeel", 0)
    assert walks.woord == "ondergrens"
    # The whole is the agenda's own bound, in its words.
    row = (
        agenda.of_area(store, area)
        .rows.set_index(["randvoorwaarde", "graad"])
        .loc[("huishoudelijke-verzorging", "N")]
    )
    assert people_line(helped.whole, helped.indicator, helped.minimum)[0] == f"{row['mensen_tekst']} mensen"
    assert "hooguit" in headline(area.naam, helped.whole, helped.indicator, helped.minimum)
    # An area of one's own has its own bounds.
    ends = bounded.sort_values("boven").iloc[[0, -1]]
    union = find_area(store, tuple(ends["gebied"])).figures(["grens_huishoudelijke_verzorging"]).iloc[0]
    assert ends["boven"].min() < union["boven"] < ends["boven"].max()


def test_bounds_that_lie_near_each_other_are_no_map_of_differences(voorbeeld_store):
    """Begeleiding: everywhere 92 to 96% at most. Of five colours one would read where it is worst."""
    store, area = voorbeeld_store, find_area(voorbeeld_store, TOWN)
    shown = layer(store, area, "grens_begeleiding", "buurt", "aandeel", 0)
    classes, _ = classes_of(shown, list(shown.values.index))
    assert shown.flat and len(classes.labels) == 1 and classes.labels[0].startswith("bovengrens ")
    assert any("overal bijna even hoog" in note for note in layer_notes(shown))
    assert not layer(store, area, "grens_ruimte_rolstoel", "buurt", "aandeel", 0).flat


def test_who_lacks_it_is_not_called_who_needs_it(voorbeeld_store):
    view = View(gebied=("GM9901",), laag="grens_begeleiding", niveau="wijk")
    text = make_file(voorbeeld_store, view, "csv").decode("utf-8-sig")
    heads = text.splitlines()[0].split(";")
    assert "Mensen zonder" in heads and "Mensen die het nodig hebben" not in heads


def test_of_an_assumption_nothing_is_certain_on_any_screen(denhaag_store):
    """Nultrede from kind of home and year: the bars of Randvoorwaarden and of the agenda say the same."""
    area = find_area(denhaag_store, ("WK051829",))
    rows = status_rows(denhaag_store, area, "ouderen-3", "geen").set_index("code")
    assert rows.loc["nultrede", "zeker"] == 0 < rows.loc["nultrede", "mogelijk"]
    bars = balance(agenda.of_area(denhaag_store, area)).set_index("randvoorwaarde")
    assert bars.loc["nultrede", "zeker_gemist"] == 0


def test_before_a_room_the_bar_names_the_layer_that_is_shown(voorbeeld_store, monkeypatch):
    named = []
    monkeypatch.setattr(projection, "is_on", lambda: True)
    monkeypatch.setattr(projection, "current_layer", lambda store: "grens_nultrede")
    monkeypatch.setattr(projection, "steps", lambda word, labels, here, go: named.append(labels[here()]))
    projection.layer_steps(voorbeeld_store)
    assert named == ["Nultredenwoning"]


def test_the_map_says_what_makes_a_bound_more_precise(voorbeeld_store):
    """In the words of the agenda."""
    rows = agenda.of_area(voorbeeld_store, find_area(voorbeeld_store, TOWN)).rows
    needed = rows[rows["graad"] == "N"].set_index("randvoorwaarde")
    assert more_precise(voorbeeld_store, "grens_begeleiding") == needed.loc["begeleiding", "doen"]


def test_few_people_have_no_bound(voorbeeld_store):
    store, area = voorbeeld_store, find_area(voorbeeld_store, TOWN)
    shown = layer(store, area, "grens_nultrede", "buurt", "aandeel", 0)
    rows = table_rows(store, area, shown, "buurt")
    few = rows[rows["verborgen"]]
    assert len(few) and few[["onder", "boven", "teller_onder", "teller_boven"]].isna().all(axis=None)
    assert few["waarde_tekst"].str.startswith("minder dan").all()
    marked, meaning = outlined(store, area, shown, "", "buurt")
    assert (rows.set_index("gebied").loc[marked, "onder"] >= 50).all() and ("helft" in meaning) == bool(
        marked
    )


@pytest.mark.parametrize("code", [c for c in FORMATS if c not in (*AGENDAS, *REPORTS)])
def test_every_kind_of_file_of_a_bound_is_made(voorbeeld_store, code):
    view = View(gebied=("GM9902",), laag="grens_nultrede", niveau="wijk")
    content = make_file(voorbeeld_store, view, code)
    assert len(content) > 500
    if code == "csv":
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        first = lines[0]
        assert (
            first["Ondergrens (%)"]
            and first["Bovengrens (%)"]
            and "tot" in next(iter(first.values())) + str(first)
        )
    if code == "html":
        assert "bovengrens" in content.decode() or "ondergrens" in content.decode()
