"""Which numbers of gemeenten are hidden, and which of them are seen together.

A number below the minimum is hidden, and so is the number of another gemeente beside it: only their total is seen, when that leaves
enough uncertainty (:func:`wwz.own.countssafe.safe_total`). Such a set is the same whatever region somebody chooses: of every sum
that leaves, the parts are numbers that are seen anyway and whole sets, so no difference of two regions gives a hidden number.

It follows from everything that was ever written in the ledger, in order: what was seen stays seen and cannot hide another any more,
and what was hidden stays hidden. Who comes along is chosen by inhabitants, which are public, never by a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from wwz.own.countssafe import Cell, Rule, safe_total
from wwz.own.ledger import Entry
from wwz.own.region.numbers import KIND, Aantal, number_of

Set = frozenset[str]


@dataclass(frozen=True)
class Getoond:
    """What may be seen of one number.

    Attributes
    ----------
    aantal
        People; None when it is hidden.
    blok, blok_aantal
        The gemeenten it is hidden with, joined by commas; and their total, None when that may not be seen either.
    """

    groep: str
    gemeente: str
    jaar: int
    definitie: str
    peildatum: str
    bron: str
    wie: str
    aantal: int | None
    blok: str = ""
    blok_aantal: int | None = None


@dataclass
class _Series:
    """One group and year while the ledger is gone through."""

    now: dict[str, Aantal] = field(default_factory=dict)
    blocks: list[Set] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    seen_blocks: set[Set] = field(default_factory=set)
    safe_now: set[Set] = field(default_factory=set)

    def small(self, minimum: int) -> set[str]:
        return {code for code, number in self.now.items() if number.aantal < minimum}

    def hidden(self) -> set[str]:
        return set().union(*self.blocks)


def protected(entries: Sequence[Entry], people: Mapping[str, float], rule: Rule) -> list[Getoond]:
    """What may be seen of all numbers.

    Parameters
    ----------
    entries
        Every entry of the numbers, oldest first.
    people
        Inhabitants per gemeente; of a gemeente that is not in it nothing is added to anything.
    rule
        As for counts of one gemeente.
    """
    series: dict[tuple[str, str], _Series] = {}
    for _, act in groupby(entries, key=lambda entry: entry.handeling):
        touched = set()
        for entry in act:
            key = (entry.sleutel[0], entry.sleutel[2])
            touched.add(key)
            _apply(series.setdefault(key, _Series()), entry)
        for key in touched:
            _after(series[key], people, rule)
    return [shown for one in series.values() for shown in _shown(one)]


def _apply(one: _Series, entry: Entry) -> None:
    gemeente = entry.sleutel[1]
    if entry.werd is None:
        one.now.pop(gemeente, None)
    else:
        one.now[gemeente] = number_of(entry.sleutel, entry.werd)


def _after(one: _Series, people: Mapping[str, float], rule: Rule) -> None:
    """What an act changes: who is hidden now, with whom, and what was seen after it."""
    one.blocks += [frozenset({code}) for code in sorted(one.small(rule.minimum) - one.hidden())]
    for block in [b for b in one.blocks if b not in one.seen_blocks and not _safe(one, b, people, rule)]:
        if block in one.blocks:
            _grow(one, block, people, rule)
    one.shown |= one.now.keys() - one.hidden()
    # A correction may take away what made a total safe.
    one.safe_now = {block for block in one.blocks if _safe(one, block, people, rule)}
    one.seen_blocks |= one.safe_now


def _grow(one: _Series, block: Set, people: Mapping[str, float], rule: Rule) -> None:
    """Join with others whose number nobody saw: first who is hidden too, then those with the fewest inhabitants."""
    others = [b for b in one.blocks if b != block and b not in one.seen_blocks and b <= one.now.keys()]
    fresh = sorted(one.now.keys() - one.hidden() - one.shown, key=lambda code: (people.get(code, 0), code))
    grown, used = block, []
    for other in [*others, *(frozenset({code}) for code in fresh)]:
        if _safe(one, grown, people, rule):
            break
        grown |= other
        used.append(other)
    if grown <= one.now.keys() and _safe(one, grown, people, rule):
        one.blocks = [b for b in one.blocks if b != block and b not in used] + [grown]


def _safe(one: _Series, block: Set, people: Mapping[str, float], rule: Rule) -> bool:
    if not block <= one.now.keys():
        return False
    cells = [_cell(one.now[code], people, rule) for code in sorted(block)]
    return safe_total(cells, rule)


def _cell(number: Aantal, people: Mapping[str, float], rule: Rule) -> Cell:
    room = max(people.get(number.gemeente, 0), number.aantal)
    small = number.aantal < rule.minimum
    return Cell(number.groep, number.jaar, number.gemeente, number.aantal, room, small, "")


def _shown(one: _Series) -> Iterable[Getoond]:
    of = {code: block for block in one.blocks for code in block}
    for code, n in one.now.items():
        block, total = of.get(code), None
        if block is not None and block in one.safe_now:
            total = sum(one.now[member].aantal for member in block)
        yield Getoond(
            n.groep, code, n.jaar, n.definitie, n.peildatum, n.bron, n.wie,
            None if block else n.aantal, ",".join(sorted(block or ())), total,
        )  # fmt: skip


def as_if_given(groep: str, counts: Mapping[str, int], kenmerk: str, peildatum: str) -> list[Entry]:
    """Numbers as the ledger would hold them, given in one act: what is made up is protected as what is real."""
    content = {"peildatum": peildatum, "definitie": kenmerk, "bron": "", "wie": ""}
    return [
        Entry(
            n,
            1,
            KIND.code,
            (groep, code, peildatum[:4]),
            1,
            "",
            "",
            "",
            "",
            None,
            {"aantal": count, **content},
        )
        for n, (code, count) in enumerate(counts.items(), 1)
    ]
