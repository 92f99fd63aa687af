"""Areas that might be in a proposal. Each hangs together by the way it is made: grown, or cut from a tree."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator

from wwz.servicearea.parts import Parts
from wwz.servicearea.price import Price

Candidate = frozenset[int]
# How far outside the limits a candidate may be, as a part: it may be the best there is.
LOOSE = 0.2
# A buurt of another wijk is as if it lay so many km further off, in the growths that follow wijken.
OTHER_WIJK = (0.0, 1.5)
TREES, BEST_CUTS = 4, 4
# The most buurten with few people that one growth takes in.
MOST_GROWN = 400


def first(price: Price, within: list[int]) -> Iterator[Candidate]:
    """Every buurt by itself, all together, and what grows from each buurt."""
    parts = price.parts
    yield from (frozenset([one]) for one in within)
    yield frozenset(within)
    for piece in _wijken(parts, within):
        yield frozenset(piece)
    seeds = within if len(within) <= MOST_GROWN else within[:: len(within) // MOST_GROWN + 1]
    for seed in seeds:
        for far in OTHER_WIJK:
            yield from _grown(price, seed, far)


def _wijken(parts: Parts, within: list[int]) -> Iterator[list[int]]:
    by_wijk: dict[str, list[int]] = {}
    for one in within:
        by_wijk.setdefault(parts.wijken[one], []).append(one)
    for members in by_wijk.values():
        yield from parts.pieces(members)


def _grown(price: Price, seed: int, other_wijk: float) -> Iterator[Candidate]:
    """Take in the nearest buurt that borders on it, as long as it fits; every size on the way that fits is one."""
    parts, rule = price.parts, price.rule
    low, high = rule.minst * (1 - LOOSE), rule.meest
    taken, people, wijken = {seed}, float(parts.mensen[seed]), {parts.wijken[seed]}
    edge: list[tuple[float, int]] = []
    seen = {seed}

    def look(one: int) -> None:
        for near in parts.buren[one]:
            if near not in seen:
                seen.add(near)
                other = 0.0 if parts.wijken[near] in wijken else other_wijk
                heapq.heappush(edge, (float(parts.ver[seed, near]) + other, near))

    look(seed)
    last = 0.0
    while edge:
        _, one = heapq.heappop(edge)
        if people + parts.mensen[one] > high:
            continue
        taken.add(one)
        people += float(parts.mensen[one])
        wijken.add(parts.wijken[one])
        look(one)
        # Where buurten are small, not every step is worth a candidate.
        if people >= low and people - last >= (high - low) / 12:
            last = people
            yield frozenset(taken)
    if people >= low:
        yield frozenset(taken)


def again(price: Price, chosen: list[Candidate], draw: random.Random) -> Iterator[Candidate]:
    """What may be better than the areas of a proposal: two neighbours, or one area, divided otherwise."""
    parts = price.parts
    of = {one: number for number, area in enumerate(chosen) for one in area}
    pairs = {
        (min(of[one], of[near]), max(of[one], of[near]))
        for area in chosen
        for one in area
        for near in parts.buren[one]
        if of.get(near, of[one]) != of[one]
    }
    for one, other in sorted(pairs):
        both = sorted(chosen[one] | chosen[other])
        if parts.mensen[both].sum() <= price.rule.meest * (1 + LOOSE):
            yield frozenset(both)
        yield from _cuts(price, both, draw)
    for area in chosen:
        if len(area) > 1 and parts.mensen[list(area)].sum() > price.rule.meest:
            yield from _cuts(price, sorted(area), draw)


def _cuts(price: Price, union: list[int], draw: random.Random) -> Iterator[Candidate]:
    """The best ways to cut an area in two: each is a cut of a tree over it, so that both halves hang together."""
    found = []
    for _ in range(TREES):
        for half in _halves(price.parts, union, draw):
            rest = frozenset(union) - half
            found.append((price.of(half) + price.of(rest), sorted(half), half, rest))
    found.sort(key=lambda cut: cut[:2])
    for _, _, half, rest in found[:BEST_CUTS]:
        yield half
        yield rest


def _halves(parts: Parts, union: list[int], draw: random.Random) -> Iterator[Candidate]:
    """Halves that a random tree gives, of which the sizes are not hopeless; borders of wijken are cut first."""
    inside, root = set(union), draw.choice(union)
    order, parent, seen = [], {root: root}, set()
    heap = [(0.0, root, root)]
    while heap:
        _, one, above = heapq.heappop(heap)
        if one in seen:
            continue
        seen.add(one)
        order.append(one)
        parent[one] = above
        for near in parts.buren[one]:
            if near in inside and near not in seen:
                other = 1.0 if parts.wijken[near] != parts.wijken[one] else 0.0
                heapq.heappush(heap, (draw.random() + other, near, one))
    below: dict[int, list[int]] = {one: [one] for one in order}
    people = {one: float(parts.mensen[one]) for one in order}
    total, sizes = sum(people.values()), []
    for one in reversed(order[1:]):
        below[parent[one]] += below[one]
        people[parent[one]] += people[one]
        sizes.append((abs(people[one] - total / 2), one))
    for _, one in sorted(sizes)[:8]:
        yield frozenset(below[one])
