"""Asking and adding entries inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, Select, func, select, update

from wwz.base.errors import Fout
from wwz.own.ledger import rows
from wwz.own.ledger.entry import Botsing, Change, Entry
from wwz.own.ledger.kinds import Kind
from wwz.own.ledger.schema import BOEKING, STAND

LONGEST = 400
NOTHING = "Er is niets gewijzigd."
NO_NAME = "Vul uw naam of organisatie in. Die staat bij elke wijziging."


@dataclass(frozen=True)
class Act:
    """What the entries of one act share; see `Ledger.add`."""

    merk: str
    wanneer: str
    wie: str
    login: str
    waarom: str
    gezien: int | None = None

    def by(self, changes: Iterable[Change]) -> list[Change]:
        """The changes with who makes them."""
        return [replace(change, wie=change.wie or self.wie) for change in changes]


def mark(connection: Connection, codes: Sequence[str]) -> str:
    """What tells the state of these kinds (none: of all) apart; empty when there is nothing."""
    last = select(func.max(BOEKING.c.nummer))
    numbers = [connection.execute(last.where(BOEKING.c.soort == code)).scalar() for code in codes] or [
        connection.execute(last).scalar()
    ]
    newest = max((number for number in numbers if number), default=None)
    if newest is None:
        return ""
    merk = connection.execute(select(BOEKING.c.merk).where(BOEKING.c.nummer == newest)).scalar()
    return f"{newest}-{merk}"


def entries(codes: Sequence[str]) -> Select:
    """All entries of these kinds (none: of all), oldest first."""
    asked = select(BOEKING).order_by(BOEKING.c.nummer)
    return asked.where(BOEKING.c.soort.in_(codes)) if codes else asked


def standing(code: str) -> Select:
    """The last entry of every key of a kind that was not taken away."""
    return (
        select(BOEKING)
        .join(STAND, STAND.c.nummer == BOEKING.c.nummer)
        .where(STAND.c.soort == code, STAND.c.werd.is_not(None))
        .order_by(BOEKING.c.nummer)
    )


def standing_under(codes: Sequence[str], first: str) -> Select:
    """As `standing`, of these kinds, where the key begins with this part."""
    begin = rows.key_text([first])[:-1]
    return (
        select(BOEKING)
        .join(STAND, STAND.c.nummer == BOEKING.c.nummer)
        .where(STAND.c.soort.in_(codes), STAND.c.werd.is_not(None))
        .where(STAND.c.sleutel.startswith(begin, autoescape=True))
        .order_by(BOEKING.c.nummer)
    )


def after(codes: Sequence[str], nummer: int) -> Select:
    """Entries of these kinds that came later, oldest first."""
    return (
        select(BOEKING)
        .where(BOEKING.c.nummer > nummer, BOEKING.c.soort.in_(codes))
        .order_by(BOEKING.c.nummer)
    )


def last(connection: Connection) -> tuple[int, str]:
    """Number and mark of the last entry of all; 0 and nothing when there is none."""
    row = connection.execute(
        select(BOEKING.c.nummer, BOEKING.c.merk).order_by(BOEKING.c.nummer.desc()).limit(1)
    ).first()
    return (row.nummer, row.merk) if row else (0, "")


def is_there(connection: Connection, nummer: int, merk: str) -> bool:
    """Whether that entry still has that mark: not in a ledger that was put back."""
    there = select(BOEKING.c.merk).where(BOEKING.c.nummer == nummer)
    return nummer == 0 or connection.execute(there).scalar() == merk


def was_written(connection: Connection, merk: str) -> bool:
    """Whether an act with this mark was written."""
    return (
        connection.execute(select(BOEKING.c.nummer).where(BOEKING.c.merk == merk).limit(1)).first()
        is not None
    )


def found(connection: Connection, asked: Select) -> tuple[Entry, ...]:
    """The entries that are asked."""
    return tuple(entry(row) for row in connection.execute(asked))


def entry(row: Row) -> Entry:
    """A row as an entry."""
    return Entry(
        row.nummer, row.handeling, row.soort, rows.key_of(row.sleutel), row.versie, row.wanneer, row.wie, row.login,
        row.waarom, rows.content_of(row.was), rows.content_of(row.werd), row.gewist,
    )  # fmt: skip


def check(changes: Sequence[Change]) -> None:
    """Refuse changes that cannot be written down.

    Raises
    ------
    Fout
        With everything that is wrong with the first that is wrong.
    """
    if not changes:
        raise Fout(NOTHING)
    if not all(change.wie.strip() for change in changes):
        raise Fout(NO_NAME)
    for change in changes:
        change.soort.check(change.sleutel, change.werd)


def write(connection: Connection, changes: list[Change], act: Act) -> int:
    """Write changes down as one act; gives its number. An act that was written already is not written again."""
    done = connection.execute(select(BOEKING.c.handeling).where(BOEKING.c.merk == act.merk).limit(1)).scalar()
    if done is not None:
        return done
    now = rows.present(connection, [(c.soort.code, rows.key_text(c.sleutel)) for c in changes])
    number = (connection.execute(select(func.max(BOEKING.c.nummer))).scalar() or 0) + 1
    _refuse_collisions(connection, changes, now, act.gezien)
    written, act_number, group = [], number, changes[0].groep
    for nummer, change in enumerate(changes, number):
        if change.groep != group:
            act_number, group = nummer, change.groep
        key = (change.soort.code, rows.key_text(change.sleutel))
        before = now.get(key)
        werd = rows.content_text(change.werd)
        now[key] = rows.Standing(nummer, before.versie + 1 if before else 1, werd)
        written.append(
            {
                "nummer": nummer, "handeling": act_number, "merk": act.merk, "soort": key[0], "sleutel": key[1],
                "versie": now[key].versie, "wanneer": change.wanneer or act.wanneer, "wie": change.wie.strip()[:LONGEST],
                "login": act.login, "waarom": (change.waarom or act.waarom)[:LONGEST],
                "was": before.werd if before else None, "werd": werd,
            }
        )  # fmt: skip
    rows.keep(connection, written, now)
    return number


def revise(
    connection: Connection, kind: Kind, make: Callable[[list[Entry]], Iterable[Change]], act: Act
) -> int | None:
    """Write down what follows from what holds now; None when nothing does."""
    changes = act.by(make(list(found(connection, standing(kind.code)))))
    if not changes:
        return None
    check(changes)
    return write(connection, changes, act)


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
            raise Botsing(entry(there), change)


def erase(
    connection: Connection, kind: Kind, keys: Sequence[tuple[str, ...]], act: Act, *, names: bool
) -> None:
    """Erase the content of the entries of these keys; `names`: who wrote them too."""
    write(connection, [Change(kind, key, None, wie=act.wie) for key in keys], act)
    hidden = {"login": "", "wie": act.wie} if names else {}
    for key in keys:
        same = (BOEKING.c.soort == kind.code) & (BOEKING.c.sleutel == rows.key_text(key))
        gone = update(BOEKING).where(same & BOEKING.c.gewist.is_(None))
        connection.execute(gone.values(was=None, werd=None, gewist=act.wanneer, **hidden))
