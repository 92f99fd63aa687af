"""What a visitor looks at. One View feeds map, table, link and export, and survives a trip through the URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from wwz.base.codes import DIVISIONS, as_code, is_code, is_own
from wwz.knowledge import domain
from wwz.knowledge.groupnames import group_of
from wwz.own import plans, tours

LEVELS = DIVISIONS
MEASURES = ("aandeel", "aantal", "verandering")
OUTLINES = ("geen", "wijk", "gemeente")
PROJECTION = ("uit", "aan", "donker")
SCALES = ("gemeente", "land")
COMPARISONS = ("stippen", "rug", "vlak", "reeks", "samen")
SERIES = ("gebieden", "jaren", "lagen")
CARERS = ("inwonend", "uitwonend", "geen")
WORD = re.compile(r"^[a-z0-9_-]{1,60}$")
MOST_CODES = 600
MOST_KINDS = 6  # kinds of voorzieningen on one map; there is a colour for each


@dataclass(frozen=True)
class Place:
    """Where the map looks: degrees and zoom."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True)
class View:
    """The state of the screen.

    Attributes
    ----------
    gebied
        The area worked in: one code, several (own area), or none (everything in the data).
    laag
        Indicator code; empty means the first that has figures.
    niveau
        buurt, wijk or gemeente.
    maat
        aandeel, aantal, or verandering against the year `vanaf`; 0 is the year before.
    jaar
        Year; 0 means the latest complete year of the indicator.
    schaal
        What the classes of the map are made of: gemeente, so that a colour means the same in every wijk of it, or land.
    rand
        Outlines drawn over the map: geen, wijk or gemeente.
    tweede
        Indicator whose highest areas are outlined as a second layer; empty for none.
    punten
        Kinds of voorzieningen drawn as points.
    gekozen
        The area whose sheet is open.
    doelgroep, mantelzorg
        For the randvoorwaarden.
    voorwaarde
        The randvoorwaarde shown on the map of the wijkagenda; empty for all necessary ones together.
    onderwerp, dan, scenario, thuis
        For Toekomst: what is followed, until which year, with which assumption, and which per cent of the people
        in institutions lives at home.
    plaats
        Where the map looks; None means the whole area.
    vergelijk
        Areas that were put beside the area by hand.
    beeld, reeks, afstand
        Vergelijken: which picture, what a series of small maps goes through, and the distance that is set against need.
    met, metjaar
        Vergelijken: layer and year of the second map; empty and 0 for the same as the first.
    soort, norm, wie, plan, plannen
        For Doorrekenen: the kind of voorziening that comes, the norm (code), the group of people, the plan (its changes,
        or the id of one that was kept), and the kept plans that stand side by side.
    bereik, meter
        For Voorzieningen: the kind of voorziening (afstand.toml) and within how many metres.
    ladder, beperking
        Below the map: whether one starts at a beperking or a doelgroep, and at which beperking (layer).
    projectie
        aan or uit: large type for the back row; donker is the same for a dark room.
    """

    gebied: tuple[str, ...] = ()
    laag: str = ""
    niveau: str = "buurt"
    maat: str = "aandeel"
    jaar: int = 0
    vanaf: int = 0
    schaal: str = "gemeente"
    rand: str = "wijk"
    tweede: str = ""
    punten: tuple[str, ...] = ()
    gekozen: str = ""
    doelgroep: str = "ouderen-3"
    mantelzorg: str = "geen"
    voorwaarde: str = ""
    onderwerp: str = "leeftijd_75plus"
    dan: int = 2040
    scenario: str = "basis"
    thuis: int = 50
    plaats: Place | None = None
    vergelijk: tuple[str, ...] = ()
    beeld: str = "stippen"
    reeks: str = "gebieden"
    afstand: str = ""
    met: str = ""
    metjaar: int = 0
    ladder: str = "beperking"
    beperking: str = ""
    projectie: str = "uit"
    soort: str = ""
    norm: str = ""
    wie: str = "65plus"
    plan: str = ""
    plannen: tuple[str, ...] = ()
    bereik: str = "supermarkt"
    meter: int = 500
    groep: str = ""
    sleutel: str = "inwoners"
    telling: str = ""
    dia: int = 1
    rondleiding: str = ""
    stop: int = 0

    def to_query(self) -> dict[str, str]:
        """The view as query parameters; what is default is left out."""
        usual = {**{f.name: f.default for f in fields(self)}, **_group_of(self.laag)}
        texts = {
            name: _to_text(getattr(self, name))
            for name, value in usual.items()
            if getattr(self, name) != value
        }
        return {name: text for name, text in texts.items() if text}

    def changed(self, **changes: Any) -> View:
        """A copy with other values. A layer about a doelgroep brings that doelgroep along, for the screens about doelgroepen."""
        return replace(self, **{**_group_of(changes.get("laag", "")), **changes})


