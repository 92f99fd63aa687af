"""What is not known is not everybody and not nobody: no minimum, maximum or share is taken of something empty."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from invoer_hulp import step

from wwz.ask import outlookwords as words
from wwz.ask.area import find_area, whole
from wwz.ask.datareport import coverage_share, of_build
from wwz.ask.outlook import BASE, outlook, scenarios, subjects
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.store import Store

EVERY = [f"{name}_store" for name in ("voorbeeld", "denhaag", "utrecht", "drechtsteden", "nederland")]
LATER = 2040


@pytest.fixture(params=EVERY)
def store(request) -> Store:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("subject", ["leeftijd_75plus", "dg_ouderen_3", "dg_lvb"])
def test_who_has_no_mantelzorg_is_fewer_than_who_there_are(store, subject):
    rows = store.ask(
        "toekomst",
        binnen=list(whole(store).codes),
        niveau="samen",
        onderwerp=subject,
        per_jaar=0.0,
        thuis=0.0,
        mantelzorg=1.0,
        instelling_jaar=[],
        instelling=[],
    )
    assert rows["teller"].notna().all()
    if not subject.startswith("dg_"):
        # Only of a doelgroep is the share without mantelzorg known.
        assert rows["zonder_mantelzorg"].isna().all()
        return
    assert (rows["zonder_mantelzorg"] < rows["teller"]).all()
    assert (rows["zonder_mantelzorg_boven"] <= rows["boven"]).all()


def test_without_a_share_there_is_no_sentence_about_mantelzorg(voorbeeld_store):
    area, known = whole(voorbeeld_store), subjects(voorbeeld_store)
    texts = {}
    for code in ("leeftijd_75plus", "dg_ouderen_3"):
        shown = outlook(voorbeeld_store, area, "gemeente", known[code], scenarios(known[code])[BASE])
        texts[code] = " ".join(words.sentences(shown, LATER))
    assert "mantelzorg" not in texts["leeftijd_75plus"]
    assert "hebben geen mantelzorg" in texts["dg_ouderen_3"]


def test_one_buurt_without_a_share_makes_the_total_unknown(voorbeeld_store, tmp_path):
    """A sum over the other buurten is not a number of all of them."""
    copy = tmp_path / "wwz.duckdb"
    shutil.copy(voorbeeld_store.path, copy)
    buurt = find_area(voorbeeld_store, [whole(voorbeeld_store).codes[0]]).buurten[0]
    with duckdb.connect(copy) as connection:
        connection.execute("delete from mantelzorg_aandeel where gebied = $1", [buurt])
    subject = subjects(voorbeeld_store)["dg_ouderen_3"]
    store = Store(copy)
    rows = outlook(store, whole(store), "gemeente", subject, scenarios(subject)[BASE]).whole
    store.close()
    assert rows["teller"].notna().all()
    assert rows["zonder_mantelzorg"].isna().all()


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("hooguit(null, 1)", None),
        ("hooguit(2, 1)", 1),
        ("hooguit(2, null)", 2),
        ("minstens(null, 0)", None),
        ("minstens(-1, 0)", 0),
        ("ondergrens(null)", None),
    ],
)
def test_a_limit_leaves_unknown_unknown(question, wanted):
    with duckdb.connect() as connection:
        # Another macro of that file names this table; no limit reads it.
        connection.execute("create table afronding (familie text, soort text, stap double)")
        connection.execute(step("grens").read_text(encoding="utf-8"))
        assert connection.execute(f"select {question}").fetchone() == (wanted,)


@pytest.mark.parametrize(
    ("part", "text"),
    [(float("nan"), "onbekend"), (None, "onbekend"), (0.0, "0%"), (0.5, "50%"), (1.0, "100%")],
)
def test_a_share_of_nothing_is_not_everything(part, text):
    assert coverage_share(part) == text


def test_coverage_counts_inhabited_buurten_only(store):
    rows = store.ask("dekking")
    assert rows["deel_buurten"].dropna().between(0, 1).all()


def test_inhabitants_that_are_known_for_wijken_only_cover_no_buurt(shared_data, tmp_path):
    """Of no buurt is it known whether anyone lives there: then no figure is there for 100% of them."""
    build(Settings(), (shared_data.parent / "gevallen" / "dekking",), database=tmp_path / "wwz.duckdb")
    store = Store(tmp_path / "wwz.duckdb")
    rows, texts = store.ask("dekking"), of_build(store).coverage["deel_tekst"]
    store.close()
    assert rows["deel_buurten"].isna().all()
    assert not texts.str.contains("100%").any()
