"""What the room said at a step, counted: in all, and for each kind of organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from wwz.knowledge import steering
from wwz.sessie.programme import Step
from wwz.sessie.questions import DOTS, Question, of_step
from wwz.sessie.room import Room, Said

# At a secret step fewer people than this would show who chose what.
FEWEST_SECRET = 3
WAITS = "Geheim: te zien zodra niemand meer kan antwoorden."
TOO_FEW = f"Te weinig stemmen om te tonen zonder dat te zien is van wie ze zijn: minder dan {FEWEST_SECRET}."


@dataclass(frozen=True)
class Option:
    """How often an option was chosen: in all, and by kind of organisation."""

    code: str
    tekst: str
    aantal: int
    delen: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Answers:
    """What was said to one question.

    Attributes
    ----------
    vraag
        The question.
    opties
        In their own order; dots with most first.
    teksten
        Everything with a text, oldest first.
    mensen
        How many answered.
    verborgen
        Why nothing may be shown; empty when it may.
    """

    vraag: Question
    opties: tuple[Option, ...]
    teksten: tuple[Said, ...]
    mensen: int
    verborgen: str = ""

    @property
    def most(self) -> int:
        """The highest number."""
        return max((option.aantal for option in self.opties), default=0)

    def leading(self) -> str:
        """The option that most chose; empty when nobody did, or when there are more of them."""
        best = [option.code for option in self.opties if option.aantal == self.most and self.most]
        return best[0] if len(best) == 1 else ""


def of(found: Room, step: Step) -> list[Answers]:
    """The answers to every question of a step, without what is hidden.

    At a secret step there are none while somebody can answer: who looks before and after one more answer, knows it.
    """
    said, waits = found.said(step.id), found.waits(step)
    return [
        _answers(question, [one for one in said if one.vraag == question.code], step, waits)
        for question in of_step(step)
    ]


def _answers(question: Question, said: list[Said], step: Step, waits: bool) -> Answers:
    people = len({one.wie for one in said})
    if waits or (step.geheim and people < FEWEST_SECRET):
        return Answers(question, (), (), people, WAITS if waits else TOO_FEW)
    options = (
        [_option(code, text, said) for code, text in question.opties] if question.vorm != "regels" else []
    )
    if question.vorm == DOTS:
        options.sort(key=lambda option: -option.aantal)
    return Answers(question, tuple(options), tuple(one for one in said if one.tekst), people)


def _option(code: str, text: str, said: Iterable[Said]) -> Option:
    counts: Counter[str] = Counter()
    for one in said:
        counts[one.soort or "anders"] += one.keuze.count(code)
    order = steering.named("sjablonen", "tafel")
    return Option(code, text, counts.total(), tuple((kind, counts[kind]) for kind in order if counts[kind]))


def ready(found: Room, step: Step) -> tuple[int, int]:
    """How many gave something at this step, and how many take part."""
    given = {one.wie for one in found.said(step.id, hidden=True)}
    made = {content["door"] for _, content in found.agreements()} if step.soort == "afspraken" else set()
    return len(given | made), len(found.people())


def matches(answers: Iterable[Answers]) -> list[tuple[str, str, list[str]]]:
    """Halen and brengen that may fit: what one organisation comes to get beside what others bring, by words they share.

    Returns
    -------
    list
        What is to be had, by whom, and what is brought that shares a word with it ("what (who)").
    """
    said = [one for each in answers for one in each.teksten]
    brought = [one for one in said if one.vraag == "brengen"]
    rows = []
    for one in (one for one in said if one.vraag == "halen"):
        fits = [
            f"{b.tekst} ({name(b)})"
            for b in brought
            if b.wie != one.wie and _words(one.tekst) & _words(b.tekst)
        ]
        rows.append((one.tekst, name(one), fits))
    return rows


def name(said: Said) -> str:
    """Who said it, as far as the room may know: the organisation, or its kind."""
    return said.organisatie or steering.named("sjablonen", "tafel").get(said.soort, "de tafel")


def _words(text: str) -> set[str]:
    plain = "".join(letter if letter.isalpha() else " " for letter in text.casefold())
    return {word[:6] for word in plain.split() if len(word) > 4}
