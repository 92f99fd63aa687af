"""A forecast of the municipality's own: checked the same way, and the buurten add up to it."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from wwz.ask.area import find_area
from wwz.ask.outlookwords import forecast_used
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.own import forecast as ownforecast
from wwz.own.ledger import Botsing
from wwz.store import Store

KNOWN = {"GM9901": "Een", "GM9902": "Twee"}
BANDS = list(ownforecast.bands())
HEAD = "gemeente;jaar;band;aantal\n"


def text(gemeente: str = "GM9901", jaar: int = 2040, aantal: int = 100) -> str:
    return "".join(f"{gemeente};{jaar};{band};{aantal}\n" for band in BANDS)


def checked(body: str) -> list[ownforecast.Prognose]:
    return ownforecast.check((HEAD + body).encode(), "p.csv", KNOWN, "ik", "Primos")


def wrong(body: str) -> str:
    with pytest.raises(Fout) as caught:
        checked(body)
    return "\n".join(caught.value.zinnen)


def test_a_good_forecast_is_read():
    rows = checked(text() + text("GM9902", 2050, 7))
    assert len(rows) == 14
    assert {(r.gemeente, r.jaar, r.aantal, r.wie, r.bron) for r in rows} == {
        ("GM9901", 2040, 100, "ik", "Primos"),
        ("GM9902", 2050, 7, "ik", "Primos"),
    }


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("GM0001;2040;0_15;5\n", "'GM0001' staat niet in de gegevens"),
        ("GM9901;2041;0_15;5\n", "jaar '2041' kan niet"),
        ("GM9901;2040;80plus;5\n", "band '80plus' bestaat niet"),
        ("GM9901;2040;0_15;-5\n", "is negatief"),
        ("GM9901;2040;0_15;<5\n", "is geen getal"),
        ("GM9901;2040;0_15;=A1\n", "is een formule"),
        (text() + "GM9901;2040;0_15;5\n", "staat er 2 keer in"),
        ("GM9901;2040;0_15;5\n", "ontbreken de banden 15_25"),
        (text(aantal=0), "samen 0 inwoners"),
        ("", "geen regels"),
    ],
)
def test_every_mistake_is_named(body, part):
    assert part in wrong(body)


def test_without_a_source_nothing_is_read():
    with pytest.raises(Fout) as told:
        ownforecast.check((HEAD + text()).encode(), "p.csv", KNOWN, "ik", " ")
    assert list(told.value.zinnen) == ["Vul in welke prognose het is. Bijvoorbeeld: Primos 2024."]


def test_all_mistakes_come_together():
    found = wrong("GM0001;2040;0_15;5\nGM9901;1900;0_15;5\nGM9901;2040;x;y\n")
    assert (
        "staan 4 fouten" in found
        and "Regel 2" in found
        and "Regel 3" in found
        and found.count("Regel 4") == 2
    )


def test_a_forecast_is_kept_per_gemeente_and_can_go(tmp_path):
    path = tmp_path / "wwz.duckdb"
    ownforecast.keep(path, checked(text()))
    ownforecast.keep(path, checked(text("GM9902", 2050, 7)))
    ownforecast.keep(path, checked(text(jaar=2030)))
    assert sorted({(p.gemeente, p.jaar) for p in ownforecast.read(path)}) == [
        ("GM9901", 2030),
        ("GM9902", 2050),
    ]
    ownforecast.remove(path, "ik")
    assert ownforecast.read(path) == []
    # What it was can still be seen, and who took it away.
    assert ownforecast.SHELF.entries(path)[-1].was and ownforecast.SHELF.entries(path)[-1].wie == "ik"


def test_who_replaces_a_forecast_that_another_just_replaced_is_told(tmp_path):
    path = tmp_path / "wwz.duckdb"
    ownforecast.keep(path, checked(text()))
    seen = ownforecast.latest(path)
    ownforecast.keep(path, checked(text(aantal=200)), gezien=seen)
    with pytest.raises(
        Botsing,
        match=r"ik wijzigde dit op \d\d-\d\d-20\d\d .*: er staat nu '200, Primos', en u wilde '300, Primos'",
    ):
        ownforecast.keep(path, checked(text(aantal=300)), gezien=seen)
    with pytest.raises(Botsing):
        ownforecast.remove(path, "Cees", gezien=seen)
    # Another gemeente is nobody's business; and who looked again may.
    ownforecast.keep(path, checked(text("GM9902")), gezien=seen)
    assert {p.aantal for p in ownforecast.read(path) if p.gemeente == "GM9901"} == {200}
    ownforecast.remove(path, "Bert", gezien=ownforecast.latest(path))
    with pytest.raises(Botsing, match="Bert wijzigde dit"):
        ownforecast.keep(path, checked(text(aantal=400)), gezien=seen)
    assert ownforecast.read(path) == []


@pytest.fixture(scope="module")
def with_forecast(voorbeeld_folder, tmp_path_factory) -> tuple[Store, pd.DataFrame]:
    """The example region (without points) with a forecast of one gemeente for 2030 and 2040, and the path without it."""
    folder = tmp_path_factory.mktemp("zonder_punten")
    for file in voorbeeld_folder.iterdir():
        if file.name not in ("adressen.parquet", "voorzieningen.geojson"):
            shutil.copy(file, folder)
    database = tmp_path_factory.mktemp("prognose") / "wwz.duckdb"
    build(Settings(), (folder,), database=database)
    before = Store(database).ask("prognose_gemeente")
    lines = [
        f"GM9901;{r.jaar};{r.band};{round(r.aantal * (1.5 if r.jaar == 2040 else 1.1))}\n"
        for r in before.itertuples()
        if r.gemeente == "GM9901" and r.jaar in (2030, 2040)
    ]
    ownforecast.keep(database, checked("".join(lines)))
    build(Settings(), (folder,), database=database)
    return Store(database), before


@pytest.mark.lang
def test_the_buurten_add_up_to_the_own_forecast(with_forecast):
    store, before = with_forecast
    key = ["gemeente", "jaar", "band"]
    both = store.ask("prognose_gemeente").merge(before, on=key, suffixes=("", "_oud"))
    factor = (both["aantal"] / both["aantal_oud"]).where(both["aantal_oud"] > 50)
    for gemeente, jaar, expected in (
        # Held before the first year and after the last one, straight in between.
        ("GM9901", 2025, 1.1), ("GM9901", 2030, 1.1), ("GM9901", 2035, 1.3), ("GM9901", 2040, 1.5), ("GM9901", 2050, 1.5),
        ("GM9902", 2040, 1.0),
    ):  # fmt: skip
        found = factor[(both["gemeente"] == gemeente) & (both["jaar"] == jaar)].dropna()
        assert len(found) >= 5
        assert found.tolist() == pytest.approx([expected] * len(found), rel=0.01), (gemeente, jaar)


def test_the_screen_says_which_forecast_it_follows(with_forecast):
    store, _ = with_forecast
    assert "die van de gemeente zelf" in (own := forecast_used(store, find_area(store, ["GM9901"])))
    assert "Primos" in own and "opgegeven door ik" in own
    assert "de landelijke" in forecast_used(store, find_area(store, ["GM9902"]))
    assert "De andere gemeenten" in forecast_used(store, find_area(store, ["GM9901", "GM9902"]))
