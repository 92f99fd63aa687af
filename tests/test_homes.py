"""Lists of addresses: only what stands there now with a woonfunctie is a home, and each object once."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
from invoer_hulp import CODES, X, Y, built, four_buurten, only_distances, read, real, texts
from shapely.geometry import Point

from wwz.base.errors import Fout
from wwz.sources.homes import homes
from wwz.sources.reading import Report, Table

VBO = "0221010000330226"


def which(**columns) -> list[bool]:
    """Which rows of a list with these columns are homes."""
    return homes(Table("bag.csv", "", pd.DataFrame(columns)), Report())["woning"].tolist()


@pytest.mark.parametrize(
    "column",
    ["gebruiksdoel", "verblijfsobjectgebruiksdoel", "Gebruiksdoelen", "gebruiksdoelVerblijfsobject"],
)
@pytest.mark.parametrize(
    ("home", "office"),
    [
        ("woonfunctie", "kantoorfunctie"), ("Woonfunctie", "overige gebruiksfunctie"), ("{woonfunctie,winkelfunctie}", "{kantoorfunctie}"),
        ('["winkelfunctie", "woonfunctie"]', '["winkelfunctie"]'), ("(2:winkelfunctie,woonfunctie)", "(1:winkelfunctie)"),
        ("winkelfunctie; woonfunctie", "industriefunctie;kantoorfunctie"), (["winkelfunctie", "woonfunctie"], ["logiesfunctie"]),
        ("winkelfunctie|woonfunctie", ""), ("woonfunctie", None),
    ],
)  # fmt: skip
def test_only_a_woonfunctie_is_a_home_however_it_is_written(column, home, office):
    assert which(**{column: [home, home, office]}) == [True, True, False]


@pytest.mark.parametrize(
    ("column", "main", "side"),
    [
        ("nevenadres", "f", "t"), ("nevenadres", "False", "True"), ("nevenadres", 0, 1), ("nevenadres", "N", "J"), ("nevenadres", False, True),
        ("typeadres", "Hoofdadres", "Nevenadres"), ("hoofdadres", "ja", "nee"), ("hoofdadres", True, False),
    ],
)  # fmt: skip
def test_a_nevenadres_is_no_home(column, main, side):
    assert which(**{column: [main, side, side]}) == [True, False, False]


def test_each_object_counts_once_however_its_number_is_written():
    numbers = [VBO, VBO[1:], f"{int(VBO)}.0", f"NL.IMBAG.Verblijfsobject.{VBO}", "0221010000330999"]
    assert which(object_id=numbers) == [True, False, False, False, True]
    assert which(object_id=["N1", "N1", "n1", "N2"]) == [True, False, False, True]
    assert which(adresseerbaarobject_id=[int(VBO), int(VBO)]) == [True, False]
    # A number that a spreadsheet rounded, a counter, and the building they are in do not tell homes apart.
    assert which(object_id=["2,21E+14", "2,21E+14"]) == [True, True]
    assert which(pandidentificatie=["0221100000312938"] * 2) == [True, True]
    with pytest.raises(Fout, match="lijst van panden"):
        which(identificatie=["0221100000312938", "0221100000312939"])


@pytest.mark.parametrize(
    ("status", "there"),
    [
        ("Verblijfsobject in gebruik", True), ("Verblijfsobject in gebruik (niet ingemeten)", True), ("Verbouwing verblijfsobject", True),
        ("VerblijfsobjectInGebruik", True), ("Plaats aangewezen", True), ("", True), ("Verblijfsobject ingetrokken", False),
        ("Niet gerealiseerd verblijfsobject", False), ("NietGerealiseerdVerblijfsobject", False), ("Verblijfsobject gevormd", False),
        ("Verblijfsobject ten onrechte opgevoerd", False), ("Plaats ingetrokken", False), ("Verblijfsobject buiten gebruik", False),
    ],
)  # fmt: skip
def test_what_has_ended_or_is_not_built_is_left_out(status, there):
    assert which(status=[status], postcode=["3811AA"]) == which(verblijfsobjectstatus=[status]) == [there]
    assert which(pandstatus=["Pand in gebruik", "Bouw gestart", "Pand gesloopt"]) == [True, False, False]


def test_of_several_voorkomens_the_one_that_holds_now():
    dates = ["2019-01-15", "20190327", "15-11-2019", None]
    objects, number = [VBO] * 4, [1, 2, 3, 4]
    assert which(identificatie=objects, eindGeldigheid=dates) == [False, False, False, True]
    assert which(
        identificatie=objects,
        eindRegistratie=["2019-01-15T15:18:40", "2019-03-29", "2019-11-19", "9999-12-31"],
    )[3]
    assert which(identificatie=objects, voorkomenIdentificatie=number) == [False, False, False, True]
    # The last one says that the home is gone; one that starts later does not hold yet.
    gone = ["Verblijfsobject in gebruik"] * 3 + ["Verblijfsobject ingetrokken"]
    assert which(identificatie=objects, voorkomenIdentificatie=number, status=gone) == [False] * 4
    later = ["2011-09-06", "2019-01-15", "2019-03-27", "2999-01-01"]
    assert which(identificatie=objects, voorkomenIdentificatie=number, beginGeldigheid=later) == [
        False,
        False,
        True,
        False,
    ]


def test_a_list_without_use_is_told_so(tmp_path):
    path = tmp_path / "adressen.csv"
    path.write_text(
        f"postcode;huisnummer;object_id;x;y\n3811AA;1;{VBO};{X};{Y}\n3811AA;3;{VBO[:-1]}7;{X};{Y}\n"
    )
    _, report = read(path)
    assert any("geen gebruiksdoel" in t for t in texts(report, "let_op"))
    assert which(gebruiksdoel=["A", "B"]) == [True, True]


@pytest.fixture
def town(tmp_path, monkeypatch):
    only_distances(monkeypatch)
    folder = four_buurten(tmp_path)
    (folder / "apotheken.csv").write_text(f"naam;x;y\nA;{X + 500};{Y + 500}\n")
    return folder


HEAD = "postcode;huisnummer;gebruiksdoel;object_id;nevenadres;x;y\n"
# 450 households in the first buurt: 300 homes far from the pharmacy. An office of 200 and one home with 200 addresses stand beside it.
FAR = [f"3811AA;{n};woonfunctie;N{n};f;{X + 20};{Y + 20}" for n in range(300)]
OFFICES = [f"3811AB;{n};kantoorfunctie;K{n};f;{X + 500};{Y + 510}" for n in range(200)]
SIDES = [f"3811AC;{n};woonfunctie;H;{'t' if n else 'f'};{X + 500};{Y + 490}" for n in range(200)]


@pytest.mark.parametrize(
    ("more", "near"), [([], 0), (OFFICES, 0), (SIDES, 1)], ids=["homes", "offices", "nevenadressen"]
)
def test_offices_and_nevenadressen_bring_nobody_nearer(town, tmp_path, more, near):
    (town / "bag.csv").write_text(HEAD + "\n".join(FAR + more))
    # An office still tells where its postcode lies.
    (town / "huisartsen.csv").write_text("naam;postcode;huisnummer\nH;3811AB;7\n")
    ask, report = built(tmp_path, town)
    (row,) = ask(
        f"select * from bereik_buurt where bereik = 'apotheek' and meter = 500 and buurt = '{CODES[0]}'"
    ).itertuples()
    assert row.herkomst == "adressen" and row.binnen == pytest.approx(near / (300 + near))
    assert ask("select count(*) as n from punt where soort = 'huisarts'")["n"].tolist() == [
        int(more == OFFICES)
    ]
    assert not [t for t in texts(report, "let_op") if "lopen ver uiteen" in t]


def test_an_object_in_two_files_is_one_home_and_a_wrong_number_of_homes_is_told(town, tmp_path):
    rows = [f"3811AA;{n};woonfunctie;022101{n:010};f;{X + n};{Y + 20}" for n in range(280)]
    (town / "bag.csv").write_text(HEAD + "\n".join(rows))
    (town / "bag 2.csv").write_text(HEAD + "\n".join(rows[:200]))
    _, report = built(tmp_path, town)
    # 280 homes of 450: a factor 1.6, once each.
    (told,) = [t for t in texts(report, "let_op") if "lopen ver uiteen" in t]
    assert "Buurt 001 (280 adressen, 450 woningen)" in told


def test_too_many_addresses_are_told(town, tmp_path):
    rows = [f"3811AA;{n};;;;{X + n};{Y + 20}" for n in range(700)]
    (town / "bag.csv").write_text(HEAD + "\n".join(rows))
    _, report = built(tmp_path, town)
    assert any("Buurt 001 (700 adressen, 450 woningen)" in t for t in texts(report, "let_op"))


def test_verblijfsobjecten_of_the_bag(tmp_path):
    """Two objects, one of them in four voorkomens; the other is no home. As JSON and as Kadaster's own xml."""
    for name in ("VBO_out.json", "0221VBO15092020-000001.xml"):
        (reading,), report = read(real("bewijs", "bag", name))
        assert reading.soort == "adressen" and reading.inhoud["woning"].tolist() == [True, False]
        assert reading.inhoud["object"].tolist() == [VBO, "0221010000330999"]
        assert reading.inhoud["pand"].tolist() == ["0221100000312938", "0221100000311191"]
        assert reading.inhoud["oppervlakte"].tolist() == [223, 18]
        assert reading.inhoud[["x", "y"]].iloc[0].tolist() == pytest.approx([206335.7, 447529.8], abs=0.2)
        assert any("1 van de 5 adressen" in t for t in texts(report, "info"))
    _, report = read(real("bewijs", "bag", "0221NUM15092020-000001.xml"))
    assert any("geen verblijfsobjecten" in t for t in texts(report, "afgekeurd"))


def test_points_with_a_use_and_a_code_are_homes_not_boundaries(tmp_path):
    frame = gpd.GeoDataFrame(
        {"buurtcode": CODES[:2], "gebruiksdoel": ["woonfunctie", "winkelfunctie"], "jaar": 2024},
        geometry=[Point(X, Y), Point(X + 5, Y)], crs="EPSG:28992",
    )  # fmt: skip
    (tmp_path / "vbo.geojson").write_text(json.dumps(json.loads(frame.to_crs(4326).to_json())))
    (reading,), _ = read(tmp_path)
    assert reading.soort == "adressen" and reading.inhoud["woning"].tolist() == [True, False]
