"""People counted by buurt and distance: small tables out of millions of places, so that SQL never sees a place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from wwz.places.cells import GROUPS, SIDES, Block, Cells

CORES = os.cpu_count() or 2
# Places at once: the columns of so many stay in the cache of a processor.
BLOCK = 250_000


@dataclass(frozen=True)
class Places:
    """Places where people live, in order of buurt; every column has one number a place.

    Attributes
    ----------
    buurt
        Row of the buurt in `Streets.buurten`, ascending.
    gewicht, gewicht_65
        How the inhabitants and the 65+ of a buurt are divided over its places.
    rand
        Straight-line metres to the edge of what is known.
    """

    buurt: np.ndarray
    gewicht: np.ndarray
    gewicht_65: np.ndarray
    rand: np.ndarray

    def blocks(self) -> Iterator[slice]:
        """About BLOCK places at a time, never half a buurt."""
        start = 0
        while start < len(self.buurt):
            last = self.buurt[min(start + BLOCK, len(self.buurt)) - 1]
            end = int(np.searchsorted(self.buurt, last, "right"))
            yield slice(start, end)
            start = end


@dataclass(frozen=True)
class Streets:
    """From a straight line to metres along the street.

    Attributes
    ----------
    buurten
        Columns factor, ruimer and krapper: the detour, and how much more and less it may be; one row a buurt.
    ruimer, krapper
        The same margins of what was measured along walking routes.
    step
        Metres in one class.
    """

    buurten: pd.DataFrame
    ruimer: float
    krapper: float
    step: float


@dataclass(frozen=True)
class Tally:
    """What was counted; `nr` is the row of the buurt, and all sums are of weights.

    Attributes
    ----------
    classes
        A row for every class of a buurt in which somebody lives, in that order: nr, klasse (metres; UNREACHABLE comes
        last), and sums by side and group: midden, midden_65, laag, laag_65, hoog and hoog_65.
    within
        A row for every limit of a buurt and group: nr, groep, meter, binnen, weinig, veel, rand, totaal, net, punten (how
        many places) and mediaan (metres; missing when half of the group cannot come there).
    """

    classes: pa.Table
    within: pd.DataFrame


def tally(
    places: Places, metres: np.ndarray, net: np.ndarray | None, streets: Streets, limits: Sequence[int]
) -> Tally:
    """Count the people by buurt and distance.

    Parameters
    ----------
    metres
        To the nearest voorziening, shape (places,).
    net
        Which of these are along walking routes; None when none is.
    limits
        Metres within which to count, ascending.
    """
    at = np.asarray(limits, float)
    # numpy lets the other cores work while it counts.
    with ThreadPoolExecutor(CORES) as pool:
        parts = list(pool.map(lambda part: _counted(places, part, metres, net, streets, at), places.blocks()))
        rows = [part.rows for part in parts]
        columns = list(pool.map(lambda name: np.concatenate([r[name] for r in rows]), rows[0]))
    within = [_frame([part.within[group] for part in parts], at).assign(groep=group) for group in GROUPS]
    return Tally(pa.table(columns, names=list(rows[0])), pd.concat(within, ignore_index=True))


@dataclass(frozen=True)
class _Part:
    """What was counted of one block: rows as in `Tally.classes`, and by group the columns of `Tally.within`.

    Of the latter shape (n,) is about n buurten, and shape (n, limits) about each limit of these.
    """

    rows: Mapping[str, np.ndarray]
    within: Mapping[str, Mapping[str, np.ndarray]]


def _counted(
    places: Places,
    part: slice,
    metres: np.ndarray,
    net: np.ndarray | None,
    streets: Streets,
    limits: np.ndarray,
) -> _Part:
    """Count one block of places."""
    block = Block(places.buurt[part], (places.gewicht[part], places.gewicht_65[part]))
    walked = None if net is None else net[part]
    sides, edge = _sides(block, metres[part], places.rand[part], walked, streets)
    doubt = _doubtful(block, sides["laag"], edge, limits)
    # Just beyond the edge something may be nearer.
    sides["laag"] = np.minimum(sides["laag"], edge)
    cells = Cells(block, sides, streets.step)
    upto = {side: cells.within(side, limits) for side in SIDES}
    found = {}
    for group, weight in block.weights.items():
        columns = {
            "nr": block.nr,
            "totaal": cells.totals(group),
            "net": np.zeros(len(block.nr)) if walked is None else block.by_buurt(np.add, weight * walked),
            "punten": block.by_buurt(np.add, weight > 0, dtype=np.int64),
            "mediaan": cells.medians(group),
            "binnen": upto["midden"][group],
            "weinig": upto["hoog"][group],
            # What only the edge brings near is not in reach: it is doubt.
            "veel": upto["laag"][group] - doubt[group],
            "rand": doubt[group],
        }
        there = np.flatnonzero(columns["totaal"] > 0)
        found[group] = {name: column[there] for name, column in columns.items()}
    return _Part(cells.rows(), found)


def _sides(
    block: Block, metres: np.ndarray, edge: np.ndarray, net: np.ndarray | None, streets: Streets
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Metres along the street, shape (places,): as likely, at least, at most (by side), and to the edge of what is known."""
    rows = streets.buurten
    factor, more, less = (
        block.spread(rows[name].to_numpy()[block.nr]) for name in ("factor", "ruimer", "krapper")
    )
    edge = edge * factor
    if net is not None:
        factor = np.where(net, 1.0, factor)
        more, less = np.where(net, streets.ruimer, more), np.where(net, streets.krapper, less)
    middle = metres * factor
    return {"midden": middle, "laag": middle * less, "hoog": middle * more}, edge


def _doubtful(block: Block, least: np.ndarray, edge: np.ndarray, limits: np.ndarray) -> dict[str, np.ndarray]:
    """Out of reach, but so close to the edge of the data that something nearer may lie just beyond it.

    By group, shape (buurten, limits).
    """
    near = np.flatnonzero(edge <= limits[-1])
    found = {group: np.zeros((len(block.nr), len(limits))) for group in GROUPS}
    for i, limit in enumerate(limits if len(near) else ()):
        there = near[(edge[near] <= limit) & (least[near] > limit)]
        for group, weight in block.weights.items():
            found[group][:, i] = block.sums(weight, there)
    return found


def _frame(parts: Sequence[Mapping[str, np.ndarray]], limits: np.ndarray) -> pd.DataFrame:
    """One row a buurt and limit."""
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    buurten = len(columns["nr"])
    long = {name: c.ravel() if c.ndim == 2 else np.repeat(c, len(limits)) for name, c in columns.items()}
    return pd.DataFrame(long | {"meter": np.tile(limits, buurten)})
