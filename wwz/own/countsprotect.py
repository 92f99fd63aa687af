"""The step of a build that decides which counts of the municipality are hidden, and of which groups the total is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from wwz.base.paths import SQL
from wwz.own import countskept
from wwz.own.countsgroups import Area, Group, groups, series
from wwz.own.countskept import Kept
from wwz.own.countssafe import TOGETHER, Cell, Rule, Seen, may_be_seen
from wwz.workbench import Workbench

QUESTIONS = SQL / "own"
# What the rest of an age group is called (own/cellen.sql); no subject begins with a space.
REST = " "


def protect(bench: Workbench, database: Path) -> None:
    """Make the tables privacy_groep (gebied, groep) and privacy_totaal (groep, nummer, jaar), and keep what they show.

    Parameters
    ----------
    database
        That is built; what earlier versions showed is kept beside it, and written before anyone can see this version.

    Raises
    ------
    Fout
        When that file is damaged, or another build wrote it meanwhile.
    """
    before = countskept.read(database)
    frame = bench.read(QUESTIONS / "cellen.sql")
    minimum, slack = bench.read(QUESTIONS / "regel.sql").iloc[0]
    rule = Rule(int(minimum), float(slack))
    areas = list(_areas(frame, bench.read(QUESTIONS / "buurten.sql")))
    found = {min(area.code for area in group): group for group in groups(areas, before.groups, rule)}
    hidden = [(area.code, name) for name, group in found.items() for area in group]
    numbers = frame.groupby("onderwerp")["nummer"].first()
    totals, seen, known = [], dict(before.seen), Seen(before.seen)
    for name, group in found.items():
        for cells in _seen(group, known, rule, numbers):
            totals.append((name, numbers[cells[0].onderwerp], cells[0].jaar))
            fresh = known.fresh(cells)
            for cell in fresh:
                name_of_set = f"{TOGETHER}{min(other.gebied for other in fresh)}"
                seen[cell.onderwerp, cell.jaar, cell.gebied] = name_of_set
    inside = {code for code, _ in hidden}
    for cell in (cell for area in areas if area.code not in inside for cell in area.cellen):
        if not cell.onderwerp.startswith(REST):
            seen[cell.onderwerp, cell.jaar, cell.gebied] = cell.stand
    countskept.write(database, before, Kept(_kept(before.groups, found.values()), seen))
    _load(bench, "privacy_groep", hidden, {"gebied": "str", "groep": "str"})
    _load(bench, "privacy_totaal", totals, {"groep": "str", "nummer": "int64", "jaar": "int64"})


def _seen(group: list[Area], seen: Seen, rule: Rule, numbers: pd.Series) -> Iterator[list[Cell]]:
    """The counts of a group of which the total may be seen, per subject and year."""
    every = series(group)
    safe = {key for key, cells in every.items() if may_be_seen(cells, seen, rule)}
    for (subject, year), cells in every.items():
        # The difference with a wider age group is a count too: of the two totals only the wider one is seen then.
        rests = [
            k for k in every if k[1] == year and k[0].startswith(REST) and numbers[k[0]] == numbers[subject]
        ]
        if (subject, year) in safe and not subject.startswith(REST) and safe.issuperset(rests):
            yield cells


def _kept(before: tuple[Group, ...], found) -> tuple[Group, ...]:
    now = [frozenset().union(*(area.buurten for area in group)) for group in found]
    return countskept.together([*before, *now])


def _areas(frame: pd.DataFrame, members: pd.DataFrame) -> Iterator[Area]:
    buurten = members.groupby("gebied")["buurt"].agg(frozenset)
    for code, rows in frame.groupby("gebied", sort=True):
        first = rows.iloc[0]
        cells = tuple(
            Cell(r.onderwerp, int(r.jaar), code, float(r.aantal), float(r.hoogstens), bool(r.klein), r.stand)
            for r in rows.itertuples()
        )
        yield Area(
            code, first["niveau"], first["wijk"], first["gemeente"], float(first["inwoners"]), buurten.get(code, frozenset()),
            cells, any(cell.klein for cell in cells),
        )  # fmt: skip


def _load(bench: Workbench, name: str, rows: list[tuple], types: dict[str, str]) -> None:
    bench.load(name, pd.DataFrame(rows, columns=list(types)).astype(types))
