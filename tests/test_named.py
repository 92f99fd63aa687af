"""Tables that call their areas by name alone: read where a name is of one area, and never guessed where it is of more."""

from __future__ import annotations

import pandas as pd
import pytest
from invoer_hulp import CODES, built, four_buurten, kwb, read, real, texts

from wwz.sources.named import settle_names

A, B, C, D = CODES
# Code → name, as tables of CBS write them.
GEMEENTEN = {
    "NL00": "Nederland", "GM0285": "Voorst", "GM1900": "Súdwest-Fryslân", "GM0518": "'s-Gravenhage (gemeente)", "GM0014": "Groningen (gemeente)",
    "GM0893": "Bergen (L.)", "GM0373": "Bergen (NH.)", "GM0164": "Hengelo (O.)", "GM0003": "Appingedam",
}  # fmt: skip
WIJKEN = {
    "WK059718": "Wijk 18 Riederhoek",
    "WK059719": "Centrum",
    "WK051828": "Centrum",
    "WK051801": "Wijk 01 Oostduinen",
}


def areas(folder, names: dict[str, str], year: int = 2023):
    path = folder / f"kwb_{year}.csv"
    frame = pd.DataFrame(
        {
            "Codering": list(names),
            "Naam": list(names.values()),
            "AantalInwoners": 1000,
            "Perioden": f"{year}JJ00",
        }
    )
    frame.to_csv(path, index=False)
    return path


def settled(*paths):
    """What the files hold, after the names were looked up, and what was said."""
    readings, report = read(*paths)
    settle_names(readings, {}, report)
    return [r for r in readings if not r.bestand.startswith("kwb")], report


def counts(reading, variable: str) -> dict[str, str]:
    frame = next(f for f in reading.cijfers if variable in f.columns)
    return frame.set_index("gebied")[variable].to_dict()


def write(path, text: str):
    path.write_text(text, encoding="utf-8")
    return path


def test_the_real_table_of_two_gemeenten_is_read_by_their_names(tmp_path):
    source = real("bewijs", "cbs_wmo", "84839NED_2023_Voorst_SudwestFryslan.csv")
    (reading,), report = settled(areas(tmp_path, GEMEENTEN), source)
    assert counts(reading, "wmo_begeleiding") == {"GM0285": "330", "GM1900": "185"}
    # A point is unknown, and never zero.
    assert counts(reading, "wmo_kortverblijf") == {"GM0285": ".", "GM1900": "."}
    assert (
        counts(reading, "wmo_overig") == {"GM1900": "1535"}
        and counts(reading, "wmo_clienten")["GM0285"] == "1770"
    )
    assert (
        reading.jaren["wmo_gemeente"] == 2023
        and not texts(report, "let_op")
        and not texts(report, "afgekeurd")
    )


def test_the_real_table_of_wijken_of_nowhere_in_particular_is_read_in_the_gemeente_it_fits_or_not_at_all(
    tmp_path,
):
    source = real("bewijs", "cbs_wmo", "86186NED_2019_wijken_sample.csv")
    found, report = settled(areas(tmp_path, GEMEENTEN | WIJKEN), source)
    # Four wijken of four gemeenten: one of them lies here, and that may be chance.
    assert not found and any("Bij welke gemeente" in text for text in texts(report, "afgekeurd"))
    rows = [
        f"{line};Ridderkerk" if n else f"{line};Gemeente"
        for n, line in enumerate(source.read_text(encoding="utf-8").splitlines())
    ]
    told = write(tmp_path / "wijken_2019.csv", "\n".join(rows))
    (reading,), report = settled(areas(tmp_path, {**GEMEENTEN, "GM0597": "Ridderkerk", **WIJKEN}), told)
    assert counts(reading, "wmo_huishouden") == {"WK059718": "20"} and counts(reading, "wmo_verblijf") == {
        "WK059718": "."
    }
    (said,) = texts(report, "let_op")
    assert "hier niet bekend" in said and "Ried" in said and "Wijk 23 Verspriede huizen Riel" in said


def test_six_lines_above_the_table_say_what_it_is_of(tmp_path):
    """All crimes are no burglaries; with those chosen above the table, its gemeenten are read."""
    source = real("bewijs", "politie", "Misdrijven_2024.csv")
    known = areas(tmp_path, GEMEENTEN)
    found, report = settled(known, source)
    assert not found and any("Diefstal/inbraak woning" in text for text in texts(report, "afgekeurd"))
    text = source.read_text(encoding="utf-8").replace("Totaal misdrijven", "1.1.1 Diefstal/inbraak woning")
    (reading,), report = settled(known, write(tmp_path / "inbraken.csv", text))
    found = counts(reading, "inbraken")
    assert found["NL00"] == "805559" and {"GM0285", "GM0893", "GM0373", "GM0518"} <= set(found) <= set(
        GEMEENTEN
    )
    assert reading.jaren["politie"] == 2024
    (said,) = texts(report, "let_op")
    assert "namen zijn" in said and " en nog " in said and len(said) < 400


