"""The newest year lacks income, benefits, Wmo and dwellings, has other ages and new codes: each figure its latest year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from contents import first_release, shifted
from standin import Standin
from workplaces import QUICK, asked, new_place

from wwz.build.fetched import fetch_and_build
from wwz.fetch.fetch import plan_for

NEWEST, MIDDLE, COMPLETE = 2026, 2025, 2024
NUMBERS = {NEWEST: "86358NED", MIDDLE: "86165NED", COMPLETE: "85984NED"}


def split_at_80(frame: pd.DataFrame) -> pd.DataFrame:
    """As Kerncijfers 2026: 65 to 80 and 80 and older instead of 65 and older."""
    old = next(c for c in frame if c.startswith("k_65JaarOfOuder"))
    place = list(frame.columns).index(old)
    older = (frame[old] * 0.3 / 5).round() * 5
    frame = frame.copy()
    frame.insert(place, "k_65Tot80Jaar_16", frame[old] - older)
    frame.insert(place + 1, "k_80JaarOfOuder_17", older)
    return frame.drop(columns=old)


def with_new_codes(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, str]]:
    """Two buurten of which CBS says in a new way that the number of Wmo-clienten is missing."""
    column = next(c for c in frame if c.startswith("WmoClienten_"))
    codes, values = frame["WijkenEnBuurten"].str.strip(), frame[column].astype("object")
    number, word = codes[codes.str.startswith("BU9901") & values.notna()].iloc[:2]
    values[codes == number], values[codes == word] = -99991, "geheim*"
    return frame.assign(**{column: values}), (number, word)


@pytest.fixture(scope="module")
def served(example_content) -> Standin:
    complete = example_content.tables[("cbs", "85618NED")]
    with_codes, missing = with_new_codes(complete)
    tables = {
        ("cbs", NUMBERS[COMPLETE]): with_codes,
        ("cbs", NUMBERS[MIDDLE]): shifted(first_release(complete), 2),
        ("cbs", NUMBERS[NEWEST]): shifted(split_at_80(first_release(complete)), 5),
        ("rivm", "50120NED"): example_content.tables[("rivm", "50120NED")],
    }
    layers = {(NEWEST, name): frame for (_, name), frame in example_content.layers.items()}
    server = Standin(replace(example_content, tables=tables, layers=layers))
    server.missing = missing
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def database(served, tmp_path_factory) -> Path:
    place = new_place(served, tmp_path_factory.mktemp("nieuwste"), QUICK)
    fetch_and_build(plan_for(("Duinmonde",), NEWEST, place), place)
    return place.settings.database


@pytest.mark.parametrize(
    ("indicator", "jaar"),
    [
        ("inwoners", NEWEST),
        ("bijstand", COMPLETE),
        ("wmo_clienten", COMPLETE),
        ("woningen", COMPLETE),
        ("inkomen", COMPLETE),
        ("mobiliteit_18", 2022),
    ],
)
def test_every_figure_has_its_latest_complete_year_and_shows_it(database, indicator, jaar):
    codes = asked(database, "select distinct code from indicator where code like '" + indicator + "%'")[
        "code"
    ].tolist()
    assert codes, f"geen indicator {indicator}"
    row = asked(
        database,
        f"select jaar, nieuwste, bronregel(bron, jaar) as regel from indicator_jaar where indicator = '{codes[0]}' and nieuwste",
    )
    assert row["jaar"].tolist() == [jaar]
    number = {**NUMBERS, 2022: "50120NED"}[jaar]
    assert str(jaar) in row["regel"].iloc[0] and number in row["regel"].iloc[0]


def test_the_split_ages_still_add_up(database, served):
    """65 to 80 and 80 and older, read from the new columns, are the 65-plussers of the same buurt."""
    frame = served.content.tables[("cbs", NUMBERS[NEWEST])]
    young, old = (next(c for c in frame if c.startswith(n)) for n in ("k_65Tot80Jaar", "k_80JaarOfOuder"))
    expected = frame.assign(
        gebied=frame["WijkenEnBuurten"].str.strip(), som=frame[young] + frame[old]
    ).set_index("gebied")["som"]
    found = asked(
        database,
        f"select gebied, sum(mensen) as mensen from leeftijd_gebied where jaar = {NEWEST} and band in ('65_75', '75_85', '85plus') group by gebied",
    ).set_index("gebied")["mensen"]
    both = found.index.intersection(expected[expected > 0].index)
    assert len(both) > 10
    # Rounding to 5 per age group; the bands are made to add up to the inhabitants.
    assert (found[both] - expected[both]).abs().max() <= 10


def test_the_share_of_65_plus_is_known_in_the_newest_year(database):
    row = asked(database, "select jaar from indicator_jaar where indicator = 'leeftijd_65plus' and nieuwste")
    assert row["jaar"].tolist() == [NEWEST]


def test_an_unknown_code_for_missing_is_unknown_and_never_nought(database, served):
    found = asked(database, f"from meting where variabele = 'wmo_clienten' and gebied in {served.missing}")
    others = asked(database, "from meting where variabele = 'wmo_clienten' and gebied like 'BU9901%'")
    assert found.empty and len(others) > 10
    assert len(asked(database, "from melding where tekst like '%wmo_clienten%geheim%'")) == 1
