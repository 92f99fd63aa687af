"""What the municipality changed is renewed without the files, and is then what a whole build would make of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from invoer_hulp import four_buurten

from wwz.base.paths import ROOT, SQL, sql_files
from wwz.base.settings import Settings
from wwz.build import kept, renew, steps
from wwz.build.build import build
from wwz.build.needs import OWN_POINTS, needs
from wwz.build.plan import Planner
from wwz.own import counts as owncounts
from wwz.own import data as owndata
from wwz.own import forecast as ownforecast
from wwz.own import given as owngiven
from wwz.own import points as ownpoints
from wwz.own.counts import Telling
from wwz.own.eisen import matrix, norms
from wwz.own.forecast import Prognose
from wwz.own.given import Opgave
from wwz.store import Store

WHO, DAY = "Team Wonen", "2025-01-01"
# When a database was made is not what it holds; and a sum has other last digits in another order.
NOT_COMPARED, CLOSE = ("bouw", "herbouw"), 1e-11


@pytest.fixture(autouse=True)
def as_a_municipality_builds(monkeypatch):
    monkeypatch.delenv("WWZ_STAPPEN")


@pytest.fixture(scope="module")
def region(shared_data, tmp_path_factory):
    """Den Haag, built as a municipality does."""
    folder = shared_data / "denhaag"
    made = tmp_path_factory.mktemp("herbouw")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WWZ_STAPPEN")
        build(Settings(), (folder,), database=made / "wwz.duckdb")
    return folder, made / "wwz.duckdb"


def copy_of(region, tmp_path: Path) -> tuple[Path, Path]:
    folder, database = region
    shutil.copytree(database.parent, tmp_path / "uit")
    return folder, tmp_path / "uit" / database.name


def renewed(folder: Path, database: Path, settings: Settings | None = None) -> bool:
    """Build again; whether that was without the files."""
    said: list[str] = []
    build(settings or Settings(), (folder,), database=database, say=said.append)
    return said == [renew.SAID]


def whole(folder: Path, database: Path, tmp_path: Path) -> Path:
    """A whole build from the same files and the same own data, at another place."""
    other = tmp_path / f"heel-{len(list(tmp_path.iterdir()))}"
    other.mkdir()
    for path in database.parent.iterdir():
        if path.is_file() and path.suffix not in (".duckdb", ".slot", kept.ENDING):
            shutil.copy(path, other)
    build(Settings(), (folder,), database=other / "wwz.duckdb", whole=True)
    return other / "wwz.duckdb"


def tables(path: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [n for (n,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {
            name: connection.execute(f"from {name} order by all").df()
            for name in names
            if name not in NOT_COMPARED
        }


def assert_same(one: Path, other: Path) -> None:
    here, there = tables(one), tables(other)
    assert here.keys() == there.keys()
    for name, frame in here.items():
        exact = [c for c in frame.columns if not pd.api.types.is_float_dtype(frame[c])]
        order = exact or list(frame.columns)
        left, right = (
            f.sort_values(order, kind="stable", key=lambda c: c.map(repr), ignore_index=True)
            for f in (frame, there[name])
        )
        pd.testing.assert_frame_equal(left, right, check_exact=False, rtol=CLOSE, atol=CLOSE, obj=name)


def buurten(database: Path) -> pd.DataFrame:
    store = Store(database)
    areas = store.areas()
    store.close()
    return areas[areas["niveau"] == "buurt"]


def set_eis(database: Path, degree: str) -> None:
    rows = pd.DataFrame([("ouderen-3", "geen", "alarm", degree)], columns=[*matrix.KEYS, "graad"])
    matrix.history(database).add(matrix.changes(database, rows), WHO, "besluit")


def set_norms(database: Path, **values: str) -> None:
    rows = pd.DataFrame([(name.replace("_1000", "-1000"), value) for name, value in values.items()], columns=["norm", "waarde"])  # fmt: skip
    norms.history(database).add(rows, WHO, "hier anders")


def state(database: Path, area: str, status: str) -> None:
    owngiven.add(database, [Opgave(area, "toegankelijk", status, None, WHO, "geteld", f"{DAY}T10:00:00")])


def count(database: Path, areas: list[str], numbers: tuple[int, ...]) -> None:
    owncounts.add(
        database,
        [
            Telling(
                onderwerp="Eenzaam", gebruik="vervangt", doel="eenzaam_18", gebied=area, aantal=number, peildatum=DAY,
                bron="enquête", wie=WHO, wanneer=f"{DAY}T10:00:00",
            )
            for area, number in zip(areas, numbers, strict=True)
        ],
    )  # fmt: skip


def expect(database: Path, gemeente: str) -> None:
    rows = [Prognose(gemeente, 2040, band, 900, "Primos", WHO, DAY) for band in ownforecast.bands()]
    ownforecast.keep(database, rows)


def shop(database: Path) -> None:
    change = ownpoints.Change(
        "eigen-1", "erbij", "supermarkt", "Buurtwinkel", 52.065, 4.295, WHO, "nieuw", f"{DAY}T10:00:00"
    )
    ownpoints.add(database, [change])


@pytest.mark.lang
@pytest.mark.zwaar
def test_after_every_kind_of_change_it_is_what_a_whole_build_makes(region, tmp_path):
    folder, database = copy_of(region, tmp_path)
    first = tables(database)
    some = buurten(database).query("inwoners > 500").sort_values("code").head(4)
    codes, gemeente = list(some["code"]), some["gemeente"].iloc[0]
    steps_taken: list[Callable[[], None]] = [
        lambda: state(database, codes[0], "deels"),
        lambda: set_eis(database, "W"),
        lambda: set_norms(database, deels_aandeel="40", nultrede_voorkeur="3"),
        lambda: expect(database, gemeente),
    ]
    for change in steps_taken:
        change()
        assert renewed(folder, database), len(tables(database)["opgave"])
    assert_same(database, whole(folder, database, tmp_path))
    shop(database)
    set_norms(database, winkels_1000="800")
    assert renewed(folder, database)
    count(database, codes, (200, 210, 4, 230))
    assert renewed(folder, database)
    assert_same(database, whole(folder, database, tmp_path))
    # Taken back again: as it was at first, but for the sentence that a point is gone.
    state(database, codes[0], "onbekend")
    matrix.history(database).back_to(0, WHO)
    norms.history(database).back_to(0, WHO)
    ownforecast.remove(database, WHO)
    owncounts.remove(database, "Eenzaam", WHO)
    assert renewed(folder, database)
    assert_same(database, whole(folder, database, tmp_path))
    assert tables(database)["tekort_gemeten"].shape == first["tekort_gemeten"].shape


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Four buurten, built as a municipality does."""
    made = tmp_path_factory.mktemp("klein")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WWZ_STAPPEN")
        folder = four_buurten(made)
        build(Settings(), (folder,), database=made / "uit" / "wwz.duckdb")
    return folder, made / "uit" / "wwz.duckdb"


