"""Regions of CBS's table Gebieden in Nederland: which gemeenten are in a provincie, GGD-regio, COROP-gebied and so on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wwz.base.errors import Fout
from wwz.fetch.gemeenten import plain_name
from wwz.fetch.items import Workplace, rules
from wwz.fetch.lists import keep_list, kept_list
from wwz.fetch.plan import table_numbers
from wwz.fetch.regiontable import Membership, members_v3, members_v4
from wwz.fetch.trouble import STAYS, Weg

LIST = "regios"


@dataclass(frozen=True)
class Region:
    """One region.

    Attributes
    ----------
    soort
        Dutch word for the division (provincie, GGD-regio …); `code` and `naam` as CBS has them.
    gemeenten
        Codes as GM0518.
    """

    soort: str
    code: str
    naam: str
    gemeenten: tuple[str, ...]

    @property
    def voluit(self) -> str:
        """Name with its kind, once: provincie Drenthe, GGD Drenthe."""
        begin = self.soort.split("-")[0].lower()
        return self.naam if self.naam.lower().startswith(begin) else f"{self.soort} {self.naam}"


def fetch_regions(place: Workplace, folder: Path, jaar: int) -> tuple[Region, ...]:
    """All regions of a year, kept in `folder`.

    Raises
    ------
    Fout
        When there is no such table, or it cannot be fetched.
    """
    tabel = table_numbers("gebieden").get(jaar)
    if tabel is None:
        raise Fout(f"Van {jaar} is er geen lijst van regio's. Kies een ander jaar, of noem de gemeenten.")
    place.client.progress.say("De lijst van regio's wordt opgehaald.")
    try:
        members = members_v3(place, tabel)
    except Weg:
        members = _from_v4(place, tabel)
    regions = tuple(_regions(members))
    if not regions:
        raise Fout(
            f"De lijst van regio's ({tabel}) is leeg. {STAYS} Noem de gemeenten, of probeer het later opnieuw."
        )
    keep_list(folder, LIST, jaar, [asdict(r) for r in regions])
    return regions


def _from_v4(place: Workplace, tabel: str) -> list[Membership]:
    try:
        return members_v4(place, tabel)
    except Weg as gone:
        raise Fout(
            f"De lijst van regio's ({tabel}) staat niet (meer) bij de bron. {STAYS} Noem de gemeenten."
        ) from gone


def _regions(members: Iterable[Membership]) -> list[Region]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for member in members:
        found.setdefault((_kind(member.indeling), member.code, member.naam), set()).add(member.gemeente)
    order = list(dict.fromkeys(rules()["regio"]["soorten"].values()))
    regions = [Region(*key, tuple(sorted(codes))) for key, codes in found.items()]
    return sorted(
        regions, key=lambda r: (order.index(r.soort) if r.soort in order else len(order), r.soort, r.naam)
    )


def _kind(title: str) -> str:
    kinds = {plain_name(name): word for name, word in rules()["regio"]["soorten"].items()}
    return kinds.get(plain_name(title), title)


def known_regions(folder: Path, jaar: int) -> tuple[Region, ...]:
    """Regions as last fetched; none when those of this year never were."""
    try:
        rows = kept_list(folder, LIST, jaar) or ()
        return tuple(Region(r["soort"], r["code"], r["naam"], tuple(r["gemeenten"])) for r in rows)
    except (KeyError, TypeError):
        return ()


def choose_regions(asked: Iterable[str], regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """Turn names (with or without the kind) or codes into regions.

    Raises
    ------
    Fout
        With one sentence per name that does not exist, or that several different regions have.
    """
    found: dict[str, Region] = {}
    wrong = []
    for text in asked:
        options = _matching(text, regions)
        if not options:
            wrong.append(f"De regio {text.strip()!r} bestaat niet in dit jaar.{_hint(text, regions)}")
        elif len({r.gemeenten for r in options}) > 1:
            names = "; ".join(f"{r.voluit} ({r.code})" for r in options)
            wrong.append(
                f"Er zijn meer regio's met de naam {text.strip()!r}: {names}. Noem de soort erbij, of de code."
            )
        else:
            found[options[0].code] = options[0]
    if wrong:
        raise Fout(*wrong)
    return tuple(found.values())


def _matching(text: str, regions: tuple[Region, ...]) -> list[Region]:
    by_code = [r for r in regions if r.code.upper() == text.strip().upper()]
    by_full = [
        r for r in regions if plain_name(text) in (plain_name(f"{r.soort} {r.naam}"), plain_name(r.voluit))
    ]
    return by_code or by_full or [r for r in regions if plain_name(r.naam) == plain_name(text)]


def _hint(text: str, regions: tuple[Region, ...]) -> str:
    names: dict[str, Any] = {plain_name(name): r.voluit for r in regions for name in (r.naam, r.voluit)}
    close = dict.fromkeys(
        names[c] for c in difflib.get_close_matches(plain_name(text), names, n=3, cutoff=0.6)
    )
    return f" Bedoelt u {' of '.join(close)}?" if close else ""
