"""All tables that a fetch of 2024 asks for: what comes in the database is what was served, of the right year and kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import contents
import pandas as pd
import pytest
from contents import OTHER_AGE, TOTAL_AGES
from contents_help import OTHER_KIND, TOTAL_KIND
from faults import change_table, fails
from pandas.testing import assert_frame_equal
from standin import Content, Standin
from workplaces import asked, change_rules, haal, new_place

from wwz.build.fetched import fetch_and_build
from wwz.fetch.choice import chosen_set
from wwz.fetch.fetch import fetch_set, plan_for
from wwz.fetch.opening import is_loose
from wwz.sources.columns import map_columns, variable_of

pytestmark = pytest.mark.lang

WHO, YEAR = ("Duinmonde",), 2024
HEALTH, NEARBY, WMO = ("rivm", "50150NED"), ("cbs", "86134NED"), ("cbs", "85639NED")


@pytest.fixture(scope="module")
def content(voorbeeld_folder) -> Content:
    return contents.every_table(voorbeeld_folder)


@pytest.fixture(scope="module")
def database(content, tmp_path_factory) -> Iterator[Path]:
    """One gemeente, fetched and built once by the command."""
    folder = tmp_path_factory.mktemp("alles")
    server = Standin(content)
    (folder / "gezegd.txt").write_text(
        haal(server, folder, "--gemeente", *WHO, "--zonder-raster", "--zonder-punten", "--zonder-gebouwen"),
        encoding="utf-8",
    )
    yield folder / "wwz.duckdb"
    server.shutdown()
    server.server_close()


@pytest.fixture
def served(content) -> Iterator[Standin]:
    """A test may change what this one serves."""
    server = Standin(replace(content, tables=dict(content.tables), v4=set()))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def own(served, tmp_path):
    return new_place(served, tmp_path)


def set_of(database: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(chosen_set(database) / name)


def mine(frame: pd.DataFrame, column: str = "WijkenEnBuurten") -> pd.DataFrame:
    codes = frame[column].str.strip()
    return frame.assign(gebied=codes)[codes.str[2:6] == "9901"]


def column_of(frame: pd.DataFrame, variable: str) -> str:
    return next(c for c in frame.columns if variable_of(c) == variable)


def in_database(database: Path, indicator: str, what: str = "waarde, onder, boven") -> pd.DataFrame:
    rows = (
        f"select gebied, jaar, {what} from cijfer where indicator = '{indicator}' and soort = 'gepubliceerd'"
    )
    return asked(database, f"{rows} order by gebied, jaar")


def test_only_what_is_asked_comes_along(database, content):
    """Each table has more years, ages and kinds of help than are of use; a lost filter would mix them."""
    health = set_of(database, "50150NED_2024.parquet")
    assert set(health["Leeftijd"].str.strip()) == set(TOTAL_AGES)
    assert set(health["Perioden"]) == {"2024JJ00"} and health["Marges"].nunique() == 3
    assert {OTHER_AGE, *TOTAL_AGES} == set(content.tables[HEALTH]["Leeftijd"])
    help_ = set_of(database, "85639NED_2023.parquet")
    kinds = {TOTAL_KIND, "A019506", "A019507", "A019508", "A019509"}
    assert set(help_["TypeMaatwerkvoorziening"]) == kinds and set(help_["Perioden"]) == {"2023JJ00"}
    assert set(content.tables[WMO]["TypeMaatwerkvoorziening"]) == {OTHER_KIND, *kinds}
    said = (database.parent / "gezegd.txt").read_text(encoding="utf-8")
    assert "50150NED" not in said.split("Let op:")[1] and said.count("Let op:") == 1


@pytest.mark.parametrize(("age", "key"), [("18", "20300"), ("65", "80200")])
@pytest.mark.parametrize("variable", ["mobiliteit", "eenzaam_ernstig", "regie", "angst_depressie"])
def test_health_of_2024_comes_with_its_bounds(database, content, variable, age, key):
    """Four figures, three of which have another name than in the table before."""
    frame = content.tables[HEALTH]
    rows = mine(frame[(frame["Perioden"] == "2024JJ00") & (frame["Leeftijd"] == key)])
    wide = rows.pivot(index="gebied", columns="Marges", values=column_of(frame, variable)).dropna()
    if variable == "regie":
        # On screen it is who lacks it.
        wide = (100 - wide).rename(columns={"MOG0095": "MBG0095", "MBG0095": "MOG0095"})
    found = in_database(database, f"{variable}_{age}")
    found = found[found["gebied"].isin(wide.index)].set_index("gebied")
    # The sum of the gemeenten is no area of the source.
    buurten = [code for code in found.index if code.startswith("BU")]
    assert len(buurten) > 60 and set(found["jaar"]) == {2024}
    for column, margin in (("waarde", "MW00000"), ("onder", "MOG0095"), ("boven", "MBG0095")):
        assert (found.loc[buurten, column] - wide.loc[buurten, margin]).abs().max() < 0.06, column


def test_wmo_clients_are_those_of_the_total(database, content):
    frame = content.tables[WMO]
    rows = mine(
        frame[(frame["Perioden"] == "2023JJ00") & (frame["TypeMaatwerkvoorziening"] == TOTAL_KIND)], "Wijken"
    )
    expected = rows.set_index("gebied")["WmoClienten_5"].dropna()
    found = in_database(database, "wmo_clienten", "teller").set_index("gebied")
    assert set(found["jaar"]) == {2023} and len(found) == len(expected) > 8
    assert (found["teller"] == expected.reindex(found.index)).all()


@pytest.mark.parametrize("variable", ["afstand_apotheek", "afstand_cafe", "afstand_ziekenhuis"])
def test_distances_are_those_of_the_table(database, content, variable):
    frame = content.tables[NEARBY]
    expected = mine(frame).set_index("gebied")[column_of(frame, variable)].dropna()
    found = in_database(database, variable, "waarde").set_index("gebied")
    buurten = [code for code in found.index if code.startswith("BU")]
    assert len(buurten) > 60 and set(found["jaar"]) == {2024}
    assert (found.loc[buurten, "waarde"] - expected[buurten]).abs().max() < 1e-9


def test_how_many_there_are_within_a_kilometre_comes_along(database, voorbeeld_folder):
    """The limit that nobody may exceed: of each kind its own column, though the source calls them all the same."""
    found = set_of(database, "86134NED_2024.parquet")
    within = {v: c for c, v in map_columns(list(found.columns)).items() if v.endswith("_1km")}
    assert within == {
        "aantal_huisarts_1km": "Binnen1Km_6",
        "aantal_fysiotherapeut_1km": "Binnen1Km_21",
        "aantal_supermarkt_1km": "Binnen1Km_25",
        "aantal_levensmiddelen_1km": "Binnen1Km_29",
    }
    titles = pd.read_csv(
        voorbeeld_folder / "nabijheid_2023.csv", sep=";", encoding="utf-8-sig", dtype="str", nrows=0
    ).columns
    for variable, column in within.items():
        title = titles[int(column.rsplit("_", 1)[1])]
        assert variable_of(title) == variable, title


def test_a_figure_that_lacks_comes_of_an_older_table_and_is_told(served, own):
    change_table(
        served, "50150NED", lambda f: f.drop(columns=["SterkEenzaam_26", "BeperkingInHoren_21"]), "rivm"
    )
    result = fetch_and_build(plan_for(WHO, YEAR, own), own)
    remark = next(text for text in result.opmerkingen if "50150NED" in text)
    assert "geen cijfers over horen, eenzaam ernstig." in remark
    database = own.settings.database
    years = {
        name: set(in_database(database, name)["jaar"])
        for name in ("eenzaam_ernstig_18", "horen_65", "mobiliteit_18")
    }
    assert years["eenzaam_ernstig_18"] == years["horen_65"] == {2022}
    assert 2024 in years["mobiliteit_18"]


def test_without_its_main_figure_the_older_table_stands_in(served, own):
    change_table(
        served,
        "50150NED",
        lambda f: f.rename(columns={"BeperkingInBewegen_23": "MoeiteMetBewegen_23"}),
        "rivm",
    )
    folder, remarks = fetch_set(plan_for(WHO, YEAR, own), own)
    files = {p.name for p in folder.iterdir()}
    assert "50120NED_2022.parquet" in files and not any("50150NED" in name for name in files)
    assert any("50150NED" in text and "kolom heet er anders" in text for text in remarks)


def test_version_four_has_names_and_the_same_wmo(content, served, own, tmp_path):
    plan = plan_for(WHO, YEAR, own)
    before = pd.read_parquet(fetch_set(plan, own)[0] / "85639NED_2023.parquet")
    served.content.v4 |= {"85639NED", "85984NED"}
    other = new_place(served, tmp_path / "vier")
    folder = fetch_set(plan, other)[0]
    after = pd.read_parquet(folder / "85639NED_2023.parquet")
    kept = [f[f["TypeMaatwerkvoorziening"].str.strip() == TOTAL_KIND] for f in (before, after)]
    frames = [
        f.assign(gebied=f["Wijken"].str.strip(), n=f[column_of(f, "wmo_clienten")].astype("float"))
        .sort_values("gebied", ignore_index=True)[["gebied", "n"]]
        .astype({"gebied": "str"})
        for f in kept
    ]
    assert_frame_equal(*frames)
    kwb = pd.read_parquet(folder / "85984NED_2024.parquet").set_index("WijkenEnBuurten")
    assert kwb.loc["GM9901", "Naam"] == "Duinmonde"
    # Measures that nobody knows by name stay out.
    assert all(c in ("Perioden", "Naam") or variable_of(c) for c in kwb.columns)


def test_many_gemeenten_are_asked_as_the_country(served, own, tmp_path, monkeypatch):
    """The same files, with fewer questions; what was not asked for does not come along."""
    everyone = tuple(served.content.names.values())[:3]
    plan = plan_for(everyone, YEAR, own)
    # What is not served here takes as many questions either way.
    plan = replace(plan, items=tuple(i for i in plan.items if not is_loose(i)))
    one_by_one, _ = fetch_set(plan, own)
    questions = len(served.log)
    change_rules(monkeypatch, meeste_gemeenten_apart=2)
    served.log.clear()
    other = new_place(served, tmp_path / "land")
    at_once, _ = fetch_set(plan, other)
    assert len(served.log) < 0.6 * questions
    for path in one_by_one.glob("*.parquet"):
        pair = [pd.read_parquet(folder / path.name) for folder in (one_by_one, at_once)]
        assert_frame_equal(*[f.sort_values("ID", ignore_index=True) for f in pair])
    assert wijken(one_by_one) == wijken(at_once) != []


def wijken(folder: Path) -> list[dict]:
    text = (folder / "grenzen_wijken_2024.geojson").read_text(encoding="utf-8")
    return sorted(json.loads(text)["features"], key=lambda feature: feature["properties"]["wijkcode"])


def test_a_gemeente_that_is_not_in_the_country_is_noticed(served, own, monkeypatch):
    plan = plan_for(tuple(served.content.names.values())[:3], YEAR, own)
    change_rules(monkeypatch, meeste_gemeenten_apart=2)
    layer = served.content.layers[(2024, "wijken")]
    served.content.layers = {
        **served.content.layers,
        (2024, "wijken"): layer[layer["gemeentecode"] != "GM9901"],
    }
    fails(own, plan, "geen wijken van GM9901")
