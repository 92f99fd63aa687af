"""What was saved after the figures were made is said to wait for a rebuild, never that it is not there."""

import shutil

import pytest
from privacy_hulp import count
from streamlit.testing.v1 import AppTest

from wwz.ask.area import find_area
from wwz.own import counts as owncounts
from wwz.own import data as owndata
from wwz.own import given
from wwz.store import Store
from wwz.ui.wijkagenda import given as givenview

BUURT = "BU05180271"


@pytest.fixture
def store(denhaag_store, tmp_path):
    shutil.copy(denhaag_store.path, tmp_path / "wwz.duckdb")
    return Store(tmp_path / "wwz.duckdb")


def app(path):
    from pathlib import Path

    from wwz.store import Store
    from wwz.ui.eigen_cijfers.screen import side_by_side

    side_by_side(Store(Path(path)))


def said(store) -> str:
    shown = AppTest.from_function(app, args=(str(store.path),), default_timeout=20).run()
    assert not shown.exception
    return " ".join(box.value for box in shown.info)


def test_side_by_side_says_that_saved_counts_wait(store):
    assert "Er zijn nog geen eigen cijfers" in said(store)
    owncounts.add(store.path, [count(BUURT, 40)])
    assert owndata.has_changed(store, owncounts.KIND.code) and owndata.changed(store) == ["eigen cijfers"]
    words = said(store)
    assert "Uw eigen cijfers zijn bewaard" in words and "Reken daarvoor alles opnieuw uit" in words
    assert "nog geen eigen cijfers" not in words


def test_opgaven_are_listed_with_the_names_of_their_areas(store):
    """Also those for the wijk and gemeente around: they count here too. Those for another wijk do not."""
    areas = store.areas().set_index("code")
    wijk = areas.loc[BUURT, "wijk"]
    other = next(code for code in areas.index if code.startswith("WK") and code != wijk)
    told = [given.checked(code, "alarm", "deels", "12,5", "wijkteam", "") for code in (other, wijk, "GM0518")]
    here = find_area(store, [BUURT])
    rows = givenview.listed(store, [s for s in told if givenview._counts_in(store, s.gebied, here)])
    assert list(rows["gebied"]) == ["GM0518", wijk] and list(rows["niveau"]) == ["gemeente", "wijk"]
    assert rows["naam"].iloc[0] == "Den Haag" and not rows["naam"].str.contains("WK|GM").any()
    assert set(rows["deel"]) == {"12,5% mist dit"}
