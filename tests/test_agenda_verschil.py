"""Whether wijken differ, in one command: by hand on two orders, and on the example region."""

from __future__ import annotations

import pandas as pd
import pytest

from wwz.agenda.differences import ALL, differences, in_words, rank_correlation
from wwz.ask.area import find_area
from wwz.base.errors import Fout
from wwz.knowledge import load_toml


def order(*codes: str) -> pd.DataFrame:
    return pd.DataFrame({"randvoorwaarde": codes, "rang": range(1, len(codes) + 1)})


def test_the_same_order_is_one_and_the_opposite_minus_one():
    assert rank_correlation({"a": order("x", "y", "z"), "b": order("x", "y", "z")}) == pytest.approx(1)
    assert rank_correlation({"a": order("x", "y", "z"), "b": order("z", "y", "x")}) == pytest.approx(-1)
    # Three pairs: 1, -1 and -1.
    three = {"a": order("x", "y", "z"), "b": order("x", "y", "z"), "c": order("z", "y", "x")}
    assert rank_correlation(three) == pytest.approx(-1 / 3)


@pytest.mark.zwaar
def test_the_wijken_of_a_gemeente(voorbeeld_store):
    rows = differences(voorbeeld_store, find_area(voorbeeld_store, ("GM9901",)))
    first, conditions = rows[0], {row["randvoorwaarde"]: row for row in rows[1:]}
    pairs = first["wijken"] * (first["wijken"] - 1) // 2
    assert first["randvoorwaarde"] == ALL and -1 <= first["rangcorrelatie"] <= 1
    assert all(row["paren"] == pairs for row in conditions.values())
    # What nobody knows separates no two wijken; what is measured may.
    # What rests on a rough assumption is not called known.
    assert {(row["bekend"] + row["aanname"]) <= row["wijken"] for row in conditions.values()} == {True}
    assert conditions["waakvlam"]["gescheiden_procent"] == 0 and conditions["waakvlam"]["bekend"] == 0
    assert (
        conditions["winkels-1000"]["bekend"] > 0 and conditions["huishoudelijke-verzorging"]["begrensd"] > 0
    )


def test_what_was_measured_last_is_told_with_its_baseline():
    """In the numbers of the knowledge, and only as sure as they are."""
    found = load_toml("confrontatie.toml")["verwacht"]["toets"]
    text = in_words()
    assert all(
        f"{found[name]:.2f}".replace(".", ",") in text for name in ("naar_mensen", "rangcorrelatie", "halven")
    )
    assert "meer dan door toeval" in text and found["rangcorrelatie"] < found["halven"]


def test_one_wijk_is_nothing_to_compare(voorbeeld_store):
    buurt = find_area(voorbeeld_store, ("GM9901",)).buurten[0]
    with pytest.raises(Fout, match="geen twee wijken"):
        differences(voorbeeld_store, find_area(voorbeeld_store, (f"WK{buurt[2:8]}",)))
