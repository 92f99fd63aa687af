"""Reading and writing entries. What is acknowledged is on disk; nothing is overwritten; the present is a query."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from wwz.base.errors import Fout
from wwz.own.ledger import rows
from wwz.own.ledger.engine import Place
from wwz.own.ledger.kinds import Content, Kind
from wwz.own.ledger.schema import BOEKING, STAND

LONGEST = 400
NO_NAME = "Vul uw naam of organisatie in. Die staat bij elke wijziging."
BEHIND = "{wie} wijzigde dit {wanneer} ook{both}. Er is niets bewaard: kijk wat er moet staan, en bewaar het dan opnieuw."


@dataclass(frozen=True)
class Change:
    """What someone wants to write down.

    Attributes
    ----------
    soort, sleutel, werd
        What it is about, and what it becomes; None takes it away.
    versie
        The version of this key that the writer saw (0: there was none); None: do not look.
    wie, waarom, wanneer
        Of this entry, where they differ from those of the act as a whole.
    """

    soort: Kind
    sleutel: tuple[str, ...]
    werd: Content | None
    versie: int | None = None
    wie: str = ""
    waarom: str = ""
    wanneer: str = ""


@dataclass(frozen=True)
class Entry:
    """What was written down; `was` and `werd` are None where there was nothing, or where it was taken away or erased."""

    nummer: int
    handeling: int
    soort: str
    sleutel: tuple[str, ...]
    versie: int
    wanneer: str
    wie: str
    login: str
    waarom: str
    was: dict[str, Any] | None
    werd: dict[str, Any] | None
    gewist: str | None = None


class Botsing(Fout):
    """Somebody else changed the same meanwhile: theirs stands, ours is not kept.

    Attributes
    ----------
    nu, gewild
        What stands there now, and what was wanted.
    """

    def __init__(self, nu: Entry, gewild: Change) -> None:
        self.nu, self.gewild = nu, gewild
        both = (
            f": er staat nu {_told(nu.werd)}, en u wilde {_told(gewild.werd)}"
            if not gewild.soort.geheim
            else ""
        )
        moment = f"op {nu.wanneer[:10]} om {nu.wanneer[11:16]}"
        super().__init__(BEHIND.format(wie=nu.wie or "Iemand", wanneer=moment, both=both))


def _told(content: Content | None) -> str:
    words = [str(value) for value in (content or {}).values() if value not in (None, "")]
    return f"'{', '.join(words)[:120]}'" if words else "niets"


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
            Who does it, on what grounds, and what the login said of them.
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
        wanted = [replace(change, wie=change.wie or wie.strip()) for change in changes]
        if not wanted:
            raise Fout("Er is niets gewijzigd.")
        if not all(change.wie for change in wanted):
            raise Fout(NO_NAME)
        for change in wanted:
            change.soort.check(change.sleutel, change.werd)
        act = rows.Act(
            merk or secrets.token_hex(8), _now(), login[:LONGEST], waarom.strip()[:LONGEST], gezien
        )
        return self.place.write(lambda connection: _write(connection, wanted, act))

    def latest(self, *kinds: Kind) -> int:
        """The number of the last entry (of these kinds); 0 when there is none."""
        return int((self.mark(*kinds) or "0").split("-")[0])

    def mark(self, *kinds: Kind) -> str:
        """What tells this state (of these kinds) apart from every other; cheap; empty when there is nothing."""
        if not self.place.exists():
            return ""
        codes = [kind.code for kind in kinds]
        return self.place.read(lambda connection: _mark(connection, codes))

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

    def erase(self, kind: Kind, sleutel: tuple[str, ...], wie: str, waarom: str) -> None:
        """Erase the content, and who wrote it, from every entry of a key; that it was there stays.

        Raises
        ------
        Fout
            When entries of this kind stay.
        """
        if not kind.wisbaar:
            raise Fout(f"{kind.titel}: dit is niet te wissen. Neem het terug met een nieuwe wijziging.")
        act = rows.Act(secrets.token_hex(8), _now(), "", waarom.strip()[:LONGEST], None)
        self.place.write(lambda connection: _erase(connection, kind, sleutel, wie, act))


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def _mark(connection: Connection, codes: Sequence[str]) -> str:
    last = select(func.max(BOEKING.c.nummer))
    numbers = [connection.execute(last.where(BOEKING.c.soort == code)).scalar() for code in codes] or [
        connection.execute(last).scalar()
    ]
    newest = max((number for number in numbers if number), default=None)
    if newest is None:
        return ""
    merk = connection.execute(select(BOEKING.c.merk).where(BOEKING.c.nummer == newest)).scalar()
    return f"{newest}-{merk}"


@lru_cache(maxsize=32)
def _entries(place: Place, codes: tuple[str, ...], mark: str) -> tuple[Entry, ...]:
    asked = select(BOEKING).order_by(BOEKING.c.nummer)
    if codes:
        asked = asked.where(BOEKING.c.soort.in_(codes))
    return place.read(lambda connection: tuple(map(_entry, connection.execute(asked))))


@lru_cache(maxsize=32)
def _standing(place: Place, code: str, mark: str) -> tuple[Entry, ...]:
    asked = (
        select(BOEKING)
        .join(STAND, STAND.c.nummer == BOEKING.c.nummer)
        .where(STAND.c.soort == code, STAND.c.werd.is_not(None))
        .order_by(BOEKING.c.nummer)
    )
    return place.read(lambda connection: tuple(map(_entry, connection.execute(asked))))


def _entry(row: Row) -> Entry:
    return Entry(
        row.nummer, row.handeling, row.soort, rows.key_of(row.sleutel), row.versie, row.wanneer, row.wie, row.login,
        row.waarom, rows.content_of(row.was), rows.content_of(row.werd), row.gewist,
    )  # fmt: skip


def _write(connection: Connection, changes: list[Change], act: rows.Act) -> int:
    done = connection.execute(select(BOEKING.c.handeling).where(BOEKING.c.merk == act.merk).limit(1)).scalar()
    if done is not None:
        return done
    now = rows.present(connection, [(c.soort.code, rows.key_text(c.sleutel)) for c in changes])
    number = (connection.execute(select(func.max(BOEKING.c.nummer))).scalar() or 0) + 1
    _refuse_collisions(connection, changes, now, act.gezien)
    written = []
    for nummer, change in enumerate(changes, number):
        key = (change.soort.code, rows.key_text(change.sleutel))
        before = now.get(key)
        werd = rows.content_text(change.werd)
        now[key] = rows.Standing(nummer, before.versie + 1 if before else 1, werd)
        written.append(
            {
                "nummer": nummer, "handeling": number, "merk": act.merk, "soort": key[0], "sleutel": key[1],
                "versie": now[key].versie, "wanneer": change.wanneer or act.wanneer, "wie": change.wie[:LONGEST],
                "login": act.login, "waarom": (change.waarom or act.waarom)[:LONGEST],
                "was": before.werd if before else None, "werd": werd,
            }
        )  # fmt: skip
    rows.keep(connection, written, now)
    return number


def _refuse_collisions(
    connection: Connection, changes: list[Change], now: rows.Present, gezien: int | None
) -> None:
    for change in changes:
        before = now.get((change.soort.code, rows.key_text(change.sleutel)))
        versie = before.versie if before else 0
        newer = gezien is not None and before is not None and before.nummer > gezien
        if not newer and change.versie in (None, versie):
            continue
        if before is None:
            raise Fout("Wat u wilde wijzigen, is er niet. Er is niets bewaard. Kies het opnieuw.")
        if before.werd != rows.content_text(change.werd):
            there = connection.execute(select(BOEKING).where(BOEKING.c.nummer == before.nummer)).one()
            raise Botsing(_entry(there), change)


def _erase(connection: Connection, kind: Kind, sleutel: tuple[str, ...], wie: str, act: rows.Act) -> None:
    key = rows.key_text(sleutel)
    same = (BOEKING.c.soort == kind.code) & (BOEKING.c.sleutel == key)
    _write(connection, [Change(kind, sleutel, None, wie=wie)], act)
    connection.execute(
        update(BOEKING)
        .where(same & BOEKING.c.gewist.is_(None))
        .values(was=None, werd=None, gewist=act.wanneer, login="", wie=wie)
    )
