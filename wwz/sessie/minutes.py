"""What a session came to, as the parts of a report: for paper, slides and a table alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wwz.base.counted import counted
from wwz.base.dates import dutch_date
from wwz.knowledge import domain, steering
from wwz.sessie import agreements, outcome, results, statements
from wwz.sessie.agreements import Agreement
from wwz.sessie.programme import Step, templates
from wwz.sessie.questions import LINES
from wwz.sessie.room import Room

AGREEMENT_HEADS = ("Wat", "Wie", "Met wie", "Wanneer", "Soort", "Waarover", "Waaraan merken wij het", "Stand")
PROPOSAL_HEADS = ("Wat", "Voorstel", "Nu", "Met dit voorstel", "Verschil")
# How wide columns are beside each other, by their heads; else they are as wide.
WIDTHS = {
    AGREEMENT_HEADS: (5, 3, 3, 2, 2, 3, 4, 2), ("Antwoord", "Aantal", "Namens"): (5, 1, 4), ("Stap", "Vraag", "Tijd"): (1, 8, 2),
    PROPOSAL_HEADS: (5, 3, 3, 3, 3),
    ("Vraag", "Meest gekozen", "Verdeling", "Toelichting"): (3, 3, 4, 5), ("Organisatie", "Namens", "Mensen"): (5, 3, 1),
}  # fmt: skip
NOTHING = "Hier is niets ingevuld."
# In a table of texts so many of one question; the rest is in the file for a spreadsheet.
MOST_TEXTS = 40
# A step with more questions than this has one table; so many texts stand with each.
MOST_APART, MOST_WITH = 3, 3


@dataclass(frozen=True)
class Part:
    """A part of the report.

    Attributes
    ----------
    titel, zinnen
        Its head, and paragraphs.
    koppen, rijen
        A table; without heads there is none.
    beeld
        What one looked at: the query of a link; None: no picture.
    """

    titel: str
    zinnen: tuple[str, ...] = ()
    koppen: tuple[str, ...] = ()
    rijen: tuple[tuple[str, ...], ...] = ()
    beeld: str | None = None

    @property
    def breedtes(self) -> tuple[int, ...]:
        """How wide the columns are, beside each other."""
        return WIDTHS.get(self.koppen, (1,) * len(self.koppen))


@dataclass(frozen=True)
class Minutes:
    """The report: title, about what and when, its parts, and what one has to know for it."""

    titel: str
    over: str
    delen: tuple[Part, ...]
    noten: tuple[str, ...]


def of(database: Path, found: Room) -> Minutes:
    """The report of a session as it stands."""
    about = found.about
    template = templates().get(about["sjabloon"], {}).get("titel", "eigen programma")
    over = f"{about['naam']} · {dutch_date(datetime.fromisoformat(about['datum']))} · {template}"
    steps = [part for step in found.steps for part in _of_step(found, step)]
    made = agreements.of_room(found)
    parts = [
        _programme(found),
        _who(found),
        *steps,
        *_taken_over(database, found),
        _agreed("Afspraken", made),
    ]
    open_before = agreements.before(database, found)
    if open_before:
        parts.append(_agreed("Nog open van eerdere sessies", open_before))
    parts.append(_next_time(found, made, open_before))
    return Minutes(about["titel"], over, tuple(parts), tuple(_notes(found)))


def _programme(found: Room) -> Part:
    rows = tuple((str(n), step.titel, f"{step.minuten} minuten") for n, step in enumerate(found.steps, 1))
    return Part("Programma", (), ("Stap", "Vraag", "Tijd"), rows)


def _who(found: Room) -> Part:
    """Organisations; names only of who agreed to that."""
    people, kinds = found.people(), steering.named("sjablonen", "tafel")
    numbers = Counter(
        (one.organisatie or kinds.get(one.soort, one.soort), kinds.get(one.soort, one.soort))
        for one in people
    )
    rows = tuple(
        (organisation, kind, str(number)) for (organisation, kind), number in sorted(numbers.items())
    )
    named = sorted(f"{p.naam}{f' ({p.rol})' if p.rol else ''}" for p in people if p.naam and p.naam_mag)
    sentences = [counted("Er [deed|deden] {n} [mens|mensen] mee.", len(people))]
    if named:
        sentences.append(f"Met naam: {', '.join(named)}.")
    return Part("Wie waren erbij", tuple(sentences), ("Organisatie", "Namens", "Mensen"), rows)


def _of_step(found: Room, step: Step) -> list[Part]:
    if step.soort == "kijken":
        seen = tuple((text,) for _, text in step.rijen)
        said = (*((step.notitie,) if step.notitie else ()), *step.bronnen)
        return [Part(step.titel, said, (step.kijkkop,), seen, None if step.scherm else step.kijk)]
    if step.soort == "afspraken":
        return []
    return [*_proposals(step), *_said_at(found, step)]


def _proposals(step: Step) -> list[Part]:
    """What each proposal does, as the room saw it."""
    if not step.vergelijking:
        return []
    rows = tuple((over, *cells) for over, lines in step.vergeleken for cells in lines)
    return [Part("Wat de voorstellen doen", step.bronnen, PROPOSAL_HEADS, rows)]


def _said_at(found: Room, step: Step) -> list[Part]:
    answers = results.of(found, step)
    given = [one for one in answers if one.mensen]
    concluded = tuple(_conclusions(step, answers))
    if not given:
        return [Part(step.titel, (*concluded, NOTHING))]
    if len(answers) > MOST_APART:
        return [_together(step, given, concluded)]
    if len(answers) == 1:
        only = _question(step, given[0])
        return [Part(step.titel, (*concluded, *only.zinnen), only.koppen, only.rijen)]
    lead = concluded or (step.kind["uitleg"],)
    return [Part(step.titel, lead), *(_question(step, one) for one in given)]


def _together(step: Step, given: list[results.Answers], concluded: tuple[str, ...]) -> Part:
    """Many questions in one table: what most said, how it was divided, and what was said with it."""
    rows = []
    for one in given:
        divided = (
            "; ".join(f"{o.tekst.split('. ')[0]} {o.aantal}" for o in one.opties if o.aantal) or one.verborgen
        )
        best = one.vraag.text_of(one.leading()).split(". ")[0] if one.leading() else "verdeeld"
        texts = " ".join(
            f"\u201e{said.tekst}\u201d ({results.name(said)})" for said in one.teksten[:MOST_WITH]
        )
        rows.append((one.vraag.titel, best, divided, "" if step.geheim else texts))
    sources = tuple(dict.fromkeys(one.vraag.herkomst for one in given if one.vraag.herkomst))
    return Part(
        step.titel,
        (*concluded, *sources),
        ("Vraag", "Meest gekozen", "Verdeling", "Toelichting"),
        tuple(rows),
    )


def _conclusions(step: Step, answers: list[results.Answers]) -> list[str]:
    if step.soort == "regie":
        style = outcome.style(answers)
        tools = outcome.instruments(style.gekozen or style.volgt)
        placed = [f"{title}: {_by_kind(parts)}" for title, parts in style.verdeeld if parts]
        return [
            style.uitleg,
            *(["Wie plaatst wat waar? " + "; ".join(placed) + "."] if placed else []),
            *([f"Instrumenten die erbij passen: {'; '.join(tools)}."] if tools else []),
        ]
    if step.soort == "spiegel" and any(one.mensen for one in answers):
        alike = [f"{row['naam']} ({n} van {of_all})" for row, n, of_all in outcome.resembled(answers)[:3]]
        lessons = [f"{row['titel']}: {row['tekst']}" for row in steering.rows("spiegel", "voorwaarde")]
        return [
            f"De gemeente lijkt het meest op: {', '.join(alike)}.",
            "Wat deze gemeenten leerden. " + " ".join(lessons),
        ]
    if step.soort == "halen":
        fits = [
            f"{what} ({who}) en {'; '.join(others)}"
            for what, who, others in results.matches(answers)
            if others
        ]
        return [f"Past misschien bij elkaar: {fit}." for fit in fits]
    if step.soort == "herkent":
        return ["Wat de tafel zegt, staat naast het cijfer. Het cijfer zelf verandert er niet door."]
    if step.soort == "procesvragen":
        still = [one.vraag.titel for one in answers if one.leading() != "klaar"]
        return (
            [f"Nog niet (helemaal) beantwoord: {' '.join(still)}"]
            if still
            else ["Alle vragen zijn beantwoord."]
        )
    return []


def _by_kind(parts: tuple[tuple[str, int], ...]) -> str:
    names = steering.named("sjablonen", "tafel")
    return ", ".join(f"{names[kind]} {number}" for kind, number in parts)


def _question(step: Step, one: results.Answers) -> Part:
    if one.verborgen:
        return Part(one.vraag.titel, (one.verborgen,))
    rows = [
        (o.tekst.split(". ")[0], str(o.aantal), "" if step.geheim else _by_kind(o.delen))
        for o in one.opties
        if o.aantal
    ]
    texts = [(said.tekst, "", "" if step.geheim else results.name(said)) for said in one.teksten[:MOST_TEXTS]]
    source = (one.vraag.herkomst,) if one.vraag.herkomst and one.vraag.vorm != LINES else ()
    sentences = (*source, counted("{n} [mens antwoordde|mensen antwoordden].", one.mensen))
    return Part(one.vraag.titel, sentences, ("Antwoord", "Aantal", "Namens"), tuple([*rows, *texts]))


def _taken_over(database: Path, found: Room) -> list[Part]:
    """What became an opgave of the municipality."""
    rows = tuple(
        (domain.randvoorwaarden()[s.randvoorwaarde].titel, s.status, s.wie, s.waarom)
        for s in statements.of_room(database, found)
    )
    return (
        [Part("Opgaven van de gemeente", (), ("Randvoorwaarde", "Status", "Wie weet het", "Hoe"), rows)]
        if rows
        else []
    )


def _agreed(title: str, made: list[Agreement]) -> Part:
    rows = tuple(
        (a.wat, f"{a.wie}{' (bevestigd)' if a.bevestigd else ''}", a.met, a.wanneer, a.kind_text or "gewoon", a.about, a.merkbaar, a.status_text)
        for a in made
    )  # fmt: skip
    return Part(
        title, () if rows else ("Er zijn geen afspraken gemaakt.",), AGREEMENT_HEADS if rows else (), rows
    )


def _next_time(found: Room, made: list[Agreement], before: list[Agreement]) -> Part:
    still = [a for a in (*before, *made) if a.is_open]
    lines = [f"Afspraak nalopen: {a.wat} ({a.wie})." for a in still]
    lines += [f"Nog te bevestigen door {a.wie}: {a.wat}." for a in made if not a.bevestigd]
    return Part("Voor de volgende sessie", tuple(lines) or ("Er staat niets open.",))


def _notes(found: Room) -> list[str]:
    secret = [step.titel for step in found.steps if step.geheim]
    return [
        "Namen staan hier alleen van wie dat goedvond.",
        "Wat de begeleider van het scherm haalde, staat er niet in.",
        *(
            [f"Geheim gestemd is er bij: {'; '.join(secret)}. Wie wat koos, is niet bewaard."]
            if secret
            else []
        ),
    ]
