"""What a step asks of the room: its questions, each in one of a few forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wwz.knowledge import steering
from wwz.sessie.programme import Step

# Forms: one of the options; as many as one likes; dots over the options; lines of text; one text; an agreement.
ONE, MANY, DOTS, LINES, TEXT, AGREEMENT = "keuze", "meer", "stippen", "regels", "tekst", "afspraak"
AGREE = (("eens", "Ja, dit herken ik"), ("oneens", "Nee, dit herken ik niet"), ("weetniet", "Weet ik niet"))
YES_NO = (("ja", "Ja"), ("nee", "Nee"), ("weetniet", "Weet ik niet"))
STATUS = (
    ("voldoet", "Voldoet"), ("deels", "Deels"), ("knelpunt", "Knelpunt"), ("onbekend", "Onbekend"),
)  # fmt: skip
ABOARD = (("ja", "Ja"), ("zorg", "Ja, met een zorg"), ("nee", "Nee"))


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    code
        Within its step.
    titel, uitleg
        What is asked, and what one has to know for it.
    vorm
        One of the forms above.
    opties
        Pairs of a code and a text.
    reden
        What a text beside the choice is called; empty: there is none.
    herkomst
        Where the words come from.
    """

    code: str
    titel: str
    vorm: str
    opties: tuple[tuple[str, str], ...] = ()
    uitleg: str = ""
    reden: str = ""
    herkomst: str = ""

    def text_of(self, option: str) -> str:
        """An option in words."""
        return dict(self.opties).get(option, option)


def of_step(step: Step) -> tuple[Question, ...]:
    """The questions of a step, in order; none where one only looks."""
    return _MAKERS.get(step.soort, lambda _: ())(step)


def _recognised(step: Step) -> tuple[Question, ...]:
    return tuple(
        Question(
            f"s{number}", text, ONE, AGREE, reden="Waarom?", herkomst=" · ".join(filter(None, (how, source)))
        )
        for number, (text, how, source) in enumerate(step.stellingen, 1)
    )


def _dots(step: Step) -> tuple[Question, ...]:
    each = "per organisatie" if step.per == "organisatie" else "per persoon"
    return (Question("stippen", step.titel, DOTS, step.rijen, f"{step.stippen} stippen {each}"),)


def _filled(step: Step) -> tuple[Question, ...]:
    return tuple(
        Question(code, text, ONE, STATUS, reden="Wie weet dit, en hoe?") for code, text in step.rijen
    )


def _compared(step: Step) -> tuple[Question, ...]:
    proposals = (Question("voorstel", "Welk voorstel helpt het meest?", ONE, step.rijen, reden="Waarom?"),)
    more = Question("idee", "Welke plek zou u zelf voorstellen?", LINES, (("plek", "Voorziening en plek"),))
    return (*(proposals if step.rijen else ()), more)


def _brought(step: Step) -> tuple[Question, ...]:
    columns = steering.rows("belangen", "kolom")
    return tuple(
        Question(row["code"], row["titel"], LINES, ((row["code"], row["titel"]),), row["uitleg"], herkomst=steering.source(row))
        for row in columns
    )  # fmt: skip


def _styles(step: Step) -> tuple[Question, ...]:
    asked = tuple(
        Question(row["code"], row["titel"], ONE, YES_NO, row["tekst"], herkomst=steering.source(row))
        for row in steering.rows("registijlen", "vraag")
    )
    style = Question(
        "stijl", "Welke stijl past hier?", ONE, _options("registijlen", "stijl", "tekst"), reden="Waarom?",
        herkomst=steering.source(steering.rows("registijlen", "stijl")[0]),
    )  # fmt: skip
    level = Question(
        "niveau", "Op welk niveau speelt dit nu?", ONE, _options("registijlen", "niveau", "tekst")
    )
    task = Question("taak", "Wat voor taak is dit?", ONE, _options("registijlen", "taak", "tekst"))
    return (*asked, style, level, task)


