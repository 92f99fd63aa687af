"""The command line: exact columns, Dutch help, and for every mistake a plain Dutch sentence and exit code 2.

A real process is started where that matters (entry point, exit code, streams); the many kinds of bad input go through
`main`, which is all that the entry point calls.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from invoer_hulp import four_buurten

from wwz.cli.main import MORE_COMMANDS, main, make_parser
from wwz.store import Store

ROOT = Path(__file__).resolve().parent.parent
TABEL = "gebied,naam,niveau,indicator,jaar,teller,noemer,waarde,onder,boven,eenheid,soort,bron".split(",")
LEAST_CATALOGUE = ["code", "titel", "eenheid", "noemer", "bron", "kolom"]
COMMANDS = ("bouw", "controle", "indicatoren", "gebieden", "tabel", "start")
ENGLISH = re.compile(
    r"\b(the|not|error|invalid|expected|required|requires|usage|unrecognized|ambiguous|arguments?|options?|file|found|choose"
    r"|from|must|should|line|column|value|ignored|such|directory|missing|show|exit|message|default|cannot|could)\b",
    re.IGNORECASE,
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """A process as the user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "wwz", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def plain_dutch(text: str, sentences: int | None = None) -> None:
    """Whole Dutch sentences, no traceback, no words of the machinery."""
    lines = text.strip().splitlines()
    assert lines and (sentences is None or len(lines) == sentences), text
    assert "Traceback" not in text
    assert all(line.rstrip()[-1] in ".?" and len(line) > 20 for line in lines), text
    assert not ENGLISH.search(text), text


@pytest.fixture(scope="session")
def database(voorbeeld_store) -> Path:
    return voorbeeld_store.path


@pytest.fixture
def refused(capsys):
    """Run a command that must be refused; returns what was said."""

    def call(*arguments) -> str:
        code = main([str(a) for a in arguments])
        captured = capsys.readouterr()
        assert code == 2, captured
        assert captured.out == ""
        plain_dutch(captured.err)
        return captured.err

    return call


@pytest.fixture
def rows(capsys):
    """Run a command that prints rows; returns them."""

    def call(*arguments) -> list[dict[str, str]]:
        assert main([str(a) for a in arguments]) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    return call


# --- output --------------------------------------------------------------------------------------------


def test_tabel_prints_exactly_these_columns_as_csv(database):
    done = run("tabel", "mobiliteit_18", "--gebied", "GM9901", "--niveau", "buurt", "--database", database)
    assert done.returncode == 0 and done.stderr == ""
    header, *lines = csv.reader(io.StringIO(done.stdout))
    assert header == TABEL
    found = [dict(zip(header, line, strict=True)) for line in lines]
    buurten = Store(database).areas().query("niveau == 'buurt' and gemeente == 'GM9901'")["code"]
    assert sorted(row["gebied"] for row in found) == sorted(buurten)
    assert {row["niveau"] for row in found} == {"buurt"} and {row["eenheid"] for row in found} == {"%"}
    assert all("fictief" in row["bron"].lower() for row in found)
    # Unknown is empty, never a word that reads as a number.
    assert {row["waarde"] for row in found if row["soort"] == "onbekend"} == {""}
    hidden = [row for row in found if row["teller"].startswith("<")]
    assert all(row["waarde"] == "" or row["soort"] == "gepubliceerd" for row in hidden)
    shown = [row for row in found if row["soort"] != "onbekend" and row not in hidden]
    assert all(re.fullmatch(r"\d+(\.\d+)?", row["waarde"]) for row in shown)


def test_tabel_prints_exactly_these_columns_as_json(database):
    done = run(
        "tabel",
        "bevolking",
        "--gebied",
        "GM9901",
        "--niveau",
        "wijk",
        "--formaat",
        "json",
        "--database",
        database,
    )
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert len(found) > 20 and all(list(row) == TABEL for row in found)
    assert {type(row["jaar"]) for row in found} == {int}
    assert all(row["waarde"] is None or isinstance(row["waarde"], int | float) for row in found)
    assert "NaN" not in done.stdout


def test_a_theme_gives_all_its_indicators(database, rows, capsys):
    catalogue = rows("indicatoren")
    for theme in {row["thema"] for row in catalogue}:
        found = rows("tabel", theme, "--gebied", "GM9901", "--database", database)
        known = {row["code"] for row in catalogue if row["thema"] == theme}
        assert {row["indicator"] for row in found} <= known and len(found) > 3
        assert {row["niveau"] for row in found} == {"gemeente"}


