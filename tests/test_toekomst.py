"""The future: the country follows its forecast, buurten add up to it, and scenarios do what they say."""

from __future__ import annotations

import pandas as pd
import pytest
from invoer_hulp import Answers

from wwz.ask import outlookwords as words
from wwz.ask.area import find_area, whole
from wwz.ask.outlook import TOGETHER, margin, outlook, scenarios, subjects, table, years
from wwz.ask.view import View, from_query
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.future.tables import age_profiles, future_tables, national_path
from wwz.knowledge import catalogue, domain, load_toml
from wwz.own import counts as owncounts
from wwz.own.counts import Telling
from wwz.store import Store

OLD = ["75_85", "85plus"]


def test_the_country_has_as_many_of_75_and_older_as_the_sources_say():
    path = national_path()
    old = path.loc[:, 15:].sum(axis=1) / 1000
    assert old[2030] == pytest.approx(2.0, rel=0.03)
    assert old[2040] == pytest.approx(2.6, rel=0.03)
    assert (path >= 0).all(axis=None)
    assert path.sum(axis=1).is_monotonic_increasing


def test_survival_alone_already_comes_near_the_forecast():
    """Without the control totals: the life table must not need a large correction."""
    from wwz.future.tables import _survivors

    groups, people = load_toml("toekomst.toml")["groepen"], national_path().loc[2020].tolist()
    found = {}
    for year in range(2025, 2045, 5):
        people = _survivors(people, year, groups)
        found[year] = sum(people[15:]) / 1000
    assert found[2030] == pytest.approx(2.0, rel=0.05)
    assert found[2040] == pytest.approx(2.6, rel=0.05)


def test_on_the_national_table_the_buurten_give_the_same(nederland_store):
    ages = Answers(nederland_store.path)(
        "select jaar, band, sum(mensen) as mensen from toekomst_leeftijd group by jaar, band"
    )
    old = ages[ages["band"].isin(OLD)].groupby("jaar")["mensen"].sum() / 1e6
    assert old[2030] == pytest.approx(2.0, rel=0.03)
    assert old[2040] == pytest.approx(2.6, rel=0.03)
    everyone = ages.groupby("jaar")["mensen"].sum()
    national = pd.DataFrame(load_toml("toekomst.toml")["land"]).set_index("jaar")["inwoners"] * 1000
    assert (everyone / national - 1).abs().max() < 0.01


def ask(store, code, niveau=TOGETHER, scenario="basis", home=100):
    subject = subjects(store)[code]
    return outlook(store, whole(store), niveau, subject, scenarios(subject)[scenario], home)


def test_today_is_the_figure_of_today(voorbeeld_store):
    shown = ask(voorbeeld_store, "mobiliteit_18", "buurt").parts.query("jaar == 2025").set_index("gebied")
    now = whole(voorbeeld_store).parts("buurt", ["mobiliteit_18"]).set_index("gebied")["waarde"]
    both = shown["waarde"].dropna().to_frame("dan").join(now, how="inner").dropna()
    assert len(both) > 50
    assert (both["dan"] - both["waarde"]).abs().max() < 1e-6


def test_wijken_and_buurten_add_up_to_the_whole(voorbeeld_store):
    shown = ask(voorbeeld_store, "leeftijd_65plus", "gemeente")
    assert len(shown.parts) == len(years()) * shown.parts["gebied"].nunique()
    parts = shown.parts.groupby("jaar")["teller"].sum()
    assert (parts - shown.whole["teller"]).abs().max() < 1e-6


def test_an_own_area_is_the_sum_of_its_buurten(voorbeeld_store):
    subject = subjects(voorbeeld_store)["leeftijd_75plus"]
    parts = (
        ask(voorbeeld_store, subject.code, "buurt")
        .parts.query("jaar == 2040")
        .dropna(subset=["teller"])
        .head(3)
    )
    area = find_area(voorbeeld_store, list(parts["gebied"]))
    shown = outlook(voorbeeld_store, area, "buurt", subject, scenarios(subject)["basis"])
    assert shown.whole.loc[2040, "teller"] == pytest.approx(parts["teller"].sum())


