"""Names of gemeenten → codes, and who their neighbours are."""

from __future__ import annotations

import difflib
import re
import unicodedata
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from wwz.base.errors import Fout
from wwz.fetch.items import Item, Workplace
from wwz.fetch.lists import keep_list, kept_list
from wwz.fetch.odata import JSON, check_count, rows_of
from wwz.fetch.odata3 import count_rows
from wwz.fetch.pdok import Layer
from wwz.fetch.plan import table_numbers
from wwz.fetch.progress import Gestopt
from wwz.fetch.trouble import STAYS, Geweigerd, Onbruikbaar, Weg
from wwz.knowledge.placenames import official_names, usual

CODE = re.compile(r"^GM\d{4}$", re.IGNORECASE)
ABROAD = ("GM0998", "GM0999", "GM9999")
LIST = "gemeenten"
# Boundaries are drawn by hand here and there: this many metres apart still counts as touching.
TOUCHING = 25


def known_gemeenten(folder: Path, jaar: int) -> dict[str, str]:
    """Code → name as last fetched; empty when those of this year never were."""
    found = kept_list(folder, LIST, jaar)
    return {str(code): str(name) for code, name in found.items()} if isinstance(found, dict) else {}


def fetch_gemeenten(place: Workplace, folder: Path, jaar: int) -> dict[str, str]:
    """Code → name of all gemeenten in the code list of the Kerncijfers of a year; kept in `folder`.

    Raises
    ------
    Fout
        When the list cannot be fetched, or keeps coming incomplete.
    """
    tabel = table_numbers("kwb")[jaar]
    try:
        found = _from_either(place, tabel)
    except Weg as gone:
        raise Fout(f"De tabel {tabel} staat niet (meer) bij de bron. {STAYS} Kies een ander jaar.") from gone
    found = {code: name for code, name in sorted(found.items()) if CODE.match(code) and code not in ABROAD}
    if not found:
        raise Fout(f"De lijst van gemeenten is leeg. {STAYS} Probeer het later opnieuw.")
    keep_list(folder, LIST, jaar, found)
    return found


def _from_either(place: Workplace, tabel: str) -> dict[str, str]:
    try:
        return _codes(place, f"{place.address('cbs')}/{tabel}", "WijkenEnBuurten", "Key", JSON)
    except Gestopt:
        raise
    except Fout as problem:
        try:
            return _codes(
                place, f"{place.address('cbs_v4')}/{tabel}", "WijkenEnBuurtenCodes", "Identifier", {}
            )
        except Gestopt:
            raise
        except Fout as other:
            raise (other if isinstance(problem, Weg) else problem) from None


def _codes(place: Workplace, base: str, entity: str, key: str, form: dict[str, str]) -> dict[str, str]:
    only = {"$filter": f"startswith({key},'GM')"}
    expected = _count(place, base, entity, only)

    def check(body: Any) -> None:
        rows = rows_of(body, "lijst van gemeenten", key, "Title", empty=False)
        if expected is not None and len(rows) != expected:
            raise Onbruikbaar(f"stuurde {len(rows)} van de {expected} gemeenten")

    body = place.client.get(f"{base}/{entity}", {**form, **only, "$select": f"{key},Title"}, check).body
    return {row[key].strip(): str(row["Title"]).strip() for row in body["value"]}


def _count(place: Workplace, base: str, entity: str, only: dict[str, str]) -> int | None:
    """How many gemeenten the service counts; None when it does not count code lists."""
    try:
        return count_rows(lambda url: place.client.get(url, only, check_count).body, base, entity)
    except (Weg, Geweigerd):
        return None


def choose(asked: tuple[str, ...], known: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Turn names or codes into codes with names.

    Raises
    ------
    Fout
        With one sentence per name that does not exist, or that several gemeenten have.
    """
    found, wrong = {}, []
    for text in asked:
        codes = _matching(text, known)
        if len(codes) == 1:
            found[codes[0]] = known[codes[0]]
        elif codes:
            names = " en ".join(f"{usual(known[code])} ({code})" for code in codes)
            wrong.append(
                f"Er zijn meer gemeenten met de naam {text.strip()!r}: {names}. Noem de hele naam, of de code."
            )
        else:
            wrong.append(f"De gemeente {text.strip()!r} bestaat niet in dit jaar.{_hint(text, known)}")
    if wrong:
        raise Fout(*wrong)
    return tuple(found.items())


def _matching(text: str, known: dict[str, str]) -> list[str]:
    """Codes of the gemeenten that are called like this: by code, by the whole name, or else by the name without brackets."""
    if CODE.match(text.strip()):
        return [code for code in known if code == text.strip().upper()]
    other = {_whole_name(spoken): name for spoken, name in official_names().items()}
    name = other.get(_whole_name(text), text)
    whole = [code for code, official in known.items() if _whole_name(official) == _whole_name(name)]
    return whole or [code for code, official in known.items() if plain_name(official) == plain_name(name)]


def _hint(text: str, known: dict[str, str]) -> str:
    names = {plain_name(word): name for name in known.values() for word in (name, usual(name))}
    close = difflib.get_close_matches(plain_name(text), names, n=2, cutoff=0.6)
    return f" Bedoelt u {' of '.join(dict.fromkeys(usual(names[c]) for c in close))}?" if close else ""


def plain_name(text: str) -> str:
    """A name without accents, punctuation, capitals and what stands between brackets: to compare names by."""
    return _whole_name(re.sub(r"\(.*\)", "", text))


def _whole_name(text: str) -> str:
    """The same, with what stands between brackets: of two gemeenten called Bergen it tells which."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"^\s*gemeente ", "", bare)).strip()


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
