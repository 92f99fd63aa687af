"""A database, or an example region, of another version of the program: said in one sentence, or made again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from invoer_hulp import kwb, only_figures
from streamlit.testing.v1 import AppTest

from wwz import server
from wwz.base.errors import AndereVersie, Fout
from wwz.base.imports import modules_behind
from wwz.base.paths import CONFIG, KNOWLEDGE, PACKAGE, ROOT, SQL
from wwz.base.settings import Settings
from wwz.base.version import mark, table_files
from wwz.build import rebuild
from wwz.build.build import build, is_outdated
from wwz.cli.main import main
from wwz.sources import example as maker
from wwz.sources.example import example_folder, is_up_to_date
from wwz.store import Store

OLDER = {
    "another mark": "update programma set versie = 'ouder'",
    "from before the mark": "drop table programma",
    "another column": "alter table programma rename versie to nummer",
    "nothing in it": "delete from programma",
}


def change(database: Path, *statements: str) -> Path:
    with duckdb.connect(str(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("checkpoint")
    return database


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> tuple[Path, Path]:
    """A small input folder, with a space in its name, and the database made of it."""
    folder = tmp_path_factory.mktemp("versie") / "eigen bestanden"
    folder.mkdir()
    kwb().to_csv(folder / "a.csv", index=False)
    database = folder.parent / "uit" / "wwz.duckdb"
    build(Settings(), (folder,), database=database)
    return folder, database


@pytest.fixture
def quick(town, monkeypatch) -> None:
    """What is built within a test has a version like every other, whatever figures it holds."""
    only_figures(monkeypatch, "inwoners_nu", "bronregel", "indicator_jaar")


@pytest.fixture
def database(town, tmp_path) -> Path:
    return Path(shutil.copy(town[1], tmp_path / "wwz.duckdb"))


@pytest.fixture
def example(tmp_path) -> Path:
    """A database of the example region beside it, which is small here."""
    folder = tmp_path / "data" / "voorbeeld"
    folder.mkdir(parents=True)
    kwb().to_csv(folder / "a.csv", index=False)
    (folder / "wwz_voorbeeld.json").write_text('{"fictief": true}', encoding="utf-8")
    return folder.parent / "wwz.duckdb"


@pytest.fixture
def served(monkeypatch) -> list[Path]:
    """Databases that were served, instead of serving them."""
    databases: list[Path] = []

    def serve(settings: Settings, **where) -> int:
        Store(settings.database).close()
        databases.append(settings.database)
        return 0

    monkeypatch.setattr(server, "serve", serve)
    return databases


@pytest.fixture
def made(monkeypatch) -> list[Path]:
    """Where the example region was made, instead of making it."""
    folders: list[Path] = []

    def write(folder: Path) -> None:
        folders.append(folder)
        marker = json.loads((folder / "wwz_voorbeeld.json").read_text(encoding="utf-8"))
        (folder / "wwz_voorbeeld.json").write_text(json.dumps({**marker, "gemaakt": 1}), encoding="utf-8")

    monkeypatch.setattr(maker, "write_example_region", write)
    return folders


# --- the mark ------------------------------------------------------------------------------------------


def test_the_mark_follows_contents_and_names_and_not_the_place(tmp_path):
    marks = []
    for place, name, text in (
        ("a", "x.sql", "een"),
        ("b", "x.sql", "een"),
        ("c", "x.sql", "twee"),
        ("d", "y.sql", "een"),
    ):
        path = tmp_path / place / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        marks.append(mark([path], path.parent))
    assert marks[0] == marks[1] and len(set(marks)) == 3
    files = sorted((tmp_path / "a").iterdir())
    assert mark(files, tmp_path) != mark([*files, tmp_path / "b" / "x.sql"], tmp_path)


def test_the_mark_covers_all_that_a_build_runs_and_not_what_is_only_shown():
    """Asked of Python itself: which modules are there once a build has been imported."""
    code = "import sys, wwz.build.build; print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'wwz'), sep='\\n')"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    files = set(table_files())
    assert {Path(line) for line in ran.stdout.split("\n") if line} <= files
    assert all(path.is_file() for path in files)
    assert set((SQL / "figures").glob("*.sql")) | set((SQL / "staging").glob("*.sql")) <= files
    assert (
        set(KNOWLEDGE.rglob("*.csv"))
        >= {path for path in files if path.suffix == ".csv"}
        >= {KNOWLEDGE / "eisen.csv"}
    )
    shown = [
        *(SQL / "answers").glob("*.sql"),
        *(PACKAGE / "ui").rglob("screen.py"),
        KNOWLEDGE / "vertalingen.toml",
    ]
    assert shown and not files & set(shown)


def test_an_import_inside_a_function_or_with_dots_counts(tmp_path, monkeypatch):
    (tmp_path / "prog" / "deel").mkdir(parents=True)
    for name, text in {
        "__init__.py": "",
        "begin.py": "def later():\n    from prog.deel import een\n",
        "deel/__init__.py": "from ..ver import iets",
        "deel/een.py": "from . import twee\nimport json",
        "deel/twee.py": "import prog.begin",
        "deel/los.py": "",
        "ver.py": "iets = 1",
    }.items():
        (tmp_path / "prog" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("wwz.base.imports.PACKAGE", tmp_path / "prog")
    found = {path.relative_to(tmp_path / "prog").as_posix() for path in modules_behind("prog.begin")}
    assert found == {"__init__.py", "begin.py", "deel/__init__.py", "deel/een.py", "deel/twee.py", "ver.py"}
    with pytest.raises(ModuleNotFoundError):
        modules_behind("prog.weg")


# --- the store -----------------------------------------------------------------------------------------


def test_a_database_of_this_version_opens(town):
    folder, database = town
    store = Store(database)
    assert store.about()["aantal_buurten"] > 0
    store.close()
    assert is_outdated(Settings(database=database)) == (CONFIG.stat().st_mtime > database.stat().st_mtime)
    assert rebuild.same_input(database) == (folder,)


def test_a_database_is_older_than_the_settings_in_use(database, tmp_path, monkeypatch):
    config = tmp_path / "anders.toml"
    monkeypatch.setenv("WWZ_CONFIG", str(config))
    assert not is_outdated(Settings(database=database)), "without a file with settings nothing is newer"
    config.write_text("", encoding="utf-8")
    os.utime(config, (1, 1))
    assert not is_outdated(Settings(database=database))
    later = database.stat().st_mtime + 60
    os.utime(config, (later, later))
    assert is_outdated(Settings(database=database))


@pytest.mark.parametrize("how", OLDER)
def test_a_database_of_another_version_says_what_to_do(town, database, how):
    with pytest.raises(AndereVersie) as caught:
        Store(change(database, OLDER[how]))
    (sentence,) = caught.value.zinnen
    assert sentence == (
        "De gegevens in wwz.duckdb zijn gemaakt met een andere versie van de WWZ-wijzer. Maak ze opnieuw met "
        f"'python -m wwz bouw --opnieuw --database {database}' en start daarna het dashboard opnieuw."
    )
    assert caught.value.mappen == (town[0],)
    assert is_outdated(Settings(database=database)) and not rebuild.is_old_example(database)


def test_a_database_that_does_not_say_where_it_came_from(database, capsys):
    change(database, OLDER["another mark"], "drop table herbouw")
    with pytest.raises(AndereVersie) as caught:
        Store(database)
    assert caught.value.mappen == () and not rebuild.is_old_example(database)
    assert main(["bouw", "--opnieuw", "--database", str(database)]) == 2
    assert "--invoer MAP" in capsys.readouterr().err


def test_a_database_without_our_tables_is_not_ours(database):
    change(database, "drop table bouw")
    with pytest.raises(Fout, match="geen database van de WWZ-wijzer"):
        Store(database)


def test_the_usual_place_is_not_named_and_a_space_is_quoted(database, tmp_path, monkeypatch):
    monkeypatch.setattr("wwz.store.Settings", lambda: Settings(database=database))
    with pytest.raises(AndereVersie, match="'python -m wwz bouw --opnieuw' en start"):
        Store(change(database, OLDER["another mark"]))
    (tmp_path / "een map").mkdir()
    elsewhere = shutil.copy(database, tmp_path / "een map" / "x.duckdb")
    with pytest.raises(AndereVersie, match=f'--database "{elsewhere}"'):
        Store(Path(elsewhere))


# --- the command line and the screen -------------------------------------------------------------------


@pytest.mark.zwaar
@pytest.mark.parametrize("how", OLDER)
def test_every_command_says_so_and_building_again_helps(town, database, capsys, how):
    change(database, OLDER[how])
    for arguments in (["controle"], ["gebieden"], ["tabel", "inwoners", "--gebied", "NL00"], ["start"]):
        assert main([*arguments, "--database", str(database)]) == 2
        said = capsys.readouterr()
        assert said.out == "" and len(said.err.strip().splitlines()) == 1
        assert "andere versie van de WWZ-wijzer" in said.err and "bouw --opnieuw" in said.err
    assert main(["bouw", "--opnieuw", "--database", str(database)]) == 0
    assert rebuild.same_input(database) == (town[0],)
    assert main(["gebieden", "--database", str(database)]) == 0


def test_building_again_needs_its_folder_and_takes_no_other(town, database, capsys, tmp_path):
    gone = tmp_path / "weg"
    change(database, f"update herbouw set naam = '{gone}' where soort = 'map'")
    before = database.read_bytes()
    assert main(["bouw", "--opnieuw", "--database", str(database)]) == 2
    assert "De map weg met de invoer is er niet meer" in capsys.readouterr().err
    assert main(["bouw", "--opnieuw", "--invoer", str(town[0]), "--database", str(database)]) == 2
    assert "--invoer: kan niet samen met --opnieuw" in capsys.readouterr().err
    assert database.read_bytes() == before


def test_the_screen_says_so_too(database, monkeypatch):
    change(database, OLDER["another mark"])
    monkeypatch.setenv("WWZ_DATABASE", str(database))
    app = AppTest.from_file(str(ROOT / "app.py")).run(timeout=60)
    assert [len(app.exception), len(app.error)] == [0, 1]
    assert "andere versie van de WWZ-wijzer" in app.error[0].value


# --- starting ------------------------------------------------------------------------------------------


def test_starting_makes_an_old_example_region_again(example, served, made, quick):
    build(Settings(), (example.parent / "voorbeeld",), database=example)
    change(example, OLDER["another mark"])
    made.clear()
    assert rebuild.is_old_example(example)
    assert main(["start", "--database", str(example)]) == 0
    assert served == [example] and made == [example.parent / "voorbeeld"]
    made.clear()
    assert main(["start", "--database", str(example)]) == 0
    assert made == [], "a database of this version is served as it is"


def test_starting_with_own_files_makes_the_same_again_only_when_asked(town, database, served, capsys, quick):
    change(database, OLDER["another mark"])
    assert main(["start", "--database", str(database)]) == 2 and served == []
    assert "bouw --opnieuw" in capsys.readouterr().err
    assert main(["start", "--bouw-zo-nodig", "--database", str(database)]) == 0 and served == [database]
    assert rebuild.same_input(database) == (town[0],), "not the example region"


def test_the_folders_of_the_settings_go_first(database, served, monkeypatch, tmp_path, quick):
    change(database, OLDER["another mark"])
    (tmp_path / "anders").mkdir()
    kwb(Gemeentenaam_1="Elders").to_csv(tmp_path / "anders" / "b.csv", index=False)
    config = tmp_path / "config.toml"
    config.write_text('[invoer]\nmappen = ["anders"]\n', encoding="utf-8")
    monkeypatch.setenv("WWZ_CONFIG", str(config))
    assert main(["start", "--bouw-zo-nodig", "--database", str(database)]) == 0 and served == [database]
    assert rebuild.same_input(database) == (tmp_path / "anders",)


# --- the files of the example region -------------------------------------------------------------------


@pytest.mark.zwaar
def test_the_example_region_is_made_again_when_its_maker_changed(example):
    folder, said = example.parent / "voorbeeld", []
    assert not is_up_to_date(folder), "from before the mark"
    assert example_folder(example, said.append) == folder
    assert said == ["De voorbeeldregio wordt gemaakt."] and is_up_to_date(folder)
    marker = json.loads((folder / "wwz_voorbeeld.json").read_text(encoding="utf-8"))
    (folder / "wwz_voorbeeld.json").write_text(json.dumps({**marker, "versie": "ouder"}), encoding="utf-8")
    (folder / "kwb_2023.csv").write_text("van een oudere versie", encoding="utf-8")
    example_folder(example, said.append)
    assert len(said) == 2 and "WijkenEnBuurten" in (folder / "kwb_2023.csv").read_text(encoding="utf-8")
    example_folder(example, said.append)
    assert len(said) == 2, "what is up to date stays"


@pytest.mark.parametrize("marker", ["", "[]", '{"versie": 3}', "geen json"])
def test_a_damaged_example_region_is_not_up_to_date(tmp_path, marker):
    (tmp_path / "wwz_voorbeeld.json").write_text(marker, encoding="utf-8")
    assert not is_up_to_date(tmp_path)
    assert not is_up_to_date(tmp_path / "weg")
