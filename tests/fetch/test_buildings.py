"""Buildings, floors and streets: asked by square of today, every object once, and the rest stands when one fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import contents
import pytest
import shapely
from standin import Content, Standin
from workplaces import change_rules, new_place

from wwz.fetch.features import squares
from wwz.fetch.fetch import fetch_set, plan_for
from wwz.fetch.opening import measure, open_item
from wwz.fetch.pdok import people_in
from wwz.fetch.trouble import Leeg, Veranderd, Weg
from wwz.knowledge import load_toml

WHO, YEAR = ("Duinmonde",), 2024
FAMILIES = ("bag", "lagen", "bgt")


@pytest.fixture(scope="module")
def content(voorbeeld_folder) -> Content:
    return contents.with_buildings(voorbeeld_folder)


@pytest.fixture
def served(content) -> Iterator[Standin]:
    server = Standin(replace(content, objects=dict(content.objects)))
    yield server
    server.shutdown()
    server.server_close()


def items(place):
    return {i.tabel: i for i in plan_for(WHO, YEAR, place, gebouwen=True).items if i.familie in FAMILIES}


def only(place, *layers: str):
    plan = plan_for(WHO, YEAR, place, gebouwen=True)
    kept = [i for i in plan.items if i.tabel in layers or i.familie == "grenzen" or i.tabel == "85984NED"]
    return replace(plan, items=tuple(kept))


def test_every_object_comes_once_over_squares_and_pages(served, tmp_path, monkeypatch):
    change_rules(monkeypatch, familie={**_families(), "bag": {**_families()["bag"], "per_pagina": 300}})
    place = new_place(served, tmp_path)
    homes, about = open_item(items(place)["verblijfsobject"], place).fetch()
    given = served.content.objects["verblijfsobject"]
    assert len(homes) == len(given) and homes["identificatie"].is_unique
    assert homes[["x", "y"]].notna().all().all() and homes["pand.href"].str.contains("/pand/items/").all()
    assert about.tabel == "BAG verblijfsobject" and about.licentie == "CC0 1.0" and about.versie
    pages = [path for path in served.log if "/verblijfsobject/items" in path]
    assert len(pages) > len(given) / 300 and any("cursor=" in path for path in pages)
    open_item(items(place)["verblijfsobject"], place).fetch()
    # What was asked today is not asked again.
    assert [path for path in served.log if "/verblijfsobject/items" in path] == pages


def _families() -> dict:
    from wwz.fetch.items import rules

    return rules()["familie"]


def test_streets_are_asked_as_they_are_now(served, tmp_path):
    place = new_place(served, tmp_path)
    streets, _ = open_item(items(place)["wegdeel"], place).fetch()
    assert all(
        "datetime=" in path for path in served.log if "/wegdeel/items" in path and "cursor" not in path
    )
    rows = streets["features"]
    assert rows and all(f["properties"]["eind_registratie"] is None for f in rows)
    # Those of Haverstede lie in another gemeente.
    assert {f["properties"]["bronhouder"] for f in rows} == {"G9901"}


def test_floors_are_counted_by_row(served, tmp_path, monkeypatch):
    change_rules(monkeypatch, familie={**_families(), "lagen": {**_families()["lagen"], "per_pagina": 100}})
    place = new_place(served, tmp_path)
    floors, about = open_item(items(place)["3DBAG"], place).fetch()
    assert len(floors) == len(served.content.objects["lod12"]) and floors["b3_bouwlagen"].notna().all()
    assert about.licentie == "CC BY 4.0" and any("startIndex=100" in path for path in served.log)


@pytest.mark.parametrize("layer", ["verblijfsobject", "3DBAG", "wegdeel", "straatmeubilair"])
@pytest.mark.parametrize("fault", ["html", "gone", "refused", "truncated", "empty"])
def test_one_that_fails_is_named_and_the_rest_comes(served, tmp_path, layer, fault):
    """A web page, an old address (404), a question that is refused (400), half a page, nothing in this box."""

    def broken(handler, path, query) -> bool:
        mine = f"/{layer}/items" in path or (layer == "3DBAG" and "BAG3D" in path)
        if not mine:
            return False
        if fault == "truncated":
            body = handler.answer(path, query)
            if not body["features"]:
                return False
            handler.send_json({**body, "features": body["features"][:-1]})
        elif fault == "empty":
            handler.send_json({"type": "FeatureCollection", "features": [], "numberReturned": 0, "links": []})
        else:
            data, status = {"html": (b"<html>", 200), "gone": (b"", 404), "refused": (b"", 400)}[fault]
            handler.send(data, status, "text/html")
        return True

    served.trouble = broken
    place = new_place(served, tmp_path)
    folder, remarks = fetch_set(only(place, layer), place)
    names = {path.name for path in folder.iterdir()}
    assert not any(layer in name for name in names) and "85984NED_2024.parquet" in names
    assert any(layer in text for text in remarks)


def test_an_old_address_is_seen_beforehand(served, tmp_path):
    place = new_place(served, tmp_path, bron_bag=f"{served.url}/lv/bag/ogc/v1")
    with pytest.raises(Weg):
        open_item(items(place)["pand"], place).size()
    _, remarks = measure(only(place, "pand"), place)
    assert any("BAG" in text and "pand" in text for text in remarks)


def test_what_lost_its_figures_is_told(served, tmp_path):
    served.content.objects["lod12"] = [
        {**f, "properties": {"identificatie": f["properties"]["identificatie"]}}
        for f in served.content.objects["lod12"]
    ]
    place = new_place(served, tmp_path)
    with pytest.raises(Veranderd, match="b3_bouwlagen"):
        open_item(items(place)["3DBAG"], place).fetch()
    served.content.objects["pand"] = []
    with pytest.raises(Leeg):
        open_item(items(place)["pand"], place).fetch()


def test_size_and_time_are_told_and_stay_within_ten_minutes(served, tmp_path):
    place = new_place(served, tmp_path)
    frame, _ = measure(only(place, "verblijfsobject", "pand", "3DBAG", "wegdeel", "straatmeubilair"), place)
    rows = frame[frame["titel"].str.contains("BAG|BGT")]
    assert len(rows) == 5 and rows["megabyte"].notna().all()
    assert rows["seconden"].sum() < 600 and rows["megabyte"].sum() < 2_000
    assert not [path for path in served.log if "/wegdeel/items" in path]


@pytest.mark.parametrize("layer", ["verblijfsobject", "pand", "3DBAG", "wegdeel", "straatmeubilair"])
def test_a_gemeente_of_100_000_comes_in_well_within_ten_minutes(served, layer):
    """From the pages of the stand-in itself: bytes per object, by how many of them there are for so many people, at a polite pace."""
    rules = load_toml("tabellen.toml")
    familie = next(f for f in FAMILIES if layer in rules["familie"][f]["laag"])
    rule = rules["familie"][familie]
    about, pace = rule["laag"][layer], rules["tijd"]
    page = served.content.objects["lod12" if layer == "3DBAG" else layer][:1000]
    each = len(json.dumps(page)) / len(page)
    # What is said beforehand is no less than what comes, and of the same order.
    assert each / 2 < about["bytes_per_object"] < 6 * each
    objects = 100_000 * about["per_inwoner"]
    # A gemeente of 100,000 with much land: 200 km2.
    questions = 200e6 / rule["vlak_m"] ** 2 * 2 + objects / rule["per_pagina"]
    worst = objects * max(each, about["bytes_per_object"])
    seconds = questions * pace["seconden_per_vraag"] + worst / 1e6 / pace["megabyte_per_seconde"]
    assert seconds < 600 / 5 and worst < 2e9 / 5


def test_size_follows_who_lives_there(served, tmp_path):
    place = new_place(served, tmp_path)
    item = items(place)["verblijfsobject"]
    people = (
        served.content.layers[2024, "gemeenten"].set_index("gemeentecode").loc["GM9901", "aantalInwoners"]
    )
    about = load_toml("tabellen.toml")["familie"]["bag"]["laag"]["verblijfsobject"]
    assert (
        open_item(item, place).size().bytes
        == round(people * about["per_inwoner"]) * about["bytes_per_object"]
    )
    # Where PDOK does not tell, by how large it is: one square kilometre.
    square = {"type": "Polygon", "coordinates": [[(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)]]}
    dense = load_toml("tabellen.toml")["inwoners_per_ha"]
    assert people_in({"properties": {"aantal_inwoners": -99997}, "geometry": square}) == pytest.approx(
        100 * dense
    )
    assert people_in({"properties": {"aantal_inwoners": 12}, "geometry": square}) == 12


def test_of_many_gemeenten_at_once_they_stay_away_and_that_is_said(served, tmp_path, monkeypatch):
    change_rules(monkeypatch, gebouwen={"meeste_gemeenten": 0})
    place = new_place(served, tmp_path)
    plan = plan_for(WHO, YEAR, place, gebouwen=True)
    assert not any(i.familie in FAMILIES for i in plan.items)
    assert "BAG" in plan.opmerkingen[0] and "BGT" in plan.opmerkingen[0]
    assert (
        not plan_for(WHO, YEAR, place).opmerkingen
        and not plan_for((), YEAR, place, gebouwen=True).opmerkingen
    )


def test_squares_cover_an_area_and_are_the_same_for_its_neighbour():
    area = shapely.Polygon([(100, 100), (5900, 100), (100, 2900)])
    found = list(squares(area, 2000))
    assert shapely.union_all([shapely.box(*box) for box in found]).covers(area)
    # The corner that the area does not reach is not asked.
    assert (4000, 2000, 6000, 4000) not in found and all(v % 2000 == 0 for box in found for v in box)
