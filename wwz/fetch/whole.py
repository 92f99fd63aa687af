"""Tables of a service that neither counts nor pages well: every gemeente in one question, and checked to be whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wwz.fetch.items import Size, digits, rules
from wwz.fetch.odata import JSON, conditions, rows_of
from wwz.fetch.odata3 import API, FEED, Table3
from wwz.fetch.trouble import Onbruikbaar

# As many rows as this is a list that was cut off.
MOST_ROWS = 10_000
# Of the country: all buurten whose gemeente begins with these two digits.
PARTS = tuple(f"BU{n:02d}" for n in range(20))


class WholeTable(Table3):
    """One table of buurten, a question for each gemeente, or for each part of the country."""

    def size(self) -> Size:
        """What it will be is not told: a guess from the number of questions."""
        return Size(None, len(self._conditions()) * MOST_ROWS, self.versie, len(self._conditions()))

    def _conditions(self) -> list[str]:
        country = conditions(replace(self._item, gemeenten=()), self.layout.gebied, self.layout.dimensies)[0]
        begins = [f"BU{digits(code)}" for code in self._item.gemeenten] or PARTS
        return [" and ".join([f"startswith({self.layout.gebied},'{begin}')", country]) for begin in begins]

    def _partition(self, condition: str, seen: set[Any]) -> Iterator[list[dict[str, Any]]]:
        def check(body: Any) -> None:
            page = rows_of(body, "tabel", self.layout.gebied)
            ids = [row.get("ID") for row in page]
            if len(page) >= MOST_ROWS or len(set(ids)) < len(ids) or set(ids) & seen:
                raise Onbruikbaar(f"stuurde rijen van {self._item.tabel} dubbel, of niet alle rijen")
            if not all(str(row[self.layout.gebied]).startswith(condition.split("'")[1]) for row in page):
                raise Onbruikbaar(f"stuurde gebieden van {self._item.tabel} waar niet om gevraagd is")

        address = f"{self.adres.replace(FEED, API)}/TypedDataSet"
        body = self._pages.get(address, {**JSON, "$filter": condition}, check)
        seen.update(row["ID"] for row in body["value"])
        self._place.client.progress.advance(len(body["value"]))
        yield body["value"]


def is_uncounted(familie: str) -> bool:
    """Whether the service of this family neither counts nor pages well."""
    return bool(rules()["familie"][familie].get("ongeteld"))
