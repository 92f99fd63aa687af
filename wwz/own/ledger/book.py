"""Reading and writing entries. What is acknowledged is on disk; nothing is overwritten; the present is a query."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import rows, writing
from wwz.own.ledger.engine import Place
from wwz.own.ledger.entry import Change, Entry
from wwz.own.ledger.kinds import Kind
from wwz.own.ledger.writing import LONGEST, Act

# Number and mark of an entry up to which somebody has read; at the start nothing.
Seen = tuple[int, str]
START: Seen = (0, "")


@dataclass(frozen=True)
class Ledger:
    """A ledger at its place."""

    place: Place

    def add(
        self,
        changes: Iterable[Change],
        wie: str,
        waarom: str = "",
        *,
        gezien: int | None = None,
        login: str = "",
        merk: str = "",
    ) -> int:
        """Write changes down as one act: all of them, or none.

        Parameters
        ----------
        changes
            In order; of one key there may be more.
        wie, waarom, login
            Who does it, on what grounds, and what the login said of them (else: of who is here now).
        gezien
            The number of the last entry that the writer saw: `latest`. Who changed the same later is told. None: do not look.
        merk
            Tells this act apart: a second time it is not written again. Empty: it is a new one.

        Returns
        -------
        int
            The number of the act.

        Raises
        ------
        Botsing
            When somebody else changed the same.
        Fout
            When something is wrong with it, or it cannot be kept.
        """
        act = _act(wie, waarom, login, merk, gezien)
        wanted = act.by(changes)
        writing.check(wanted)
        return self.place.write(lambda connection: writing.write(connection, wanted, act))

    def revise(
        self,
        kind: Kind,
        make: Callable[[list[Entry]], Iterable[Change]],
        wie: str,
        waarom: str = "",
        *,
        gezien: int | None = None,
    ) -> int | None:
        """Write down what follows from what holds of a kind, while nobody else writes.

        Parameters
        ----------
        make
            Gives the changes, from the state of the kind; it may raise a Fout, and may be called twice.
        gezien
            As in `add`.

        Returns
        -------
        int or None
            The number of the act; None when nothing changes.

        Raises
        ------
        Botsing
            When somebody else changed the same.
        """
        act = _act(wie, waarom, gezien=gezien)
        return self.place.write(lambda connection: writing.revise(connection, kind, make, act))

    def latest(self, *kinds: Kind) -> int:
        """The number of the last entry (of these kinds); 0 when there is none."""
        return int((self.mark(*kinds) or "0").split("-")[0])

    def mark(self, *kinds: Kind) -> str:
        """What tells this state (of these kinds) apart from every other; cheap; empty when there is nothing."""
        if not self.place.exists():
            return ""
        codes = [kind.code for kind in kinds]
        return self.place.read(lambda connection: writing.mark(connection, codes))

    def history(self, *kinds: Kind) -> list[Entry]:
        """All entries (of these kinds), oldest first; of a kind that is secret only who, when and why."""
        found = self.everything(*kinds)
        secret = {kind.code for kind in rows.secret_kinds()}
        return [replace(e, was=None, werd=None) if e.soort in secret else e for e in found]

    def everything(self, *kinds: Kind) -> list[Entry]:
        """As `history`, with what is secret: for the calculation and for a copy, not to be shown."""
        mark = self.mark(*kinds)
        return list(_entries(self.place, tuple(kind.code for kind in kinds), mark)) if mark else []

    def state(self, kind: Kind) -> list[Entry]:
        """What holds now: the last entry of every key that was not taken away, in the order they were made."""
        mark = self.mark(kind)
        return list(_standing(self.place, kind.code, mark)) if mark else []

    def under(self, kinds: Iterable[Kind], first: str, seen: Seen = START) -> tuple[list[Entry], Seen, bool]:
        """What is kept under the first part of a key, or what changed of it since it was asked before; not remembered.

        Parameters
        ----------
        kinds, first
            Of which kinds, and the first part of the key.
        seen
            What this gave the time before.

        Returns
        -------
        tuple
            Entries in order, where it stands now, and whether they are changes: otherwise they are all that holds.
        """
        codes = [kind.code for kind in kinds]

        def ask(connection: Connection) -> tuple[list[Entry], Seen, bool]:
            now = writing.last(connection)
            if seen == now:
                return [], now, True
            follows = seen != START and writing.is_there(connection, *seen)
            asked = writing.after(codes, seen[0]) if follows else writing.standing_under(codes, first)
            return [e for e in writing.found(connection, asked) if e.sleutel[0] == first], now, follows

        return self.place.read(ask) if self.place.exists() else ([], START, False)

    def was_written(self, merk: str) -> bool:
        """Whether an act with this mark is on disk."""
        return self.place.exists() and self.place.read(
            lambda connection: writing.was_written(connection, merk)
        )

    def undo(self, handeling: int, wie: str, waarom: str, *, login: str = "") -> int:
        """Take an act back, as a new act.

        Raises
        ------
        Botsing
            When something of it was changed again since.
        Fout
            When there is no such act, or its content was erased.
        """
        entries = [e for e in self.everything() if e.handeling == handeling]
        if not entries or any(e.gewist for e in entries):
            raise Fout(f"Wijziging {handeling} is er niet, of is gewist. Kies een andere.")
        first = {(e.soort, e.sleutel): e for e in reversed(entries)}
        last = {(e.soort, e.sleutel): e for e in entries}
        changes = [
            Change(rows.kind_of(e.soort), e.sleutel, e.was, versie=last[key].versie)
            for key, e in first.items()
        ]
        return self.add(changes, wie, waarom or f"Wijziging {handeling} teruggedraaid", login=login)

    def erase(
        self,
        kind: Kind,
        keys: Iterable[tuple[str, ...]],
        wie: str,
        waarom: str,
        *,
        names: bool = True,
        gezien: int | None = None,
    ) -> None:
        """Erase the content from every entry of these keys; that something was there stays.

        Parameters
        ----------
        names
            Whether who wrote it is erased as well.
        gezien
            As in `add`.

        Raises
        ------
        Botsing
            When somebody else changed the same.
        Fout
            When entries of this kind stay.
        """
        if not kind.wisbaar:
            raise Fout(f"{kind.titel}: dit is niet te wissen. Neem het terug met een nieuwe wijziging.")
        wanted, act = list(keys), _act(wie, waarom, gezien=gezien)
        self.place.write(lambda connection: writing.erase(connection, kind, wanted, act, names=names))


def _act(wie: str, waarom: str, login: str = "", merk: str = "", gezien: int | None = None) -> Act:
    now, login = datetime.now().isoformat(timespec="seconds"), login or permission.actor().login
    return Act(
        merk or secrets.token_hex(8), now, wie.strip(), login[:LONGEST], waarom.strip()[:LONGEST], gezien
    )


@lru_cache(maxsize=32)
def _entries(place: Place, codes: tuple[str, ...], mark: str) -> tuple[Entry, ...]:
    return place.read(lambda connection: writing.found(connection, writing.entries(codes)))


@lru_cache(maxsize=32)
def _standing(place: Place, code: str, mark: str) -> tuple[Entry, ...]:
    return place.read(lambda connection: writing.found(connection, writing.standing(code)))
