"""A session as it stands: read from the ledger once, and from then on only what changed. Safe for threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import RLock

from cachetools import LRUCache

from wwz.base.errors import Fout
from wwz.base.limits import Limits
from wwz.base.settings import load_settings
from wwz.own.ledger import Entry, Kind
from wwz.own.ledger.book import START, Ledger, Seen
from wwz.own.ledger.open import ledger
from wwz.sessie import kinds
from wwz.sessie.codes import as_code
from wwz.sessie.programme import Step, from_kept

NO_SUCH = "Deze code is niet bekend. Kijk goed op het scherm, en probeer het opnieuw."
CLOSED = "Deze sessie is gesloten. Wat u gaf, is bewaard."
Key = tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who takes part; the name may be empty."""

    id: str
    naam: str
    organisatie: str
    soort: str
    rol: str
    naam_mag: bool


@dataclass(frozen=True)
class Control:
    """What the facilitator set: the step, whether one may answer, whether results are shown, when time is up, and the end.

    `vraag` is the one question that fills the wall; empty: all of the step.
    """

    stap: str = ""
    open: bool = True
    toon: bool = False
    eind: float | None = None
    klaar: bool = False
    vraag: str = ""


@dataclass(frozen=True)
class Said:
    """Something that was given: where, by whom (no name), the choice and the text, and whether it is hidden."""

    sleutel: Key
    keuze: tuple[str, ...]
    tekst: str
    organisatie: str
    soort: str
    verborgen: bool
    nummer: int

    @property
    def vraag(self) -> str:
        """The question."""
        return self.sleutel[2]

    @property
    def wie(self) -> str:
        """Who, as a key."""
        return self.sleutel[3]


class Room:
    """One session.

    Parameters
    ----------
    book
        The ledger.
    code
        Of the session.
    """

    def __init__(self, book: Ledger, code: str) -> None:
        self.book, self.code = book, code
        self._lock = RLock()
        self._standing: dict[tuple[str, Key], Entry] = {}
        self._seen: Seen = START
        self.version = self.shape = 0

    def refresh(self) -> Room:
        """Bring it up to date with what is on disk."""
        with self._lock:
            entries, self._seen, follows = self.book.under(kinds.KINDS, self.code, self._seen)
            if not follows:
                self._standing.clear()
                # A ledger that was put back may count on from a lower number: whoever waits has to look again.
                self.version, self.shape = self.version + 1, self.shape + 1
            for entry in entries:
                self._take(entry)
        return self

    def _take(self, entry: Entry) -> None:
        place = (entry.soort, entry.sleutel)
        if entry.werd is None:
            self._standing.pop(place, None)
        else:
            self._standing[place] = entry
        self.version = max(self.version + 1, entry.nummer)
        if entry.soort not in (kinds.SAID.code, kinds.PERSON.code):
            self.shape = self.version

    def _of(self, kind: Kind) -> list[Entry]:
        with self._lock:
            return [entry for (code, _), entry in self._standing.items() if code == kind.code]

    def _one(self, kind: Kind, *more: str) -> dict:
        with self._lock:
            entry = self._standing.get((kind.code, (self.code, *more)))
        return dict(entry.werd or {}) if entry else {}

    @property
    def exists(self) -> bool:
        """Whether there is such a session."""
        return bool(self._one(kinds.SESSION))

    @property
    def about(self) -> dict:
        """Title, area, day, template and when it was made."""
        return self._one(kinds.SESSION)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The programme."""
        return tuple(from_kept(row) for row in self.about.get("stappen", ()))

    @property
    def control(self) -> Control:
        """What the facilitator set."""
        return Control(**self._one(kinds.CONTROL))

    @property
    def key(self) -> str:
        """The key of who leads."""
        return str(self._one(kinds.LEAD).get("sleutel", ""))

    @property
    def step(self) -> Step | None:
        """The present step; None before the first."""
        return self.find(self.control.stap)

    def find(self, step: str) -> Step | None:
        """The step with an id; None when it is not there."""
        return next((one for one in self.steps if one.id == step), None)

    def place(self, step: Step | None) -> int:
        """Number of a step in the programme, from 1; 0 for none."""
        return next((n for n, one in enumerate(self.steps, 1) if step and one.id == step.id), 0)

    def waits(self, step: Step) -> bool:
        """Whether nobody may see what is given at a step, because it is secret and somebody can still answer."""
        now = self.control
        if not step.geheim or step.id != now.stap or not now.open:
            return False
        return not self.is_closed(load_settings().grenzen)

    def people(self) -> list[Person]:
        """Who take part, in the order they came."""
        return [_person(entry) for entry in self._of(kinds.PERSON)]

    def person(self, who: str) -> Person | None:
        """One of them."""
        found = self._one(kinds.PERSON, who)
        return Person(who, **found) if found else None

    def said(self, step: str = "", *, hidden: bool = False) -> list[Said]:
        """What was given (at one step), in the order it was given first; `hidden`: also what was taken off the wall."""
        away = {entry.sleutel for entry in self._of(kinds.HIDDEN)}
        found = [_said(entry, away) for entry in self._of(kinds.SAID) if step in ("", entry.sleutel[1])]
        return [one for one in found if hidden or not one.verborgen]

    def agreements(self) -> list[tuple[str, dict]]:
        """What was agreed: id and content."""
        return [(entry.sleutel[1], dict(entry.werd or {})) for entry in self._of(kinds.AGREED)]

    def closes(self, limits: Limits) -> datetime:
        """When it closes by itself: so many hours after the facilitator last did something, and not before its day is over."""
        moments = [entry.wanneer for entry in (*self._of(kinds.CONTROL), *self._of(kinds.SESSION))]
        last = max(map(datetime.fromisoformat, moments), default=datetime.now())
        day = datetime.fromisoformat(self.about.get("datum") or date.today().isoformat())
        return max(last + timedelta(hours=limits["sessie_uren"]), day + timedelta(days=1))

    def is_closed(self, limits: Limits) -> bool:
        """Whether nobody can give anything any more."""
        return self.control.klaar or datetime.now() > self.closes(limits)


def _person(entry: Entry) -> Person:
    return Person(entry.sleutel[1], **(entry.werd or {}))


def _said(entry: Entry, away: set[Key]) -> Said:
    werd = entry.werd or {}
    return Said(
        entry.sleutel, tuple(werd["keuze"]), werd["tekst"], werd["organisatie"], werd["soort"],
        entry.sleutel in away, entry.nummer,
    )  # fmt: skip


_rooms: LRUCache[tuple[Ledger, str], Room] = LRUCache(64)
_lock = RLock()


def room(database: Path, code: str) -> Room:
    """The session with a code, as it stands now.

    Raises
    ------
    Fout
        When there is none.
    """
    found = _opened(ledger(database), as_code(code))
    if found is None:
        raise Fout(NO_SUCH)
    return found


def _opened(book: Ledger, code: str) -> Room | None:
    with _lock:
        kept = _rooms.get((book, code)) or Room(book, code)
    if not code or not kept.refresh().exists:
        return None
    with _lock:
        return _rooms.setdefault((book, code), kept)


def rooms(database: Path) -> Iterator[Room]:
    """All sessions, the last one made first."""
    book = ledger(database)
    for entry in reversed(book.state(kinds.SESSION)):
        if (found := _opened(book, entry.sleutel[0])) is not None:
            yield found
