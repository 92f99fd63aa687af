"""Names of gemeenten → codes, and who their neighbours are."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from wwz.errors import Fout
from wwz.fetch.items import Item, Workplace, rules
from wwz.fetch.odata3 import JSON
from wwz.fetch.pdok import Layer
from wwz.fetch.progress import Gestopt
from wwz.fetch.trouble import STAYS, Onbruikbaar, Weg
from wwz.keeping import writing

CODE = re.compile(r"^GM\d{4}$", re.IGNORECASE)
ABROAD = ("GM0998", "GM0999", "GM9999")
# Boundaries are drawn by hand here and there: this many metres apart still counts as touching.
TOUCHING = 25


def known_gemeenten(folder: Path) -> dict[str, str]:
    """Code → name as last fetched; empty when never fetched."""
    try:
        found = json.loads((folder / "gemeenten.json").read_text(encoding="utf-8"))
        return {str(code): str(name) for code, name in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def fetch_gemeenten(place: Workplace, folder: Path, tabel: str) -> dict[str, str]:
    """Code → name of all gemeenten in the code list of a Kerncijfers table; kept in `folder`.

    Raises
    ------
    Fout
        When the list cannot be fetched.
    """
    try:
        found = _from_either(place, tabel)
    except Weg as gone:
        raise Fout(f"De tabel {tabel} staat niet (meer) bij de bron. {STAYS} Kies een ander jaar.") from gone
    found = {code: name for code, name in sorted(found.items()) if CODE.match(code) and code not in ABROAD}
    if not found:
        raise Fout(f"De lijst van gemeenten is leeg. {STAYS} Probeer het later opnieuw.")
    with writing(folder / "gemeenten.json") as new:
        new.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return found


def _from_either(place: Workplace, tabel: str) -> dict[str, str]:
    try:
        return _from_v3(place, tabel)
    except Gestopt:
        raise
    except Fout as problem:
        try:
            return _from_v4(place, tabel)
        except Weg:
            raise problem from None


def _from_v3(place: Workplace, tabel: str) -> dict[str, str]:
    url = f"{place.address('cbs')}/{tabel}/WijkenEnBuurten"
    question = {**JSON, "$filter": "startswith(Key,'GM')", "$select": "Key,Title"}
    body = place.client.get(url, question, lambda b: _check(b, "Key")).body
    return {row["Key"].strip(): str(row["Title"]).strip() for row in body["value"]}


def _from_v4(place: Workplace, tabel: str) -> dict[str, str]:
    url = f"{place.address('cbs_v4')}/{tabel}/WijkenEnBuurtenCodes"
    question = {"$filter": "startswith(Identifier,'GM')"}
    body = place.client.get(url, question, lambda b: _check(b, "Identifier")).body
    return {row["Identifier"].strip(): str(row["Title"]).strip() for row in body["value"]}


def _check(body: Any, key: str) -> None:
    rows = body.get("value") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not rows or not all(isinstance(r, dict) and key in r for r in rows):
        raise Onbruikbaar("stuurde geen lijst van gemeenten")


def choose(asked: tuple[str, ...], known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Turn names or codes into codes with names.

    Raises
    ------
    Fout
        With one sentence per name that does not exist, with what may have been meant.
    """
    by_name = {plain_name(name): code for code, name in known.items()}
    other = {plain_name(spoken): plain_name(name) for spoken, name in rules()["anders_genoemd"].items()}
    found, wrong = {}, []
    for text in asked:
        plain = plain_name(text)
        code = text.strip().upper() if CODE.match(text.strip()) else by_name.get(other.get(plain, plain))
        if code in known:
            found[code] = known[code]
        else:
            close = difflib.get_close_matches(plain, by_name, n=2, cutoff=0.6)
            hint = f" Bedoelt u {' of '.join(known[by_name[c]] for c in close)}?" if close else ""
            wrong.append(f"De gemeente {text.strip()!r} bestaat niet in dit jaar.{hint}")
    if wrong:
        raise Fout(*wrong)
    return tuple(found.items())


def plain_name(text: str) -> str:
    """A name without accents, punctuation, capitals and what stands between brackets: to compare names by."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*\)|^gemeente ", "", bare)).strip()


def neighbours(codes: tuple[str, ...], jaar: int, place: Workplace) -> list[str]:
    """Codes of the gemeenten that touch these, by their boundaries."""
    layer = Layer(Item("grenzen", "gemeenten", jaar, codes), place)
    own = shapely.union_all([shape(f["geometry"]) for f in layer.fetch()[0]["features"] if f["geometry"]])
    near = layer.around(own.buffer(TOUCHING).bounds)
    touching = {
        str(f["properties"]["gemeentecode"])
        for f in near
        if f["geometry"]
        and shape(f["geometry"]).distance(own) <= TOUCHING
        and f["properties"].get("water") != "JA"
    }
    return sorted(touching - set(codes))
