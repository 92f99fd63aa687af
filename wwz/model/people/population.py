"""The population of every buurt: who has which limitations, and belongs to which doelgroepen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.model.people import homes
from wwz.model.people.cells import Cells
from wwz.model.people.frailty import expit, level, shifted
from wwz.model.people.recipe import ALONE, HOMES, INSTITUTION, SEXES, Recipe
from wwz.model.people.whole import chosen, spread

# Under 18, of 18 to 65, and older.
CHILDREN, YOUNG, OLD = range(3)
# The level (logit) at which nobody has it.
NEVER = -50.0


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
    """

    buurten: pd.DataFrame
    home: np.ndarray
    grown: np.ndarray
    older: np.ndarray
    groups: np.ndarray


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
    parts = np.where(known.older, OLD, np.where(known.grown, YOUNG, CHILDREN))
    cells = _cells(people, known)
    levels = np.stack([level(row, known.strength, known.z) for row in known.prevalence])
    moves = np.full((len(known.limits), 2, len(people)), np.nan)
    for bit in range(len(known.limits)):
        for part, count in (
            (YOUNG, wanted.grown[:, bit] - np.nan_to_num(wanted.older[:, bit])),
            (OLD, wanted.older[:, bit]),
        ):
            moves[bit, part - 1] = _moved(known, people, parts == part, levels[bit], bit, count)
        cells = _limited(known, cells, people.shape, parts, bit, levels[bit], moves[bit], wanted)
    cells = cells.together()
    for bit in range(len(known.groups)):
        cells = _grouped(known, cells, people.shape, bit, wanted.groups[:, bit])
    return Population(people, cells, moves, levels)


def _cells(people: np.ndarray, known: Recipe) -> Cells:
    flat = people.reshape(-1)
    there = np.flatnonzero(flat)
    counts = spread(flat[there], len(known.z))
    row, frailty = np.nonzero(counts)
    zeros = np.zeros(len(row), dtype=np.int16)
    return Cells(there[row].astype(np.int32), frailty.astype(np.int8), counts[row, frailty], zeros, zeros)


def _moved(
    known: Recipe, people: np.ndarray, ages: np.ndarray, levels: np.ndarray, bit: int, count: np.ndarray
) -> np.ndarray:
    by_home = people[:, ages].sum(axis=2)
    counts = by_home[..., :INSTITUTION].sum(axis=2) if known.at_home[bit] else by_home.sum(axis=2)
    found = shifted(levels[ages], counts.astype(float), np.nan_to_num(count), known.strength, known.z)
    return np.where(np.isnan(count), np.nan, found)


def whole(column: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Whole people per buurt; the rest goes on to the next, so that larger areas add up too. Never more than there are."""
    upto = np.floor(np.cumsum(np.clip(np.nan_to_num(column), 0, most)) + 0.5)
    return np.minimum(np.diff(upto, prepend=0), np.floor(most)).astype(np.int64)


def _limited(
    known: Recipe,
    cells: Cells,
    shape: tuple[int, ...],
    parts: np.ndarray,
    bit: int,
    levels: np.ndarray,
    moves: np.ndarray,
    wanted: Wanted,
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
    older = wanted.older[:, bit]
    count = np.zeros((shape[0], 3), dtype=np.int64)
    count[:, YOUNG] = whole(wanted.grown[:, bit] - np.nan_to_num(older), most[:, YOUNG])
    count[:, OLD] = whole(older, most[:, OLD])
    return cells.divided(chosen(cells.people, share, row, count.reshape(-1)), bit, "limits")


def _grouped(known: Recipe, cells: Cells, shape: tuple[int, ...], bit: int, wanted: np.ndarray) -> Cells:
    same = sum(1 << other for other, name in enumerate(known.cluster) if name == known.cluster[bit])
    usual = np.broadcast_to(known.by_age[bit][:, None, None], shape[1:]).copy()
    usual[..., INSTITUTION] = 0
    buurt = cells.place // usual.size
    share = usual.reshape(-1)[cells.place - buurt * usual.size]
    share[(cells.groups & same) > 0] = 0
    fit = np.flatnonzero(share)
    weight = share[fit]
    for limit in np.flatnonzero(known.fits[bit] != 1):
        weight = weight * np.where(cells.limits[fit] >> limit & 1, known.fits[bit, limit], 1.0)
    buurt, people = buurt[fit], cells.people[fit]
    most = np.bincount(buurt, people, minlength=shape[0])
    taken = np.zeros(len(cells.people), dtype=np.int32)
    taken[fit] = chosen(people, weight, buurt, whole(wanted, most))
    return cells.divided(taken, bit, "groups")


def table(known: Recipe, found: Population, buurten: pd.DataFrame) -> pd.DataFrame:
    """The population as rows: gebied, leeftijd, geslacht, huishouden, beperkingen, doelgroepen (bits) and mensen."""
    cells = found.cells.together()
    buurt, age, sex, home = np.unravel_index(cells.place, found.people.shape)
    names = {"leeftijd": (age, known.ages), "geslacht": (sex, SEXES), "huishouden": (home, HOMES)}
    areas = pd.Categorical.from_codes(buurt, categories=buurten["gebied"])
    columns = {
        name: pd.Categorical.from_codes(code, categories=list(codes)) for name, (code, codes) in names.items()
    }
    counts = {"beperkingen": cells.limits, "doelgroepen": cells.groups, "mensen": cells.people}
    return pd.DataFrame({"gebied": areas, **columns, **counts})
