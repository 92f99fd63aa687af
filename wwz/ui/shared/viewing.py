"""Where a visitor looks on a map: what the page asked, what the visitor did, and who goes first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from wwz.maps.geometry import GeometryFile

_SAME_DEGREES = 1e-4  # links keep rounded positions
_SAME_ZOOM = 0.05
_SAME_EXTENT = 0.8


@dataclass(frozen=True)
class Position:
    """Centre in degrees and zoom level (quarter steps)."""

    lat: float
    lon: float
    zoom: float

    def is_near(self, other: "Position | None") -> bool:
        """Whether two positions are the same up to the rounding of a link."""
        return (
            other is not None
            and abs(self.lat - other.lat) < _SAME_DEGREES
            and abs(self.lon - other.lon) < _SAME_DEGREES
            and abs(self.zoom - other.zoom) < _SAME_ZOOM
        )


@dataclass
class Viewing:
    """One map in one session.

    A page that keeps the position in its link hands every position back, a run late. Only a position that is
    neither the one it asked before nor the one the visitor had last is a new wish.
    """

    position: Position | None = None
    click: str | None = None
    _asked: Position | None = None
    _reported: tuple[Position, bool] | None = None
    _command: dict[str, object] | None = None
    _moment: str | None = None
    _geometry: GeometryFile | None = field(default=None, repr=False)

    def ask(self, geometry: GeometryFile, position: Position | None) -> None:
        """Take the page's wish for this run into account."""
        if self._geometry is not None and not _same_extent(self._geometry, geometry):
            self.position = self._asked = None
        self._geometry = geometry
        if position is None or position.is_near(self._asked):
            return
        self._asked = position
        if not position.is_near(self.position):
            self.position = position
            number = self._command["number"] + 1 if self._command else 1
            self._command = {"number": number, "position": [position.lat, position.lon, position.zoom]}

    def start(self) -> tuple[float, float, float] | None:
        """Where a new map begins: latitude, longitude, zoom."""
        at = self.position
        return (at.lat, at.lon, at.zoom) if at else None

    def command(self) -> dict[str, object] | None:
        """The last wish with its number; a map obeys a number once."""
        return self._command

    def read_click(self, answer: Mapping[str, object]) -> bool:
        """Keep the click that the browser reports; says whether it was not seen before."""
        code, moment, _ = _tags(answer)
        if not moment or moment == self._moment:
            return False
        self._moment, self.click = moment, code
        return True

    def read_position(self, answer: Mapping[str, object]) -> None:
        """Keep where the visitor looks. After :meth:`ask`: the page's wish is about the run before."""
        place, whole = _position(answer), bool(_tags(answer)[2])
        # Streamlit repeats the last report in every run; only a new one says where the visitor looks now. While a map still
        # moves it may tell the place where it goes before it knows whether all is in view there.
        if place is not None and (place, whole) != self._reported:
            self._reported = (place, whole)
            self.position = None if whole else place

    def take_click(self) -> str | None:
        """The code of the last click, once."""
        code, self.click = self.click, None
        return code


def viewing_of(key: str) -> Viewing:
    """The session's memory of the map with this key."""
    return st.session_state.setdefault(f"kaart:{key}", Viewing())


def _tags(answer: Mapping[str, object]) -> tuple[str, str, str]:
    """Code, mark of the click, and a word if the whole area is in view; see ``tellServer`` in ``js/kaart.js``."""
    tags = answer.get("selected_tags")
    return tuple(map(str, tags)) if isinstance(tags, list) and len(tags) == 3 else ("", "", "")


def _position(answer: Mapping[str, object]) -> Position | None:
    centre, zoom = answer.get("center"), answer.get("zoom")
    try:
        return Position(round(float(centre["lat"]), 5), round(float(centre["lng"]), 5), round(float(zoom), 2))
    except (TypeError, KeyError, ValueError):
        return None


def _same_extent(one: GeometryFile, other: GeometryFile) -> bool:
    """Whether two levels cover about the same land, so that the view may stay."""
    west, south = max(one.bounds[0], other.bounds[0]), max(one.bounds[1], other.bounds[1])
    east, north = min(one.bounds[2], other.bounds[2]), min(one.bounds[3], other.bounds[3])
    shared = max(east - west, 0) * max(north - south, 0)
    return shared >= _SAME_EXTENT * max(_surface(one), _surface(other))


def _surface(file: GeometryFile) -> float:
    west, south, east, north = file.bounds
    return (east - west) * (north - south)
