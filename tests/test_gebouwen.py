"""Homes without stairs, from what is known of their building: a wijk worked out by hand, and lists of buildings as they come."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from invoer_hulp import read, real, step, texts
from stappen_hulp import Bench

from wwz.base.paths import SQL
from wwz.build.knowledge_tables import knowledge_tables
from wwz.sources.bag import pand_of
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import buildings

WIJK = "BU99010101"
# Buildings of a mixed wijk: homes in each, floors, year, and how many such buildings.
MIXED = [(1, 2, 1960, 40), (10, 3, 1965, 3), (15, 8, 1975, 1), (15, 4, 2010, 1)]
FLATS, NEW = 60.0, 15.0
# Of each class how many homes are without stairs, halfway, and how far that may be off: half the width of its band.
# Houses 40 x .03-.2; portiek of three floors 30 x (.85/3 + .1 x 2/3) to (1/3 + .5 x 2/3); flat 15 x .85-1; new portiek of
# four floors 15 x (.85/4 + .5 x 3/4) to 1.
HALF = 4.6 + 15.25 + 13.875 + 11.90625
OFF = math.sqrt(3.4**2 + 4.75**2 + 1.125**2 + 3.09375**2)


def number(at: int, kind: str = "10") -> str:
    """Of the BAG."""
    return f"9901{kind}{at:010d}"


def said(tmp_path, rows, floors: bool = True, extra: int = 0) -> pd.DataFrame:
    """What the two rules say of one buurt with these buildings; `extra` objects that are no home are in each."""
    homes, panden = [], []
    for size, lagen, year, count in rows:
        for _ in range(count):
            pand = number(len(panden))
            panden.append((pand, None, year, lagen if floors else None))
            homes += [(WIJK, pand, 80.0, True, 2026)] * size + [(WIJK, pand, 200.0, False, 2026)] * extra
    bench = Bench(tmp_path / "wijk.duckdb")
    for name, frame in knowledge_tables(10, True).items():
        bench.load(name, frame)
    bench.load("gebied", pd.DataFrame({"code": [WIJK], "kleinste": [True]}))
    kinds = {"nummer": "str", "kenmerk": "str", "bouwjaar": "Int64", "bouwlagen": "Int64"}
    bench.load("pand", pd.DataFrame(panden, columns=list(kinds)).astype(kinds))
    bench.load("woning_pand", pd.DataFrame(homes, columns=["buurt", "pand", "oppervlakte", "woning", "jaar"]))
    variables = [(WIJK, 2023, "pct_meergezins", FLATS), (WIJK, 2023, "pct_bouwjaar_vanaf_2000", NEW)]
    bench.load("variabele_gebied", pd.DataFrame(variables, columns=["gebied", "jaar", "variabele", "waarde"]))
    for name in ("grens", "macro", "gebouw", "bewijs"):
        bench.run(step(name))
    for name in ("gebouw", "woningtype", "ruime_woning"):
        bench.run(SQL / "meetregels" / f"{name}.sql")
    question = tmp_path / "vraag.sql"
    question.write_text("select * from bewijs", encoding="utf-8")
    found = bench.read(question).set_index("hoe")
    bench.close()
    return found


def lacking(share: float, times: float) -> float:
    return 1 - times * share / (1 - share + times * share)


def test_a_mixed_wijk_on_paper_and_twice_as_narrow_as_from_the_type_of_dwelling(tmp_path):
    found = said(tmp_path, MIXED)
    share, off = HALF / 100, OFF / 100
    row, old = found.loc["gebouw"], found.loc["woning"]
    middle = lacking(share, 1.9)
    less = math.hypot(middle - lacking(share + off, 1.9), middle - lacking(share, 3.0))
    more = math.hypot(lacking(share - off, 1.9) - middle, lacking(share, 1.0) - middle)
    assert row[["aandeel", "onder", "boven"]].to_list() == pytest.approx(
        [middle, middle - less, middle + more]
    )
    assert row["waarde"] == pytest.approx(60) and row["rang"] < old["rang"]
    assert row["boven"] - row["onder"] <= (old["boven"] - old["onder"]) / 2
    # Most homes of 80 m2 with a chance of no stairs: who needs a wheelchair lives in one at most three times as often.
    most = (40 * 0.2 + 30 * 2 / 3 + 15 + 15) / 100
    assert found.loc["ruimte", "minstens"] == pytest.approx(lacking(most, 3.0))


@pytest.mark.parametrize(
    ("rows", "floors", "extra", "low", "high"),
    [
        # A bungalow; a house of which the floors are not known.
        ([(1, 1, 1960, 10)], True, 0, 0.6, 0.95), ([(1, 2, 1960, 10)], False, 0, 0.05, 0.3),
        # Five floors without a lift before 1970, with one later.
        ([(20, 5, 1962, 1)], True, 0, 0.4, 1.0), ([(20, 5, 1972, 1)], True, 0, 0.85, 1.0),
        # One above the other: half of them on the ground.
        ([(2, 3, 1930, 5)], True, 0, 0.85 / 2 + 0.1 / 2, 0.5 + 0.5 / 2),
        # A home above a shop is not a house: nobody knows which of the two is on the ground.
        ([(1, 2, 1930, 10)], True, 1, 0.1 / 2, 0.5 + 0.5 / 2),
        # The year is not known (9999): everything from an old portiek to a new one.
        ([(12, 4, None, 1)], True, 0, 0.85 / 4 + 0.1 * 3 / 4, 1.0),
    ],
)  # fmt: skip
def test_each_kind_of_building_has_its_band(tmp_path, rows, floors, extra, low, high):
    share, off = (low + high) / 2, (high - low) / 2
    row = said(tmp_path, rows, floors, extra).loc["gebouw"]
    assert row["aandeel"] == pytest.approx(lacking(share, 1.9))
    less = math.hypot(
        lacking(share, 1.9) - lacking(min(1, share + off), 1.9), lacking(share, 1.9) - lacking(share, 3)
    )
    assert row["onder"] == pytest.approx(max(0, lacking(share, 1.9) - less))


def test_of_too_few_homes_the_building_is_known(tmp_path):
    assert "gebouw" not in said(tmp_path, [(1, None, None, 6), (1, 2, 1990, 4)], True).index


def test_the_truth_of_the_example_region_lies_in_the_band(voorbeeld_store, ask):
    region = make_example_region()
    truth = buildings.draw_buildings(region, SEED).truth.assign(buurt=region.buurten["buurtcode"].to_numpy())
    rows = ask(
        voorbeeld_store,
        "select buurt, onder, boven, hoe from tekort_gemeten where randvoorwaarde = 'nultrede'",
    )
    both = rows.merge(truth.dropna(), on="buurt")
    # Where nearly every home has a label, that decides (test_gemeten.py).
    assert set(both["hoe"]) == {"gebouw", "label"}
    both = both[both["hoe"] == "gebouw"]
    assert len(both) > 70
    assert both["zonder"].between(both["onder"], both["boven"]).mean() >= 0.9
    assert (both["boven"] - both["onder"]).mean() < 0.35


def test_which_home_is_without_stairs_is_in_no_file(voorbeeld_folder):
    for name in ("adressen.parquet", *buildings.FILES):
        assert not {"nultrede", "vloer", "lagen"} & set(pd.read_parquet(voorbeeld_folder / name).columns)


# ---------------------------------------------------------------- lists of buildings


def test_a_building_is_named_in_every_way():
    pand, other = number(7), number(8)
    href = "https://api.pdok.nl/kadaster/bag/ogc/v2/collections/pand/items/0AB1-22"
    written = [pand, [pand, other], f"['{pand}', '{other}']", f"NL.IMBAG.Pand.{pand}"]
    for value in written:
        assert pand_of(pd.DataFrame({"pandRef": [value]}, dtype="object")).tolist() == [pand], value
    assert pand_of(pd.DataFrame({"pand.href": [href, f"{href}/"]})).tolist() == ["0ab1-22"] * 2
    assert pand_of(pd.DataFrame({"x": [1]})).isna().all()


def test_panden_of_the_bag_and_of_3dbag(tmp_path):
    """Of the real extract only what holds now; 9999 is unknown; what is gone does not count."""
    (reading,), _ = read(real("bewijs", "bag", "0221PND15092020-000001.xml"))
    assert reading.soort == "panden"
    assert reading.inhoud[["nummer", "bouwjaar"]].to_numpy().tolist() == [
        ["0221100000312938", 1585], ["0221100000311191", 1992],
    ]  # fmt: skip
    rows = {"identificatie": [number(1), number(2), number(3)], "bouwjaar": [1990, 9999, 1930]}
    status = ["Pand in gebruik", "Pand in gebruik", "Pand gesloopt"]
    pd.DataFrame({**rows, "status": status, "id": ["a-1", "b-2", "c-3"]}).to_csv(
        tmp_path / "panden.csv", index=False
    )
    (reading,), report = read(tmp_path / "panden.csv")
    assert reading.inhoud["kenmerk"].tolist() == ["a-1", "b-2"]
    assert reading.inhoud["bouwjaar"].tolist()[0] == 1990 and reading.inhoud["bouwjaar"].isna().tolist()[1]
    assert any("Van 1 pand is het bouwjaar" in t for t in texts(report, "info"))
    floors = [
        {"type": "Feature", "geometry": None, "properties": {"identificatie": f"NL.IMBAG.Pand.{number(1)}", "b3_bouwlagen": 3}},
        {"type": "Feature", "geometry": None, "properties": {"identificatie": f"NL.IMBAG.Pand.{number(2)}", "b3_bouwlagen": None}},
    ]  # fmt: skip
    path = tmp_path / "3dbag.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": floors}), encoding="utf-8")
    (reading,), _ = read(path)
    assert reading.soort == "panden" and reading.inhoud["bouwlagen"].tolist()[0] == 3


def test_a_list_of_buildings_that_says_nothing_is_refused(tmp_path):
    pd.DataFrame({"identificatie": [number(1)], "bouwjaar": [1930], "status": ["Pand gesloopt"]}).to_csv(
        tmp_path / "panden.csv", index=False
    )
    _, report = read(tmp_path / "panden.csv")
    assert any("Geen enkel pand" in t for t in texts(report, "afgekeurd"))
