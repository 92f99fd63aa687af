"""config.toml: every key explained, every mistake reported at once, defaults when nothing is said."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from wwz.base.errors import Fout
from wwz.base.limits import LIMITS, Limits
from wwz.base.paths import CONFIG
from wwz.base.settings import KEYS, Settings, load_settings

# Where each setting of the product stands in the file.
WHERE = {
    "naam": ("gebied", "naam"),
    "mappen": ("invoer", "mappen"),
    "max_megabyte": ("invoer", "max_megabyte"),
    "jaren": ("invoer", "jaren"),
    "bewerken": ("invoer", "bewerken"),
    "database": ("opslag", "database"),
    "eigen": ("opslag", "eigen"),
    "kijken": ("rollen", "kijken"),
    "invoeren": ("rollen", "invoeren"),
    "beheren": ("rollen", "beheren"),
    "anders": ("rollen", "anders"),
    "groepen": ("rollen", "groepen"),
    "minimum": ("privacy", "minimum"),
    "achtergrond": ("kaart", "achtergrond"),
    "omweg": ("afstand", "omweg"),
    "gebieden": ("gebieden", None),
    "organisatie": ("organisatie", "naam"),
    "contact": ("organisatie", "contact"),
    "logo": ("organisatie", "logo"),
    "host": ("server", "host"),
    "poort": ("server", "poort"),
    "namen": ("server", "namen"),
    "proxies": ("server", "proxies"),
    "grenzen": ("grenzen", None),
    "metingen": ("server", "metingen"),
    "metingen_poort": ("server", "metingen_poort"),
    "log_vorm": ("log", "vorm"),
    "bezoek": ("log", "bezoek"),
    "herkomst": ("model", "herkomst"),
    "schatten": ("model", "schatten"),
    "ophalen_op_scherm": ("bronnen", "ophalen_op_scherm"),
    "bron_cbs": ("bronnen", "cbs"),
    "bron_rivm": ("bronnen", "rivm"),
    "bron_cbs_v4": ("bronnen", "cbs_v4"),
    "bron_pdok": ("bronnen", "pdok"),
    "bron_rivm_v4": ("bronnen", "rivm_v4"),
    "bron_raster": ("bronnen", "raster"),
    "bron_overpass": ("bronnen", "overpass"),
    "bron_bag": ("bronnen", "bag"),
    "bron_bgt": ("bronnen", "bgt"),
    "bron_lagen": ("bronnen", "lagen"),
    "bron_postcode": ("bronnen", "postcode"),
}
TEXT = CONFIG.read_text(encoding="utf-8")
SHIPPED = tomllib.loads(TEXT)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("WWZ_CONFIG", "WWZ_DATABASE", "WWZ_EIGEN", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(Fout) as found:
        load_settings(written(tmp_path, text))
    return found.value.zinnen


# --- the shipped file ----------------------------------------------------------------------------------


def uncommented(text: str) -> list[str]:
    """Keys and empty tables without a comment right above (an empty table: or right below)."""
    lines = text.splitlines()
    missing = []
    for i, line in enumerate(lines):
        above = i > 0 and lines[i - 1].startswith("#")
        below = i + 1 < len(lines) and lines[i + 1].startswith("#")
        is_key = "=" in line and not line.startswith("#")
        following = next((other for other in lines[i + 1 :] if other and not other.startswith("#")), "[end]")
        is_empty_table = line.startswith("[") and following.startswith("[")
        if (is_key and not above) or (is_empty_table and not (above or below)):
            missing.append(line.split("=")[0].strip())
    return missing


def test_every_key_has_a_comment():
    assert uncommented(TEXT) == []


def test_the_test_on_comments_can_fail():
    assert uncommented("[a]\n# uitleg\nx = 1\ny = 2\n") == ["y"]
    assert uncommented("[a]\n\n[b]\n# leeg, met uitleg\n") == ["[a]"]


def test_every_setting_is_in_the_file_and_every_key_is_a_setting():
    assert set(WHERE) == {field.name for field in fields(Settings)}
    for section, key in WHERE.values():
        assert section in SHIPPED, section
        assert key is None or key in SHIPPED[section], (section, key)
    known = {(section, key) for section, keys in KEYS.items() for key in keys}
    limits = {("grenzen", naam) for naam in LIMITS}
    assert limits < known and limits <= {("grenzen", naam) for naam in SHIPPED["grenzen"]}
    assert known - limits == {place for place in WHERE.values() if place[1]}
    found = {(section, key) for section, keys in SHIPPED.items() if section != "gebieden" for key in keys}
    assert found == known


def test_the_shipped_values_are_the_defaults():
    assert load_settings(CONFIG) == Settings()


def test_the_network_is_not_used_unless_asked():
    assert Settings().achtergrond is False and Settings().host == "127.0.0.1"


# --- reading -------------------------------------------------------------------------------------------


def test_all_keys_are_read(tmp_path):
    text = """
