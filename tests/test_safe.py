"""Everything is kept in one file and comes back the same: on both databases, while others write, and all of it or nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from wwz.base.errors import Fout
from wwz.base.paths import ROOT
from wwz.base.settings import Settings
from wwz.base.version import version
from wwz.cli.main import main
from wwz.own.ledger import Change, Field, Kind, Ledger, ledger
from wwz.own.ledger.copying import copy, entries
from wwz.own.ledger.engine import Place
from wwz.own.safe import archive, restore
from wwz.own.safe.archive import CONFIG, DATABASE, LEDGER, LIST
from wwz.own.safe.restore import READY, finish
from wwz.own.safe.save import save

KIND = Kind("proef-bewaren", "proef", ("naam",), {"waarde": Field()})


def says(name: str, text: str) -> Change:
    return Change(KIND, (name,), {"waarde": text})


def values(database: Path) -> dict[str, str]:
    return {e.sleutel[0]: e.werd["waarde"] for e in ledger(database).state(KIND)}


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_at(request, monkeypatch):
    """Says where the ledger is from now on: a file beside the database, or a new database of a server."""

    def choose() -> None:
        if request.param == "postgresql":
            running = request.getfixturevalue("postgresql")
            if running is None:
                pytest.skip("geen PostgreSQL op deze machine")
            monkeypatch.setenv("WWZ_EIGEN", running.new())

    choose()
    return choose


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A database of this version with nothing in it: what it holds is of no matter here, and it is quickly copied."""
    path = tmp_path_factory.mktemp("klein") / "wwz.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE bouw AS SELECT 'klein' AS naam")
        connection.execute("CREATE TABLE programma AS SELECT ? AS versie", [version()])
    return path


@pytest.fixture
def filled(small, tmp_path, monkeypatch) -> Settings:
    """A house in use: a database, entries, a file that the ledger did not take, and settings."""
    return furnish(tmp_path / "huis", small, monkeypatch)


def furnish(folder: Path, source: Path, monkeypatch) -> Settings:
    folder.mkdir()
    (folder / "config.toml").write_text('[gebied]\nnaam = "Duinmonde"\n', encoding="utf-8")
    monkeypatch.setenv("WWZ_CONFIG", str(folder / "config.toml"))
    database = Path(shutil.copy2(source, folder / "wwz.duckdb"))
    ledger(database).add([says("a", "een"), says("b", "twee")], "Anna", "gebeld")
    (folder / "eigen_prognose.csv").write_text("gebied;jaar\n", encoding="utf-8")
    return replace(Settings(), database=database)


def everything(settings: Settings) -> dict[str, object]:
    """What there is, to compare."""
    folder = settings.database.parent
    files = ("wwz.duckdb", "config.toml", "eigen_prognose.csv")
    there = {name: (folder / name).read_bytes() for name in files if (folder / name).exists()}
    history = [
        (e.nummer, e.wie, e.waarom, e.wanneer, e.werd) for e in ledger(settings.database).history(KIND)
    ]
    return {**there, "boekingen": history, "stand": values(settings.database)}


def test_what_was_kept_comes_back_the_same(ledger_at, filled, tmp_path):
    before, kept = everything(filled), tmp_path / "b.zip"
    save(kept, filled)
    assert kept.stat().st_mode & 0o777 == 0o600 and not list(tmp_path.glob(".bewaar-*"))
    folder = filled.database.parent
    ledger(filled.database).add([says("a", "later"), says("c", "nieuw")], "Bert")
    (folder / "eigen_prognose.csv").write_text("anders", encoding="utf-8")
    (folder / "normen_historie.csv").write_text("later gemaakt", encoding="utf-8")
    (folder / "config.toml").write_text("", encoding="utf-8")
    filled.database.write_bytes(b"stuk")
    with pytest.raises(Fout, match="--vervang"):
        restore.restore(kept, filled)
    assert values(filled.database)["a"] == "later"
    found = restore.restore(kept, filled, replace=True)
    assert everything(filled) == before and found.boekingen == 2 and found.zinnen == ()
    assert not (folder / "normen_historie.csv").exists() and not list(folder.glob(".herstel*"))
    # What was there before came along as well, and writing goes on.
    ledger(filled.database).add([says("d", "verder")], "Cees")
    back = restore.restore(found.eerder, filled, replace=True)
    assert back.boekingen == 4 and "niet te gebruiken" in back.zinnen[0]
    assert filled.database.read_bytes() == before["wwz.duckdb"]
    assert values(filled.database) == {"a": "later", "b": "twee", "c": "nieuw"}


