"""A period is no division: on which areas a table is, is found by its codes, and what is missing to compare is named."""

from __future__ import annotations

import pandas as pd
import pytest
from invoer_hulp import CODES, built, kwb, texts

from wwz.ask.area import find_area
from wwz.sources.division import settle
from wwz.sources.reading import Reading, Report
from wwz.store import Store

NATIONAL = [f"BU{gemeente:04d}0000" for gemeente in range(1, 41)]


def table(family: str, year: int, codes: list[str], names: list[str] | None = None, **more) -> Reading:
    """A reading with only what a division is found by."""
    areas = pd.DataFrame({"code": codes, "naam": names or None}, dtype="object")
    return Reading(
        f"{family}_{year}.csv", "", "cijfers", gebieden=areas, jaren={family: year}, indeling=year, **more
    )


def division(moving: Reading, *known: Reading) -> tuple[int, list[str]]:
    report = Report()
    settle([moving, *known], report)
    assert [r.indeling for r in known] == [max(r.jaren.values()) for r in known], "these are what they are"
    return moving.indeling, texts(report)


def test_the_codes_tell_the_division():
    recoded = [*CODES[:2], "BU9901AA01", "BU9901AA02"]
    old, new = table("kwb", 2020, CODES), table("kwb", 2024, recoded)
    assert division(table("gezondheid", 2016, CODES), old, new) == (
        2020,
        ["Cijfers van 2016 op de gebieden van 2020: de codes passen daarop."],
    )
    assert division(table("gezondheid", 2020, recoded), old, new)[0] == 2024
    assert division(table("gezondheid", 2020, CODES), old, new) == (2020, [])
    # The same codes in every year: that of the figures goes first, then the one on which RIVM publishes.
    same = [table("kwb", year, CODES) for year in (2019, 2020, 2024)]
    assert division(table("gezondheid", 2024, CODES), *same)[0] == 2024
    assert division(table("gezondheid", 2012, CODES), *same)[0] == 2020


def test_a_name_that_differs_is_no_fit():
    there = table("kwb", 2020, CODES, ["Noord", "Oost", "Zuid", "West"])
    other = table("kwb", 2024, CODES, ["Noord", "Oost", "Zuid", "Plas"])
    assert (
        division(table("gezondheid", 2024, CODES, ["noord", "OOST", "Zuid", "West"]), there, other)[0] == 2020
    )


def test_a_few_codes_prove_nothing_without_the_year_they_are_expected_on():
    new = table("kwb", 2024, CODES)
    assert division(table("gezondheid", 2020, CODES), new) == (2020, [])
    assert division(table("gezondheid", 2022, CODES, tabel="50120NED"), new) == (
        2020,
        ["Cijfers van 2022 op de gebieden van 2020: zo publiceert het RIVM deze tabel."],
    )
    assert division(table("gezondheid", 2020, NATIONAL), table("kwb", 2024, NATIONAL))[0] == 2024


def test_other_families_are_on_their_own_year():
    for family in ("kwb", "nabijheid", "wmo", "grenzen"):
        assert division(table(family, 2016, CODES), table("kwb", 2020, CODES))[0] == 2016
    both = table("gezondheid", 2016, CODES)
    both.jaren["kwb"] = 2016
    assert division(both, table("kwb", 2020, CODES))[0] == 2016


def health(year: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "WijkenEnBuurten": CODES, "Leeftijd": "20300", "Marges": "MW00000", "Perioden": f"{year}JJ00",
            "Gemeentenaam_1": "Voorbeeld", "BeperkingInBewegen_23": [8.0, 9.0, 10.0, 11.0],
        }
    )  # fmt: skip


def test_published_figures_of_an_older_year_are_used_and_say_whose_people_they_count(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(Perioden="2020JJ00").to_csv(folder / "kerncijfers.csv", index=False)
    health(2016).to_csv(folder / "gezondheid.csv", index=False)
    ask, _ = built(tmp_path, folder)
    rows = ask(
        "select gebied, waarde, soort, noemer_jaar from cijfer where indicator = 'mobiliteit_18' and jaar = 2016"
    )
    rows = rows[rows["gebied"].isin(CODES)].sort_values("gebied")
    assert rows["waarde"].to_list() == [8, 9, 10, 11]
    assert set(rows["soort"]) == {"gepubliceerd"} and set(rows["noemer_jaar"]) == {2020}
    assert ask("select * from melding where tekst like '%niet gebruikt%'").empty
    store = Store(ask.path)
    for codes in (["BU99010001"], ["BU99010001", "BU99010002"]):
        (line,) = find_area(store, codes).figures(["mobiliteit_18"], 2016)["bron"]
        assert line.endswith("; aantal mensen gerekend met inwoners van 2020")
    assert "gerekend" not in find_area(store, CODES[:2]).figures(["inwoners"])["bron"].iloc[0]
    store.close()


def test_the_remark_names_the_file_that_mends_it(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(Perioden="2024JJ00", OppervlakteLand_111=100).to_csv(folder / "kerncijfers.csv", index=False)
    health(2020).to_csv(folder / "gezondheid.csv", index=False)
    ask, _ = built(tmp_path, folder)
    (text,) = ask("select tekst from melding where tekst like '%niet te vergelijken%'")["tekst"]
    assert text.endswith(
        "Zet de Kerncijfers wijken en buurten van 2020 (tabel 84799NED) erbij; dan kan het wel."
    )
    kwb(Perioden="2020JJ00", OppervlakteLand_111=100).to_csv(folder / "mendt.csv", index=False)
    ask, _ = built(tmp_path, folder)
    assert ask("select * from melding where tekst like '%niet gebruikt%'").empty
    assert (
        len(
            ask(
                "select * from cijfer where indicator = 'mobiliteit_18' and jaar = 2020 and soort = 'gepubliceerd'"
            )
        )
        == 4
    )


@pytest.mark.parametrize("year", [2012, 2016])
def test_rivm_2020_codes_in_the_whole_country(nederland_data, year):
    """Every area of RIVM's table is an area of the Kerncijfers of 2020."""
    columns = {"health": "gezondheid2020_50120NED_18plus.parquet", "kwb": "kwb2020_84799NED.parquet"}
    codes = {}
    for name, file in columns.items():
        frame = pd.read_parquet(nederland_data / file, columns=["WijkenEnBuurten"])
        codes[name] = list(frame["WijkenEnBuurten"].str.strip().unique())
    found, _ = division(table("gezondheid", year, codes["health"]), table("kwb", 2020, codes["kwb"]))
    assert found == 2020
