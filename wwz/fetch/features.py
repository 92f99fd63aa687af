"""Buildings (BAG), their floors (3DBAG) and streets (BGT) of gemeenten: asked by square, page after page, and cut to the border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, rules
from wwz.fetch.pdok import RD, RD_LABEL, inhabitants, next_page, outlines
from wwz.fetch.trouble import STAYS, Leeg, Onbruikbaar, Veranderd

MOST_PAGES = 500
Feature = dict[str, Any]


class Features:
    """One collection of PDOK (OGC API Features) around the homes of gemeenten."""

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        self._rule = rules()["familie"][item.familie]
        self._about = self._rule["laag"][item.tabel]
        base = place.address(self._rule["dienst"])
        self.adres = f"{base}/collections/{item.tabel}"
        version = f"{date.today():%Y%m%d}"
        # What is asked today is asked once: a fetch that was broken off goes on where it was.
        self._pages = pages_of(
            place.paginas, f"{item.familie}_{item.tabel}", version, place.client, self._rule["dagen"] * DAY
        )

    def size(self) -> Size:
        """Check that the collection is there; how much it is follows from who lives there and from the squares to ask."""
        return self._size

    @cached_property
    def _size(self) -> Size:
        self._look()
        objects = round(self._about["per_inwoner"] * inhabitants(self._item, self._place))
        boxes = sum(
            len(list(squares(area, self._rule["vlak_m"]))) for area in outlines(self._item, self._place)
        )
        # Of every square at least one page, and a page more for what does not fit.
        questions = 1 + boxes + objects // self._rule["per_pagina"]
        return Size(None, objects * self._about["bytes_per_object"], f"{date.today():%Y-%m-%d}", questions)

    def _look(self) -> None:
        self._place.client.get(self.adres, {"f": "json"}, _check_collection)

    def fetch(self) -> tuple[pd.DataFrame | dict[str, Any], Provenance]:
        """Every object once that lies in one of the gemeenten: a table, or where its shape counts GeoJSON in RD metres.

        Raises
        ------
        Fout
            When the service fails; Leeg when it has nothing here, Veranderd when what we need is not in it.
        """
        found: dict[str, Feature] = {}
        for area in outlines(self._item, self._place):
            shapely.prepare(area)
            for box in squares(area, self._rule["vlak_m"]):
                for page in self._square(box):
                    found.update((self._key(feature), self._slim(feature)) for feature in _inside(page, area))
        if not found:
            raise Leeg(f"{self._item.titel} heeft hier niets.")
        wanted = self._about["verplicht"]
        if not any(f["properties"].get(wanted) is not None for f in found.values()):
            raise Veranderd(f"In {self._item.titel} staat geen {wanted} meer. {STAYS}")
        day = f"{date.today():%Y-%m-%d}"
        about = Provenance(
            self._about["naam"], self._about["naam"], day, self._rule["licentie"], self.adres, len(found)
        )
        return self._content(list(found.values())), about

    def _square(self, box: tuple[float, ...]) -> Iterator[list[Feature]]:
        url: str | None = f"{self.adres}/items"
        params = {
            "f": "json", "limit": str(self._rule["per_pagina"]), "crs": RD, "bbox": ",".join(f"{v:.0f}" for v in box), "bbox-crs": RD,
        }  # fmt: skip
        if self._rule.get("nu"):
            # Without a moment every earlier version comes too.
            params["datetime"] = f"{date.today():%Y-%m-%d}T00:00:00Z"
        for _ in range(MOST_PAGES):
            page = self._pages.get(url, params, _check_page)
            self._told(page)
            yield page["features"]
            url, params = next_page(page, url), {}
            if url is None:
                return
        raise Fout(f"{self._item.titel} blijft nieuwe bladzijden sturen. {STAYS} Meld dit aan de beheerder.")

    def _told(self, page: dict[str, Any]) -> None:
        progress = self._place.client.progress
        count = len(page["features"])
        progress.advance(count)
        progress.say(f"{self._item.titel}: {counted('nog {n} [object|objecten]', count)}")

    def _key(self, feature: Feature) -> str:
        known = feature["properties"]
        return str(feature.get("id") or known.get("lokaal_id") or known.get("identificatie"))

    def _slim(self, feature: Feature) -> Feature:
        """What we use of an object; of several things in a list a text, which is read a good deal faster from a table."""
        known = feature["properties"]
        kept = {name: _text(known[name]) for name in self._about["velden"] if name in known}
        return {
            "type": "Feature",
            "id": feature.get("id"),
            "properties": kept,
            "geometry": feature["geometry"],
        }

    def _content(self, features: list[Feature]) -> pd.DataFrame | dict[str, Any]:
        if self._about.get("vorm"):
            for feature in features:
                feature["properties"]["jaar"] = date.today().year
            return {"type": "FeatureCollection", "crs": RD_LABEL, "features": features}
        rows = pd.DataFrame([{"id": f["id"], **f["properties"]} for f in features]).assign(
            jaar=date.today().year
        )
        if self._about.get("plaats"):
            rows[["x", "y"]] = _middles(features)
        return rows


class Floors(Features):
    """The floors of buildings, of 3DBAG (WFS): it counts pages by the number of the first row."""

    def __init__(self, item: Item, place: Workplace) -> None:
        super().__init__(item, place)
        self.adres = place.address(self._rule["dienst"])

    def _look(self) -> None:
        """A description of a WFS is xml: that it is there shows with the first page."""

    def _square(self, box: tuple[float, ...]) -> Iterator[list[Feature]]:
        step = self._rule["per_pagina"]
        for number in range(MOST_PAGES):
            page = self._pages.get(
                self.adres,
                {
                    "service": "WFS", "version": "2.0.0", "request": "GetFeature", "outputFormat": "application/json",
                    "typeNames": self._about["laag"], "propertyName": ",".join(self._about["vraag"]), "count": str(step),
                    "startIndex": str(number * step), "srsName": "EPSG:28992", "bbox": ",".join(f"{v:.0f}" for v in box) + ",EPSG:28992",
                },
                _check_page,
            )  # fmt: skip
            self._told(page)
            yield page["features"]
            if len(page["features"]) < step:
                return

    def _key(self, feature: Feature) -> str:
        return str(feature["properties"].get("identificatie"))


def squares(area: shapely.Geometry, side: float) -> Iterator[tuple[float, ...]]:
    """Squares of a fixed grid (RD metres) that an area touches: another area asks the same ones."""
    west, south, east, north = (np.array(area.bounds) // side * side).astype(int)
    for x in range(west, east + 1, int(side)):
        for y in range(south, north + 1, int(side)):
            if area.intersects(shapely.box(x, y, x + side, y + side)):
                yield x, y, x + side, y + side


def _inside(features: list[Feature], area: shapely.Geometry) -> list[Feature]:
    """Objects whose first corner lies in the gemeente; what has no shape came by its square alone."""
    corners = [
        _corner(f["geometry"]["coordinates"]) if f.get("geometry") else (np.nan, np.nan) for f in features
    ]
    places = np.array(corners, dtype=float).reshape(-1, 2)
    kept = shapely.contains_xy(area, places[:, 0], places[:, 1]) | np.isnan(places[:, 0])
    return [feature for feature, inside in zip(features, kept, strict=True) if inside]


def _corner(at: list[Any]) -> list[float]:
    while isinstance(at[0], list):
        at = at[0]
    return at[:2]


def _middles(features: list[Feature]) -> np.ndarray:
    """The middle of each object, shape (n, 2), RD metres."""
    shapes = [f["geometry"] for f in features]
    if all(s["type"] == "Point" for s in shapes):
        return np.array([s["coordinates"][:2] for s in shapes], dtype=float)
    return shapely.get_coordinates(shapely.centroid([shape(s) for s in shapes]))


def _text(value: Any) -> Any:
    return ",".join(map(str, value)) if isinstance(value, list) else value


def _check_collection(body: Any) -> None:
    if not isinstance(body, dict) or "id" not in body:
        raise Onbruikbaar("stuurde geen beschrijving van de objecten")


def _check_page(body: Any) -> None:
    if not isinstance(body, dict) or not isinstance(body.get("features"), list):
        raise Onbruikbaar("stuurde geen objecten")
    features = body["features"]
    if not all(isinstance(f.get("properties"), dict) and "geometry" in f for f in features):
        raise Onbruikbaar("stuurde objecten zonder eigenschappen")
    if len(features) != body.get("numberReturned", len(features)):
        raise Onbruikbaar("stuurde minder objecten dan het zelf zegt")
