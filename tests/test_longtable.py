"""A long table waits until it is asked for, and says how long it is as every number is written."""

from streamlit.testing.v1 import AppTest

from wwz.ui.shared.longtable import LONG_TABLE


def _page(areas: int, most: int) -> None:
    import streamlit as st

    from wwz.ui.shared.longtable import long_table

    st.session_state["shown"] = long_table(areas, "lang", most)


def test_a_long_table_comes_when_it_is_asked_for():
    page = AppTest.from_function(_page, args=(14108, LONG_TABLE)).run()
    assert page.toggle[0].label == "Toon de tabel (14.108 gebieden)" and not page.session_state["shown"]
    assert page.toggle[0].set_value(True).run().session_state["shown"]


def test_a_table_that_is_not_long_is_there_at_once():
    page = AppTest.from_function(_page, args=(LONG_TABLE, LONG_TABLE)).run()
    assert not page.toggle and page.session_state["shown"]


def test_a_page_can_ask_for_less():
    page = AppTest.from_function(_page, args=(342, 200)).run()
    assert page.toggle[0].label == "Toon de tabel (342 gebieden)" and not page.session_state["shown"]
