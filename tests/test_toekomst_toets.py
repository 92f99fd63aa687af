"""The future of some years ago beside what was counted: as stored, and measured on areas made by hand."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from wwz.ask import futurecheck
from wwz.ask.outlookwords import method
from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.future import hindcast
from wwz.future.kinds import titles


class Asked:
    """Answers of three questions, by the name of the file."""

    def __init__(self, **frames: pd.DataFrame) -> None:
        self.frames = frames

    def check(self, path) -> pd.DataFrame:
        return self.frames[path.stem]


def areas(years: tuple[int, ...]) -> Asked:
    """Ten buurten of 1,000 people of all ages: half are counted with a tenth more of 65 and older in the last year."""
    codes = [f"BU{n:08d}" for n in range(10)]
    then = pd.DataFrame(
        [
            {
                "gebied": code, "jaar": year, "wijk": f"WK{n // 2}", "gemeente": "GM1", "soort": "gewoon", "woningen": 400.0,
                "mensen": np.full(20, 50.0),
            }
            for n, code in enumerate(codes)
            for year in years
        ]
    )  # fmt: skip
    counted = pd.DataFrame(
        [
            (code, year, "65plus", 350.0 * (1.1 if n % 2 and year == years[-1] else 1))
            for n, code in enumerate(codes)
            for year in years
        ],
        columns=["gebied", "jaar", "band", "mensen"],
    )
    seen = pd.DataFrame({"jaar": years, "buurten": 10})
    return Asked(toen=then, geteld=counted, jaren=seen)


def test_the_error_of_equal_areas_by_hand():
    """All ten are alike, so every way shares the number of the country equally: 367.5 beside 350 and 385; nothing: 350."""
    found = hindcast.measure(areas((2020, 2024))).set_index(["niveau", "soort", "wat"])
    row = found.loc[("buurt", "alle", "65plus")]
    assert row["model"] == pytest.approx(row["land"])
    assert row["land"] == pytest.approx((17.5 / 350 + 17.5 / 385) / 2)
    assert row["niets"] == pytest.approx(0.5 * 35 / 385)
    assert row["gebieden"] == 10 and row["dekking"] == 1
    # A wijk has one of each.
    assert found.loc[("wijk", "alle", "65plus"), "model"] == pytest.approx(0, abs=1e-9)


def test_one_year_is_not_enough():
    with pytest.raises(Fout, match="twee jaren nodig"):
        hindcast.measure(areas((2020,)))


def test_what_is_stored_beats_its_baselines_for_older_people_and_says_of_when_it_is():
    rows = futurecheck.stored().set_index(["niveau", "soort", "wat"])
    for niveau in ("buurt", "wijk"):
        row = rows.loc[(niveau, "alle", "65plus")]
        assert row["model"] < row["land"] < row["niets"]
        assert 0.85 < row["dekking"] < 0.95
    assert set(futurecheck.stored()["soort"]) <= {"alle", *titles()}
    assert "van 2020 naar 2024" in futurecheck.caution()
    assert "van 2020 naar 2024" in method()[0] and "{" not in method()[0]
    assert futurecheck.table().notna().all(axis=None)


def test_the_command_prints_it(capsys):
    assert main(["valideer", "--onderdeel", "toekomst"]) == 0
    text = capsys.readouterr().out
    assert "Basislijn: elke buurt als het land" in text and "Studentenbuurt" in text and "maatregel" in text
    assert main(["valideer", "--onderdeel", "toekomst", "--formaat", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (
        said["gemeten"] == "bewaard" and {"model", "land", "niets", "dekking"} <= said["toekomst"][0].keys()
    )
