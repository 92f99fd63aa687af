"""Two databases that differ only in what is hidden are the same database, and every screen says the same.

This is stronger than any attack: what no screen can tell apart, nobody can work out from the screens, however clever.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from wwz.agenda import rows as agenda
from wwz.agenda import tables as agendatables
from wwz.ask import compare, conditions
from wwz.ask import owncounts as owncountscompare
from wwz.ask.area import find_area, whole
from wwz.ask.layer import layer, table_rows
from wwz.ask.outlook import TOGETHER, outlook, scenarios, subjects, table, years
from wwz.ask.view import View
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.export.delimited import make_csv
from wwz.export.sheet import make_sheet
from wwz.own import counts as owncounts
from wwz.own.counts import Telling
from wwz.profile import page as profile
from wwz.store import Store

pytestmark = pytest.mark.lang

MINIMUM = Settings().minimum
# When it was built, and a fingerprint of the files beside it.
NOT_COMPARED = {"bouw", "herbouw"}
OF_PLACES = (
    "adressen",
    "bgt_",
    "bouwlagen",
    "haltes",
    "panden",
    "pc6hnr",
    "toegankelijkheid",
    "voorzieningen",
)
SUBJECTS = {  # name: (use, about, mean number of people per buurt)
    "Dementie": ("vervangt", "dg_ouderen_4a", 14),
    "Moeite met bewegen": ("vervangt", "mobiliteit_65", 60),
    "Wijkverpleging": ("ijkt", "dg_ouderen_3", 15),
    "Wmo": ("tonen", "", 40),
}
WIJKEN = {"GGZ": ("vervangt", "dg_ggz", 30)}


def _counts(areas: pd.DataFrame, subjects: dict, level: str, gemeente: str, seed: int) -> list[Telling]:
    draw = random.Random(seed)
    codes = areas.loc[
        (areas["niveau"] == level) & (areas["gemeente"] == gemeente) & (areas["inwoners"] > 300), "code"
    ]
    # Where few people live, all subjects are small.
    few = {area: draw.random() < 0.4 for area in sorted(codes)}
    return [
        Telling(
            name,
            use,
            code,
            area,
            draw.choice((2, 5, 7)) if few[area] else min(draw.choice((mean, 2 * mean)), 200),
            "2025-01-01",
            "test",
            "test",
            "2026-01-01T00:00:00",
        )
        for name, (use, code, mean) in subjects.items()
        for area in few
    ]


def _moved(counts: list[Telling]) -> tuple[list[Telling], int]:
    """The same totals, other hidden numbers: small counts of one wijk move people to one another and stay small."""
    numbers = {(c.onderwerp, c.gebied): c.aantal for c in counts}
    moved = 0
    for name in {c.onderwerp for c in counts}:
        small = sorted(g for (n, g), a in numbers.items() if n == name and 1 <= a < MINIMUM - 1)
        for one, other in zip(small[::2], small[1::2], strict=False):
            if one[2:8] == other[2:8] or one.startswith("WK"):
                numbers[name, one] += 1
                numbers[name, other] -= 1
                moved += 1
    changed = [Telling(**{**vars(c), "aantal": numbers[c.onderwerp, c.gebied]}) for c in counts]
    return changed, moved


@pytest.fixture(scope="module")
def folder(voorbeeld_folder, tmp_path_factory) -> Path:
    """The example region without homes, streets and points: the same figures of people, in a third of the time."""
    target = tmp_path_factory.mktemp("zonder_punten")
    for file in voorbeeld_folder.iterdir():
        if not file.name.startswith(OF_PLACES):
            shutil.copy(file, target)
    return target


@pytest.fixture(scope="module")
def without(folder, tmp_path_factory) -> Path:
    """The region without counts of a municipality."""
    database = tmp_path_factory.mktemp("zonder") / "wwz.duckdb"
    build(Settings(), (folder,), database=database)
    return database


@pytest.fixture(scope="module")
def pair(folder, voorbeeld_store, tmp_path_factory) -> tuple[Path, Path, list[Telling]]:
    """Two databases of the example region, and the counts of the first."""
    areas = voorbeeld_store.areas()
    counts = _counts(areas, SUBJECTS, "buurt", "GM9901", 1) + _counts(areas, WIJKEN, "wijk", "GM9902", 2)
    other, moved = _moved(counts)
    assert moved > 15
    found = []
    for number, rows in enumerate((counts, other)):
        database = tmp_path_factory.mktemp(f"eigen{number}") / "wwz.duckdb"
        owncounts.add(database, rows)
        build(Settings(), (folder,), database=database)
        found.append(database)
    return found[0], found[1], counts


def test_no_table_holds_a_trace_of_what_is_hidden(pair):
    one, other = (duckdb.connect(str(path), read_only=True) for path in pair[:2])
    names = [row[0] for row in one.execute("select table_name from duckdb_tables() order by 1").fetchall()]
    assert {"cijfer", "eigen_open", "doelgroep_buurt", "toekomst_breed"} <= set(names)
    for name in sorted(set(names) - NOT_COMPARED):
        left, right = (_sorted(c.table(name).df()) for c in (one, other))
        pd.testing.assert_frame_equal(left, right, check_exact=False, atol=2e-6, rtol=0, obj=name)
    one.close()
    other.close()


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in an order of their own; a sum of floats may differ in its last digit, depending on the threads."""
    lists = [
        n
        for n in frame
        if len(frame) and isinstance(frame[n].iloc[0], np.ndarray) and frame[n].iloc[0].dtype.kind == "f"
    ]
    frame = frame.assign(**{n: [tuple(np.round(row, 5)) for row in frame[n]] for n in lists})
    plain = pd.DataFrame({n: c.round(6) if c.dtype.kind == "f" else c.astype(str) for n, c in frame.items()})
    texts = [n for n in plain if plain[n].dtype.kind != "f"]
    return plain.sort_values([*texts, *[n for n in plain if n not in texts]], ignore_index=True)