def from_query(query: Mapping[str, str]) -> View:
    """Read a view from query parameters.

    Anything that cannot be a view (unknown names, wrong codes, other people's mischief) is left out, so that a
    broken link still opens a working screen.
    """
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        value = read(str(query.get(name, ""))[:20_000])
        if value is not None:
            found[name] = value
    return View(**{**_group_of(found.get("laag", "")), **found})


def _group_of(layer: str) -> dict[str, str]:
    group = group_of(layer)
    return {"doelgroep": group} if group in domain.doelgroepen() else {}


def _to_text(value: Any) -> str:
    if isinstance(value, Place):
        return f"{value.lat:.4f},{value.lon:.4f},{value.zoom:g}"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda text: text if text in allowed else None


def _word(text: str) -> str | None:
    return text if WORD.fullmatch(text) else None


def _area_code(text: str) -> bool:
    return is_code(text) or is_own(text)


def _codes(text: str) -> tuple[str, ...] | None:
    parts = map(as_code, text.split(",")[:MOST_CODES])
    codes = tuple(dict.fromkeys(part for part in parts if _area_code(part)))
    return codes or None


def _words(text: str) -> tuple[str, ...] | None:
    return tuple(part for part in text.split(",")[:MOST_KINDS] if WORD.fullmatch(part)) or None


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"20\d\d", text) else None


def _percentage(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,3}", text) and int(text) <= 100 else None


def _place(text: str) -> Place | None:
    parts = re.fullmatch(r"(-?\d{1,2}(?:\.\d{1,7})?),(-?\d{1,3}(?:\.\d{1,7})?),(\d{1,2}(?:\.\d{1,3})?)", text)
    if not parts:
        return None
    place = Place(float(parts[1]), float(parts[2]), float(parts[3]))
    return place if abs(place.lat) <= 85 and abs(place.lon) <= 180 and place.zoom <= 19 else None


def _plan(text: str) -> str | None:
    return text if plans.is_id(text) else plans.to_text(plans.from_text(text)) or None


def _plan_ids(text: str) -> tuple[str, ...] | None:
    return (
        tuple(dict.fromkeys(part for part in text.split(",")[: plans.MOST_COMPARED] if plans.is_id(part)))
        or None
    )


def _place_in_row(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9]\d?", text, re.ASCII) else None


def _metres(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9]\d{1,4}", text) else None


_READERS = {
    "gebied": _codes,
    "laag": _word,
    "niveau": _one_of(LEVELS),
    "maat": _one_of(MEASURES),
    "jaar": _year,
    "vanaf": _year,
    "schaal": _one_of(SCALES),
    "rand": _one_of(OUTLINES),
    "punten": _words,
    "tweede": _word,
    "gekozen": lambda text: as_code(text) if _area_code(as_code(text)) else None,
    "doelgroep": lambda text: text if text in domain.doelgroepen() else None,
    "mantelzorg": _one_of(CARERS),
    "voorwaarde": _word,
    "bereik": _word,
    "meter": _metres,
    "onderwerp": _word,
    "dan": _year,
    "scenario": _word,
    "thuis": _percentage,
    "ladder": _one_of(("beperking", "doelgroep")),
    "beperking": _word,
    "plaats": _place,
    "vergelijk": _codes,
    "beeld": _one_of(COMPARISONS),
    "reeks": _one_of(SERIES),
    "afstand": _word,
    "met": _word,
    "metjaar": _year,
    "soort": _word,
    "norm": _word,
    "wie": _word,
    "plan": _plan,
    "plannen": _plan_ids,
    "groep": _word,
    "sleutel": _word,
    "telling": _word,
    "projectie": _one_of(PROJECTION),
    "dia": _place_in_row,
    "rondleiding": lambda text: text if tours.is_code(text) else None,
    "stop": _place_in_row,
}
