"""What a table of one row holds is written into SQL as what SQL reads back, or stays a question."""

from __future__ import annotations

import duckdb
import pytest

from wwz.base.constants import with_fixed

VALUES = {
    "heel": "10::bigint",
    "min": "-0.5::double",
    "klein": "1e-09::double",
    "deel": "0.25::decimal(4, 2)",
    "ja": "true",
    "leeg": "null::bigint",
    "dag": "date '2024-03-01'",
    "moment": "timestamp '2024-03-01 12:00:00'",
    "tekst": "'a''b'",
    "lijst": "[1, 2]",
    "niets": "'nan'::double",
    "eindeloos": "'inf'::double",
}
ASKED = ("dag", "moment", "tekst", "lijst", "niets", "eindeloos")


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_the_same_as_the_question(name):
    with duckdb.connect() as connection:
        connection.execute(
            f"create table regel as select {', '.join(f'{value} as {n}' for n, value in VALUES.items())}"
        )
        question = f"select typeof((select {name} from regel)), (select {name} from regel)"
        text = with_fixed(question, connection)
        assert ("from regel" in text) is (name in ASKED)
        assert repr(connection.execute(text).fetchall()) == repr(connection.execute(question).fetchall())


def test_a_number_below_zero_stays_a_number_after_a_minus():
    with duckdb.connect() as connection:
        connection.execute("create table oordeel as select -2 as grens")
        text = with_fixed("select 1-(select grens from oordeel)", connection)
        assert connection.execute(text).fetchall() == [(3,)]