def test_healthier_is_less_and_less_healthy_is_more(voorbeeld_store):
    base, better, worse = (
        ask(voorbeeld_store, "mobiliteit_65", scenario=s).whole["teller"]
        for s in ("basis", "gezonder", "minder_gezond")
    )
    assert better[2025] == pytest.approx(base[2025])
    assert (better[years()[1:]] < base[years()[1:]]).all()
    assert (worse[years()[1:]] > base[years()[1:]]).all()
    assert better[2040] / base[2040] == pytest.approx(0.995**15)


def test_all_of_2013_in_the_country_is_the_number_of_the_slide_in_every_year():
    spread = future_tables()["toekomst_extramuraal"]
    for _, rows in spread.groupby("jaar"):
        assert rows["mensen"].sum() == pytest.approx(sum(z.aantal for z in domain.extramuralisering()))
        assert rows["mensen"].sum() == pytest.approx(111_275)
    assert (spread["land"] > spread["mensen"]).all()


def test_people_from_institutions_by_hand(voorbeeld_store):
    """VV03, 25,495 people, is doelgroep 3: the region gets its part of 60% of them, by expected size, from 2030 on."""
    base, more = (
        ask(voorbeeld_store, "dg_ouderen_3", scenario=s, home=60).whole["teller"]
        for s in ("basis", "extramuraal")
    )
    assert more[2025] == pytest.approx(base[2025])
    answers = Answers(voorbeeld_store.path)
    shares = dict(zip(
        [band["code"] for band in load_toml("leeftijd.toml")["band"]], age_profiles()["dg_ouderen_3"], strict=True,
    ))  # fmt: skip
    here = answers(
        "select band, sum(mensen) as mensen from toekomst_leeftijd where jaar = 2040 group by band"
    ).set_index("band")["mensen"]
    country = national_path().loc[2040] * 1000
    bands = {band["code"]: country[band["groepen"]].sum() for band in load_toml("leeftijd.toml")["band"]}
    part = sum(here[b] * shares[b] for b in shares) / sum(bands[b] * shares[b] for b in shares)
    assert more[2040] - base[2040] == pytest.approx(0.6 * 25_495 * part, rel=0.01)
    none = ask(voorbeeld_store, "dg_ouderen_3", scenario="extramuraal", home=0).whole["teller"]
    assert none.tolist() == pytest.approx(base.tolist())


def test_mantelzorg_changes_who_has_none_but_not_how_many_there_are(voorbeeld_store):
    base, more, less = (
        ask(voorbeeld_store, "dg_ouderen_3", scenario=s).whole
        for s in ("basis", "meer_mantelzorg", "minder_mantelzorg")
    )
    assert more["teller"].tolist() == pytest.approx(base["teller"].tolist())
    assert more.loc[2025, "zonder_mantelzorg"] == pytest.approx(base.loc[2025, "zonder_mantelzorg"])
    assert more.loc[2040, "zonder_mantelzorg"] == pytest.approx(
        0.8 * base.loc[2040, "zonder_mantelzorg"], rel=1e-6
    )
    assert less.loc[2040, "zonder_mantelzorg"] > base.loc[2040, "zonder_mantelzorg"]
    for row in (base.loc[2025], less.loc[2040], more.loc[2050]):
        assert (
            row["zonder_mantelzorg_onder"]
            < row["zonder_mantelzorg"]
            < row["zonder_mantelzorg_boven"]
            < row["boven"]
        )


@pytest.mark.parametrize("code", ["leeftijd_75plus", "mobiliteit_65"])
def test_the_interval_holds_the_number_and_widens(voorbeeld_store, code):
    rows = ask(voorbeeld_store, code).whole
    assert (rows["onder"] <= rows["teller"]).all() and (rows["teller"] <= rows["boven"]).all()
    width = (rows["boven"] - rows["onder"]) / rows["teller"]
    assert width.is_monotonic_increasing
    assert set(rows["aandrijver"]) <= {row["code"] for row in load_toml("toekomst.toml")["aanname"]}


def test_shares_stay_between_nothing_and_everything(voorbeeld_store):
    for code in list(subjects(voorbeeld_store))[::6]:
        shares = ask(voorbeeld_store, code, "buurt").parts["waarde"].dropna()
        assert shares.between(0, 100).all(), code


def test_small_numbers_are_not_shown(voorbeeld_store):
    minimum = voorbeeld_store.about()["minimum"]
    parts = ask(voorbeeld_store, "leeftijd_85plus", "buurt").parts
    assert parts["verborgen"].any()
    assert parts["teller"].dropna().min() >= minimum
    assert parts.loc[parts["verborgen"], ["teller", "onder", "boven", "waarde"]].isna().all(axis=None)


