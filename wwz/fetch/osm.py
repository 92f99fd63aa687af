"""Voorzieningen from OpenStreetMap through Overpass: a question for each gemeente, one at a time, and cut to what is near."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from wwz.base.rd import to_degrees, to_rd
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, rules
from wwz.fetch.pdok import inhabitants, outlines
from wwz.fetch.trouble import Leeg, Onbruikbaar
from wwz.knowledge import load_toml

LICENCE = "ODbL 1.0"
NAME = "OpenStreetMap"


class Points:
    """Voorzieningen in and around gemeenten: what is just across the border may be the nearest."""

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        self._rule = rules()["familie"][item.familie]
        self.adres = place.address(self._rule["dienst"])
        # Overpass names no version: a day old is new enough, and asking less is polite.
        self._pages = pages_of(place.paginas, "osm", "overpass", place.client, self._rule["dagen"] * DAY)

    def size(self) -> Size:
        """One question a gemeente; how many points there are, by how many people live there."""
        objects = round(self._rule["per_inwoner"] * inhabitants(self._item, self._place))
        return Size(None, objects * self._rule["bytes_per_object"], "", len(self._item.gemeenten))

    def fetch(self) -> tuple[dict[str, Any], Provenance]:
        """Every element once, as Overpass gives them.

        Raises
        ------
        Fout
            When Overpass cannot be had; Leeg when it has nothing here.
        """
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for gemeente in outlines(self._item, self._place):
            area = gemeente.buffer(self._rule["rond_de_gemeente_m"])
            for element in self._ask(area.bounds):
                at = element if "lat" in element else element.get("center", {})
                if "lat" in at and shapely.contains_xy(area, *to_rd([at["lat"]], [at["lon"]])[0]):
                    found[element["type"], element["id"]] = element
        if not found:
            raise Leeg("OpenStreetMap heeft hier geen voorzieningen.")
        about = Provenance(NAME, "Voorzieningen uit OpenStreetMap", "", LICENCE, self.adres, len(found))
        return {"elements": list(found.values())}, about

    def _ask(self, box: tuple[float, float, float, float]) -> list[dict[str, Any]]:
        self._place.client.progress.say(f"{self._item.titel}: Overpass zoekt")
        body = self._pages.get(self.adres, {"data": question(box, self._rule["seconden"])}, _check)
        self._place.client.progress.advance(len(body["elements"]))
        return body["elements"]


def question(box: tuple[float, float, float, float], seconds: int) -> str:
    """The question for all kinds that are measured as a point.

    Parameters
    ----------
    box
        RD metres.
    """
    (south, west), (north, east) = to_degrees(np.array([box[:2], box[2:]]))
    place = f"({south:.5f},{west:.5f},{north:.5f},{east:.5f})"
    parts = "".join(f"nwr{tags}{place};" for tags in _tags())
    return f"[out:json][timeout:{seconds}];({parts});out center tags;"


def _tags() -> list[str]:
    """Tags of each kind, in the language of Overpass; what is measured to its edge needs its outline, and stays out."""
    return [
        "".join(f'["{key}"="{value}"]' for key, value in (tag.split("=") for tag in tags.split("&")))
        for kind in load_toml("voorzieningen.toml")["voorziening"]
        if "rand_om_de_meter" not in kind
        for tags in kind["osm"]
    ]


def _check(body: Any) -> None:
    elements = body.get("elements") if isinstance(body, dict) else None
    if not isinstance(elements, list) or not all(
        isinstance(e, dict) and {"type", "id"} <= e.keys() for e in elements
    ):
        raise Onbruikbaar("stuurde geen elementen van OpenStreetMap")
    if body.get("remark"):
        # Overpass gives what it had when its time or memory was over, and says so.
        raise Onbruikbaar("kon de vraag niet helemaal beantwoorden")
