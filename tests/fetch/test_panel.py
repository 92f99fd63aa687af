"""The panel on the screen Gegevens, without a browser: what it offers, and what it says without internet."""

from __future__ import annotations

import re
import threading

import pytest
from streamlit.testing.v1 import AppTest
from workplaces import QUICK

from wwz.base.errors import Fout
from wwz.build import fetched
from wwz.fetch import job as jobs


def app():
    from wwz.ui.gegevens.panel import fetch_panel

    fetch_panel()


@pytest.fixture
def panel(monkeypatch, tmp_path, voorbeeld_store):
    """Runs the panel with its own config.toml, on the example region."""
    (tmp_path / "wwz.duckdb").symlink_to(voorbeeld_store.path)
    jobs.forget()
    monkeypatch.setattr(jobs, "PROBE", QUICK)
    monkeypatch.delenv("WWZ_DATABASE", raising=False)

    def show(text: str = "") -> AppTest:
        (tmp_path / "config.toml").write_text(f'[opslag]\ndatabase = "wwz.duckdb"\n{text}', encoding="utf-8")
        monkeypatch.setenv("WWZ_CONFIG", str(tmp_path / "config.toml"))
        shown = AppTest.from_function(app, default_timeout=20).run()
        if jobs.current() and jobs.current().soort == "verbinding":
            assert jobs.current().klaar.wait(20)
            shown.run()
        return shown

    return show


def sources(**urls: str) -> str:
    return "[bronnen]\n" + "\n".join(f'{name.removeprefix("bron_")} = "{url}"' for name, url in urls.items())


@pytest.fixture
def started(monkeypatch) -> list:
    """What a press on the button would start."""
    calls = []

    def start(*given, van: str, **more):
        assert van, "who may stop it is known"
        calls.append((given[1:], more))

    monkeypatch.setattr(fetched, "start_fetch", start)
    return calls


# The squares come along unless somebody says no.
NOTHING_ELSE = {"buren": False, "regios": (), "raster": True}


def test_with_a_connection_there_are_gemeenten_to_choose(panel, standin):
    shown = panel(sources(**standin.settings()))
    assert shown.multiselect[0].options == sorted(standin.content.names.values())
    assert [b.label for b in shown.button] == ["Ophalen bij CBS"] and shown.button[0].disabled
    assert not shown.exception and not shown.info
    assert any("Nu staat de voorbeeldregio in het dashboard." in html.body for html in shown.get("html"))


def test_without_a_connection_it_says_so_and_stays_useful(panel, started):
    """A name can still be typed: a proxy may be put right in the meantime."""
    shown = panel(sources(bron_cbs="http://127.0.0.1:9/odata", bron_cbs_v4="http://127.0.0.1:9/v4"))
    assert "geen verbinding met het CBS" in shown.info[0].value
    assert [b.label for b in shown.button] == ["Probeer de verbinding opnieuw", "Ophalen bij CBS"]
    assert re.search("127.0.0.1:9 is niet te bereiken.*beheerder de proxy", shown.text[0].value)
    assert not shown.multiselect and not shown.exception
    shown.text_input[0].input("Den Haag, GM0603").run()
    shown.button[1].click().run()
    assert started == [((("Den Haag", "GM0603"), 2024), NOTHING_ELSE)]


def test_the_button_waits_while_the_connection_is_looked_for(panel, standin, started):
    shown = panel(sources(**standin.settings()))
    shown.multiselect[0].select("Duinmonde").run()
    assert not shown.button[0].disabled
    go_on = threading.Event()
    jobs.forget()
    jobs.start("verbinding", lambda job: go_on.wait(20) and None)
    assert shown.run().button[0].disabled
    go_on.set()
    assert jobs.current().klaar.wait(20) and not shown.run().button[0].disabled


def test_choosing_a_gemeente_and_pressing_starts_a_fetch(panel, standin, started):
    shown = panel(sources(**standin.settings()))
    shown.multiselect[0].select("Duinmonde").run()
    shown.button[0].click().run()
    assert started == [((("Duinmonde",), 2024), NOTHING_ELSE)]


