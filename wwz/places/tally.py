"""People counted by buurt and distance: small tables out of millions of places, so that SQL never sees a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

# Places at once: the columns of so many stay in the cache of a processor.
BLOCK = 200_000
# More cells than this (few places, very far away) are counted without the empty ones.
MOST_CELLS = 8_000_000
UNREACHABLE = -1
GROUPS = ("inwoners", "65plus")


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
    """What was counted; `nr` is the row of the buurt.

    Attributes
    ----------
    classes
        By side (midden, laag, hoog): columns nr, klasse (metres, UNREACHABLE when infinite), gewicht and gewicht_65.
    within
        Columns nr, groep, meter, binnen, weinig, veel, rand, totaal, net (all sums of gewicht) and punten.
    """

    classes: Mapping[str, pd.DataFrame]
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
    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(lambda part: _counted(places, part, metres, net, streets, at), places.blocks()))
    classes = {
        side: pd.concat([p.classes[side] for p in parts], ignore_index=True) for side in parts[0].classes
    }
    return Tally(classes, pd.concat([p.within for p in parts], ignore_index=True))


def _counted(
    places: Places,
    part: slice,
    metres: np.ndarray,
    net: np.ndarray | None,
    streets: Streets,
    limits: np.ndarray,
) -> Tally:
    """The same for one block of places."""
    walked = None if net is None else net[part]
    block = _Block(places, part)
    sides = _sides(places, part, metres[part], walked, streets)
    edge = sides.pop("rand")
    within = pd.concat(block.within(sides, edge, walked, limits), ignore_index=True)
    sides["laag"] = np.minimum(sides["laag"], edge, out=edge)
    return Tally({side: block.classes(metre, streets.step) for side, metre in sides.items()}, within)


def _sides(
    places: Places, part: slice, metres: np.ndarray, net: np.ndarray | None, streets: Streets
) -> dict[str, np.ndarray]:
    """Metres along the street: as likely, at least, at most, and to the edge of what is known."""
    at = places.buurt[part]
    factor, more, less = (streets.buurten[name].to_numpy()[at] for name in ("factor", "ruimer", "krapper"))
    edge = places.rand[part] * factor
    if net is not None:
        factor = np.where(net, 1.0, factor)
        more, less = np.where(net, streets.ruimer, more), np.where(net, streets.krapper, less)
    middle = metres * factor
    return {"midden": middle, "laag": middle * less, "hoog": middle * more, "rand": edge}


class _Block:
    """Some buurten with all their places."""

    def __init__(self, places: Places, part: slice) -> None:
        at = places.buurt[part]
        self._first = int(at[0])
        self._count = int(at[-1]) - self._first + 1
        self._at = (at - self._first).astype(np.int64)
        self._weights = (places.gewicht[part], places.gewicht_65[part])

    def classes(self, metre: np.ndarray, step: float) -> pd.DataFrame:
        """Sums of the weights by buurt and class of distance; unreachable comes last."""
        finite = metre[np.isfinite(metre)] if np.isinf(metre.max()) else metre
        width = int(finite.max(initial=0) / step + 0.5) + 2
        # Rounded half up; infinite becomes the last class.
        klasse = np.minimum(metre / step + 0.5, width - 1).astype(np.int64)
        klasse += self._at * width
        cells, size = None, self._count * width
        if size > MOST_CELLS:
            cells, klasse = np.unique(klasse, return_inverse=True)
            size = len(cells)
        sums = [np.bincount(klasse, weight, size) for weight in self._weights]
        filled = np.flatnonzero((sums[0] > 0) | (sums[1] > 0))
        nr, klasse = np.divmod(filled if cells is None else cells[filled], width)
        return pd.DataFrame(
            {
                "nr": (nr + self._first).astype(np.int32),
                "klasse": np.where(klasse == width - 1, UNREACHABLE, klasse * step).astype(np.int32),
                "gewicht": sums[0][filled],
                "gewicht_65": sums[1][filled],
            }
        )

    def within(
        self, sides: Mapping[str, np.ndarray], edge: np.ndarray, net: np.ndarray | None, limits: np.ndarray
    ) -> list[pd.DataFrame]:
        """Sums by buurt and limit, one frame a group; buurten without places are left out."""
        near = np.flatnonzero(sides["laag"] <= limits[-1])
        names = {"binnen": "midden", "weinig": "hoog", "veel": "laag"}
        keys = {
            name: self._key(near, np.searchsorted(limits, sides[side][near]), limits)
            for name, side in names.items()
        }
        doubt = np.flatnonzero(edge <= limits[-1])
        frames = []
        for group, weight in zip(GROUPS, self._weights, strict=True):
            there = weight[near]
            sums = {name: self._upto(key, there, len(limits)) for name, key in keys.items()}
            sums["rand"] = self._doubtful(doubt, edge, sides["laag"], weight, limits)
            frames.append(self._frame(group, weight, net, limits, sums))
        return frames

    def _key(self, near: np.ndarray, rank: np.ndarray, limits: np.ndarray) -> np.ndarray:
        """One number for a buurt and a rank among the limits."""
        return self._at[near] * (len(limits) + 1) + rank

    def _upto(self, key: np.ndarray, weight: np.ndarray, count: int) -> np.ndarray:
        """By buurt and limit: the weight of the places whose rank among the limits is this or lower."""
        sums = np.bincount(key, weight, self._count * (count + 1)).reshape(self._count, count + 1)
        return sums[:, :count].cumsum(axis=1)

    def _doubtful(
        self, doubt: np.ndarray, edge: np.ndarray, least: np.ndarray, weight: np.ndarray, limits: np.ndarray
    ) -> np.ndarray:
        """Out of reach, but so close to the edge of the data that something nearer may lie just beyond it."""
        found = np.zeros((self._count, len(limits)))
        for i, limit in enumerate(limits if len(doubt) else ()):
            there = doubt[(edge[doubt] <= limit) & (least[doubt] > limit)]
            found[:, i] = np.bincount(self._at[there], weight[there], self._count)
        return found

    def _frame(
        self,
        group: str,
        weight: np.ndarray,
        net: np.ndarray | None,
        limits: np.ndarray,
        sums: Mapping[str, np.ndarray],
    ) -> pd.DataFrame:
        whole = np.bincount(self._at, weight, self._count)
        count = np.bincount(self._at, weight > 0, self._count)
        walked = np.zeros(self._count) if net is None else np.bincount(self._at, weight * net, self._count)
        there = np.flatnonzero(whole > 0)
        one = {
            "nr": there + self._first,
            "totaal": whole[there],
            "punten": count[there],
            "net": walked[there],
        }
        columns = {name: np.repeat(column, len(limits)) for name, column in one.items()}
        columns |= {name: table[there].ravel() for name, table in sums.items()}
        return pd.DataFrame(columns | {"groep": group, "meter": np.tile(limits, len(there))})
