"""The panel on the screen Gegevens, without a browser: what it offers, and what it says without internet."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from workplaces import QUICK

from wwz.fetch import job as jobs


def app():
    from wwz.ui.fetch_panel import fetch_panel

    fetch_panel()


@pytest.fixture
def panel(monkeypatch, tmp_path):
    """Runs the panel with its own config.toml."""
    monkeypatch.setattr(jobs, "_current", None)
    monkeypatch.setattr(jobs, "PROBE", QUICK)
    monkeypatch.delenv("WWZ_DATABASE", raising=False)

    def show(text: str = "") -> AppTest:
        (tmp_path / "config.toml").write_text(f'[opslag]\ndatabase = "wwz.duckdb"\n{text}', encoding="utf-8")
        monkeypatch.setenv("WWZ_CONFIG", str(tmp_path / "config.toml"))
        shown = AppTest.from_function(app, default_timeout=20).run()
        if jobs.current():
            assert jobs.current().klaar.wait(20)
            shown.run()
        return shown

    return show


def sources(**urls: str) -> str:
    return "[bronnen]\n" + "\n".join(f'{name.removeprefix("bron_")} = "{url}"' for name, url in urls.items())


def test_with_a_connection_there_are_gemeenten_to_choose(panel, standin):
    shown = panel(sources(**standin.settings()))
    assert shown.multiselect[0].options == sorted(standin.content.names.values())
    assert [b.label for b in shown.button] == ["Ophalen bij CBS"] and shown.button[0].disabled
    assert not shown.exception and not shown.info


def test_without_a_connection_it_says_so_and_stays_useful(panel):
    shown = panel(sources(bron_cbs="http://127.0.0.1:9/odata"))
    assert "geen verbinding met het CBS" in shown.info[0].value
    assert shown.multiselect[0].options == [] and not shown.exception


def test_choosing_a_gemeente_and_pressing_starts_a_fetch(panel, standin, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "start_fetch", lambda *given, **more: started.append((given[1:], more)))
    shown = panel(sources(**standin.settings()))
    shown.multiselect[0].select("Duinmonde").run()
    shown.button[0].click().run()
    assert started == [((("Duinmonde",), 2024), {"buren": False})]


def test_it_can_be_switched_off(panel):
    shown = panel("[bronnen]\nophalen_op_scherm = false")
    assert not shown.button and not shown.subheader


def test_with_folders_of_their_own_it_explains(panel, tmp_path):
    shown = panel(f'[invoer]\nmappen = ["{tmp_path}"]')
    assert not shown.button and shown.subheader
