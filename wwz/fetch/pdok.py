"""Boundaries from PDOK (OGC API Features): follow the `next` links, check every page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, digits, rules
from wwz.fetch.odata import apart, wanted
from wwz.fetch.trouble import STAYS, Onbruikbaar
from wwz.sources.columns import stem

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
RD_LABEL = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
CODES = {"buurten": "buurtcode", "wijken": "wijkcode", "gemeenten": "gemeentecode"}
MOST_PAGES = 200
INHABITANTS = ("aantalinwoners", "inwoners")


class Layer:
    """One layer of boundaries of one year."""

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        base = place.address(rules()["familie"]["grenzen"]["dienst"])
        self.adres = f"{base}/wijken-en-buurten-{item.jaar}/ogc/v1/collections/{item.tabel}"
        # PDOK names no version: a page is good for a day, and after that we ask whether it changed.
        self._pages = pages_of(place.paginas, f"grenzen_{item.tabel}_{item.jaar}", "pdok", place.client, DAY)
        self._code = CODES[item.tabel]

    def size(self) -> Size:
        """Check that the layer is there; PDOK does not tell beforehand how much it is."""
        return self._size

    @cached_property
    def _size(self) -> Size:
        self._place.client.get(self.adres, {"f": "json"}, _check_collection)
        return Size(None, None, str(self._item.jaar), len(self._asked()))

    def _asked(self) -> tuple[str, ...]:
        """Gemeenten to ask one by one; an empty name asks the whole country."""
        return self._item.gemeenten if apart(self._item) else ("",)

    def fetch(self) -> tuple[dict[str, Any], Provenance]:
        """All areas as one GeoJSON object in RD metres."""
        features = [f for gemeente in self._asked() for f in self._partition(gemeente) if self._is_wanted(f)]
        self._check_gemeenten(features)
        about = Provenance(
            f"wijken-en-buurten-{self._item.jaar}/{self._item.tabel}", f"CBS wijken en buurten {self._item.jaar}",
            str(self._item.jaar), rules()["licentie"], self.adres, len(features),
        )  # fmt: skip
        return {"type": "FeatureCollection", "crs": RD_LABEL, "features": features}, about

    def _check_gemeenten(self, features: list[dict[str, Any]]) -> None:
        found = {str(feature["properties"][self._code])[2:6] for feature in features}
        missing = [code for code in self._item.gemeenten if digits(code) not in found]
        if missing or not features:
            raise Fout(
                f"PDOK heeft in {self._item.jaar} geen {self._item.tabel} van {', '.join(missing) or 'Nederland'}. {STAYS} "
                "Kies een ander jaar; misschien is de gemeente heringedeeld."
            )

    def _is_wanted(self, feature: dict[str, Any]) -> bool:
        begin = wanted(self._item)
        return not begin or str(feature["properties"][self._code]).startswith(begin)

    def around(self, box: tuple[float, float, float, float]) -> list[dict[str, Any]]:
        """Areas that touch a box (RD metres)."""
        return self._follow({"bbox": ",".join(f"{v:.0f}" for v in box), "bbox-crs": RD}, "")

    def _partition(self, gemeente: str) -> list[dict[str, Any]]:
        return self._follow({"gemeentecode": gemeente} if gemeente else {}, gemeente)

    def _follow(self, question: dict[str, str], gemeente: str) -> list[dict[str, Any]]:
        url: str | None = f"{self.adres}/items"
        params = {"f": "json", "limit": str(rules()["vlakken_per_pagina"]), "crs": RD, **question}
        features: list[dict[str, Any]] = []
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            page = self._pages.get(url, params, partial(self._check_page, gemeente=gemeente, seen=seen))
            seen |= set(self._keys(page))
            features += [_with_year(feature, self._item.jaar) for feature in page["features"]]
            self._place.client.progress.advance(len(page["features"]))
            self._place.client.progress.say(
                f"{self._item.titel}: {counted('{n} [gebied|gebieden]', len(features))}"
            )
            url, params = next_page(page, url), {}
            if url is None:
                return features
        raise Fout(
            f"PDOK blijft nieuwe bladzijden van {self._item.tabel} sturen. {STAYS} Meld dit aan de beheerder."
        )

    def _keys(self, page: dict[str, Any]) -> Iterator[str]:
        """One per part of an area: land and water of one buurt are two rows."""
        for feature in page["features"]:
            known = feature["properties"]
            yield f"{feature.get('id', '')} {known[self._code]} {known.get('water', '')}"

    def _check_page(self, body: Any, gemeente: str, seen: set[str]) -> None:
        if not isinstance(body, dict) or not isinstance(body.get("features"), list):
            raise Onbruikbaar("stuurde geen grenzen")
        features = body["features"]
        if not all(isinstance(f.get("properties"), dict) and self._code in f["properties"] for f in features):
            raise Onbruikbaar(f"stuurde {self._item.tabel} zonder {self._code}")
        if len(features) != body.get("numberReturned", len(features)):
            raise Onbruikbaar(f"stuurde minder {self._item.tabel} dan het zelf zegt")
        keys = list(self._keys(body))
        if len(set(keys)) < len(keys) or set(keys) & seen:
            raise Onbruikbaar(f"stuurde {self._item.tabel} dubbel")
        codes = [str(f["properties"][self._code])[2:6] for f in features]
        if gemeente and any(code != gemeente[2:] for code in codes):
            raise Onbruikbaar(f"stuurde {self._item.tabel} van andere gemeenten")


def outlines(item: Item, place: Workplace) -> list[BaseGeometry]:
    """The gemeenten of an item, in RD metres: what is asked by place is cut to these.

    Raises
    ------
    Fout
        When PDOK does not have one of them.
    """
    return [shape(f["geometry"]) for f in _gemeenten(item, place) if f["geometry"]]


def inhabitants(item: Item, place: Workplace) -> float:
    """How many people live in the gemeenten of an item, as PDOK tells with their borders; else by how large they are."""
    return sum(people_in(feature) for feature in _gemeenten(item, place))


def people_in(feature: dict[str, Any]) -> float:
    """How many people live in an area, as its properties tell, or else by its size."""
    told = [
        v for k, v in feature["properties"].items() if stem(k) in INHABITANTS and isinstance(v, int | float)
    ]
    if told and told[0] >= 0:
        return float(told[0])
    hectares = shape(feature["geometry"]).area / 10_000 if feature["geometry"] else 0.0
    return float(hectares * rules()["inwoners_per_ha"])


def _gemeenten(item: Item, place: Workplace) -> list[dict[str, Any]]:
    year = item.indeling or item.jaar
    found: list[dict[str, Any]] = Layer(Item("grenzen", "gemeenten", year, item.gemeenten), place).fetch()[0][
        "features"
    ]
    return found


def next_page(page: dict[str, Any], url: str) -> str | None:
    """Where a page says that the next one is; None when it is the last.

    Raises
    ------
    Fout
        When that is at another host.
    """
    link = next((link["href"] for link in page.get("links", []) if link.get("rel") == "next"), None)
    return same_host(urljoin(url, link), url) if link else None


def same_host(url: str, base: str) -> str:
    """A link to a next page; it may not lead elsewhere, and keeps the scheme of the page before (https stays https).

    Raises
    ------
    Fout
    """
    link, here = urlsplit(url), urlsplit(base)
    if link.netloc != here.netloc:
        raise Fout(f"{here.netloc} verwijst naar {link.netloc}. {STAYS} Controleer [bronnen] in config.toml.")
    return link._replace(scheme=here.scheme).geturl()


def _with_year(feature: dict[str, Any], jaar: int) -> dict[str, Any]:
    return {**feature, "properties": {**feature["properties"], "jaar": jaar}}


def _check_collection(body: Any) -> None:
    if not isinstance(body, dict) or "id" not in body:
        raise Onbruikbaar("stuurde geen beschrijving van de grenzen")
