"""The population of every buurt: who has which limitations, and belongs to which doelgroepen."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wwz.model.logit import expit
from wwz.model.people import homes
from wwz.model.people.cells import Cells, of_bits
from wwz.model.people.frailty import level, shifted
from wwz.model.people.recipe import ALONE, HOMES, INSTITUTION, SEXES, Recipe
from wwz.model.people.using import Counted, of_care, uses, using
from wwz.model.people.whole import Handed, chosen, spread

# Under 18, of 18 to 65, and older.
CHILDREN, YOUNG, OLD = range(3)
# The level (logit) at which nobody has it.
NEVER = -50.0
# Buurten that are worked out at once: what is done with their cells then stays near the processor.
AT_ONCE = 500
# What was handed out of each limitation and doelgroep, in the buurten before.
Before = dict[tuple, Handed]


@dataclass(frozen=True)
class Wanted:
    """How many people must have what, per buurt in the order of `buurten`; not known is missing.

    Attributes
    ----------
    buurten, home
        gebied, and what `homes.people` takes.
    grown, older
        People of 18 and of 65 and older with each limitation, shape (n, limitation).
    groups
        People in each doelgroep, shape (n, doelgroep).
    uses
        Of each kind of support how many people use it; a kind without is left out.
    """

    buurten: pd.DataFrame
    home: np.ndarray
    grown: np.ndarray
    older: np.ndarray
    groups: np.ndarray
    uses: tuple[Counted, ...] = ()

    def by_part(self, bit: int) -> np.ndarray:
        """People of 18 to 65 and older with a limitation, shape (2, n)."""
        older = self.older[:, bit]
        return np.stack([self.grown[:, bit] - np.nan_to_num(older), older])


@dataclass(frozen=True)
class Population:
    """What was made.

    Attributes
    ----------
    people
        By (buurt, age, sex, household).
    cells
        Who has what.
    moves
        Per limitation and part (of 18 to 65, older) how far the levels of the country moved, shape (limitation, 2, n); missing where
        nothing is known of it.
    levels
        Of the country, shape (limitation, age).
    """

    people: np.ndarray
    cells: Cells
    moves: np.ndarray
    levels: np.ndarray


def populate(known: Recipe, wanted: Wanted) -> Population:
    """Make the population."""
    people = homes.people(known, wanted.buurten, wanted.home)
    levels = np.stack([level(row, known.strength, known.z) for row in known.prevalence])
    moves = np.full((len(known.limits), 2, len(people)), np.nan)
    before: Before = defaultdict(Handed)
    blocks = [
        _block(known, people, wanted, levels, moves, slice(first, first + AT_ONCE), before)
        for first in range(0, max(1, len(people)), AT_ONCE)
    ]
    cells = Cells.beside(blocks)
    care = of_care(people, known.older) if wanted.uses else None
    for bit, (use, counted) in enumerate(zip(uses(), wanted.uses, strict=False)):
        cells = using(cells, use, bit, counted, care)
    return Population(people, cells, moves, levels)


def _block(
    known: Recipe,
    everybody: np.ndarray,
    wanted: Wanted,
    levels: np.ndarray,
    moves: np.ndarray,
    rows: slice,
    before: Before,
) -> Cells:
    """The cells of some buurten; fills in their `moves`."""
    people = everybody[rows]
    parts = np.where(known.older, OLD, np.where(known.grown, YOUNG, CHILDREN))
    size = math.prod(people.shape[1:])
    start = np.count_nonzero(everybody[: rows.start])
    cells = _cells(people, known, start)
    # Children have no limitations here: they wait aside while those of others are dealt out.
    child = (parts == CHILDREN).repeat(size // len(parts))[cells.place % size]
    children, cells = cells.those(child), cells.those(~child)
    for bit in range(len(known.limits)):
        counts = wanted.by_part(bit)[:, rows]
        for part, count in zip((YOUNG, OLD), counts, strict=True):
            moves[bit, part - 1, rows] = _moved(known, people, parts == part, levels[bit], bit, count)
        cells = _limited(
            known, cells, people.shape, parts, bit, levels[bit], moves[bit][:, rows], counts, before
        )
    cells = Cells.beside([cells, children]).together()
    for bit in range(len(known.groups)):
        cells = _grouped(known, cells, people.shape, bit, wanted.groups[rows, bit], before)
    return replace(cells, place=cells.place + np.int32(rows.start * size))


def _cells(people: np.ndarray, known: Recipe, before: int) -> Cells:
    flat = people.reshape(-1)
    there = np.flatnonzero(flat)
    counts = spread(flat[there], len(known.z), before)
    row, frailty = np.nonzero(counts)
    zeros = np.zeros(len(row), dtype=np.int16)
    return Cells(
        there[row].astype(np.int32), frailty.astype(np.int8), counts[row, frailty], zeros, zeros, zeros
    )


def _moved(
    known: Recipe, people: np.ndarray, ages: np.ndarray, levels: np.ndarray, bit: int, count: np.ndarray
) -> np.ndarray:
    by_home = people[:, ages].sum(axis=2)
    counts = by_home[..., :INSTITUTION].sum(axis=2) if known.at_home[bit] else by_home.sum(axis=2)
    found = shifted(levels[ages], counts.astype(float), np.nan_to_num(count), known.strength, known.z)
    return np.where(np.isnan(count), np.nan, found)


def whole(column: np.ndarray, most: np.ndarray, handed: Handed) -> np.ndarray:
    """Whole people per buurt; the rest goes on to the next, so that larger areas add up too. Never more than there are."""
    return np.minimum(handed.whole(np.clip(np.nan_to_num(column), 0, most)), np.floor(most)).astype(np.int64)


def _limited(
    known: Recipe,
    cells: Cells,
    shape: tuple[int, ...],
    parts: np.ndarray,
    bit: int,
    levels: np.ndarray,
    moves: np.ndarray,
    wanted: np.ndarray,
    before: Before,
) -> Cells:
    # For women and for who lives alone more, for others less: as much as keeps the whole about where it is.
    women = known.woman[bit] * (np.arange(shape[2]) - 0.5)
    alone = known.single[bit] * ((np.arange(shape[3]) == ALONE) - 0.25)
    move = np.nan_to_num(np.concatenate([np.full((1, shape[0]), NEVER), moves]), nan=NEVER)
    at = (levels + move[parts].T)[:, :, None, None] + women[:, None] + alone
    if known.at_home[bit]:
        at[..., INSTITUTION] = NEVER
    share = expit(at.reshape(-1)[cells.place] + known.strength * known.z[cells.frailty])
    row = (np.arange(shape[0])[:, None] * 3 + parts).repeat(shape[2] * shape[3])[cells.place]
    most = np.bincount(row, cells.people * (share > 1e-15), minlength=3 * shape[0]).reshape(-1, 3)
    count = np.zeros((shape[0], 3), dtype=np.int64)
    for part, column in zip((YOUNG, OLD), wanted, strict=True):
        count[:, part] = whole(column, most[:, part], before[bit, part])
    taken = chosen(cells.people, share, row, count.reshape(-1), before[bit,])
    return cells.divided(taken, bit, "limits")


def _grouped(
    known: Recipe, cells: Cells, shape: tuple[int, ...], bit: int, wanted: np.ndarray, before: Before
) -> Cells:
    same = sum(1 << other for other, name in enumerate(known.cluster) if name == known.cluster[bit])
    usual = np.broadcast_to(known.by_age[bit][:, None, None], shape[1:]).copy()
    usual[..., INSTITUTION] = 0
    buurt = cells.place // usual.size
    share = usual.reshape(-1)[cells.place - buurt * usual.size]
    share[(cells.groups & same) > 0] = 0
    fit = np.flatnonzero(share)
    weight = share[fit] * np.exp(of_bits(np.log(known.fits[bit])))[cells.limits[fit]]
    buurt, people = buurt[fit], cells.people[fit]
    most = np.bincount(buurt, people, minlength=shape[0])
    taken = np.zeros(len(cells.people), dtype=np.int32)
    enough = whole(wanted, most, before["groep", bit, "whole"])
    taken[fit] = chosen(people, weight, buurt, enough, before["groep", bit])
    return cells.divided(taken, bit, "groups")


def table(known: Recipe, found: Population, buurten: pd.DataFrame) -> pd.DataFrame:
    """The population as rows: gebied, leeftijd, geslacht, huishouden, beperkingen, doelgroepen, gebruik (bits) and mensen."""
    cells = found.cells
    buurt, age, sex, home = np.unravel_index(cells.place, found.people.shape)
    names = {"leeftijd": (age, known.ages), "geslacht": (sex, SEXES), "huishouden": (home, HOMES)}
    areas = pd.Categorical.from_codes(buurt, categories=buurten["gebied"])
    columns = {
        name: pd.Categorical.from_codes(code, categories=list(codes)) for name, (code, codes) in names.items()
    }
    counts = {
        "beperkingen": cells.limits,
        "doelgroepen": cells.groups,
        "gebruik": cells.uses,
        "mensen": cells.people,
    }
    return pd.DataFrame({"gebied": areas, **columns, **counts})
