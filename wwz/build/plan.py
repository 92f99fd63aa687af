"""Which steps have to run again when something changed, so that every table is as a whole build would make it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from wwz.build.needs import Need

# From here on a build depends on what the municipality gave; before it, only on files and settings.
FIRST = 40


@dataclass(frozen=True)
class Plan:
    """Steps to run again.

    Attributes
    ----------
    steps
        In order.
    before
        Number of a step → the tables that are put back before it runs, each with the moment of which it was set aside.
    """

    steps: tuple[int, ...]
    before: Mapping[int, Mapping[str, int]]


class Planner:
    """Finds the steps, from what is in the file of a build.

    Parameters
    ----------
    needs
        All steps, in order.
    there
        The tables in that file, as the last step left them.
    aside
        Table → the moments (numbers of steps) of which it was set aside, as it was before that step.
    """

    def __init__(
        self, needs: Sequence[Need], there: Collection[str], aside: Mapping[str, Collection[int]]
    ) -> None:
        self._needs = {need.number: need for need in needs if need.writes}
        self._there, self._aside = frozenset(there), aside
        self._writers: dict[str, list[int]] = {}
        for number, need in self._needs.items():
            for table in need.writes:
                self._writers.setdefault(table, []).append(number)

    def plan(self, changed: Collection[str]) -> Plan | None:
        """The steps to run when these changed (tables, or columns of a table of one row); None: build anew.

        Whatever follows from a step that runs again, runs again too, and whatever a step needs that is not at hand any more
        as it was then, is made again.
        """
        words = {*changed, *(f".{name}" for name in changed)}
        todo = {number for number, need in self._needs.items() if need.names & words}
        seen: set[int] = set()
        while todo - seen:
            number = min(todo - seen)
            more = self._asked_by(number, todo)
            if number < FIRST or more is None:
                return None
            seen.add(number)
            more |= self._following(number)
            # A step that was looked at before one of its makers came along is looked at again: what was at hand may not be.
            if more - todo:
                seen -= {later for later in todo if later > min(more)}
            todo |= more
        steps = tuple(sorted(todo))
        return Plan(steps, self._put_back(steps))

    def _following(self, number: int) -> set[int]:
        made = self._needs[number].writes
        return {later for later, need in self._needs.items() if later > number and need.names & made}

    def _asked_by(self, number: int, todo: set[int]) -> set[int] | None:
        """What must run besides, for a step to find its tables as they were; None when that cannot be."""
        more: set[int] = set()
        for table in self._tables_of(number):
            last = self._last(table, number)
            if last in todo or self._is_gone(table):
                continue
            if last == self._writers[table][-1] and table in self._there:
                continue
            if self._moment(table, last) is not None:
                # Who puts a table back brings it forward again.
                more |= {writer for writer in self._writers[table] if last is None or writer > last}
            elif last is None:
                return None
            else:
                more.add(last)
        return more

    def _is_gone(self, table: str) -> bool:
        """Whether a table was taken away before the first step that can run again: then its name is another thing there."""
        return table not in self._there and self._writers[table][-1] < FIRST

    def _tables_of(self, number: int) -> list[str]:
        """The tables that a step needs and a step makes or changes; not those that it makes itself."""
        need = self._needs[number]
        return sorted((need.names & self._writers.keys()) - need.makes)

    def _last(self, table: str, before: int) -> int | None:
        """The last step before this one that makes or changes a table; None when it was there before all steps."""
        return max((number for number in self._writers[table] if number < before), default=None)

    def _moment(self, table: str, last: int | None) -> int | None:
        return next((m for m in self._aside.get(table, ()) if self._last(table, m) == last), None)

    def _put_back(self, steps: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
        now: dict[str, int | None] = {table: writers[-1] for table, writers in self._writers.items()}
        before: dict[int, dict[str, int]] = {}
        for number in steps:
            for table in self._tables_of(number):
                last = self._last(table, number)
                moment = self._moment(table, last)
                if now[table] != last and moment is not None:
                    before.setdefault(number, {})[table] = moment
                    now[table] = last
            now.update(dict.fromkeys(self._needs[number].writes, number))
        return before
