"""What the tables send to the browser, without a browser."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from wwz.ui.shared.celltext import tag_look
from wwz.ui.shared.table import Column, Table, encode_column

HOSTILE = "<script>alert(1)</script>\"'&"


def unpack(texts):
    """The list of texts that the browser makes of words and places."""
    if "at" not in texts:
        return texts["words"]
    return [None if place < 0 else texts["words"][place] for place in texts["at"]]


class Reader(HTMLParser):
    """Collects elements, attributes and text of a piece of HTML."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def test_missing_numbers_sort_as_missing_and_never_as_zero():
    frame = pd.DataFrame({"n": [3.0, None, float("inf"), 0.0], "t": ["3", "<10", None, "0"]})
    sent = encode_column(frame, Column("n", "N", text_field="t", kind="number"))
    assert sent["sort"] == [3.0, None, None, 0.0]
    assert unpack(sent["text"]) == ["3", "<10", None, "0"]


@pytest.mark.parametrize("dtype", ["float64", "Int64", "object", "Float64"])
def test_numbers_without_text_get_dutch_separators(dtype):
    frame = pd.DataFrame({"n": pd.Series([1234567, None, 12], dtype=dtype)})
    assert unpack(encode_column(frame, Column("n", "N", kind="number"))["text"]) == ["1.234.567", None, "12"]


def test_fractions_get_a_comma():
    frame = pd.DataFrame({"n": [1234.56, 0.25]})
    assert unpack(encode_column(frame, Column("n", "N", kind="number"))["text"]) == ["1.234,6", "0,2"]


def test_booleans_are_dutch():
    frame = pd.DataFrame({"n": [True, False]})
    assert unpack(encode_column(frame, Column("n", "N"))["text"]) == ["ja", "nee"]


def test_repeated_texts_are_sent_once():
    frame = pd.DataFrame({"g": ["Leeuwarden", "Utrecht"] * 500})
    sent = encode_column(frame, Column("g", "Gemeente"))["text"]
    assert sorted(sent["words"]) == ["Leeuwarden", "Utrecht"]
    assert unpack(sent) == frame["g"].tolist()


def test_unique_texts_are_sent_as_they_are():
    frame = pd.DataFrame({"g": [f"buurt {n}" for n in range(50)] + [None]})
    sent = encode_column(frame, Column("g", "Buurt"))
    assert "at" not in sent["text"]
    assert unpack(sent["text"]) == [f"buurt {n}" for n in range(50)] + [None]
    assert "sort" not in sent


def test_second_line_and_pill_come_along():
    frame = pd.DataFrame({"n": ["a"], "sub": ["b"], "soort": ["geschat"]})
    sent = encode_column(frame, Column("n", "N", sub_field="sub", tag_field="soort"))
    assert (unpack(sent["sub"]), unpack(sent["tag"]), sent["tag"]["looks"]) == (
        ["b"],
        ["geschat"],
        ["geschat"],
    )


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("gepubliceerd 2020", "gepubliceerd"),
        ("Betrouwbaarheid laag", "laag"),
        ("2 onbekend", "onbekend"),
        ("?", "anders"),
    ],
)
def test_tags_are_known_by_a_word_in_them(text, look):
    assert tag_look(text) == look


def test_simple_table_escapes_everything():
    row = {"g": HOSTILE, "a": HOSTILE, "b": HOSTILE, "c": HOSTILE}
    columns = [
        Column("a", HOSTILE, sub_field="b"),
        Column("b", "B", kind="tag"),
        Column("c", "C", tag_field="a"),
    ]
    found = Reader(Table([row], columns, HOSTILE).as_html(group_field="g"))
    assert not found.all("script")
    assert (
        found.texts.count(HOSTILE) == 3 + 5
    )  # title, heading, group; three cells of which two have a second text
    assert found.all("div")[1]["aria-label"] == HOSTILE


def test_simple_table_structure():
    rows = pd.DataFrame({"g": ["x", "x", "y"], "naam": ["a", "b", "c"], "n": [1.0, None, 2500.0]})
    columns = [Column("naam", "Naam"), Column("n", "Aantal", kind="number")]
    found = Reader(Table(rows, columns, "Titel").as_html(group_field="g"))
    scopes = [attributes["scope"] for attributes in found.all("th")]
    assert scopes == ["col", "col", "rowgroup", "row", "row", "rowgroup", "row"]
    assert found.texts == ["Titel", "Naam", "Aantal", "x", "a", "1", "b", "onbekend", "y", "c", "2.500"]
    assert len(found.all("tbody")) == 2


def _app():
    import pandas as pd
    import streamlit as st

    from wwz.ui.shared.table import Column, Table

    frame = pd.DataFrame({"gebied": ["BU1", "BU2"], "naam": ["Een", "Twee"]})
    Table(frame, [Column("naam", "Buurt")], "Buurten").sortable(key="t", selected="BU2")
    st.write("klaar")


def test_a_table_that_folds_stays_a_table_and_names_every_cell():
    columns = [Column("a", "Wijk"), Column("b", f"Mensen {HOSTILE}", sub_field="c")]
    rows = [{"a": "Oost", "b": "120", "c": "90 tot 150"}, {"a": "West", "b": "<10", "c": ""}]
    read = Reader(Table(rows, columns, "Wat ontbreekt").as_html(folds=True))
    roles = [attributes.get("role") for _, attributes in read.elements if attributes.get("role")]
    assert roles == [
        *("region", "table", "rowgroup", "row", "columnheader", "columnheader", "rowgroup"),
        *("row", "rowheader", "cell") * 2,
    ]
    assert read.texts.count(f"Mensen {HOSTILE}") == 3 and not read.all("script")
    assert [a.get("class") for a in read.all("span")].count("wwz-name") == 2


def test_shows_without_a_choice():
    app = AppTest.from_function(_app).run(timeout=20)
    assert not app.exception
    assert [text.value for text in app.markdown] == ["klaar"]


def test_who_has_no_tag_gets_no_empty_pill():
    column = Column("n", "N", tag_field="soort")
    shown = Table([{"n": "a", "soort": ""}, {"n": "b", "soort": "geschat"}], [column], "Tabel").as_html()
    assert shown.count("wwz-tag ") == 1
