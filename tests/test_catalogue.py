"""The catalogue is complete: no indicator without title, unit, source and column, and every word of it Dutch."""

from __future__ import annotations

import re

import pytest

from wwz.knowledge import catalogue, load_toml, themes, variables
from wwz.knowledge.catalogue import COMPUTED
from wwz.knowledge.domain import bronnen

INDICATORS = list(catalogue().values())
DERIVED = {"leeftijd_18plus"}
UNITS = {
    "%",
    "km",
    "inwoners",
    "huishoudens",
    "woningen",
    "per 1.000 inwoners",
    "duizend euro",
    "duizend euro per jaar",
    "adressen per km²",
    "meter",
}
ENGLISH = re.compile(
    r"\b(the|and|or|with|without|share|people|number|count|distance|average|mean|health|income|population|household|housing"
    r"|inhabitants?|older|years?|old|unknown|unit|source|per year|disability|mobility|lonely|anxiety|nearest|supermarket)\b",
    re.IGNORECASE,
)


def by_name(name: str):
    """The variable behind a name, with or without an age group."""
    return variables().get(name) or variables().get(re.sub(r"_(18|65)$", "", name))


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.code)
def test_every_indicator_is_complete(row):
    for field in (
        "titel",
        "kort",
        "thema",
        "laag",
        "eenheid",
        "mensen",
        "bron",
        "kolom",
        "richting",
        "uitleg",
        "zin",
    ):
        if field in ("uitleg", "zin") and row.thema == "bevolking":
            continue
        assert getattr(row, field), field
    assert row.eenheid in UNITS
    assert row.regel in ("som", "aandeel", "gemiddelde", "mediaan", "grens")
    assert row.richting in ("meer_is_slechter", "meer_is_beter", "neutraal")
    assert row.decimalen in (0, 1, 2)
    assert re.fullmatch(r"[a-z0-9_]+", row.code)


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.code)
def test_every_indicator_stands_on_a_source_and_a_column(row):
    source = bronnen()[row.bron]
    assert source.naamsvermelding and source.licentie
    if row.kolom == COMPUTED:
        assert not (by_name(row.teller) or by_name(row.waarde))
        return
    assert row.teller or row.waarde
    for name in filter(None, (row.teller, row.waarde)):
        variable = by_name(name)
        assert variable is not None, name
        assert variable.familie == row.bron
    assert row.noemer in variables() or row.noemer in DERIVED or row.regel == "som"
    assert row.kolom in {v.kolom for v in variables().values()}


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row.code)
def test_the_rule_fits_the_unit(row):
    if row.regel == "som":
        assert row.teller and not row.noemer and row.eenheid == row.mensen
    if row.regel == "aandeel":
        assert row.noemer and row.per in (100, 1000)
        assert row.eenheid == ("%" if row.per == 100 else "per 1.000 inwoners")
    if row.regel == "gemiddelde":
        assert row.noemer and row.waarde and not row.teller
    if row.regel == "mediaan":
        assert row.noemer and row.kolom == COMPUTED and row.eenheid == "meter"


def test_health_is_of_the_age_group_it_says():
    for row in INDICATORS:
        if row.bron == "gezondheid":
            age = row.code.rsplit("_", 1)[1]
            assert row.noemer == {"18": "leeftijd_18plus", "65": "leeftijd_65plus"}[age]
            assert (
                f"{age} jaar" in row.titel and f"{age} jaar" in row.mensen and row.waarde.endswith(f"_{age}")
            )
            # Modelled, so the number of people is ours and may be too small to show.
            assert row.minimum >= 10


def test_titles_are_dutch_and_different():
    titles = [row.titel for row in INDICATORS]
    assert len(set(titles)) == len(titles)
    texts = [
        t for row in INDICATORS for t in (row.titel, row.kort, row.uitleg, row.zin, row.mensen, row.eenheid)
    ]
    texts += [t for theme in themes() for t in (theme.titel, theme.vraag, theme.toelichting)]
    texts += [row["titel"] for row in load_toml("voorzieningen.toml")["voorziening"]]
    assert [text for text in texts if ENGLISH.search(text)] == []
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)


def test_the_themes_of_the_map_all_have_layers():
    assert [theme.code for theme in themes()] == [
        "beperkingen",
        "doelgroepen",
        "grenzen",
        "voorzieningen",
        "bevolking",
    ]
    assert {row.thema for row in INDICATORS} == {theme.code for theme in themes()}


def test_layers_of_the_domain_that_are_published_are_there():
    codes = set(catalogue())
    wanted = "mobiliteit horen zien ernstig_beperkt regie eenzaam_ernstig eenzaam angst_depressie rondkomen".split()
    assert {f"{code}_{age}" for code in wanted for age in ("18", "65")} <= codes
    assert {"wmo_clienten", "afstand_huisarts", "afstand_supermarkt", "afstand_apotheek", "inwoners"} <= codes


def test_little_control_is_mirrored_and_nothing_else():
    assert {row.code for row in INDICATORS if row.spiegel} == {"regie_18", "regie_65"}


@pytest.mark.parametrize("variable", variables().values(), ids=lambda v: v.variabele)
def test_every_variable_has_a_column_and_possible_bounds(variable):
    assert variable.kolom and not re.search(r"_\d+$", variable.kolom)
    # Fetched, or brought by the municipality: then it is a source without a number of a table.
    brought = {b["code"] for b in load_toml("bronnen.toml")["bron"] if "tabellen" not in b}
    assert variable.familie in {*load_toml("tabellen.toml")["familie"], *brought}
    assert variable.soort in ("aantal", "aandeel", "gemiddelde")
    assert variable.minimum < variable.maximum
    if variable.soort == "aandeel":
        assert (variable.minimum, variable.maximum) == (0, 100)


def test_no_column_belongs_to_two_variables():
    names = [
        name
        for variable in variables().values()
        for name in {re.sub(r"[^a-z0-9/]", "", n.lower()) for n in (variable.kolom, *variable.ook)}
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_dataset_sources_name_their_tables_and_years():
    for code in ("kwb", "gezondheid", "nabijheid"):
        source = bronnen()[code]
        assert "{jaar}" in source.naamsvermelding and "CC BY 4.0" in source.licentie
        assert source.tabellen and all(re.fullmatch(r"\d{5}NED", table) for table in source.tabellen.values())
