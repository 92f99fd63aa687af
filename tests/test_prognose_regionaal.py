"""The forecast of PBL and CBS per gemeente: read from its file, and the buurten add up to it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area
from wwz.ask.outlookwords import forecast_used
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.future.raking import factors
from wwz.sources.candidate import Candidate
from wwz.sources.forecasts import KIND, ages_of, read_forecasts
from wwz.sources.reading import Report, Table
from wwz.store import Store

YEARS = (2025, 2030, 2035, 2040)


def table(
    rows: list[tuple],
    columns: tuple = ("Geslacht", "Leeftijd", "RegioIndeling2021", "Perioden", "TotaleBevolking_1"),
) -> Table:
    return Table("85171NED.csv", "", pd.DataFrame(rows, columns=list(columns)))


def read(rows: list[tuple]) -> tuple[pd.DataFrame, Report]:
    report = Report()
    return read_forecasts(table(rows), report).inhoud, report


def test_the_real_shape_is_recognised_and_read():
    """Only totals since CBS took the ages out, in thousands; regions of other kinds and men and women apart stay out."""
    rows = [
        ("T001038", "10000", "GM0518    ", "2030JJ00", 612.3),
        ("3000", "10000", "GM0518    ", "2030JJ00", 300.0),
        ("T001038", "10000", "PV28      ", "2030JJ00", 3900.1),
        ("T001038", "10000", "GM0599", "2030JJ00", None),
        ("T001038", "51300", "GM0518", "2030JJ00", 20.0),
    ]
    assert KIND.test(Candidate(table(rows), {}))
    found, report = read(rows)
    assert found.to_dict("records") == [
        {"gemeente": "GM0518", "jaar": 2030, "van": 0, "tot": 100, "mensen": 612_300.0}
    ]
    assert not report.meldingen


def test_classes_of_ages_come_in_by_their_title():
    found, _ = read(
        [
            ("T001038", "65 jaar of ouder", "GM0518", "2030JJ00", 100.0),
            ("T001038", "18 tot 30 jaar", "GM0518", "2030JJ00", 9.0),
        ]
    )
    assert found[["van", "tot", "mensen"]].values.tolist() == [[65, 100, 100_000.0]]
    assert ages_of("75+") == (75, 100) and ages_of("80-84") == (80, 85) and ages_of("80-85") is None


def test_what_is_wrong_is_named_and_the_rest_used():
    found, report = read(
        [
            ("T001038", "10000", "GM0518", "2030JJ00", -5),
            ("T001038", "10000", "GM0518", "ooit", 5),
            ("T001038", "10000", "GM0518", "2040JJ00", 7),
        ]
    )
    assert (
        len(found) == 1 and "2 rijen hebben geen jaar, of een aantal onder nul" in report.meldingen[0].tekst
    )
    with pytest.raises(Fout, match="geen verwacht aantal"):
        read([("T001038", "10000", "GM0518", "2030JJ00", -5)])


def test_buurten_add_up_to_what_is_expected_by_age_and_others_stay():
    people = np.ones((4, 3, 20)) * np.array([1.0, 3.0, 2.0])[None, :, None]
    expected = pd.DataFrame(
        [("GM1", 2030, 0, 100, 100.0), ("GM1", 2030, 65, 100, 40.0), ("GM1", 2040, 0, 100, 160.0), ("GM9", 2030, 0, 100, 5.0)],
        columns=["gemeente", "jaar", "van", "tot", "mensen"],
    )  # fmt: skip
    found = people * factors(people, ["GM1", "GM1", "GM2"], YEARS, expected)
    assert found[1, :2].sum() == pytest.approx(100) and found[1, :2, 13:].sum() == pytest.approx(40)
    assert found[3, :2].sum() == pytest.approx(160)
    # Straight in between, and before the first the nearest.
    assert found[2, :2, 19].sum() == pytest.approx((found[1, :2, 19].sum() + found[3, :2, 19].sum()) / 2)
    assert np.allclose(found[0, :2], found[1, :2])
    # Each buurt keeps its part, and another gemeente its people.
    assert np.allclose(found[:, 1], 3 * found[:, 0]) and np.allclose(found[:, 2], people[:, 2])


@pytest.mark.lang
def test_a_city_follows_the_regional_forecast_from_a_file(shared_data, tmp_path):
    """Den Haag with a file as StatLine gives it: 600.1 thousand in 2030 and 650.0 thousand in 2040."""
    folder = tmp_path / "in"
    folder.mkdir()
    for file in (shared_data / "denhaag").iterdir():
        (folder / file.name).symlink_to(file)
    lines = [
        f"T001038;10000;GM0518;{year}JJ00;{people}" for year, people in ((2030, "600.1"), (2040, "650.0"))
    ]
    head = "Geslacht;Leeftijd;RegioIndeling2021;Perioden;TotaleBevolking_1"
    (folder / "85171NED.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    build(Settings(), (folder,), database=tmp_path / "wwz.duckdb")
    store = Store(tmp_path / "wwz.duckdb")
    people = store.ask("prognose_gemeente").groupby("jaar")["aantal"].sum()
    assert people[2030] == pytest.approx(600_100) and people[2040] == pytest.approx(650_000)
    assert "de regionale van PBL en CBS" in forecast_used(store, find_area(store, ["GM0518"]))
