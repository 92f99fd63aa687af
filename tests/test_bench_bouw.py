"""The bench of a build keeps working: every step has a cost, and the same input twice over is twice as much."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from invoer_hulp import CODES, four_buurten

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))
import bouw  # noqa: E402
from groei_hulp import times  # noqa: E402


def test_the_same_input_twice_over_has_other_codes_and_moved_boundaries(tmp_path):
    import geopandas as gpd

    folder = four_buurten(tmp_path)
    (tmp_path / "twee").mkdir()
    twice = times([folder], 2, tmp_path / "twee")
    codes = pd.read_csv(twice / "kwb_2023.csv", dtype="str").iloc[:, 0]
    one = pd.read_csv(folder / "kwb_2023.csv", dtype="str").iloc[:, 0]
    assert set(one) < set(codes) and codes.is_unique
    assert sum(code.startswith("BU") for code in codes) == 2 * len(CODES)
    before, after = gpd.read_file(folder / "buurten_2023.gpkg"), gpd.read_file(twice / "buurten_2023.gpkg")
    assert (
        len(after) == 2 * len(before)
        and after.geometry.iloc[len(before)].distance(before.geometry.iloc[0]) == 0
    )
    assert not after.geometry.iloc[len(before)].equals(before.geometry.iloc[0])
    with pytest.raises(ValueError):
        times([folder], 5, tmp_path / "twee")


def test_the_cost_of_a_step_is_not_also_that_of_the_whole(capsys):
    seen = bouw.Watch()
    with seen.on("heel"), seen.on("deel"):
        sum(range(200_000))
    bouw.report(seen.steps)
    assert seen.steps["deel"].work > seen.steps["heel"].work >= 0 and seen.steps["deel"].memory > 1
    assert "meeste geheugen" in capsys.readouterr().out.splitlines()[-1]


def test_growth_is_reckoned_from_what_each_program_prints(tmp_path, capsys, monkeypatch):
    """Twice the input in three times the processor time is one and a half times as much as it should be."""
    outputs = []
    for work in (2.0, 6.0):
        bouw.report({"lezen": bouw.Cost(1.0, work, 500.0)})
        outputs.append(capsys.readouterr().out)

    def ran(command: list[str], **how) -> SimpleNamespace:
        assert (Path(command[-1]) / "kwb_2023.csv").exists()
        return SimpleNamespace(returncode=0, stdout=outputs.pop(0))

    monkeypatch.setattr(bouw.subprocess, "run", ran)
    bouw.main(["--invoer", str(four_buurten(tmp_path)), "--groei", "1,2"])
    one, two = capsys.readouterr().out.splitlines()
    assert one.startswith("1 keer:  1.00 maal") and two.startswith("2 keer:  1.50 maal")


@pytest.mark.lang
@pytest.mark.zwaar
def test_growth_is_told_beside_the_input(tmp_path, capsys):
    bouw.main(["--invoer", str(four_buurten(tmp_path)), "--groei", "1,2"])
    one, two = capsys.readouterr().out.splitlines()
    assert one.startswith("1 keer:  1.00") and two.startswith("2 keer:") and "GB" in two
