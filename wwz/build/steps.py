"""The order of a build: the numbered .sql files of a layer, and what is no file of its own between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from wwz.base.paths import SQL, sql_files
from wwz.workbench import Workbench

Step = Callable[[], None]

# Of sql/staging: the files that were read go into the tables of their kinds (build/readings.py).
READ = 20
# A wijk of which only the outlines of its buurten were given gets theirs (build/outlines.py).
OUTLINE = 45
# Boundaries are made to fit, and larger areas put together of them (build/topology.py).
FIT = 48
# Of sql/figures and sql/rules, which run through each other. No file has one of these numbers.
# Small own counts get into groups, before they become figures (own/countsprotect.py).
PROTECT = 41
# Of every buurt a population of whole people (model/people).
PEOPLE = 46
# From where people live to the nearest voorziening (places/distance.py).
MEASURE = 50
# Every kind of meetregel says what it knows (sql/meetregels).
EVIDENCE = 61
# A larger area that was added up can contradict itself as a buurt can: the same file once more.
RECONCILE, RECONCILE_AGAIN = "71_verzoenen.sql", 74
# Who lives in every buurt until the last year (future/step.py).
FUTURE = 89


def number_of(path: Path) -> int:
    """The place in the order, which is how the name begins."""
    return int(path.name.partition("_")[0])


class Keeper(Protocol):
    """Who is told of every step before it runs."""

    def before(self, number: int) -> None:
        """Step `number` is the next one."""


def run_layer(
    bench: Workbench, between: Mapping[int, Step], *layers: str, keeper: Keeper | None = None
) -> None:
    """Run layers in the order of their numbers, those of `between` among them."""
    for number, step in sorted({**of_files(bench, *layers), **between}.items()):
        if keeper is not None:
            keeper.before(number)
        step()


def of_files(bench: Workbench, *layers: str) -> dict[int, Step]:
    """Number → what runs the file with that number."""
    return {number_of(path): partial(bench.run, path) for path in sql_files(*layers)}


def run_meetregels(bench: Workbench) -> None:
    """Every kind of meetregel; one does not ask what another says."""
    for path in sql_files("meetregels"):
        bench.run(path)


def reconcile(bench: Workbench) -> None:
    """Never more people of 65 and older than of 18 and older, also of what was added up since."""
    bench.run(SQL / "figures" / RECONCILE)
