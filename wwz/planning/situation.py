"""Who lives how far from a kind of voorziening now, ready to be asked "what if" many times.

Measuring the present is done at build time (wwz/places/distance.py) and stays the truth: a change only adds or takes the
difference that it makes, so that without changes every number is the one on the other screens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.base.rd import to_rd
from wwz.knowledge import load_toml
from wwz.own.plans import CLOSE, OPEN, Change
from wwz.places import distance
from wwz.places.network import Network
from wwz.places.surfaces import from_wkb, pairs
from wwz.places.walkways import Walkways
from wwz.planning.measured import Norm, existing, outlines, surfaces
from wwz.store import Store

# Of whom the part within reach is counted, with the name of its columns.
AGES = {"inwoners": "", "65plus": "65"}
NO_SURFACES = np.empty(0, dtype=object)
# Tying streets together takes a second for a city; all norms of one database share it.
_networks: WeakKeyDictionary[Store, Network | None] = WeakKeyDictionary()


@dataclass(frozen=True)
class Situation:
    """One area and one norm.

    Attributes
    ----------
    norm
        What is measured.
    buurten
        As sql/answers/doorrekenen_buurten.sql, one row per buurt.
    places
        Where people live, shape (n, 2), RD metres; only in buurten that were measured.
    shares
        Per age (see `AGES`), shape (n,): the part of its buurt that lives there.
    at
        Shape (n,): row of its buurt.
    sites
        The voorzieningen there are: id, soort, naam, lat, lon.
    sites_xy
        The same in RD metres, shape (m, 2).
    ends_xy, end_of
        Where people walk to: the sites and places along the edge of those that are a surface, shape (k, 2), and the row
        in `sites` of each.
    surfaces, surface_of
        The sites that are a surface, polygons in RD metres, shape (s,), and the row in `sites` of each.
    routes
        Walking routes, when the municipality has them.
    now
        Shape (n,): metres to the nearest of the sites, 0 inside a surface; along the routes where `net`, in a straight line elsewhere.
    net
        Shape (n,), bool.
    """

    norm: Norm
    buurten: pd.DataFrame
    places: np.ndarray
    shares: Mapping[str, np.ndarray]
    at: np.ndarray
    sites: pd.DataFrame
    sites_xy: np.ndarray
    ends_xy: np.ndarray
    end_of: np.ndarray
    surfaces: np.ndarray
    surface_of: np.ndarray
    routes: Walkways | None
    now: np.ndarray
    net: np.ndarray

    @property
    def measured(self) -> np.ndarray:
        """Per buurt whether it is known who has this within reach."""
        return self.buurten["binnen"].notna().to_numpy()

    @cached_property
    def reaches(self) -> np.ndarray:
        """Metres within which a place counts as within reach, shape (3, n): as measured, and with a larger and a smaller detour."""
        margin = self.buurten["netwerk_marge"].to_numpy()[self.at]
        walked = (np.ones(len(self.at)), 1 + margin, 1 - margin)
        straight = (self.buurten[name].to_numpy()[self.at] for name in ("factor", "ruimer", "krapper"))
        return np.array(
            [self.norm.meter / np.where(self.net, w, s) for w, s in zip(walked, straight, strict=True)]
        )

    @property
    def straight_reach(self) -> np.ndarray:
        """Straight metres that usually are within reach, shape (n,), for a search."""
        return self.norm.meter / self.buurten["factor"].to_numpy()[self.at]

    def within(self, age: str) -> pd.DataFrame:
        """Parts of each buurt within reach now: columns binnen, onder, boven; missing where it was not measured."""
        names = [f"binnen{AGES[age]}{end}" for end in ("", "_onder", "_boven")]
        return self.buurten[names].set_axis(["binnen", "onder", "boven"], axis=1)

    def per_buurt(self, places: np.ndarray, age: str) -> np.ndarray:
        """The part of each buurt that lives at these places (boolean, shape (n,))."""
        return np.bincount(self.at[places], self.shares[age][places], minlength=len(self.buurten))

    def near(self, change: Change) -> str:
        """Name of the buurt of the people nearest to a change."""
        return self._names(to_rd([change.lat], [change.lon]))[0]

    @cached_property
    def nearby(self) -> pd.DataFrame:
        """The sites within reach of somebody in the area, with the name of the buurt of who lives nearest."""
        if self.sites.empty:
            return self.sites.assign(buurt="")
        far, _ = self._homes.query(self.ends_xy)
        least = pd.Series(far).groupby(self.end_of).min().to_numpy(copy=True)
        # Who lives deep inside a park may be far from its edge.
        least[self.surface_of[pairs(self.places, self.surfaces)[1]]] = 0
        return self.sites.assign(buurt=self._names(self.sites_xy))[least <= self.norm.meter]

    def middle(self, buurt: str) -> np.ndarray:
        """The middle of where the people of a buurt live: the home nearest to their mean, shape (1, 2)."""
        own = self.at == int(np.flatnonzero(self.buurten["buurt"] == buurt)[0])
        mean = np.average(self.places[own], axis=0, weights=self.shares["inwoners"][own])
        return self.places[own][[np.argmin(np.hypot(*(self.places[own] - mean).T))]]

    def distances(self, changes: Sequence[Change]) -> np.ndarray:
        """Metres to the nearest after changes, shape (n,), as `now`; those about another kind do nothing."""
        own = [change for change in changes if change.soort in self.norm.voorzieningen]
        new = [change for change in own if change.wat == OPEN]
        closed = self.sites["id"].isin([change.point for change in own if change.wat == CLOSE]).to_numpy()
        after = self.now.copy()
        if closed.any():
            # Only who now goes to one that closes has to look elsewhere.
            shut, away = closed[self.end_of], closed[self.surface_of]
            moving = self._to(self.ends_xy[shut], self.surfaces[away]) <= after
            after[moving] = self._to(self.ends_xy[~shut], self.surfaces[~away], moving)
        if new:
            after = np.minimum(after, self._to(to_rd([c.lat for c in new], [c.lon for c in new])))
        return after

    def reached_from(self, sites: np.ndarray) -> np.ndarray:
        """Which places (bool, shape (n,)) have one of these sites within reach, as measured."""
        return self._to(sites) <= self.reaches[0]

    def _to(
        self, sites: np.ndarray, drawn: np.ndarray = NO_SURFACES, here: np.ndarray | None = None
    ) -> np.ndarray:
        here = np.ones(len(self.places), dtype=bool) if here is None else here
        return measured_to(self.places, here, sites, drawn, self.routes)[0]

    def _names(self, at: np.ndarray) -> list[str]:
        return list(self.buurten["naam"].to_numpy()[self.at[self._homes.query(at)[1]]]) if len(at) else []

    @cached_property
    def _homes(self) -> cKDTree:
        return cKDTree(self.places)


def situation(area: Area, norm: Norm) -> Situation:
    """Measure once; the result answers every change after that.

    Raises
    ------
    Fout
        When this was not measured in the area.
    """
    store = area.store
    buurten = store.ask(
        "doorrekenen_buurten", buurten=list(area.buurten), bereik=norm.bereik, meter=norm.meter
    )
    known = buurten[buurten["binnen"].notna()]
    homes = store.ask("woonplekken", buurten=list(known["buurt"]))
    if homes.empty:
        raise Fout(
            f"In {area.naam} is dit niet gemeten: er zijn daar geen voorzieningen van deze soort als punten. Kies een andere "
            "voorziening of een ander gebied."
        )
    sites, places = existing(store, norm.voorzieningen), homes[["x", "y"]].to_numpy()
    at_sites, routes = to_rd(sites["lat"], sites["lon"]), _routes(store, places)
    edges = outlines(store, norm.voorzieningen)
    ends = np.vstack([at_sites, edges[["x", "y"]].to_numpy(float)])
    drawn = surfaces(store, norm.voorzieningen)
    shapes = from_wkb(drawn["vlak"].to_numpy())
    now, net = measured_to(places, np.ones(len(places), dtype=bool), ends, shapes, routes)
    return Situation(
        norm=norm,
        buurten=buurten,
        places=places,
        shares={age: homes[f"deel{end}"].to_numpy() for age, end in AGES.items()},
        at=pd.Index(buurten["buurt"]).get_indexer(homes["buurt"]),
        sites=sites,
        sites_xy=at_sites,
        ends_xy=ends,
        end_of=np.concatenate([np.arange(len(sites)), pd.Index(sites["id"]).get_indexer(edges["id"])]),
        surfaces=shapes,
        surface_of=pd.Index(sites["id"]).get_indexer(drawn["id"]),
        routes=routes,
        now=now,
        net=net,
    )


def measured_to(
    places: np.ndarray, here: np.ndarray, sites: np.ndarray, drawn: np.ndarray, routes: Walkways | None
) -> tuple[np.ndarray, np.ndarray]:
    """Metres from some of the places (bool, shape (n,)) to the nearest site, as at build time, and whether along routes."""
    metres, net = distance.measured_to(places[here], here, sites, drawn, routes)
    return metres, np.zeros(len(metres), dtype=bool) if net is None else net


def _routes(store: Store, places: np.ndarray) -> Walkways | None:
    rules = load_toml("afstand.toml")["netwerk"]
    if store not in _networks:
        lines = store.ask("looplijnen")
        network = Network(lines.to_numpy(), rules["los_deel"]) if len(lines) else None
        _networks[store] = network if network is not None and len(network) else None
    network = _networks[store]
    return (
        Walkways(network, network.snap(places, rules["aansluiten_m"]), rules["aansluiten_m"])
        if network
        else None
    )