def test_small_counts_are_in_no_table_and_open_ones_are_on_screen(pair):
    store = Store(pair[0])
    beside = store.ask("eigen")
    given = {(c.onderwerp, c.gebied): c.aantal for c in pair[2]}
    assert len(beside) == len(given)
    shown = beside[~beside["verborgen"].astype(bool)]
    assert len(shown) > 20
    assert all(given[r.onderwerp, r.gebied] == r.aantal >= MINIMUM for r in shown.itertuples())
    assert beside.loc[beside["verborgen"].astype(bool), "aantal"].isna().all()
    rows = whole(store).parts("buurt", ["dg_ouderen_4a"]).set_index("gebied")
    for (name, area), number in given.items():
        if name == "Dementie" and number < MINIMUM:
            assert rows.loc[area, "soort"] != "opgegeven"


def screens(store: Store) -> dict[str, object]:
    """What every screen shows, as plain data."""
    area, everything = find_area(store, ["GM9901"]), whole(store)
    two = find_area(store, list(find_area(store, ["GM9901"]).buurten[:7]))
    found: dict[str, object] = {}
    for code in ("dg_ouderen_4a", "mobiliteit_65", "dg_ouderen_3", "dg_ggz", "zonder_noodzakelijk"):
        for level in ("buurt", "wijk", "gemeente"):
            for measure in ("aandeel", "aantal") if level == "buurt" else ("aandeel",):
                drawn = layer(store, everything, code, level, measure, 0)
                found[f"kaart {code} {level} {measure}"] = drawn.values
                found[f"tabel {code} {level} {measure}"] = table_rows(store, everything, drawn, level)
        found[f"eigen gebied {code}"] = two.figures([code])
        found[f"vergelijken {code}"] = compare.side_by_side(store, area, code)
        found[f"export {code}"] = make_csv(make_sheet(store, View(gebied=("GM9901",), laag=code)))
    for part in (area, two, find_area(store, [area.buurten[0]])):
        found[f"profiel {part.naam}"] = [s.rows for s in profile.of_area(store, part).sections]
        made = agenda.of_area(store, part)
        found[f"agenda {part.naam}"] = list(vars(made).values())
        found[f"plekken {part.naam}"] = agendatables.places(store, part, "")
        found[f"randvoorwaarden {part.naam}"] = conditions.status_rows(store, part, "ouderen-4a", "geen")
    for code, subject in subjects(store).items():
        if code in ("dg_ouderen_4a", "mobiliteit_65", "dg_ouderen_3"):
            for scenario in scenarios(subject).values():
                ahead = outlook(store, area, "buurt", subject, scenario, 50)
                found[f"toekomst {code} {scenario.code}"] = (
                    ahead.whole,
                    ahead.parts,
                    table(ahead, years()[-1], MINIMUM),
                )
    found["naast elkaar"] = [(c.zin, c.rows) for c in owncountscompare.comparisons(store)]
    assert TOGETHER
    return found


@cache
def seen(path: Path) -> dict:
    """The screens of a database; asked once, as two tests compare with it."""
    return screens(Store(path))


def test_every_screen_says_the_same(pair):
    one, other = (seen(path) for path in pair[:2])
    assert one.keys() == other.keys()
    for name in one:
        assert same(one[name], other[name]), name


def same(one, other) -> bool:
    """Equal, but for the last digits of a number (the order of adding up depends on the threads)."""
    if isinstance(one, pd.DataFrame):
        return other is not None and one.shape == other.shape and all(same(one[c], other[c]) for c in one)
    if isinstance(one, pd.Series):
        if one.dtype.kind == "f":
            return bool(np.allclose(one, other, rtol=1e-7, atol=1e-5, equal_nan=True))
        if one.dtype == object:
            return same(one.tolist(), other.tolist())
        return one.astype(str).tolist() == other.astype(str).tolist()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, np.ndarray):
        return same(one.tolist(), np.asarray(other).tolist())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, float):
        return bool(np.isclose(one, other, rtol=1e-7, atol=1e-5, equal_nan=True))
    if is_dataclass(one):
        return type(one) is type(other) and same(
            [getattr(one, f.name) for f in fields(one)], [getattr(other, f.name) for f in fields(other)]
        )
    return str(one) == str(other)


@pytest.mark.zwaar
def test_open_counts_do_change_the_screens(pair, without):
    """The comparison can fail: against a database without counts of the municipality nearly every screen differs."""
    one, other = seen(pair[0]), seen(without)
    changed = {name.split(" ")[0] for name in one if not same(one[name], other.get(name))}
    assert {"kaart", "tabel", "vergelijken", "export", "profiel", "agenda", "toekomst", "naast"} <= changed


def test_what_is_kept_survives_a_rebuild_and_can_be_taken_away(pair):
    path = pair[1]
    before = owncounts.read(path)
    taken = owncounts.remove(path, "dementie")
    assert taken == sum(c.onderwerp == "Dementie" for c in before)
    assert {c.onderwerp for c in owncounts.read(path)} == (set(SUBJECTS) | set(WIJKEN)) - {"Dementie"}
