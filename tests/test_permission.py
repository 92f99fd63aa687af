"""Who may write: config.toml decides, and a visitor without permission reads why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from wwz.base.settings import load_settings
from wwz.ui.shared import permission, state


def page():
    import streamlit as st

    from wwz.ui.shared import permission

    st.session_state["mag"] = permission.gate()
    st.session_state["wie"] = permission.editor_name()


def shown(monkeypatch, setting: str, login: dict) -> AppTest:
    monkeypatch.setattr(state, "settings", lambda: replace(load_settings(), bewerken=setting))
    monkeypatch.setattr(permission, "known_login", lambda: login)
    return AppTest.from_function(page).run(timeout=30)


def texts(app: AppTest) -> str:
    return " ".join(str(part.proto) for part in app.main)


def test_everyone_gives_a_name_once(monkeypatch):
    app = shown(monkeypatch, "iedereen", {})
    assert app.session_state["mag"] and app.session_state["wie"] == ""
    app.text_input[0].set_value(" Team Wonen ").run(timeout=30)
    assert app.session_state["wie"] == "Team Wonen"
    assert app.run(timeout=30).session_state["wie"] == "Team Wonen"


@pytest.mark.parametrize(
    ("setting", "login", "word"),
    [
        ("niemand", {}, "niemand"),
        ("ingelogd", {}, "nog niet ingesteld"),
        ("ingelogd", {"is_logged_in": False}, "ingelogd"),
    ],
)
def test_without_permission_there_is_no_field_and_a_reason(monkeypatch, setting, login, word):
    app = shown(monkeypatch, setting, login)
    assert not app.session_state["mag"] and not app.text_input and not app.exception
    assert word in texts(app)
    assert bool(app.button) == ("is_logged_in" in login)


def two_places():
    from wwz.ui.shared import permission

    for place in ("punten", "punten-bestand"):
        permission.gate(place)


def test_a_screen_with_two_places_to_write_has_two_buttons_to_log_in(monkeypatch):
    monkeypatch.setattr(state, "settings", lambda: replace(load_settings(), bewerken="ingelogd"))
    monkeypatch.setattr(permission, "known_login", lambda: {"is_logged_in": False})
    app = AppTest.from_function(two_places).run(timeout=30)
    assert not app.exception and [button.label for button in app.button] == ["Inloggen"] * 2


def test_who_is_logged_in_is_not_asked_again(monkeypatch):
    app = shown(monkeypatch, "ingelogd", {"is_logged_in": True, "name": "A. de Vries"})
    assert app.session_state["mag"] and app.session_state["wie"] == "A. de Vries" and not app.text_input
