"""The small inputs that once showed a fault, as a whole: what is built from them is right, or the sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from invoer_hulp import Answers, only_distances, texts

from wwz.base.settings import Settings
from wwz.build.build import build

CASES = Path(__file__).resolve().parent.parent.parent / "shared" / "gevallen"


@pytest.fixture
def case(tmp_path, monkeypatch):
    """Build one case; gives questions to its database, and the report."""
    only_distances(monkeypatch)

    def run(name: str):
        if not (CASES / name).is_dir():
            pytest.skip(f"gevallen ontbreken: {CASES / name}")
        result = build(Settings(), (CASES / name,), database=tmp_path / name / "wwz.duckdb")
        return Answers(result.database), result.report

    return run


@pytest.mark.parametrize(("name", "near"), [("bag_basis", 0), ("bag_kantoor", 0), ("bag_nevenadres", 1)])
def test_addresses(case, name, near):
    # 40 homes in each buurt, far from the pharmacy; with the nevenadressen one home more, beside it.
    ask, report = case(name)
    assert ask("select count(*) as n from adres where woning")["n"].tolist() == [80 + near]
    rows = ask("select buurt, binnen from bereik_buurt where bereik = 'apotheek' and meter = 500").set_index(
        "buurt"
    )
    assert rows["binnen"].to_dict() == pytest.approx({"BU99010101": 0, "BU99010102": near / (40 + near)})
    assert texts(report, "afgekeurd") == texts(report, "let_op") == []


@pytest.mark.lang
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("overpass_skel", {"ziekenhuis": 1}), ("overpass_geom", {"ziekenhuis": 2}), ("basisscholen", {"school": 2}),
        ("healthcare", {"apotheek": 2, "huisarts": 1, "ziekenhuis": 1}),
    ],
)  # fmt: skip
def test_voorzieningen(case, name, kinds):
    ask, report = case(name)
    assert (
        ask("select soort, count(*) as n from punt group by soort").set_index("soort")["n"].to_dict() == kinds
    )
    assert texts(report, "afgekeurd") == []


def test_a_table_of_statline_on_its_side(case):
    ask, report = case("eerste_reden")
    rows = ask("select gebied, waarde from variabele_gebied where variabele = 'afstand_huisarts'").set_index(
        "gebied"
    )
    assert rows["waarde"].to_dict()["BU99010101"] == 0.8 and texts(report, "afgekeurd") == []


def test_a_shapefile_without_its_shapes(case):
    _, report = case("dbf_alleen")
    assert ["buurt_2024.shp ontbreekt" in t for t in texts(report, "afgekeurd")] == [True]


def test_postcodes_with_their_buurt(case):
    ask, report = case("koppeltabel")
    rows = ask("select postcode, buurt, jaar, adressen from postcode_buurt order by all")
    assert rows.values.tolist() == [["2501AA", "BU99010101", 2025, 2], ["2502BB", "BU99010102", 2025, 1]]
    assert texts(report, "afgekeurd") == []
