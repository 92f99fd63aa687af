"""Lines of a file → counts that may be kept, or all mistakes together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd

from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.knowledge.groupnames import indicator_code
from wwz.own.counts import USES, Telling, targets
from wwz.own.countsread import FORMULA, Line, day, no_whole_number, whole_number
from wwz.own.tablefile import Check, all_mistakes, placed, wrong_in
from wwz.store import Store
from wwz.words.numbers import dutch

LEVELS = ("buurt", "wijk", "gemeente")


@dataclass(frozen=True)
class Subject:
    """A subject in a file: its name in words, and the catalogue code when it is one that we know."""

    titel: str
    code: str


@dataclass(frozen=True)
class Checked:
    """The lines of a file that can be kept, before the choice of what to do with each subject.

    Attributes
    ----------
    subjects
        Name → subject, in the order of the file.
    rows
        gebied, onderwerp, aantal, peildatum, bron.
    """

    subjects: dict[str, Subject]
    rows: tuple[tuple[str, str, int, str, str], ...]

    def counts(self, uses: dict[str, tuple[str, str]], wie: str, bron: str = "") -> list[Telling]:
        """The counts to keep.

        Parameters
        ----------
        uses
            Per subject: vervangt, ijkt or tonen, and the catalogue code it is about.
        wie, bron
            Who gives them; the registration where a line does not name it.

        Raises
        ------
        Fout
            When a choice is missing or cannot be.
        """
        if not wie.strip():
            raise Fout("Vul in wie deze cijfers opgeeft.")
        for subject in self.subjects:
            use, code = uses[subject]
            if use not in USES:
                raise Fout(f"{use!r} kan niet. Kies uit: {', '.join(USES)}.")
            if use != "tonen" and code not in targets():
                raise Fout(f"Kies bij {subject} welke schatting het {use}.")
        now = datetime.now().isoformat(timespec="seconds")
        return [
            Telling(subject, use, code, gebied, aantal, peildatum, own or bron.strip(), wie.strip(), now)
            for gebied, subject, aantal, peildatum, own in self.rows
            for use, code in [uses[subject]]
        ]

    def default_use(self, subject: str) -> tuple[str, str]:
        """What is proposed: a subject we know replaces its estimate, another is shown beside nothing."""
        code = self.subjects[subject].code
        return ("vervangt", code) if code else ("tonen", "")


def check(store: Store, lines: Sequence[Line], name: str, today: date | None = None) -> Checked:
    """Check all lines.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each.
    """
    today = today or date.today()
    checks = _checks(store.areas().set_index("code")["niveau"].to_dict(), today)
    # Each with the number of its line here: that is the order of the file.
    mistakes: list[tuple[int, str]] = []
    rows: list[tuple[int, tuple[str, str, int, str, str]]] = []
    subjects: dict[str, Subject] = {}
    cells = [(line.plaats, asdict(line)) for line in lines]
    for nummer, line in enumerate(lines):
        wrong = wrong_in(cells[nummer][1], checks)
        mistakes += [(nummer, text) for text in wrong]
        if not wrong:
            subject = subject_of(line.onderwerp)
            subjects.setdefault(subject.titel, subject)
            number = whole_number(line.aantal)
            rows.append((nummer, (line.gebied, subject.titel, number, day(line.peildatum, today), line.bron)))
    mistakes += _twice(rows) + _levels(rows) + _too_many(store, rows, subjects)
    if not lines:
        mistakes = [(-1, "er staan alleen kolomnamen in. Vul minstens één regel in")]
    if mistakes:
        raise all_mistakes(name, placed(mistakes, cells), "Er is niets bewaard")
    return Checked(subjects, tuple(row for _, row in rows))


def subject_of(text: str) -> Subject:
    """The subject that a text names: a catalogue code, a doelgroep, a title, or something of the municipality itself."""
    plain = text.strip().lower()
    for code, row in targets().items():
        if plain in (code, row.titel.lower()):
            return Subject(row.titel, code)
    # A short name counts when only one figure has it: "Horen" is of 18+ and of 65+.
    short = [code for code, row in targets().items() if plain == row.kort.lower()]
    if len(short) == 1:
        return Subject(targets()[short[0]].titel, short[0])
    for code, group in domain.doelgroepen().items():
        # Also the code with a space, as people write it: ouderen 2b.
        if plain.replace(" ", "-") == code or plain in (group.titel.lower(), group.kort.lower()):
            found = indicator_code(code)
            return Subject(targets()[found].titel, found)
    return Subject(text.strip(), "")


def _checks(areas: dict[str, str], today: date) -> dict[str, Check]:
    def gebied(text: str) -> str:
        if not text:
            return "het gebied is leeg. Vul een code in, zoals BU05180101"
        if text not in areas:
            return (
                f"{text!r} staat niet in de gegevens. Gebruik de code van een buurt of wijk uit het sjabloon"
            )
        if areas[text] not in LEVELS:
            return f"{text} is geen buurt, wijk of gemeente. Geef het aantal per buurt of wijk"
        return ""

    def onderwerp(text: str) -> str:
        if not text:
            return "het onderwerp is leeg. Vul in wat u telt, zoals Wmo-cliënten"
        return _no_formula(f"het onderwerp {text!r}", text)

    def bron(text: str) -> str:
        return _no_formula(f"de bron {text!r}", text)

    def peildatum(text: str) -> str:
        if day(text, today) is not None:
            return ""
        return f"de peildatum {text!r} is geen datum van 2000 tot nu. Schrijf hem als 2025-01-01"

    return {
        "gebied": gebied, "onderwerp": onderwerp, "bron": bron, "aantal": no_whole_number, "peildatum": peildatum
    }  # fmt: skip


def _no_formula(what: str, text: str) -> str:
    return f"{what} begint als een formule. Begin met een letter" if FORMULA.match(text) else ""


def _twice(rows) -> list[tuple[int, str]]:
    keys = [(subject, gebied, moment[:4]) for _, (gebied, subject, _, moment, _) in rows]
    counts = Counter(keys)
    return [
        (
            number,
            f"{key[1]} staat {counts[key]} keer in het bestand voor {key[0]} in {key[2]}. Laat er één staan",
        )
        for (number, _), key in zip(rows, keys, strict=True)
        if counts[key] > 1
    ]


def _levels(rows) -> list[tuple[int, str]]:
    """Per subject and gemeente one level: of a wijk and its buurten together, the rest of the wijk would be known."""
    first: dict[tuple[str, str], str] = {}
    words = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
    wrong = []
    for number, (gebied, subject, *_) in rows:
        level = first.setdefault((subject, gebied[2:6]), gebied[:2])
        if level != gebied[:2]:
            wrong.append(
                (
                    number,
                    f"{gebied} is een {words[gebied[:2]]}, en {subject} staat hier per {words[level]}. Geef per onderwerp één niveau",
                )
            )
    return wrong


def _too_many(store: Store, rows, subjects: dict[str, Subject]) -> list[tuple[int, str]]:
    if not rows:
        return []
    codes = [s.code for s in subjects.values() if s.code]
    frame = store.ask("eigen_grens", gebieden=sorted({r[0] for _, r in rows}), indicatoren=codes)
    most = {(r.gebied, r.indicator): r.mensen for r in frame.itertuples() if pd.notna(r.mensen)}
    wrong = []
    for number, (gebied, subject, count, _, _) in rows:
        code = subjects[subject].code
        limit = most.get((gebied, code), most.get((gebied, "")))
        if limit is not None and count > limit:
            of = targets()[code].mensen if code and (gebied, code) in most else "inwoners"
            wrong.append(
                (
                    number,
                    f"{dutch(count)} is meer dan de {dutch(limit)} {of} van {gebied}. Controleer het aantal en het gebied",
                )
            )
    return wrong
