"""The example region knows who really lacks what; in no file does it say so. What we bound must hold it."""

from __future__ import annotations

import pandas as pd
import pytest
from invoer_hulp import read

from wwz.ask.evidence import in_words, of_conditions
from wwz.ask.narrowing import narrower
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import evidence
from wwz.sources.example_region.region import Region
from wwz.sources.example_region.truth import squares, true_reach
from wwz.sources.reading import Report


@pytest.fixture(scope="module")
def region() -> Region:
    return make_example_region()


@pytest.fixture(scope="module")
def truth(region) -> pd.DataFrame:
    return evidence.draw_evidence(region, SEED).truth.set_index(["buurt", "randvoorwaarde"])


@pytest.fixture(scope="module")
def distances(region) -> pd.DataFrame:
    return true_reach(region, SEED).set_index(["buurt", "randvoorwaarde"])


def bounds(ask, store) -> pd.DataFrame:
    """Per buurt and randvoorwaarde at least and at most so many people, of all who need it."""
    rows = ask(
        store,
        "select buurt, randvoorwaarde, graad, cluster, minst_onder, meest_boven from gemis_met([], [], [], [], [], []) where begrensd",
    )
    least = rows.groupby(["buurt", "randvoorwaarde", "cluster"])["minst_onder"].sum()
    most = rows.groupby(["buurt", "randvoorwaarde"])["meest_boven"].sum()
    return pd.DataFrame({"minst": least.groupby(["buurt", "randvoorwaarde"]).max(), "meest": most})


def test_the_truth_lies_within_the_bounds(truth, voorbeeld_store, ask):
    found = bounds(ask, voorbeeld_store).join(truth, how="inner")
    inside = found["zonder"].between(found["minst"], found["meest"])
    assert found.index.get_level_values("randvoorwaarde").nunique() >= 8 and len(found) > 1000
    assert inside.mean() >= 0.9
    # And they say something: on the whole fewer than everybody who may need it.
    assert found["meest"].sum() < 2.5 * found["nodig"].sum()


KNOWN = "select buurt, randvoorwaarde, onder, boven, hoe from tekort_gemeten union all select buurt, randvoorwaarde, onder, boven, hoe_onder from begrensd"
# Half a percent of the people of a buurt: what is rounded away.
ROUNDED = 0.005


def test_the_truth_of_distances_lies_within_what_is_measured_or_bounded(distances, voorbeeld_store, ask):
    """Walks are drawn with a detour for each address, and the map misses places: nothing of it is what the product assumes."""
    rows = ask(voorbeeld_store, KNOWN).set_index(["buurt", "randvoorwaarde"]).join(distances, how="inner")
    inside = rows["zonder"].between(rows["onder"] - ROUNDED, rows["boven"] + ROUNDED)
    per_condition = inside.groupby("randvoorwaarde").mean()
    assert len(per_condition) >= 6 and len(rows) > 700
    assert inside.mean() >= 0.9 and per_condition.min() >= 0.85
    # Who lives near may lack it too: a building says nothing of that, and the bound stays open above.
    only_far = rows.loc[rows["hoe"] == "buiten"]
    assert (only_far["boven"] == 1).all() and only_far["zonder"].mean() > only_far["onder"].mean() + 0.05


def test_squares_of_cbs_hold_the_truth_without_a_list_of_points(distances, region):
    """From the squares alone: who certainly has no shop within 100 metres, as the rule works it out, is never too many."""
    table = squares(region, SEED)
    km = table[
        [
            "dichtstbijzijnde_grote_supermarkt_afstand_in_km",
            "dichtstbijzijnde_winkels_ov_dagel_levensm_afst_in_km",
        ]
    ]
    secret = km.iloc[:, 0] < 0
    assert 0 < secret.mean() < 0.9 and (table.loc[secret, "aantal_inwoners"] < 0).all()
    shops = distances.xs("winkels-1000", level="randvoorwaarde")["zonder"]
    people = table["aantal_inwoners"].where(~secret)
    none = people.where(table["winkels_ov_dagel_levensm_aantal_binnen_1_km"] == 0, 0)
    weight = region.figures_2023["inwoners"].set_axis(region.buurten["buurtcode"])
    whole = (shops * weight.reindex(shops.index)).sum() / weight.reindex(shops.index).sum()
    # A square counts as without when it has none on average: that is a little less than who really has none.
    assert none.sum() / people.sum() == pytest.approx(whole, abs=0.06)


def test_the_truth_is_in_no_file_and_differs_by_buurt(truth, voorbeeld_folder):
    assert (truth["zonder"] <= truth["nodig"]).all() and (truth["zonder"] >= 0).all()
    for name in evidence.FILES:
        columns = set(pd.read_csv(voorbeeld_folder / name, nrows=0).columns)
        assert not columns & {"nodig", "zonder", "randvoorwaarde"}


