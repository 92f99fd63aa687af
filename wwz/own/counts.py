"""Counts the municipality has itself: people per area and subject, kept in the ledger, never in the database.

Their history says who, when and why, and never a number; of a subject that is taken away the numbers are erased.

What is small in here is protected before a build stores anything (:mod:`wwz.own.countsprotect`): the database holds open
counts and totals of groups, and no hidden count.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.keeping import damaged, kept_rows
from wwz.knowledge import Indicator, catalogue
from wwz.own import countskept
from wwz.own.countsrules import Telling, gemeente_of, missing, other_aim, other_level, two_levels, two_masters
from wwz.own.ledger import Botsing, Change, Entry, Field, Kind, Shelf

FILE = "eigen_cijfers.csv"
USES = {
    "vervangt": "Het aantal komt in de plaats van de schatting",
    "ijkt": "De schatting houdt haar verdeling over de buurten, en krijgt dit aantal als totaal",
    "tonen": "Alleen naast elkaar zetten",
}


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


def add(database: Path, counts: list[Telling], *, gezien: int | None = None) -> None:
    """Add counts; the same subject, area and year counted again replaces what was there.

    What is refused depends on what everyone may know: names, areas and years, never on a number that was given before.

    Parameters
    ----------
    gezien
        The last entry that the writer saw (`latest`); None: do not look whether somebody was before them.

    Raises
    ------
    Botsing
        When somebody else gave or took away counts of the same subject meanwhile.
    Fout
        When two subjects want the same estimate, a gemeente has counts of two levels, or the counts replace a part of what
        there is of a subject: who gives one part and sees the total of both, knows the other. When it may not be done.
    """
    permission.need("telling")

    def change(entries: list[Entry]) -> list[Change]:
        _refuse_newer(entries, counts, gezien)
        known = [_count(entry) for entry in entries]
        before = {count.key: count for count in known}
        return [
            _entry(count)
            for count in _together(known, counts, countskept.read(database))
            if before.get(count.key) != count
        ]

    if counts:
        SHELF.book(database).revise(KIND, change, counts[0].wie, counts[0].bron, gezien=gezien)


def latest(database: Path) -> int:
    """The number of the last entry of a count."""
    return SHELF.latest(database)


def _refuse_newer(entries: list[Entry], counts: list[Telling], gezien: int | None) -> None:
    """Also where the two gave the same number: who is told only when they differ, can find out a hidden one."""
    subjects = {count.onderwerp.lower(): count for count in counts}
    for entry in entries:
        if gezien is not None and entry.nummer > gezien and entry.sleutel[0] in subjects:
            raise Botsing(entry, _entry(subjects[entry.sleutel[0]]))


def _together(known: list[Telling], counts: list[Telling], shown: countskept.Kept) -> list[Telling]:
    """What there is of before, and what is new, if the two may stand together."""
    if wrong := other_level(shown, counts):
        raise Fout(*wrong)
    kept = {count.key: count for count in known}
    subjects = {count.onderwerp.lower(): count for count in counts}
    # The choice per subject holds for all its counts.
    for key, count in list(kept.items()):
        if (new := subjects.get(key[0])) is not None:
            kept[key] = replace(count, onderwerp=new.onderwerp, gebruik=new.gebruik, doel=new.doel)
    kept |= {count.key: count for count in counts}
    together = list(kept.values())
    levels = two_levels(together, {gemeente_of(c) for c in counts})
    if mistakes := [*two_masters(together), *levels, *missing(known, counts), *other_aim(known, counts)]:
        raise Fout(*mistakes)
    return together


def remove(database: Path, onderwerp: str, wie: str = "", *, gezien: int | None = None) -> int:
    """Take all counts of a subject away, and erase their numbers.

    Parameters
    ----------
    wie, gezien
        Who does it, where the login does not say; and as in `add`.

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
    SHELF.book(database).erase(
        KIND, map(_key, gone), wie or who.naam, "Weggehaald", names=False, gezien=gezien
    )
    return len(gone)
