"""A press that keeps something is never lost: not when another choice stops the page, nor when a name was typed just before."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from wwz.base.settings import load_settings
from wwz.own import given
from wwz.ui.shared import press, state


def page():
    import streamlit as st

    from wwz.base.errors import Fout
    from wwz.ui.shared import permission
    from wwz.ui.shared.press import press, tell

    tell()
    permission.gate()

    def keep() -> str:
        if st.session_state["woord"] == "vol":
            raise OSError
        if not st.session_state["woord"]:
            raise Fout("Vul iets in.")
        st.session_state.setdefault("bewaard", []).append(
            (st.session_state["woord"], permission.editor_name())
        )
        return "Bewaard."

    # As when another choice stops this run before it gets to the button.
    if st.session_state.get("ingehaald"):
        st.stop()
    st.text_input("Woord", key="woord")
    press("Bewaar", keep, "knop")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=30).run()


def kept(app: AppTest) -> list[tuple[str, str]]:
    try:
        return app.session_state["bewaard"]
    except KeyError:
        return []


def test_a_press_counts_although_the_page_is_stopped_before_the_button(app):
    app.text_input(key="woord").set_value("aap")
    app.session_state["ingehaald"] = True
    app.button(key="knop").click().run()
    assert kept(app) == [("aap", "")] and [toast.value for toast in app.toast] == ["Bewaard."]


def test_a_name_that_was_typed_just_before_the_press_is_known(app):
    app.text_input[0].set_value(" Team Wonen ")
    app.text_input(key="woord").set_value("noot")
    app.button(key="knop").click().run()
    assert kept(app) == [("noot", "Team Wonen")]
    app.text_input[0].set_value("")
    app.button(key="knop").click().run()
    assert kept(app)[-1] == ("noot", "")


def twice():
    import streamlit as st

    from wwz.ui.shared.press import press

    def keep() -> str:
        st.session_state["bewaard"] = st.session_state.get("bewaard", 0) + 1
        return "Bewaard."

    def place(label, on_click, key):
        for _ in range(2):
            on_click()

    press("Bewaar", keep, "knop", place=place)


def test_the_second_press_of_a_double_one_does_nothing():
    app = AppTest.from_function(twice, default_timeout=30).run()
    assert app.session_state["bewaard"] == 1
    # Once the page is drawn again, it is a press of its own.
    assert app.run().session_state["bewaard"] == 2


@pytest.mark.parametrize(("word", "sentence"), [("", "Vul iets in."), ("vol", press.NOT_KEPT)])
def test_what_stands_in_the_way_is_told_once_and_nothing_is_kept(app, word, sentence):
    app.text_input(key="woord").set_value(word)
    app.button(key="knop").click().run()
    assert [error.value for error in app.error] == [sentence] and not kept(app) and not app.toast
    assert not app.run().error


def test_a_press_by_who_may_not_write_keeps_nothing(app, monkeypatch):
    """The page was drawn when it was still allowed."""
    app.text_input(key="woord").set_value("wim")
    monkeypatch.setattr(state, "settings", lambda: replace(load_settings(), bewerken="niemand"))
    app.button(key="knop").click().run()
    assert [error.value for error in app.error] == [press.NOT_ALLOWED] and not kept(app)


def give(path):
    from pathlib import Path

    import streamlit as st

    from wwz.ask.area import find_area
    from wwz.store import Store
    from wwz.ui.wijkagenda.given import give

    if st.session_state.get("ingehaald"):
        st.stop()
    store = Store(Path(path))
    give(store, find_area(store, ["WK990205"]))


def test_an_opgave_is_kept_although_another_choice_stops_the_page(voorbeeld_store, tmp_path, monkeypatch):
    database = tmp_path / "wwz.duckdb"
    shutil.copy(voorbeeld_store.path, database)
    monkeypatch.setattr(state, "settings", lambda: replace(load_settings(), database=database))
    app = AppTest.from_function(give, args=(str(database),), default_timeout=60).run()
    assert not app.exception
    app.text_input[0].set_value("Wijkteam")
    app.radio[0].set_value("knelpunt")
    app.session_state["ingehaald"] = True
    button = next(one for one in app.button if one.label == "Opgeven")
    button.click().run()
    (one,) = given.read(database)
    assert (one.gebied, one.status, one.wie) == ("WK990205", "knelpunt", "Wijkteam")
    # What is filled in next starts clean.
    app.session_state["ingehaald"] = False
    assert app.run().radio[0].value == given.STATUSES[-1]


def test_who_was_just_too_late_is_told_and_keeps_what_was_filled_in(voorbeeld_store, tmp_path, monkeypatch):
    database = tmp_path / "wwz.duckdb"
    shutil.copy(voorbeeld_store.path, database)
    monkeypatch.setattr(state, "settings", lambda: replace(load_settings(), database=database))
    app = AppTest.from_function(give, args=(str(database),), default_timeout=60).run()
    app.text_input[0].set_value("Wijkteam")
    app.radio[0].set_value("knelpunt")
    other = given.checked("WK990205", app.selectbox[0].value, "voldoet", None, "Corporatie", "geteld")
    given.add(database, [other])

    def press_it():
        next(one for one in app.button if one.label == "Opgeven").click().run()

    press_it()
    (error,) = app.error
    assert "Corporatie" in error.value and "voldoet" in error.value and "knelpunt" in error.value
    assert given.read(database) == [other] and app.radio[0].value == "knelpunt"
    # Now that both were seen, it may.
    press_it()
    assert [one.wie for one in given.read(database)] == ["Corporatie", "Wijkteam"]
