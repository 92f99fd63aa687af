"""Estimates where nothing is published: worked out again by hand, adding up to the anchor, within bounds."""

from __future__ import annotations

import math
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.model import regression
from wwz.model.tables import MODEL, indicators, model_tables, recipe, surroundings
from wwz.store import Store

LAYER = "mobiliteit_18"


def share(eta: float) -> float:
    return 1 / (1 + math.exp(-eta))


def by_hand(trede: str, x: dict[str, float], indicator: str) -> float:
    """The logit from the written coefficients, term by term, without the code under test."""
    scales = pd.read_csv(MODEL / "kenmerken.csv").set_index("kenmerk")
    limit = recipe()["model"]["hooguit"]
    z = {n: max(-limit, min(limit, (v - scales.midden[n]) / scales.schaal[n])) for n, v in x.items()}
    rows = pd.read_csv(MODEL / "coefficienten.csv").query("trede == @trede")
    total = 0.0
    for term, value in zip(rows["term"], rows[indicator], strict=True):
        total += value * (1.0 if term == "1" else math.prod(z[name] for name in term.split("*")))
    return total


def around(features: pd.DataFrame, people: pd.DataFrame, row: pd.Series, name: str) -> float:
    """The mean of a feature over the wijk or gemeente of a buurt, weighted with inhabitants."""
    own, level = name.rsplit("_", 1)
    mates = people[(people[level] == row[level]) & (people["jaar"] == row["jaar"])].set_index("gebied")[
        "inwoners"
    ]
    values = features[(features["kenmerk"] == own) & (features["jaar"] == row["jaar"])].set_index("gebied")[
        "waarde"
    ]
    both = pd.concat([mates, values], axis=1, join="inner")
    return float((both["inwoners"] * both["waarde"]).sum() / both["inwoners"].sum())