def test_choosing_a_region_shows_its_gemeenten_and_fetches_them(panel, standin, started):
    shown = panel(sources(**standin.settings()))
    shown.radio[0].set_value("Een regio").run()
    assert [s.label for s in shown.selectbox][:2] == ["Soort regio", "Welke regio?"] and shown.button[
        0
    ].disabled
    shown.selectbox[0].set_value("zorgkantoorregio").run()
    assert shown.selectbox[1].options == ["Binnenland", "Kustland"]
    shown.selectbox[1].set_value("ZK91").run()
    names = [standin.content.names[c] for c in sorted(standin.content.names)[:2]]
    assert any(f"2 gemeenten: {', '.join(sorted(names))}." in html.body for html in shown.get("html"))
    shown.button[0].click().run()
    assert started == [(((), 2024), {**NOTHING_ELSE, "regios": ("ZK91",)})]


def test_year_neighbours_squares_and_country(panel, standin, started):
    shown = panel(sources(**standin.settings()))
    shown.multiselect[0].select("Duinmonde").run()
    shown.selectbox[0].set_value(2023).run()
    # The lists of that year are looked for first.
    assert shown.button[0].disabled and jobs.current().klaar.wait(20)
    shown.run()
    for box in shown.checkbox:
        box.check()
    shown.run()
    shown.button[0].click().run()
    shown.radio[0].set_value("Heel Nederland").run()
    shown.button[0].click().run()
    assert started == [
        ((("Duinmonde",), 2023), {"buren": True, "regios": (), "raster": True}),
        (((), 2023), {**NOTHING_ELSE, "raster": True}),
    ]


def test_the_gemeenten_are_those_of_the_year(panel, standin):
    """One that does not exist in the other year is no longer chosen."""
    shown = panel(sources(**standin.settings()))
    shown.multiselect[0].select("Duinmonde").run()
    names = standin.content.names
    standin.content.names = {code: name for code, name in names.items() if name != "Duinmonde"}
    shown.selectbox[0].set_value(2023).run()
    assert jobs.current().klaar.wait(20)
    shown.run()
    assert shown.multiselect[0].options == sorted(standin.content.names.values())
    assert shown.multiselect[0].value == [] and shown.button[0].disabled and not shown.exception
    shown.selectbox[0].set_value(2024).run()
    assert "Duinmonde" in shown.multiselect[0].options and not shown.exception


def test_a_failure_is_told_and_can_be_tried_again(panel, standin):
    jobs.start("ophalen", _fail)
    shown = panel(sources(**standin.settings()))
    assert "heeft een storing" in shown.error[0].value
    assert shown.button[0].label.startswith("Probeer opnieuw")
    assert not shown.exception


def _fail(job: jobs.Job) -> None:
    raise Fout("opendata.cbs.nl heeft een storing (500). De gegevens van nu blijven staan.")


def test_it_can_be_switched_off(panel):
    shown = panel("[bronnen]\nophalen_op_scherm = false")
    assert not shown.button and not shown.header


def test_with_folders_of_their_own_it_explains(panel, tmp_path):
    shown = panel(f'[invoer]\nmappen = ["{tmp_path}"]')
    assert not shown.button and shown.header


@pytest.mark.parametrize("who", ["niemand", "ingelogd"])
def test_who_may_not_write_cannot_fetch_and_makes_the_server_ask_nothing(panel, standin, who):
    shown = panel(f'{sources(**standin.settings())}\n[invoer]\nbewerken = "{who}"\n')
    assert not shown.button and not shown.multiselect and not shown.text_input and not shown.exception
    assert "wijzigen" in " ".join(str(part.proto) for part in shown.main)
    assert jobs.current() is None


def test_only_who_started_a_fetch_may_stop_it(panel, standin):
    go_on = threading.Event()
    job = jobs.start("ophalen", lambda job: go_on.wait(20) and None, "een ander")
    other = panel(sources(**standin.settings()))
    assert not other.button and not other.exception
    other.session_state["kenmerk-van-wie-bewerkt"] = "een ander"
    assert [b.label for b in other.run().button] == ["Stop met ophalen"]
    go_on.set()
    assert job.klaar.wait(20)
