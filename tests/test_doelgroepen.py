"""Layers by age, doelgroepen and mantelzorg: by hand, scaled to the country, monotone, whole."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from wwz.ask import accuracy as screen
from wwz.knowledge import catalogue, load_toml
from wwz.knowledge.domain import doelgroepen
from wwz.knowledge.groupnames import indicator_code
from wwz.model.groups import group_tables
from wwz.model.mantelzorg import people_at_home, received
from wwz.model.people.recipe import people_tables
from wwz.model.tables import MODEL

RECIPE = load_toml("doelgroepen.toml", MODEL)
AWAY = people_tables()["instelling_land"].set_index("band")["aandeel"].to_dict()
LAYERS = {row["indicator"]: row for row in load_toml("leeftijdslagen.toml", MODEL)["laag"]}


def rows_of(store, tmp_path, question: str) -> pd.DataFrame:
    path = tmp_path / "vraag.sql"
    path.write_text(question, encoding="utf-8")
    return store.check(path)


def test_all_twelve_have_a_recipe_an_indicator_and_a_mantelzorgsituatie():
    codes = set(doelgroepen())
    assert (
        codes
        == {row["code"] for row in RECIPE["doelgroep"]}
        == {row["doelgroep"] for row in RECIPE["mantelzorg"]["groep"]}
    )
    assert {indicator_code(code) for code in codes} <= set(catalogue())
    assert all(row["merk"] in "SKA" and row["reden"] for row in RECIPE["doelgroep"])
    assert set(screen.recipes()["hoe_bekend"]) <= {"gepubliceerd", "te controleren", "aanname"}
    steps = screen.recipes()["wat"]
    for kind in ("Omvang", "Mantelzorg bij"):
        assert steps.str.startswith(kind).sum() == len(codes), kind
    assert steps.str.startswith("Toekomst:").sum() == len(load_toml("toekomst.toml")["prevalentie"])
    assert (
        steps.str.contains("per 1.000", regex=False).sum() == 5
        and steps.str.contains("schuift mee").sum() > 10
    )


def logit(p):
    return math.log(p / (1 - p))


def test_zelfzorg_of_three_buurten_by_hand(voorbeeld_store, tmp_path):
    """People by age × prevalence, tilted by how healthy the older people are for their age."""
    known = LAYERS["zelfzorg_65"]
    rates = {band["band"]: band["aandeel"] / 100 for band in known["band"]}
    people = rows_of(
        voorbeeld_store,
        tmp_path,
        # The rates are of people at home.
        "select gebied, band, b.mensen * t.thuis as mensen from bevolking_nu b join thuis_nu t using (gebied, band) "
        "where band in ('65_75', '75_85', '85plus')",
    )
    people = people.pivot(index="gebied", columns="band", values="mensen")
    country = rows_of(
        voorbeeld_store,
        tmp_path,
        "select band, sum(deel) as deel from leeftijd_land where jaar = (select max(jaar) from leeftijd_land) group by band",
    ).set_index("band")["deel"]
    tilt = rows_of(
        voorbeeld_store,
        tmp_path,
        "select gebied, avg(afwijking) as a from laag_afwijking where indicator in ('mobiliteit_65', 'ernstig_beperkt_65') group by gebied",
    ).set_index("gebied")["a"]
    found = rows_of(
        voorbeeld_store,
        tmp_path,
        "select gebied, teller from cijfer where indicator = 'zelfzorg_65' and wijze = 'leeftijd'",
    ).set_index("gebied")["teller"]
    nationally = sum(country[b] * r for b, r in rates.items()) / sum(country[b] for b in rates)
    for code in sorted(found.index)[:: len(found) // 3][:3]:
        own = people.loc[code]
        expected = sum(own[b] * r for b, r in rates.items()) / own.sum()
        shift = known["kanteling"] * max(-1.5, min(1.5, tilt[code] - (logit(expected) - logit(nationally))))
        total = sum(own[b] / (1 + math.exp(-logit(r) - shift)) for b, r in rates.items())
        assert found[code] == pytest.approx(total, abs=1e-5)


def _moved(bands: pd.DataFrame, one: int, wrong: float) -> float:
    """How far the number of limited people moves when the odds of one band are off: half of what lies between up and down."""
    people, limited = bands["mensen"].to_numpy(), bands["teller"].to_numpy()
    share, rest = people[one] / people.sum(), np.arange(len(people)) != one
    ends = []
    for odds in (1 + wrong, 1 / (1 + wrong)):
        other = odds * share / (1 - share + odds * share)
        factor = np.where(rest, (1 - other) / (1 - share), other / share)
        ends.append((limited * factor).sum())
    return (ends[0] - ends[1]) / 2


def test_the_margin_of_zelfzorg_by_hand(voorbeeld_store, tmp_path):
    """The recipe, the tilt and the split of 65+ on the scale of a logit; chance comes on top where it is shown."""
    known, little = LAYERS["zelfzorg_65"], 1e-4
    parts = rows_of(
        voorbeeld_store,
        tmp_path,
        "select gebied, mensen, teller, fout from laag_buurt where indicator = 'zelfzorg_65'",
    )
    tilt = rows_of(
        voorbeeld_store,
        tmp_path,
        "select gebied, avg(half) as half from laag_afwijking where indicator in ('mobiliteit_65', 'ernstig_beperkt_65') group by gebied",
    ).set_index("gebied")["half"]
    columns = "gebied, teller, noemer, waarde / 100 as p, onder / 100 as laag, boven / 100 as hoog"
    stored, shown = (
        rows_of(
            voorbeeld_store,
            tmp_path,
            f"select {columns} from {table} where indicator = 'zelfzorg_65' and wijze = 'leeftijd' and teller >= 10",
        ).set_index("gebied")
        for table in ("cijfer", "cijfer_open")
    )
    for code in sorted(stored.index)[:: len(stored) // 3][:3]:
        row, own = stored.loc[code], parts[parts["gebied"] == code]
        # The odds of each band against the others as far off as its ages may be: on a straight line from a very small
        # step, for in a buurt of few people the whole step would leave the scale. Three bands are two differences.
        off = [_moved(own, band, little) / little * own["fout"].iloc[band] for band in range(len(own))]
        split = math.sqrt(2 / 3 * sum(n**2 for n in off)) / row["teller"] / (1 - row["p"])
        half = math.sqrt(known["marge"] ** 2 + (known["kanteling"] * tilt.get(code, 0.0)) ** 2 + split**2)
        low, high = (1 / (1 + math.exp(-logit(row["p"]) - side * half)) for side in (-1, 1))
        assert (row["laag"], row["hoog"]) == pytest.approx((low, high), rel=0.004)
        low, high = row["laag"], row["hoog"]
        chance = 1.645 * math.sqrt(row["p"] * (1 - row["p"]) / row["noemer"])
        assert shown.loc[code, "laag"] == pytest.approx(
            max(0, row["p"] - math.hypot(row["p"] - low, chance)), abs=1e-7
        )
        assert shown.loc[code, "hoog"] == pytest.approx(
            row["p"] + math.hypot(high - row["p"], chance), abs=1e-7
        )


@pytest.mark.parametrize("margin", [0.3, 0.45])
@pytest.mark.parametrize("expected", [10, 15, 20, 60, 400])
def test_nine_of_ten_counts_fall_inside_the_margin(voorbeeld_store, expected, margin):
    """If the recipe is off as often as it says, and people belong to it by chance: a count is inside 90% of the time."""
    draw = np.random.default_rng(7)
    truth = expected * np.exp(draw.normal(0, math.log(1 + margin) / 1.645, 40_000))
    counts = draw.poisson(truth)
    row = {"sleutel": "x", "cluster": "", "mensen": expected, "onder": expected / (1 + margin)}
    row |= {"boven": expected * (1 + margin), "spreiding": expected}
    found = voorbeeld_store.ask("mensen_opgeteld", rijen=[row]).iloc[0]
    low, high = found["onder"], found["boven"]
    assert 0.87 <= ((counts >= low) & (counts <= high)).mean() <= 0.94
    # Without chance it was far too narrow for few people.
    bare = ((counts >= expected / (1 + margin)) & (counts <= expected * (1 + margin))).mean()
    assert bare < 0.8 or expected > 20


def test_chance_falls_away_over_many_people(voorbeeld_store, tmp_path):
    """The margin of a gemeente is hardly wider than that of its recipe; that of a buurt clearly is."""
    rows = rows_of(
        voorbeeld_store,
        tmp_path,
        """
        select g.niveau, (o.boven - o.onder) / (c.boven - c.onder) as breder
        from cijfer_open o
        join cijfer c on c.gebied = o.gebied and c.indicator = o.indicator and c.jaar = o.jaar
        join gebied g on g.code = o.gebied
        where o.indicator = 'dg_ouderen_2b' and o.waarde is not null
        """,
    )
    wider = rows.groupby("niveau")["breder"].median()
    assert wider["gemeente"] < 1.03 < wider["wijk"] < 1.2 < wider["buurt"]


def test_ggz_of_a_buurt_by_hand(voorbeeld_store, tmp_path):
    """A national total over the ages, tilted by anxiety and money troubles."""
    group = next(row for row in RECIPE["doelgroep"] if row["code"] == "ggz")
    country = rows_of(
        voorbeeld_store,
        tmp_path,
        "select band, sum(deel) as deel from leeftijd_land where jaar = (select max(jaar) from leeftijd_land) group by band",
    ).set_index("band")["deel"]
    nationally = (
        sum(rate / 1000 * country[band] for band, rate in group["per_1000"].items())
        * RECIPE["land"]["inwoners"]
    )
    at_home = "select gebied, band, b.mensen * t.thuis as mensen from bevolking_nu b join thuis_nu t using (gebied, band)"
    own = rows_of(voorbeeld_store, tmp_path, at_home).pivot(index="gebied", columns="band", values="mensen")
    off = rows_of(voorbeeld_store, tmp_path, "select gebied, indicator, afwijking from laag_afwijking").pivot(
        index="gebied", columns="indicator", values="afwijking"
    )
    found = rows_of(
        voorbeeld_store,
        tmp_path,
        "select gebied, teller from cijfer where indicator = 'dg_ggz' and wijze = 'doelgroep'",
    ).set_index("gebied")["teller"]
    for code in sorted(found.index)[::60]:
        people = (
            sum(rate / 1000 * own.loc[code, band] for band, rate in group["per_1000"].items())
            * group["totaal"]
            / nationally
        )
        shift = sum(tilt["gewicht"] * off.loc[code, tilt["laag"]] for tilt in group["kantel"])
        limit = RECIPE["kantel"]["hooguit"]
        assert found[code] == pytest.approx(
            people * math.exp(max(-limit, min(limit, shift))), rel=1e-6, abs=1e-5
        )


def test_the_country_comes_out_at_the_national_totals(nederland_store, tmp_path):
    totals = rows_of(
        nederland_store,
        tmp_path,
        "select indicator, sum(teller) as t from cijfer join gebied on code = gebied where niveau = 'buurt' and wijze in ('doelgroep', 'leeftijd') group by all",
    ).set_index("indicator")["t"]
    country = rows_of(
        nederland_store,
        tmp_path,
        "select band, sum(deel) as deel from leeftijd_land where jaar = (select max(jaar) from leeftijd_land) group by band",
    ).set_index("band")["deel"]
    for group in RECIPE["doelgroep"]:
        if "totaal" in group:
            # The total is of all ages, and also of institutions; children under 15 are no part of a doelgroep.
            rates = {band: rate * country[band] for band, rate in group["per_1000"].items()}
            home = sum(rate * (1 - AWAY[band]) for band, rate in rates.items() if band != "0_15")
            counted = group["totaal"] * home / sum(rates.values())
            assert totals[indicator_code(group["code"])] == pytest.approx(counted, rel=0.001)
            continue
        counted = group["deel"] * totals[group["deel_van"]]
        if group["deel_van"] == "geheugen_65":
            # Dementia is counted of everybody; a doelgroep is who of them lives at home, nearly everybody of these ages.
            assert 1 - max(AWAY.values()) < totals[indicator_code(group["code"])] / counted < 1
        else:
            assert totals[indicator_code(group["code"])] == pytest.approx(counted, rel=0.001)
    assert totals["geheugen_65"] == pytest.approx(295_000, rel=0.001)
    people = rows_of(
        nederland_store,
        tmp_path,
        "select sum(b.mensen * t.thuis) as n from bevolking_nu b join thuis_nu t using (gebied, band) "
        "where band in ('65_75', '75_85', '85plus')",
    )["n"][0]
    # CBS 85454NED, thuiswonend: 65-75 9,7 en 75+ 24,2; samen bij deze leeftijden tussen 15 en 18 procent.
    assert 0.15 < totals["zelfzorg_65"] / people < 0.18
    assert totals["ouderen_4a" if "ouderen_4a" in totals else "dg_ouderen_4a"] == pytest.approx(
        6 * totals["dg_ouderen_4b"], rel=0.01
    )


def test_older_means_more(voorbeeld_store, tmp_path):
    """With the same health for their age, a buurt with older people has more of every limitation by age."""
    for layer in LAYERS.values():
        rates = [band["aandeel"] for band in layer["band"]]
        assert rates == sorted(rates)
        assert 0 <= layer["kanteling"] < 1  # a worse mobiliteit never takes away what age adds
    rows = rows_of(
        voorbeeld_store,
        tmp_path,
        """
        select c.waarde, sum(b.mensen) filter (b.band = '85plus') / sum(b.mensen) filter (b.band in ('65_75', '75_85', '85plus')) as oud
        from cijfer c join bevolking_nu b on b.gebied = c.gebied
        where c.indicator = 'geheugen_65' and c.wijze = 'leeftijd' group by c.gebied, c.waarde
        """,
    )
    assert rows["waarde"].corr(rows["oud"], method="spearman") > 0.8


def test_mantelzorg_is_whole(voorbeeld_store, tmp_path):
    rows = rows_of(voorbeeld_store, tmp_path, "select * from mantelzorg_aandeel")
    sums = rows.groupby(["gebied", "doelgroep"])["aandeel"].agg(["sum", "count"])
    assert sums["sum"].to_numpy() == pytest.approx(1.0) and (sums["count"] == 3).all()
    assert set(rows["doelgroep"]) == set(doelgroepen())
    assert (rows["onder"] <= rows["aandeel"]).all() and (rows["aandeel"] <= rows["boven"]).all()
    assert rows[["onder", "aandeel", "boven"]].stack().between(0, 1).all()
    assert (rows["soort"] == "geschat").all()


def test_who_lives_in_an_institution_is_not_at_home_at_any_age():
    known = load_toml("leeftijd.toml")
    newest = max(known["land"], key=lambda row: row["jaar"])["duizend"]
    found = people_at_home(RECIPE)
    for band in known["band"]:
        share = sum(newest[group] for group in band["groepen"]) / sum(newest)
        people = RECIPE["land"]["inwoners"] * share
        assert (
            found[band["code"]] == pytest.approx(people * (1 - AWAY[band["code"]]))
            and found[band["code"]] < people
        )


def test_as_many_get_mantelzorg_as_the_cbs_counts():
    """Of people at home 5.2-7.5% at 65-75 and 18-25% at 75 and older (83005NED): by hand from the recipe."""
    care = group_tables()["mantelzorg_recept"]
    known = load_toml("leeftijd.toml")
    newest = max(known["land"], key=lambda row: row["jaar"])["duizend"]
    home = {
        row["code"]: sum(newest[g] for g in row["groepen"])
        / sum(newest)
        * RECIPE["land"]["inwoners"]
        * (1 - AWAY[row["code"]])
        for row in known["band"]
    }
    older = care[care["doelgroep"].str.startswith("ouderen")]
    people = older["dichtheid"] * older["band"].map(home)
    for span in RECIPE["mantelzorg"]["ontvangt"]:
        at = older["band"].isin(span["banden"])
        share = (people * received(older))[at].sum() / sum(home[band] for band in span["banden"])
        assert span["onder"] < share < span["boven"]
        assert share == pytest.approx(span["deel"], abs=1e-4)
    # Of older people in a doelgroep about half have nobody: it was one in six.
    assert 0.4 < 1 - (people * received(older)).sum() / people.sum() < 0.6
    # Who is older lives alone more often.
    alone = older.pivot(index="doelgroep", columns="band", values="alleen")
    assert (alone["65_75"] < alone["75_85"]).all() and (alone["75_85"] < alone["85plus"]).all()


def test_about_half_of_older_people_in_a_doelgroep_have_no_mantelzorg_in_any_gemeente(
    voorbeeld_store, tmp_path
):
    """It was one in six. In the country it is 48%, and 41-55% in all but a few gemeenten."""
    rows = rows_of(
        voorbeeld_store,
        tmp_path,
        "select sum(d.mensen * m.aandeel) filter (m.mantelzorg = 'geen') / sum(d.mensen * m.aandeel) as geen "
        "from mantelzorg_aandeel m join doelgroep_buurt d on d.buurt = m.gebied and d.doelgroep = m.doelgroep "
        "join gebied g on g.code = m.gebied where m.doelgroep like 'ouderen%' group by g.gemeente",
    )
    assert len(rows) == 4 and rows["geen"].between(0.4, 0.57).all()


def test_tables_have_a_row_for_every_step():
    tables = group_tables()
    assert len(tables["doelgroep_recept"]) == 12 and tables["mantelzorg_recept"]["doelgroep"].nunique() == 12
    assert tables["doelgroep_band"].groupby("doelgroep")["band"].nunique().eq(7).all()
