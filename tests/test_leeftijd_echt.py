"""Real ages: recognised by content, buurten add up to them, what does not fit is named; and how good the rest is."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from invoer_hulp import CODES, built, geojson, kwb, read, real, squares, texts

from wwz.ask import ages
from wwz.cli.main import main
from wwz.model.agechecks import Held, measures
from wwz.model.ages import Postcodes, _fit, _of_gemeenten
from wwz.model.agetables import age_recipe
from wwz.sources.agecounts import five_years

GROUPS = ["65 tot 70 jaar", "70 tot 75 jaar", "75 tot 80 jaar", "80 tot 85 jaar", "85 tot 90 jaar", "90 tot 95 jaar", "95 jaar of ouder"]  # fmt: skip
SHARES = (
    "select gebied, sum(mensen) filter (band = '65_75') as jong, sum(mensen) filter (band = '75_85') as midden, "
    "sum(mensen) filter (band = '85plus') as oud from leeftijd_gebied where band in ('65_75', '75_85', '85plus') group by gebied"
)


def per_gemeente(counts: list[int], **more) -> pd.DataFrame:
    """As StatLine gives it: ages as rows, sexes and marital status apart, with totals."""
    rows = [
        {"RegioS": "GM9901", "Perioden": "2023JJ00", "Geslacht": sex, "BurgerlijkeStaat": "Totaal burgerlijke staat",
         "Leeftijd": age, "BevolkingOp1Januari_1": n * part, **more}
        for sex, part in (("Totaal mannen en vrouwen", 1), ("Mannen", 0.4))
        for age, n in zip(["Totaal", *GROUPS], [4000, *counts], strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def per_postcode(by: dict[int, list[int]]) -> pd.DataFrame:
    rows = [(code, age, n) for code, counts in by.items() for age, n in zip(GROUPS, counts, strict=True)]
    return pd.DataFrame(rows, columns=["postcode", "leeftijd", "inwoners"]).assign(jaar=2023)


def made(tmp_path, **files: pd.DataFrame):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(MeestVoorkomendePostcode_115=["1011", "1011", "1012", "."]).to_csv(folder / "kwb.csv", index=False)
    geojson(folder / "grenzen.geojson", squares())
    for name, frame in files.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    answers, report = built(tmp_path, folder, only=("leeftijd_gebied", "leeftijd_zeker", "melding"))
    told = answers("select tekst from melding")["tekst"].tolist()
    return answers, [*told, *texts(report)]


def test_buurten_add_up_to_the_ages_of_their_gemeente(tmp_path):
    # 1,000 people of 65 and older in the buurten, and in the gemeente: 600, 300 and 100.
    answers, told = made(tmp_path, leeftijden=per_gemeente([300, 300, 200, 100, 60, 30, 10]))
    rows = answers(SHARES).set_index("gebied")
    assert rows.sum().round(1).tolist() == [600, 300, 100]
    # Every buurt keeps its own people of 65 and older.
    assert rows.sum(axis=1)[CODES].round(6).tolist() == [200, 400, 100, 300]
    assert not any("Leeftijden" in text for text in told)


def test_ages_of_another_number_of_people_give_their_division_and_are_named(tmp_path):
    answers, told = made(tmp_path, leeftijden=per_gemeente([330, 330, 220, 110, 66, 33, 11]))
    assert answers(SHARES).set_index("gebied").sum().round(1).tolist() == [600, 300, 100]
    assert any("1.100 65-plussers" in text and "1.000 in de buurten" in text for text in told)


def test_a_postcode_divides_its_buurten_and_one_that_does_not_fit_is_named_and_left(tmp_path):
    counted = per_postcode({1011: [150, 150, 120, 60, 60, 40, 20], 1012: [900, 0, 0, 0, 0, 0, 0]})
    answers, told = made(tmp_path, leeftijd_pc4=counted)
    rows = answers(SHARES).set_index("gebied")
    assert rows.loc[CODES[:2]].sum().round(1).tolist() == [300, 180, 120]
    # 900 counted beside 100 in its buurt: that postcode is of other buurten too.
    assert rows.loc[CODES[2], "jong"] < 70
    assert any("1012: 900 tegen 100" in text for text in told)
    sure = answers("select gebied, fout from leeftijd_zeker where band = '85plus'").set_index("gebied")[
        "fout"
    ]
    assert sure[CODES[1]] < sure[CODES[3]]


def test_bad_rows_are_named_and_the_rest_is_used(tmp_path):
    frame = per_postcode({1011: [10, 10, 10, 10, 10, 10, -5]}).astype({"postcode": object})
    frame.loc[len(frame)] = ["ergens", "65-69", 5, 2023]
    frame.to_csv(tmp_path / "a.csv", index=False)
    readings, report = read(tmp_path / "a.csv")
    assert [r.soort for r in readings] == ["leeftijden"] and len(readings[0].inhoud) == 6
    assert any(text.startswith("2 rijen hebben geen postcode") for text in texts(report, "afgekeurd"))


@pytest.mark.parametrize(
    ("text", "group"),
    [("65 tot 70 jaar", 13), ("65-69", 13), ("95+", 19), ("95 jaar of ouder", 19), ("0 tot 5 jaar", 0), ("Totaal", None),
     ("65 tot 80 jaar", None), ("85+", None), ("67-71", None)],
)  # fmt: skip
def test_a_group_of_five_years_is_read_however_it_is_written(text, group):
    assert five_years(text) == group


def test_a_prediction_is_what_the_coefficients_say(tmp_path):
    """Two plekken by hand: features from the table, times what the knowledge files hold."""
    names = (
        "leeftijd_kans",
        "leeftijd_kenmerk_van",
        "leeftijd_delen",
        "leeftijd_trede",
        "leeftijd_ladder",
        "leeftijd_coefficient",
    )
    answers, _ = built(tmp_path, real("denhaag"), only=names)
    for plek in answers("select plek from leeftijd_trede order by plek")["plek"].iloc[[0, -1]]:
        step = answers(f"select jaar, trede from leeftijd_trede where plek = '{plek}'").iloc[0]
        rows = answers(
            f"select c.*, k.waarde from leeftijd_coefficient c left join leeftijd_kenmerk_van k on k.kenmerk = c.kenmerk "
            f"and k.sleutel = '{plek}' and k.jaar = {step['jaar']} where c.trede = '{step['trede']}'"
        )
        parts = answers("select * from leeftijd_delen").set_index("jaar")["vanaf_75"]
        rest = answers(f"select rest_75 from leeftijd_ladder where trede = '{step['trede']}'").iloc[0, 0]
        eta = rest + math.log(parts[step["jaar"]] / (1 - parts[step["jaar"]]))
        for row in rows.dropna(subset="waarde").itertuples():
            z = (min(max(row.waarde, row.laag), row.hoog) - row.midden) / row.schaal
            eta += min(max(z, -4), 4) * row.vanaf_75
        found = answers(f"select eta_75 from leeftijd_kans where sleutel = '{plek}'").iloc[0, 0]
        assert found == pytest.approx(eta, abs=1e-6)


def test_the_stored_check_is_far_better_than_its_baseline_and_margins_hold():
    rows = ages.stored().set_index(["trede", "bekend", "wat"])
    best, base = rows.loc["leefstijl"], rows.loc["land"]
    assert best.loc[("niets", "vanaf_75"), "r2"] > 0.79 and best.loc[("niets", "vanaf_85"), "r2"] > 0.75
    assert (
        best.loc[("gemeente", "vanaf_75"), "fout"] < 0.04 and best.loc[("gemeente", "vanaf_85"), "fout"] < 0.1
    )
    assert (best["fout"] < base["fout"] / 2).all()
    assert rows["dekking"].between(0.87, 0.93).all()
    assert rows.loc["leefstijl", ["dekking_laagste", "dekking_hoogste"]].stack().between(0.86, 0.94).all()


def test_a_gemeente_counts_beside_its_postcodes():
    """What only whole gemeenten show is found with their rows, and not without: by hand, one feature of each kind."""
    rng = np.random.default_rng(4)
    town = np.repeat(np.arange(80), 4)
    own, shared = rng.normal(size=320), rng.normal(size=80)[town]
    share = 1 / (1 + np.exp(-(own * 0.5 + 0.1 * shared)))
    old = np.round(1000 * share)
    rows = pd.DataFrame(
        {"gemeente": [f"GM{t:04d}" for t in town], "ouderen": 1000.0, "geteld": 1000.0, "vanaf_75": old,
         "vanaf_85": np.round(old / 4), "goed": town % 2 == 0, "heel": True}
    )  # fmt: skip
    data = Postcodes(rows, pd.DataFrame({"eigen": own, "samen": shared}))
    means, towns = _of_gemeenten(rows, data.kenmerken.to_numpy(), rows["heel"].to_numpy())
    assert len(towns) == 80 and towns["geteld"].eq(4000).all()
    assert means[:, 1] == pytest.approx(shared[::4]) and means[:, 0] == pytest.approx(
        own.reshape(-1, 4).mean(axis=1)
    )
    rules = age_recipe()["model"] | {"uiterste": 0.0, "demping": 1e-6}
    everyone = np.ones(len(rows), dtype=bool)
    found = _fit(data, ["eigen", "samen"], everyone, rules)[0].set_index("kenmerk")
    assert (found["vanaf_75"] / found["schaal"]).tolist() == pytest.approx([0.5, 0.1], abs=0.01)
    # A postcode that is not seen, and a gemeente that is not, say nothing.
    spoiled = rows.assign(vanaf_75=np.where(town < 40, old, 1.0))
    again = _fit(Postcodes(spoiled, data.kenmerken), ["eigen", "samen"], town < 40, rules)[0]["vanaf_75"]
    alone = _fit(Postcodes(rows, data.kenmerken), ["eigen", "samen"], town < 40, rules)[0]["vanaf_75"]
    assert again.tolist() == pytest.approx(alone.tolist())


def test_measures_see_a_perfect_and_a_useless_estimate():
    random = np.random.default_rng(1)
    share = random.uniform(0.3, 0.6, 100)
    rows = pd.DataFrame(
        {"gemeente": [f"GM{i // 4:04d}" for i in range(100)], "ouderen": 1000.0, "geteld": 1000.0, "vanaf_75": 1000 * share,
         "vanaf_85": 250 * share, "goed": True, "heel": True}
    )  # fmt: skip
    rows["ouderen"] += random.uniform(0, 500, 100)
    perfect = next(measures("x", Held(rows, share, np.full(100, 0.25)), age_recipe()["model"]))
    useless = next(measures("x", Held(rows, np.full(100, 0.45), np.full(100, 0.25)), age_recipe()["model"]))
    assert perfect["r2"] == pytest.approx(1) and perfect["fout"] == pytest.approx(0)
    assert useless["r2"] < 0.05 and useless["fout"] > 0.1


def test_valideer_prints_it_with_its_baseline(capsys):
    assert main(["valideer", "--onderdeel", "leeftijd"]) == 0
    told = capsys.readouterr().out
    assert "Basislijn" in told and "niet om te zien of een maatregel werkte" in told
