"""The process of a region: steps that are done, who takes part and how, and what was agreed about the work itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.knowledge.regions import fasen, reikwijdten, rollen
from wwz.own.ledger import Change, Field, Kind, Shelf

LONGEST = 1000
STEP, PARTY, TEXT = "stap", "partij", "tekst"
# What a startnotitie asks in words, in its order.
TEXTS = {
    "opdracht": "De opdracht",
    "doel": "Wat de regio wil bereiken",
    "opdrachtgever": "Opdrachtgever en procesregie",
    "tafel": "De regionale tafel en de besluitvorming",
    "planning": "De planning",
    "reikwijdte": "De reikwijdte",
}
KIND = Kind(
    "regioproces",
    "stap of afspraak in het proces van een regio",
    ("regio", "soort", "wat"),
    {"waarde": Field(langst=LONGEST), "datum": Field(langst=10, verplicht=False)},
)
SHELF = Shelf(KIND, "het proces van de regio")


@dataclass(frozen=True)
class Proces:
    """What is known of the process of a region.

    Attributes
    ----------
    stappen
        Code of a step that is done → (day (ISO), remark, who wrote it down).
    partijen
        Party → how it takes part (code of a role).
    teksten
        Key of `TEXTS` → text; of reikwijdte the code.
    """

    stappen: Mapping[str, tuple[str, str, str]]
    partijen: Mapping[str, str]
    teksten: Mapping[str, str]

    @property
    def fase(self) -> int:
        """The phase the region is in: the first with a step that is not done (the last one when all are)."""
        for number, fase in enumerate(fasen()):
            if any(stap.code not in self.stappen for stap in fase.stappen):
                return number
        return len(fasen()) - 1


def read(database: Path, regio: str) -> Proces:
    """The process of a region, kept under its gemeenten."""
    found: dict[str, dict] = {STEP: {}, PARTY: {}, TEXT: {}}
    for entry in SHELF.state(database):
        if entry.sleutel[0] == regio and entry.sleutel[1] in found:
            found[entry.sleutel[1]][entry.sleutel[2]] = entry
    return Proces(
        {
            code: ((e.werd or {})["datum"] or "", (e.werd or {})["waarde"], e.wie)
            for code, e in found[STEP].items()
        },
        {name: (e.werd or {})["waarde"] for name, e in found[PARTY].items()},
        {name: (e.werd or {})["waarde"] for name, e in found[TEXT].items()},
    )


def do_step(
    database: Path,
    regio: str,
    stap: str,
    done: bool,
    wie: str,
    datum: str = "",
    toelichting: str = "",
    *,
    gezien: int | None = None,
) -> None:
    """Tick a step off, or take the tick away.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else changed this step since.
    Fout
        When there is no such step, the day is none, or it may not be done.
    """
    permission.need("regio")
    known = {s.code for fase in fasen() for s in fase.stappen}
    if stap not in known:
        raise Fout(f"{stap!r} is geen stap. Kies uit: {', '.join(sorted(known))}.")
    moment = datum or date.today().isoformat()
    try:
        date.fromisoformat(moment)
    except ValueError:
        raise Fout(f"{datum!r} is geen datum. Schrijf hem als 2026-05-12.") from None
    said = {"waarde": toelichting.strip()[:LONGEST], "datum": moment} if done else None
    SHELF.book(database).add([Change(KIND, (regio, STEP, stap), said)], wie, toelichting, gezien=gezien)


def set_party(
    database: Path, regio: str, partij: str, rol: str, wie: str, *, gezien: int | None = None
) -> None:
    """Say how a party takes part, unless somebody else did since (`gezien`, as in `Ledger.add`); an empty role takes it from the table."""
    permission.need("regio")
    name = " ".join(partij.split())[:80]
    if not name or rol not in ("", *rollen()):
        raise Fout(f"Geef een partij, en kies hoe zij meedoet: {', '.join(rollen())}.")
    SHELF.book(database).add([Change(KIND, (regio, PARTY, name), _said(rol))], wie, gezien=gezien)


def set_texts(
    database: Path, regio: str, texts: Mapping[str, str], wie: str, *, gezien: int | None = None
) -> None:
    """Keep what the startnotitie says, as one act; an empty text takes it away.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else changed the same text since.
    Fout
        When nothing changes, or a reach is none.
    """
    permission.need("regio")
    if texts.get("reikwijdte", "") not in ("", *reikwijdten()):
        raise Fout(f"Kies een reikwijdte: {', '.join(reikwijdten())}.")
    before = read(database, regio).teksten
    wanted = {name: text.strip()[:LONGEST] for name, text in texts.items() if name in TEXTS}
    changes = [
        Change(KIND, (regio, TEXT, name), _said(text))
        for name, text in wanted.items()
        if text != before.get(name, "")
    ]
    SHELF.book(database).add(changes, wie, gezien=gezien)


def _said(text: str) -> dict | None:
    return {"waarde": text, "datum": None} if text else None
