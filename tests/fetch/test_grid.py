"""The squares of 100 metres: fetched once, whole and safe, and only those of the gemeenten that were asked."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import namedtuple

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from contents import squares
from workplaces import asked, change_rules

from wwz.base.errors import Fout
from wwz.fetch.fetch import fetch_set
from wwz.fetch.items import Item
from wwz.fetch.opening import open_all
from wwz.fetch.plan import Plan, make_plan
from wwz.fetch.squares import Grid

NAME = "2025-cbs_vk100_2024_v1.zip"
ITEM = Item("raster", NAME, 2024, ("GM9901",), indeling=2024)


@pytest.fixture(scope="module")
def good(example_content) -> bytes:
    return squares(example_content.layers[(2024, "buurten")])


@pytest.fixture
def served(standin, good):
    standin.content.files[NAME] = good
    return standin


def read(data: bytes) -> gpd.GeoDataFrame:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        name = next(n for n in zipped.namelist() if n.endswith(".gpkg"))
        return gpd.read_file(io.BytesIO(zipped.read(name)))


def repacked(members: dict[str, bytes], **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return out.getvalue()


def gpkg_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return zipped.read(next(n for n in zipped.namelist() if n.endswith(".gpkg")))


def test_only_the_squares_of_the_gemeente_with_their_numbers(served, place, good):
    frame, about = Grid(ITEM, place).fetch()
    layer = served.content.layers[(2024, "gemeenten")].set_index("gemeentecode")
    all_squares = read(good)
    near = all_squares[
        shapely.distance(all_squares.geometry.centroid.to_numpy(), layer.loc["GM9901"].geometry) < 100
    ]
    assert 10 < len(near) < len(all_squares)
    expected = near.set_index("crs28992res100m")["aantal_inwoners"].sort_index()
    found = frame.set_index("crs28992res100m")["aantal_inwoners"].sort_index()
    assert found.to_dict() == expected.to_dict() and -99997 in set(found)
    assert "aantal_inwoners_65_jaar_en_ouder" in frame and set(frame["jaar"]) == {2024}
    assert (
        about.tabel == "2025-cbs_vk100_2024_v1" and about.versie == "2025-04-30" and about.rijen == len(frame)
    )


def test_it_comes_in_the_set_with_the_rest(duinmonde):
    """The reader of the build recognises the file, and the squares stand beside the buurten they lie in."""
    store = asked(duinmonde, "from bestand where naam like 'raster100m%'")
    assert store["tabel"].tolist() == ["2025-cbs_vk100_2024_v1"] and store["rijen"].iloc[0] > 10
    assert store["licentie"].tolist() == ["CC BY 4.0"]


def test_a_broken_line_goes_on_where_it_was(served, place, good):
    cut = [True]

    def trouble(handler, path, query) -> bool:
        asks_all = handler.headers.get("Range", "") != "bytes=0-0"
        if path.endswith(".zip") and cut and asks_all:
            cut.clear()
            handler.start(200, len(good), "application/zip", ETag=f'"{len(good)}-{hash(good)}"')
            handler.wfile.write(good[: len(good) // 2])
            handler.wfile.flush()
            handler.close_connection = True
            return True
        return False

    served.trouble = trouble
    frame, _ = Grid(ITEM, place).fetch()
    assert len(frame) > 10 and not cut
    assert f"bytes={len(good) // 2}-" in served.ranges


def test_a_file_that_is_there_is_not_fetched_again(served, place):
    Grid(ITEM, place).fetch()
    before = place.client.progress.bytes
    served.ranges.clear()
    frame, _ = Grid(ITEM, place).fetch()
    assert len(frame) > 10 and place.client.progress.bytes - before < 100
    assert served.ranges == ["bytes=0-0", ""]


def test_another_version_half_way_starts_anew(served, place, example_content, good):
    folder = place.paginas.parent / "raster"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.deel").write_bytes(b"half van een ander bestand")
    (folder / f"{NAME}.versie").write_text('{"etag": "\\"oud\\"", "gewijzigd": ""}', encoding="utf-8")
    frame, _ = Grid(ITEM, place).fetch()
    assert len(frame) > 10 and (folder / NAME).read_bytes() == good


def test_a_version_that_was_replaced_is_found(served, place, good):
    del served.content.files[NAME]
    served.content.files[NAME.replace("_v1", "_v2")] = good
    assert Grid(ITEM, place).adres.endswith("_v2.zip")


def test_squares_that_are_gone_are_left_out_with_a_remark(standin, place):
    plan = make_plan((("GM9901", "Duinmonde"),), 2024, raster=True)
    assert [i.tabel for i in plan.items if i.familie == "raster"] == [NAME]
    small = Plan(
        tuple(i for i in plan.items if i.familie in ("raster", "grenzen") or i.nodig), 2024, plan.gemeenten
    )
    opened, remarks = open_all(small, place)
    assert not any(item.familie == "raster" for item in opened) and NAME in remarks[0]


UNSAFE = {
    "pad omhoog": (lambda g: {"../../buiten.gpkg": g}, "andere map"),
    "absoluut pad": (lambda g: {"/tmp/buiten.gpkg": g}, "andere map"),
    "windows-pad": (lambda g: {"C:\\buiten.gpkg": g}, "andere map"),
    "bom": (lambda g: {"cbs.gpkg": b"\0" * 60_000_000}, "verdacht groot"),
    "veel bestanden": (lambda g: {f"{n}.gpkg": b"x" for n in range(30)}, "30 bestanden"),
    "geen raster erin": (lambda g: {"leesmij.pdf": b"%PDF"}, "geen .gpkg of .csv"),
    "andere kolommen": (
        lambda g: {"cbs.csv": b"code,inwoners\nE0900N4500,5\n"},
        "geen vierkanten met inwoners",
    ),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_or_strange_zip_is_refused(name, served, place, good):
    members, words = UNSAFE[name]
    served.content.files[NAME] = repacked(members(gpkg_of(good)))
    with pytest.raises(Fout, match=words) as found:
        Grid(ITEM, place).fetch()
    assert len(found.value.zinnen) == 1 and "blijven staan" in found.value.zinnen[0]
    assert not list(place.paginas.parent.rglob("*.gpkg")) and not list(
        place.paginas.parent.parent.glob("buiten*")
    )


def test_a_zip_larger_than_it_may_be_is_refused(served, place, monkeypatch):
    change_rules(monkeypatch, zip={"grootste_gb": 0.00001})
    with pytest.raises(Fout, match="groter dan"):
        Grid(ITEM, place).fetch()


@pytest.mark.parametrize(
    "spoil", [lambda d: d[: len(d) // 2], lambda d: d[:200] + bytes(400) + d[600:], lambda d: b"geen zip"]
)
def test_a_damaged_zip_is_fetched_again_and_then_told(spoil, served, place, good):
    served.content.files[NAME] = spoil(good)
    with pytest.raises(Fout, match="beschadigd|niet te lezen"):
        Grid(ITEM, place).fetch()
    assert served.ranges.count("") >= 2
    served.content.files[NAME] = good
    assert len(Grid(ITEM, place).fetch()[0]) > 10


def test_a_csv_is_read_too(served, place, good):
    table = pd.DataFrame(read(good).drop(columns="geometry")).to_csv(index=False, sep=";")
    served.content.files[NAME] = repacked({"cbs_vk100_2024_v1.csv": table.encode()})
    assert len(Grid(ITEM, place).fetch()[0]) > 10


def test_too_little_room_is_told_beforehand(served, place, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(100, 90, 10))
    with pytest.raises(Fout, match="te weinig ruimte"):
        Grid(ITEM, place).fetch()


def test_a_set_with_squares_is_whole(served, place):
    plan = make_plan((("GM9901", "Duinmonde"),), 2024, raster=True)
    small = Plan(
        tuple(i for i in plan.items if i.familie in ("raster", "grenzen") or i.nodig), 2024, plan.gemeenten
    )
    folder, _ = fetch_set(small, place)
    assert "raster100m_2024.parquet" in {p.name for p in folder.iterdir()}
    assert place.client.progress.gedaan == pytest.approx(place.client.progress.totaal)
