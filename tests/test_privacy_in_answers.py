"""No answer gives a computed number of people below the minimum, for any indicator and any area."""

from __future__ import annotations

import pandas as pd
import pytest

from wwz.ask.area import whole
from wwz.cli.commands import TABLE_COLUMNS
from wwz.knowledge import catalogue
from wwz.store import Store
from wwz.words.numbers import people_range

# Only what we compute ourselves from a share; CBS protects and rounds its own counts.
COMPUTED = [code for code, row in catalogue().items() if row.minimum > 0]
LEVELS = ("buurt", "wijk", "gemeente")


@pytest.fixture(params=["voorbeeld_store", "denhaag_store"])
def store(request) -> Store:
    return request.getfixturevalue(request.param)


def table(store: Store, niveau: str, jaar: int = 0) -> pd.DataFrame:
    return store.ask("tabel", binnen=list(whole(store).codes), niveau=niveau, indicatoren=COMPUTED, jaar=jaar)


def by_hand(rows: pd.DataFrame) -> pd.Series:
    """People, worked out from what the answer does show."""
    per = [catalogue()[code].per for code in rows["indicator"]]
    return rows["waarde"] / per * rows["noemer"]


def test_there_is_something_to_protect(store):
    assert len(COMPUTED) > 20
    rows = table(store, "buurt")
    assert rows["verborgen"].sum() > 20


@pytest.mark.parametrize("niveau", LEVELS)
def test_no_table_shows_a_computed_count_below_the_minimum(store, niveau):
    minimum = store.about()["minimum"]
    assert minimum == 10
    rows = table(store, niveau)
    assert rows["teller"].dropna().min() >= minimum
    assert rows.loc[rows["verborgen"], "teller"].isna().all()


@pytest.mark.parametrize("niveau", LEVELS)
def test_hidden_is_exactly_what_is_below_the_minimum(store, niveau):
    rows = table(store, niveau)
    rows = rows[rows["waarde"].notna() & rows["noemer"].notna()]
    small = by_hand(rows) < store.about()["minimum"] - 1e-9
    assert (rows["verborgen"] == small).all()


@pytest.mark.lang
@pytest.mark.parametrize("niveau", LEVELS)
def test_no_map_layer_shows_one(store, niveau):
    hidden = table(store, niveau).query("verborgen")[["gebied", "indicator", "jaar"]]
    for code in COMPUTED:
        layer = store.ask("kaartlaag", binnen=list(whole(store).codes), niveau=niveau, indicator=code)
        assert not layer["teller"].lt(store.about()["minimum"]).any(), code
        own = hidden[hidden["indicator"] == code].merge(layer, on=["gebied", "jaar"])
        assert own["teller"].isna().all(), code


@pytest.mark.lang
def test_no_own_area_shows_one(store):
    small = table(store, "buurt").query("verborgen")["gebied"].value_counts().index.tolist()
    unions = [[code] for code in small[:15]] + [
        small[i : i + 2] for i in range(0, min(20, len(small) - 1), 2)
    ]
    hidden = 0
    for union in unions:
        rows = store.ask("optelling", buurten=union, naam="x", indicatoren=COMPUTED, jaar=0)
        assert not rows["teller"].lt(store.about()["minimum"]).any()
        closed = rows[rows["verborgen"]]
        # A share we computed ourselves would give the number away.
        assert closed[["teller", "waarde", "onder", "boven"]].isna().all(axis=None)
        hidden += len(closed)
    assert hidden > 20


def test_no_range_is_given_for_a_hidden_number(store):
    for row in table(store, "buurt").query("verborgen").to_dict("records"):
        assert people_range(row, catalogue()[row["indicator"]], 10) == ""


def test_a_share_of_our_own_goes_with_its_number(store):
    for niveau in LEVELS:
        rows = table(store, niveau).query("verborgen")
        own = rows[rows["soort"] != "gepubliceerd"]
        assert own[["waarde", "onder", "boven"]].isna().all(axis=None)


def test_the_table_has_no_other_column_with_people():
    assert [c for c in TABLE_COLUMNS if c in ("teller", "noemer", "mensen", "aantal")] == ["teller", "noemer"]


def test_the_command_line_prints_less_than(store, capsys):
    from wwz.cli.main import main

    hidden = table(store, "buurt").query("verborgen").iloc[0]
    assert (
        main(["tabel", hidden["indicator"], "--gebied", hidden["gebied"], "--database", str(store.path)]) == 0
    )
    printed = capsys.readouterr().out.splitlines()[1].split(",")
    assert printed[TABLE_COLUMNS.index("teller")] == "<10"
