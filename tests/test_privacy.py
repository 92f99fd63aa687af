"""Someone who sees everything that is shown tries to work out the hidden numbers of people, and fails.

The real SQL runs on small made-up regions: buurten in wijken in gemeenten, with counts given by a municipality.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wwz.knowledge import catalogue
from wwz.knowledge.tables import knowledge_tables
from wwz.paths import SQL
from wwz.privacy import protected_kinds
from wwz.store import Store, Workbench

MINIMUM, YEAR, PEOPLE = 10, 2024, 1000.0
CODE = next(code for code, row in catalogue().items() if row.regel == "aandeel" and row.noemer == "inwoners")
COLUMNS = {
    "teller": float, "noemer": float, "waarde": float, "onder": float, "boven": float, "noemer_jaar": int,
    "dekking": float, "geteld": bool, "jaar": int,
}  # fmt: skip

KNOWLEDGE = knowledge_tables(MINIMUM, True)

# A region: gemeenten of wijken of buurten, each buurt with its number of people.
COUNT = st.one_of(st.integers(0, 25), st.integers(0, 9), st.integers(10, 400))
REGION = st.lists(
    st.lists(st.lists(COUNT, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=2
)


class Shown:
    """What a visitor can get out of the database, as a question per area."""

    def __init__(self, folder: Path, region: list, kind: str = "opgegeven") -> None:
        self.people = {
            f"BU{g:04d}{w:02d}{b:02d}": float(count)
            for g, gemeente in enumerate(region, 9901)
            for w, wijk in enumerate(gemeente)
            for b, count in enumerate(wijk)
        }
        self.store = Store(_database(folder / "wwz.duckdb", self.people, kind))

    def tables(self) -> pd.DataFrame:
        """All areas of every level, as the table and the map ask them."""
        codes = [c for c in self.store.ask("gebieden")["code"] if c.startswith("GM")]
        levels = ("buurt", "wijk", "gemeente")
        parts = [
            self.store.ask("tabel", binnen=codes, niveau=n, indicatoren=[CODE], jaar=YEAR) for n in levels
        ]
        return pd.concat(parts)[["gebied", "teller", "waarde", "noemer", "verborgen", "soort"]]

    def own(self, buurten: list[str]) -> pd.Series:
        """An own area of these buurten."""
        rows = self.store.ask("optelling", buurten=buurten, naam="x", indicatoren=[CODE], jaar=YEAR)
        return rows.iloc[0]

    def members(self, code: str) -> list[str]:
        return [b for b in self.people if b.startswith(code.replace("WK", "BU").replace("GM", "BU"))]

    def equations(self) -> list[tuple[frozenset[str], float]]:
        """Every number of people that is shown, or that follows from a share that is shown."""
        found = [(frozenset(self.members(r.gebied)), r) for r in self.tables().itertuples()]
        found += [(frozenset(own), self.own(sorted(own))) for own in self.clever_questions()]
        known = []
        for buurten, row in found:
            if pd.notna(row.teller):
                known.append((buurten, float(row.teller)))
            elif pd.notna(row.waarde):
                known.append((buurten, float(row.waarde) / catalogue()[CODE].per * float(row.noemer)))
        return known

    def clever_questions(self) -> set[frozenset[str]]:
        """Own areas that a difference could be made of: everything but one, one wijk more, pairs."""
        everyone = list(self.people)
        asked = {frozenset(everyone) - {one} for one in everyone}
        asked |= {frozenset(pair) for pair in itertools.combinations(everyone[:4], 2)}
        for wijk in {code[:8] for code in everyone}:
            inside = frozenset(b for b in everyone if b.startswith(wijk))
            asked |= {inside - {one} for one in inside} | {frozenset(everyone) - inside}
        return {area for area in asked if area}


def _database(path: Path, people: dict[str, float], kind: str) -> Path:
    bench = Workbench(path)
    for name in ("indicator", "regel", "bron", "afronding", "modelmarge", "privacy_soort"):
        bench.load(name, KNOWLEDGE[name])
    bench.load("bouw", pd.DataFrame({"kenmerk": ["x"]}))
    areas = _areas(people)
    bench.load("gebied", areas)
    bench.load("gebied_buurt", _members(areas))
    bench.load(
        "variabele_gebied",
        pd.DataFrame({"gebied": list(people), "variabele": "inwoners", "jaar": YEAR, "waarde": PEOPLE}),
    )
    per = catalogue()[CODE].per
    rows = [
        {
            "gebied": code, "indicator": CODE, "jaar": YEAR, "teller": count, "noemer": PEOPLE,
            "waarde": per * count / PEOPLE, "onder": per * count / PEOPLE, "boven": per * count / PEOPLE, "marge_uit": "afronding", "soort": kind,
            "bron": "kwb", "wijze": "bron", "noemer_jaar": YEAR, "dekking": 1.0, "geteld": True,
        }
        for code, count in people.items()
    ]  # fmt: skip
    bench.load("cijfer", pd.DataFrame(rows).astype(COLUMNS))
    for name in ("20_macro", "40_optellen", "45_privacy", "50_afronden"):
        bench.run(SQL / "figures" / f"{name}.sql")
    bench.close()
    return path


def _areas(people: dict[str, float]) -> pd.DataFrame:
    rows = [(b, "buurt", f"WK{b[2:8]}", f"GM{b[2:6]}") for b in people]
    rows += [(w, "wijk", w, f"GM{w[2:6]}") for w in sorted({r[2] for r in rows})]
    rows += [(g, "gemeente", None, g) for g in sorted({r[3] for r in rows})]
    frame = pd.DataFrame(rows, columns=["code", "niveau", "wijk", "gemeente"])
    return frame.assign(naam=frame["code"], gemeentenaam="x", water=False)


def _members(areas: pd.DataFrame) -> pd.DataFrame:
    buurten = areas[areas["niveau"] == "buurt"]
    parts = [
        buurten[[column, "code"]].set_axis(["gebied", "buurt"], axis=1) for column in ("wijk", "gemeente")
    ]
    return pd.concat([buurten[["code", "code"]].set_axis(["gebied", "buurt"], axis=1), *parts])


def attack(shown: Shown) -> dict[str, tuple[float, float]]:
    """Per hidden buurt the lowest and highest number that fit everything shown.

    The attacker also knows which numbers are hidden for being small ("<10"), and that the others are not.
    """
    cells = shown.tables().set_index("gebied").loc[list(shown.people)]
    hidden = list(cells.index[cells["teller"].isna()])
    open_cells = cells["teller"].dropna().to_dict()
    bounds = [(0, MINIMUM - 1) if cells.loc[b, "verborgen"] else (MINIMUM, PEOPLE) for b in hidden]
    left, right = [], []
    for buurten, total in shown.equations():
        row = [1.0 if b in buurten else 0.0 for b in hidden]
        if any(row):
            left.append(row)
            right.append(total - sum(open_cells.get(b, 0.0) for b in buurten))
    matrix = {"A_eq": np.array(left), "b_eq": np.array(right)} if left else {}
    found = {}
    for number, code in enumerate(hidden):
        aim = np.eye(len(hidden))[number]
        low, high = (linprog(sign * aim, bounds=bounds, **matrix) for sign in (1, -1))
        assert low.success and high.success, "the true numbers must fit what is shown"
        found[code] = (low.fun, -high.fun)
    return found


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REGION)
def test_nothing_hidden_can_be_worked_out(region):
    with tempfile.TemporaryDirectory() as folder:
        shown = Shown(Path(folder), region)
        small = {b for b, count in shown.people.items() if count < MINIMUM}
        tables = shown.tables().set_index("gebied")
        assert tables.loc[sorted(small), "teller"].isna().all()
        for code, (low, high) in attack(shown).items():
            assert high - low >= 1 - 1e-6, (
                f"{code} is {shown.people[code]:.0f}, worked out as {low:.1f} to {high:.1f}"
            )


def test_the_attack_works_where_nothing_is_protected(tmp_path):
    """The same attack on figures that are not protected does find the number: the test can fail."""
    shown = Shown(tmp_path, [[[4, 50, 60], [70, 80]]], kind="geschat")
    assert attack(shown)["BU99010000"] == pytest.approx((4, 4))


def test_a_second_buurt_goes_along_and_the_wijk_stays(tmp_path):
    tables = Shown(tmp_path, [[[4, 50, 60], [70, 80]]]).tables().set_index("gebied")
    assert tables.loc["BU99010000", "verborgen"]
    # The smallest of the others goes along, and is not called "less than 10".
    assert np.isnan(tables.loc["BU99010001", "teller"]) and not tables.loc["BU99010001", "verborgen"]
    assert tables.loc["BU99010001", "soort"] == "onbekend"
    assert tables.loc["BU99010002", "teller"] == 60
    assert tables.loc["WK990100", "teller"] == 114


def test_a_wijk_of_one_buurt_looks_for_company_in_the_gemeente(tmp_path):
    tables = Shown(tmp_path, [[[4], [70, 80]]]).tables().set_index("gebied")
    assert tables.loc[["WK990100", "WK990101"], "teller"].isna().all()
    assert tables.loc["GM9901", "teller"] == 154


def test_a_single_buurt_hides_every_total_it_is_in(tmp_path):
    tables = Shown(tmp_path, [[[4]]]).tables()
    assert tables[["teller", "waarde"]].isna().all(axis=None)


def test_an_own_area_may_hold_a_whole_group_but_not_a_part(tmp_path):
    shown = Shown(tmp_path, [[[4, 50, 60], [70, 80]]])
    assert shown.own(["BU99010000", "BU99010001", "BU99010100"])["teller"] == 124
    assert np.isnan(shown.own(["BU99010000", "BU99010100"])["teller"])
    assert np.isnan(shown.own(["BU99010001", "BU99010002"])["teller"])
    assert shown.own(["BU99010002", "BU99010100"])["teller"] == 130


def test_without_small_numbers_nothing_is_hidden(tmp_path):
    tables = Shown(tmp_path, [[[40, 50], [60, 70]], [[80, 90]]]).tables()
    assert tables["teller"].notna().all()
    assert not tables["verborgen"].any()


def test_given_counts_are_protected():
    assert "opgegeven" in set(protected_kinds()["soort"])
