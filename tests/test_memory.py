"""What many visitors share is worked out once, kept within bounds, and cannot be changed by one of them."""

import copy
import pickle
import threading
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from wwz.ask.area import whole
from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.fixed import fixed
from wwz.base.memory import MEGABYTE, Answers, size
from wwz.base.settings import load_settings
from wwz.knowledge import load_toml
from wwz.store import Store, remembered


def _at_once(count: int, visit) -> None:
    start = threading.Barrier(count)

    def visitor(number: int) -> None:
        start.wait()
        visit(number)

    visitors = [threading.Thread(target=visitor, args=(n,)) for n in range(count)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()


def _frame(megabyte: float) -> pd.DataFrame:
    return pd.DataFrame({"a": range(int(megabyte * MEGABYTE / 8))}, dtype="int64")


def test_who_asks_the_same_at_once_waits_for_one_computation():
    answers, made, given, free = Answers(1), [], [], threading.Event()

    def make() -> pd.DataFrame:
        made.append(1)
        free.wait(5)
        return pd.DataFrame({"a": [1]})

    # The first is held until another question was answered: one who waits does not stop the others.
    def visit(number: int) -> None:
        if number == 0:
            answers.find("andere", lambda: pd.DataFrame({"a": [2]}))
            free.set()
        else:
            given.append(answers.find("zelfde", make))

    _at_once(8, visit)
    assert len(made) == 1 and len(given) == 7 and all(frame is given[0] for frame in given)


def test_a_computation_that_fails_is_tried_by_the_next():
    answers, tries, ended = Answers(1), [], []

    def make() -> pd.DataFrame:
        tries.append(1)
        if len(tries) == 1:
            raise KeyboardInterrupt
        return pd.DataFrame({"a": [1]})

    def visit(number: int) -> None:
        try:
            ended.append(len(answers.find("q", make)))
        except KeyboardInterrupt:
            ended.append("afgebroken")

    _at_once(5, visit)
    assert sorted(map(str, ended)) == ["1", "1", "1", "1", "afgebroken"] and len(tries) == 2


def test_memory_is_bounded_and_what_is_used_stays():
    answers, made = Answers(1), []

    def ask(name: str, megabyte: float) -> int:
        def make() -> pd.DataFrame:
            made.append(name)
            return _frame(megabyte)

        return len(answers.find(name, make))

    ask("vaak", 0.3)
    for number in range(20):
        ask(f"eens {number}", 0.3)
        ask("vaak", 0.3)
        assert answers.megabyte <= 1
    assert made.count("vaak") == 1 and ask("eens 0", 0.3) and made.count("eens 0") == 2
    # One that does not fit is given all the same, and drives nothing out.
    assert ask("groot", 3) == 3 * MEGABYTE // 8 and answers.megabyte <= 1
    ask("vaak", 0.3)
    assert made.count("vaak") == 1


def test_a_small_memory_under_many_threads_gives_every_one_the_right_answer():
    answers, wrong = Answers(0.01), []

    def visit(number: int) -> None:
        for turn in range(300):
            wanted = (number * 7 + turn) % 40
            found = answers.find(wanted, lambda wanted=wanted: pd.DataFrame({"a": [wanted] * 50}))
            if found["a"].iloc[0] != wanted:
                wrong.append(wanted)

    _at_once(8, visit)
    assert wrong == [] and answers.megabyte <= 0.01


def test_knowledge_is_read_once_and_nobody_changes_it_for_another(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('lijst = [1, 2]\n[[rij]]\ncode = "x"\n', encoding="utf-8")
    known = load_toml("a.toml", tmp_path)
    assert load_toml("a.toml", tmp_path) is known
    for change in (
        lambda: known.update(a=1),
        lambda: known["lijst"].append(3),
        lambda: known["rij"][0].__setitem__("code", "y"),
        lambda: known.pop("rij"),
        lambda: known["lijst"].sort(),
    ):
        with pytest.raises(TypeError, match="make a copy"):
            change()
    assert known == {"lijst": [1, 2], "rij": [{"code": "x"}]}
    for own in (copy.deepcopy(known), pickle.loads(pickle.dumps(known)), {**known}):
        own["lijst"] = []
    assert copy.deepcopy(known)["rij"][0].setdefault("nieuw", 1) == 1 and known["lijst"] == [1, 2]
    path.write_text("lijst = [1, 2, 3]", encoding="utf-8")
    assert load_toml("a.toml", tmp_path) == {"lijst": [1, 2, 3]}


def test_every_way_to_change_a_table_or_list_is_closed():
    for kind, value in ((dict, fixed({"a": 1})), (list, fixed([1]))):
        open_ways = [
            name
            for name in dir(kind)
            if name in {"__setitem__", "__delitem__", "__iadd__", "__imul__", "__ior__"}
            or (callable(getattr(kind, name)) and not name.startswith("__"))
        ]
        reading = {"copy", "get", "items", "keys", "values", "fromkeys", "count", "index"}
        for name in set(open_ways) - reading:
            with pytest.raises(TypeError, match="make a copy"):
                getattr(value, name)()


def test_settings_are_read_again_when_the_file_changed(tmp_path, monkeypatch):
    path = tmp_path / "config.toml"
    path.write_text('[gebied]\nnaam = "een"\n', encoding="utf-8")
    first = load_settings(path)
    assert first.naam == "een" and load_settings(path) is first
    path.write_text('[gebied]\nnaam = "twee"\n', encoding="utf-8")
    assert load_settings(path).naam == "twee"
    monkeypatch.setenv("WWZ_DATABASE", str(tmp_path / "elders.duckdb"))
    assert load_settings(path).database == tmp_path / "elders.duckdb"


def test_every_kind_of_answer_counts_for_what_it_holds():
    frame = _frame(0.25)
    bare = size("")
    for answer in (
        frame,
        {"a": frame},
        [frame],
        (frame, frame["a"]),
        Held(frame),
        frame["a"],
        frame["a"].to_numpy(),
    ):
        assert 0.25 * MEGABYTE <= size(answer) < 0.6 * MEGABYTE, type(answer)
    assert size("x" * 1000) >= 1000 > bare


def test_boundaries_count_for_their_points():
    rows = 200
    shapes = shapely.buffer(shapely.points(np.zeros((rows, 2))), 100, quad_segs=64)
    for answer in (gpd.GeoDataFrame({"code": "x"}, geometry=shapes, index=range(rows)), shapes, (1, shapes)):
        assert 16 * 256 * rows < size(answer) < 32 * 256 * rows, type(answer)
    assert size(np.array([None, "tekst", 3], dtype=object)) < 10_000


@dataclass(frozen=True)
class Held:
    rows: pd.DataFrame


def test_what_is_worked_out_of_a_database_is_so_once_and_nobody_changes_it_for_another(voorbeeld_store):
    made = []

    @remembered
    def rows(store: Store, codes: list[str], *, jaar: int = 0) -> pd.DataFrame:
        made.append((tuple(codes), jaar))
        return pd.DataFrame({"code": codes})

    first = rows(voorbeeld_store, ["a"])
    first["erbij"] = 1
    first.loc[0, "code"] = "anders"
    assert rows(voorbeeld_store, ["a"]).to_dict("list") == {"code": ["a"]} and len(made) == 1
    rows(voorbeeld_store, ["a"], jaar=2020)
    rows(voorbeeld_store, ["b"])
    assert made == [(("a",), 0), (("a",), 2020), (("b",), 0)]


def test_another_database_and_a_plan_are_never_answered_from_what_was_remembered(voorbeeld_store):
    again = Store(voorbeeld_store.path)
    try:
        made = []

        @remembered
        def whose(store: Store) -> str:
            made.append(store)
            return f"{id(store)}"

        plan = voorbeeld_store.with_plan([])
        assert [whose(s) for s in (voorbeeld_store, again, plan)] == [
            str(id(s)) for s in (voorbeeld_store, again, plan)
        ]
        assert len(made) == 3
        whole_area, other = whole(voorbeeld_store), whole(again)
        assert whole_area.store is voorbeeld_store and other.store is again
        assert whole(voorbeeld_store) is whole_area
    finally:
        again.close()


def test_an_answer_for_all_is_worked_out_as_for_who_only_looks():
    """Else who may see less would get from memory what one who may see more had asked."""
    store = Store.__new__(Store)
    store._answers = Answers(1)

    @remembered
    def small_counts(of: Store) -> str:
        permission.need("eigen cijfers zien")
        return "geheim"

    @remembered
    def seen_as(of: Store) -> permission.Rol:
        return permission.actor().rol

    for rol in (permission.Rol.BEHEREN, permission.Rol.KIJKEN):
        with permission.acting(permission.Actor("Anna", rol)):
            with pytest.raises(Fout, match="rol invoeren"):
                small_counts(store)
            assert seen_as(store) == permission.Rol.KIJKEN
            assert permission.actor().rol == rol