def test_an_entry_that_came_back_cannot_be_changed_either(ledger_at, filled, tmp_path):
    save(tmp_path / "b.zip", filled)
    restore.restore(tmp_path / "b.zip", filled, replace=True)
    place = ledger(filled.database).place
    with pytest.raises(Fout, match="niet te veranderen"):
        place.write(lambda connection: connection.exec_driver_sql("DELETE FROM boeking"))


def test_it_goes_to_a_clean_place_and_from_one_database_to_the_other(
    postgresql, filled, tmp_path, monkeypatch
):
    if postgresql is None:
        pytest.skip("geen PostgreSQL op deze machine")
    save(tmp_path / "b.zip", filled)
    before = values(filled.database)
    monkeypatch.setenv("WWZ_EIGEN", postgresql.new())
    fresh = replace(Settings(), database=tmp_path / "elders" / "wwz.duckdb")
    assert restore.restore(tmp_path / "b.zip", fresh).eerder is None
    assert values(fresh.database) == before and not (tmp_path / "elders" / LEDGER).exists()


def test_keeping_while_others_write_gives_one_moment(ledger_at, filled, tmp_path):
    stop, book = threading.Event(), ledger(filled.database)

    def write() -> None:
        for number in range(200):
            # Both or neither: an archive with one of them is of no moment at all.
            book.add([says("links", str(number)), says("rechts", str(number))], "Anna")
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            save(tmp_path / f"{number}.zip", filled)
    finally:
        stop.set()
        writer.join(30)
    for number in range(3):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as kept:
            kept.extract(LEDGER, tmp_path / str(number))
        copied = Ledger(Place(file=tmp_path / str(number) / LEDGER))
        now = {e.sleutel[0]: e.werd["waarde"] for e in copied.state(KIND)}
        last = {e.sleutel[0]: e.werd["waarde"] for e in copied.history(KIND)}
        assert now == last and now.get("links") == now.get("rechts")


def test_a_ledger_of_a_newer_version_is_not_put_back(filled, tmp_path):
    save(tmp_path / "b.zip", filled)
    with zipfile.ZipFile(tmp_path / "b.zip") as kept:
        kept.extract(LEDGER, tmp_path)
    place = Place(file=tmp_path / LEDGER)
    place.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    place.settle()
    archive.write_archive(tmp_path / "n.zip", [(LEDGER, tmp_path / LEDGER)])
    refused(tmp_path / "n.zip", filled, "nieuwere versie")


def refused(path: Path, settings: Settings, words: str) -> None:
    before = everything(settings)
    with pytest.raises(Fout, match=words) as said:
        restore.restore(path, settings, replace=True)
    assert len(said.value.zinnen) == 1 and everything(settings) == before
    assert [p.name for p in settings.database.parent.iterdir() if p.name.startswith(".herstel")] == []


