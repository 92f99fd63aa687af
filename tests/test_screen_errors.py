"""What a visitor reads when a screen stops: a sentence in Dutch, never a stack or a word of the framework."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from wwz import server
from wwz.base.settings import Settings
from wwz.ui.shared.parts import show_any_error


def _broken() -> None:
    from wwz.base.errors import Fout
    from wwz.ui.shared.parts import show_any_error

    show_any_error(ZeroDivisionError("geheim <b>123</b>"))
    show_any_error(Fout("Rij 3 klopt niet. Herstel de rij."))


def test_a_defect_is_told_without_its_inside_and_is_found_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        app = AppTest.from_function(_broken).run(timeout=20)
    defect, mistake = (block.value for block in app.error)
    assert "geheim" not in defect and "ZeroDivision" not in defect
    moment = defect.split("tijdstip door: ")[1].split(". ")[0]
    assert mistake == "Rij 3 klopt niet. Herstel de rij."
    logged = [record for record in caplog.records if "niet te maken" in record.message]
    assert moment in logged[0].message and "geheim" in str(logged[0].exc_info[1])


def test_the_server_hands_every_error_to_our_own_words() -> None:
    assert server.make_app(Settings())._on_script_error is show_any_error
