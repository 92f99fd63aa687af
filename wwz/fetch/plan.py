"""Which tables and layers are needed for these gemeenten and this year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from wwz.base.errors import Fout
from wwz.fetch.items import Item, rules
from wwz.knowledge import load_toml
from wwz.knowledge.placenames import usual

TOO_MANY = "Gebouwen (BAG, bouwlagen) en straten (BGT) komen alleen mee van hoogstens {} gemeenten tegelijk; dit zijn er meer."


@dataclass(frozen=True)
class Plan:
    """What will be fetched.

    Attributes
    ----------
    items
        In the order of fetching.
    jaar
        Year of the boundaries and of the newest figures.
    gemeenten
        Code → name; empty means the whole country.
    naam
        What the area is called, when that is shorter than the names of its gemeenten.
    opmerkingen
        What was asked for and does not come.
    """

    items: tuple[Item, ...]
    jaar: int
    gemeenten: tuple[tuple[str, str], ...]
    naam: str = ""
    opmerkingen: tuple[str, ...] = ()

    @property
    def waar(self) -> str:
        """Dutch words for the area."""
        return self.naam or ", ".join(usual(naam) for _, naam in self.gemeenten) or "heel Nederland"


def table_numbers(familie: str) -> dict[int, str]:
    """Year → table number (knowledge/bronnen.toml)."""
    found: dict = next((b for b in load_toml("bronnen.toml")["bron"] if b["code"] == familie), {})
    return {int(year): number for year, number in found.get("tabellen", {}).items()}


def make_plan(
    gemeenten: tuple[tuple[str, str], ...],
    jaar: int,
    naam: str = "",
    *,
    raster: bool = False,
    punten: bool = False,
    gebouwen: bool = False,
    postcodes: bool = False,
) -> Plan:
    """Choose tables: of each family the newest years up to `jaar`, the boundaries of `jaar`; the rest if asked.

    Points, buildings and streets only of gemeenten, the last two of a few: of more that would be too much to ask.

    Raises
    ------
    Fout
        When there are no figures of that year.
    """
    check_year(jaar)
    codes = tuple(code for code, _ in gemeenten)
    items = list(_tables(jaar, codes))
    layers = rules()["familie"]["grenzen"]["lagen"]
    items += [Item("grenzen", layer, jaar, codes, nodig=True) for layer in layers]
    files = (("raster", "raster_vol") if raster else ()) + (("postcodes",) if postcodes else ())
    items += [_file(familie, jaar, codes) for familie in files]
    if punten and codes:
        items.append(Item("osm", "Overpass", jaar, codes))
    few = 0 < len(codes) <= rules()["gebouwen"]["meeste_gemeenten"]
    if gebouwen and few:
        items += _buildings(jaar, codes)
    left_out = (
        (TOO_MANY.format(rules()["gebouwen"]["meeste_gemeenten"]),) if gebouwen and codes and not few else ()
    )
    return Plan(tuple(items), jaar, gemeenten, naam, left_out)


def _file(familie: str, jaar: int, codes: tuple[str, ...]) -> Item:
    """A file of the whole country: of the newest year up to `jaar`, or else the oldest there is."""
    numbers = table_numbers(familie)
    year = max((y for y in numbers if y <= jaar), default=min(numbers))
    return Item(familie, numbers[year], year, codes, indeling=jaar)


def _buildings(jaar: int, codes: tuple[str, ...]) -> Iterator[Item]:
    """Buildings, floors and streets as they are today, cut out with the boundaries of `jaar`."""
    for familie in rules()["gebouwen"]["families"]:
        for layer in rules()["familie"][familie]["laag"]:
            yield Item(familie, layer, date.today().year, codes, indeling=jaar)


def check_year(jaar: int) -> None:
    """Refuse a year without a known table.

    Raises
    ------
    Fout
    """
    years = sorted(table_numbers("kwb"))
    if jaar not in years:
        raise Fout(
            f"Van {jaar} zijn er geen Kerncijfers. Kies een jaar van {years[0]} tot en met {years[-1]}."
        )


def _tables(jaar: int, codes: tuple[str, ...]) -> Iterator[Item]:
    for familie, spec in rules()["familie"].items():
        if "jaren" not in spec:
            continue
        numbers = table_numbers(familie)
        for year in sorted((y for y in numbers if y <= jaar), reverse=True)[: spec["jaren"]]:
            asked = () if spec.get("heel_land") else codes
            yield Item(familie, numbers[year], year, asked, nodig=familie == "kwb" and year == jaar)


def older(item: Item, taken: list[Item]) -> Item | None:
    """The newest table of the same family before this one, that is not already taken; None if there is none."""
    numbers = table_numbers(item.familie)
    years = [y for y in sorted(numbers, reverse=True) if y < item.jaar]
    options = (replace(item, tabel=numbers[y], jaar=y) for y in years)
    return next((o for o in options if (o.familie, o.jaar) not in {(t.familie, t.jaar) for t in taken}), None)
