"""A file is replaced as a whole or not at all, and nobody's addition is lost."""

import multiprocessing
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from wwz.base import keeping
from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes, keep_rows
from wwz.base.locking import hold
from wwz.own import counts, countskept, data, forecast, given, plans, points
from wwz.own.eisen.history import History


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


def _eis(path: Path, number: int) -> None:
    rows = pd.DataFrame([{"code": f"c{number}", "waarde": "1", "reden": ""}])
    History(path, ("code",), ("waarde", "reden")).add(rows, "Iemand", "omdat")


def _punt(path: Path, number: int) -> None:
    points.add(path, [points.checked(f"e{number}", points.ADDED, "supermarkt", "W", 52.1, 4.3, "Iemand", "")])


WRITERS = {"eisen_historie.csv": _eis, points.FILE: _punt}


def _many(folder: Path, start: int, ready, go) -> None:
    ready.release()
    go.wait(60)
    for number in range(start, start + 15):
        for name, write in WRITERS.items():
            write(folder / name, number)


def test_four_programs_at_once_lose_nothing(tmp_path, monkeypatch):
    """Real processes, as a second server or a command beside the dashboard; each writes fifteen times in each file."""
    # A test of a screen leaves its page behind as the main program; a fresh process would start that.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    fresh = multiprocessing.get_context("spawn")
    ready, go = fresh.Semaphore(0), fresh.Event()
    writers = [fresh.Process(target=_many, args=(tmp_path, 15 * n, ready, go)) for n in range(4)]
    for one in writers:
        one.start()
    for _ in writers:
        assert ready.acquire(timeout=60)
    go.set()
    for one in writers:
        one.join(120)
        assert one.exitcode == 0
    for name in WRITERS:
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()[1:]
        assert len(lines) == len(set(lines)) == 60, name
    versions = (tmp_path / "eisen_historie.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [int(line.split(",")[0]) for line in versions] == list(range(1, 61))
    assert [p.name for p in tmp_path.iterdir() if ".nieuw-" in p.name] == []


def test_who_waits_too_long_is_told_and_nothing_is_written(tmp_path, monkeypatch):
    path = tmp_path / points.FILE
    monkeypatch.setattr(keeping, "PATIENCE", 0)
    with hold(tmp_path / keeping.LOCK, 0), pytest.raises(Fout, match="Er is niets bewaard"):
        _punt(path, 1)
    assert not path.exists()


def test_two_plans_of_one_name_are_not_kept_at_once(tmp_path):
    change = plans.from_text("erbij:supermarkt:52.1:4.3")
    start, kept = threading.Barrier(6), []

    def visitor() -> None:
        start.wait()
        with suppress(Fout):
            kept.append(plans.keep(tmp_path, "Nieuwe winkel", "Iemand", ["NL00"], change))

    visitors = [threading.Thread(target=visitor) for _ in range(6)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    assert len(kept) == len(plans.kept(tmp_path)) == 1


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


@pytest.mark.parametrize("ending", [b"", b"\r\n", b"\n"])
def test_a_version_is_added_to_a_file_without_a_last_newline(tmp_path, ending):
    history = History(tmp_path / "eisen_historie.csv", ("code",), ("eis", "reden"))
    history.add(pd.DataFrame([{"code": "a", "eis": "1", "reden": "x"}]), "ik", "om")
    history.path.write_bytes(history.path.read_bytes().rstrip() + ending)
    history.add(pd.DataFrame([{"code": "b", "eis": "2", "reden": "y"}]), "ik", "om")
    assert history.state()[["code", "eis", "reden"]].to_numpy().tolist() == [["a", "1", "x"], ["b", "2", "y"]]


STORES = {
    "eigen_cijfers.csv": (counts.read, counts.COLUMNS),
    "eigen_prognose.csv": (forecast.read, forecast.COLUMNS),
    "eigen_punten.csv": (points.read, points.COLUMNS),
    "opgaven.csv": (given.read, given.COLUMNS),
    "eigen_groepen.csv": (countskept.read, countskept.COLUMNS),
    "eisen_historie.csv": (lambda path: History(path, ("code",), ("eis",)).read(), ["versie"]),
}


@pytest.mark.parametrize("name", STORES)
@pytest.mark.parametrize("content", [b"", b"\n", b"iets anders\n1\n", b"\xff\xfe\x00", b'a,"b\n'])
def test_a_damaged_file_is_never_taken_for_an_empty_one(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Fout) as caught:
        STORES[name][0](path)
    assert name in str(caught.value) and all(s.endswith((".", ":")) for s in caught.value.zinnen)


@pytest.mark.parametrize("name", ["eigen_cijfers.csv", "eigen_prognose.csv", "eigen_groepen.csv"])
def test_a_line_that_was_cut_off_or_glued_is_damage(tmp_path, name):
    read, columns = STORES[name]
    for line in ("x", ",".join("1" * (len(columns) + 3))):
        (tmp_path / name).write_text(",".join(columns) + "\n" + line + "\n")
        with pytest.raises(Fout, match="beschadigd"):
            read(tmp_path / name)


def test_what_was_there_before_is_tidied_at_the_start(tmp_path):
    path, left = tmp_path / counts.FILE, tmp_path / f"{counts.FILE}.nieuw-7"
    for file in (path, left):
        file.write_text("x")
        file.chmod(0o644)
    data.tidy(tmp_path / "wwz.duckdb")
    assert rights(path) == 0o600 and not left.exists()


def test_the_fingerprint_of_small_counts_cannot_be_tried_out(tmp_path):
    """The same file beside two databases: who knows all of it but one number, still cannot recognise it."""
    marks = []
    for name in ("een", "twee"):
        database = tmp_path / name / "wwz.duckdb"
        database.parent.mkdir()
        (database.parent / counts.FILE).write_text("x")
        noted = data.record((), database).set_index("naam")["kenmerk"]
        assert noted.to_dict() == data.marks(database)
        assert rights(database.parent / data.KEY) == 0o600
        marks.append(noted[counts.FILE])
    assert marks[0] != marks[1]