def test_csv_and_json_hold_the_same_figures(database, rows, capsys):
    arguments = ["tabel", "voorzieningen", "--gebied", "GM9901", "--niveau", "buurt", "--database", database]
    as_csv = rows(*arguments)
    assert main([str(a) for a in [*arguments, "--formaat", "json"]]) == 0
    as_json = json.loads(capsys.readouterr().out)
    assert as_csv == [{k: "" if v is None else str(v) for k, v in row.items()} for row in as_json]


def test_an_own_area_of_several_codes(database, rows):
    codes = [r["code"] for r in rows("gebieden", "--niveau", "buurt", "--database", database)][:4]
    parts = [rows("tabel", "inwoners", "--gebied", code, "--database", database)[0] for code in codes]
    whole = rows("tabel", "inwoners", "--gebied", ",".join(codes), "--database", database)
    assert len(whole) == 1 and whole[0]["niveau"] == "eigen"
    assert float(whole[0]["teller"]) == sum(float(part["teller"] or 0) for part in parts)


def test_an_older_year_can_be_asked(database, rows):
    found = rows("tabel", "inwoners", "--gebied", "GM9901", "--jaar", "2023", "--database", database)
    newest = rows("tabel", "inwoners", "--gebied", "GM9901", "--database", database)
    assert (found[0]["jaar"], newest[0]["jaar"]) == ("2023", "2024")
    assert found[0]["teller"] != newest[0]["teller"]


def test_indicatoren_names_unit_denominator_source_and_column(rows):
    found = rows("indicatoren")
    assert set(LEAST_CATALOGUE) <= set(found[0])
    by_code = {row["code"]: row for row in found}
    assert len(by_code) == len(found) > 40
    assert all(row[name] for row in found for name in ("code", "titel", "eenheid", "bron", "kolom"))
    assert all(not re.search(r"_\d+$", row["kolom"]) for row in found)
    assert by_code["mobiliteit_18"]["kolom"] == "BeperkingInBewegen"
    assert by_code["wmo_clienten"]["kolom"] == "WmoClienten"
    assert by_code["afstand_huisarts"]["kolom"] == "AfstandTotHuisartsenpraktijk"
    assert by_code["inwoners"]["kolom"] == "AantalInwoners"


def test_controle_is_content_with_a_fresh_database(database):
    done = run("controle", "--database", database)
    assert done.returncode == 0, done.stdout
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert len(lines) >= 8 and all(line.startswith(("goed", "let op")) for line in lines)


def test_controle_is_content_with_real_data(denhaag_store, utrecht_store, drechtsteden_store, capsys):
    for store in (denhaag_store, utrecht_store, drechtsteden_store):
        assert main(["controle", "--database", str(store.path)]) == 0, capsys.readouterr().out


# --- help ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_dutch(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"] if command else ["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert "gebruik:" in text and not ENGLISH.search(text), text
    if command:
        assert "--database" in text
        described = re.findall(r"^  (--?\w[\w-]*)(.*(?:\n {10,}.*)*)", text, re.MULTILINE)
        assert len(described) >= 2 and all(len(rest.split()) > 1 for _, rest in described), text
    else:
        assert all(name in text for name in COMMANDS)


def test_what_is_said_of_a_command_is_the_same_whichever_is_given():
    """Only the module of the command that is given is loaded; a new one that is not in the list is missing here."""
    choices = next(a for a in make_parser()._actions if a.dest == "opdracht").choices
    assert make_parser("").format_help() == make_parser().format_help()
    for name in [name for names in MORE_COMMANDS.values() for name in names]:
        one = next(a for a in make_parser(name)._actions if a.dest == "opdracht").choices[name]
        assert one.format_help() == choices[name].format_help() and "--database" in one.format_help()


@pytest.mark.parametrize("arguments", [["--help"], ["start", "--poort", "abc"], ["frobnicate"]])
def test_help_and_a_wrong_call_do_not_wait_for_what_calculates(arguments):
    code = (
        "import sys\nfrom wwz.cli.main import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "assert not {'pandas', 'duckdb', 'scipy', 'streamlit'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=True, capture_output=True)


# --- every command takes --database --------------------------------------------------------------------


def test_every_command_takes_a_database(tmp_path, capsys):
    folder, target = four_buurten(tmp_path), tmp_path / "ergens" / "anders.duckdb"
    (folder / "wwz_voorbeeld.json").write_text('{"fictief": true}', encoding="utf-8")
    assert main(["bouw", "--invoer", str(folder), "--database", str(target)]) == 0
    assert target.exists() and "fictief" in capsys.readouterr().out
    for arguments in (
        ["controle"],
        ["indicatoren"],
        ["gebieden"],
        ["tabel", "inwoners", "--gebied", "GM9901"],
    ):
        assert main([*arguments, "--database", str(target)]) == 0
        assert capsys.readouterr().out
    # The lock that keeps two builds apart is hidden, and stays.
    assert {path.name for path in target.parent.iterdir()} == {"anders.duckdb", ".anders.duckdb.slot"}


def test_no_database_yet_says_how_to_make_one(tmp_path, refused):
    absent = tmp_path / "weg.duckdb"
    for arguments in (["controle"], ["gebieden"], ["tabel", "inwoners", "--gebied", "GM9901"], ["start"]):
        assert "wwz bouw" in refused(*arguments, "--database", absent)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"dit is tekst", b"\x00" * 5000])