def _instruments(step: Step) -> tuple[Question, ...]:
    found = steering.rows("instrumenten", "instrument")
    return tuple(
        Question(
            theme["code"], theme["titel"], MANY,
            tuple((r["code"], f"{r['titel']}. {r['tekst']}") for r in found if r["thema"] == theme["code"]),
            herkomst=steering.source(theme),
        )
        for theme in steering.rows("instrumenten", "thema")
    )  # fmt: skip


def _aspects(step: Step) -> tuple[Question, ...]:
    return _across("sturing", "aspect", "regierol")


def _steering(step: Step) -> tuple[Question, ...]:
    kinds = tuple(
        (r["code"], f"{r['titel']}. {r['scenario']}. Rol: {r['rol'].lower()}. Kennis: {r['kennis'].lower()}. {r['burgers']}.")
        for r in steering.rows("sturing", "governancetype")
    )  # fmt: skip
    return (
        *_across("sturing", "kenmerk", "model"),
        Question("type", "Welk type lijkt het meest op uw gemeente?", ONE, kinds),
        Question("op", "Waarop stuurt uw gemeente?", MANY, _options("sturing", "sturenop", "tekst")),
    )


def _across(book: str, table: str, columns: str) -> tuple[Question, ...]:
    """A question for each row of a scheme; its options are the columns."""
    codes = [row["code"] for row in steering.rows(book, columns)]
    return tuple(
        Question(row["code"], row["titel"], ONE, tuple((code, row[code]) for code in codes), herkomst=steering.source(row))
        for row in steering.rows(book, table)
    )  # fmt: skip


def _mirror(step: Step) -> tuple[Question, ...]:
    return tuple(
        Question(row["code"], row["titel"], ONE, tuple((c["code"], c["titel"]) for c in row["keuze"]), herkomst=steering.source(row))
        for row in steering.rows("spiegel", "onderwerp")
    )  # fmt: skip


def _process(step: Step) -> tuple[Question, ...]:
    options = tuple(steering.named("procesvragen", "antwoord").items())
    return tuple(
        Question(r["code"], r["titel"], ONE, options, r["tekst"], "Uw antwoord", steering.source(r))
        for r in steering.rows("procesvragen", "vraag")
    )


def _phase(step: Step) -> tuple[Question, ...]:
    phases = steering.rows("sturing", "fase")
    roles = tuple(steering.named("sturing", "gemeenterol").items())
    now = Question("nu", "In welke fase zijn wij nu?", ONE, _options("sturing", "fase", "tekst"))
    return (
        now,
        *(
            Question(
                f"rol-{row['code']}", f"{row['titel']}: welke rol heeft de gemeente?", ONE, roles,
                f"In het onderzoek: {row['gemeente']}. Anderen: {row['anderen']}.", herkomst=steering.source(row),
            )
            for row in phases
        ),
    )  # fmt: skip


def _agreements(step: Step) -> tuple[Question, ...]:
    return (
        Question("afspraak", step.titel, AGREEMENT, tuple(steering.named("belangen", "afspraak").items())),
    )


def _closing(step: Step) -> tuple[Question, ...]:
    return (Question("aanboord", step.titel, ONE, ABOARD, reden="Wat wilt u nog kwijt?"),)


def _options(book: str, table: str, text: str) -> tuple[tuple[str, str], ...]:
    def words(row: dict[str, Any]) -> str:
        return f"{row['titel']}. {row[text]}"

    return tuple((row["code"], words(row)) for row in steering.rows(book, table))


_MAKERS = {
    "herkent": _recognised, "kiezen": _dots, "invullen": _filled, "doorrekenen": _compared, "halen": _brought,
    "regie": _styles, "instrumenten": _instruments, "aspecten": _aspects, "sturing": _steering, "spiegel": _mirror,
    "procesvragen": _process, "fase": _phase, "afspraken": _agreements, "afsluiten": _closing,
}  # fmt: skip
