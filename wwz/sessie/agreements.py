"""What is agreed: made at the table, confirmed by who does it, followed afterwards, and first on the list next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.knowledge import domain, steering
from wwz.own.ledger import Change
from wwz.own.ledger.open import ledger
from wwz.sessie import codes, kinds
from wwz.sessie.giving import MOST_LINES, TOO_LONG, Phone
from wwz.sessie.room import Room

NEW, DONE, GONE = "nieuw", "klaar", "vervallen"
NOT_THERE = "Deze afspraak is er niet meer."


@dataclass(frozen=True)
class Agreement:
    """One agreement.

    Attributes
    ----------
    code, id
        Of the session it was made in, and its own.
    wat, wie, met, wanneer, merkbaar
        What, who does it, with whom, when, and how one sees that it worked.
    soort, voorwaarde, gebied
        Codes: the kind of agreement (may be empty), the randvoorwaarde it is about (may be empty), the area.
    bevestigd, status
        Whether who does it confirmed it; how far it is.
    """

    code: str
    id: str
    wat: str
    wie: str
    met: str
    wanneer: str
    soort: str
    voorwaarde: str
    gebied: tuple[str, ...]
    merkbaar: str
    door: str
    bevestigd: bool
    status: str

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status not in (DONE, GONE)

    @property
    def status_text(self) -> str:
        """How far it is, in words."""
        return steering.named("sjablonen", "stand").get(self.status, self.status)

    @property
    def kind_text(self) -> str:
        """The kind, in words; empty without one."""
        return steering.named("belangen", "afspraak").get(self.soort, "")

    @property
    def about(self) -> str:
        """The randvoorwaarde in words; empty without one."""
        return (
            domain.randvoorwaarden()[self.voorwaarde].titel
            if self.voorwaarde in domain.randvoorwaarden()
            else ""
        )


def of_room(found: Room) -> list[Agreement]:
    """Those of a session, in the order they were made."""
    return [_agreement(found.code, one, content) for one, content in found.agreements()]


def everywhere(database: Path, *, open_only: bool = False) -> list[Agreement]:
    """Those of all sessions; `open_only`: what is neither done nor dropped."""
    found = [
        _agreement(*entry.sleutel, dict(entry.werd or {})) for entry in ledger(database).state(kinds.AGREED)
    ]
    return [one for one in found if one.is_open or not open_only]


def _agreement(code: str, one: str, content: dict) -> Agreement:
    return Agreement(code, one, **{**content, "gebied": tuple(content["gebied"])})


def before(database: Path, found: Room) -> list[Agreement]:
    """What is still open of earlier sessions about (a part of) the same area."""
    here = set(found.about["gebied"])
    return [
        one
        for one in everywhere(database, open_only=True)
        if one.code != found.code and here & set(one.gebied)
    ]


def about_area(database: Path, areas: Sequence[str]) -> dict[str, list[Agreement]]:
    """What is agreed in an area, by the randvoorwaarde it is about; what was dropped is left out."""
    here, found = set(areas), dict[str, list[Agreement]]()
    for one in everywhere(database):
        if one.voorwaarde and one.status != GONE and here & set(one.gebied):
            found.setdefault(one.voorwaarde, []).append(one)
    return found


def told(database: Path, areas: Sequence[str]) -> dict[str, str]:
    """The same in words: who does what about a randvoorwaarde, and how far it is."""
    return {
        code: " ".join(f"Afgesproken: {one.wat} ({one.wie}, {one.status_text})." for one in made)
        for code, made in about_area(database, areas).items()
    }


def make(phone: Phone, step_id: str, given: dict[str, str], act: str) -> None:
    """Make an agreement from a phone.

    Raises
    ------
    Fout
        When it cannot be made now, or something of it is wrong.
    """
    found, mark = phone.found, codes.act_of(phone.found.code, phone.id, act)
    if found.book.was_written(mark):
        return
    _, step = phone.allowed(step_id)
    if step.soort != "afspraken":
        raise Fout("Afspraken maakt u bij de stap Afspraken.")
    if len([one for one in of_room(found) if one.door == phone.id]) >= MOST_LINES:
        raise Fout(f"U maakte al {MOST_LINES} afspraken.")
    _write(found, mark[:16], _checked(found, given, phone.id), "deelnemer", mark)


def make_for_room(found: Room, given: dict[str, str]) -> None:
    """Make one for the room, by who leads."""
    permission.need("sessie")
    _write(found, codes.new_token()[:16], _checked(found, given, codes.ROOM), "begeleider", "")


def _write(found: Room, one: str, content: dict, wie: str, mark: str) -> None:
    found.book.add([Change(kinds.AGREED, (found.code, one), content)], wie, merk=mark)
    found.refresh()


def _checked(found: Room, given: dict[str, str], door: str) -> dict:
    text = {name: given.get(name, "").strip() for name in ("wat", "wie", "met", "wanneer", "merkbaar")}
    wrong = []
    if not text["wat"]:
        wrong.append("Schrijf op wat er wordt afgesproken.")
    if not text["wie"]:
        wrong.append("Schrijf op wie het doet.")
    if any(len(text[name]) > kinds.LONGEST_TEXT for name in ("wat", "merkbaar")):
        wrong.append(TOO_LONG)
    if any(len(text[name]) > kinds.LONGEST_NAME for name in ("wie", "met", "wanneer")):
        wrong.append(f"Wie, met wie en wanneer mogen hooguit {kinds.LONGEST_NAME} tekens lang zijn.")
    if wrong:
        raise Fout(*wrong)
    kind, condition = given.get("soort", ""), given.get("voorwaarde", "")
    return {
        **text,
        "soort": kind if kind in steering.named("belangen", "afspraak") else "",
        "voorwaarde": condition if condition in domain.randvoorwaarden() else "",
        "gebied": list(found.about["gebied"]), "door": door, "bevestigd": False, "status": NEW,
    }  # fmt: skip


def confirm(phone: Phone, one: str) -> None:
    """Say from a phone that one will do it: for who makes it or is of the organisation that does it."""
    person = phone.person
    content = _there(phone.found, one)
    if person is None:
        raise Fout("Doe eerst mee: vul in wie u bent.")
    theirs = {name.casefold() for name in (person.naam, person.organisatie) if name}
    if content["door"] != phone.id and content["wie"].casefold() not in theirs:
        raise Fout(
            "Alleen wie het doet, kan bevestigen. Vul bij 'Wie bent u' dezelfde naam of organisatie in."
        )
    _write(phone.found, one, {**content, "bevestigd": True}, "deelnemer", "")


def follow(found: Room, one: str, status: str) -> None:
    """Say how far it is.

    Raises
    ------
    Fout
        When it is not there, or may not be said.
    """
    permission.need("sessie")
    if status not in steering.named("sjablonen", "stand"):
        raise Fout("Deze stand bestaat niet.")
    _write(found, one, {**_there(found, one), "status": status}, "begeleider", "")


def take_back(phone: Phone, one: str) -> None:
    """Take away an agreement that this phone made."""
    if _there(phone.found, one)["door"] != phone.id:
        raise Fout("Deze afspraak is niet van u.")
    phone.found.book.erase(kinds.AGREED, [(phone.found.code, one)], "deelnemer", "Zelf weggehaald")
    phone.found.refresh()


def _there(found: Room, one: str) -> dict:
    content = dict(found.refresh().agreements()).get(one)
    if content is None:
        raise Fout(NOT_THERE)
    return content