def test_a_file_that_is_no_database(tmp_path, refused, content):
    path = tmp_path / "x.duckdb"
    path.write_bytes(content)
    refused("controle", "--database", path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path, refused):
    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table iets as select 1 as een")
    for arguments in (["controle"], ["gebieden"], ["tabel", "inwoners", "--gebied", "GM9901"]):
        refused(*arguments, "--database", path)


# --- bad input -----------------------------------------------------------------------------------------

BAD = {
    "no command": [],
    "unknown command": ["frobnicate"],
    "no indicator": ["tabel", "--gebied", "GM9901"],
    "no area": ["tabel", "mobiliteit_18"],
    "unknown area": ["tabel", "mobiliteit_18", "--gebied", "GM1234"],
    "one of several areas unknown": ["tabel", "mobiliteit_18", "--gebied", "GM9901,BU12345678"],
    "empty area": ["tabel", "mobiliteit_18", "--gebied", ""],
    "area with markup": ["tabel", "mobiliteit_18", "--gebied", "<b>GM9901</b>"],
    "area with quotes": ["tabel", "mobiliteit_18", "--gebied", "' or 1=1; drop table cijfer; --"],
    "unknown indicator": ["tabel", "geluk", "--gebied", "GM9901"],
    "empty indicator": ["tabel", "", "--gebied", "GM9901"],
    "unknown year": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--jaar", "1999"],
    "year in letters": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--jaar", "vorig"],
    "unknown level": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--niveau", "straat"],
    "level that is not there": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--niveau", "land"],
    "unknown format": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--formaat", "xml"],
    "unknown option": ["tabel", "mobiliteit_18", "--gebied", "GM9901", "--kleur", "rood"],
    "shortened option": ["start", "--h"],
    "option without value": ["tabel", "mobiliteit_18", "--gebied"],
    "switch with a value": ["start", "--bouw-zo-nodig=ja"],
    "port in letters": ["start", "--poort", "abc"],
    "port that does not exist": ["start", "--poort", "70000"],
    "figures that nobody published": ["tabel", "afstand_zwembad", "--gebied", "GM9901"],
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_dutch_sentence(case, database, refused):
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    arguments = BAD[case]
    said = refused(
        *arguments, *(["--database", database] if arguments and "frob" not in arguments[0] else [])
    )
    assert len(said.strip().splitlines()) == 1
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before


def test_the_sentence_names_what_is_wrong(database, refused):
    assert "GM1234" in refused("tabel", "inwoners", "--gebied", "GM1234", "--database", database)
    assert "geluk" in refused("tabel", "geluk", "--gebied", "GM9901", "--database", database)
    said = refused("tabel", "inwoners", "--gebied", "GM9901", "--jaar", "1999", "--database", database)
    assert "1999" in said and "2024" in said


def test_a_real_process_ends_with_2_and_keeps_its_output_clean(database):
    done = run("tabel", "mobiliteit_18", "--gebied", "GM1234", "--database", database)
    assert (done.returncode, done.stdout) == (2, "")
    plain_dutch(done.stderr, sentences=1)


@pytest.mark.parametrize("kind", ["absent", "empty", "useless"])
def test_a_wrong_folder_leaves_the_old_database_alone(tmp_path, capsys, database, kind):
    folder, target = tmp_path / "in", tmp_path / "wwz.duckdb"
    shutil.copy(database, target)
    before = target.read_bytes()
    if kind != "absent":
        folder.mkdir()
    if kind == "useless":
        (folder / "brief.txt").write_text("Geachte heer, mevrouw,", encoding="utf-8")
        (folder / "lijst.csv").write_text("naam;kleur\nfiets;rood\n", encoding="utf-8")
    assert main(["bouw", "--invoer", str(folder), "--database", str(target)]) == 2
    plain_dutch(capsys.readouterr().err)
    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"in", "wwz.duckdb"}


