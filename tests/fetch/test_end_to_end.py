"""From a command to a dashboard: what comes through the stand-in equals what files give, figure by figure."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from contents import only
from pandas.testing import assert_frame_equal, assert_series_equal
from standin import Content, Standin
from workplaces import QUICK, asked, new_place

import wwz.build.build as building
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build import fetched
from wwz.build.build import build
from wwz.build.fetched import fetch_and_build
from wwz.cli.main import main
from wwz.fetch.choice import chosen_set
from wwz.fetch.fetch import fetch_set, plan_for
from wwz.fetch.items import Item
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Progress
from wwz.sources.files import read_folders
from wwz.sources.reading import Report
from wwz.store import Store

pytestmark = pytest.mark.lang

AREAS = "select code, naam, niveau, gemeente, wijk, gemeentenaam, water, grens from gebied order by code"
COLUMNS = (
    "select gebied, indicator, jaar, waarde, onder, boven, teller, noemer, soort from cijfer order by 1, 2, 3"
)


def assert_equal_figures(one: Path, other: Path, at_least: int) -> None:
    found, expected = asked(one, COLUMNS), asked(other, COLUMNS)
    assert len(expected) > at_least
    # Sums of estimates differ in the fifteenth digit from build to build; what is published may not differ at all.
    assert_frame_equal(found, expected, rtol=1e-12, atol=1e-12)
    published = [
        f[f["gebied"].str.startswith("BU") & (f["soort"] == "gepubliceerd")]["waarde"]
        for f in (found, expected)
    ]
    assert len(published[0]) > at_least / 5
    assert_series_equal(*published, check_exact=True)
    areas, same = (asked(path, AREAS) for path in (one, other))
    assert_frame_equal(areas.drop(columns="grens"), same.drop(columns="grens"))
    # A file may call one polygon a set of one.
    assert [_parts(shape) for shape in areas["grens"]] == [_parts(shape) for shape in same["grens"]]


def _parts(shape: object) -> list[bytes] | None:
    return (
        None if pd.isna(shape) else [part.wkb for part in shapely.get_parts(shapely.from_wkb(bytes(shape)))]
    )


def write_files(content: Content, gemeenten: list[str], folder: Path) -> Path:
    """What the stand-in serves of these gemeenten and the country, as files that are read directly."""
    folder.mkdir()
    wanted = tuple(code[2:] for code in gemeenten)
    for (_, number), frame in content.tables.items():
        if number == "85755NED":
            continue
        year = {"85618NED": 2023, "85984NED": 2024, "50120NED": 2022}[number]
        codes = frame["WijkenEnBuurten"].str.strip()
        mine = frame[codes.str[2:6].isin(wanted) | codes.str.startswith("NL")]
        mine.copy().assign(Perioden=f"{year}JJ00").to_parquet(folder / f"{number}_{year}.parquet")
    for (year, name), frame in content.layers.items():
        mine = frame[frame["gemeentecode"].isin(gemeenten)]
        mine.assign(jaar=year).to_file(folder / f"grenzen_{name}_{year}.gpkg", driver="GPKG")
    return folder


def test_a_region_through_the_stand_in_equals_its_files(kustland, example_content, tmp_path):
    gemeenten = asked(kustland, "from gebied where niveau = 'gemeente'")["code"].tolist()
    assert len(gemeenten) == 2
    build(
        Settings(),
        (write_files(example_content, gemeenten, tmp_path / "rechtstreeks"),),
        database=tmp_path / "direct.duckdb",
    )
    assert_equal_figures(kustland, tmp_path / "direct.duckdb", 3_000)
    # The figures are the same; where they came from is told apart.
    assert "tabel 85618NED" in line_of(kustland) and "opgehaald" in line_of(kustland)
    assert line_of(tmp_path / "direct.duckdb").endswith(", ingelezen uit een eigen bestand")


def line_of(database: Path) -> str:
    return asked(database, "select bronregel('kwb', 2023) as regel")["regel"].iloc[0]


def test_the_command_fetches_and_builds(duinmonde):
    said = (duinmonde.parent / "gezegd.txt").read_text(encoding="utf-8")
    assert (
        re.search(r"Klaar: de cijfers van Duinmonde .* \([\d.]+ rijen uit \d+ tabellen en kaartlagen\)", said)
        and "Let op: Niet (meer) bij de bron" in said
    )
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
    assert (
        len(rows) > 20 and (rows["onder"] <= rows["waarde"]).all() and (rows["waarde"] <= rows["boven"]).all()
    )


def readings(folder: Path) -> tuple[dict[str, pd.DataFrame], Report]:
    """What our readers make of a fetched set: table → figures per area, and the remarks."""
    report, found = Report(), {}
    for reading in read_folders((folder,), Settings(), report):
        for number, frame in enumerate(reading.cijfers):
            found[f"{reading.tabel} {number}"] = frame.set_index(["gebied", "maat"]).sort_index()
    return found, report


def test_version_four_gives_the_same_figures(standin, place, tmp_path):
    """The readers make the same of both versions, for the tables of CBS and of RIVM."""
    expected, _ = readings(fetch_set(plan_for(("Duinmonde",), 2024, place), place)[0])
    standin.content.v4.update({"85618NED", "85984NED", "50120NED"})
    other = new_place(standin, tmp_path / "vier")
    found, _ = readings(fetch_set(plan_for(("Duinmonde",), 2024, other), other)[0])
    assert any(
        "$skip" in path or "%24skip" in path
        for path in standin.log
        if "/odata/v1/RIVM/50120NED/Observations" in path
    )
    assert found.keys() == expected.keys() and len(found) >= 3
    for table, frame in expected.items():
        columns = [c for c in frame if c in found[table]]
        # Of the borders of PDOK there is one version.
        assert len(columns) > 5 or table.startswith("wijken-en-buurten")
        same = [f[columns].apply(pd.to_numeric, errors="coerce") for f in (found[table], frame)]
        assert_frame_equal(*same, check_dtype=False, check_index_type=False, check_column_type=False)


def test_neighbours_come_along(standin, place):
    plan = plan_for(("Duinmonde",), 2024, place, buren=True)
    layer = standin.content.layers[(2024, "gemeenten")].set_index("gemeentecode")
    own = layer.loc["GM9901"].geometry
    touching = {
        code for code in layer.index if code != "GM9901" and layer.loc[code].geometry.distance(own) < 1
    }
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
    assert standin.busiest == 1
    described = [path for path in standin.log if path.split("?")[0].endswith("/collections/buurten")]
    assert len(described) == 1
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
    seen = []
    monkeypatch.setattr(building, "read_folders", lambda folders, *rest: seen.extend(folders) or iter(()))
    with pytest.raises(Fout, match="geen cijfers gevonden"):
        build(settings)
    assert seen == [chosen_set(settings.database)]
    example = tmp_path / "voorbeeld"
    example.mkdir()
    (example / "wwz_voorbeeld.json").write_text("{}", encoding="utf-8")
    read = []
    monkeypatch.setattr(fetched, "build", lambda settings, folders, **rest: read.extend(folders))
    fetched.back_to_example(settings, Progress())
    assert read == [example] and chosen_set(settings.database) is None


def test_an_open_store_does_not_hide_a_new_database(kustland, duinmonde, tmp_path):
    """The dashboard keeps the old file open while the new one takes its place."""
    shutil.copy(kustland, tmp_path / "wwz.duckdb")
    before = Store(tmp_path / "wwz.duckdb")
    shutil.copy(duinmonde, tmp_path / "nieuw.duckdb")
    (tmp_path / "nieuw.duckdb").replace(tmp_path / "wwz.duckdb")
    after = Store(tmp_path / "wwz.duckdb")
    assert before.about()["aantal_gemeenten"] == 2 and after.about()["aantal_gemeenten"] == 1
    assert len(before.areas()) > len(after.areas())


# --- the command ---------------------------------------------------------------------------------------


def test_dry_tells_how_much_and_how_long_and_changes_nothing(configured, standin, capsys):
    assert main(["haal", "--gemeente", "Duinmonde", "--droog"]) == 0
    lines = capsys.readouterr().out.splitlines()
    codes = standin.content.tables[("cbs", "85984NED")]["WijkenEnBuurten"].str[2:6]
    line = next(row for row in lines if row.endswith("(85984NED)") and "MB" in row)
    assert line.split()[0] == str((codes == "9901").sum())
    layer = standin.content.layers[(2024, "buurten")]
    guess = next(row for row in lines if row.endswith("Grenzen 2024 (buurten)") and "MB" in row).split()
    assert guess[0] == "±" and int(guess[1]) == pytest.approx(
        (layer["gemeentecode"] == "GM9901").sum(), rel=0.3
    )
    assert re.search(
        r"[\d.]+ +[\d,]+ MB +samen, uitgepakt; (ongeveer \d+|een paar) seconden ophalen", "\n".join(lines)
    )
    assert not configured.exists() and not [path for path in standin.log if "TypedDataSet?" in path]


# As CBS and RIVM write them: a table we know, a newer one, and one that only resembles it.
TITLES = {
    "85984NED": "Kerncijfers wijken en buurten 2024",
    "99991NED": "Kerncijfers wijken en buurten 2027",
    "99992NED": "Wmo-cliënten; type maatwerkvoorziening, wijken, 2027",
    "99993NED": "Wmo-cliënten; type maatwerkvoorziening, wijken 2028",
    "99994NED": "Nabijheid voorzieningen; afstand locatie, wijk- en buurtcijfers 2027",
    "80305ned": "Nabijheid voorzieningen; afstand locatie, regionale cijfers",
    "85896NED": "Wmo-cliënten; type maatwerkvoorziening, persoonskenmerken, regio",
    "00000NED": "Iets anders 2027",
}


def test_newer_tables_are_found_in_the_catalogue(configured, standin, capsys):
    standin.content.titles = TITLES
    assert main(["haal", "--zoek-nieuwer"]) == 0
    said = capsys.readouterr().out
    assert {number for number in TITLES if number in said} == {"99991NED", "99992NED", "99993NED", "99994NED"}
    assert f"99991NED  2027-02-01  {TITLES['99991NED']}" in said


@pytest.mark.parametrize("call", [[], ["--gemeente", "Duinmonde", "--heel-nederland"]])
def test_the_command_wants_one_choice(configured, call, capsys):
    assert main(["haal", *call]) == 2
    assert "--gemeente" in capsys.readouterr().err


# --- real tables ---------------------------------------------------------------------------------------


@pytest.fixture
def real(request, shared_content) -> Iterator[Standin]:
    """Serves the real tables: the whole country, or only Den Haag, which is quicker."""
    whole = getattr(request, "param", "0518") == "NL"
    server = Standin(shared_content if whole else only(shared_content, "0518"))
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
        mine = frame["WijkenEnBuurten"].str[2:6].eq(gemeente[2:]) | frame["WijkenEnBuurten"].str.startswith(
            "NL"
        )
        year = frame if "Perioden" in frame else frame.assign(Perioden="2020JJ00")
        (year[mine] if gemeente else year).to_parquet(folder / path.name)
    for name, code in (("buurten2024_kwb_85984NED.gpkg", "buurtcode"), ("wijken_2024.geojson", "wijkcode"),
                       ("gemeenten_2024.geojson", "gemeentecode"), ("gemeenten_2022.geojson", "gemeentecode")):  # fmt: skip
        year = 2022 if "2022" in name else 2024
        frame = gpd.read_file(source / name).to_crs("EPSG:28992").assign(jaar=year)
        mine = frame[code].str[2:6] == gemeente[2:]
        (frame[mine] if gemeente else frame).to_file(folder / f"{Path(name).stem}.gpkg", driver="GPKG")
    return folder


@pytest.mark.zwaar
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
