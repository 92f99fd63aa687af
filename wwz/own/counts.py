"""Counts the municipality has itself: people per area and subject, kept in the ledger, never in the database.

Their history says who, when and why, and never a number; of a subject that is taken away the numbers are erased.

What is small in here is protected before a build stores anything (:mod:`wwz.own.countsprotect`): the database holds open
counts and totals of groups, and no hidden count.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.keeping import damaged, kept_rows
from wwz.knowledge import Indicator, catalogue
from wwz.own import countskept
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

FILE = "eigen_cijfers.csv"
# So many areas can be read in one sentence.
MOST_NAMED = 10
USES = {
    "vervangt": "Het aantal komt in de plaats van de schatting",
    "ijkt": "De schatting houdt haar verdeling over de buurten, en krijgt dit aantal als totaal",
    "tonen": "Alleen naast elkaar zetten",
}


@dataclass(frozen=True)
class Telling:
    """How many people the municipality counts in one area.

    Attributes
    ----------
    onderwerp
        What is counted, in words.
    gebruik, doel
        vervangt, ijkt or tonen, and the catalogue code it is about; empty where there is none.
    gebied, aantal, peildatum
        Code, people, ISO date.
    bron, wie, wanneer
        Which registration, who uploaded it, and when (ISO).
    """

    onderwerp: str
    gebruik: str
    doel: str
    gebied: str
    aantal: int
    peildatum: str
    bron: str
    wie: str
    wanneer: str

    @property
    def jaar(self) -> int:
        """Year of the reference date."""
        return int(self.peildatum[:4])

    @property
    def key(self) -> tuple[str, str, int]:
        """What a later count of the same thing replaces."""
        return self.onderwerp.lower(), self.gebied, self.jaar


COLUMNS = [f.name for f in fields(Telling)]


def targets() -> dict[str, Indicator]:
    """What a count may replace or calibrate: every limitation and doelgroep that has people."""
    return {
        code: row
        for code, row in catalogue().items()
        if row.regel == "aandeel" and row.thema in ("beperkingen", "doelgroepen")
    }


KIND = Kind(
    "telling",
    "eigen cijfer",
    ("onderwerp", "gebied", "jaar"),
    {
        "onderwerp": Field(),
        "gebruik": Field(langst=20),
        "doel": Field(langst=80),
        "aantal": Field(int),
        "peildatum": Field(langst=10),
        "bron": Field(),
        "wie": Field(),
        "wanneer": Field(langst=40),
    },
    geheim=True,
    wisbaar=True,
)


def _of_file(path: Path) -> list[Change]:
    try:
        return [_entry(count, count.wanneer) for count in map(_telling, kept_rows(path, COLUMNS))]
    except ValueError as error:
        raise damaged(path) from error


def _telling(row: dict[str, str]) -> Telling:
    count = Telling(**{**{name: row[name] for name in COLUMNS}, "aantal": int(row["aantal"])})
    date.fromisoformat(count.peildatum)
    if count.gebruik not in USES or count.aantal < 0 or not (count.onderwerp and count.gebied):
        raise ValueError(count)
    return count


def _key(count: Telling) -> tuple[str, str, str]:
    return count.onderwerp.lower(), count.gebied, str(count.jaar)


def _entry(count: Telling, wanneer: str = "") -> Change:
    said = {name: getattr(count, name) for name in KIND.velden}
    return Change(KIND, _key(count), said, wie=count.wie, waarom=count.bron, wanneer=wanneer)


SHELF = Shelf(KIND, "eigen cijfers", FILE, _of_file)


def read(database: Path) -> list[Telling]:
    """All counts that hold.

    Raises
    ------
    Fout
        When they cannot be read.
    """
    return [_count(entry) for entry in SHELF.state(database)]


def _count(entry: Entry) -> Telling:
    return Telling(gebied=entry.sleutel[1], **(entry.werd or {}))


def listed(database: Path) -> list[Telling]:
    """What the municipality gave, for who may see that.

    Raises
    ------
    Fout
        When this may not be seen, or cannot be read.
    """
    permission.need("eigen cijfers zien")
    return read(database)


def add(database: Path, counts: list[Telling]) -> None:
    """Add counts; the same subject, area and year counted again replaces what was there.

    What is refused depends on what everyone may know: names, areas and years, never on a number that was given before.

    Raises
    ------
    Fout
        When two subjects want the same estimate, a gemeente has counts of two levels, or the counts replace a part of what
        there is of a subject: who gives one part and sees the total of both, knows the other. When it may not be done.
    """
    permission.need("telling")

    def change(entries: list[Entry]) -> list[Change]:
        known = [_count(entry) for entry in entries]
        before = {count.key: count for count in known}
        return [
            _entry(count)
            for count in _together(known, counts, countskept.read(database))
            if before.get(count.key) != count
        ]

    if counts:
        SHELF.book(database).revise(KIND, change, counts[0].wie, counts[0].bron)


def _together(known: list[Telling], counts: list[Telling], shown: countskept.Kept) -> list[Telling]:
    """What there is of before, and what is new, if the two may stand together."""
    if wrong := _other_level(shown, counts):
        raise Fout(*wrong)
    kept = {count.key: count for count in known}
    subjects = {count.onderwerp.lower(): count for count in counts}
    # The choice per subject holds for all its counts.
    for key, count in list(kept.items()):
        if (new := subjects.get(key[0])) is not None:
            kept[key] = replace(count, onderwerp=new.onderwerp, gebruik=new.gebruik, doel=new.doel)
    kept |= {count.key: count for count in counts}
    together = list(kept.values())
    levels = _two_levels(together, {_gemeente(c) for c in counts})
    if mistakes := [*_two_masters(together), *levels, *_missing(known, counts), *_other_aim(known, counts)]:
        raise Fout(*mistakes)
    return together


def remove(database: Path, onderwerp: str, wie: str = "") -> int:
    """Take all counts of a subject away, and erase their numbers. `wie`: who does it, where the login does not say.

    Returns
    -------
    int
        How many.

    Raises
    ------
    Fout
        When there is no such subject, or it may not be done.
    """
    who = permission.need("telling")
    known = read(database)
    gone = [count for count in known if count.onderwerp.lower() == onderwerp.strip().lower()]
    if not gone:
        names = ", ".join(dict.fromkeys(c.onderwerp for c in known)) or "er is nog niets opgegeven"
        raise Fout(f"{onderwerp!r} is geen onderwerp. Kies uit: {names}.")
    SHELF.book(database).erase(KIND, map(_key, gone), wie or who.naam, "Weggehaald", names=False)
    return len(gone)


def _two_masters(counts: list[Telling]) -> list[str]:
    owner: dict[str, str] = {}
    mistakes = []
    for count in counts:
        if not count.doel or count.gebruik == "tonen":
            continue
        first = owner.setdefault(count.doel, count.onderwerp)
        if first.lower() != count.onderwerp.lower():
            mistakes.append(
                f"{count.onderwerp} en {first} gaan allebei over {catalogue()[count.doel].titel}. "
                "Haal er een weg, of kies voor een van de twee: alleen naast elkaar zetten."
            )
    return list(dict.fromkeys(mistakes))


def _gemeente(count: Telling) -> str:
    return f"GM{count.gebied[2:6]}"


def _missing(known: list[Telling], counts: list[Telling]) -> list[str]:
    """Areas that a subject has in a gemeente and year, and that are not in what replaces it."""
    given: dict[tuple[str, str, int], set[str]] = {}
    for count in counts:
        given.setdefault((count.onderwerp.lower(), _gemeente(count), count.jaar), set()).add(count.gebied)
    there: dict[tuple[str, str, int], set[str]] = {}
    for count in known:
        there.setdefault((count.onderwerp.lower(), _gemeente(count), count.jaar), set()).add(count.gebied)
    names = {count.onderwerp.lower(): count.onderwerp for count in counts}
    return [
        f"Van {names[key[0]]} is er in {key[1]} voor {key[2]} al meer opgegeven: {_listed(there[key] - areas)}. Lever alle "
        "gebieden in één keer in, of haal het onderwerp eerst weg."
        for key, areas in given.items()
        if there.get(key, set()) - areas
    ]


def _other_aim(known: list[Telling], counts: list[Telling]) -> list[str]:
    """Subjects that would be about another estimate while counts of before stay.

    What a count is about decides how it is protected: that is not for the next who uploads to change.
    """
    replaced = {count.key for count in counts}
    stays = {c.onderwerp.lower(): c.doel for c in known if c.doel and c.key not in replaced}
    return list(
        dict.fromkeys(
            f"{c.onderwerp} gaat al over {catalogue()[doel].titel}. Kies dezelfde schatting, of haal het onderwerp eerst weg."
            for c in counts
            if (doel := stays.get(c.onderwerp.lower())) in catalogue() and doel != c.doel
        )
    )


def _other_level(kept: countskept.Kept, counts: list[Telling]) -> list[str]:
    """Subjects and years that were shown per buurt, and now come per wijk: the two together can be subtracted."""
    shown: dict[tuple[str, int, str], str] = {}
    for subject, year, area in kept.seen:
        shown[subject, year, area[2:6]] = area[:2]
    return list(
        dict.fromkeys(
            f"{c.onderwerp} over {c.jaar} is in {_gemeente(c)} al getoond per {_level_words({level})}. Geef het weer per "
            f"{_level_words({level})}, of geef een ander jaar."
            for c in counts
            if (level := shown.get((c.onderwerp.strip().lower(), c.jaar, c.gebied[2:6]), c.gebied[:2]))
            != c.gebied[:2]
        )
    )


def _listed(codes: set[str]) -> str:
    more = len(codes) - MOST_NAMED
    return ", ".join(sorted(codes)[:MOST_NAMED]) + (f" en nog {more} andere" if more > 0 else "")


def _two_levels(counts: list[Telling], gemeenten: set[str]) -> list[str]:
    """One level per gemeente: of a wijk and its buurten together, the rest of the wijk would be known.

    Whether two subjects are about the same people only shows from their numbers, so it holds for all of them.
    """
    levels: dict[str, set[str]] = {}
    for count in counts:
        levels.setdefault(_gemeente(count), set()).add(count.gebied[:2])
    names = {
        code: " en ".join(dict.fromkeys(c.onderwerp for c in counts if _gemeente(c) == code))
        for code in gemeenten
    }
    return [
        f"In {code} staan cijfers per {_level_words(levels[code])}: {names[code]}. Geef alles in een gemeente op één niveau, "
        "of haal de oude cijfers eerst weg."
        for code in sorted(gemeenten)
        if len(levels[code]) > 1
    ]


def _level_words(prefixes: set[str]) -> str:
    words = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
    return " en per ".join(words.get(p, p) for p in sorted(prefixes))
