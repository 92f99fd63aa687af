"""Tables of OData version 4 (CBS): one row per cell, turned into one row per area."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urljoin

import pandas as pd

from wwz.errors import Fout
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, prefixes, rules
from wwz.fetch.pdok import same_host
from wwz.fetch.shape import check_columns, to_frame
from wwz.fetch.trouble import STAYS, Geweigerd, Onbruikbaar, Weg
from wwz.sources.columns import variable_of

MOST_PAGES = 2000
CELLS_A_PAGE = 100_000
REGION = ("GeoDetail", "GeoDimension")
COUNTRY = "NL"
NOT_WORD = re.compile(r"[^0-9A-Za-z]+")


class Table4:
    """One table at the OData version 4 service.

    Raises
    ------
    Weg
        When the service does not have the table.
    """

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        self._spec = rules()["familie"][item.familie]
        self.adres = f"{place.address(self._spec['dienst'] + '_v4')}/{item.tabel}"
        self.info = place.client.get(f"{self.adres}/Properties", check=_check_object).body
        modified = str(self.info.get("ObservationsModified") or self.info.get("Modified") or "")
        self.versie = modified[:10]
        self._pages = pages_of(
            place.paginas, f"{item.tabel}_v4", modified, place.client, None if modified else DAY
        )
        self._gebied, self._dimensies = self._dimensions()
        self._maten = self._measures()

    def _dimensions(self) -> tuple[str, list[str]]:
        rows = self._list("Dimensions")
        gebied = next((r["Identifier"] for r in rows if r.get("Kind") in REGION), None)
        if gebied is None:
            raise Fout(
                f"In {self._item.titel} staan geen wijken en buurten meer. {STAYS} Meld dit aan de beheerder."
            )
        return gebied, [r["Identifier"] for r in rows if r["Identifier"] != gebied]

    def _measures(self) -> dict[str, str]:
        """Measure → column name as version 3 would call it, for the measures we know."""
        rows = self._list("MeasureCodes")
        names = {r["Identifier"]: f"{column_name(r['Title'])}_{n}" for n, r in enumerate(rows, 1)}
        check_columns(self._item, list(names.values()), self._spec["verplicht"])
        return {measure: name for measure, name in names.items() if variable_of(name)}

    def _list(self, what: str) -> list[dict[str, Any]]:
        return self._pages.get(f"{self.adres}/{what}", {}, _check_list)["value"]

    def size(self) -> Size:
        """Cells to fetch, counted by the source."""
        counts = [self._count(condition) for condition in self._conditions()]
        cells = sum(counts)
        return Size(
            cells, cells * 4 * rules()["tekens_per_cel"], self.versie, len(counts) + cells // CELLS_A_PAGE + 1
        )

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """All rows, complete and checked, one per area and combination of other dimensions."""
        cells: list[dict[str, Any]] = []
        for condition in self._conditions():
            cells += self._partition(condition)
        frame = self._wide(pd.DataFrame(cells))
        about = Provenance(
            self._item.tabel, str(self.info.get("Title") or self._item.titel).strip(), self.versie,
            rules()["licentie"], self.adres, len(frame),
        )  # fmt: skip
        return frame, about

    def _partition(self, condition: str) -> list[dict[str, Any]]:
        expected = self._count(condition)
        url: str | None = f"{self.adres}/Observations"
        params = {"$filter": condition} if condition else {}
        cells: list[dict[str, Any]] = []
        seen: set[Any] = set()
        for _ in range(MOST_PAGES):
            check = partial(self._check_page, left=expected - len(cells), seen=seen)
            body = self._pages.get(url, params, check)
            seen.update(cell["Id"] for cell in body["value"])
            cells += body["value"]
            self._place.client.progress.advance(len(body["value"]))
            link = body.get("@odata.nextLink")
            if not link:
                break
            url, params = same_host(urljoin(url, link), url), {}
        if len(cells) != expected:
            raise Fout(
                f"Van {self._item.titel} kwamen {len(cells)} van de {expected} cijfers. {STAYS} Probeer het later opnieuw."
            )
        return cells

    def _check_page(self, body: Any, left: int, seen: set[Any]) -> None:
        _check_list(body)
        page = body["value"]
        if len(page) > left or (len(page) < left and not (page and "@odata.nextLink" in body)):
            raise Onbruikbaar(
                f"stuurde {len(page)} cijfers van {self._item.tabel} terwijl er nog {left} zijn"
            )
        if page and not {"Id", "Measure", "Value", self._gebied} <= page[0].keys():
            raise Onbruikbaar(f"stuurde cijfers van {self._item.tabel} zonder gebied of waarde")
        ids = {cell["Id"] for cell in page}
        if len(ids) < len(page) or ids & seen:
            raise Onbruikbaar(f"stuurde cijfers van {self._item.tabel} dubbel")

    def _count(self, condition: str) -> int:
        """Cells as the source counts them; it tells in one of two ways that OData has."""
        only = {"$filter": condition} if condition else {}
        try:
            return self._pages.get(f"{self.adres}/Observations/$count", only, _check_number)
        except (Weg, Geweigerd):
            params = {**only, "$count": "true", "$top": "0"}
            return self._pages.get(f"{self.adres}/Observations", params, _check_counted)["@odata.count"]

    def _conditions(self) -> Iterator[str]:
        only = {c: tuple(keys) for c, keys in self._spec.get("alleen", {}).items() if c in self._dimensies}
        if "Perioden" in self._dimensies:
            only["Perioden"] = (f"{self._item.jaar}JJ00",)
        common = [_any_of(column, keys) for column, keys in only.items()]
        areas = [(COUNTRY,), *(prefixes(g) for g in self._item.gemeenten)] if self._item.gemeenten else [()]
        for begin in areas:
            yield " and ".join([_any_of(self._gebied, begin), *common] if begin else common)

    def _wide(self, cells: pd.DataFrame) -> pd.DataFrame:
        keys = [self._gebied, *self._dimensies]
        if cells.empty:
            raise Fout(
                f"{self._item.titel} heeft geen cijfers van deze gebieden. {STAYS} Kies een ander jaar."
            )
        if cells.duplicated([*keys, "Measure"]).any():
            raise Fout(f"In {self._item.titel} staat een cijfer dubbel. {STAYS} Probeer het later opnieuw.")
        # A code for why there is no value (secret, not yet published) comes with an empty value: missing, never 0.
        cells = cells[cells["Measure"].isin(list(self._maten))]
        wide = cells.pivot(index=keys, columns="Measure", values="Value").rename(columns=self._maten)
        return to_frame(wide.reset_index().to_dict("records"), self._item, self._gebied)


def column_name(title: str) -> str:
    """Name of a column in version 3: `0 tot 15 jaar` → `k_0Tot15Jaar`."""
    words = [word for word in NOT_WORD.split(_plain(title)) if word]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return f"k_{name}" if name[:1].isdigit() else name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _any_of(column: str, begins: tuple[str, ...]) -> str:
    parts = " or ".join(f"startswith({column},'{begin}')" for begin in begins)
    return f"({parts})"


def _check_number(body: Any) -> None:
    if not isinstance(body, int):
        raise Onbruikbaar("gaf geen aantal cijfers")


def _check_counted(body: Any) -> None:
    if not isinstance(body, dict) or not isinstance(body.get("@odata.count"), int):
        raise Onbruikbaar("gaf geen aantal cijfers")


def _check_list(body: Any) -> None:
    _check_object(body)
    if not isinstance(body.get("value"), list) or not all(isinstance(row, dict) for row in body["value"]):
        raise Onbruikbaar("stuurde geen tabel")


def _check_object(body: Any) -> None:
    if not isinstance(body, dict):
        raise Onbruikbaar("stuurde geen beschrijving van de tabel")
