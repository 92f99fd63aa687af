"""What who takes part does: join, give something, look it up and take it back. Acknowledged is on disk; twice is once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.limits import Limits
from wwz.knowledge import steering
from wwz.own.ledger import Change
from wwz.sessie import codes, kinds
from wwz.sessie.programme import Step
from wwz.sessie.questions import AGREEMENT, DOTS, LINES, MANY, ONE, TEXT, Question, of_step
from wwz.sessie.room import CLOSED, Person, Room, Said

SOMEBODY = "deelnemer"
MOST_LINES = 20
FULL = "Deze sessie is vol."
NOT_IN = "Doe eerst mee: vul in wie u bent."
SHUT = "Er kan nu niet worden geantwoord. Wacht op de begeleider."
PAST = "Deze stap is voorbij. Kijk wat er nu op het scherm staat."
TOO_LONG = f"Deze tekst is te lang: hooguit {kinds.LONGEST_TEXT} tekens."


@dataclass(frozen=True)
class Answer:
    """What is chosen (a code once for every dot) and what is written."""

    keuze: tuple[str, ...] = ()
    tekst: str = ""


@dataclass(frozen=True)
class Phone:
    """A phone in a session.

    Attributes
    ----------
    found, limits
        The session, and the limits of this server.
    token
        What the phone keeps.
    """

    found: Room
    limits: Limits
    token: str

    @property
    def id(self) -> str:
        """Who it is."""
        return codes.person_of(self.found.code, self.token)

    @property
    def person(self) -> Person | None:
        """Who that is, once they joined."""
        return self.found.person(self.id) if self.token else None

    def join(self, given: Mapping[str, str], act: str) -> None:
        """Take part, or change who one is.

        Raises
        ------
        Fout
            When the session is closed or full, or something is too long.
        """
        known = steering.named("sjablonen", "tafel")
        content = {
            "naam": given.get("naam", "").strip(), "organisatie": given.get("organisatie", "").strip(),
            "soort": given.get("soort", ""), "rol": given.get("rol", "").strip(), "naam_mag": given.get("naam_mag") == "ja",
        }  # fmt: skip
        if content["soort"] not in known:
            content["soort"] = "anders"
        if any(len(str(text)) > kinds.LONGEST_NAME for text in content.values()):
            raise Fout(f"Een naam is te lang: hooguit {kinds.LONGEST_NAME} tekens.")
        if self.person is None and len(self.found.people()) >= self.limits["sessie_deelnemers"]:
            raise Fout(FULL)
        self._write([Change(kinds.PERSON, (self.found.code, self.id), content)], act)

    def who(self, step: Step) -> str:
        """By which key something of this phone is kept at a step."""
        if step.geheim:
            return codes.secret_of(self.found.code, step.id, self.token)
        person = self.person
        if step.per == "organisatie" and person and person.organisatie:
            return codes.person_of(self.found.code, f"org:{person.soort}:{person.organisatie.casefold()}")
        return self.id

    def mine(self, step: Step) -> list[Said]:
        """What this phone gave at a step, also what is hidden."""
        who = self.who(step)
        return [one for one in self.found.said(step.id, hidden=True) if one.wie == who]

    def give(self, step_id: str, answers: Mapping[str, Answer], act: str) -> None:
        """Answer questions of the present step, all of them or none; a line of text is one more, the rest takes the place of before.

        Parameters
        ----------
        answers
            By the code of the question.
        act
            Tells this act of this phone apart: the same one again is acknowledged, and not written again.

        Raises
        ------
        Fout
            When it cannot be given now, or is not an answer to these questions.
        """
        if self._was_written(act):
            return
        person, step = self.allowed(step_id)
        asked = {one.code: one for one in of_step(step)}
        if not answers or not answers.keys() <= asked.keys():
            raise Fout(PAST)
        said = {"organisatie": "", "soort": ""}
        if not step.geheim:
            said = {"organisatie": person.organisatie, "soort": person.soort}
        changes = [
            Change(
                kinds.SAID, self._key(step, asked[code], act), {**checked(asked[code], step, answer), **said}
            )
            for code, answer in answers.items()
        ]
        self._write(changes, act)

    def _key(self, step: Step, asked: Question, act: str) -> tuple[str, ...]:
        part = ""
        if asked.vorm == LINES:
            if len([one for one in self.mine(step) if one.vraag == asked.code]) >= MOST_LINES:
                raise Fout(f"U gaf hier al {MOST_LINES} regels. Haal er eerst een weg.")
            part = codes.act_of(self.found.code, self.id, act)[:16]
        return self.found.code, step.id, asked.code, self.who(step), part

    def take_back(self, key: tuple[str, ...]) -> None:
        """Take away something that this phone gave: it is erased, whatever step it is.

        Raises
        ------
        Fout
            When it is not theirs.
        """
        if not any(one.sleutel == key for one in self.everything()):
            raise Fout("Dit is niet van u, of het is al weg.")
        self.found.book.erase(kinds.SAID, [key], SOMEBODY, "Zelf weggehaald")
        self.found.refresh()

    def everything(self) -> list[Said]:
        """All that this phone gave, in the order of the programme."""
        return [one for step in self.found.steps for one in self.mine(step)]

    def leave(self) -> None:
        """Erase who this is and all they gave."""
        keys = [one.sleutel for one in self.everything()]
        if keys:
            self.found.book.erase(kinds.SAID, keys, SOMEBODY, "Zelf weggehaald")
        if self.person:
            self.found.book.erase(kinds.PERSON, [(self.found.code, self.id)], SOMEBODY, "Zelf weggegaan")
        self.found.refresh()

    def allowed(self, step_id: str) -> tuple[Person, Step]:
        """Who and where, when something can be given at this step now; else a Fout says why not."""
        self.found.refresh()
        person, step = self.person, self.found.step
        if self.found.is_closed(self.limits):
            raise Fout(CLOSED)
        if person is None:
            raise Fout(NOT_IN)
        if step is None or step.id != step_id:
            raise Fout(PAST)
        if not self.found.control.open:
            raise Fout(SHUT)
        return person, step

    def _was_written(self, act: str) -> bool:
        return self.found.book.was_written(codes.act_of(self.found.code, self.id, act))

    def _write(self, changes: list[Change], act: str) -> None:
        if self.found.is_closed(self.limits) and not self._was_written(act):
            raise Fout(CLOSED)
        self.found.book.add(changes, SOMEBODY, merk=codes.act_of(self.found.code, self.id, act))
        self.found.refresh()


def give_for_room(found: Room, step_id: str, question: str, answer: Answer, who: Mapping[str, str]) -> None:
    """What who leads enters for the room: of who has no phone.

    Parameters
    ----------
    who
        organisatie and soort.

    Raises
    ------
    Fout
        When it is no answer to this question, or may not be done.
    """
    permission.need("sessie")
    step = found.find(step_id)
    asked = next((one for one in of_step(step) if one.code == question), None) if step else None
    if step is None or asked is None:
        raise Fout(PAST)
    key = (found.code, step.id, question, f"{codes.ROOM}-{secrets.token_hex(8)}", "")
    said = {"organisatie": "", "soort": ""}
    if not step.geheim:
        known = who.get("soort", "") in steering.named("sjablonen", "tafel")
        said["organisatie"] = who.get("organisatie", "").strip()[: kinds.LONGEST_NAME]
        said["soort"] = who["soort"] if known else ""
    found.book.add([Change(kinds.SAID, key, {**checked(asked, step, answer), **said})], "begeleider")
    found.refresh()


def checked(asked: Question, step: Step, answer: Answer) -> dict[str, Any]:
    """An answer as it is kept.

    Raises
    ------
    Fout
        When it is not an answer to this question.
    """
    chosen, text = list(answer.keuze), answer.tekst.strip()
    known = [code for code, _ in asked.opties]
    wrong = {
        TOO_LONG: len(text) > kinds.LONGEST_TEXT,
        "Kies een van de antwoorden.": asked.vorm in (ONE, MANY, DOTS)
        and any(one not in known for one in chosen),
        "Kies één antwoord.": asked.vorm == ONE and (len(chosen) > 1 or not (chosen or text)),
        f"U hebt {step.stippen} stippen. Haal er eerst een weg.": asked.vorm == DOTS
        and len(chosen) > step.stippen,
        "Schrijf eerst iets op.": asked.vorm in (LINES, TEXT) and not text,
        "Deze vraag vraagt een afspraak.": asked.vorm == AGREEMENT,
    }
    if any(wrong.values()):
        raise Fout(next(sentence for sentence, is_wrong in wrong.items() if is_wrong))
    if asked.vorm == MANY:
        chosen = list(dict.fromkeys(chosen))
    return {"keuze": sorted(chosen) if asked.vorm in (ONE, MANY, DOTS) else [], "tekst": text}
