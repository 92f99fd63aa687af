"""Boundaries fit: no slivers, no overlap, and the lines of larger areas run over those of their parts."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from wwz.ask.area import find_area, whole
from wwz.build.topology import fitting
from wwz.maps import boundaries as kept
from wwz.maps import ground
from wwz.maps.boundaries import SHARPER, boundaries, drawn_shapes, prepare_boundaries, surroundings
from wwz.maps.geometry import FOLDER
from wwz.store import Store

WIDTH = 60.0
# A square of a kilometre with a hole in its middle, and what lies in the hole with 20 m around it.
AROUND = Polygon(box(0, 0, 1000, 1000).exterior, [box(300, 300, 700, 700).exterior])


def shapes(*them):
    return np.array(them, dtype=object)


def test_a_narrow_gap_is_closed_and_counted():
    found = fitting(shapes(AROUND, box(320, 320, 680, 680)), WIDTH)
    assert shapely.coverage_is_valid(found.shapes)
    assert shapely.area(found.shapes).sum() == pytest.approx(1_000_000)
    assert (found.gaps, found.overlap) == (pytest.approx(400**2 - 360**2), 0)


def test_a_slit_that_is_open_at_an_end_is_closed_too():
    found = fitting(shapes(box(0, 0, 500, 1000), box(520, 0, 1000, 1000)), WIDTH)
    assert found.gaps == pytest.approx(20 * 1000, rel=0.01)
    assert shapely.intersection(*shapely.boundary(found.shapes)).length == pytest.approx(1000, rel=0.01)


def test_what_is_wider_stays_open():
    them = shapes(box(0, 0, 500, 1000), box(600, 0, 1000, 1000))
    assert (fitting(them, WIDTH).shapes == them).all()
    pond = shapes(AROUND, box(400, 400, 600, 600))
    assert fitting(pond, WIDTH).gaps == 0


def test_what_lies_in_two_areas_is_given_to_one():
    found = fitting(shapes(box(0, 0, 530, 1000), box(500, 0, 1000, 1000)), WIDTH)
    assert shapely.coverage_is_valid(found.shapes)
    assert (found.gaps, found.overlap) == (pytest.approx(0, abs=1), pytest.approx(30 * 1000))


def test_areas_that_fit_stay_what_they_are():
    them = shapes(box(0, 0, 500, 1000), box(500, 0, 1000, 1000), box(5000, 0, 6000, 1000))
    found = fitting(them, WIDTH)
    assert found.shapes is them and (found.gaps, found.overlap) == (0, 0)


def borders(frame):
    return shapely.union_all(shapely.boundary(frame.geometry.to_numpy()))


def test_lines_of_wijken_and_gemeenten_run_over_those_of_buurten(voorbeeld_store):
    area = whole(voorbeeld_store)
    small = borders(drawn_shapes(voorbeeld_store, area, "buurt"))
    for niveau in ("wijk", "gemeente"):
        large = borders(drawn_shapes(voorbeeld_store, area, niveau))
        assert large.length > 10_000
        assert shapely.difference(large, small).length == pytest.approx(0, abs=1e-6)


def geometries(static, url):
    features = json.loads((static / FOLDER / url.rsplit("/", 1)[1]).read_text(encoding="utf-8"))["features"]
    return np.array([shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features])


def test_what_lies_around_fits_the_area_and_is_nothing_of_it(tmp_path, voorbeeld_store):
    areas = voorbeeld_store.areas()
    wijk = find_area(voorbeeld_store, [areas.query("niveau == 'wijk'")["code"].iloc[0]])
    own, near = (
        boundaries(voorbeeld_store, wijk, "buurt", tmp_path),
        surroundings(voorbeeld_store, wijk, tmp_path),
    )
    assert wijk.codes[0] not in near.codes and len(near.codes) > 1
    assert set(near.codes) - {""} <= set(areas.query("niveau in ('wijk', 'gemeente')")["code"])
    inside, outside = geometries(tmp_path, own.url_path), geometries(tmp_path, near.url_path)
    assert shapely.area(shapely.intersection(shapely.union_all(inside), shapely.union_all(outside))) == 0
    assert surroundings(voorbeeld_store, whole(voorbeeld_store), tmp_path) is None


@pytest.fixture
def new_store(voorbeeld_store):
    """The example region, of which nobody has asked anything yet."""
    store = Store(voorbeeld_store.path)
    yield store
    store.close()


def test_a_closer_look_gets_sharper_borders_of_the_same_areas(tmp_path, monkeypatch, new_store):
    # As of a country: what its borders hold is more than one screen shows.
    monkeypatch.setattr(ground, "DETAIL", 300)
    monkeypatch.setattr(kept, "SHARPER_FROM_M", 0)
    area = whole(new_store)
    monkeypatch.setattr(kept, "WORTH", 1.0)
    found = boundaries(new_store, area, "buurt", tmp_path)
    coarse, fine = (geometries(tmp_path, url) for url in (found.url_path, found.sharper))
    assert len(coarse) == len(fine) == len(found.codes)
    assert shapely.get_num_coordinates(fine).sum() > shapely.get_num_coordinates(coarse).sum()
    assert shapely.coverage_is_valid(coarse) and shapely.coverage_is_valid(fine)
    monkeypatch.setattr(kept, "WORTH", 1000)
    assert not boundaries(new_store, area, "wijk", tmp_path).sharper


def test_pieces_are_made_once_for_all_levels_and_not_again_after_a_restart(tmp_path, monkeypatch, new_store):
    made = []

    def counted(store, area, *, sharper=1.0):
        made.append(sharper)
        return ground.ground(store, area, sharper=sharper)

    monkeypatch.setattr(kept, "SHARPER_FROM_M", 0)
    monkeypatch.setattr(kept, "ground", counted)
    prepare_boundaries(new_store, tmp_path)
    assert made == [1.0, SHARPER]
    areas = new_store.areas()
    code = areas.query("niveau == 'wijk'")["code"].iloc[0]
    near = surroundings(new_store, find_area(new_store, [code]), tmp_path)
    made.clear()
    again = Store(new_store.path)
    try:
        prepare_boundaries(again, tmp_path)
        assert surroundings(again, find_area(again, [code]), tmp_path) == near
    finally:
        again.close()
    assert made == []
