"""What a municipality brings itself: Gemeentezorgspiegel, labels of corporaties, Leefbaarometer and stops, by what is in them."""

from __future__ import annotations

import pandas as pd
import pytest
from invoer_hulp import CODES, X, Y, built, four_buurten, kwb, read, real, texts

from wwz.store import Store

A, B, C, D = CODES
WIJK = A.replace("BU", "WK")[:8]


def spiegel(path, frame: pd.DataFrame):
    frame.to_excel(path, index=False)
    return read(path)


def counts(reading, name: str) -> dict:
    frame = next(f for f in reading.cijfers if name in f.columns)
    return frame.set_index("gebied")[name].dropna().astype(float).to_dict()


@pytest.mark.parametrize(
    "columns",
    [
        ("Buurtcode", "Leeftijd", "Begeleiding", "Dagbesteding", "Hulp bij het huishouden"),
        (
            "BU_CODE",
            "Leeftijdsgroep",
            "Wmo begeleiding (aantal)",
            "Aantal cliënten dagbesteding",
            "Huishoudelijke hulp",
        ),
        (
            "buurtcode",
            "leeftijdscategorie",
            "BEGELEIDING individueel",
            "Dagactiviteiten",
            "Huishoudelijke ondersteuning",
        ),
    ],
)
def test_the_zorgspiegel_is_read_by_its_words(tmp_path, columns):
    rows = [
        (A, "18-64", 20, "<10", 30),
        (A, "65-74", "<10", "<10", 40),
        (A, "75+", 10, "-", "1.010"),
        (B, "75+", "<10", ".", "*"),
    ]
    frame = pd.DataFrame(rows, columns=columns).assign(
        Jaar=2024, **{"Kosten begeleiding": 9999, "Opmerking": "x"}
    )
    (reading,), report = spiegel(tmp_path / "wmo.xlsx", frame)
    assert counts(reading, "zorgspiegel_begeleiding") == {A: 30}
    assert counts(reading, "zorgspiegel_huishouden") == {A: 1080}
    # Fewer than ten everywhere is unknown, and never zero.
    assert not any(
        "zorgspiegel_dagbesteding" in f and f["zorgspiegel_dagbesteding"].notna().any()
        for f in reading.cijfers
    )
    said = " ".join(texts(report, "info"))
    assert "Gemeentezorgspiegel" in said and "Kosten begeleiding" in said and "Opmerking" in said


def test_the_zorgspiegel_with_kinds_in_rows_and_a_row_of_all_ages(tmp_path):
    rows = [
        (A, "Totaal", "Begeleiding", 50),
        (A, "75+", "Begeleiding", 20),
        (A, "75+", "Huishoudelijke hulp", 40),
        (A, "75+", "Vervoer", 30),
    ]
    frame = pd.DataFrame(rows, columns=["Buurtcode", "Leeftijd", "Voorziening", "Aantal"]).assign(Jaar=2024)
    (reading,), _ = spiegel(tmp_path / "gemeentezorgspiegel.xlsx", frame)
    assert counts(reading, "zorgspiegel_begeleiding") == {A: 50}


def test_labels_tell_what_is_certain_and_what_is_not_known(tmp_path):
    frame = pd.DataFrame(
        {
            "Postcode": ["1234 AB", "1234AB", "1234AB", "1234AB", None], "Huisnummer": [1, 2, 3, 4, 5],
            "Toegankelijkheidslabel": ["NUL", "Rolstoelwoning", "gnv", "XYZ", "ROA"],
        }
    )  # fmt: skip
    frame.to_csv(tmp_path / "bezit.csv", index=False)
    (reading,), report = read(tmp_path / "bezit.csv")
    assert reading.inhoud[["nultrede", "rolstoel"]].astype(object).where(lambda f: f.notna(), None).values.tolist() == [
        [True, None], [True, True], [False, False]
    ]  # fmt: skip
    said = texts(report, "afgekeurd")
    assert any("'XYZ'" in t for t in said) and any("geen buurt, geen postcode" in t for t in said)


@pytest.mark.parametrize("words", [("Y", "N", ""), ("true", "false", "null"), ("ja", "nee", "?")])
def test_stops_are_read_with_their_access_and_their_place(tmp_path, words):
    frame = pd.DataFrame(
        {
            "quaycode": ["NL:Q:1", "NL:Q:2", "NL:Q:3"], "quayname": "Plein", "municipalityCode": ["G9901", "GM9901", "G9901"],
            "wheelchairAccess": words, "rd-x": [X, X + 100, X + 200], "rd-y": Y,
        }
    )  # fmt: skip
    frame.to_csv(tmp_path / "chb_2025.csv", index=False)
    (reading,), report = read(tmp_path / "chb_2025.csv")
    assert reading.inhoud["gemeente"].tolist() == ["GM9901"] * 3 and set(reading.inhoud["jaar"]) == {2025}
    assert reading.inhoud["rolstoel"].astype(object).where(lambda s: s.notna(), None).tolist() == [
        True,
        False,
        None,
    ]
    assert reading.punten["soort"].tolist() == ["ov_halte"] * 3
    assert any("Van 1 van de 3 haltes" in t for t in texts(report, "info"))