def test_several_wrong_folders_are_all_named(tmp_path, capsys):
    wrong = [tmp_path / "een", tmp_path / "twee"]
    arguments = [part for folder in wrong for part in ("--invoer", str(folder))]
    assert main(["bouw", *arguments, "--database", str(tmp_path / "x.duckdb")]) == 2
    said = capsys.readouterr().err
    plain_dutch(said, sentences=2)
    assert all(str(folder) in said for folder in wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_database_can_be(tmp_path, voorbeeld_folder, refused):
    (tmp_path / "bestand").write_text("x")
    for target in (tmp_path, tmp_path / "bestand" / "x.duckdb"):
        refused("bouw", "--invoer", voorbeeld_folder, "--database", target)


def test_three_mistakes_in_the_settings_are_three_sentences(tmp_path, database):
    config = tmp_path / "config.toml"
    config.write_text(
        '[gebied]\nnaamm = "x"\n[privacy]\nminimum = "tien"\n[server]\npoort = 99999\n', encoding="utf-8"
    )
    done = run("controle", "--database", database, WWZ_CONFIG=str(config))
    assert (done.returncode, done.stdout) == (2, "")
    plain_dutch(done.stderr, sentences=3)
    assert all(word in done.stderr for word in ("naamm", "minimum", "poort", "config.toml"))


@pytest.mark.parametrize(
    "content", [b"naam = ", b'[gebied\nnaam = "x"', b"\xff\xfe\x00", b"[a]\n[a]\n", None]
)
def test_settings_that_cannot_be_read(tmp_path, monkeypatch, refused, content):
    config = tmp_path / "config.toml"
    if content is not None:
        config.write_bytes(content)
    monkeypatch.setenv("WWZ_CONFIG", str(config))
    assert "config.toml" in refused("indicatoren")


# --- spreadsheets --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """A database with names that a spreadsheet would run."""
    folder = tmp_path_factory.mktemp("vijandig")
    (folder / "kwb_2023.csv").write_text(
        "WijkenEnBuurten;buurtnaam;Gemeentenaam_1;Perioden;AantalInwoners_5\n"
        "BU99010001;\"=cmd()|' /C calc'!A0\";@SUM(1);2023JJ00;1000\n"
        'BU99010002;"+31612345678";@SUM(1);2023JJ00;1000\n'
        'BU99010003;"-2+3";@SUM(1);2023JJ00;1000\n'
        'BU99010004;"@import";@SUM(1);2023JJ00;1000\n'
        'BU99010005;"a ""quoted"", name";@SUM(1);2023JJ00;1000\n',
        encoding="utf-8",
    )
    target = folder / "uit" / "wwz.duckdb"
    assert main(["bouw", "--invoer", str(folder / "kwb_2023.csv"), "--database", str(target)]) == 0
    return target


def test_a_name_never_becomes_a_formula(hostile, capsys):
    for arguments in (["tabel", "inwoners", "--gebied", "GM9901", "--niveau", "buurt"], ["gebieden"]):
        assert main([*arguments, "--database", str(hostile)]) == 0
        cells = [cell for row in csv.reader(io.StringIO(capsys.readouterr().out)) for cell in row]
        assert any("cmd()" in cell for cell in cells) and 'a "quoted", name' in cells
        assert not [
            cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"-?[\d.]+", cell)
        ]


# --- controle on a damaged database (test_checks.py does them one by one) -------------------------------


def damaged(original: Path, target: Path, statement: str) -> Path:
    shutil.copy(original, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute(statement)
        connection.execute("checkpoint")
    return target


def test_controle_says_in_a_real_process_what_is_wrong(database, tmp_path):
    too_much = (
        "update cijfer set waarde = 140, boven = 150 where indicator = 'mobiliteit_18' and gebied = 'GM9901'"
    )
    done = run("controle", "--database", damaged(database, tmp_path / "stuk.duckdb", too_much))
    assert done.returncode == 1 and done.stderr == ""
    assert "mobiliteit_18" in done.stdout and "GM9901" in done.stdout
    assert len(re.findall(r"^FOUT", done.stdout, re.MULTILINE)) == 1


def test_controle_ends_with_1_when_a_figure_is_there_twice(database, tmp_path, capsys):
    twice = "insert into cijfer select * from cijfer where indicator = 'inwoners' and gebied = 'GM9901'"
    assert main(["controle", "--database", str(damaged(database, tmp_path / "stuk.duckdb", twice))]) == 1
    assert "FOUT" in capsys.readouterr().out
