"""The whole country by its code or by a word: in a command, in a link, and where it is not in the data."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from wwz.ask.area import asked_area, asked_codes, find_area, whole
from wwz.ask.view import from_query
from wwz.base.errors import Fout
from wwz.cli.main import main


@pytest.fixture
def country_store():
    """Just enough of a database that holds the whole country: three areas."""
    rows = [
        ("GM0518", "'s-Gravenhage", "gemeente", "'s-Gravenhage"),
        ("GM0344", "Utrecht", "gemeente", "Utrecht"),
        ("NL00", "Nederland", "land", None),
    ]
    areas = pd.DataFrame(rows, columns=["code", "naam", "niveau", "gemeentenaam"])
    return SimpleNamespace(areas=lambda: areas, about=dict, remember=lambda _question, make: make())


@pytest.mark.parametrize("word", ["NL", "nl", "land", "Land", "NL00", "Nederland", " nl "])
def test_the_country_has_several_names(country_store, word):
    assert asked_area(country_store, word) == whole(country_store)
    assert from_query({"gebied": word}).gebied == ("NL00",)
    assert from_query({"gekozen": word}).gekozen == "NL00"


def test_the_country_with_its_own_parts_is_the_country(country_store):
    found = asked_area(country_store, "GM0518,NL,GM0344")
    assert (found.codes, found.naam, found.niveau) == (("NL00",), "Nederland", "land")
    with pytest.raises(Fout, match="GM9999"):
        asked_area(country_store, "NL,GM9999")


def test_codes_are_read_with_their_spaces_and_once(country_store):
    assert asked_codes("GM0518, BU0363AA01,,GM0518") == ("GM0518", "BU0363AA01")
    assert find_area(country_store, ["GM0518"]).niveau == "gemeente"


@pytest.mark.parametrize(
    "command",
    [
        ("tabel", "inwoners", "--gebied", "land"),
        ("agenda", "--gebied", "NL"),
        ("export", "--gebied", "NL", "--laag", "inwoners", "--formaat", "csv", "--uit", "uit.csv"),
        ("eigen", "sjabloon", "uit.xlsx", "--gebied", "land"),
    ],
)
def test_a_region_is_never_passed_off_as_the_country(voorbeeld_store, tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--database", str(voorbeeld_store.path)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("Nederland als geheel staat niet in de gegevens")
    assert not list(tmp_path.iterdir())


def test_commands_take_the_whole_country(nederland_store, tmp_path, capsys):
    database = str(nederland_store.path)
    assert main(["tabel", "inwoners", "--gebied", "land", "--database", database]) == 0
    by_word = capsys.readouterr().out
    assert main(["tabel", "inwoners", "--gebied", "NL00", "--database", database]) == 0
    assert by_word == capsys.readouterr().out and ",Nederland,land,inwoners," in by_word
    target = tmp_path / "land.csv"
    export = ["export", "--gebied", "NL", "--laag", "inwoners", "--niveau", "gemeente", "--formaat", "csv"]
    assert main([*export, "--uit", str(target), "--database", database]) == 0
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) > 340


def test_a_template_holds_the_areas_that_were_asked(voorbeeld_store, tmp_path, capsys):
    target = str(tmp_path / "sjabloon.xlsx")
    areas = voorbeeld_store.areas()
    expected = ((areas["niveau"] == "wijk") & (areas["gemeente"] == "GM9901")).sum()
    command = ["eigen", "sjabloon", target, "--database", str(voorbeeld_store.path), "--gebied"]
    assert main([*command, "GM9901"]) == 0
    assert f"Sjabloon met {expected} gebieden" in capsys.readouterr().out
    # Not an empty template without a word.
    assert main([*command, "GM0000"]) == 2
    assert "GM0000" in capsys.readouterr().err
