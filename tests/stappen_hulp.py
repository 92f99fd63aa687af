"""A small database of tables that a test made itself, finished by the steps of a build that this asks for.

Which steps those are follows from the SQL: a rule that moves to another file changes nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path

import pandas as pd
from invoer_hulp import CREATED, NOBODY_TWICE

from wwz.base.paths import sql_files
from wwz.build import steps
from wwz.build.knowledge_tables import knowledge_tables
from wwz.model.people.recipe import people_tables
from wwz.workbench import Workbench

ASKED = re.compile(r"\b(?:from|join|into|update|using)\s+(\w+)|\b(\w+)\s*\(|,\s*(\w+)\s+\w\b")
CHANGED = re.compile(r"\b(?:insert into|update|delete from)\s+(\w+)")


class Bench(Workbench):
    """A database to fill by hand, that knows what was put in it."""

    def __init__(self, path: Path) -> None:
        self.given: set[str] = set()
        super().__init__(path)
        # How a number reads in a sentence, which every layer has.
        for path in sql_files("staging"):
            if _makes(path) == {"in_tekst"}:
                self.run(path)
                self.given |= _makes(path)
        # Nobody is in two clusters, unless a test says so: that follows from a step that is no file.
        self.load("cluster_samen", NOBODY_TWICE)
        self.load("persoon_regel", people_tables()["persoon_regel"])

    def load(self, name: str, frame: pd.DataFrame) -> None:
        """As the build does."""
        super().load(name, frame)
        self.given.add(name)

    def offer(self, name: str, frame: pd.DataFrame) -> None:
        """As the build does."""
        super().offer(name, frame)
        self.given.add(name)

    def finish(
        self,
        *questions: str,
        since: str = "",
        changing: str = "",
        between: Mapping[int, Callable[[], None]] = {},
    ) -> None:
        """Make all that these questions (sql/answers) ask.

        Parameters
        ----------
        since, changing
            A table that was given and that a build changes as well (`changing`), from the step that makes `since` on.
        between
            What is no file, as in `steps.run_layer`.
        """
        found = _chosen(self.given, _asked_by(questions), since, changing)
        todo = {steps.number_of(path): partial(self.run, path) for path in found}
        if any(path.name == steps.RECONCILE for path in found):
            todo[steps.RECONCILE_AGAIN] = partial(steps.reconcile, self)
        if any("bewijs" in _makes(path) for path in found):
            todo[steps.EVIDENCE] = partial(steps.run_meetregels, self)
        for _, step in sorted({**todo, **between}.items()):
            step()


def _chosen(given: set[str], wanted: Iterable[str], since: str, changing: str) -> set[Path]:
    """The files that make this, and what they ask, and whatever changes what they make."""
    found: set[Path] = set()
    todo = list(wanted)
    if changing:
        first = steps.number_of(_makers()[since])
        todo += _changed_by(changing, given, first)
    while todo:
        one = todo.pop()
        path = one if isinstance(one, Path) else None if one in given else _makers().get(one)
        if path and path not in found:
            found.add(path)
            todo += _asks(path) - given
            todo += [more for name in _makes(path) for more in _changed_by(name, given)]
            if "bewijs" in _makes(path):
                todo += set().union(*map(_asks, sql_files("meetregels"))) - given
    return found


def _changed_by(name: str, given: set[str], first: int = 0) -> list[Path]:
    paths = (path for path in _figures() if steps.number_of(path) >= first and name in _changes(path))
    return [path for path in paths if _can(path, given)]


def _can(path: Path, given: set[str], seen: tuple[Path, ...] = ()) -> bool:
    """Whether all that a step asks was given, or can be made of it."""
    if path in seen:
        return True
    for name in _asks(path) - given - _makes(path):
        maker = _makers().get(name)
        if (maker and not _can(maker, given, (*seen, path))) or (not maker and name in _sources()):
            return False
    return True


@cache
def _figures() -> tuple[Path, ...]:
    return tuple(sql_files("figures", "rules"))


@cache
def _makers() -> dict[str, Path]:
    return {name: path for path in _figures() for name in _makes(path)}


@cache
def _sources() -> set[str]:
    """Tables that are there before the first figure."""
    made = (name for path in sql_files("staging", "distance") for name in _makes(path))
    return {
        *made,
        *knowledge_tables(10, True),
        "opgave",
        "opgave_telling",
        "prognose_lezing",
        "plan_lezing",
        "soort_lezing",
    }


@cache
def _text(path: Path) -> str:
    return re.sub("--.*", "", path.read_text(encoding="utf-8"))


@cache
def _makes(path: Path) -> set[str]:
    return {name for _, name in CREATED.findall(_text(path))}


@cache
def _changes(path: Path) -> set[str]:
    return set(CHANGED.findall(_text(path))) - _makes(path)


@cache
def _asks(path: Path) -> set[str]:
    return {name for found in ASKED.findall(_text(path)) for name in found if name}


def _asked_by(questions: Iterable[str]) -> set[str]:
    paths = [path for path in sql_files("answers") if path.stem in questions]
    assert len(paths) == len(set(questions)), questions
    return set().union(*map(_asks, paths))
