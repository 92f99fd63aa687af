"""Column names of every year lead to the same variable; the year comes from the contents where it can."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoer_hulp import CODES, column, kwb, read, texts

from wwz.knowledge import variables
from wwz.sources.columns import map_columns, stem, variable_of, variables_of

# The same figure as it was called by CBS OData, CBS xlsx, StatLine's own csv, PDOK (two spellings) and the old shapefile.
SPELLINGS = {
    "inwoners": [
        "AantalInwoners_5",
        "a_inw",
        "Bevolking/Aantal inwoners (aantal)",
        "aantalInwoners",
        "aantal_inwoners",
        "AANT_INW",
    ],
    "leeftijd_65plus": [
        "k_65JaarOfOuder_12",
        "a_65_oo",
        "Bevolking/Leeftijdsgroepen/65 jaar of ouder (aantal)",
    ],
    "leeftijd_65_80": ["k_65JaarTot80Jaar_12", "k_65Tot80Jaar_12"],
    "leeftijd_80plus": ["k_80JaarOfOuder_13"],
    "pct_65plus": [
        "percentagePersonen65JaarEnOuder",
        "percentage_personen_65_jaar_en_ouder",
        "P_65_EO_JR",
        "p_65_eo_jr",
    ],
    "pct_0_15": ["percentagePersonen0Tot15Jaar", "P_00_14_JR"],
    "huishoudens": ["HuishoudensTotaal_28", "a_hh", "aantalHuishoudens", "AANTAL_HH"],
    "woz": [
        "GemiddeldeWoningwaarde_35",
        "GemiddeldeWOZWaardeVanWoningen_39",
        "g_wozbag",
        "gemiddelde_woningwaarde",
        "WOZ",
    ],
    "inkomen_huishouden": ["GemGestandaardiseerdInkomenVanHuish_75", "GemGestandaardiseerdInkomen_83"],
    "wmo_clienten": [
        "WmoClienten_89",
        "WmoClienten_93",
        "WmoClienten_98",
        "a_wmo_t",
        "Zorg/Wmo-cliënten (aantal)",
        "aantal_Wmo_cliënten",
    ],
    "wmo_relatief": ["WmoClientenRelatief_94", "p_wmo_t", "WmoClientenPer1000Inwoners_6"],
    "bijstand": [
        "PersonenPerSoortUitkeringBijstand_87",
        "Personen per soort uitkering; Bijstand (aantal)",
        "WWB_UITTOT",
    ],
    "opleiding_hoog": ["OpleidingsniveauHoog_66", "HboWo_69", "a_opl_hg"],
    "afstand_huisarts": [
        "AfstandTotHuisartsenpraktijk_106",
        "g_afs_hp",
        "huisartsenpraktijkGemiddeldeAfstandInKm",
        "AF_ARTSPR",
    ],
    "afstand_ziekenhuis": [
        "AfstandTotZiekenhuis_11",
        "ziekenhuis_incl_buitenpolikliniek_gem_afst_in_km",
        "AF_ZIEK_I",
        "Gezondheid en welzijn/Ziekenhuis (incl. buitenpolikliniek)/Afstand tot ziekenhuis (km)",
    ],
    "afstand_school": [
        "AfstandTotSchool_60",
        "g_afs_sc",
        "AF_ONDBAS",
        "Onderwijs/Basisonderwijs/Afstand tot school (km)",
    ],
    "horen_18": ["BeperkingInHoren_21_18"],
    "horen_65": ["BeperkingInHoren_8_65"],
    "met_kinderen": ["HuishoudensMetKinderen_31", "a_hh_m_k"],
    "zonder_kinderen": ["HuishoudensZonderKinderen_30", "a_hh_z_k"],
    "land_ha": ["OppervlakteLand_112", "a_lan_ha", "oppervlakteLandInHa", "OPP_LAND"],
}
OTHERS = [
    "AantalInwonersBuiten_5",
    "Gemeentenaam_1",
    "Onderwijs/Voortgezet onderwijs/Vmbo/Afstand tot school (km)",
    "AF_ZIEK_E",
    "Gezondheid en welzijn/Ziekenhuis (excl. buitenpolikliniek)/Afstand tot ziekenhuis (km)",
    "HuishoudensMetEenLaagInkomenEnKinderen_31",
    "",
]


@pytest.mark.parametrize(("variable", "name"), [(v, n) for v, names in SPELLINGS.items() for n in names])
def test_every_spelling_is_known(variable, name):
    assert variable_of(name) == variable


@pytest.mark.parametrize("name", OTHERS)
def test_what_looks_like_it_is_not_taken_for_it(name):
    assert variable_of(name) is None


@given(
    name=st.sampled_from([v.kolom for v in variables().values()]),
    number=st.integers(1, 999),
    upper=st.booleans(),
    pad=st.sampled_from(["", " ", "\t"]),
)
def test_running_number_and_letter_case_never_matter(name, number, upper, pad):
    text = f"{pad}{name}_{number}{pad}"
    assert variable_of(text.upper() if upper else text) == variable_of(name) is not None


def test_no_name_leads_to_two_variables():
    names = [(stem(n), v.variabele) for v in variables().values() for n in (v.kolom, *v.ook) if "/" not in n]
    assert len({s for s, _ in names}) == len(set(names))


def test_of_equal_stems_the_lowest_number_counts_in_any_order():
    names = [
        "AfstandTotSchool_72",
        "AfstandTotSchool_60",
        "AfstandTotSchool_64",
        "AfstandTotZiekenhuis_15",
        "AfstandTotZiekenhuis_11",
        "AantalInwoners_5",
    ]
    for seed in range(10):
        random.Random(seed).shuffle(names)
        assert map_columns(names) == {
            "AfstandTotSchool_60": "afstand_school",
            "AfstandTotZiekenhuis_11": "afstand_ziekenhuis",
            "AantalInwoners_5": "inwoners",
        }


def test_cbs_own_name_wins_from_other_spellings():
    assert map_columns(["a_inw", "AANT_INW", "AantalInwoners_5"]) == {"AantalInwoners_5": "inwoners"}


def test_a_count_within_a_distance_is_of_the_column_before_it():
    """OData names them all alike; the next kind of voorziening has none, and another distance is another figure."""
    names = [
        "AfstandTotHuisartsenpraktijk_5",
        "Binnen1Km_6",
        "Binnen3Km_7",
        "AfstandTotApotheek_10",
        "Binnen1Km_12",
        "AfstandTotGroteSupermarkt_24",
        "Binnen1Km_25",
        "AfstandTotCafeED_36",
        "Binnen1Km_37",
    ]
    expected = {
        "AfstandTotHuisartsenpraktijk_5": "afstand_huisarts",
        "Binnen1Km_6": "aantal_huisarts_1km",
        "AfstandTotApotheek_10": "afstand_apotheek",
        "AfstandTotGroteSupermarkt_24": "afstand_supermarkt",
        "Binnen1Km_25": "aantal_supermarkt_1km",
        "AfstandTotCafeED_36": "afstand_cafe",
    }
    assert map_columns(names) == map_columns(names[::-1]) == variables_of(names) == expected
    assert variable_of("Binnen1Km_6") is None and map_columns(["Binnen1Km_6", "Binnen1Km_1"]) == {}


def test_2026_with_65_to_80_and_80_plus(tmp_path):
    kwb(
        k_65JaarOfOuder_12=None,
        k_65JaarTot80Jaar_12=[150, 300, 80, 200],
        k_80JaarOfOuder_13=[50, 100, 20, 100],
        Perioden="2026JJ00",
    ).to_csv(tmp_path / "a.csv", index=False)
    readings, _ = read(tmp_path)
    assert column(readings, "leeftijd_65_80") == ["150", "300", "80", "200"] and column(
        readings, "leeftijd_80plus"
    ) == ["50", "100", "20", "100"]


@pytest.mark.parametrize(
    ("file", "frame", "expected"),
    [
        ("x.csv", kwb(), {"kwb": 2023}),
        ("x.csv", kwb(Perioden=None, jrstatcode="2024BU99010001"), {"kwb": 2024}),
        ("85984NED.csv", kwb(Perioden=None), {"kwb": 2024}),
        ("kwb_2022_export_20251231.csv", kwb(Perioden=None), {"kwb": 2022}),
        (
            "kwb2019_rivm2020.csv",
            kwb(Perioden=None, BeperkingInHoren_21_18=5.0),
            {"kwb": 2019, "gezondheid": 2020},
        ),
    ],
)
def test_year_is_found(tmp_path, file, frame, expected):
    frame.to_csv(tmp_path / file, index=False)
    (reading,), _ = read(tmp_path)
    assert reading.jaren == expected


def test_contents_win_from_the_name(tmp_path):
    kwb().to_csv(tmp_path / "kwb2019.csv", index=False)
    (reading,), _ = read(tmp_path)
    assert reading.jaren == {"kwb": 2023} and reading.jaar_uit == "een kolom in het bestand"


def test_whole_country_is_recognised_by_its_inhabitants(tmp_path):
    pd.DataFrame({"gwb_code_10": ["NL00", "GM9901"], "a_inw": ["17811291", "3000"]}).to_csv(
        tmp_path / "x.csv", index=False
    )
    (reading,), _ = read(tmp_path)
    assert reading.jaren == {"kwb": 2023} and reading.jaar_uit == "het aantal inwoners van Nederland"


def test_without_a_year_the_file_is_refused_with_the_way_out(tmp_path):
    kwb(Perioden=None).to_csv(tmp_path / "cijfers.csv", index=False)
    readings, report = read(tmp_path)
    assert (
        readings == []
        and "[invoer.jaren]" in texts(report, "afgekeurd")[0]
        and '"cijfers.csv" = 2023' in texts(report)[0]
    )
    (reading,), report = read(tmp_path, jaren=(("cijfers.csv", 2021),))
    assert reading.jaren == {"kwb": 2021} and texts(report) == []


def test_one_family_without_a_year_does_not_spoil_the_other(tmp_path):
    pd.DataFrame(
        {
            "code": ["NL00", "GM9901"],
            "AantalInwoners_5": [17811291, 3000],
            "BeperkingInHoren_21_18": [5.0, 6.0],
        }
    ).to_csv(tmp_path / "x.csv", index=False)
    (reading,), report = read(tmp_path)
    assert reading.jaren == {"kwb": 2023} and "horen_18" not in reading.cijfers[0]
    assert "gezondheid" in texts(report, "afgekeurd")[0]


def test_a_quarter_is_not_a_year(tmp_path):
    kwb(Perioden=["2023JJ00", "2023KW01", "2023JJ00", "2023MM06"]).to_csv(tmp_path / "x.csv", index=False)
    (reading,), report = read(tmp_path)
    assert reading.cijfers[0]["gebied"].tolist() == [CODES[0], CODES[2]] and any(
        "2 rijen" in t for t in texts(report, "afgekeurd")
    )


def test_real_tables_find_their_variables_under_shifted_numbers(nederland_data):
    frame = pd.read_parquet(nederland_data / "kwb2020_84799NED.parquet")
    shifted = {
        name: name.rsplit("_", 1)[0] + f"_{i + 300}" if name.rsplit("_", 1)[-1].isdigit() else name
        for i, name in enumerate(frame.columns)
    }
    before, after = map_columns(list(frame.columns)), map_columns(list(shifted.values()))
    assert len(before) >= 45 and list(before.values()) == list(after.values())