def test_three_buurten_by_hand(voorbeeld_store, ask):
    """The logit of three buurten, from their features, those of their wijk and gemeente, and the written coefficients."""
    rows = ask(
        voorbeeld_store,
        f"select gebied, trede, eta, jaar, wijk, gemeente from voorspelling where indicator = '{LAYER}' order by noemer, jaar",
    )
    features = ask(voorbeeld_store, "select gebied, jaar, kenmerk, waarde from kenmerk")
    people = ask(voorbeeld_store, "select gebied, jaar, wijk, gemeente, inwoners from schatting_buurt")
    for place in (0, len(rows) // 2, len(rows) - 1):
        row = rows.iloc[place]
        own = features[(features["gebied"] == row["gebied"]) & (features["jaar"] == row["jaar"])]
        step = next(s for s in recipe()["trede"] if s["code"] == row["trede"])
        x = own.set_index("kenmerk")["waarde"][step["kenmerken"]].to_dict()
        x |= {name: around(features, people, row, name) for name in surroundings(step, recipe())}
        assert len(x) > len(step["kenmerken"])
        assert row["eta"] == pytest.approx(by_hand(row["trede"], x, LAYER), abs=1e-6)


@pytest.mark.parametrize("indicator", indicators())
def test_buurten_add_up_to_their_anchor(voorbeeld_store, ask, indicator):
    """Published and estimated buurten together give the published wijk or gemeente, within its rounding."""
    rows = ask(
        voorbeeld_store,
        f"""
        with deel as (
            select a.gebied, a.jaar, a.waarde / 100 as aandeel, a.noemer,
                sum(b.teller) / sum(b.noemer) as som, sum(b.noemer) as mensen, count(*) filter (b.wijze = 'model') as geschat,
                count(*) as buurten
            from cijfer a
            join gebied_buurt l on l.gebied = a.gebied
            join gebied g on g.code = a.gebied and g.niveau = 'wijk'
            join cijfer b on b.gebied = l.buurt and b.indicator = a.indicator and b.jaar = a.jaar
            where a.indicator = '{indicator}' and a.wijze = 'bron'
            group by all
        )
        select * from deel where geschat > 0
        """,
    )
    assert len(rows)
    # The source rounds every share to 0.1; denominators of buurten are rounded to 5 people.
    slack = 0.0015 + 0.5 * (rows["mensen"] / rows["noemer"] - 1).abs() * rows["aandeel"]
    assert ((rows["som"] - rows["aandeel"]).abs() <= slack).mean() >= 0.95
    assert ((rows["som"] - rows["aandeel"]).abs() <= 0.005 + slack).all()


def test_a_whole_area_without_figures_adds_up_exactly(ask, voorbeeld_store):
    """The anchor macro against bisection: the weighted mean share becomes the published one."""
    etas, people, total = [-2.0, -3.5, -0.4, -1.1], [120.0, 640.0, 35.0, 400.0], 0.21
    low, high = -10.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        mean = sum(n * share(e + middle) for e, n in zip(etas, people, strict=True)) / sum(people)
        low, high = (middle, high) if mean < total else (low, middle)
    found = ask(voorbeeld_store, f"select verschuiving({etas}::double[], {people}::double[], {total}) as d")[
        "d"
    ][0]
    assert found == pytest.approx(low, abs=1e-9)
    shifted = regression.anchor(np.array(etas), np.array(people), np.zeros(4, int), np.array([total]))
    assert shifted - np.array(etas) == pytest.approx(low, abs=1e-9)


def test_every_inhabited_buurt_has_every_layer(voorbeeld_store, ask):
    """Published or estimated, with a margin around it, between nothing and everybody."""
    missing = ask(
        voorbeeld_store,
        """
        select b.gebied, i.indicator
        from schatting_buurt b
        cross join (select indicator, max(jaar) as jaar from schatting_jaar group by indicator) i
        join indicator n on n.code = i.indicator
        join schatting_noemer m on m.gebied = b.gebied and m.jaar = i.jaar and m.noemer = n.noemer and m.mensen > 0
        anti join cijfer c on c.gebied = b.gebied and c.indicator = i.indicator and c.jaar = i.jaar
        where b.jaar = i.jaar
        """,
    )
    assert missing.empty
    rows = ask(
        voorbeeld_store,
        "select * from cijfer where wijze in ('model', 'bijgewerkt', 'leeftijd', 'doelgroep')",
    )
    assert len(rows) and (rows["soort"] == "geschat").all()
    assert (rows["onder"] >= 0).all() and (rows["onder"] <= rows["waarde"]).all()
    assert (rows["waarde"] <= rows["boven"]).all() and (rows["teller"] <= rows["noemer"]).all()
    estimated = rows[rows["wijze"].isin(["model", "bijgewerkt"])]
    assert (estimated["onder"] < estimated["boven"]).all()


def test_published_stays_published(voorbeeld_store, ask):
    """No area has both a published and an estimated figure of the same layer and year."""
    double = ask(
        voorbeeld_store, "select gebied, indicator, jaar from cijfer group by all having count(*) > 1"
    )
    assert double.empty


@pytest.mark.parametrize("indicator", ["mobiliteit_18", "ernstig_beperkt_18", "horen_18", "zien_18"])
def test_older_and_poorer_is_not_less_limited(indicator):
    """From the average buurt: more people of 65 and over, and more benefits with fewer cars."""
    scales = pd.read_csv(MODEL / "kenmerken.csv").set_index("kenmerk")
    step = next(s for s in recipe()["trede"] if s["code"] == "volledig")
    average = scales.loc[[*step["kenmerken"], *surroundings(step, recipe())], "midden"].to_dict()
    older = {**average}
    for name, change in (("leeftijd_65plus", 0.06), ("leeftijd_25_45", -0.06), ("verweduwd", 0.02)):
        older[name] += change
    poorer = {**older}
    for name, change in (("bijstand", 0.03), ("arbeidsongeschikt", 0.02), ("autos_per_inwoner", -0.1)):
        poorer[name] += change
    poorer["autos_per_huishouden"] -= 0.2
    etas = [by_hand("volledig", x, indicator) for x in (average, older, poorer)]
    assert etas[2] > etas[1] > etas[0]


def test_nowhere_in_the_country_less_limited_when_older_or_poorer(nederland_store, ask):
    """In every buurt of 2020 with all features: half a step, and a whole step, never lowers the estimate."""
    step = next(s for s in recipe()["trede"] if s["code"] == "volledig")
    scales = pd.read_csv(MODEL / "kenmerken.csv").set_index("kenmerk")
    limit = recipe()["model"]["hooguit"]
    found = ask(
        nederland_store,
        "select k.* from kenmerk k join schatting_buurt b using (gebied, jaar) where k.jaar = 2020 and b.inwoners >= 50",
    )
    wide = found.pivot(index="gebied", columns="kenmerk", values="waarde")[step["kenmerken"]].dropna()
    assert len(wide) > 9_000
    rows = pd.read_csv(MODEL / "coefficienten.csv").query("trede == 'volledig'")

    def logits(x: pd.DataFrame, indicator: str) -> np.ndarray:
        z = ((x - scales.loc[x.columns, "midden"]) / scales.loc[x.columns, "schaal"]).clip(-limit, limit)
        total = np.zeros(len(x))
        for term, value in zip(rows["term"], rows[indicator], strict=True):
            names = [] if term == "1" else term.split("*")
            if set(names) <= set(x.columns):
                total += value * z[names].prod(axis=1).to_numpy()
        return total

    for direction in recipe()["stijgt"]:
        for indicator in direction["indicatoren"]:
            places = [
                logits(
                    wide.assign(**{n: wide[n] + part * d for n, d in direction["stap"].items()}), indicator
                )
                for part in (0, 0.5, 1)
            ]
            assert (places[1] >= places[0]).all() and (places[2] >= places[1]).all(), (
                direction["naam"],
                indicator,
            )


def test_the_same_whatever_the_order_of_the_rows(shared_data, tmp_path, denhaag_store, ask):
    """Shuffled rows give the same estimates, to the last digit."""
    source = next((shared_data / "denhaag").glob("*.gpkg"))
    folder = tmp_path / "geschud"
    folder.mkdir()
    gpd.read_file(source).sample(frac=1, random_state=7).to_file(folder / source.name, driver="GPKG")
    build(Settings(), (folder,), database=tmp_path / "b.duckdb")
    question = """
        select * from cijfer where wijze in ('model', 'bijgewerkt', 'leeftijd', 'doelgroep') order by indicator, gebied, jaar
    """
    other = Store(tmp_path / "b.duckdb")
    one, two = ask(denhaag_store, question), ask(other, question)
    other.close()
    assert len(one)
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_the_ladder_takes_the_highest_step_that_fits(utrecht_store, ask):
    """Utrecht has Kerncijfers and no health: everything is estimated, marked so, and wider than with an anchor."""
    rows = ask(
        utrecht_store,
        f"select c.*, s.anker, s.trede from cijfer c join schatting s using (gebied, indicator, jaar) where indicator = '{LAYER}'",
    )
    assert len(rows) > 90 and set(rows["anker"]) == {"geen"}
    assert (rows["soort"] == "geschat").all() and (rows["bron"] == "schatting").all()
    known = ask(utrecht_store, "select trede, kenmerken from model_trede").set_index("trede")["kenmerken"]
    have = ask(utrecht_store, "select gebied, jaar, list(kenmerk) as k from kenmerk group by all").set_index(
        "gebied"
    )["k"]
    ranks = [s["code"] for s in recipe()["trede"] if s["code"] in known.index]
    for row in rows.head(25).itertuples():
        fits = [
            s["code"]
            for s in recipe()["trede"]
            if s["code"] in ranks and set(s["kenmerken"]) <= set(have[row.gebied])
        ]
        assert row.trede == fits[0]


def test_background_is_off_unless_asked():
    """The default ladder has no background traits; the switch adds exactly that step."""
    without, with_ = (model_tables(on)["model_kenmerk"] for on in (False, True))
    assert not {"westers", "niet_westers"} & set(without["kenmerk"])
    assert {"westers", "niet_westers"} <= set(with_["kenmerk"])
    assert not Settings().herkomst


def test_the_switch_changes_which_step_is_used(shared_data, tmp_path, ask):
    """With background traits on, nearly every buurt of Den Haag that has them is estimated with them."""
    database = tmp_path / "wwz.duckdb"
    build(replace(Settings(), herkomst=True), (shared_data / "denhaag",), database=database)
    used = ask(Store(database), "select trede, jaar, count(*) as buurten from kenmerk_trede group by all")
    first = used[used["jaar"] == used.loc[used["trede"] == "herkomst", "jaar"].min()].set_index("trede")[
        "buurten"
    ]
    assert first["herkomst"] > 0.9 * first.sum()


def test_margins_do_not_shrink_by_adding_up(voorbeeld_store, ask):
    """A gemeente of estimates has the weighted margin of its buurten, not a smaller one."""
    rows = ask(
        voorbeeld_store,
        """
        select c.gebied, c.boven - c.onder as breed, sum((b.boven - b.onder) * b.noemer) / sum(b.noemer) as delen
        from cijfer c
        join gebied g on g.code = c.gebied and g.niveau = 'gemeente'
        join gebied_buurt l on l.gebied = c.gebied
        join cijfer b on b.gebied = l.buurt and b.indicator = c.indicator and b.jaar = c.jaar
        where c.indicator in ('zelfzorg_65', 'dg_ggz')
        group by all
        """,
    )
    assert len(rows)
    assert rows["breed"].to_numpy() == pytest.approx(rows["delen"].to_numpy(), rel=1e-6)
