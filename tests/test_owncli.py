"""What the municipality adds, set and listed on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from wwz.cli.main import main
from wwz.own import given, plans

WHO = ["--wie", "Wijkteam", "--waarom", "gebeld"]
OPGAVE = ["opgave", "zet", "--gebied", "WK990101", "--randvoorwaarde", "respijtzorg", *WHO]
PUNT = ["punt", "zet", "--soort", "supermarkt", "--naam", "=Winkel", *WHO]
EIS = ["eis", "zet", "--doelgroep", "lvb", "--mantelzorg", "geen", "--randvoorwaarde", "begeleiding", *WHO]


@pytest.fixture
def ask(tmp_path, capsys):
    """``ask(*words) -> code, output, errors``"""

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--database", str(tmp_path / "wwz.duckdb")])
        return code, *capsys.readouterr()

    return run


def listed(ask, what: str, *more: str) -> list[dict]:
    code, out, _ = ask(what, "lijst", "--formaat", "json", *more)
    assert code == 0
    return json.loads(out)


def test_an_opgave_is_set_listed_and_read_from_a_file(ask, tmp_path):
    assert ask(*OPGAVE, "--status", "deels", "--aandeel", "12,5")[:2] == (
        0, "Bewaard: respijtzorg in WK990101 is deels.\n",
    )  # fmt: skip
    assert ask(*OPGAVE, "--status", "voldoet")[0] == 0
    (now,) = listed(ask, "opgave")
    assert (now["gebied"], now["status"], now["procent"], now["versie"]) == ("WK990101", "voldoet", None, 2)
    first, second = listed(ask, "opgave", "--historie")
    assert (first["procent"], first["was"], first["door"]) == (12.5, "", "Wijkteam")
    assert "status: deels" in second["was"]
    file = tmp_path / "uit.csv"
    file.write_bytes(given.to_csv(given.read(tmp_path / "wwz.duckdb")))
    assert ask("opgave", "lees", str(file), "--wie", "Ander")[1] == "2 opgaven bewaard.\n"
    assert [row["door"] for row in listed(ask, "opgave", "--historie")] == ["Wijkteam"] * 2 + ["Ander"] * 2


def test_mistakes_are_told_together_and_keep_nothing(ask, tmp_path):
    wrong = ["opgave", "zet", "--gebied", "X", "--randvoorwaarde", "y", "--status", "deels", *WHO]
    code, _, told = ask(*wrong)
    assert code == 2 and len(told.splitlines()) == 2
    for words in (
        ["norm", "zet", "--norm", "winkels-1000", "--waarde", "veel", *WHO],
        [*EIS, "--graad", "X"],
        [*PUNT, "--actie", "erbij", "--lat", "48,8", "--lon", "2,3"],
        ["plan", "zet", "--naam", "P", "--gebied", "NL00", "--plan", "onzin", "--wie", "ik"],
        ["plan", "weg", "--id", "p-000000000000", "--wie", "ik"],
        ["norm", "terug", "--versie", "3", "--wie", "ik"],
    ):
        code, _, told = ask(*words)
        assert code == 2 and told and "Traceback" not in told, words
    assert not (tmp_path / "eigen.sqlite").exists()


def test_eisen_norms_points_and_plans_go_the_same_way(ask, tmp_path):
    assert ask(*EIS, "--graad", "F")[1].startswith("Bewaard als versie 1")
    assert ask("norm", "zet", "--norm", "winkels-1000", "--waarde", "800", *WHO)[1].startswith(
        "Bewaard als versie 1"
    )
    assert ask("norm", "terug", "--versie", "0", "--wie", "Raad")[1] == "Teruggezet, als versie 2.\n"
    assert [row["waarde"] for row in listed(ask, "norm", "--historie")] == ["800", "geleverd"]
    assert ask(*PUNT, "--actie", "erbij", "--lat", "52,07", "--lon", "4.3")[0] == 0
    out = ask("punt", "lijst")[1]
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["naam"], row["lat"], row["wie"]) == ("'=Winkel", "52.07", "Wijkteam")
    new = [
        "plan",
        "zet",
        "--naam",
        "P",
        "--gebied",
        "NL00",
        "--plan",
        "erbij:supermarkt:52.07:4.30",
        "--wie",
        "ik",
    ]
    assert ask(*new)[0] == 0 and "al een plan" in ask(*new)[2]
    (plan,) = plans.kept(tmp_path / "wwz.duckdb")
    assert ask("plan", "weg", "--id", plan.id, "--wie", "Ander")[0] == 0
    assert listed(ask, "plan") == [] and [row["door"] for row in listed(ask, "plan", "--historie")] == [
        "ik",
        "Ander",
    ]
