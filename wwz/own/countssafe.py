"""When the total of a group may be seen: no count in it can then be worked out closer than the promised margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Cell:
    """A count of one subject in one area and year.

    Attributes
    ----------
    onderwerp, jaar, gebied
        What it is of.
    aantal, hoogstens
        People counted, and how many they can be at most (of how many people they are a part).
    klein
        Whether it has to be hidden.
    stand
        Which upload it came with.
    """

    onderwerp: str
    jaar: int
    gebied: str
    aantal: float
    hoogstens: float
    klein: bool
    stand: str


@dataclass(frozen=True)
class Rule:
    """The smallest number of people that is shown, and how closely (people) a hidden one may be known."""

    minimum: int
    speling: float


@dataclass(frozen=True)
class Seen:
    """What earlier versions showed.

    Attributes
    ----------
    marks
        Subject, year and area of a count → the upload it was last seen of by itself, or the name of the set of areas (a
        text that begins with `TOGETHER`) of which the total was seen, and nothing finer.
    """

    marks: Mapping[tuple[str, int, str], str]

    @cached_property
    def sets(self) -> dict[tuple[str, int, str], set[str]]:
        """The areas of each set, by subject, year and name."""
        found: dict[tuple[str, int, str], set[str]] = {}
        for (subject, year, area), mark in self.marks.items():
            if mark.startswith(TOGETHER):
                found.setdefault((subject, year, mark), set()).add(area)
        return found

    def of(self, cell: Cell) -> str | None:
        """The mark of a count; None when it was never seen."""
        return self.marks.get((cell.onderwerp, cell.jaar, cell.gebied))

    def fresh(self, cells: Sequence[Cell]) -> list[Cell]:
        """The counts that were never seen, by themselves or in a total."""
        return [cell for cell in cells if self.of(cell) is None]


TOGETHER = "samen "


def safe_total(cells: Sequence[Cell], rule: Rule) -> bool:
    """Whether the total of these counts leaves enough uncertainty about each of them.

    It is not below the minimum, not (nearly) as small or as large as it can be, and the bounds that follow for each
    count, from the total and from how many people there are, lie far enough apart.
    """
    total, room = sum(cell.aantal for cell in cells), sum(cell.hoogstens for cell in cells)
    if len(cells) < 2 or total < rule.minimum or room - total < rule.minimum:
        return False
    small = sum(cell.klein for cell in cells)
    if small == len(cells):
        wide = total <= len(cells) * (rule.minimum - 1) - rule.speling
    else:
        wide = total >= (len(cells) - small) * rule.minimum + rule.speling
    return wide and all(
        min(cell.hoogstens, total) - max(0, total - (room - cell.hoogstens)) >= rule.speling for cell in cells
    )


def may_be_seen(cells: Sequence[Cell], seen: Seen, rule: Rule) -> bool:
    """Whether the total of a group may be seen by someone who remembers every earlier version.

    Counts of one upload only: who gives one of the others could subtract it. After a correction nobody may conclude
    what the one corrected count is from the total and from what the others were; and of counts that were never seen there
    are enough to hide one among them.
    """
    if len({cell.stand for cell in cells}) > 1 or not safe_total(cells, rule):
        return False
    known = [cell for cell in cells if seen.of(cell) is not None]
    if any(not seen.of(cell).startswith(TOGETHER) and seen.of(cell) != cell.stand for cell in known):
        return False
    # Of a set that was seen, all of it or nothing: what is left out now would be the difference.
    here = {cell.gebied for cell in cells}
    sets = {
        (cell.onderwerp, cell.jaar, seen.of(cell)) for cell in known if seen.of(cell).startswith(TOGETHER)
    }
    if not all(seen.sets[name] <= here for name in sets):
        return False
    fresh = seen.fresh(cells)
    return len(fresh) in (0, len(cells)) or safe_total(fresh, rule)
