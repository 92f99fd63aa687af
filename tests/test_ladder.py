"""The ladder: which doelgroepen a limitation consists of, and which limitations a doelgroep has."""

from __future__ import annotations

import pytest
from invoer_hulp import Answers

from wwz.ask import ladder, mantelzorg
from wwz.ask.area import find_area
from wwz.ask.view import View, from_query
from wwz.knowledge import domain

ORDER = list(domain.domein().ernst)


@pytest.fixture(scope="module")
def area(voorbeeld_store):
    return find_area(voorbeeld_store, ["GM9901"])


@pytest.mark.lang
def test_memory_consists_of_these_groups(voorbeeld_store, area):
    rows = ladder.consists_of(voorbeeld_store, area, "geheugen").set_index("doelgroep")
    # On the map layer by the slides (2a, 4a), and by the recipe of the estimate (4b, 4c).
    assert set(rows.index) == {"ouderen-2a", "ouderen-4a", "ouderen-4b", "ouderen-4c"}
    assert rows.loc["ouderen-2a", "deel"] == "35% van deze laag (65+)"
    assert rows["mensen"].is_monotonic_decreasing
    layer = area.figures(["geheugen_65"]).iloc[0]["teller"]
    assert rows.loc["ouderen-2a", "mensen"] == pytest.approx(0.35 * layer, rel=0.01)
    assert rows.loc["ouderen-4a", "mensen"] == pytest.approx(0.25 * layer, rel=0.01)


def test_every_group_of_a_limitation_has_an_interval_around_its_people(voorbeeld_store, area):
    for layer in ladder.limitations(voorbeeld_store):
        for row in ladder.consists_of(voorbeeld_store, area, layer).itertuples():
            low, high = (float(part.replace(".", "")) for part in row.marge_tekst.split(" tot "))
            assert low <= row.mensen <= high


def test_up_and_down_the_ladder_is_the_same(voorbeeld_store, area):
    """A doelgroep names a limitation exactly when that limitation names the doelgroep (or consists of it)."""
    for layer in ladder.limitations(voorbeeld_store):
        groups = set(ladder.consists_of(voorbeeld_store, area, layer)["doelgroep"])
        named = {g for g in domain.doelgroepen() if layer in ladder.layers_of(voorbeeld_store, g)}
        assert named <= groups


@pytest.mark.parametrize("group", list(domain.doelgroepen()))
def test_a_doelgroep_has_all_domains_with_severity_source_and_mark(group):
    rows = ladder.limitations_of(group)
    assert rows["titel"].tolist() == [f.titel for f in domain.domein().functiedomeinen.values()]
    assert set(rows["hoe_bekend"]) <= {"gepubliceerd", "te controleren", "aanname"}
    assert rows[["toelichting", "bron", "ernst"]].map(bool).all(axis=None)


def test_severity_of_ggz_by_hand():
    """The slide: probleemgedrag licht to ernstig, psychisch matig to zwaar."""
    rows = ladder.limitations_of("ggz").set_index("titel")["ernst"]
    assert rows["Probleemgedrag"] == "●●● licht tot ernstig (zwaar)"
    assert rows["Psychisch functioneren"] == "●●● matig tot ernstig (zwaar)"


def test_mantelzorg_of_an_area_is_the_weighted_mean_of_its_buurten(voorbeeld_store, area):
    shares = Answers(voorbeeld_store.path)(
        "select m.mantelzorg, sum(m.aandeel * d.mensen) / sum(d.mensen) as deel from mantelzorg_aandeel m join doelgroep_buurt d "
        "on d.buurt = m.gebied and d.doelgroep = m.doelgroep where m.doelgroep = 'ouderen-3' and d.buurt like 'BU9901%' group by 1"
    ).set_index("mantelzorg")["deel"]
    rows = mantelzorg.carers(voorbeeld_store, area, "ouderen-3")
    assert rows["breedte"].tolist() == pytest.approx(
        [100 * shares[c] for c in ("inwonend", "uitwonend", "geen")]
    )
    assert rows["breedte"].sum() == pytest.approx(100)
    per_buurt = mantelzorg.carers_per_buurt(voorbeeld_store, area, "ouderen-3")
    assert len(per_buurt) > 50
    assert (per_buurt[["inwonend", "uitwonend", "geen"]].sum(axis=1) - 100).abs().max() < 1e-6


def test_a_link_keeps_the_choice():
    view = View(ladder="doelgroep", beperking="geheugen", doelgroep="ggz")
    assert from_query(view.to_query()) == view
    assert from_query({"ladder": "x", "beperking": "<b>"}) == View()


def test_too_few_people_is_not_unknown(voorbeeld_store):
    """A number below the minimum is known: the ladder says so, and its word of reliability says nothing about it."""
    hidden = Answers(voorbeeld_store.path)(
        """
        select o.gebied, o.betrouwbaarheid, c.teller
        from cijfer_open o
        join cijfer c using (gebied, indicator, jaar)
        where o.indicator = 'dg_ouderen_3' and o.verborgen
        order by c.teller desc, o.gebied
        """
    )
    assert set(hidden["betrouwbaarheid"]) == {"onbekend"}
    place = find_area(voorbeeld_store, [hidden["gebied"].iloc[0]])
    text = ladder.group_sentence(voorbeeld_store, place, "ouderen-3")
    assert text.endswith(f"in {place.naam} minder dan 10 mensen.")
