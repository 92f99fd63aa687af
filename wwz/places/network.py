"""Walking along streets: a network of lines, and how far it is along it to the nearest voorziening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

# Ends that lie closer together than this are one crossing.
SAME_M = 0.5
# csgraph takes a zero for no connection.
SHORTEST_M = 1e-6


@dataclass(frozen=True)
class Snapped:
    """Where places meet the network.

    Attributes
    ----------
    piece
        Shape (n,): number of the line; -1 where no line is near enough.
    along
        Metres from the start of that line.
    away
        Metres from the place to the line, in a straight line.
    """

    piece: np.ndarray
    along: np.ndarray
    away: np.ndarray


class Network:
    """Straight pieces from crossing to crossing, in RD metres.

    Parameters
    ----------
    pieces
        Shape (n, 4): x1, y1, x2, y2.
    loose_part
        Parts that are not connected with the rest and hold less than this part of all metres are left out.

    Attributes
    ----------
    loops, loose, parts
        Number of pieces without length, number of pieces in loose parts, and number of connected parts that are left.
    """

    def __init__(self, pieces: np.ndarray, loose_part: float) -> None:
        start, end = _crossings(pieces.reshape(-1, 2)).reshape(-1, 2).T
        length = np.hypot(*(pieces[:, :2] - pieces[:, 2:]).T)
        real = start != end
        self.loops = int((~real).sum())
        pieces, start, end, length = pieces[real], start[real], end[real], length[real]
        part = _parts(start, end)
        big = _big_parts(part, length, loose_part)
        self.loose, self.parts = int((~big).sum()), len(np.unique(part[big]))
        self._pieces, self._start, self._end, self._length = pieces[big], start[big], end[big], length[big]
        self._lines = shapely.linestrings(self._pieces.reshape(-1, 2, 2))
        self._tree = shapely.STRtree(self._lines)
        self._size = int(max(self._start.max(), self._end.max())) + 1 if len(self._start) else 0

    def __len__(self) -> int:
        return len(self._length)

    def snap(self, places: np.ndarray, limit: float) -> Snapped:
        """The nearest line of each place within `limit` metres. `places`: shape (n, 2)."""
        piece = np.full(len(places), -1)
        along, away = np.zeros(len(places)), np.full(len(places), np.inf)
        if len(self) and len(places):
            points = shapely.points(places)
            which, at = self._tree.query_nearest(points, max_distance=limit, all_matches=False)
            piece[which] = at
            along[which] = shapely.line_locate_point(self._lines[at], points[which])
            away[which] = shapely.distance(self._lines[at], points[which])
        return Snapped(piece, np.minimum(along, np.append(self._length, 0.0)[piece]), away)

    def nearest(self, places: Snapped, facilities: Snapped) -> np.ndarray:
        """Metres along the network from each place to the nearest facility.

        Returns
        -------
        numpy.ndarray of float, shape (n,)
            Infinite where no facility can be reached, missing (nan) for a place that is not near the network.
        """
        on = facilities.piece >= 0
        found = np.full(len(places.piece), np.nan)
        near = places.piece >= 0
        if not on.any():
            found[near] = np.inf
            return found
        piece, along, away = facilities.piece[on], facilities.along[on], facilities.away[on]
        crossing = self._from_crossings(piece, along, away)
        at, s, extra = places.piece[near], places.along[near], places.away[near]
        by_start = crossing[self._start[at]] + s
        by_end = crossing[self._end[at]] + self._length[at] - s
        best = np.minimum(by_start, by_end)
        found[near] = np.minimum(best, self._on_same_piece(at, s, piece, along, away)) + extra
        return found

    def _from_crossings(self, piece: np.ndarray, along: np.ndarray, away: np.ndarray) -> np.ndarray:
        """Metres from every crossing to the nearest facility."""
        # Every facility becomes a crossing of its own, tied to both ends of its line.
        own = self._size + np.arange(len(piece))
        rows = np.concatenate([self._start, own, own])
        columns = np.concatenate([self._end, self._start[piece], self._end[piece]])
        metres = np.concatenate([self._length, away + along, away + self._length[piece] - along])
        size = self._size + len(piece)
        # Of two lines between the same crossings the shortest counts; a sparse matrix would add them up.
        low, high = np.minimum(rows, columns), np.maximum(rows, columns)
        order = np.lexsort((metres, high, low))
        first = np.ones(len(order), dtype=bool)
        first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
        kept = order[first]
        graph = coo_array(
            (np.maximum(metres[kept], SHORTEST_M), (low[kept], high[kept])), shape=(size, size)
        ).tocsr()
        return dijkstra(graph, directed=False, indices=own, min_only=True)[: self._size]

    @staticmethod
    def _on_same_piece(
        at: np.ndarray, s: np.ndarray, piece: np.ndarray, along: np.ndarray, away: np.ndarray
    ) -> np.ndarray:
        """Metres to the nearest facility on the same line, without passing a crossing."""
        best = np.full(len(at), np.inf)
        order = np.argsort(at, kind="stable")
        for number, place, extra in zip(piece, along, away, strict=True):
            first, last = np.searchsorted(at, (number, number + 1), sorter=order)
            here = order[first:last]
            best[here] = np.minimum(best[here], np.abs(s[here] - place) + extra)
        return best


def _crossings(ends: np.ndarray) -> np.ndarray:
    """Number of the crossing of every end (n, 2): ends closer together than SAME_M are one."""
    places, at = np.unique(ends, axis=0, return_inverse=True)
    if len(places) < 2:
        return at.ravel()
    near = cKDTree(places).query_pairs(SAME_M, output_type="ndarray")
    graph = coo_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(places), len(places)))
    return connected_components(graph, directed=False)[1][at.ravel()]


def _parts(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Number of the connected part of every piece."""
    if not len(start):
        return np.empty(0, dtype=int)
    size = int(max(start.max(), end.max())) + 1
    graph = coo_array((np.ones(len(start)), (start, end)), shape=(size, size)).tocsr()
    return connected_components(graph, directed=False)[1][start]


def _big_parts(part: np.ndarray, length: np.ndarray, loose_part: float) -> np.ndarray:
    if not len(part):
        return np.empty(0, dtype=bool)
    return (np.bincount(part, length) >= loose_part * length.sum())[part]
