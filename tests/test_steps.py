"""A press of a presenter's remote counts once, however often and in whatever order the framework hands it over."""

import pytest
from streamlit.testing.v1 import AppTest

NEXT, BACK = 1, -1


def page(handed):
    import streamlit as st

    from wwz.ui.shared import projection, state

    st.session_state["stap"] = 3

    def keys(**options):
        for press in handed:
            st.session_state[state.STEP_KEYS] = {"stap": press}
            options["on_stap_change"]()

    projection.keys = keys
    labels = [str(year) for year in range(2025, 2055, 5)]
    projection.walk(
        "Jaar",
        labels,
        lambda: st.session_state["stap"],
        lambda number: st.session_state.update(stap=number),
    )


@pytest.mark.parametrize(
    ("handed", "ends_at"),
    [
        ([], 3),
        ([[NEXT, 10.5]], 4),
        ([[NEXT, 10.5], [NEXT, 10.5]], 4),
        ([[NEXT, 10.5], [NEXT, 11.5], [NEXT, 12.5]], 0),
        ([[NEXT, 10.5], [BACK, 20.5], [BACK, 20.5]], 3),
        # An older press that comes along once more after a newer one.
        ([[BACK, 5.5], [NEXT, 10.5], [BACK, 5.5]], 3),
        ([[BACK, 5.5], [NEXT, 10.5], [BACK, 20.5], [BACK, 5.5], [NEXT, 10.5]], 2),
        ([[7, 10.5], None], 3),
    ],
)
def test_a_press_counts_once(handed, ends_at, monkeypatch):
    from wwz.ui.shared import projection

    monkeypatch.setattr(projection, "keys", projection.keys)
    app = AppTest.from_function(page, args=(handed,), default_timeout=30).run()
    assert not app.exception
    assert app.session_state["stap"] == ends_at