[gebied]
naam = "Streek"
[invoer]
mappen = ["in", "/ergens/anders"]
max_megabyte = 12
[invoer.jaren]
"cijfers.csv" = 2023
[opslag]
database = "uit/x.duckdb"
[privacy]
minimum = 25
[kaart]
achtergrond = true
[gebieden]
"Centrum" = ["BU99010101", "BU0363AA01"]
[organisatie]
naam = "Gemeente Duinmonde"
contact = "post@duinmonde.example"
logo = "merk/logo.svg"
[server]
host = "0.0.0.0"
poort = 9000
"""
    found = load_settings(written(tmp_path, text))
    assert found == Settings(
        naam="Streek",
        mappen=(tmp_path / "in", Path("/ergens/anders")),
        max_megabyte=12,
        jaren=(("cijfers.csv", 2023),),
        database=tmp_path / "uit" / "x.duckdb",
        minimum=25,
        achtergrond=True,
        gebieden=(("Centrum", ("BU99010101", "BU0363AA01")),),
        organisatie="Gemeente Duinmonde",
        contact="post@duinmonde.example",
        logo=tmp_path / "merk" / "logo.svg",
        host="0.0.0.0",
        poort=9000,
    )


def test_an_empty_file_is_all_defaults(tmp_path):
    assert load_settings(written(tmp_path, "")) == Settings()


def test_a_missing_default_file_is_all_defaults(tmp_path):
    assert load_settings(tmp_path / "weg.toml") == Settings()


def test_a_limit_is_the_default_unless_it_is_set(tmp_path):
    found = load_settings(written(tmp_path, "[grenzen]\nvensters_per_adres = 30\n")).grenzen
    assert found["vensters_per_adres"] == 30
    assert {naam: found[naam] for naam in LIMITS if naam != "vensters_per_adres"} == {
        naam: limit.standaard for naam, limit in LIMITS.items() if naam != "vensters_per_adres"
    }


def test_a_limit_where_an_earlier_version_had_it_still_holds(tmp_path):
    text = "[server]\ntegelijk = 3\nvensters_per_adres = 30\n[grenzen]\nvensters_per_adres = 40\n"
    found = load_settings(written(tmp_path, text)).grenzen
    assert (found["schermen_tegelijk"], found["vensters_per_adres"]) == (3, 40)


@pytest.mark.parametrize("naam", LIMITS)
def test_beyond_a_limit_there_is_a_plain_sentence(naam):
    said = Limits(((naam, 7),)).beyond(naam)
    assert said.endswith(".") and "{" not in said
    assert ("7" in said) == ("{grens}" in LIMITS[naam].zin)


def test_settings_never_change():
    with pytest.raises(AttributeError):
        Settings().naam = "x"


def test_the_environment_names_another_file(tmp_path, monkeypatch):
    monkeypatch.setenv("WWZ_CONFIG", str(written(tmp_path, '[gebied]\nnaam = "Elders"\n')))
    assert load_settings().naam == "Elders"


def test_a_file_that_was_asked_for_must_exist(tmp_path, monkeypatch):
    monkeypatch.setenv("WWZ_CONFIG", str(tmp_path / "weg.toml"))
    with pytest.raises(Fout, match=r"weg\.toml"):
        load_settings()


# --- mistakes ------------------------------------------------------------------------------------------

WRONG = {
    '[gebied]\nnaamm = "x"': "bedoelt u naam?",
    "[gebiet]\nnaam = 1": "bedoelt u gebied?",
    "[iets]\nx = 1": "haal de regel weg",
    "[gebied]\nnaam = 3": "tekst",
    "gebied = 3": "tabel",
    '[invoer]\nmappen = "in"': "lijst",
    "[invoer]\nmappen = [1]": "invoer.mappen",
    '[invoer]\nmappen = [""]': "invoer.mappen",
    "[invoer]\nmax_megabyte = 0": "tussen 1 en",
    "[invoer]\nmax_megabyte = 1.5": "heel getal",
    '[invoer.jaren]\n"a.csv" = "2023"': "2023",
    '[invoer.jaren]\n"a.csv" = 1823': "1823",
    '[invoer.jaren]\n"a.csv" = true': "a.csv",
    "[opslag]\ndatabase = 1": "tekst",
    "[privacy]\nminimum = true": "heel getal",
    "[privacy]\nminimum = -1": "tussen 0 en",
    '[privacy]\nminimum = "tien"': "tien",
    '[kaart]\nachtergrond = "ja"': "true of false",
    '[server]\npoort = "8501"': "heel getal",
    "[server]\npoort = 0": "tussen 1 en 65535",
    "[server]\npoort = 65536": "tussen 1 en 65535",
    '[gebieden]\nx = ["GM0518"]': "GM0518",
    "[gebieden]\nx = []": "lege lijst",
    '[gebieden]\nx = "BU05180101"': "BU05180101",
    "[gebieden]\nx = [5]": "buurtcodes",
    "gebieden = 5": "[gebieden]",
    '[log]\nvorm = "xml"': "tekst, json",
    "[server]\nmetingen_poort = 70000": "tussen 0 en 65535",
    "[grenzen]\nvraag_seconden = 0": "tussen 1 en 3600",
    '[grenzen]\nuitvoer_megabyte = "veel"': "heel getal",
    "[grenzen]\nschermen_tegelijkk = 4": "bedoelt u schermen_tegelijk?",
    "grenzen = 5": "[grenzen]",
    "[server]\ntegelijk = 0": "grenzen.schermen_tegelijk",
    "[server]\ntegelijk = true": "grenzen.schermen_tegelijk",
}


@pytest.mark.parametrize("text", WRONG)
def test_one_mistake_is_one_sentence_that_names_the_place(tmp_path, text):
    said = mistakes(tmp_path, text)
    assert len(said) == 1, said
    assert WRONG[text] in said[0] and said[0].startswith("config.toml")
    assert re.search(r"[a-z)\]0-9'][.?]$", said[0]), said[0]


def test_all_mistakes_are_told_together(tmp_path):
    many = mistakes(
        tmp_path,
        '[gebied]\nnaamm = "x"\n[privacy]\nminimum = "tien"\n[server]\npoort = 99999\n[nog]\na = 1\n'
        '[gebieden]\n"Mijn" = ["GM0518"]\n[kaart]\nachtergrond = 1\n',
    )
    assert len(many) == 6
    for word in ("naamm", "minimum", "poort", "nog", "GM0518", "achtergrond"):
        assert any(word in sentence for sentence in many), word


@pytest.mark.parametrize("text", ["naam = ", "[gebied\n", "[a]\n[a]\n", 'x = "open'])
def test_broken_toml_is_told_in_dutch_with_the_line(tmp_path, text):
    said = mistakes(tmp_path, text)
    assert len(said) == 1
    assert not re.search(
        r"\b(at|line|column|invalid|expected|unterminated|cannot)\b", said[0], re.IGNORECASE
    ), said


def test_a_wrong_encoding_is_told(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes('[gebied]\nnaam = "Súdwest"'.encode("latin-1"))
    with pytest.raises(Fout, match="UTF-8"):
        load_settings(path)
