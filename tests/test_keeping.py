"""A file is replaced as a whole or not at all, and nobody's addition is lost."""

import threading

import pytest

from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes, keep_rows
from wwz.own import points


def test_what_goes_wrong_halfway_leaves_the_old_file(tmp_path):
    path = tmp_path / "rijen.csv"
    keep_rows(path, ["naam", "aantal"], [{"naam": "oud", "aantal": None}])
    with pytest.raises(ValueError):
        keep_rows(path, ["naam", "aantal"], [{"naam": "nieuw", "aantal": 1}, {"onbekend": 2}])
    assert path.read_text().splitlines() == ["naam,aantal", "oud,"]


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    (tmp_path / "map").write_text("dit is een bestand")
    with pytest.raises(Fout, match="niet te schrijven.*schrijfrechten"):
        keep_bytes(tmp_path / "map" / "bestand.csv", b"x")


def test_two_visitors_at_once_lose_nothing(tmp_path):
    path = tmp_path / points.FILE
    made = [
        points.checked(f"e{n}", points.ADDED, "supermarkt", f"Winkel {n}", 52.1, 4.3, "Iemand", "")
        for n in range(12)
    ]
    start = threading.Barrier(len(made))

    def visitor(change):
        start.wait()
        points.add(path, [change])

    visitors = [threading.Thread(target=visitor, args=(change,)) for change in made]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    assert {change.id for change in points.read(path)} == {change.id for change in made}
