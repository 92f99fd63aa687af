"""Who lacks something necessary is one number with one margin: on the map, in the agenda, the profile, an export and `tabel`."""

from __future__ import annotations

import pytest
from eenmaal import once

from wwz.agenda import rows as agenda
from wwz.ask.area import Area, find_area
from wwz.ask.layer import profile_rows
from wwz.ask.view import View
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.export.sheet import make_sheet
from wwz.knowledge import catalogue
from wwz.store import Store
from wwz.words.numbers import people_between, people_range

CODE = "zonder_noodzakelijk"
INDICATOR = catalogue()[CODE]
# Two own areas that share a buurt; neither is a wijk.
OWN = (
    ("Strand", ("BU05180546", "BU05180478", "BU05180271")),
    ("Duin", ("BU05180271", "BU05182665", "BU05182666", "BU05182664")),
)


@pytest.fixture(scope="module")
def own_store(shared_data, tmp_path_factory):
    """Den Haag with the two own areas."""

    def make(folder):
        build(Settings(gebieden=OWN), (shared_data / "denhaag",), database=folder / "wwz.duckdb")

    store = Store(once(tmp_path_factory, "denhaag-eigen", make) / "wwz.duckdb")
    yield store
    store.close()


def of_level(store: Store, level: str, count: int) -> list[Area]:
    rows = store.areas()
    return [find_area(store, [code]) for code in rows.loc[rows["niveau"] == level, "code"].head(count)]


def is_one_number(area: Area) -> bool:
    """Whether every road gives the number of the agenda; says whether it is a number that is shown."""
    store = area.store
    head = store.ask("agenda_kop", **agenda.parameters(store, area)).iloc[0]
    known = head["mensen"] == head["mensen"]
    table = area.figures([CODE]).iloc[0]
    union = Area(store, area.buurten, area.naam, "eigen") if len(area.buurten) > 1 else area
    for road, row in (("tabel", table), ("optelling", union.figures([CODE]).iloc[0])):
        found = [row[name] for name in ("teller", "teller_onder", "teller_boven")]
        assert bool(row["verborgen"]) == bool(head["verborgen"]), (area.naam, road)
        expected = [head[name] for name in ("mensen", "onder", "boven")]
        assert found == pytest.approx(expected, rel=1e-9, nan_ok=True), (area.naam, road)
    minimum = int(head["minimum"])
    if not area.is_union:
        layer = store.ask("kaartlaag", binnen=list(area.codes), niveau=area.niveau, indicator=CODE)
        drawn = layer.set_index("gebied")["teller"]
        if known:
            assert drawn[area.codes[0]] == pytest.approx(head["mensen"]), area.naam
        sheet = make_sheet(store, View(gebied=area.codes, laag=CODE, niveau="buurt"))
        assert sheet.shown.whole["teller"] == pytest.approx(head["mensen"], nan_ok=True), area.naam
    words = people_between(head["onder"], head["boven"], minimum) if known else ""
    assert people_range(table, INDICATOR, minimum) == words, area.naam
    profile = profile_rows(store, area, [CODE]).iloc[0]
    assert profile["teller_onder"] == pytest.approx(head["onder"], nan_ok=True), area.naam
    return known


@pytest.mark.parametrize("level", ["buurt", "wijk", "gemeente"])
def test_the_example_region_has_one_number(voorbeeld_store, level):
    assert any([is_one_number(area) for area in of_level(voorbeeld_store, level, 4)])


def test_own_areas_that_overlap_have_one_number_each(voorbeeld_store):
    first, second, third = (area.codes[0] for area in of_level(voorbeeld_store, "wijk", 3))
    for codes in ([first, second], [second, third], [first, third]):
        assert is_one_number(find_area(voorbeeld_store, codes))


@pytest.mark.parametrize("level", ["buurt", "wijk", "gemeente", "eigen"])
def test_den_haag_has_one_number(own_store, level):
    areas = of_level(own_store, level, 4)
    assert len(areas) > 1 or level == "gemeente"
    assert any([is_one_number(area) for area in areas])


def test_a_buurt_in_two_own_areas_counts_in_both(own_store):
    """What an own area shows has nothing to do with the other one that shares a buurt with it."""
    for area in of_level(own_store, "eigen", 2):
        alone = Area(own_store, dict(OWN)[area.naam], area.naam, "eigen").figures([CODE]).iloc[0]
        assert area.figures([CODE]).iloc[0]["teller"] == pytest.approx(alone["teller"])


def test_hidden_people_have_no_bounds(voorbeeld_store):
    """Too few people to show: no number and no bounds leave the database, whichever question is asked."""
    rows = voorbeeld_store.areas()
    few = 0
    for code in rows.loc[rows["niveau"] == "buurt", "code"].head(25):
        area = find_area(voorbeeld_store, [code])
        question = agenda.parameters(voorbeeld_store, area)
        head = voorbeeld_store.ask("agenda_kop", **question).iloc[0]
        hidden = [(head["gemeten_verborgen"], head[["gemeten", "gemeten_onder", "gemeten_boven"]])]
        listed = voorbeeld_store.ask("agenda_tekort", **question)
        hidden += [(row["verborgen"], row[["mensen", "onder", "boven"]]) for _, row in listed.iterrows()]
        hidden += [
            (row["onbekend_verborgen"], row[["onbekend_nodig", "onbekend_onder", "onbekend_tot"]])
            for _, row in listed.iterrows()
        ]
        assert all(numbers.isna().all() for hides, numbers in hidden if hides)
        few += sum(bool(hides) for hides, _ in hidden)
    assert few > 0
