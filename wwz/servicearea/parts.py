"""What areas are composed of: the buurten of a gemeente, with their people, their place and who borders on whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from wwz.ask.area import Area
from wwz.ask.ownareas import inhabitants, names
from wwz.base.errors import Fout
from wwz.knowledge.serviceareas import rules
from wwz.maps.boundaries import area_shapes
from wwz.servicearea.centres import centres
from wwz.store import Store, remembered

KM = 1_000
NO_WIJK = ""


@dataclass(frozen=True, eq=False)
class Parts:
    """Buurten, in the order of their codes; a buurt is its place in that order.

    Attributes
    ----------
    codes, namen, wijken
        Code, name, and code of the wijk.
    mensen
        Inhabitants; 0 where unknown.
    onbekend
        Of how many buurten the number of inhabitants is not known.
    zonder_grens
        How many have no boundary: we take them to lie in the middle of their wijk, beside all its buurten.
    plaats
        A point in each of them, RD metres.
    buren
        Of each buurt those that border on it.
    harten, hart_in
        Centres of voorzieningen (RD metres), and the buurt in which each lies.
    """

    codes: tuple[str, ...]
    namen: tuple[str, ...]
    wijken: tuple[str, ...]
    mensen: np.ndarray
    onbekend: int
    zonder_grens: int
    plaats: np.ndarray
    buren: tuple[tuple[int, ...], ...]
    harten: np.ndarray
    hart_in: np.ndarray

    @cached_property
    def ver(self) -> np.ndarray:
        """From each buurt to each buurt, in km."""
        return _km(self.plaats, self.plaats)

    @cached_property
    def ver_hart(self) -> np.ndarray:
        """From each buurt to each centre, in km."""
        return _km(self.plaats, self.harten)

    def pieces(self, chosen: Iterable[int]) -> list[list[int]]:
        """The pieces of a set of buurten that hang together, the piece with most people first."""
        left, found = set(chosen), []
        while left:
            piece = [left.pop()]
            for one in piece:
                near = left.intersection(self.buren[one])
                piece += near
                left -= near
            found.append(sorted(piece))
        return sorted(found, key=lambda piece: (-self.mensen[piece].sum(), piece))

    def places(self, codes: Iterable[str]) -> list[int]:
        """Places of codes; what is no part of this is left out."""
        at = {code: number for number, code in enumerate(self.codes)}
        return [at[code] for code in codes if code in at]


def _km(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.hypot(*(one[:, None, :] - other[None, :, :]).transpose(2, 0, 1)) / KM


@remembered
def parts_of(store: Store, codes: Sequence[str]) -> Parts:
    """The buurten with these codes as parts.

    Raises
    ------
    Fout
        When the data have no boundaries of them.
    """
    wanted = tuple(sorted(codes))
    area = Area(store, wanted, "", "eigen")
    shapes = area_shapes(store, area, area.smallest).set_index("code").geometry
    if shapes.empty:
        raise Fout(
            "Van dit gebied zijn geen grenzen ingelezen. Lees grenzen in om te zien wat aan elkaar grenst."
        )
    drawn = shapes.reindex(list(wanted)).to_numpy()
    people, called = inhabitants(store).reindex(list(wanted)), names(store)
    wijk = store.areas().set_index("code")["wijk"].reindex(list(wanted))
    wijken = tuple(code if isinstance(code, str) else NO_WIJK for code in wijk)
    nowhere = shapely.is_missing(drawn)
    points = shapely.point_on_surface(drawn)
    places = _filled(np.column_stack([shapely.get_x(points), shapely.get_y(points)]), wijken, nowhere)
    hearts = centres(store)
    tree = shapely.STRtree(drawn)
    near = tree.query(shapely.points(hearts), "within") if len(hearts) else np.empty((2, 0), dtype=int)
    return Parts(
        codes=wanted,
        namen=tuple(called.reindex(list(wanted)).fillna("")),
        wijken=wijken,
        mensen=people.fillna(0).to_numpy(),
        onbekend=int(people.isna().sum()),
        plaats=places,
        zonder_grens=int(nowhere.sum()),
        buren=_neighbours(drawn, wijken, nowhere),
        harten=hearts[near[0]] if len(hearts) else np.empty((0, 2)),
        hart_in=near[1],
    )


def _filled(places: np.ndarray, wijken: Sequence[str], nowhere: np.ndarray) -> np.ndarray:
    """The places, with the middle of its wijk (or of all) for a buurt without a boundary."""
    for one in np.flatnonzero(nowhere):
        near = [n for n, code in enumerate(wijken) if code == wijken[one] and not nowhere[n]]
        places[one] = places[near or np.flatnonzero(~nowhere)].mean(axis=0)
    return places


def _neighbours(
    shapes: np.ndarray, wijken: Sequence[str], nowhere: np.ndarray
) -> tuple[tuple[int, ...], ...]:
    """Who borders on whom: close enough that only simplified boundaries keep them apart, and over some length."""
    rule = rules()
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, "dwithin", rule.kier_m)
    apart = one < other
    one, other = one[apart], other[apart]
    wide = shapely.buffer(shapes, rule.kier_m)
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[one]), wide[other]))
    long = shared >= rule.grens_m
    one, other = one[long], other[long]
    found: list[set[int]] = [set() for _ in shapes]
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        found[a].add(b)
        found[b].add(a)
    for a in np.flatnonzero(nowhere).tolist():
        for b, code in enumerate(wijken):
            if code == wijken[a] and b != a:
                found[a].add(b)
                found[b].add(a)
    return tuple(tuple(sorted(near)) for near in found)


def components(parts: Parts) -> list[list[int]]:
    """The buurten that hang together; more than one list where there are islands."""
    pairs = [(one, other) for one, near in enumerate(parts.buren) for other in near]
    one, other = np.array(pairs, dtype=int).reshape(-1, 2).T
    size = len(parts.codes)
    matrix = coo_array((np.ones(len(one)), (one, other)), shape=(size, size))
    number, label = connected_components(matrix, directed=False)
    return [np.flatnonzero(label == n).tolist() for n in range(number)]
