"""Tables of OData version 3 (CBS and RIVM): count first, then page, and check every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from wwz.base.errors import Fout
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, rules
from wwz.fetch.odata import JSON, apart, check_count, conditions, is_region, rows_of, wanted
from wwz.fetch.shape import check_columns, to_frame
from wwz.fetch.titles import keys_by_title, plain, topics_by_title
from wwz.fetch.trouble import STAYS, Geweigerd, Onbruikbaar, Veranderd, Weg
from wwz.sources.bykind import titles_in
from wwz.sources.columns import variables_of

# The feed pages through everything; the other gives at most 10,000 rows and cannot skip.
FEED, API = "/ODataFeed/", "/ODataApi/"
TOPIC = "Topic"
# A longer list of columns could make the address too long for the server.
LONGEST_SELECT = 1200


@dataclass(frozen=True)
class Layout:
    """Columns of a table: the one with area codes, the other dimensions, and the figures."""

    gebied: str
    dimensies: tuple[str, ...]
    onderwerpen: tuple[str, ...]


class Table3:
    """One table at an OData version 3 service.

    Raises
    ------
    Weg
        When the service does not have the table.
    """

    def __init__(self, item: Item, place: Workplace) -> None:
        self._item, self._place = item, place
        self._spec = rules()["familie"][item.familie]
        self.adres = f"{place.address(self._spec['dienst'])}/{item.tabel}"
        self.info = self._ask("TableInfos")[0]
        self.versie = str(self.info.get("Modified") or self.info.get("Updated") or "")[:10]
        modified = str(self.info.get("Modified") or "")
        self._pages = pages_of(
            place.paginas, f"{item.tabel}_v3", modified, place.client, None if modified else DAY
        )
        self.layout = self._layout()
        self._kinds = self._kinds_by_title()

    def _ask(self, what: str) -> list[dict[str, Any]]:
        body = self._place.client.get(f"{self.adres}/{what}", JSON, lambda b: rows_of(b, "tabel")).body
        return body["value"]

    def _layout(self) -> Layout:
        gebied, dimensions, topics = "", [], []
        properties = self._ask("DataProperties")
        self._named = topics_by_title(
            [row for row in properties if not _is_dimension(row)], self._spec.get("onderwerp", {})
        )
        for row in properties:
            kind, key = str(row.get("odata.type", row.get("Type", ""))), str(row.get("Key") or "").strip()
            if is_region(kind):
                gebied = key
            elif kind.endswith(TOPIC):
                topics.append(key)
            elif key and not kind.endswith("Group"):
                dimensions.append(key)
        # A table of postcodes names no areas that we know; its own dimension takes their place.
        if not gebied and (sleutel := self._spec.get("sleutel")) in dimensions:
            gebied = sleutel
            dimensions.remove(sleutel)
        if not gebied:
            raise Fout(
                f"In {self._item.titel} staan geen wijken en buurten meer. {STAYS} Meld dit aan de beheerder."
            )
        check_columns(self._item, [self._named.get(t, t) for t in topics], self._spec["verplicht"])
        return Layout(gebied, tuple(dimensions), tuple(topics))

    def _kinds_by_title(self) -> dict[str, dict[str, str]]:
        """Dimension → key → title of the kinds we ask for, where only their titles are known."""
        asked = [d for d in self._spec.get("alleen_titels", ()) if d in self.layout.dimensies]
        found = {d: keys_by_title(self._ask(d), map(plain, titles_in(d))) for d in asked}
        if empty := [d for d, keys in found.items() if not keys]:
            raise Veranderd(
                f"In {self._item.titel} staan onder {empty[0]} geen soorten meer die wij kennen. {STAYS}"
            )
        return found

    @property
    def kolommen(self) -> tuple[str, ...]:
        """The figures it has."""
        return tuple(self._named.get(topic, topic) for topic in self.layout.onderwerpen)

    def size(self) -> Size:
        """Rows to fetch, counted by the source."""
        counts = [self._count(condition) for condition in self._conditions()]
        rows, pages = sum(counts), sum(-(-n // rules()["rijen_per_pagina"]) for n in counts)
        width = len(self._columns()) or len(self.layout.onderwerpen)
        return Size(rows, rows * width * rules()["tekens_per_cel"], self.versie, len(counts) + pages)

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """All rows, complete and checked.

        Raises
        ------
        Fout
            When the source keeps giving something incomplete.
        """
        rows: list[dict[str, Any]] = []
        seen: set[Any] = set()
        for condition in self._conditions():
            for page in self._partition(condition, seen):
                rows += [row for row in page if self._is_wanted(row)]
        self._check_same_version()
        frame = self._in_words(to_frame(rows, self._item, self.layout.gebied))
        about = Provenance(
            self._item.tabel, str(self.info.get("Title") or self._item.titel).strip(), self.versie,
            rules()["licentie"], self.adres, len(frame),
        )  # fmt: skip
        return frame, about

    def _in_words(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Figures and kinds that were found by their title under a name that our readers know."""
        for dimension, titles in self._kinds.items():
            frame[dimension] = frame[dimension].str.strip().map(titles)
        return frame.rename(columns=self._named)

    def _partition(self, condition: str, seen: set[Any]) -> Iterator[list[dict[str, Any]]]:
        expected, got = self._count(condition), 0
        while got < expected:
            top = min(rules()["rijen_per_pagina"], expected - got)
            params = {**JSON, "$skip": str(got), "$top": str(top)}
            if condition:
                params["$filter"] = condition
            if select := ",".join(self._columns()):
                params["$select"] = select
            body = self._pages.get(
                f"{self.adres}/TypedDataSet", params, partial(self._check_page, top=top, seen=seen)
            )
            page = body["value"]
            seen.update(row["ID"] for row in page)
            got += len(page)
            self._place.client.progress.advance(len(page))
            yield page

    def _is_wanted(self, row: dict[str, Any]) -> bool:
        begin = wanted(self._item)
        return not begin or str(row[self.layout.gebied]).startswith(begin)

    def _check_page(self, body: Any, top: int, seen: set[Any]) -> None:
        page = rows_of(body, "tabel")
        if not page or len(page) > top or (len(page) < top and "odata.nextLink" not in body):
            raise Onbruikbaar(f"stuurde {len(page)} rijen van {self._item.tabel} in plaats van {top}")
        ids = {row.get("ID") for row in page}
        if None in ids or len(ids) < len(page) or ids & seen:
            raise Onbruikbaar(f"stuurde rijen van {self._item.tabel} dubbel")
        # Without naming columns we should get all that the table says it has.
        missing = set(self._columns() or self._all_columns()) - set(page[0])
        if missing:
            raise Onbruikbaar(f"stuurde rijen van {self._item.tabel} zonder de kolom {min(missing)}")
        if apart(self._item) and not all(self._is_wanted(row) for row in page):
            raise Onbruikbaar(f"stuurde gebieden van {self._item.tabel} waar niet om gevraagd is")

    def _count(self, condition: str) -> int:
        only = {"$filter": condition} if condition else {}
        return count_rows(lambda url: self._pages.get(url, only, check_count), self.adres)

    def _conditions(self) -> list[str]:
        return conditions(self._item, self.layout.gebied, self.layout.dimensies, self._kinds)

    def _columns(self) -> list[str]:
        """Columns we know; all of them (an empty list) when naming them would make the address too long."""
        known = variables_of(list(self.layout.onderwerpen))
        topics = [c for c in self.layout.onderwerpen if c in known or c in self._named or not _is_figure(c)]
        columns = ["ID", self.layout.gebied, *self.layout.dimensies, *topics]
        return columns if len(",".join(columns)) <= LONGEST_SELECT else []

    def _all_columns(self) -> list[str]:
        return ["ID", self.layout.gebied, *self.layout.dimensies, *self.layout.onderwerpen]

    def _check_same_version(self) -> None:
        if self._ask("TableInfos")[0].get("Modified") != self.info.get("Modified"):
            raise Fout(
                f"{self._item.titel} is tijdens het ophalen vernieuwd. {STAYS} Haal de gegevens opnieuw op."
            )


def count_rows(ask: Callable[[str], int], base: str, entity: str = "TypedDataSet") -> int:
    """Rows as the service counts them; where the feed does not count, its sister without paging does.

    Raises
    ------
    Fout
        When neither counts: without a number nobody can tell whether a table came whole.
    """
    try:
        return ask(f"{base}/{entity}/$count")
    except (Weg, Geweigerd):
        if FEED not in base:
            raise
        return ask(f"{base.replace(FEED, API)}/{entity}/$count")


def _is_dimension(row: dict[str, Any]) -> bool:
    kind = str(row.get("odata.type", row.get("Type", "")))
    return is_region(kind) or "Dimension" in kind


IDENTITY = ("gemeentenaam", "soortregio", "codering", "indelingswijziging")


def _is_figure(column: str) -> bool:
    return not column.lower().startswith(IDENTITY)
