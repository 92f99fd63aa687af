"""Links with own areas make boundary files; these stay within a number and a size, and the map keeps working."""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path

import pytest

from wwz.ask.area import find_area
from wwz.maps import boundaries
from wwz.maps.boundaries import boundaries as boundary_file
from wwz.maps.geometry import FOLDER, read_geometry


def made_long_ago(folder: Path, name: str, size: int, age: float) -> Path:
    path = folder / name
    path.write_bytes(b"x" * size)
    path.with_suffix(".json").write_text("{}")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


@pytest.mark.parametrize(("most", "most_bytes"), [(3, 10**6), (100, 30)])
def test_what_was_used_longest_ago_goes_and_nothing_else(tmp_path, monkeypatch, most, most_bytes):
    monkeypatch.setattr(boundaries, "MOST_UNIONS", most)
    monkeypatch.setattr(boundaries, "MOST_BYTES", most_bytes)
    unions = [made_long_ago(tmp_path, f"buurt-{n:012x}-{n:012x}.geojson", 10, 1000 + n) for n in range(6)]
    others = [
        made_long_ago(tmp_path, name, 10, 9000)
        for name in ("buurt-gm0518-0123456789ab.geojson", "wijk-nl00-0123456789ab.geojson", "iets.txt")
    ]
    just_made = made_long_ago(tmp_path, f"wijk-{9:012x}-{9:012x}.geojson", 10**4, 0)
    boundaries.remove_unused(tmp_path)
    kept = [path.exists() for path in unions]
    assert kept == ([True] * 2 + [False] * 4 if most == 3 else [False] * 6)
    assert [p.with_suffix(".json").exists() for p in unions] == kept
    assert just_made.exists() and all(path.exists() for path in others)


def test_a_visitor_with_many_own_areas_leaves_few_files_and_still_gets_a_map(
    tmp_path, monkeypatch, voorbeeld_store
):
    monkeypatch.setattr(boundaries, "MOST_UNIONS", 3)
    monkeypatch.setattr(boundaries, "JUST_MADE", -1)
    codes = list(voorbeeld_store.areas().query("niveau == 'buurt'")["code"][:5])
    pairs = [list(pair) for pair in itertools.combinations(codes, 2)][:7]
    first = boundary_file(voorbeeld_store, find_area(voorbeeld_store, pairs[0]), "buurt", tmp_path)
    for pair in pairs[1:]:
        boundary_file(voorbeeld_store, find_area(voorbeeld_store, pair), "buurt", tmp_path)
    assert len(list((tmp_path / FOLDER).glob("*.geojson"))) == 3
    index = next((tmp_path / FOLDER).glob("index-*.json"))
    assert len(json.loads(index.read_text())) <= 4
    again = boundary_file(voorbeeld_store, find_area(voorbeeld_store, pairs[0]), "buurt", tmp_path)
    assert again == first and read_geometry(tmp_path, again.url_path).codes == first.codes