def test_crimes_without_their_kind_are_never_burglaries(tmp_path):
    frame = pd.DataFrame({"WijkenEnBuurten": [A], "Perioden": "2024JJ00", "GeregistreerdeMisdrijven_1": [90]})
    frame.to_csv(tmp_path / "misdrijven.csv", index=False)
    readings, report = read(tmp_path / "misdrijven.csv")
    assert not readings and any("welke soort" in text for text in texts(report, "afgekeurd"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Den Haag", "GM0518"), ("'s-Gravenhage", "GM0518"), ("sudwest fryslan", "GM1900"), ("Hengelo", "GM0164"),
        ("Bergen (L.)", "GM0893"), ("Bergen (Noord-Holland)", "GM0373"), ("  voorst ", "GM0285"), ("Bergen", None), ("Groningen (PV)", None),
        ("Voorst-West", None), ("", None), ("NL", "NL00"),
    ],
)  # fmt: skip
def test_a_gemeente_goes_by_its_official_usual_or_former_name_and_by_no_other(tmp_path, name, code):
    frame = pd.DataFrame(
        {
            "Gemeente": [name, "Appingedam", "Appingedam"],
            "Jaar": [2023, 2023, 2022],
            "WmoClienten": [10, 20, 30],
        }
    )
    frame.to_csv(tmp_path / "wmo.csv", index=False)
    (reading,), _ = settled(areas(tmp_path, GEMEENTEN), tmp_path / "wmo.csv")
    assert set(counts(reading, "wmo_clienten")) == {"GM0003", code} - {None}


def test_a_gemeente_of_then_is_found_in_a_table_of_then(tmp_path):
    frame = pd.DataFrame({"Regio": ["Haren", "Voorst"], "Perioden": 2018, "WmoClienten": [10, 20]})
    frame.to_csv(tmp_path / "wmo.csv", index=False)
    (reading,), report = settled(areas(tmp_path, GEMEENTEN), tmp_path / "wmo.csv")
    assert set(counts(reading, "wmo_clienten")) == {"GM0285"} and "Haren" in texts(report, "let_op")[0]
    then = areas(tmp_path, {"GM0017": "Haren"}, 2018)
    (reading,), report = settled(areas(tmp_path, GEMEENTEN), then, tmp_path / "wmo.csv")
    assert set(counts(reading, "wmo_clienten")) == {"GM0285", "GM0017"} and not texts(report, "let_op")


def test_wijken_are_looked_up_in_the_one_gemeente_they_all_fit(tmp_path):
    frame = pd.DataFrame({"Wijk": ["Centrum", "Oostduinen"], "Jaar": 2023, "WmoClienten": [10, 20]})
    frame.to_csv(tmp_path / "wmo.csv", index=False)
    (reading,), _ = settled(areas(tmp_path, GEMEENTEN | WIJKEN), tmp_path / "wmo.csv")
    assert counts(reading, "wmo_clienten") == {"WK051828": "10", "WK051801": "20"}
    # Of a name that two gemeenten have, alone, nobody can tell.
    frame.head(1).to_csv(tmp_path / "wmo.csv", index=False)
    found, report = settled(areas(tmp_path, GEMEENTEN | WIJKEN), tmp_path / "wmo.csv")
    assert not found and any("Bij welke gemeente" in text for text in texts(report, "afgekeurd"))


def test_a_hostile_table_says_what_is_wrong_and_gives_nothing_away(tmp_path):
    names = [
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "Voorst\u202e",
        "x" * 5000,
        "'); drop table gebied; --",
        "Voorst",
        "Voorst",
    ]
    frame = pd.DataFrame({"Regio": names, "Jaar": 2023, "WmoClienten": ["1", "2", "3", "4", "5", "10", "20"]})
    frame.to_csv(tmp_path / "wmo.csv", index=False)
    found, report = settled(areas(tmp_path, GEMEENTEN), tmp_path / "wmo.csv")
    # Twice the same area with other numbers: neither counts.
    assert not any("wmo_clienten" in f and len(f) for r in found for f in r.cijfers)
    said = texts(report, "let_op") + texts(report, "afgekeurd")
    assert any("GM0285" in text for text in said) and all(
        len(text) <= 400 and "\u202e" not in text for text in said
    )


def test_without_any_area_with_a_code_it_is_said_what_is_needed(tmp_path):
    source = real("bewijs", "cbs_wmo", "84839NED_2023_Voorst_SudwestFryslan.csv")
    found, report = settled(source)
    assert not found and any("Lees ook Kerncijfers" in text for text in texts(report, "afgekeurd"))


def test_a_build_uses_what_is_told_by_name(tmp_path):
    folder = four_buurten(tmp_path)
    kwb(WijkenEnBuurten=[f"{c}  " for c in CODES]).to_csv(folder / "kwb_2023.csv", index=False)
    pd.DataFrame(
        {"Codering": ["GM9901"], "Naam": "Voorbeeld", "Perioden": "2023JJ00", "AantalInwoners": 5000}
    ).to_csv(folder / "gemeente_2023.csv", index=False)
    text = "TypeMaatwerkvoorziening;Regio;Periode;WmoClienten\nBegeleiding;Voorbeeld;2023;60\nBegeleiding;Elders;2023;90\n"
    write(folder / "wmo_op_naam.csv", text)
    ask, report = built(tmp_path / "uit", folder)
    rows = ask("select gebied, waarde from variabele_gebied where variabele = 'wmo_begeleiding'")
    assert rows.values.tolist() == [["GM9901", 60]] and any("Elders" in m.tekst for m in report.meldingen)
