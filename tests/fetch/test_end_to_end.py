"""From a command to a dashboard: what comes through the stand-in equals what files give, figure by figure."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from contents import only
from pandas.testing import assert_frame_equal, assert_series_equal
from standin import Standin
from workplaces import QUICK, new_place

from wwz.build import build
from wwz.cli import main
from wwz.errors import Fout
from wwz.fetch import fetch
from wwz.fetch.choice import chosen_set
from wwz.fetch.fetch import fetch_and_build, fetch_set, plan_for
from wwz.fetch.items import Item
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Progress
from wwz.settings import Settings
from wwz.store import Store

AREAS = "select code, naam, niveau, gemeente, wijk, gemeentenaam, water, grens from gebied order by code"
COLUMNS = "select gebied, indicator, jaar, waarde, onder, boven, teller, noemer, soort from cijfer order by 1, 2, 3"


def asked(database: Path, sql: str) -> pd.DataFrame:
    question = database.with_suffix(".sql")
    question.write_text(sql, encoding="utf-8")
    store = Store(database)
    try:
        return store.check(question)
    finally:
        store.close()


def assert_equal_figures(one: Path, other: Path, at_least: int) -> None:
    found, expected = asked(one, COLUMNS), asked(other, COLUMNS)
    assert len(expected) > at_least
    # Sums of estimates differ in the fifteenth digit from build to build; what is published may not differ at all.
    assert_frame_equal(found, expected, rtol=1e-12, atol=1e-12)
    published = [f[f["gebied"].str.startswith("BU") & (f["soort"] == "gepubliceerd")]["waarde"] for f in (found, expected)]
    assert len(published[0]) > at_least / 5
    assert_series_equal(*published, check_exact=True)
    areas, same = (asked(path, AREAS) for path in (one, other))
    assert_frame_equal(areas.drop(columns="grens"), same.drop(columns="grens"))
    # A file may call one polygon a set of one.
    assert [_parts(shape) for shape in areas["grens"]] == [_parts(shape) for shape in same["grens"]]


def _parts(shape: object) -> list[bytes] | None:
    return None if pd.isna(shape) else [part.wkb for part in shapely.get_parts(shapely.from_wkb(bytes(shape)))]


@pytest.fixture
def example_files(standin, tmp_path) -> Path:
    """What the stand-in serves, as files that are read directly."""
    folder = tmp_path / "rechtstreeks"
    folder.mkdir()
    for (_, number), frame in standin.content.tables.items():
        year = {"85618NED": 2023, "85984NED": 2024, "50120NED": 2022}[number]
        frame.assign(Perioden=f"{year}JJ00").to_parquet(folder / f"{number}_{year}.parquet")
    for (year, name), frame in standin.content.layers.items():
        frame.assign(jaar=year).to_file(folder / f"grenzen_{name}_{year}.gpkg", driver="GPKG")
    return folder


def test_the_example_region_through_the_stand_in_equals_its_files(standin, place, example_files, tmp_path):
    fetch_and_build(plan_for((), 2024, place), place)
    build(Settings(), (example_files,), database=tmp_path / "direct.duckdb")
    assert_equal_figures(place.settings.database, tmp_path / "direct.duckdb", 5_000)


def write_config(folder: Path, server: Standin) -> Path:
    """config.toml that points to the stand-in, as a municipality with a copy of its own would write it."""
    lines = [f'{name.removeprefix("bron_")} = "{url}"' for name, url in server.settings().items()]
    config = folder / "config.toml"
    config.write_text('[opslag]\ndatabase = "wwz.duckdb"\n[bronnen]\n' + "\n".join(lines), encoding="utf-8")
    return config


@pytest.fixture(scope="module")
def duinmonde(example_content, tmp_path_factory) -> Iterator[Path]:
    """One gemeente, fetched and built once, by the command; what it said is kept beside the database."""
    server = Standin(replace(example_content, modified={"85984NED": "2025-06-30T02:00:00"}))
    folder = tmp_path_factory.mktemp("duinmonde")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        patch.setenv("WWZ_CONFIG", str(write_config(folder, server)))
        patch.delenv("WWZ_DATABASE", raising=False)
        assert main(["haal", "--gemeente", "duinmonde"]) == 0
    (folder / "gezegd.txt").write_text(said.getvalue(), encoding="utf-8")
    yield folder / "wwz.duckdb"
    server.shutdown()


def test_the_command_fetches_and_builds(duinmonde):
    said = (duinmonde.parent / "gezegd.txt").read_text(encoding="utf-8")
    assert "Klaar: de cijfers van Duinmonde" in said and "Let op: Niet (meer) bij de bron" in said
    assert asked(duinmonde, "from gebied where niveau = 'gemeente'")["code"].tolist() == ["GM9901"]


def test_where_every_file_came_from_is_kept(duinmonde):
    store = Store(duinmonde)
    files = store.ask("bestanden").set_index("tabel")
    store.close()
    assert files.loc["85984NED", "versie"] == "2025-06-30"
    assert set(files["licentie"]) == {"CC BY 4.0"} and files["opgehaald"].str.startswith("20").all()
    assert "wijken-en-buurten-2024/buurten" in files.index


def test_bounds_of_health_figures_are_kept(duinmonde):
    rows = asked(duinmonde, "from cijfer where indicator like 'mobiliteit%' and onder is not null")
    assert len(rows) > 20 and (rows["onder"] <= rows["waarde"]).all() and (rows["waarde"] <= rows["boven"]).all()


def test_an_unknown_code_for_missing_is_unknown_and_never_nought(standin, place):
    frame = standin.content.tables[("cbs", "85618NED")].copy()
    column = next(c for c in frame if c.startswith("WmoClienten_"))
    codes = frame["WijkenEnBuurten"].str.strip()
    values = frame[column].astype("object")
    secret, word = codes[codes.str.startswith("BU9901") & values.notna()].iloc[:2]
    values[codes == secret] = -99991
    values[codes == word] = "geheim*"
    standin.content.tables[("cbs", "85618NED")] = frame.assign(**{column: values})
    fetch_and_build(plan_for(("Duinmonde",), 2024, place), place)
    found = asked(place.settings.database, f"from meting where variabele = 'wmo_clienten' and gebied in ('{secret}', '{word}')")
    others = asked(place.settings.database, "from meting where variabele = 'wmo_clienten' and gebied like 'BU9901%'")
    assert found.empty and len(others) > 10
    remarks = asked(place.settings.database, "from melding where tekst like '%wmo_clienten%geheim%'")
    assert len(remarks) == 1


def test_version_four_gives_the_same_figures(standin, place, duinmonde):
    standin.content.v4.update({"85618NED", "85984NED"})
    fetch_and_build(plan_for(("Duinmonde",), 2024, place), place)
    assert any("$skip" in path or "%24skip" in path for path in standin.log if "Observations" in path)
    same = COLUMNS.replace("from cijfer", "from cijfer where jaar = 2023")
    found, expected = asked(place.settings.database, same), asked(duinmonde, same)
    assert len(expected) > 500
    assert_frame_equal(found, expected)


def test_neighbours_come_along(standin, place):
    plan = plan_for(("Duinmonde",), 2024, place, buren=True)
    layer = standin.content.layers[(2024, "gemeenten")].set_index("gemeentecode")
    own = layer.loc["GM9901"].geometry
    touching = {code for code in layer.index if code != "GM9901" and layer.loc[code].geometry.distance(own) < 1}
    assert touching and {code for code, _ in plan.gemeenten} == {"GM9901"} | touching


def test_a_name_that_does_not_exist_gets_a_hint(standin, place):
    with pytest.raises(Fout, match="Duinmond.*Bedoelt u Duinmonde"):
        plan_for(("Duinmond",), 2024, place)


def test_a_year_without_figures_is_told(place):
    with pytest.raises(Fout, match="2011.*van 2019 tot en met"):
        plan_for(("Duinmonde",), 2011, place)


def test_the_client_is_polite(standin, place):
    plan = plan_for(("Duinmonde",), 2024, place)
    fetch_set(plan, place)
    assert all(agent.startswith("WWZ-wijzer/") for agent in standin.agents)
    asked_before = len(standin.log)
    for page in place.paginas.rglob("*.json.gz"):
        kept = json.loads(gzip.decompress(page.read_bytes()))
        page.write_bytes(gzip.compress(json.dumps({**kept, "op": 0}).encode()))
    fetch_set(plan, place)
    again = standin.log[asked_before:]
    assert not [path for path in again if "TypedDataSet" in path]
    assert standin.not_modified == len([path for path in again if "/items" in path]) > 0


def test_a_later_build_keeps_the_fetched_set_until_the_example_is_chosen(duinmonde, tmp_path, monkeypatch):
    shutil.copytree(duinmonde.parent / "opgehaald", tmp_path / "opgehaald")
    settings = Settings(database=tmp_path / "wwz.duckdb")
    build(settings)
    assert asked(settings.database, "from bouw")["fictief"].tolist() == [False]
    example = tmp_path / "voorbeeld"
    example.mkdir()
    (example / "wwz_voorbeeld.json").write_text("{}", encoding="utf-8")
    read = []
    monkeypatch.setattr(fetch, "build", lambda settings, folders, **rest: read.extend(folders))
    fetch.back_to_example(settings, Progress())
    assert read == [example] and chosen_set(settings.database) is None


def test_an_open_store_does_not_hide_a_new_database(voorbeeld_store, duinmonde, tmp_path):
    """The dashboard keeps the old file open while the new one takes its place."""
    shutil.copy(voorbeeld_store.path, tmp_path / "wwz.duckdb")
    before = Store(tmp_path / "wwz.duckdb")
    shutil.copy(duinmonde, tmp_path / "nieuw.duckdb")
    (tmp_path / "nieuw.duckdb").replace(tmp_path / "wwz.duckdb")
    after = Store(tmp_path / "wwz.duckdb")
    assert before.about()["aantal_gemeenten"] == 4 and after.about()["aantal_gemeenten"] == 1
    assert len(before.areas()) > len(after.areas())


# --- the command ---------------------------------------------------------------------------------------


@pytest.fixture
def configured(standin, tmp_path, monkeypatch) -> Path:
    """The command talks to the stand-in; where its database would come."""
    monkeypatch.setenv("WWZ_CONFIG", str(write_config(tmp_path, standin)))
    monkeypatch.delenv("WWZ_DATABASE", raising=False)
    return tmp_path / "wwz.duckdb"


def test_dry_tells_how_much_and_changes_nothing(configured, standin, capsys):
    assert main(["haal", "--gemeente", "Duinmonde", "--droog"]) == 0
    said = capsys.readouterr().out
    codes = standin.content.tables[("cbs", "85984NED")]["WijkenEnBuurten"].str[2:6]
    line = next(row for row in said.splitlines() if row.endswith("(85984NED)") and "MB" in row)
    assert line.split()[0] == str((codes == "9901").sum())
    assert not configured.exists() and not [path for path in standin.log if "TypedDataSet?" in path]


def test_newer_tables_are_found_in_the_catalogue(configured, standin, capsys):
    known, new = "Kerncijfers wijken en buurten 2024", "Kerncijfers wijken en buurten 2027"
    standin.content.titles = {"85984NED": known, "99999NED": new, "00000NED": "Iets anders 2027"}
    assert main(["haal", "--zoek-nieuwer"]) == 0
    said = capsys.readouterr().out
    assert f"99999NED  2027-02-01  {new}" in said and known not in said and "Iets anders" not in said


@pytest.mark.parametrize("call", [[], ["--gemeente", "Duinmonde", "--heel-nederland"]])
def test_the_command_wants_one_choice(configured, call, capsys):
    assert main(["haal", *call]) == 2
    assert "--gemeente" in capsys.readouterr().err


# --- real tables ---------------------------------------------------------------------------------------


@pytest.fixture
def real(request, shared_content) -> Iterator[Standin]:
    """Serves the real tables: the whole country, or only the gemeenten around Den Haag, which is quicker."""
    whole = getattr(request, "param", "0518") == "NL"
    server = Standin(shared_content if whole else only(shared_content, "05"))
    yield server
    server.shutdown()
    server.server_close()


def real_plan(gemeenten: tuple[tuple[str, str], ...]) -> Plan:
    codes = tuple(code for code, _ in gemeenten)
    items = [
        Item("kwb", "84799NED", 2020, codes, nodig=True),
        Item("gezondheid", "50120NED", 2020, codes),
        *(Item("grenzen", layer, 2024, codes, nodig=True) for layer in ("buurten", "wijken", "gemeenten")),
        Item("grenzen", "gemeenten", 2022, codes),
    ]
    return Plan(tuple(items), 2024, gemeenten)


def direct_files(shared: Path, folder: Path, gemeente: str = "") -> Path:
    """The real files, whole or of one gemeente; country rows come along, as they do through the services."""
    folder.mkdir()
    source = shared / "nederland"
    for path in source.glob("*.parquet"):
        frame = pd.read_parquet(path)
        mine = frame["WijkenEnBuurten"].str[2:6].eq(gemeente[2:]) | frame["WijkenEnBuurten"].str.startswith("NL")
        year = frame if "Perioden" in frame else frame.assign(Perioden="2020JJ00")
        (year[mine] if gemeente else year).to_parquet(folder / path.name)
    for name, code in (("buurten2024_kwb_85984NED.gpkg", "buurtcode"), ("wijken_2024.geojson", "wijkcode"),
                       ("gemeenten_2024.geojson", "gemeentecode"), ("gemeenten_2022.geojson", "gemeentecode")):  # fmt: skip
        year = 2022 if "2022" in name else 2024
        frame = gpd.read_file(source / name).to_crs("EPSG:28992").assign(jaar=year)
        mine = frame[code].str[2:6] == gemeente[2:]
        (frame[mine] if gemeente else frame).to_file(folder / f"{Path(name).stem}.gpkg", driver="GPKG")
    return folder


def test_den_haag_from_real_tables_equals_the_files(real, shared_data, tmp_path):
    place = new_place(real, tmp_path, replace(QUICK, read=20, total=60))
    fetch_and_build(real_plan((("GM0518", "'s-Gravenhage"),)), place)
    files = direct_files(shared_data, tmp_path / "direct", "GM0518")
    build(Settings(), (files,), database=tmp_path / "direct.duckdb")
    assert_equal_figures(place.settings.database, tmp_path / "direct.duckdb", 5_000)


def test_den_haag_is_found_under_its_everyday_name(real, tmp_path):
    place = new_place(real, tmp_path)
    assert plan_for(("Den Haag",), 2024, place).gemeenten == (("GM0518", "'s-Gravenhage"),)


@pytest.mark.parametrize("real", ["NL"], indirect=True)
@pytest.mark.skipif(os.environ.get("WWZ_LANGZAAM") != "1", reason="duurt minuten; zet WWZ_LANGZAAM=1")
def test_the_whole_country_equals_the_files(real, shared_data, tmp_path):
    place = new_place(real, tmp_path, replace(QUICK, read=120, total=600))
    fetch_and_build(real_plan(()), place)
    files = direct_files(shared_data, tmp_path / "direct")
    build(Settings(), (files,), database=tmp_path / "direct.duckdb")
    assert_equal_figures(place.settings.database, tmp_path / "direct.duckdb", 500_000)
