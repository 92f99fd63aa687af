"""Entries as rows of the database, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from wwz.own.ledger.kinds import KINDS, Content, Kind
from wwz.own.ledger.schema import BOEKING, STAND

# So many keys are asked for at a time: a database takes no statement of any length.
AT_ONCE = 400


@dataclass(frozen=True)
class Standing:
    """What holds of a key: the entry, its version, and its content as text."""

    nummer: int
    versie: int
    werd: str | None


Present = dict[tuple[str, str], Standing]


def key_text(key: Iterable[str]) -> str:
    """A key as it is kept; two keys that differ give two texts."""
    return json.dumps(list(key), ensure_ascii=False, separators=(",", ":"))


def key_of(text: str) -> tuple[str, ...]:
    """The key of a text."""
    return tuple(json.loads(text))


def content_text(content: Content | None) -> str | None:
    """Content as it is kept."""
    if content is None:
        return None
    return json.dumps(
        dict(content), ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
    )


def content_of(text: str | None) -> dict[str, Any] | None:
    """The content of a text."""
    return None if text is None else json.loads(text)


def kind_of(code: str) -> Kind:
    """The kind with a code; of one that this program does not know only what every kind has."""
    return KINDS.get(code) or Kind(code, code, (), geheim=True)


def secret_kinds() -> Iterator[Kind]:
    """The kinds whose content never leaves by the history."""
    return (kind for kind in list(KINDS.values()) if kind.geheim)


def present(connection: Connection, keys: Iterable[tuple[str, str]]) -> Present:
    """What holds of these keys (code of the kind, text of the key); also of those that were taken away."""
    found: Present = {}
    for some in _batches(sorted(set(keys))):
        asked = select(STAND).where(tuple_(STAND.c.soort, STAND.c.sleutel).in_(some))
        for row in connection.execute(asked):
            found[row.soort, row.sleutel] = Standing(row.nummer, row.versie, row.werd)
    return found


def _batches(keys: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def keep(
    connection: Connection, written: list[dict[str, Any]], now: Mapping[tuple[str, str], Standing]
) -> None:
    """Put entries in, and what holds by them, as one."""
    connection.execute(insert(BOEKING), written)
    keys = {(row["soort"], row["sleutel"]) for row in written}
    statement = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(STAND)
    newer = {name: statement.excluded[name] for name in ("nummer", "versie", "werd")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[STAND.c.soort, STAND.c.sleutel], set_=newer),
        [{"soort": kind, "sleutel": key, **vars(now[kind, key])} for kind, key in keys],
    )
