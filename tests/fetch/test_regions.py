"""Fetching by region: which gemeenten are in it, whatever it is called and whichever service tells."""

from __future__ import annotations

import pytest
from contents import DIVISIONS
from workplaces import asked, haal

from wwz.base.errors import Fout
from wwz.fetch.fetch import plan_for
from wwz.fetch.job import regions as kept_regions
from wwz.fetch.regions import choose_regions, fetch_regions

YEAR = 2024


@pytest.fixture
def regions(place):
    return fetch_regions(place, place.paginas.parent, YEAR)


def members(standin, division: str, code: str) -> set[str]:
    """Read from the table itself, apart from the code under test."""
    frame = standin.content.tables[("cbs", "85755NED")]
    return set(frame.loc[frame[DIVISIONS[division]] == code, "RegioS"])


def test_every_region_has_its_gemeenten(standin, regions):
    frame = standin.content.tables[("cbs", "85755NED")]
    expected = {
        (code, tuple(sorted(members(standin, d, code))))
        for d, c in DIVISIONS.items()
        for code in frame[c].unique()
    }
    assert {(r.code, r.gemeenten) for r in regions} == expected and len(expected) == 12
    assert {r.soort for r in regions} == {
        "provincie",
        "GGD-regio",
        "zorgkantoorregio",
        "arbeidsmarktregio",
        "COROP-gebied",
    }
    assert regions[0].soort == "provincie"


@pytest.mark.parametrize(
    ("name", "division", "code"),
    [
        ("provincie Kustland", "Provincies", "PV91"),
        ("PROVINCIE kustland", "Provincies", "PV91"),
        ("pv91", "Provincies", "PV91"),
        ("GGD Kustland", "GGD-regio's", "GG9101"),
        ("zorgkantoorregio Kustland", "Zorgkantoorregio's", "ZK91"),
        ("Groot Kustland", "Arbeidsmarktregio's", "AM91"),
        ("COROP-gebied Overig Duinmonde", "COROP-gebieden", "CR90"),
    ],
)
def test_a_region_is_found_by_name_kind_and_code(standin, place, name, division, code):
    plan = plan_for((), YEAR, place, regios=(name,))
    assert {gemeente for gemeente, _ in plan.gemeenten} == members(standin, division, code)


def test_a_name_of_different_regions_asks_which(regions):
    with pytest.raises(
        Fout, match=r"meer regio's.*provincie Kustland \(PV91\).*zorgkantoorregio Kustland \(ZK91\)"
    ):
        choose_regions(("Kustland",), regions)


def test_a_name_of_regions_that_are_the_same_needs_no_kind(regions):
    """Provincie and zorgkantoorregio Binnenland differ; two divisions with the same gemeenten do not."""
    same = [
        r for r in regions if r.soort in ("GGD-regio", "zorgkantoorregio") and r.code in ("GG9101", "ZK91")
    ]
    assert len(same) == 2 and same[0].gemeenten == same[1].gemeenten
    renamed = tuple(type(r)(r.soort, r.code, "Duinen", r.gemeenten) for r in same)
    assert choose_regions(("Duinen",), renamed)[0].gemeenten == same[0].gemeenten


def test_a_region_that_does_not_exist_gets_a_hint(place):
    with pytest.raises(
        Fout, match="'Groot Kuslland' bestaat niet.*Bedoelt u arbeidsmarktregio Groot Kustland"
    ):
        plan_for((), YEAR, place, regios=("Groot Kuslland",))


def test_a_region_and_a_gemeente_and_neighbours_go_together(standin, place):
    names = standin.content.names
    far = sorted(names)[-1]
    plan = plan_for((names[far],), YEAR, place, regios=("ZK91",))
    assert {code for code, _ in plan.gemeenten} == members(standin, "Zorgkantoorregio's", "ZK91") | {far}
    assert plan.waar == f"{names[far]} en zorgkantoorregio Kustland"


def test_version_four_gives_the_same_regions(standin, place, regions):
    standin.content.v4.add("85755NED")
    assert fetch_regions(place, place.paginas.parent, YEAR) == regions
    assert any("/odata/v1/CBS/85755NED/Observations" in path for path in standin.log)


def test_a_truncated_list_is_noticed(standin, place):
    def trouble(handler, path, query) -> bool:
        if path.endswith("85755NED/TypedDataSet"):
            body = handler.answer(path, query)
            handler.send_json({**body, "value": body["value"][:-1]})
            return True
        return False

    standin.trouble = trouble
    with pytest.raises(Fout, match="3 van de 4 gemeenten"):
        plan_for((), YEAR, place, regios=("PV91",))


def test_a_list_that_is_gone_is_told(standin, place):
    del standin.content.tables[("cbs", "85755NED")]
    with pytest.raises(Fout, match="85755NED.*niet .meer. bij de bron.*Noem de gemeenten"):
        plan_for((), YEAR, place, regios=("PV91",))


def test_regions_are_kept_to_choose_from(place, regions):
    assert kept_regions(place.settings, YEAR) == regions


def test_the_command_fetches_a_region(kustland, standin):
    said = (kustland.parent / "gezegd.txt").read_text(encoding="utf-8")
    assert "Klaar: de cijfers van zorgkantoorregio Kustland" in said
    found = asked(kustland, "from gebied where niveau = 'gemeente'")["code"].tolist()
    assert set(found) == members(standin, "Zorgkantoorregio's", "ZK91")


def test_the_command_shows_the_regions_and_what_is_in_one(standin, tmp_path):
    assert "PV91      provincie Kustland (3 gemeenten)" in haal(standin, tmp_path, "--toon-regios")
    said = haal(standin, tmp_path, "--regio", "ZK91", "--droog")
    names = [standin.content.names[c] for c in sorted(members(standin, "Zorgkantoorregio's", "ZK91"))]
    assert f"Dat zijn 2 gemeenten: {', '.join(names)}." in said
