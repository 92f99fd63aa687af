"""Areas of one's own: a name, what it is for, whose it is, and the buurten it is made of; every version stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wwz.base import permission
from wwz.base.codes import is_code, kept_code
from wwz.base.errors import Fout
from wwz.own import ledger
from wwz.own.ledger import Field, Kind, Shelf
from wwz.sources.reading import clean
from wwz.words.numbers import dutch

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_WHO = 80, 400, 100
MOST_BUURTEN, MOST_AREAS = 5_000, 2_000
# A letter and three digits: areas of config.toml have four digits, so the two are never the same.
LETTERS, PER_LETTER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1_000

KIND = Kind(
    "gebied",
    "eigen gebied",
    ("code",),
    {
        "naam": Field(langst=LONGEST_NAME),
        "doel": Field(langst=LONGEST_PURPOSE, verplicht=False),
        "eigenaar": Field(langst=LONGEST_WHO, verplicht=False),
        "buurten": Field(list, langst=MOST_BUURTEN),
    },
)
SHELF = Shelf(KIND, "eigen gebieden")


@dataclass(frozen=True)
class OwnArea:
    """One version of an area of one's own.

    Attributes
    ----------
    code, versie
        EGA000, and which version of it this is, from 1.
    doel, eigenaar
        What it is for, and whose it is; may be empty.
    buurten
        Codes of the smallest areas it is made of.
    wie, wanneer
        Who made this version, and when (ISO).
    """

    code: str
    versie: int
    naam: str
    doel: str
    eigenaar: str
    buurten: tuple[str, ...]
    wie: str
    wanneer: str

    @property
    def pin(self) -> str:
        """The code of this version, that is the same area for ever."""
        return f"{self.code}@{self.versie}"


def kept(database: Path) -> list[OwnArea]:
    """All areas as they are now, by name."""
    return sorted(map(_area, SHELF.state(database)), key=lambda area: (area.naam.casefold(), area.code))


def find(database: Path, code: str) -> OwnArea | None:
    """An area by its code, EGA000 or EGA000@2; None when there is none."""
    asked = kept_code(code)
    if asked is None:
        return None
    wanted, version = asked
    if version is None:
        return next((area for area in map(_area, SHELF.state(database)) if area.code == wanted), None)
    return next((area for area in versions(database, wanted) if area.versie == version), None)


def versions(database: Path, code: str) -> list[OwnArea]:
    """Every version of an area, the oldest first, also of one that was taken away since."""
    return [_area(e) for e in SHELF.entries(database) if e.sleutel == (code,) and e.werd is not None]


def pinned(database: Path, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes, with the version of now for every area of one's own: what does not change, may be remembered."""
    return tuple(_pin(database, code) if kept_code(code) else code for code in codes)


def _pin(database: Path, code: str) -> str:
    found = find(database, code)
    return found.pin if found else code


def keep(
    database: Path,
    naam: str,
    buurten: Sequence[str],
    wie: str,
    *,
    doel: str = "",
    eigenaar: str = "",
    code: str = "",
    gezien: int | None = None,
    waarom: str = "",
) -> OwnArea:
    """Write an area down: a new one, or a new version of one.

    Parameters
    ----------
    buurten
        Codes of the smallest areas that the data have; whoever calls has looked whether they are there.
    code, gezien
        The area that changes, and the version of it that was on screen; without them it is a new one.

    Raises
    ------
    Botsing
        When somebody else changed the same area since.
    Fout
        With everything that is wrong.
    """
    return _write(database, [(naam, buurten)], wie, doel, eigenaar, waarom, code, gezien)[0]


def keep_all(
    database: Path, areas: Sequence[tuple[str, Sequence[str]]], wie: str, *, doel: str = ""
) -> list[OwnArea]:
    """Write several new areas (name, buurten) down as one act: all of them, or none."""
    return _write(database, areas, wie, doel)


