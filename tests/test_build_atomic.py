"""A build that is killed at any moment leaves the old database as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from invoer_hulp import Answers, kwb, only_figures

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build import starting
from wwz.build.build import build
from wwz.sources import example

pytestmark = pytest.mark.zwaar
ROOT = Path(__file__).resolve().parent.parent
BUILD = """
import sys
from pathlib import Path
from wwz.build import starting
from wwz.build.build import build
from wwz.base.settings import Settings
build(Settings(naam="nieuw"), (Path(sys.argv[1]),), database=Path(sys.argv[2]), say=lambda text: print(text, flush=True))
print("KLAAR", flush=True)
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """An input folder and a finished database of it, made once."""
    made = tmp_path_factory.mktemp("af")
    (made / "in").mkdir()
    kwb().to_csv(made / "in" / "a.csv", index=False)
    build(Settings(naam="oud"), (made / "in",), database=made / "uit" / "wwz.duckdb")
    return made


@pytest.fixture
def place(finished, tmp_path):
    """A copy of that folder and that database, for one test."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    return tmp_path / "in", tmp_path / "uit" / "wwz.duckdb"


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def start(folder: Path, database: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(database)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def name_in(database: Path) -> str:
    return Answers(database)("select naam from bouw")["naam"].iloc[0]


# After how many lines of progress, and how many seconds later, the build is killed.
@pytest.mark.parametrize(("lines", "seconds"), [(1, 0.0), (2, 0.03), (3, 0.0), (3, 0.06)])
def test_killed_build_leaves_the_old_database(place, lines, seconds, monkeypatch):
    folder, database = place
    before = fingerprint(database)
    process = start(folder, database)
    said = [process.stdout.readline() for _ in range(lines)]
    time.sleep(seconds)  # the moment is what is tested
    process.kill()
    rest = process.stdout.read()
    process.wait()
    assert all(said)
    if "KLAAR" in rest:
        pytest.skip("de bouw was al klaar voor hij gestopt kon worden")
    # Killed in the last instant the new one may stand there, but then it is whole.
    if fingerprint(database) != before:
        assert lines == 3 and name_in(database) == "nieuw"
    else:
        assert name_in(database) == "oud"
    # The next build clears up what the killed one left, whatever figures it makes.
    only_figures(monkeypatch)
    build(Settings(naam="daarna"), (folder,), database=database)
    assert name_in(database) == "daarna"
    assert [p.name for p in database.parent.iterdir() if ".nieuw-" in p.name] == []


def test_build_that_finishes_replaces_it(place):
    folder, database = place
    process = start(folder, database)
    assert "KLAAR" in process.communicate()[0] and name_in(database) == "nieuw"


def test_failed_build_leaves_the_old_database(place):
    folder, database = place
    before = fingerprint(database)
    (folder / "a.csv").write_bytes(b"")
    with pytest.raises(Fout, match="leeg"):
        build(Settings(), (folder,), database=database)
    assert fingerprint(database) == before and list(database.parent.glob("*.nieuw-*")) == []


def test_error_halfway_leaves_the_old_database(place, monkeypatch):
    folder, database = place
    before = fingerprint(database)
    monkeypatch.setattr(
        "wwz.build.steps.sql_files", lambda *layers: (_ for _ in ()).throw(RuntimeError("midden in de bouw"))
    )
    with pytest.raises(RuntimeError):
        build(Settings(), (folder,), database=database)
    assert fingerprint(database) == before and list(database.parent.glob("*.nieuw-*")) == []


def test_two_builds_at_once_wait_for_each_other_and_both_end_well(place):
    """Another program that builds is left alone: its unfinished file is no leftover."""
    folder, database = place
    processes = [start(folder, database) for _ in range(2)]
    assert all("KLAAR" in process.communicate()[0] for process in processes)
    assert name_in(database) == "nieuw" and not list(database.parent.glob("*.nieuw-*"))


def test_what_a_killed_build_left_under_any_number_is_cleared_up(place, monkeypatch):
    """In a container every start has the same process number, and on some systems nobody can tell who lives."""
    folder, database = place
    for number in (os.getpid(), 1, 999999):
        database.with_name(f"{database.name}.nieuw-{number}").write_bytes(b"half")
    only_figures(monkeypatch)
    build(Settings(naam="daarna"), (folder,), database=database)
    assert name_in(database) == "daarna" and not list(database.parent.glob("*.nieuw-*"))


def test_servers_that_start_together_make_the_example_and_the_database_once(tmp_path, monkeypatch):
    target, made, built = tmp_path / "wwz.duckdb", [], []
    together = threading.Barrier(3)

    def write(folder):
        made.append(folder)
        time.sleep(0.05)  # long enough for the others to come

    def build_it(settings, folders, **more):
        example.example_folder(target, print)
        built.append(target)

    def start():
        together.wait()
        starting.make_ready(settings, outdated=True)

    monkeypatch.setattr(example, "write_example_region", write)
    monkeypatch.setattr(example, "is_up_to_date", lambda folder: bool(made))
    monkeypatch.setattr(starting, "build", build_it)
    monkeypatch.setattr(starting, "is_outdated", lambda settings: not built)
    settings = replace(Settings(), database=target)
    servers = [threading.Thread(target=start) for _ in range(3)]
    for server in servers:
        server.start()
    for server in servers:
        server.join(60)
    assert len(built) == 1 and len(made) == 1