def test_a_bound_about_few_people_is_no_number():
    row = pd.Series({"onder": 3.2, "boven": 31.0})
    assert margin(row, 10) == "<10 tot 31" and margin(row, 40) == ""


def test_chance_is_in_the_band_of_a_buurt_and_hardly_in_that_of_the_whole(voorbeeld_store):
    """A band that is counted apart would be far too narrow for a few people."""
    parts = (
        ask(voorbeeld_store, "dg_ouderen_2b", "buurt").parts.query("jaar == 2025").dropna(subset=["teller"])
    )
    half = (parts["boven"] - parts["onder"]) / 2
    assert (half >= 1.6 * (parts["teller"] * (1 - parts["teller"] / parts["noemer"])) ** 0.5).all()
    whole_row = ask(voorbeeld_store, "dg_ouderen_2b").whole.loc[2025]
    assert (whole_row["boven"] - whole_row["onder"]) / whole_row["teller"] < (
        2 * half / parts["teller"]
    ).min()


def test_the_band_is_never_narrower_than_the_margin_of_now(voorbeeld_store):
    """Lower and upper bound apart: that of a doelgroep reaches further up than down, now and later."""
    now = voorbeeld_store.ask(
        "tabel", binnen=list(whole(voorbeeld_store).codes), niveau="buurt", indicatoren=["dg_lg"], jaar=0
    ).set_index("gebied")
    then = ask(voorbeeld_store, "dg_lg", "buurt").parts.query("jaar == 2025").set_index("gebied")
    today = now[["teller", "onder", "boven", "noemer"]].add_suffix("_nu")
    both = then.join(today).dropna(subset=["teller", "teller_nu"])
    per = catalogue()["dg_lg"].per
    up = (
        both["boven_nu"] * both["noemer_nu"] / per / both["teller_nu"] - 1,
        both["boven"] / both["teller"] - 1,
    )
    down = (
        1 - both["onder_nu"] * both["noemer_nu"] / per / both["teller_nu"],
        1 - both["onder"] / both["teller"],
    )
    assert len(both) > 50 and (up[1] >= up[0] - 0.03).all() and (down[1] >= down[0] - 0.03).all()
    assert (up[1] > down[1]).mean() > 0.9


def test_a_gemeente_is_as_sure_later_as_its_own_figure_is_now(voorbeeld_store):
    """The margin of a buurt is that of RIVM for a buurt; the gemeente has a narrower one of its own."""
    code = voorbeeld_store.areas().query("niveau == 'gemeente'")["code"].iloc[0]
    area = find_area(voorbeeld_store, [code])
    row = area.figures(["mobiliteit_18"]).iloc[0]
    subject = subjects(voorbeeld_store)["mobiliteit_18"]
    then = outlook(voorbeeld_store, area, "buurt", subject, scenarios(subject)["basis"]).whole.loc[2025]
    now = (row["boven"] - row["onder"]) / 2 / row["waarde"]
    assert (then["boven"] - then["onder"]) / 2 / then["teller"] < now + 0.06


def test_what_the_margin_depends_on_is_chance_where_there_are_few_people(voorbeeld_store):
    parts = ask(voorbeeld_store, "zelfzorg_65", "buurt").parts.query("jaar == 2025")
    shown = parts.dropna(subset=["teller"])
    few = shown.nsmallest(5, "teller")
    assert set(few["aandrijver"]) == {"toeval"}
    # Of a hidden number nothing is said.
    assert parts.loc[parts["verborgen"], "aandrijver"].isna().all()


def test_words_and_table_say_the_same(voorbeeld_store):
    shown = ask(voorbeeld_store, "leeftijd_75plus", "wijk")
    assert "2040" in " ".join(words.sentences(shown, 2040))
    assert "% meer dan in 2025" in words.sentences(shown, 2040)[0]
    rows = table(shown, 2040, voorbeeld_store.about()["minimum"])
    assert rows["groei"].dropna().is_monotonic_decreasing
    assert (rows["dan"] - rows["nu"] - rows["groei"]).abs().max() < 1e-9
    assert set(rows["hoe"]) == {"geschat"}