def _write(
    database: Path,
    areas: Sequence[tuple[str, Sequence[str]]],
    wie: str,
    doel: str,
    eigenaar: str = "",
    waarom: str = "",
    code: str = "",
    gezien: int | None = None,
) -> list[OwnArea]:
    """New areas, or (with its `code`) a new version of one."""
    who = permission.need("gebied")
    wie = clean(wie.strip(), LONGEST_WHO) or who.naam.strip()
    wanted = [(clean(naam.strip(), LONGEST_NAME), tuple(dict.fromkeys(buurten))) for naam, buurten in areas]
    about = {"doel": clean(doel.strip(), LONGEST_PURPOSE), "eigenaar": clean(eigenaar.strip(), LONGEST_WHO)}
    made: list[str] = []
    used = {entry.sleutel[0] for entry in SHELF.entries(database)}

    def changes(entries: list[ledger.Entry]) -> list[ledger.Change]:
        others = [_area(entry) for entry in entries if entry.sleutel != (code,)]
        if wrong := _wrong(wanted, others, wie):
            raise Fout(*wrong)
        if code and not any(entry.sleutel == (code,) for entry in entries):
            raise Fout(f"Het gebied {code} is er niet meer. Bewaar het als een nieuw gebied.")
        made[:] = [code] if code else _free(used | {entry.sleutel[0] for entry in entries}, len(wanted))
        return [
            ledger.Change(
                KIND,
                (one,),
                {"naam": naam, **about, "buurten": list(buurten)},
                wie=wie,
                versie=gezien if code else None,
            )  # fmt: skip
            for one, (naam, buurten) in zip(made, wanted, strict=True)
        ]

    SHELF.book(database).revise(KIND, changes, wie, waarom)
    now = {area.code: area for area in kept(database)}
    return [now[one] for one in made if one in now]


def remove(database: Path, code: str, wie: str, *, gezien: int | None = None) -> None:
    """Take an area away; its versions stay in the ledger.

    Parameters
    ----------
    gezien
        The version of it that was on screen.

    Raises
    ------
    Botsing
        When somebody else changed it since.
    Fout
        When there is no such area, or it may not be done.
    """
    who = permission.need("gebied")

    def gone(entries: list[ledger.Entry]) -> list[ledger.Change]:
        found = [e for e in entries if e.sleutel == (code,)]
        if not found:
            raise Fout(f"Het gebied {code} is er niet. Zie: python -m wwz gebied lijst")
        return [ledger.Change(KIND, e.sleutel, None, versie=gezien) for e in found]

    SHELF.book(database).revise(KIND, gone, wie.strip() or who.naam, "Verwijderd")


def _wrong(wanted: list[tuple[str, tuple[str, ...]]], others: list[OwnArea], wie: str) -> list[str]:
    """Everything that is wrong with new areas beside those that are there."""
    taken = {area.naam.casefold() for area in others}
    found = [] if wie else ["Vul uw naam of organisatie in."]
    if len(others) + len(wanted) > MOST_AREAS:
        found.append(
            f"Er kunnen hooguit {dutch(MOST_AREAS)} eigen gebieden zijn. Verwijder er eerst een paar."
        )
    for naam, buurten in wanted:
        called = f"Het gebied {naam}" if naam else "Het gebied"
        if not naam:
            found.append("Geef het gebied een naam.")
        elif naam.casefold() in taken:
            found.append(f"Er is al een gebied met de naam {naam}. Kies een andere naam.")
        taken.add(naam.casefold())
        if not buurten:
            found.append(f"{called} heeft nog geen buurten. Kies er minstens één.")
        if len(buurten) > MOST_BUURTEN:
            found.append(f"{called} heeft te veel buurten. Meer dan {dutch(MOST_BUURTEN)} kan niet.")
        if strange := [code for code in buurten if not is_code(code)]:
            found.append(f"{called}: {', '.join(map(repr, strange[:5]))} is geen code van een buurt.")
    return found


def _free(used: set[str], number: int) -> list[str]:
    """Codes that no area ever had: an old link never opens another area."""
    every = (f"EG{letter}{place:03d}" for letter in LETTERS for place in range(PER_LETTER))
    free = [code for code in every if code not in used]
    if len(free) < number:
        raise Fout("Er zijn geen codes meer vrij voor een nieuw eigen gebied. Wijzig een gebied dat er is.")
    return free[:number]


def _area(entry: ledger.Entry) -> OwnArea:
    said = entry.werd or {}
    return OwnArea(
        entry.sleutel[0], entry.versie, said["naam"], said.get("doel") or "", said.get("eigenaar") or "",
        _members(tuple(said["buurten"])), entry.wie, entry.wanneer,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _members(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Content of the ledger may come from a copy that somebody changed: only codes count."""
    return tuple(code for code in codes if isinstance(code, str) and is_code(code))
