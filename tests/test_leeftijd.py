"""The ages of a buurt: seven bands that add up, known figures kept, and 65+ split by a rule that can be checked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from invoer_hulp import CODES, Answers, built, geojson, kwb, squares

from wwz.future.tables import age_tables

BANDS = ["0_15", "15_25", "25_45", "45_65", "65_75", "75_85", "85plus"]
AGES = "select gebied, jaar, band, mensen, soort from leeftijd_gebied"


def wide(answers: Answers) -> pd.DataFrame:
    """One row per buurt and year, one column per band, in people."""
    return answers(AGES).pivot(index=["gebied", "jaar"], columns="band", values="mensen")[BANDS]


def ages_of(tmp_path: Path, **change) -> pd.DataFrame:
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(**change).to_csv(folder / "kwb.csv", index=False)
    geojson(folder / "grenzen.geojson", squares())
    answers, _ = built(tmp_path, folder, only=("leeftijd_gebied",))
    return wide(answers).droplevel("jaar")


@pytest.mark.parametrize("fixture", ["voorbeeld_store", "denhaag_store", "drechtsteden_store"])
def test_the_bands_add_up_to_the_inhabitants_of_every_buurt(fixture, request):
    answers = Answers(request.getfixturevalue(fixture).path)
    ages = wide(answers)
    people = answers(
        "select v.gebied, v.jaar, v.waarde from variabele_gebied v join gebied g on g.code = v.gebied "
        "where g.niveau = 'buurt' and v.variabele = 'inwoners' and v.waarde > 0"
    ).set_index(["gebied", "jaar"])["waarde"]
    assert set(ages.index) == set(people.index)
    assert ages.notna().all(axis=None)
    assert (ages >= 0).all(axis=None)
    assert (ages.sum(axis=1) - people).abs().max() < 1e-6


def test_what_the_source_gives_is_kept_and_marked(tmp_path):
    ages = ages_of(tmp_path)
    assert ages.loc[CODES[1], BANDS[:4]].round(6).tolist() == [300, 200, 500, 600]
    assert ages.loc[CODES[1], BANDS[4:]].sum() == pytest.approx(400)
    answers = Answers(tmp_path / "uit" / "wwz.duckdb")
    known = answers(AGES).set_index("band")["soort"].groupby("band").unique()
    assert all(list(known[band]) == ["gepubliceerd"] for band in BANDS[:4])
    assert all(list(known[band]) == ["geschat"] for band in BANDS[4:])


def test_without_widowed_people_65plus_is_divided_as_in_the_country(tmp_path):
    ages = ages_of(tmp_path)
    national = age_tables()["leeftijd_land_oud"].query("jaar == 2020 or jaar == 2024")
    parts = national.groupby(["jaar", "band"])["aandeel"].sum().unstack()
    # 2023 lies three quarters of the way from 2020 to 2024.
    expected = parts.loc[2020] + 0.75 * (parts.loc[2024] - parts.loc[2020])
    for band in BANDS[4:]:
        assert ages.loc[CODES[0], band] == pytest.approx(200 * expected[band])


def test_more_widowed_is_older_and_never_the_other_way(tmp_path):
    ages = ages_of(tmp_path, Verweduwd_20=[20, 100, 35, 200])
    share = ages[["75_85", "85plus"]].sum(axis=1) / ages[BANDS[4:]].sum(axis=1)
    oldest = ages["85plus"] / ages[BANDS[4:]].sum(axis=1)
    # Widowed per 65+: 0.10, 0.25, 0.35 and 0.67.
    assert share[CODES].is_monotonic_increasing
    assert oldest[CODES].is_monotonic_increasing
    assert (ages[BANDS[4:]] > 0).all(axis=None)


def test_a_release_with_65_80_and_80plus_is_followed(tmp_path):
    ages = ages_of(tmp_path, k_65Tot80Jaar_13=[150, 390, 80, 200], k_80JaarOfOuder_14=[50, 10, 20, 100])
    assert (ages["85plus"] <= pd.Series([50, 10, 20, 100], index=CODES) + 1e-9).all()
    assert ages[BANDS[4:]].sum(axis=1)[CODES].round(6).tolist() == [200, 400, 100, 300]
    # Almost nobody of 80 and older: the rest of 75 to 85 comes from 65 to 80.
    assert ages.loc[CODES[1], "85plus"] < 10


def test_missing_bands_are_filled_from_the_rest(tmp_path):
    ages = ages_of(tmp_path, k_25Tot45Jaar_10=None, k_45Tot65Jaar_11=None)
    assert ages.loc[CODES[0], ["0_15", "15_25"]].round(6).tolist() == [150, 100]
    middle = ages.loc[CODES[0], ["25_45", "45_65"]]
    assert middle.sum() == pytest.approx(550)
    assert (middle > 200).all()


def test_rows_in_another_order_give_the_same(tmp_path):
    first = ages_of(tmp_path, Verweduwd_20=[20, 100, 35, 200])
    (tmp_path / "b").mkdir()
    folder = tmp_path / "b" / "in"
    folder.mkdir()
    kwb(Verweduwd_20=[20, 100, 35, 200]).iloc[::-1].to_csv(folder / "kwb.csv", index=False)
    geojson(folder / "grenzen.geojson", squares())
    second = wide(built(tmp_path / "b", folder, only=("leeftijd_gebied",))[0]).droplevel("jaar")
    pd.testing.assert_frame_equal(first.sort_index(), second.sort_index())


def test_the_country_keeps_its_own_division(nederland_store):
    ages = wide(Answers(nederland_store.path)).xs(2024, level="jaar").sum()
    national = age_tables()["leeftijd_land_oud"].query("jaar == 2024").groupby("band")["aandeel"].sum()
    shares = ages[BANDS[4:]] / ages[BANDS[4:]].sum()
    assert (shares - national[BANDS[4:]]).abs().max() < 0.002


def test_where_people_are_estimated_older_more_of_them_are_limited(nederland_store):
    """RIVM's own model for 65+ knows the real ages: its figures must rise with our split, as they do with counted ages."""
    rows = Answers(nederland_store.path)(
        "with a as (select gebied, sum(mensen) filter (band in ('75_85', '85plus')) / sum(mensen) as oud, sum(mensen) as n "
        "from leeftijd_gebied where jaar = 2020 and band in ('65_75', '75_85', '85plus') group by gebied having sum(mensen) > 100) "
        "select a.oud, v.waarde from a join variabele_gebied v on v.gebied = a.gebied and v.variabele = 'mobiliteit_65' and v.jaar = 2020"
    )
    assert len(rows) > 5000
    # Between counted postcodes the same is 0.45: ages explain part of it, and no more.
    assert 0.4 < rows["oud"].corr(rows["waarde"]) < 0.5
