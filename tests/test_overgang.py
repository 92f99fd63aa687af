"""Is an area of another year the same area? Only with evidence, and never by its code alone."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from invoer_hulp import SIDE, Answers, built, real, squares

# Ten buurten that stay as they are, so that one changed buurt does not make the gemeente look recoded.
QUIET = [f"BU990199{i:02d}" for i in range(10)]
CODE = "BU99010001"


def now(
    year: int = 2023,
    *,
    land=None,
    naam="Dorp",
    gemeente="Voorbeeld",
    vlag=None,
    code: str = CODE,
    shift: float = 0.0,
    grens: bool = True,
    figures: int | None = None,
) -> pd.DataFrame:
    """One year of the made-up gemeente: the quiet buurten and the one the test is about."""
    codes = [*QUIET, code]
    frame = squares(codes).drop(columns=["jaar", "buurtnaam"])
    frame.loc[10, "geometry"] = frame.geometry[10] if not shift else frame.translate(shift, 0)[10]
    frame = frame.assign(jaar=year, gemeentenaam=gemeente, aantal_inwoners=1000)
    frame["buurtnaam"] = [*(f"Stil {i}" for i in range(10)), naam]
    frame["OppervlakteLand_1"] = [*[100] * 10, land]
    if vlag is not None:
        frame["IndelingswijzigingWijkenEnBuurten_4"] = [*["1"] * 10, vlag]
    if figures is not None:
        frame["aantal_inwoners"] = figures
    if naam is None:
        frame = frame.drop(columns="buurtnaam")
    return frame if grens else pd.DataFrame(frame.drop(columns="geometry"))


def status(tmp_path, *frames: pd.DataFrame) -> dict[str, str]:
    """Build from one file per frame; the verdict on the buurt the test is about, per older year."""
    folder = tmp_path / "in"
    folder.mkdir()
    for i, frame in enumerate(frames):
        if "geometry" in frame:
            frame.to_file(folder / f"{i}.gpkg")
        else:
            frame.to_csv(folder / f"{i}.csv", index=False)
    ask, _ = built(tmp_path, folder, only=("overgang",))
    found = ask(f"select indeling, status from overgang where code = '{CODE}'")
    return {int(year): verdict for year, verdict in found.itertuples(index=False)}


def old(year: int = 2020, **change) -> pd.DataFrame:
    return now(year, grens=False, **change)


# Before, after, verdict.
CASES = [
    # What each kind of evidence says by itself.
    (old(land=100, naam=None), now(land=100, naam=None), "gelijk"),
    (old(land=100, naam=None), now(land=101, naam=None), "gelijk"),
    (old(land=100, naam=None), now(land=110, naam=None), "gewijzigd"),
    (old(naam="Dorp"), now(naam="Dorp"), "gelijk"),
    (old(naam="Dorp"), now(naam="DÓRP "), "gelijk"),
    (old(naam="Dorp"), now(naam="Nieuw-Dorp"), "gewijzigd"),
    (old(naam="Zeeheldenbuurt I"), now(naam="Zeeheldenbuurt II"), "gewijzigd"),
    (old(naam=None), now(naam=None), "onbekend"),
    # A code that was used again: any contradiction wins from any agreement.
    (old(land=100, naam="Oude Haven"), now(land=100, naam="Nieuwe Kern"), "gewijzigd"),
    (old(land=50, naam="Dorp"), now(land=100, naam="Dorp"), "gewijzigd"),
    (
        old(land=100, naam=None, gemeente="Voorbeeld"),
        now(land=100, naam=None, gemeente="Elders"),
        "gewijzigd",
    ),
    (
        old(land=100, naam=None, gemeente="Hengelo"),
        now(land=100, naam=None, gemeente="Hengelo (O.)"),
        "gelijk",
    ),
    # The change flag of CBS: 1 not changed, 2 another code, 3 other borders; it compares with the year before.
    (old(2022, naam=None), now(naam=None, vlag="1"), "gelijk"),
    (old(2022, land=100), now(land=100, vlag="2"), "gewijzigd"),
    (old(2022, land=100), now(land=100, vlag="3"), "gewijzigd"),
    (old(2020, naam=None), now(naam=None, vlag="1"), "onbekend"),
    (old(2020, land=100), now(land=100, vlag="3"), "gewijzigd"),
    # Figures newer than the map: the flag of the newer year counts.
    (old(2024, naam=None, vlag="1"), now(naam=None), "gelijk"),
    (old(2024, land=100, vlag="3"), now(land=100), "gewijzigd"),
    # The boundary itself, when both years have one.
    (now(2020, naam=None), now(naam=None), "gelijk"),
    (now(2020, naam=None, shift=50), now(naam=None), "gelijk"),
    (now(2020, land=100, naam="Dorp", shift=3 * SIDE), now(land=100, naam="Dorp"), "gewijzigd"),
    # Gone.
    (old(land=100), now(land=100, code="BU99010002"), "vervallen"),
]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """All cases in one build, each in a gemeente of its own: gemeente and year → verdict."""
    work = tmp_path_factory.mktemp("gevallen")
    folder = work / "in"
    folder.mkdir()
    frames: dict[tuple[int, bool], list[pd.DataFrame]] = {}
    for i, (before, after, _) in enumerate(CASES):
        for frame in (before, after):
            own = frame.assign(buurtcode=frame["buurtcode"].str.replace("9901", str(9100 + i)))
            frames.setdefault((int(own["jaar"].iloc[0]), "geometry" in own), []).append(own)
    for (year, drawn), parts in frames.items():
        whole = pd.concat(parts, ignore_index=True)
        if drawn:
            gpd.GeoDataFrame(whole, crs="EPSG:28992").to_file(folder / f"{year}.gpkg")
        else:
            whole.to_csv(folder / f"{year}.csv", index=False)
    ask, _ = built(work, folder, only=("overgang",))
    return ask(f"select code, indeling, status from overgang where code like 'BU%{CODE[-4:]}'").set_index(
        ["code", "indeling"]
    )["status"]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_verdict(verdicts, number):
    before, _, verdict = CASES[number]
    assert verdicts[CODE.replace("9901", str(9100 + number)), before["jaar"].iloc[0]] == verdict


def test_a_change_reported_in_between_counts(tmp_path):
    found = status(
        tmp_path, old(2021, land=100), old(2022, land=100, vlag="3"), now(2023, land=100, vlag="1")
    )
    assert found == {2021: "gewijzigd", 2022: "gelijk", 2023: "gelijk"}


def test_unchanged_every_year_is_unchanged(tmp_path):
    found = status(
        tmp_path, old(2021, naam=None), old(2022, naam=None, vlag="1"), now(2023, naam=None, vlag="1")
    )
    assert found[2021] == "gelijk"


def recoded(year: int, lands: list[int], naam: bool) -> pd.DataFrame:
    frame = now(year, grens=year == 2023)
    frame["OppervlakteLand_1"] = lands
    frame["buurtnaam"] = [f"N{year if i < 6 and naam else 0}-{i}" for i in range(11)]
    return frame if naam else frame.drop(columns="buurtnaam")


@pytest.mark.parametrize(("naam", "verdict"), [(False, "hernummerd"), (True, "gelijk")])
def test_in_a_recoded_gemeente_equal_land_alone_is_chance(tmp_path, naam, verdict):
    before, after = (
        [*range(10, 70, 10), 100, 100, 100, 100, 100],
        [*range(60, 0, -10), 100, 100, 100, 100, 100],
    )
    assert status(tmp_path, recoded(2020, before, naam), recoded(2023, after, naam))[2020] == verdict


def test_figures_follow_the_verdict_and_the_report_says_so(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    old(land=100, naam="Oude Haven", figures=400).to_csv(folder / "oud.csv", index=False)
    now(land=100, naam="Nieuwe Kern").to_file(folder / "nu.gpkg")
    ask, _ = built(tmp_path, folder)
    found = ask(
        "select gebied from variabele_gebied where variabele = 'inwoners' and jaar = 2020 and gebied like 'BU%'"
    )["gebied"]
    assert sorted(found) == QUIET
    assert (
        ask("select tekst from melding where ernst = 'afgekeurd'")["tekst"]
        .str.startswith("1 buurt van 2020 heeft nu een andere")
        .any()
    )


@pytest.fixture(scope="module")
def country(nederland_store):
    """What the build says of the areas of 2020 beside those of 2024."""
    rows = Answers(nederland_store.path)(
        "select code, status from overgang where indeling = 2020 and code like 'BU%'"
    )
    return rows.set_index("code")["status"]


def test_real_names_agree_with_the_verdict(country, nederland_data):
    # The build has no names of 2020; this list does, so it is independent evidence.
    names = pd.read_parquet(real("statline", "84799NED", "cbs.v3.84799NED_WijkenEnBuurten.parquet"))
    then = pd.Series(names["Title"].str.strip().to_numpy(), index=names["Key"].str.strip())
    now_ = pyogrio.read_dataframe(
        nederland_data / "buurten2024_kwb_85984NED.gpkg", read_geometry=False
    ).set_index("buurtcode")["buurtnaam"]
    both = pd.DataFrame({"status": country, "toen": then, "nu": now_}).dropna()
    bare = {
        c: both[c].str.normalize("NFKD").str.lower().str.replace(r"[^a-z0-9]", "", regex=True)
        for c in ("toen", "nu")
    }
    same = bare["toen"] == bare["nu"]
    per = same.groupby(both["status"]).mean()
    assert per["gelijk"] > 0.97 and per["gewijzigd"] < 0.75
    assert (both["status"] == "gelijk").sum() > 11_000


def test_real_health_figures_agree_with_the_verdict(country, nederland_data):
    old_table = pd.read_parquet(nederland_data / "gezondheid2020_50120NED_18plus.parquet")
    then = pd.Series(
        old_table["ErvarenGezondheidGoedZeerGoed_4"].to_numpy(),
        index=old_table["WijkenEnBuurten"].str.strip(),
    )
    new = pyogrio.read_dataframe(
        nederland_data / "buurten2024_kwb_85984NED.gpkg", read_geometry=False
    ).set_index("buurtcode")
    frame = pd.DataFrame(
        {"status": country, "verschil": (new["goedErvarenGezondheid_2020"] - then).abs()}
    ).dropna()
    far = (frame["verschil"] > 4).groupby(frame["status"]).mean()
    # The same year, modelled anew on the areas of 2024: a large difference betrays another area.
    assert far["gelijk"] < 0.01 and far["gewijzigd"] > 5 * far["gelijk"]


def test_real_amsterdam_is_recoded_as_a_whole(country):
    amsterdam = country[country.index.str.startswith("BU0363")]
    assert len(amsterdam) > 400 and set(amsterdam) == {"vervallen"}