def test_a_link_keeps_year_and_scenario():
    view = View(onderwerp="mobiliteit_65", dan=2035, scenario="gezonder", thuis=30)
    assert from_query(view.to_query()) == view
    assert from_query({"dan": "1999", "thuis": "400", "scenario": "<x>"}) == View()


def test_the_band_of_2020_holds_what_was_counted_in_2024(nederland_store, nederland_data, tmp_path):
    """Built with the ages of 2020 only, a fifth of the gemeenten: does the band for 2024 hold the people of 65 and older?"""
    path = next(nederland_data.glob("kwb2020*.parquet"))
    old = pd.read_parquet(path)
    some = old["WijkenEnBuurten"].str[2:6].str.strip().isin({f"{n:04d}" for n in range(0, 2000, 5)})
    (tmp_path / "in").mkdir()
    old[some].to_parquet(tmp_path / "in" / path.name)
    build(Settings(), (tmp_path / "in",), database=tmp_path / "wwz.duckdb")
    store = Store(tmp_path / "wwz.duckdb")
    then = ask(store, "leeftijd_65plus", "buurt").parts.query("jaar == 2025").set_index("gebied")
    counted = Answers(nederland_store.path)(
        """
        select gebied, max(waarde) filter (variabele = 'leeftijd_65plus' and jaar = 2020) as toen,
            max(waarde) filter (variabele = 'leeftijd_65plus' and jaar = 2024) as nu,
            max(waarde) filter (variabele = 'inwoners' and jaar = 2020) as inwoners
        from variabele_gebied
        where gebied in (select code from overgang where indeling = 2020 and status = 'gelijk')
        group by gebied
        """
    ).set_index("gebied")
    rows = then.join(counted, how="inner").dropna(subset=["teller", "toen", "nu"]).query("inwoners >= 200")
    assert len(rows) > 1000
    # Four of the five years: the number goes along a straight line, the band with the root of the years.
    expected = rows["toen"] + 0.8 * (rows["teller"] - rows["toen"])
    half = 0.8**0.5 * (rows["boven"] - rows["onder"]) / 2
    inside = ((rows["nu"] - expected).abs() <= half).mean()
    assert 0.85 <= inside <= 0.95


@pytest.mark.lang
@pytest.mark.zwaar
def test_a_count_of_the_gemeente_is_where_the_future_starts(voorbeeld_folder, voorbeeld_store, tmp_path):
    """Counted on 1 January 2025: that many in 2025, and the share is of the people of the year nearest to it."""
    rows = whole(voorbeeld_store).parts("buurt", ["mobiliteit_65"]).dropna(subset=["teller"])
    row = rows.sort_values("teller").iloc[-1]
    number = round(row["teller"] * 1.3)
    database = tmp_path / "wwz.duckdb"
    given = Telling(
        "Bewegen",
        "vervangt",
        "mobiliteit_65",
        row["gebied"],
        number,
        "2025-01-01",
        "",
        "test",
        "2026-01-01T00:00:00",
    )
    owncounts.add(database, [given])
    build(Settings(), (voorbeeld_folder,), database=database)
    store = Store(database)
    subject = subjects(store)["mobiliteit_65"]
    shown = outlook(store, find_area(store, [row["gebied"]]), "buurt", subject, scenarios(subject)["basis"])
    assert shown.whole.loc[2025, "teller"] == pytest.approx(number)
    figure = Answers(database)(
        f"select c.noemer, c.noemer_jaar, (select min(abs(v.jaar - 2025)) from variabele_gebied v where v.gebied = c.gebied "
        f"and v.variabele = 'leeftijd_65plus') as naast from cijfer c where gebied = '{row['gebied']}' and wijze = 'opgegeven'"
    ).iloc[0]
    assert abs(figure["noemer_jaar"] - 2025) == figure["naast"]


def test_now_and_later_follow_one_recipe():
    """Of ouderen-3: 15% of who needs help with washing and dressing, at every age, now and in 2050."""
    profiles = age_profiles()
    assert profiles["geheugen"] == pytest.approx([0, 0, 0, 0, 1.8, 9.5, 33.0])
    assert profiles["dg_ouderen_3"] == pytest.approx([0.15 * share for share in profiles["zelfzorg"]])
    assert not {"zelfzorg", "huishouden", "geheugen"} & set(load_toml("toekomst.toml")["prevalentie"])
