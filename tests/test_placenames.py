"""People say Den Haag: that is on screen and can be found, with the official name behind it."""

import json

import duckdb
import pytest

from wwz.ask.area import find_area
from wwz.base.paths import SQL
from wwz.fetch.gemeenten import choose
from wwz.knowledge import load_toml
from wwz.knowledge.placenames import official_names, usual

ROWS = load_toml("plaatsnamen.toml")["gemeente"]


def test_the_screen_says_den_haag_and_keeps_the_official_name(denhaag_store):
    row = denhaag_store.areas().set_index("code").loc["GM0518"]
    assert (row["naam"], row["officieel"]) == ("Den Haag", "'s-Gravenhage")
    assert set(denhaag_store.areas()["gemeentenaam"].dropna()) == {"Den Haag"}
    assert find_area(denhaag_store, ["GM0518"]).naam == denhaag_store.about()["gemeenten"] == "Den Haag"


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("'s-Gravenhage (gemeente)", "Den Haag"),
        ("'s-Hertogenbosch", "Den Bosch"),
        ("Utrecht (gemeente)", "Utrecht"),
        ("Bergen (L.)", "Bergen (Limburg)"),
        ("Zoetermeer", "Zoetermeer"),
    ],
)
def test_what_people_call_a_gemeente(official, said):
    assert usual(official) == said


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("Wijk 01 West", "West"),
        ("Wijk 12", "Wijk 12"),
        ("Wijk 03 (Dorp e.o.)", "Dorp e.o."),
        ("Moerwijk", "Moerwijk"),
        ("Wijk aan Zee", "Wijk aan Zee"),
        # Two of one gemeente that would be called the same keep their number.
        ("Wijk 04 Zuid", "Wijk 04 Zuid"),
        ("Wijk 05 Zuid", "Wijk 05 Zuid"),
    ],
)
def test_a_wijk_has_one_name_everywhere_without_its_number(official, said):
    with duckdb.connect() as connection:
        connection.execute("create table plaatsnaam (officieel varchar, naam varchar, ook varchar)")
        connection.execute(
            "create table gebied as select * from (values ('Wijk 01 West', 'G'), ('Wijk 12', 'G'), ('Wijk 03 (Dorp e.o.)', 'G'), "
            "('Moerwijk', 'G'), ('Wijk aan Zee', 'G'), ('Wijk 04 Zuid', 'G'), ('Wijk 05 Zuid', 'G'), ('Wijk 01 West', 'H')) "
            "w(naam, gemeente), (values ('wijk', '')) n(niveau, gemeentenaam)"
        )
        connection.execute(next(SQL.rglob("*_plaatsnaam.sql")).read_text(encoding="utf-8"))
        found = connection.execute(
            "select distinct naam from gebied where officieel = $1", [official]
        ).fetchall()
    assert found == [(said,)]


def test_every_name_leads_to_one_gemeente_that_exists(nederland_data):
    """Two gemeenten never get the same name on screen, and each can be asked for by all its names."""
    places = json.loads((nederland_data / "gemeenten_2024.geojson").read_text(encoding="utf-8"))
    known = {f["properties"]["gemeentecode"]: f["properties"]["gemeentenaam"] for f in places["features"]}
    assert {row["officieel"] for row in ROWS} <= set(known.values())
    assert len({usual(name) for name in known.values()}) == len(known)
    for spoken, official in official_names().items():
        assert [name for _, name in choose((spoken,), known)] == [official]


def test_every_name_has_a_known_source():
    sources = load_toml("plaatsnamen.toml")["bron"]
    assert all(row["bron"] in sources and row["merk"] in ("S", "A") for row in ROWS)