def from_files(folder: Path, database: Path, **settings) -> bool:
    """Whether this would be built from the files."""
    asked = Settings(**settings, database=database)
    return renew.renew(asked, (folder,), lambda text: None, may_shrink=False) is None


def test_what_is_not_changed_by_the_municipality_is_built_from_the_files(small, tmp_path):
    """Other settings, another file, or one that was touched: never a figure of before."""
    folder, database = copy_of(small, tmp_path)
    assert renewed(folder, database)
    assert from_files(folder, database, minimum=20) and from_files(folder, database, schatten=False)
    assert not from_files(folder, database, poort=8600), "a port changes no figure"
    other = tmp_path / "in"
    shutil.copytree(folder, other)
    assert from_files(other, database)
    build(Settings(), (other,), database=database)
    assert not from_files(other, database)
    (other / "kwb_2023.csv").touch()
    assert from_files(other, database)


def test_a_kept_file_that_cannot_be_used_is_left_for_what_it_is(small, tmp_path, monkeypatch):
    """Of another version, of a kind of own data that this does not know, damaged, or gone."""
    folder, database = copy_of(small, tmp_path)
    file = kept.place_of(database)
    with monkeypatch.context() as patch:
        patch.setattr(renew, "version", lambda: "andere")
        assert from_files(folder, database)
    with monkeypatch.context() as patch:
        patch.setattr(owndata, "marks", lambda path: {"nieuwe soort": "1-a"})
        assert from_files(folder, database)
    assert not from_files(folder, database)
    good = file.read_bytes()
    file.write_bytes(good[: len(good) // 2])
    assert not renewed(folder, database) and renewed(folder, database)
    file.unlink()
    assert from_files(folder, database)


def test_what_is_kept_holds_no_count_that_is_hidden_and_is_nobody_elses(small, tmp_path):
    folder, database = copy_of(small, tmp_path)
    count(database, ["BU00010001", "BU00010002", "BU00010003"], (41, 4, 43))
    build(Settings(), (folder,), database=database)
    file = kept.place_of(database)
    assert file.stat().st_mode & 0o077 == 0
    with duckdb.connect(str(file), read_only=True) as connection:
        names = {n for (n,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    assert not {"opgave_telling", "eigen_klein", "eigen_cel", "eigen_bruikbaar", "privacy_groep"} & names


KILLED = """
import sys
from pathlib import Path
from wwz.base.settings import Settings
from wwz.build import filling, renew
from wwz.build.build import build
stop = sys.argv[3]
real = getattr(renew, stop)
def at_once(*args, **kwargs):
    print("NU", flush=True)
    sys.stdin.readline()
    return real(*args, **kwargs)
setattr(renew, stop, at_once)
build(Settings(), (Path(sys.argv[1]),), database=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", ["_steps", "publish"])
def test_one_that_is_killed_leaves_the_database_and_the_next_one_renews(small, tmp_path, moment):
    folder, database = copy_of(small, tmp_path)
    state(database, "BU00010001", "deels")
    before = database.read_bytes()
    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(database), moment],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None and program.stdout.readline() == "NU\n"
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert database.read_bytes() == before
    assert renewed(folder, database)
    assert not list(database.parent.glob("*.nieuw-*")) and len(tables(database)["opgave"]) == 1


@pytest.fixture
def planner(small) -> Planner:
    """Of what a whole build left."""
    bench = Kept(kept.place_of(small[1]))
    return renew._planner(bench)


class Kept:
    """The names in a kept file, to read only."""

    def __init__(self, path: Path) -> None:
        with duckdb.connect(str(path), read_only=True) as connection:
            self._names = connection.execute("select table_name from duckdb_tables()").fetchall()

    def tables(self) -> set[str]:
        return {name for (name,) in self._names}


def names_of(planner: Planner, *changed: str) -> set[str]:
    found = planner.plan(changed)
    assert found is not None, changed
    files = {steps.number_of(path): path.stem.partition("_")[2] for path in sql_files("figures", "rules")}
    return {files.get(number, str(number)) for number in found.steps}


def test_only_what_follows_from_a_change_runs_again(planner):
    measure, future = str(steps.MEASURE), str(steps.FUTURE)
    heavy = {"optellen", "toekomst", measure, future}
    opgave, eis = names_of(planner, "opgave"), names_of(planner, "eis")
    assert not opgave & {*heavy, "tekort", "doelgroep_buurt"} and "gemis_cijfer" in opgave
    assert not eis & heavy and {"tekort", "gemis_cijfer"} <= eis
    assert names_of(planner, "prognose_lezing") == {future, "toekomst"}
    assert not names_of(planner, "opgave_telling") & {"toekomst", measure, future}
    assert {measure, "optellen"} <= names_of(planner, OWN_POINTS)
    assert names_of(planner, "deels_aandeel") == opgave, "a norm that a macro asks"
    assert names_of(planner, "afstand_voldoet_factor") == set(), "a norm that only a screen asks"


def test_what_comes_from_the_files_is_built_from_the_files(planner):
    assert planner.plan({"meting"}) is None and planner.plan({"minimum"}) is None


def test_what_is_not_at_hand_is_not_guessed():
    assert Planner(needs(), {"cijfer"}, {}).plan({"opgave"}) is None


def test_the_database_itself_says_that_no_step_reads_more_than_is_known(voorbeeld_store):
    """DuckDB takes a statement apart and tells which tables it reads; each of them is among the words that we found."""
    connection = duckdb.connect(str(voorbeeld_store.path), read_only=True)
    there = {n for (n,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    known = {need.number: need for need in needs()}
    looked = 0
    folders = {
        steps.PROTECT: "own",
        steps.PEOPLE: "people",
        steps.MEASURE: "distance",
        steps.EVIDENCE: "meetregels",
        steps.FUTURE: "future",
    }
    paths = [(steps.number_of(path), path) for path in sql_files("figures")]
    paths += [
        (number, path) for number, name in folders.items() for path in sorted((SQL / name).glob("*.sql"))
    ]
    for number, path in paths:
        for statement in connection.extract_statements(path.read_text(encoding="utf-8")):
            try:
                read = connection.get_table_names(statement.query)
            except duckdb.Error:
                continue  # an update, or about a table of a step that is gone
            looked += 1
            assert read & there <= known[number].names, path.name
    connection.close()
    assert looked > 60


def test_every_table_that_a_step_without_a_file_writes_is_known(small, tmp_path, monkeypatch):
    """What Python loads between the files: the names are typed, so the build itself is asked."""
    from wwz.workbench import Workbench

    now, seen = [0], set()
    real = {name: getattr(Workbench, name) for name in ("load", "append")}

    def noting(name):
        def inner(bench, table, frame):
            seen.add((now[0], table))
            return real[name](bench, table, frame)

        return inner

    def before(self, number):
        now[0] = number

    for name in real:
        monkeypatch.setattr(Workbench, name, noting(name))
    monkeypatch.setattr(kept.Keeper, "before", before)
    build(Settings(), (small[0],), database=tmp_path / "wwz.duckdb", whole=True)
    known = {need.number: need for need in needs()}
    later = {
        (number, table)
        for number, table in seen
        if number in (steps.PROTECT, steps.PEOPLE, steps.MEASURE, steps.EVIDENCE, steps.FUTURE)
    }
    assert later and all(table in known[number].writes for number, table in later)
