"""A table to fill in: what was changed is read back in one way, and only what can have been filled in."""

from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st

from wwz.ui.shared.fillable import FILLED, Field, FillTable
from wwz.ui.shared.table import Column

ROWS = pd.DataFrame(
    {"code": ["a", "b"], "titel": ["Alarm", "Buurthuis"], "graad": ["nee", "nee"], "waarom": ["", "oud"]},
    # As after a choice from a larger frame.
    index=[7, 3],
)
COLUMNS = [
    Column("titel", "Eis"),
    Field("graad", "Nodig", options=("ja", "nee")),
    Field("waarom", "Reden", longest=5),
]


@pytest.fixture
def read(monkeypatch):
    """What is read back when the browser tells this."""

    def read(told: object) -> list[list[str]]:
        monkeypatch.setattr(st, "session_state", {"t": {FILLED: told}} if told is not None else {})
        return (
            FillTable(ROWS, COLUMNS, "Eisen", "t", "code").filled()[["graad", "waarom"]].to_numpy().tolist()
        )

    return read


def test_what_was_changed_stands_in_its_own_row_and_column(read):
    assert read(None) == read({}) == [["nee", ""], ["nee", "oud"]]
    assert read({"b": {"graad": "ja"}}) == [["nee", ""], ["ja", "oud"]]
    assert read({"a": {"waarom": "nieuw", "graad": "ja"}, "b": {"waarom": ""}}) == [
        ["ja", "nieuw"],
        ["nee", ""],
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"c": {"graad": "ja"}},
        {"a": {"titel": "Anders"}, "b": {"code": "a"}},
        {"a": {"graad": "misschien"}},
        {"a": {"graad": ["ja"], "waarom": 5}},
        {"a": "ja"},
    ],
)
def test_what_cannot_have_been_filled_in_is_left_out(read, told):
    assert read(told) == read(None)


def test_a_text_that_is_too_long_for_its_field_is_cut(read):
    assert read({"a": {"waarom": "x" * 99}})[0] == ["nee", "x" * 5]


def test_the_rows_that_were_shown_stay_as_they_were(read):
    read({"a": {"graad": "ja"}})
    assert ROWS["graad"].tolist() == ["nee", "nee"]
