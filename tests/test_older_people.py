"""Of people of 65 and older never more have a limitation than of everybody from 18, whoever says so."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from invoer_hulp import step

from wwz.ask.layer import with_texts
from wwz.build.checks import run_check
from wwz.knowledge import catalogue
from wwz.words.numbers import people_range
from wwz.words.sentences import RECONCILED, reliability_reason

EVERY = [f"{name}_store" for name in ("voorbeeld", "denhaag", "utrecht", "drechtsteden", "nederland")]
RULE = "".join(step(name).read_text(encoding="utf-8") for name in ("ouderen", "verzoenen"))
PAIRS = """
    select a.gebied, a.indicator, a.jaar, a.teller as alle, o.teller as ouderen
    from cijfer_open a
    join cijfer_open o on o.gebied = a.gebied and o.jaar = a.jaar and o.indicator = replace(a.indicator, '_18', '_65')
    where a.indicator like '%\\_18' escape '\\' and a.teller is not null and o.teller is not null
"""


@pytest.mark.parametrize("name", EVERY)
def test_in_no_dataset_are_there_more_older_people(name, request, ask):
    store = request.getfixturevalue(name)
    pairs = ask(store, PAIRS)
    assert len(pairs) > 100, "dit geval toetst niets"
    assert (pairs["ouderen"] <= pairs["alle"] + 1e-3).all()
    assert run_check(store, "ouderen").violations == 0


def test_a_buurt_that_was_said_to_have_86_of_50(nederland_store, ask):
    rows = ask(
        nederland_store,
        "select * from cijfer_open where gebied = 'BU05900104' and jaar = 2020 and indicator like 'mobiliteit%'",
    ).set_index("indicator")
    assert rows.loc["mobiliteit_65", "teller"] <= rows.loc["mobiliteit_18", "teller"]
    assert (rows["onder"] <= rows["waarde"]).all() and (rows["waarde"] <= rows["boven"]).all()
    assert 50 < rows.loc["mobiliteit_18", "teller"] < 86


def reconciled(everybody: tuple, older: tuple, nobody: bool = False) -> pd.DataFrame:
    """What the rule makes of two figures: teller, noemer, half of the margin in people, soort and wijze."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table indicator as select * from (values ('x_18', 'x', 'leeftijd_18plus', 'aandeel', 100), "
            "('x_65', 'x', 'leeftijd_65plus', 'aandeel', 100)) t(code, laag, noemer, regel, per)"
        )
        rows = []
        for code, (count, base, half, kind, way) in (("x_18", everybody), ("x_65", older)):
            share, wide = 100 * count / base, 100 * half / base
            rows.append(("BU1", code, 2020, count, base, share, share - wide, share + wide, kind, way, False))
        names = "gebied indicator jaar teller noemer waarde onder boven soort wijze geteld".split()
        frame = pd.DataFrame(rows, columns=names).astype({"teller": float, "noemer": float})
        connection.register("gegeven", frame)
        connection.execute("create table cijfer as select * from gegeven")
        if nobody:
            connection.execute("update cijfer set noemer = 0 where indicator = 'x_18'")
        for statement in connection.extract_statements(RULE):
            connection.execute(statement)
        return connection.execute("select * from cijfer order by indicator").df().set_index("indicator")


def test_equally_sure_they_meet_near_the_surest():
    """By hand: margins of 10 and 20 people weigh 4 to 1, so (4 x 50 + 86) / 5 = 57.2."""
    found = reconciled((50, 340, 10, "geschat", "model"), (86, 300, 20, "geschat", "model"))
    assert found["teller"].tolist() == pytest.approx([57.2, 57.2])
    assert found["waarde"].tolist() == pytest.approx([100 * 57.2 / 340, 100 * 57.2 / 300], abs=1e-5)
    bounds = (found["onder"] * found["noemer"] / 100, found["boven"] * found["noemer"] / 100)
    assert (bounds[0] <= found["teller"] + 1e-3).all() and (bounds[1] >= found["teller"] - 1e-3).all()
    assert bounds[0]["x_65"] <= bounds[0]["x_18"] + 1e-3 and bounds[1]["x_65"] <= bounds[1]["x_18"] + 1e-3
    assert set(found["soort"]) == {"geschat"} and set(found["wijze"]) == {"model"}


@pytest.mark.parametrize(
    ("everybody", "older", "wanted"),
    [
        # What a source publishes stays; our estimate gives way.
        ((50, 340, 10, "gepubliceerd", "bron"), (86, 300, 5, "geschat", "model"), (50, 50)),
        ((50, 340, 10, "geschat", "model"), (86, 300, 5, "gepubliceerd", "bron"), (86, 86)),
        # What the gemeente counted stays, whatever the source says.
        ((50, 340, 0, "opgegeven", "opgegeven"), (86, 300, 20, "gepubliceerd", "bron"), (50, 50)),
        # Nothing wrong: nothing changes.
        ((90, 340, 10, "geschat", "model"), (86, 300, 20, "geschat", "model"), (90, 86)),
    ],
)
def test_what_is_less_sure_gives_way(everybody, older, wanted):
    found = reconciled(everybody, older)
    assert found["teller"].tolist() == pytest.approx(wanted)
    assert (found["onder"] <= found["waarde"] + 1e-6).all() and (
        found["waarde"] <= found["boven"] + 1e-6
    ).all()


def test_margins_that_do_not_even_touch_leave_everything_between_possible():
    found = reconciled((34, 302, 4, "gepubliceerd", "bron"), (62, 175, 12, "gepubliceerd", "bron"))
    people = found[["onder", "boven"]].mul(found["noemer"] / 100, axis=0)
    assert people["onder"].tolist() == pytest.approx([30, 30], abs=1e-3)
    assert people["boven"].tolist() == pytest.approx([74, 74], abs=1e-3)


def test_where_nobody_lived_nothing_is_estimated_of_older_people():
    found = reconciled((0, 1, 0, "gepubliceerd", "bron"), (3, 15, 1, "geschat", "model"), nobody=True)
    assert found.index.tolist() == ["x_18"]


def test_a_source_that_contradicts_itself_becomes_our_estimate():
    found = reconciled((50, 340, 10, "gepubliceerd", "bron"), (86, 300, 20, "gepubliceerd", "bron"))
    assert found["teller"].nunique() == 1
    assert set(found["soort"]) == {"geschat"} and set(found["wijze"]) == {"verzoend"}


def test_the_screen_says_that_the_source_contradicts_itself(nederland_store, ask):
    """Share, number and margin of what is shown go together, and the reason stands with it."""
    rows = ask(
        nederland_store,
        "select c.*, g.water, false as weinig_mensen from cijfer_open c join gebied g on g.code = c.gebied "
        "where c.wijze = 'verzoend' and c.indicator like 'mobiliteit%' and c.teller is not null",
    )
    assert len(rows)
    assert (rows["teller"] - rows["waarde"] * rows["noemer"] / 100).abs().max() < 0.01
    row = with_texts(rows, 10).iloc[0]
    assert RECONCILED in reliability_reason(row, catalogue()[row["indicator"]])
    assert people_range(row, catalogue()[row["indicator"]], 10)
