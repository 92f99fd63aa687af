"""The walking routes a municipality supplies: checked once, then measured along for every kind of voorziening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.base.counted import counted
from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.places.network import Network, Snapped
from wwz.sources.reading import Report
from wwz.words.numbers import dutch
from wwz.workbench import Workbench

LINES = SQL / "distance" / "looplijnen.sql"


@dataclass(frozen=True)
class Walkways:
    """A network with the places where people live tied to it.

    Attributes
    ----------
    limit
        Metres: who lives farther from a route is measured in a straight line.
    """

    network: Network
    people: Snapped
    limit: float

    def distances(
        self, here: np.ndarray, facilities: np.ndarray, straight: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Metres to the nearest facility, along the network where that is possible.

        Parameters
        ----------
        here
            Which of the places are asked for, shape (all places,), bool.
        facilities
            Shape (m, 2).
        straight
            Straight-line metres of the places asked for, for those that are not near a route.

        Returns
        -------
        tuple
            Metres (infinite: on a route from which no facility can be reached), and whether they are along the network.
        """
        own = Snapped(self.people.piece[here], self.people.along[here], self.people.away[here])
        walked = self.network.nearest(own, self.network.snap(facilities, self.limit))
        net = ~np.isnan(walked)
        # A route is never shorter than a straight line; snapping may make it seem so.
        return np.where(net, np.maximum(walked, straight), straight), net


def walkways(bench: Workbench, people: pd.DataFrame, report: Report) -> Walkways | None:
    """The walking routes in the input, or None when there are none that can be used; faults are reported."""
    lines = bench.read(LINES)
    if lines.empty:
        return None
    name, rules = lines["bestand"].iloc[0], load_toml("afstand.toml")["netwerk"]
    network = Network(lines[["x1", "y1", "x2", "y2"]].to_numpy(), rules["los_deel"])
    if network.loops:
        report.info(
            name,
            counted(
                "{n} [lijn begint en eindigt|lijnen beginnen en eindigen] op dezelfde plek; [ze telt|ze tellen] niet mee.",
                network.loops,
            ),
            network.loops,
        )
    if network.loose:
        report.warn(
            name,
            counted(
                "{n} [stuk looproute hangt|stukken looproute hangen] nergens aan vast; [het is|ze zijn] overgeslagen. Wie daar woont, is in een "
                "rechte lijn gemeten of vanaf de dichtstbijzijnde andere route.",
                network.loose,
            ),
            network.loose,
        )
    if not len(network):
        report.reject(
            name,
            "Er zijn geen looproutes die aan elkaar vastzitten. Wij meten in een rechte lijn maal een omweg.",
        )
        return None
    if network.parts > 1:
        report.info(
            name,
            f"De looproutes bestaan uit {network.parts} delen zonder verbinding, bijvoorbeeld door water. Een voorziening in een "
            "ander deel telt niet mee.",
            network.parts,
        )
    snapped = network.snap(people[["x", "y"]].to_numpy(), rules["aansluiten_m"])
    off = int((snapped.piece < 0).sum())
    if off:
        report.warn(
            name,
            counted(
                "{n} van {all} woonplekken [ligt|liggen] meer dan {far} meter van een looproute; daar is "
                "gemeten in een rechte lijn maal een omweg.",
                off,
                all=dutch(len(people)),
                far=dutch(rules["aansluiten_m"]),
            ),
            off,
        )
    return Walkways(network, snapped, rules["aansluiten_m"])