def test_the_real_leefbaarometer_is_read():
    (reading,), _ = read(real("bewijs", "leefbaarometer", "AmstelveenDataWithDimensions.csv"))
    rows = next(f for f in reading.cijfers if "leefbaar_samenhang" in f).set_index(["gebied", "rij_jaar"])
    assert float(rows.loc[("WK036201", 2022), "leefbaar_samenhang"]) == pytest.approx(-0.00379, abs=1e-5)
    assert reading.jaren == {"leefbaarometer": 2022}


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """One build of a town with all four of them."""
    folder = four_buurten(tmp_path_factory.mktemp("mee"))
    kwb(Woningen=[400, 900, 200, 700]).to_csv(folder / "kwb_2023.csv", index=False)
    pd.DataFrame(
        {"Buurtcode": [A, B], "Leeftijd": "75+", "Hulp bij het huishouden": [20, "<10"], "Jaar": 2023}
    ).to_excel(folder / "zorgspiegel.xlsx", index=False)
    labels = ["NUL"] * 60 + ["ROL"] * 40 + ["GNV"] * 100 + ["ZON"] * 10
    pd.DataFrame({"buurtcode": A, "nr": range(210), "label": labels}).to_csv(
        folder / "bezit_2025.csv", index=False
    )
    pd.DataFrame({"gemeentecode": ["G9901"] * 4, "wheelchairAccess": list("YNNN"), "quay": range(4)}).to_csv(
        folder / "haltes_2025.csv", index=False
    )
    pd.DataFrame({"wk_code": [WIJK], "jaar": [2023], "lbm": [4.1], "soc": [-0.05], "onv": [0.02]}).to_csv(
        folder / "leefbaarometer.csv", index=False
    )
    return built(tmp_path_factory.mktemp("uit"), folder)


def test_labels_narrow_what_they_are_sure_of(brought):
    """Of 400 dwellings 100 have no stairs and 40 suit a wheelchair; 100 certainly have stairs."""
    ask, _ = brought
    rows = ask("select randvoorwaarde, minstens, hooguit from bewijs where hoe = 'label'").set_index(
        "randvoorwaarde"
    )
    assert rows.loc["nultrede", "hooguit"] == pytest.approx(0.75) and rows.loc[
        "rolstoelgeschikt", "hooguit"
    ] == pytest.approx(0.9)
    # Three times as often in a dwelling that suits: 3 × 0.75 against 0.25 of the people who need it.
    assert rows.loc["nultrede", "minstens"] == pytest.approx(0.1)
    found = ask(f"select boven from begrensd where randvoorwaarde = 'rolstoelgeschikt' and buurt = '{A}'")
    assert found["boven"].iloc[0] == pytest.approx(0.9)


def test_what_is_brought_bounds_and_signals_with_its_source(brought):
    ask, _ = brought
    used = ask("select * from bewijs where indicator = 'zorgspiegel_huishouden'")
    assert (
        used["buurt"].tolist() == [A]
        and set(used["hoe"]) == {"gebruik_buurt"}
        and set(used["bron"]) == {"zorgspiegel"}
    )
    signs = ask("select distinct randvoorwaarde, hoe, waarde, bron from signaal").set_index("randvoorwaarde")
    assert signs.loc["ruimte-rolstoel", "waarde"] == 25 and signs.loc[
        "oogje-in-het-zeil", "waarde"
    ] == pytest.approx(-0.05)
    lines = ask(
        "select bronregel('zorgspiegel', 2023) as a, bronregel('leefbaarometer', 2023) as b, bronregel('vera', 2025) as c from regel"
    )
    assert (
        "Gemeentezorgspiegel 2023" in lines["a"][0]
        and "Leefbaarometer 2023" in lines["b"][0]
        and "corporaties" in lines["c"][0]
    )


def test_a_signal_is_told_in_words(brought):
    from wwz.ask.area import find_area
    from wwz.ask.conditions import status_rows

    ask, _ = brought
    store = Store(ask.path)
    rows = status_rows(store, find_area(store, ("GM9901",)), "ouderen-3", "geen").set_index("code")
    store.close()
    assert "25% met een rolstoel te gebruiken" in rows.loc["ruimte-rolstoel", "waarom"]
