"""A file is replaced as a whole or not at all, and nobody's addition is lost."""

import os
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest

from wwz.base import keeping
from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes, keep_rows
from wwz.own import counts, countskept, data, forecast, plans, points


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
    path = tmp_path / "wwz.duckdb"
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


def test_two_plans_of_one_name_are_not_kept_at_once(tmp_path):
    change = plans.from_text("erbij:supermarkt:52.1:4.3")
    start, kept = threading.Barrier(6), []

    def visitor() -> None:
        start.wait()
        with suppress(Fout):
            kept.append(plans.keep(tmp_path / "wwz.duckdb", "Nieuwe winkel", "Iemand", ["NL00"], change))

    visitors = [threading.Thread(target=visitor) for _ in range(6)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    assert len(kept) == len(plans.kept(tmp_path / "wwz.duckdb")) == 1


# ------------------------------------------------------------- what is private, unfinished or damaged


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_kept_is_only_for_the_user_of_this_program(tmp_path):
    path = tmp_path / "eigen_cijfers.csv"
    keep_rows(path, ["a"], [{"a": 1}])
    assert rights(path) == 0o600
    # A file of before is taken away from everybody else; a group that was let in on purpose stays.
    path.chmod(0o644)
    keep_rows(path, ["a"], [{"a": 2}])
    assert rights(path) == 0o600
    path.chmod(0o640)
    keep_bytes(path, b"a\n3\n")
    assert rights(path) == 0o640


def test_an_unfinished_copy_never_stays(tmp_path):
    path = tmp_path / "eigen_cijfers.csv"
    with pytest.raises(ValueError):
        keep_rows(path, ["a"], [{"b": 1}])
    assert [p.name for p in tmp_path.iterdir() if ".nieuw-" in p.name] == []
    # One of a program that was killed, perhaps with the number of ours: the next who writes takes it away.
    for old in (path.with_name(f"{path.name}.nieuw-{n}") for n in (1, os.getpid())):
        old.write_text("geheim")
    other = tmp_path / "wwz.duckdb.nieuw-1"
    other.write_text("van een ander")
    with keeping.one_at_a_time(path):
        keep_rows(path, ["a"], [])
    assert [p.name for p in tmp_path.iterdir() if ".nieuw-" in p.name] == [other.name]


SHELVES = {shelf.bestand: shelf for shelf in data.SHELVES if shelf.bestand and shelf is not plans.SHELF}


@pytest.mark.parametrize("name", SHELVES)
@pytest.mark.parametrize("content", [b"", b"\n", b"iets anders\n1\n", b"\xff\xfe\x00", b'a,"b\n'])
def test_a_damaged_file_of_before_is_never_taken_for_an_empty_one(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Fout) as caught:
        SHELVES[name].entries(tmp_path / "wwz.duckdb")
    assert name in str(caught.value) and all(s.endswith((".", ":")) for s in caught.value.zinnen)
    assert path.read_bytes() == content and not (tmp_path / "eigen.sqlite").exists()


COLUMNS = {counts.FILE: counts.COLUMNS, forecast.FILE: forecast.COLUMNS, countskept.FILE: countskept.COLUMNS}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_line_that_was_cut_off_or_glued_is_damage(tmp_path, name):
    for line in ("x", ",".join("1" * (len(COLUMNS[name]) + 3))):
        (tmp_path / name).write_text(",".join(COLUMNS[name]) + "\n" + line + "\n")
        with pytest.raises(Fout, match="beschadigd"):
            SHELVES[name].entries(tmp_path / "wwz.duckdb")


def test_what_was_there_before_is_tidied_at_the_start(tmp_path):
    path, left = tmp_path / counts.FILE, tmp_path / f"{counts.FILE}.nieuw-7"
    for file in (path, left):
        file.write_text("x")
        file.chmod(0o644)
    data.tidy(tmp_path / "wwz.duckdb")
    assert rights(path) == 0o600 and not left.exists()


def test_all_files_of_before_are_taken_over_at_the_start(tmp_path):
    rows = [
        asdict(counts.Telling("Wmo", "tonen", "", "BU99010000", n, "2025-01-01", "", "ik", "2025-01-02"))
        for n in (4,)
    ]
    keep_rows(tmp_path / counts.FILE, counts.COLUMNS, rows)
    keep_rows(tmp_path / points.FILE, points.COLUMNS, [])
    data.tidy(tmp_path / "wwz.duckdb")
    assert sorted(p.name for p in (tmp_path / "overgenomen").iterdir()) == [counts.FILE, points.FILE]
    assert rights(tmp_path / "overgenomen" / counts.FILE) == 0o600
    assert [c.aantal for c in counts.read(tmp_path / "wwz.duckdb")] == [4]


def test_a_mark_holds_nothing_of_small_counts(tmp_path):
    """The same counts beside two databases: who knows all of them but one number, still cannot recognise it."""
    marks, count = (
        [],
        counts.Telling("Wmo", "tonen", "", "BU99010000", 4, "2025-01-01", "", "ik", "2025-01-02"),
    )
    for name in ("een", "twee"):
        database = tmp_path / name / "wwz.duckdb"
        counts.add(database, [count])
        noted = data.record((), database).set_index("naam")["kenmerk"]
        assert noted.to_dict() == data.marks(database)
        marks.append(noted["telling"])
    assert marks[0] != marks[1] and all(marks)
