"""Tables of OData version 4 (CBS): one row per cell, turned into one row per area."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import Any
from urllib.parse import urljoin

import pandas as pd

from wwz.base.errors import Fout
from wwz.fetch.cache import DAY, pages_of
from wwz.fetch.items import Item, Provenance, Size, Workplace, rules
from wwz.fetch.odata import REGION, apart, check_count, conditions, rows_of, wanted
from wwz.fetch.pdok import same_host
from wwz.fetch.shape import check_columns, to_frame
from wwz.fetch.titles import keys_by_title, plain, topics_by_title
from wwz.fetch.trouble import STAYS, Geweigerd, Onbruikbaar, Veranderd, Weg
from wwz.sources.bykind import titles_in
from wwz.sources.columns import variables_of

MOST_PAGES = 2000
CELLS_A_PAGE = 100_000
MEASURE, VALUE = "Measure", "Value"
NAME = "Naam"
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
        self.info = self._properties()
        modified = _modified(self.info)
        self.versie = modified[:10]
        self._pages = pages_of(
            place.paginas, f"{item.tabel}_v4", modified, place.client, None if modified else DAY
        )
        self._gebied, self._dimensies = self._dimensions()
        self._maten = self._measures()
        self._kinds = self._kinds_by_title()

    def _properties(self) -> dict[str, Any]:
        return self._place.client.get(f"{self.adres}/Properties", check=_check_object).body

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
        names |= self._by_title(rows)
        check_columns(self._item, list(names.values()), self._spec["verplicht"])
        known = variables_of(list(names.values()))
        return {measure: name for measure, name in names.items() if name in known}

    def _by_title(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        """Measure → column, of those whose name nobody has seen: by their title and those of their groups."""
        if "onderwerp" not in self._spec:
            return {}
        groups = [
            {"ID": row["Id"], "ParentID": row.get("ParentId"), "Title": row["Title"]}
            for row in self._list("MeasureGroups")
        ]
        topics = [
            {
                "ID": row["Identifier"], "ParentID": row.get("MeasureGroupId"), "Key": row["Identifier"],
                "Title": row["Title"], "Unit": row.get("Unit"),
            }
            for row in rows
        ]  # fmt: skip
        return topics_by_title([*groups, *topics], self._spec["onderwerp"])

    def _kinds_by_title(self) -> dict[str, dict[str, str]]:
        """Dimension → key → title of the kinds we want, where only their titles are known."""
        asked = [d for d in self._spec.get("alleen_titels", ()) if d in self._dimensies]
        found = {
            d: keys_by_title(
                [{"Key": row["Identifier"], "Title": row["Title"]} for row in self._list(f"{d}Codes")],
                map(plain, titles_in(d)),
            )
            for d in asked
        }
        if empty := [d for d, keys in found.items() if not keys]:
            raise Veranderd(
                f"In {self._item.titel} staan onder {empty[0]} geen soorten meer die wij kennen. {STAYS}"
            )
        return found

    def _list(self, what: str) -> list[dict[str, Any]]:
        return self._pages.get(f"{self.adres}/{what}", {}, lambda body: rows_of(body, "tabel"))["value"]

    @property
    def kolommen(self) -> tuple[str, ...]:
        """The figures it has, of those we know."""
        return tuple(self._maten.values())

    def size(self) -> Size:
        """Cells to fetch, counted by the source."""
        counts = [self._count(condition) for condition in self._conditions()]
        cells = sum(counts)
        return Size(
            cells, cells * 4 * rules()["tekens_per_cel"], self.versie, len(counts) + cells // CELLS_A_PAGE + 1
        )

    def fetch(self) -> tuple[pd.DataFrame, Provenance]:
        """All rows, complete and checked, one per area and combination of other dimensions."""
        parts: list[pd.DataFrame] = []
        for condition in self._conditions():
            parts += self._partition(condition)
        self._check_same_version()
        frame = self._wide(pd.concat(parts, ignore_index=True))
        about = Provenance(
            self._item.tabel, str(self.info.get("Title") or self._item.titel).strip(), self.versie,
            rules()["licentie"], self.adres, len(frame),
        )  # fmt: skip
        return frame, about

    def _partition(self, condition: str) -> list[pd.DataFrame]:
        expected, got = self._count(condition), 0
        url, params = f"{self.adres}/Observations", {"$filter": condition} if condition else {}
        parts: list[pd.DataFrame] = []
        seen: set[Any] = set()
        for _ in range(MOST_PAGES):
            check = partial(self._check_page, left=expected - got, seen=seen)
            body = self._pages.get(url, params, check)
            seen.update(cell["Id"] for cell in body["value"])
            got += len(body["value"])
            parts.append(self._known(body["value"]))
            self._place.client.progress.advance(len(body["value"]))
            link = body.get("@odata.nextLink")
            if not link:
                break
            url, params = same_host(urljoin(url, link), url), {}
        if got != expected:
            raise Fout(
                f"Van {self._item.titel} kwamen {got} van de {expected} cijfers. {STAYS} Probeer het later opnieuw."
            )
        return parts

    def _known(self, cells: list[dict[str, Any]]) -> pd.DataFrame:
        """The cells that we use, as a frame: of the whole country the rest would fill the memory."""
        keys, begin = [self._gebied, *self._dimensies], wanted(self._item)
        kept = [
            [*(cell.get(key) for key in keys), cell[MEASURE], cell[VALUE]]
            for cell in cells
            if cell[MEASURE] in self._maten
            and (not begin or str(cell[self._gebied]).startswith(begin))
            and all(str(cell.get(d)).strip() in kinds for d, kinds in self._kinds.items())
        ]
        frame = pd.DataFrame(kept, columns=[*keys, MEASURE, VALUE]).astype(dict.fromkeys(keys, "string"))
        # A kind of which nobody knows the key is called by its title, as the reader knows it.
        named = {d: frame[d].str.strip().map(kinds).astype("string") for d, kinds in self._kinds.items()}
        return frame.assign(**named)

    def _check_page(self, body: Any, left: int, seen: set[Any]) -> None:
        page = rows_of(body, "tabel")
        if len(page) > left or (len(page) < left and not (page and "@odata.nextLink" in body)):
            raise Onbruikbaar(
                f"stuurde {len(page)} cijfers van {self._item.tabel} terwijl er nog {left} zijn"
            )
        if not all({"Id", MEASURE, VALUE, self._gebied} <= cell.keys() for cell in page):
            raise Onbruikbaar(f"stuurde cijfers van {self._item.tabel} zonder gebied of waarde")
        ids = {cell["Id"] for cell in page}
        if len(ids) < len(page) or ids & seen:
            raise Onbruikbaar(f"stuurde cijfers van {self._item.tabel} dubbel")
        begin = wanted(self._item)
        if apart(self._item) and not all(str(cell[self._gebied]).startswith(begin) for cell in page):
            raise Onbruikbaar(f"stuurde gebieden van {self._item.tabel} waar niet om gevraagd is")

    def _count(self, condition: str) -> int:
        """Cells as the source counts them; it tells in one of two ways that OData has."""
        only = {"$filter": condition} if condition else {}
        try:
            return self._pages.get(f"{self.adres}/Observations/$count", only, check_count)
        except (Weg, Geweigerd):
            params = {**only, "$count": "true", "$top": "0"}
            return self._pages.get(f"{self.adres}/Observations", params, _check_counted)["@odata.count"]

    def _conditions(self) -> list[str]:
        return conditions(self._item, self._gebied, self._dimensies)

    def _wide(self, cells: pd.DataFrame) -> pd.DataFrame:
        keys = [self._gebied, *self._dimensies]
        if cells.empty:
            raise Fout(
                f"{self._item.titel} heeft geen cijfers van deze gebieden. {STAYS} Kies een ander jaar."
            )
        if cells.duplicated([*keys, MEASURE]).any():
            raise Fout(f"In {self._item.titel} staat een cijfer dubbel. {STAYS} Probeer het later opnieuw.")
        # A code for why there is no value (secret, not yet published) comes with an empty value: missing, never 0.
        wide = cells.pivot(index=keys, columns=MEASURE, values=VALUE).rename(columns=self._maten)
        wide = wide.reset_index().rename_axis(columns=None)
        wide.insert(len(keys), NAME, wide[self._gebied].str.strip().map(self._names()).astype("string"))
        return to_frame(wide, self._item, self._gebied)

    def _names(self) -> dict[str, str]:
        """Code → name of the areas, from the code list: among the figures there are no names."""
        try:
            rows = self._list(f"{self._gebied}Codes")
        except Weg:
            # The boundaries carry names too.
            return {}
        return {str(row["Identifier"]).strip(): str(row.get("Title") or "").strip() for row in rows}

    def _check_same_version(self) -> None:
        if _modified(self._properties()) != _modified(self.info):
            raise Fout(
                f"{self._item.titel} is tijdens het ophalen vernieuwd. {STAYS} Haal de gegevens opnieuw op."
            )


def column_name(title: str) -> str:
    """Name of a column in version 3: `0 tot 15 jaar` → `k_0Tot15Jaar`."""
    words = [word for word in NOT_WORD.split(_plain(title)) if word]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return f"k_{name}" if name[:1].isdigit() else name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _modified(info: dict[str, Any]) -> str:
    return str(info.get("ObservationsModified") or info.get("Modified") or "")


def _check_counted(body: Any) -> None:
    if not isinstance(body, dict) or not isinstance(body.get("@odata.count"), int):
        raise Onbruikbaar("gaf geen aantal cijfers")


def _check_object(body: Any) -> None:
    if not isinstance(body, dict):
        raise Onbruikbaar("stuurde geen beschrijving van de tabel")
