"""Every check finds the damage it is for, on a copy of a good database that is broken in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from wwz.base.paths import SQL
from wwz.build.checks import run_checks
from wwz.store import Store

ONE = "gebied = (select min(code) from gebied where niveau = 'buurt') and indicator = 'inwoners' and jaar = 2024"
SHARE = "indicator = 'mobiliteit_18' and gebied = (select min(gebied) from cijfer where indicator = 'mobiliteit_18')"
DISTANCE = "indicator = 'afstand_huisarts' and gebied = 'GM9901'"
NEW = (
    "insert into cijfer by name select * replace ({change}) from cijfer where indicator = 'inwoners' "
    "and gebied = 'GM9901' and jaar = 2024"
)
TIMES = (
    "update cijfer set teller = {n} * teller, waarde = {n} * waarde, onder = {n} * onder, boven = {n} * boven "
    "where {where}"
)
INHABITANTS = "gebied = 'GM9901' and indicator = 'inwoners'"
WIJK_OLD = "gebied = (select min(wijk) from gebied where niveau = 'buurt') and indicator = 'leeftijd_65plus'"
# What is broken → the statement that breaks it, and the subject that the failing check must have in its title.
DAMAGE = {
    "a figure twice": ("insert into cijfer select * from cijfer where " + ONE, "cijfer staat er één keer"),
    "an area twice": (
        "insert into gebied select * from gebied where code = 'GM9901'",
        "gebied staat er één keer",
    ),
    "a share above everything": (f"update cijfer set waarde = 140, boven = 150 where {SHARE}", "cijfer kan"),
    "a negative share": (f"update cijfer set waarde = -3, onder = -4 where {SHARE}", "cijfer kan"),
    "negative people": (f"update cijfer set teller = -5, waarde = -5, onder = -6 where {ONE}", "cijfer kan"),
    "a negative distance": (f"update cijfer set waarde = -1, onder = -2, boven = 0 where {DISTANCE}", ""),
    "a distance that is no number": (
        f"update cijfer set waarde = 'nan', onder = 'nan', boven = 'nan' where {DISTANCE}",
        "",
    ),
    "an endless distance": (f"update cijfer set waarde = 'inf', boven = 'inf' where {DISTANCE}", ""),
    "no value": (f"update cijfer set waarde = null where {SHARE}", "cijfer kan"),
    "more people than there are": (f"update cijfer set teller = noemer + 100 where {SHARE}", "cijfer kan"),
    "a value above its margin": (f"update cijfer set boven = waarde - 1 where {SHARE}", "marge"),
    "a value below its margin": (f"update cijfer set onder = waarde + 1 where {SHARE}", "marge"),
    "an unknown way of knowing": (
        f"update cijfer set soort = 'verzonnen' where {SHARE}",
        "hoe het bekend is",
    ),
    "no way of knowing": (f"update cijfer set soort = null where {SHARE}", "hoe het bekend is"),
    "a figure of an unknown area": (NEW.format(change="'BU99999999' as gebied"), "bekend gebied"),
    "a figure of an unknown indicator": (NEW.format(change="'geluk' as indicator"), "bekende indicator"),
    "a figure of an unknown source": (NEW.format(change="'roddel' as bron, 1999 as jaar"), "bekende bron"),
    "a buurt without its wijk": (
        "delete from gebied where code = (select min(wijk) from gebied where niveau = 'buurt')",
        "hoort bij een wijk",
    ),
    "a buurt without its gemeente": ("delete from gebied where code = 'GM9901'", "hoort bij een wijk"),
    "a member that does not exist": ("insert into gebied_buurt values ('GM9901', 'BU99999999')", ""),
    "a member of an unknown area": (
        "insert into gebied_buurt select 'GM8888', min(code) from gebied where niveau = 'buurt'",
        "",
    ),
    "a buurt that is nobody's member": (
        "delete from gebied_buurt where buurt = (select min(buurt) from gebied_buurt)",
        "",
    ),
    "a published gemeente doubled": (TIMES.format(n=2, where=INHABITANTS), ""),
    "a published gemeente halved": (TIMES.format(n=0.5, where=INHABITANTS), "tellen op"),
    "a published wijk doubled": (TIMES.format(n=2, where=WIJK_OLD), "tellen op"),
    "a published wijk halved": (TIMES.format(n=0.5, where=WIJK_OLD), "tellen op"),
    "a buurt ten times as big": (TIMES.format(n=10, where=ONE), "tellen op"),
    "older than everybody": (
        "update cijfer set teller = noemer where indicator in ('leeftijd_65plus', 'leeftijd_0_15') and gebied = 'GM9901'",
        "Ouderen",
    ),
    "a gemeente without inhabitants": (f"delete from cijfer where {INHABITANTS}", "heeft inwoners"),
}


def failing(original: Path, target: Path, statement: str) -> list[str]:
    """Titles of the checks that fail after the statement."""
    shutil.copy(original, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute(statement)
        connection.execute("checkpoint")
    store = Store(target)
    try:
        return [result.title for result in run_checks(store) if not result.passed]
    finally:
        store.close()


@pytest.mark.lang
@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_found(case, voorbeeld_store, tmp_path):
    statement, subject = DAMAGE[case]
    found = failing(voorbeeld_store.path, tmp_path / "stuk.duckdb", statement)
    assert found and any(subject in title for title in found), found


@pytest.mark.parametrize("code", ["GM0518", "WK051829"])
def test_a_wrong_sum_is_found_where_only_buurten_are_published(code, denhaag_store, tmp_path):
    statement = TIMES.format(n=2, where=f"gebied = '{code}' and indicator = 'inwoners'")
    assert failing(denhaag_store.path, tmp_path / "stuk.duckdb", statement)


def test_a_copy_without_damage_passes(voorbeeld_store, tmp_path):
    assert failing(voorbeeld_store.path, tmp_path / "heel.duckdb", "select 1") == []


def test_a_few_people_less_by_rounding_is_no_damage(voorbeeld_store, tmp_path):
    statement = (
        f"update cijfer set teller = teller + 4, waarde = waarde + 4, boven = boven + 4 where {INHABITANTS}"
    )
    assert failing(voorbeeld_store.path, tmp_path / "heel.duckdb", statement) == []


def test_the_country_passes(nederland_store):
    assert [result.title for result in run_checks(nederland_store) if not result.passed] == []


def test_a_failing_check_shows_examples_and_how_many_more(voorbeeld_store, tmp_path):
    target = tmp_path / "stuk.duckdb"
    shutil.copy(voorbeeld_store.path, target)
    with duckdb.connect(str(target)) as connection:
        broken = connection.execute(
            "update cijfer set soort = 'x' where indicator = 'mobiliteit_18' and jaar = 2022"
        ).fetchone()[0]
    store = Store(target)
    result = next(r for r in run_checks(store) if not r.passed)
    store.close()
    assert result.verdict == "FOUT" and result.violations == broken > 6
    assert len(result.examples) == 6 and result.examples[-1] == f"en nog {broken - 5}"
    assert "mobiliteit_18" in result.examples[0]


def test_every_check_has_a_dutch_sentence_as_title():
    files = sorted((SQL / "checks").glob("*.sql"))
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in files]
    assert len(files) >= 8 and len(set(titles)) == len(titles)
    assert all(title.startswith("-- ") and title.endswith(".") for title in titles)
