"""Which areas are hidden together, so that of a small count only the total of its group is seen.

All subjects and years of a gemeente are hidden in the same areas. Which subjects are sums, parts or bounds of each other shows
only from their numbers, the hidden ones too; so whatever was chosen by that would tell about them. Whether an area is small is
the only thing that is taken from the counts, and who comes along is chosen by inhabitants, which are public.

What was hidden before stays hidden: groups only ever merge, over versions (:mod:`wwz.own.countskept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from wwz.own.countssafe import Cell, Rule, safe_total

Group = frozenset[str]


@dataclass(frozen=True)
class Area:
    """An area that has counts.

    Attributes
    ----------
    code, niveau, wijk, gemeente
        Its code and level, and where it lies.
    inwoners
        Inhabitants.
    buurten
        What it is made of.
    cellen
        Its counts, of every subject and year.
    klein
        Whether one of them has to be hidden.
    """

    code: str
    niveau: str
    wijk: str
    gemeente: str
    inwoners: float
    buurten: Group
    cellen: tuple[Cell, ...]
    klein: bool


def groups(areas: Sequence[Area], kept: Iterable[Group], rule: Rule) -> list[list[Area]]:
    """The areas that are hidden, per group; the groups of one gemeente and level never hold another's.

    Parameters
    ----------
    kept
        Sets of buurten that were a group in an earlier version.
    rule
        What a total has to be to be seen.
    """
    kept = list(kept)
    apart: dict[tuple[str, str], list[Area]] = {}
    for area in areas:
        apart.setdefault((area.gemeente, area.niveau), []).append(area)
    return [group for part in apart.values() for group in _in_gemeente(part, kept, rule)]


def _in_gemeente(areas: list[Area], kept: list[Group], rule: Rule) -> list[list[Area]]:
    found = _as_before(areas, kept)
    inside = {area.code for group in found for area in group}
    found += [[area] for area in areas if area.klein and area.code not in inside]
    # First company in the same wijk, then in the gemeente; and else a group of which the total is not seen either.
    for ring in (lambda area: area.wijk, lambda area: area.gemeente):
        for part in _parts(areas, ring):
            found = _completed(found, part, _closed_for(part, rule))
    return _completed(found, areas, lambda group: _has_company(group, rule))


def _as_before(areas: list[Area], kept: list[Group]) -> list[list[Area]]:
    """Groups of before as areas of this level; an area that holds a whole group and more gives nothing of it away."""
    found: list[list[Area]] = []
    for group in kept:
        if any(group < area.buurten for area in areas):
            continue
        touched = [area for area in areas if area.buurten & group]
        if touched:
            found = _merged(found, touched)
    return found


def _merged(found: list[list[Area]], new: list[Area]) -> list[list[Area]]:
    codes = {area.code for area in new}
    apart = [group for group in found if not codes & {area.code for area in group}]
    one = {area.code: area for group in [*found, new] if group not in apart for area in group}
    return [*apart, list(one.values())]


def _parts(areas: list[Area], ring: Callable[[Area], str]) -> Iterator[list[Area]]:
    parts: dict[str, list[Area]] = {}
    for area in areas:
        parts.setdefault(ring(area), []).append(area)
    yield from parts.values()


def _has_company(group: list[Area], rule: Rule) -> bool:
    people = [area.inwoners for area in group]
    return len(group) >= 2 and sum(people) - max(people) >= rule.minimum


def _closed_for(ring: list[Area], rule: Rule) -> Callable[[list[Area]], bool]:
    """Whether a group is complete: every total that can be seen of the whole ring, can be seen of the group."""
    wanted = [key for key, cells in series(ring).items() if safe_total(cells, rule)]

    def closed(group: list[Area]) -> bool:
        found = series(group)
        return (
            bool(wanted)
            and _has_company(group, rule)
            and all(safe_total(found[key], rule) for key in wanted if key in found)
        )

    return closed


def series(group: Iterable[Area]) -> dict[tuple[str, int], list[Cell]]:
    """The counts in a group, per subject and year."""
    found: dict[tuple[str, int], list[Cell]] = {}
    for area in group:
        for cell in area.cellen:
            found.setdefault((cell.onderwerp, cell.jaar), []).append(cell)
    return found


def _completed(
    found: list[list[Area]], ring: list[Area], closed: Callable[[list[Area]], bool]
) -> list[list[Area]]:
    """The groups in a ring that are not complete become one, with as much company as they need; or stay as they are."""
    codes = {area.code for area in ring}
    within = [group for group in found if codes.issuperset(area.code for area in group)]
    to_do = [group for group in within if not closed(group)]
    if not to_do:
        return found
    made = [area for group in to_do for area in group]
    for more in [[], *_company(ring, [group for group in within if group not in to_do], made)]:
        made = [*made, *more]
        if closed(made):
            return _merged(found, made)
    return found


def _company(ring: list[Area], complete: list[list[Area]], made: list[Area]) -> Iterator[list[Area]]:
    """What is hidden already hides nothing more; then the areas with the fewest inhabitants."""
    yield from sorted(complete, key=lambda group: (len(group), min(area.code for area in group)))
    hidden = {area.code for group in [*complete, made] for area in group}
    yield from (
        [area]
        for area in sorted(ring, key=lambda area: (area.inwoners, area.code))
        if area.code not in hidden
    )