def again(path: Path, **changes) -> Path:
    """The same archive with another list."""
    changed = path.with_name("anders.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        about = json.loads(old.read(LIST)) | changes
        for name in old.namelist():
            new.writestr(name, json.dumps(about) if name == LIST else old.read(name))
    return changed


def test_what_is_damaged_foreign_or_newer_is_refused_in_one_sentence(filled, tmp_path):
    kept = tmp_path / "b.zip"
    save(kept, filled)
    whole = kept.read_bytes()
    for number, content in enumerate(
        [whole[: len(whole) // 2], whole[:500] + b"\0\1\2\3" + whole[504:], b"PK\3\4" + whole[400:]]
    ):
        broken = tmp_path / f"stuk{number}.zip"
        broken.write_bytes(content)
        refused(broken, filled, "beschadigd")
    (tmp_path / "tekst.zip").write_text("geen zip", encoding="utf-8")
    refused(tmp_path / "tekst.zip", filled, "geen bewaring")
    with zipfile.ZipFile(tmp_path / "ander.zip", "w") as other:
        other.writestr("brief.txt", "dag")
    refused(tmp_path / "ander.zip", filled, "geen bewaring")
    refused(again(kept, vorm=2), filled, "nieuwere versie")
    refused(again(kept, bestanden={"../weg.csv": [0, ""]}), filled, "beschadigd")
    refused(again(kept, bestanden={}), filled, "beschadigd")
    refused(tmp_path / "weg.zip", filled, "is er niet")


def test_a_file_that_is_larger_than_it_says_is_not_unpacked(filled, tmp_path):
    bomb = tmp_path / "bom.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("eigen/eigen_prognose.csv", b"0" * 50_000_000)
        about = {
            "soort": archive.KIND,
            "vorm": 1,
            "gemaakt": "",
            "versie": "",
            "bestanden": {"eigen/eigen_prognose.csv": [9, ""]},
        }
        made.writestr(LIST, json.dumps(about))
    refused(bomb, filled, "beschadigd")


def test_settings_of_elsewhere_are_not_put_back_unasked(filled, tmp_path, capsys):
    config = filled.database.parent / CONFIG
    save(tmp_path / "b.zip", filled)
    config.write_text('[opslag]\ndatabase = "wwz.duckdb"\n', encoding="utf-8")
    refused(tmp_path / "b.zip", filled, "zonder-instellingen")
    call = ["herstel", str(tmp_path / "b.zip"), "--database", str(filled.database), "--vervang"]
    assert main([*call, "--zonder-instellingen"]) == 0 and "wwz.duckdb" in config.read_text()
    assert "met 2 wijzigingen" in capsys.readouterr().out


def test_no_ledger_to_write_to_changes_nothing(filled, tmp_path, monkeypatch):
    save(tmp_path / "b.zip", filled)
    monkeypatch.setattr(restore, "copy", lambda source, target: (_ for _ in ()).throw(Fout("Weg.")))
    refused(tmp_path / "b.zip", filled, "Weg")


KILLED = """
import os, sys
from pathlib import Path
from wwz.base.settings import load_settings
from dataclasses import replace
from wwz.own.safe import restore
left = int(sys.argv[3])
for name in ("copy", "keep_bytes"):
    def slow(*a, _do=getattr(restore, name), **k):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return _do(*a, **k)
    setattr(restore, name, slow)
settings = replace(load_settings(), database=Path(sys.argv[1]))
restore.restore(Path(sys.argv[2]), settings, replace=True)
"""


@pytest.mark.parametrize("step", [0, 1])
def test_who_is_killed_halfway_finds_it_finished_at_the_next_start(filled, tmp_path, step):
    before = everything(filled)
    save(tmp_path / "b.zip", filled)
    ledger(filled.database).add([says("a", "later")], "Bert")
    (filled.database.parent / CONFIG).write_text("", encoding="utf-8")
    command = [sys.executable, "-c", KILLED, str(filled.database), str(tmp_path / "b.zip"), str(step)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120).returncode == 9
    assert (filled.database.parent / READY).is_dir()
    finish(filled.database)
    assert everything(filled) == before and not (filled.database.parent / READY).exists()
    finish(filled.database)


def test_keeping_refuses_what_is_there_and_what_is_not(filled, tmp_path, capsys):
    call = ["--database", str(filled.database)]
    assert main(["bewaar", str(tmp_path / "b.zip"), *call]) == 0
    assert "Bewaard" in capsys.readouterr().out
    assert main(["bewaar", str(tmp_path / "b.zip"), *call]) == 2
    assert main(["bewaar", str(filled.database), *call]) == 2
    assert main(["bewaar", str(tmp_path / "geen" / "b.zip"), *call]) == 2
    nothing = replace(Settings(), database=tmp_path / "leeg" / "wwz.duckdb")
    with pytest.raises(Fout, match="niets om te bewaren"):
        save(tmp_path / "c.zip", nothing)
    with zipfile.ZipFile(tmp_path / "b.zip") as kept:
        assert {DATABASE, LEDGER, CONFIG, LIST, "eigen/eigen_prognose.csv"} == set(kept.namelist())


def test_an_empty_ledger_is_no_ledger(tmp_path):
    source = Place(file=tmp_path / "a" / LEDGER)
    assert entries(source) == 0 and copy(source, Place(file=tmp_path / "b" / LEDGER)) == 0