def test_the_files_have_believable_gaps(voorbeeld_folder):
    """Few people are withheld, and empty; one gemeente puts its begeleiding elsewhere."""
    by_wijk = pd.read_csv(voorbeeld_folder / "wmo_wijk_2023.csv")
    counts = by_wijk["WmoClienten_5"].dropna()
    assert by_wijk["WmoClienten_5"].isna().any() and (counts >= 5).all() and (counts % 5 == 0).all()
    by_gemeente = pd.read_csv(voorbeeld_folder / "wmo_gemeente_2024.csv")
    wide = by_gemeente.assign(code=by_gemeente["RegioS"].str.strip()).pivot(
        index="code", columns="TypeMaatwerkvoorziening", values="WmoClienten_1"
    )
    other = wide["Overig totaal"].fillna(0)
    assert (other > 0).sum() == 1 and other["GM9903"] > wide.loc["GM9903", "Begeleiding"]


def test_a_table_by_kind_gives_a_variable_of_each_kind(voorbeeld_folder):
    readings, report = read(voorbeeld_folder / "wmo_gemeente_2024.csv")
    names = {c for frame in readings[0].cijfers for c in frame.columns if c.startswith("wmo_")}
    assert {"wmo_huishouden", "wmo_begeleiding", "wmo_overig"} <= names and "wmo_clienten" not in names
    assert readings[0].jaren["wmo_gemeente"] == readings[0].jaren["wmo"] == 2024
    assert isinstance(report, Report)


def test_other_crimes_never_stand_in_for_burglaries(tmp_path):
    table = pd.DataFrame(
        {"SoortMisdrijf": "0.0.0 ", "WijkenEnBuurten": ["BU99010101"], "Perioden": "2024JJ00", "GeregistreerdeMisdrijven_1": [90]}
    )  # fmt: skip
    table.to_csv(tmp_path / "misdrijven.csv", index=False)
    readings, report = read(tmp_path / "misdrijven.csv")
    assert not readings and "inbraak" in report.meldingen[0].tekst


def test_the_list_of_evidence_says_what_we_have_and_who_knows_the_rest(voorbeeld_store):
    rows = of_conditions(voorbeeld_store).set_index("titel")
    assert rows.loc["Huishoudelijke verzorging", "hebben"].startswith("begrensd in ")
    assert rows.loc["Woning gericht op beveiliging", "hebben"].startswith("een signaal in ")
    assert rows.loc["Steun bij contacten (maatjesproject)", "hebben"] == "nog niets"
    # What is measured stands apart from what is estimated, assumed or only bounded.
    assert rows.loc["Ontmoeting en activiteiten binnen 1.000 meter", "hoe"] == "gemeten"
    assert rows.loc["Huishoudelijke verzorging", "hoe"] == "begrensd"
    assert (
        "gemeten in" in rows.loc["Nultredenwoning", "hebben"]
        and "geschat in" in rows.loc["Nultredenwoning", "hebben"]
    )
    assert rows.loc["Woning gericht op beveiliging", "hoe"] == "signaal"
    assert f"gemeten bij {(rows['hoe'] == 'gemeten').sum()}, " in in_words(rows)
    assert f"alleen een signaal bij {(rows['hoe'] == 'signaal').sum()} en onbekend bij " in in_words(rows)
    # Of every condition: which data can say it or why none can, and who knows.
    assert (rows["openbaar"] != "").all()
    assert (rows.loc[rows["hebben"] == "nog niets", "vragen"] != "").all()


def test_what_is_not_here_yet_is_named_with_where_to_get_it(voorbeeld_store, denhaag_store):
    """The example has all that a municipality brings; Den Haag, of one file, has nothing of it."""
    rows = of_conditions(voorbeeld_store).set_index("titel")
    assert rows.loc["Huishoudelijke verzorging", ["ophalen", "meebrengen"]].to_list() == ["Niets", ""]
    # What can be fetched goes before what must be brought; what only asking can tell has neither.
    assert narrower(voorbeeld_store, "winkels-100") == "Haal de vierkanten van 100 meter op (Gegevens)."
    assert narrower(voorbeeld_store, "monitoring") == ""
    bare = of_conditions(denhaag_store).set_index("titel")
    assert "de Gemeentezorgspiegel" in bare.loc["Huishoudelijke verzorging", "meebrengen"]
    # A list of places where somebody answers is another thing than a map with buildings.
    assert "sociale kaart" in bare.loc["Info en advies", "meebrengen"]
    assert narrower(denhaag_store, "info-advies") == "Haal de voorzieningen van OpenStreetMap op (Gegevens)."
