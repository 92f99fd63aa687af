"""The catalogues of CBS and RIVM: which tables there are."""

from __future__ import annotations

from typing import Any

from wwz.base.errors import Fout
from wwz.fetch.items import Item, Workplace, rules
from wwz.fetch.odata import JSON, rows_of

FEED, CATALOGUE = "/ODataFeed", "/ODataCatalog/Tables"


def is_listed(item: Item, place: Workplace) -> bool:
    """Whether the catalogue still has this table.

    Raises
    ------
    Fout
        When the catalogue cannot be reached.
    """
    return bool(_tables(place, rules()["familie"][item.familie]["dienst"], f"Identifier eq '{item.tabel}'"))


def titled(place: Workplace, dienst: str, words: str) -> list[dict[str, Any]]:
    """Tables with these words in their title: Identifier, Title, Modified.

    Raises
    ------
    Fout
        When the catalogue cannot be reached.
    """
    quoted = words.replace("'", "''")
    return _tables(place, dienst, f"substringof('{quoted}',Title)")


def _tables(place: Workplace, dienst: str, condition: str) -> list[dict[str, Any]]:
    base = place.address(dienst)
    if FEED not in base:
        raise Fout(
            f"Bij {base} is de lijst van tabellen niet te vinden. Controleer [bronnen] in config.toml."
        )
    question = {**JSON, "$filter": condition, "$select": "Identifier,Title,Modified"}
    url = base.split(FEED)[0] + CATALOGUE
    return place.client.get(
        url, question, lambda body: rows_of(body, "lijst van tabellen", "Identifier", "Title")
    ).body["value"]
