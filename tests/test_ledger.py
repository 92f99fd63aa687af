"""The ledger, on both databases: nothing that was acknowledged is lost, nothing is overwritten, and trouble is told plainly."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from wwz.base.errors import Fout
from wwz.base.paths import ROOT
from wwz.own import given
from wwz.own.ledger import Botsing, Change, Field, Kind, Ledger, engine, takeover
from wwz.own.ledger.engine import HEAD, MIGRATIONS, Place
from wwz.own.ledger.schema import METADATA

KILLS = int(os.environ.get("WWZ_KEER_DODEN", "25"))
OPEN = Kind(
    "proef", "proef", ("naam",), {"waarde": Field(), "getal": Field(float, verplicht=False)}, wisbaar=True
)
SECRET = Kind("proef-geheim", "geheime proef", ("naam",), {"aantal": Field(int)}, geheim=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Place:
    if request.param == "sqlite":
        return Place(file=tmp_path / "eigen.sqlite")
    running = request.getfixturevalue("postgresql")
    if running is None:
        pytest.skip("geen PostgreSQL op deze machine")
    return Place(url=running.new())


def says(name: str, text: str, **more) -> Change:
    return Change(OPEN, (name,), {"waarde": text, "getal": None}, **more)


def values(book: Ledger) -> dict[str, str]:
    return {e.sleutel[0]: e.werd["waarde"] for e in book.state(OPEN)}


# ------------------------------------------------------------- what an entry is


def test_every_change_is_an_entry_and_the_present_follows(place):
    book = Ledger(place)
    assert book.mark() == "" and book.state(OPEN) == [] and book.latest() == 0
    book.add([says("a", "een"), says("b", "twee")], "Anna", "gebeld")
    second = book.add([says("a", "drie")], "Bert", "gezien", login="bert@voorbeeld.nl")
    assert values(book) == {"a": "drie", "b": "twee"}
    e = book.history(OPEN)[-1]
    assert (e.nummer, e.handeling, e.versie, e.sleutel, e.soort) == (3, second, 2, ("a",), "proef")
    assert (e.wie, e.login, e.waarom) == ("Bert", "bert@voorbeeld.nl", "gezien") and e.wanneer[:2] == "20"
    assert e.was["waarde"] == "een" and e.werd["waarde"] == "drie"
    book.add([Change(OPEN, ("b",), None)], "Bert", "bestaat niet meer")
    assert values(book) == {"a": "drie"}
    undone = book.undo(second, "Cees", "")
    assert values(book) == {"a": "een"} and undone == 5
    assert [x.wie for x in book.history()] == ["Anna", "Anna", "Bert", "Bert", "Cees"]


def test_the_database_itself_refuses_to_change_an_entry(place):
    book = Ledger(place)
    book.add([says("a", "een")], "Anna")
    for statement in (
        "UPDATE boeking SET wie = 'Bert'",
        "DELETE FROM boeking",
        "UPDATE boeking SET werd = NULL",
    ):
        with pytest.raises(Fout, match="niet te veranderen"):
            place.write(lambda connection, text=statement: connection.exec_driver_sql(text))
    assert [e.wie for e in book.history()] == ["Anna"] and values(book) == {"a": "een"}


def test_the_second_who_changes_the_same_is_told_and_sees_both(place):
    book = Ledger(place)
    book.add([says("a", "een"), says("b", "een")], "Anna")
    seen = book.latest(OPEN)
    book.add([says("a", "van Bert")], "Bert", gezien=seen)
    with pytest.raises(Botsing) as caught:
        book.add([says("b", "x"), says("a", "van Cees")], "Cees", gezien=seen)
    (sentence,) = caught.value.zinnen
    assert "Bert" in sentence and "'van Bert'" in sentence and "'van Cees'" in sentence
    assert caught.value.nu.werd["waarde"] == "van Bert" and values(book) == {"a": "van Bert", "b": "een"}
    # Of another key, or the same words: nobody is in the way.
    book.add([says("b", "van Cees"), says("a", "van Bert")], "Cees", gezien=seen)
    with pytest.raises(Botsing):
        book.add([says("a", "oud", versie=1)], "Dirk")
    with pytest.raises(Botsing):
        book.undo(1, "Dirk", "")


def test_an_act_is_written_once_and_as_a_whole(place):
    book = Ledger(place)
    assert book.add([says("a", "een")], "Anna", merk="tik-1") == book.add(
        [says("a", "een")], "Anna", merk="tik-1"
    )
    assert len(book.history()) == 1
    with pytest.raises(Fout) as caught:
        book.add([says("b", "goed"), Change(OPEN, ("c",), {"waarde": 5, "gek": 1})], "Anna")
    assert len(caught.value.zinnen) == 2 and all("niets bewaard" in z for z in caught.value.zinnen)
    for wrong, who in (([], "Anna"), ([says("a", "x")], "  ")):
        with pytest.raises(Fout):
            book.add(wrong, who)
    assert len(book.history()) == 1
    hostile = "'); DROP TABLE boeking; --"
    book.add(
        [says(hostile, hostile), says('a","b', "x"), Change(OPEN, ("a",), {"waarde": "een"})],
        hostile,
        hostile,
    )
    assert values(book) == {hostile: hostile, 'a","b': "x", "a": "een"}


def test_what_is_secret_does_not_leave_by_history_collision_or_mistake(place):
    book = Ledger(place)
    book.add([Change(SECRET, ("wijk",), {"aantal": 7})], "Anna")
    assert [(e.was, e.werd) for e in book.history(SECRET)] == [(None, None)]
    assert book.everything(SECRET)[0].werd == {"aantal": 7}
    for change in (
        Change(SECRET, ("wijk",), {"aantal": 4}, versie=0),
        Change(SECRET, ("wijk",), {"aantal": "4"}),
    ):
        with pytest.raises(Fout) as caught:
            book.add([change], "Bert")
        assert not {"7", "4"} & set(
            str(caught.value).replace(book.history()[0].wanneer[:10], "").split("om")[0]
        )


def test_what_must_be_erased_is_gone_from_every_entry_and_the_rest_stays(place):
    book = Ledger(place)
    act = book.add([says("a", "mijn naam"), says("b", "blijft")], "Anna", login="anna@voorbeeld.nl")
    book.add([says("a", "mijn naam is")], "Anna")
    book.erase(OPEN, [("a",)], "beheerder", "op verzoek")
    assert values(book) == {"b": "blijft"} and len(book.history()) == 4
    gone = [e for e in book.everything() if e.sleutel == ("a",)]
    assert all(e.gewist and e.was is None and e.werd is None and e.login == "" for e in gone)
    with pytest.raises(Fout, match="gewist"):
        book.undo(act, "Anna", "")
    with pytest.raises(Fout, match="niet te wissen"):
        book.erase(SECRET, [("a",)], "beheerder", "")


def test_the_tables_are_those_of_the_migrations(place):
    Ledger(place).add([says("a", "een")], "Anna")
    place.read(lambda c: None)
    with place._engine().connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, METADATA) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_ledger_of_a_newer_version_is_left_alone(place):
    Ledger(place).add([says("a", "een")], "Anna")
    place.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    engine.OPENED.forget(place.url or str(place.file))
    with pytest.raises(Fout, match="nieuwere versie"):
        Ledger(place).state(OPEN)


def test_a_file_of_the_ledger_is_only_for_the_user_of_this_program(tmp_path):
    place = Place(file=tmp_path / "eigen.sqlite")
    Ledger(place).add([says("a", "een")], "Anna")
    kept = [p for p in tmp_path.iterdir() if p.name.startswith("eigen.sqlite")]
    assert len(kept) > 1 and {p.stat().st_mode & 0o777 for p in kept} == {0o600}


# ------------------------------------------------------------- many at once, and killed


def where(place: Place) -> list[str]:
    return ["--server", place.url] if place.url else ["--map", str(place.file.parent)]


def plug(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "bench" / "stekker.py"), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_eight_programs_write_at_once_and_all_of_it_is_kept(place):
    plug("--samen", "8", "--keer", "100", *where(place))
    book = Ledger(place)
    entries = book.history(OPEN)
    assert [e.nummer for e in entries] == [e.versie for e in entries] == list(range(1, 801))
    assert len({e.werd["waarde"] for e in entries}) == 800
    # Each entry goes on from the one before it.
    assert [e.was for e in entries[1:]] == [e.werd for e in entries[:-1]]
    assert values(book) == {"samen": entries[-1].werd["waarde"]}


def test_another_program_sees_an_entry_at_once(place):
    book = Ledger(place)
    book.add([says("a", "een")], "Anna")
    before = book.mark()
    plug("--samen", "1", "--keer", "1", *where(place))
    assert book.mark() != before and values(book) == {"a": "een", "samen": "0-0"}


def test_a_program_that_is_killed_while_it_writes_loses_nothing(place):
    told = json.loads(plug("--keer", str(KILLS), *where(place)))
    assert told["gedood"] == KILLS and told["bevestigd"] > KILLS / 4, told
    assert told["verloren"] == told["gescheurd"] == 0, told


# ------------------------------------------------------------- trouble


@contextmanager
def no_room(file: Path):
    """No file of this program may become larger than this one is: as a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = file.with_name(f"{file.name}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 5000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path):
    book = Ledger(Place(file=tmp_path / "eigen.sqlite"))
    book.add([says("a", "een")], "Anna")
    with no_room(book.place.file), pytest.raises(Fout, match="^De schijf is vol"):
        book.add([says(f"b{n}", "x" * 900) for n in range(40)], "Anna")
    assert values(book) == {"a": "een"}
    book.add([says("a", "twee")], "Anna")
    assert values(book) == {"a": "twee"} and len(book.history()) == 2


REFUSALS = {"53100": "^De schijf is vol", "25006": "niet te schrijven", "57014": "schrijft al te lang"}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_a_server_refuses_is_one_sentence(postgresql, code):
    """A server says by its code what is wrong; here it says so when it is asked to write."""
    if postgresql is None:
        pytest.skip("geen PostgreSQL op deze machine")
    book = Ledger(Place(url=postgresql.new()))
    book.add([says("a", "een")], "Anna")
    refuse = f"BEGIN RAISE EXCEPTION 'geheim 7' USING ERRCODE = '{code}'; END"
    name = book.place.url.split("?")[0].rsplit("/", 1)[1]
    postgresql.query(f"CREATE FUNCTION nee() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$", name)
    postgresql.query("CREATE TRIGGER nee BEFORE INSERT ON boeking FOR EACH ROW EXECUTE FUNCTION nee()", name)
    with pytest.raises(Fout, match=REFUSALS[code]) as caught:
        book.add([says("a", "twee")], "Anna")
    assert len(caught.value.zinnen) == 1 and "geheim" not in str(caught.value)
    postgresql.query("DROP TRIGGER nee ON boeking", name)
    book.add([says("a", "twee")], "Anna")
    assert values(book) == {"a": "twee"} and len(book.history()) == 2


@pytest.fixture
def open_folder():
    """A folder that another user can reach; that of pytest is for its own user."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="alleen root kan een ander worden")
def test_a_place_that_cannot_be_written_can_be_read_and_is_told(open_folder):
    folder = open_folder / "dicht"
    folder.mkdir()
    place = Place(file=folder / "eigen.sqlite")
    Ledger(place).add([says("a", "een")], "Anna")
    engine.OPENED.forget(place.url or str(place.file))
    for path in (folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
        path.chmod(0o500 if path.is_dir() else 0o400)
    code = """
import os, sys
from pathlib import Path
import sqlite3, sqlalchemy.dialects.sqlite.pysqlite
from wwz.own.ledger import Change, Field, Kind, Ledger
from wwz.own.ledger.engine import Place
from wwz.base.errors import Fout
kind = Kind("proef", "proef", ("naam",), {"waarde": Field(), "getal": Field(float, verplicht=False)})
os.setgroups([]); os.setgid(65534); os.setuid(65534)
book = Ledger(Place(file=Path(sys.argv[1])))
change = Change(kind, ("a",), {"waarde": "twee"})
print([e.werd["waarde"] for e in book.state(kind)])
try: book.add([change], "Anna")
except Fout as fout: print("|".join(fout.zinnen))
folder = Path(sys.argv[1]).parent
folder.chmod(0o700)
for file in folder.iterdir(): file.chmod(0o600)
book.add([change], "Anna")
print([e.werd["waarde"] for e in book.state(kind)], len(book.history()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(place.file)], cwd=ROOT, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3, done.stderr
    assert lines[0] == "['een']" and lines[2] == "['twee'] 2", done
    assert "niet te schrijven" in lines[1] and "|" not in lines[1]


def test_who_waits_too_long_is_told_and_goes_on_when_the_other_is_done(place, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    book = Ledger(place)
    book.add([says("a", "een")], "Anna")
    if place.file:
        other = sqlite3.connect(place.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(place.url.replace("+psycopg", ""))
        other.execute(f"SELECT pg_advisory_xact_lock({engine.WRITING})")
    with pytest.raises(Fout, match="schrijft al te lang"):
        book.add([says("a", "twee")], "Anna")
    # Who reads does not wait.
    assert values(book) == {"a": "een"}
    other.rollback()
    book.add([says("a", "drie")], "Anna")
    other.close()
    assert values(book) == {"a": "drie"}


def test_a_damaged_file_is_told_and_never_written_over(tmp_path):
    place = Place(file=tmp_path / "eigen.sqlite")
    place.file.write_bytes(b"geen database" * 500)
    for ask in (lambda: Ledger(place).state(OPEN), lambda: Ledger(place).add([says("a", "b")], "Anna")):
        with pytest.raises(Fout, match="eigen.sqlite is beschadigd"):
            ask()
    assert place.file.read_bytes().startswith(b"geen database")


def test_a_server_that_was_away_is_used_again_without_a_restart(postgresql):
    if postgresql is None:
        pytest.skip("geen PostgreSQL op deze machine")
    book = Ledger(Place(url=postgresql.new()))
    book.add([says("a", "een")], "Anna")
    postgresql.stop()
    try:
        for ask in (lambda: book.add([says("a", "weg")], "Anna"), book.latest):
            with pytest.raises(Fout, match="^De server met eigen gegevens is nu niet bereikbaar") as caught:
                ask()
            assert len(caught.value.zinnen) == 1
    finally:
        postgresql.start()
    assert values(book) == {"a": "een"}
    book.add([says("a", "twee")], "Anna")
    assert values(book) == {"a": "twee"} and len(book.history()) == 2


# ------------------------------------------------------------- files of before

OLD = """gebied,randvoorwaarde,status,procent,wie,waarom,wanneer
WK990101,respijtzorg,knelpunt,12.5,Wijkteam,gebeld,2025-03-01T12:00:00
WK990101,respijtzorg,voldoet,,Wijkteam,opgelost,2025-04-01T12:00:00
"""


def test_a_file_of_before_is_taken_over_once_kept_aside_and_told(tmp_path, caplog):
    database, file = tmp_path / "wwz.duckdb", tmp_path / given.FILE
    file.write_text(OLD)
    said = given.read(database)
    assert [(s.status, s.procent, s.wanneer) for s in said] == [
        ("knelpunt", 12.5, "2025-03-01T12:00:00"), ("voldoet", None, "2025-04-01T12:00:00"),
    ]  # fmt: skip
    assert [e.wanneer for e in given.SHELF.book(database).history(given.KIND)] == [s.wanneer for s in said]
    assert not file.exists() and (tmp_path / takeover.ASIDE / given.FILE).read_text() == OLD
    assert [r.getMessage() for r in caplog.records] == [
        "opgaven.csv is overgenomen in eigen.sqlite: 2 regels. Het bestand zelf staat nu in de map overgenomen."
    ]
    # Killed before it was put aside: it is only put aside. An older one put back does not go before what came later.
    file.write_text(OLD)
    assert given.read(database) == said and not file.exists()
    file.write_text(OLD.replace("knelpunt,12.5", "deels,3"))
    assert given.read(database) == said and file.exists()
    assert "is niet gelezen" in caplog.records[-1].getMessage()


def test_a_damaged_file_of_before_stays_where_it_is(tmp_path):
    (tmp_path / given.FILE).write_text(OLD.replace("voldoet", "misschien"))
    with pytest.raises(Fout, match="regel 3.*misschien"):
        given.read(tmp_path / "wwz.duckdb")
    assert (tmp_path / given.FILE).exists() and not (tmp_path / "eigen.sqlite").exists()
