"""When the total of a group may be seen: no count in it can then be worked out closer than the promised margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


# Subject, year and area of a count → the upload it was last seen of by itself; empty when seen in a total only.
Seen = Mapping[tuple[str, int, str], str]


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
    before = {cell.gebied: seen.get((cell.onderwerp, cell.jaar, cell.gebied)) for cell in cells}
    if any(before[cell.gebied] not in (None, "", cell.stand) for cell in cells):
        return False
    fresh = [cell for cell in cells if before[cell.gebied] is None]
    return len(fresh) in (0, len(cells)) or safe_total(fresh, rule)
