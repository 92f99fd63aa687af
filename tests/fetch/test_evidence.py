"""Tables that only bound or signal a randvoorwaarde: fetched by their titles, and the rest stands when one fails."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import contents
import pandas as pd
import pytest
from contents_help import AGES
from faults import FAULTS, impatient, is_rows, spoil
from PIL import Image
from pypdf import PdfReader
from standin import Content, Standin
from workplaces import asked, haal, new_place

from wwz.ask.view import View
from wwz.export.formats import FORMATS, make_file
from wwz.fetch.choice import chosen_set
from wwz.fetch.fetch import fetch_set, plan_for
from wwz.fetch.osm import Points
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import truth
from wwz.store import Store

WHO, YEAR = ("Duinmonde",), 2024
LOOSE = ("wmo_gemeente", "verpleging", "politie", "prognose")


@pytest.fixture(scope="module")
def content(voorbeeld_folder) -> Content:
    return contents.with_buildings(voorbeeld_folder)


@pytest.fixture(scope="module")
def database(content, tmp_path_factory):
    """One gemeente, fetched and built once by the command."""
    folder = tmp_path_factory.mktemp("bewijs")
    server = Standin(content)
    (folder / "gezegd.txt").write_text(haal(server, folder, "--gemeente", *WHO), encoding="utf-8")
    yield folder / "wwz.duckdb"
    server.shutdown()
    server.server_close()


@pytest.fixture
def served(content) -> Iterator[Standin]:
    server = Standin(
        replace(content, tables=dict(content.tables), keys=dict(content.keys), topics=dict(content.topics))
    )
    yield server
    server.shutdown()
    server.server_close()


def loose_plan(place):
    plan = plan_for(WHO, YEAR, place)
    kept = [i for i in plan.items if i.familie in (*LOOSE, "grenzen") or i.tabel == "85984NED"]
    return replace(plan, items=tuple(kept))


def test_kinds_are_found_by_their_title(database):
    frame = pd.read_parquet(chosen_set(database) / "86050NED_2024.parquet")
    # What nobody knows by name stays out, and a point is not zero.
    known = {"Hulp bij het huishouden", "Begeleiding", "Dagbesteding", "Kortdurend verblijf", "Rolstoelen"}
    assert known <= set(frame["TypeMaatwerkvoorziening"]) and "Overige hulpmiddelen" not in set(
        frame["TypeMaatwerkvoorziening"]
    )
    assert frame.loc[frame["TypeMaatwerkvoorziening"] == "Kortdurend verblijf", "WmoClienten_1"].isna().all()
    assert set(frame["Perioden"]) == {"2024JJ00"}


def test_every_file_that_is_fetched_is_read(database):
    refused = asked(
        database, "select bestand, tekst from melding where tekst like '%Dit bestand wordt niet gebruikt%'"
    )
    assert refused.empty, refused


def test_the_number_of_patients_is_taken_and_not_the_rate_or_the_costs(database, content):
    frame = pd.read_parquet(chosen_set(database) / "50149NED_2023.parquet")
    served = content.tables[("rivm", "50149NED")].set_index("WijkenEnBuurten")["Absoluut_3"]
    found = frame.assign(code=frame["WijkenEnBuurten"].str.strip()).set_index("code")[
        "PatientenMetWijkverpleging"
    ]
    # What is withheld is unknown here too, and never zero.
    assert found.equals(served.reindex(found.index)) and found.notna().sum() > 60
    assert found.isna().any() and not (found == 0).any()


def test_burglaries_of_three_years_and_no_other_crimes(database):
    frames = [
        pd.read_parquet(chosen_set(database) / f"47018NED_{year}.parquet") for year in (2022, 2023, 2024)
    ]
    assert all(set(f["SoortMisdrijf"].str.strip()) == {"1.1.1"} for f in frames)
    assert all(f["WijkenEnBuurten"].str.startswith("BU9901").all() for f in frames)
    rates = asked(database, "select waarde, onder, boven from signaal where hoe = 'risico'")
    assert (
        len(rates) > 60
        and (rates["onder"] <= rates["waarde"]).all()
        and (rates["waarde"] <= rates["boven"]).all()
    )


def test_what_is_fetched_bounds_and_has_its_source(database):
    rows = asked(
        database,
        "select randvoorwaarde, bool_and(onder = 0 and boven >= 0.1) as goed, min(boven) as boven, any_value(hoe_boven) as hoe "
        "from begrensd where hoe_boven is not null and hoe_onder is null group by randvoorwaarde",
    ).set_index("randvoorwaarde")
    assert {"huishoudelijke-verzorging", "begeleiding", "persoonlijke-verzorging", "dagstructuur"} <= set(
        rows.index
    )
    assert rows["goed"].all() and "kortdurend-verblijf" not in rows.index
    lines = asked(database, "select bron, jaar, tekst, licentie from herkomst").set_index("bron")
    assert (
        "tabel 86050NED" in lines.loc["wmo_gemeente", "tekst"]
        and lines.loc["wmo_gemeente", "licentie"] == "CC BY 4.0"
    )
    assert "opgehaald" in lines.loc["verpleging", "tekst"]


def test_ages_are_fetched_by_their_titles_and_the_buurten_add_up_to_them(database):
    counted = pd.read_parquet(chosen_set(database) / "03759ned_2024.parquet")
    assert set(counted["Leeftijd"]) == {t for t in AGES.values() if t[:2] >= "65" and t != "Totaal"}
    assert set(counted["Geslacht"].str.strip()) == {"T001038"}
    by_postcode = pd.read_parquet(chosen_set(database) / "83502NED_2024.parquet")
    assert by_postcode["Postcode"].nunique() > 1 and set(by_postcode["Perioden"]) == {"2024JJ00"}
    read = asked(database, "select naam, familie, soort from bestand where naam like '%83502NED%'")
    assert read["soort"].tolist() == ["leeftijden"]
    real = counted[counted["RegioS"].str.strip() == "GM9901"].set_index("Leeftijd")["BevolkingOp1Januari_1"]
    row = asked(
        database,
        "select teller, soort, bron from cijfer where gebied = 'GM9901' and indicator = 'leeftijd_85plus' and jaar = 2024",
    )
    assert row.iloc[0].tolist() == [
        real[["85 tot 90 jaar", "90 tot 95 jaar", "95 jaar of ouder"]].sum(),
        "gepubliceerd",
        "leeftijd",
    ]


def test_the_regional_forecast_is_fetched_whole_and_followed(database, content):
    """Every year in one file, both sexes together; what it lacks is no error, and its source line has number, day and licence."""
    frame = pd.read_parquet(chosen_set(database) / "85171NED_2022.parquet")
    assert set(frame["Geslacht"].str.strip()) == {"T001038"} and frame["Perioden"].nunique() == 28
    served = content.tables[("cbs", "85171NED")]
    wanted = (served["RegioIndeling2021"].str.strip() == "GM9901") & (served["Geslacht"] == "T001038")
    years = served["Perioden"].str[:4].astype(int)
    numbers = dict(zip(years[wanted], 1000 * served.loc[wanted, "TotaleBevolking_1"], strict=True))
    found = Store(database).ask("prognose_gemeente").groupby("jaar")["aantal"].sum()
    assert found[2030] == pytest.approx(numbers[2030], abs=1) and found[2050] == pytest.approx(
        numbers[2050], abs=1
    )
    line = asked(database, "select tekst, licentie from herkomst where bron = 'prognose'").iloc[0]
    assert (
        "tabel 85171NED" in line["tekst"] and "opgehaald" in line["tekst"] and line["licentie"] == "CC BY 4.0"
    )


def test_a_gemeente_that_the_forecast_lacks_is_named(served, tmp_path):
    place = new_place(served, tmp_path)
    names = list(served.content.names.values())[:2]
    for who, words in (
        (names, f"staan niet: {served.content.names['GM9902']}."),
        (names[1:], "Deze gemeenten staan er niet in"),
    ):
        plan = plan_for(tuple(who), YEAR, place)
        plan = replace(
            plan,
            items=tuple(
                i for i in plan.items if i.familie in ("prognose", "grenzen") or i.tabel == "85984NED"
            ),
        )
        folder, remarks = fetch_set(plan, place)
        assert any(words in text and "landelijke prognose" in text for text in remarks), remarks
        assert (folder / "85171NED_2022.parquet").exists() == (who == names)


@pytest.mark.parametrize(
    ("familie", "fault"),
    [
        *((familie, "webpagina") for familie in LOOSE),
        ("verpleging", "druppelt"),
        ("politie", "lege bladzijde"),
        ("prognose", "500"),
    ],
)
def test_one_that_fails_is_slow_or_empty_is_named_and_the_rest_comes(served, tmp_path, familie, fault):
    number = {
        "wmo_gemeente": "86050NED",
        "verpleging": "50149NED",
        "politie": "47018NED",
        "prognose": "85171NED",
    }[familie]
    answer, words = FAULTS[fault]
    spoil(served, answer, float("inf"), when=lambda path: number in path and is_rows(path))
    place = new_place(served, tmp_path)
    if fault == "druppelt":
        impatient(place)
    folder, remarks = fetch_set(loose_plan(place), place)
    files = {path.name for path in folder.iterdir()}
    assert not any(number in name for name in files) and "85984NED_2024.parquet" in files
    assert [text for text in remarks if number in text and re.search(words, text)], remarks


def test_a_table_that_is_only_in_the_newer_service_is_found_by_its_titles_too(served, tmp_path):
    served.content = replace(served.content, v4={"86050NED"})
    place = new_place(served, tmp_path)
    folder, remarks = fetch_set(loose_plan(place), place)
    frame = pd.read_parquet(folder / "86050NED_2024.parquet")
    assert {"Begeleiding", "Dagbesteding"} <= set(frame["TypeMaatwerkvoorziening"])
    assert "Overige hulpmiddelen" not in set(frame["TypeMaatwerkvoorziening"])
    counts = frame.filter(like="WmoClienten").iloc[:, 0]
    # A point stays unknown.
    assert counts[frame["TypeMaatwerkvoorziening"] == "Kortdurend verblijf"].isna().all()
    assert (counts[frame["TypeMaatwerkvoorziening"] == "Begeleiding"] > 0).all()
    assert not any("86050NED" in text for text in remarks)


def test_topics_or_kinds_under_other_names_are_told(served, tmp_path):
    served.content.topics["50149NED"] = [
        {"odata.type": "Cbs.OData.Topic", "ID": 9, "Key": "Iets_1", "Title": "Iets"}
    ]
    served.content.keys["TypeMaatwerkvoorziening"] = {"X": "Iets anders"}
    place = new_place(served, tmp_path)
    folder, remarks = fetch_set(loose_plan(place), place)
    assert {"47018NED_2024.parquet", "85984NED_2024.parquet"} <= {path.name for path in folder.iterdir()}
    told = " ".join(remarks)
    assert "50149NED" in told and "86050NED" in told


def test_points_of_openstreetmap_open_what_is_measured(database):
    """After a fetch alone there are voorzieningen, distances from them, and the name of who made the map."""
    points = asked(database, "select soort, count(*) as n from punt group by soort").set_index("soort")["n"]
    assert points["supermarkt"] >= 3 and points["ontmoeting"] >= 3
    known = asked(
        database,
        "select hoe, count(*) as n from tekort_gemeten where randvoorwaarde = 'ontmoeting-1000' group by hoe",
    )
    assert known["n"].sum() > 60
    line = asked(database, "select bronregel('punten', 2024) as regel from regel")["regel"][0]
    # The example is fictitious and names nobody; the note of the set does.
    note = asked(database, "select tekst from herkomst where bron = 'punten'")["tekst"][0]
    assert "© OpenStreetMap-bijdragers" in note and "ODbL" in note and line
    # On a map with points, and in what rests on them, they are named; without such points nobody is.
    store = Store(database)
    credit = store.about()["bron_punten"]
    store.close()
    assert re.fullmatch(r"© OpenStreetMap-bijdragers, 20\d\d \(ODbL\)", credit)


@pytest.mark.parametrize(
    ("laag", "codes"), [("bereik_winkels_500", tuple(FORMATS)), ("mobiliteit_18", ("svg", "html", "xlsx"))]
)
def test_every_kind_of_file_names_openstreetmap(database, laag, codes):
    """Of a layer that rests on its points, and of one with its points on top; the licence too, in whatever the file is."""
    store = Store(database)
    view = View(gebied=("GM9901",), laag=laag, niveau="buurt", punten=("supermarkt",))
    texts = {code: said(make_file(store, view, code), code) for code in codes}
    store.close()
    for words in ("OpenStreetMap-bijdragers", "ODbL"):
        assert [code for code, text in texts.items() if words not in text] == []


def said(content: bytes, code: str) -> str:
    """All text that is in a file."""
    ending = FORMATS[code].einde
    if ending == "pdf":
        return " ".join(
            " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages
        )
    if ending == "png":
        return " ".join(map(str, Image.open(io.BytesIO(content)).text.values()))
    if ending == "gpkg":
        return content.decode("latin-1")
    if ending in ("docx", "pptx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
        return unescape(re.sub(r"<[^>]+>", "", " ".join(texts)))
    return content.decode()


def test_points_are_cut_to_the_gemeente_and_what_is_just_around_it(served, tmp_path):
    place = new_place(served, tmp_path)
    plan = plan_for(WHO, YEAR, place, punten=True)
    osm = next(i for i in plan.items if i.familie == "osm")
    content, about = Points(osm, place).fetch()
    assert 10 < len(content["elements"]) < len(served.content.elements)
    assert about.licentie == "ODbL 1.0" and about.tabel == "OpenStreetMap"
    asked_of = [path for path in served.log if "/overpass/" in path]
    assert len(asked_of) == 1
    Points(osm, place).fetch()
    # What was asked this week is not asked again.
    assert len([path for path in served.log if "/overpass/" in path]) == 1
    assert not any(i.familie == "osm" for i in plan_for((), YEAR, place, punten=True).items)


@pytest.mark.parametrize(
    "answer", [{"elements": [], "remark": "runtime error: Query timed out"}, {"elements": []}, "<html>"]
)
def test_a_cut_off_or_empty_answer_of_overpass_leaves_the_rest(served, tmp_path, answer):
    def broken(handler, path, query) -> bool:
        if "/overpass/" in path:
            handler.send(json.dumps(answer).encode(), 200, "application/json")
        return "/overpass/" in path

    served.trouble = broken
    place = new_place(served, tmp_path)
    plan = plan_for(WHO, YEAR, place, punten=True)
    kept = [i for i in plan.items if i.familie in ("osm", "grenzen") or i.tabel == "85984NED"]
    folder, remarks = fetch_set(replace(plan, items=tuple(kept)), place)
    files = {path.name for path in folder.iterdir()}
    assert not any("osm" in name for name in files) and "85984NED_2024.parquet" in files
    assert any("OpenStreetMap" in text for text in remarks)


def test_the_full_squares_measure_shops_without_points(database):
    """They come along by themselves; the newer squares with people alone are gone here, and named."""
    names = {path.name for path in chosen_set(database).iterdir()}
    assert "raster100m_2021.parquet" in names and "raster100m_2024.parquet" not in names
    assert "2025-cbs_vk100_2024" in (database.parent / "gezegd.txt").read_text(encoding="utf-8")
    true = truth.true_reach(make_example_region(), SEED).set_index(["buurt", "randvoorwaarde"])
    rows = asked(
        database,
        "select buurt, randvoorwaarde, onder, coalesce(boven, 1) as boven from bewijs where hoe = 'vierkant'",
    )
    rows = rows.set_index(["buurt", "randvoorwaarde"]).join(true, how="inner")
    inside = (
        rows["zonder"].between(rows["onder"] - 0.02, rows["boven"] + 0.02).groupby("randvoorwaarde").mean()
    )
    assert set(inside.index) == {"winkels-100", "winkels-1000"} and len(rows) > 100
    assert (inside >= 0.85).all()


def test_the_truth_lies_within_what_a_fetch_makes_of_a_map_with_gaps(database):
    """One in twelve places is missing on the map, and CBS rounds and keeps secret."""
    true = truth.true_reach(make_example_region(), SEED).set_index(["buurt", "randvoorwaarde"])
    rows = asked(
        database,
        "select buurt, randvoorwaarde, onder, boven from tekort_gemeten union all select buurt, randvoorwaarde, onder, boven from begrensd",
    )
    rows = rows.set_index(["buurt", "randvoorwaarde"]).join(true, how="inner")
    inside = rows["zonder"].between(rows["onder"] - 0.005, rows["boven"] + 0.005)
    assert rows.index.get_level_values("randvoorwaarde").nunique() >= 5 and inside.mean() >= 0.9


def test_buildings_and_streets_come_along_and_say_what_they_know(database):
    """Homes without stairs by home where the BAG is, and by the type of dwelling elsewhere; footpaths bound the rest."""
    known = asked(
        database,
        "select buurt, hoe, boven - onder as breed from tekort_gemeten where randvoorwaarde = 'nultrede'",
    ).set_index("buurt")
    assert set(known.loc[list(contents.BUILT), "hoe"]) == {"gebouw"}
    assert set(known.drop(list(contents.BUILT))["hoe"]) == {"woning"}
    assert known.loc[list(contents.BUILT), "breed"].mean() < known.drop(list(contents.BUILT))["breed"].mean()
    bound = asked(database, "select count(*) as n from begrensd where hoe_onder = 'route'")
    assert bound["n"][0] > 10
    lines = asked(database, "select bron, tekst, licentie from herkomst").set_index("bron")
    assert all(
        name in lines.loc["bag", "tekst"]
        for name in ("BAG verblijfsobject", "BAG pand", "3DBAG", "opgehaald")
    )
    assert lines.loc["bag", "licentie"] == "CC0 1.0, CC BY 4.0" and "BGT wegdeel" in lines.loc["bgt", "tekst"]
