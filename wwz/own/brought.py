"""Rows of a file by which a municipality replaces what it gave before of the same area: building plans, a forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Kind, Shelf
from wwz.own.tablefile import Check, Columns, all_mistakes, placed, read_rows, wrong_in

Row = TypeVar("Row")
# The number of a row, which is the order of the file, and what is wrong with it; WHOLE: with the file.
Mistakes = list[tuple[int, str]]
Found = list[tuple[int, Row]]
WHOLE = -1


@dataclass(frozen=True)
class Brought(Generic[Row]):
    """One kind of rows.

    Attributes
    ----------
    row
        What a row becomes: its key (of the kind; first the area, then the year), a number, bron, wie and wanneer.
    shelf, columns
        Where they are kept, and the columns of the file.
    of_text
        A row of the file as the values of `row`, after the checks.
    deze, zijn, vraag
        In sentences: 'deze prognose', 'De prognose is', and what to fill in where the source lacks.
    """

    row: type[Row]
    shelf: Shelf
    columns: Columns
    of_text: Callable[[Mapping[str, str]], dict[str, Any]]
    deze: str
    zijn: str
    vraag: str

    @property
    def kind(self) -> Kind:
        """The kind of entry in the ledger."""
        return self.shelf.kind

    @property
    def names(self) -> list[str]:
        """The names of the values of a row."""
        return [f.name for f in fields(self.row)]  # type: ignore[arg-type]

    def read(self, database: Path) -> list[Row]:
        """The rows that hold; nothing when there are none.

        Raises
        ------
        Fout
            When they cannot be read.
        """
        return [self._row(entry) for entry in self.shelf.state(database)]

    def _row(self, entry: Entry) -> Row:
        key = dict(zip(self.kind.sleutel, entry.sleutel, strict=True))
        return self.row(**{**key, "jaar": int(key["jaar"]), **(entry.werd or {})})

    def key(self, row: Row) -> tuple[str, ...]:
        """By what the ledger knows a row."""
        return tuple(str(getattr(row, name)) for name in self.kind.sleutel)

    def change(self, row: Row, wanneer: str = "") -> Change:
        """A row as an entry; `wanneer`: when it was said, if that was before now."""
        said = {name: getattr(row, name) for name in self.kind.velden}
        return Change(self.kind, self.key(row), said, wie=said["wie"], waarom=said["bron"], wanneer=wanneer)

    def check(
        self,
        file: tuple[bytes, str],
        checks: Mapping[str, Check],
        wie: str,
        bron: str,
        more: Callable[[Found, bool], Mistakes],
    ) -> list[Row]:
        """The rows of a CSV or xlsx file.

        Parameters
        ----------
        file
            The content, and the name.
        checks
            Per column, what may be wrong with its text.
        wie, bron
            Who says it, and from what.
        more
            What is wrong with rows together; told whether every row by itself is right.

        Raises
        ------
        Fout
            With every mistake in the file, one sentence each.
        """
        self._said(wie, bron)
        content, name = file
        rows = read_rows(content, name, self.columns)
        mistakes = [(n, sentence) for n, (_, text) in enumerate(rows) for sentence in wrong_in(text, checks)]
        wrong = {n for n, _ in mistakes}
        now = datetime.now().isoformat(timespec="seconds")
        said = {"bron": bron.strip(), "wie": wie.strip(), "wanneer": now}
        found = [
            (n, self.row(**self.of_text(text), **said)) for n, (_, text) in enumerate(rows) if n not in wrong
        ]
        mistakes += self._twice(found)
        mistakes += more(found, not mistakes)
        if not rows:
            mistakes = [(WHOLE, "er staan geen regels in. Begin met het sjabloon")]
        if mistakes:
            raise all_mistakes(name, placed(mistakes, rows), f"{self.zijn} niet bewaard")
        return [row for _, row in found]

    def _said(self, wie: str, bron: str) -> None:
        lacking = {f"Vul in wie {self.deze} opgeeft.": wie, self.vraag: bron}
        if empty := [sentence for sentence, text in lacking.items() if not text.strip()]:
            raise Fout(*empty)

    def _twice(self, found: Found) -> Mistakes:
        often = Counter(self.key(row) for _, row in found)
        return [
            (n, f"{', '.join(self.key(row))} staat er {often[self.key(row)]} keer in. Laat er één staan")
            for n, row in found
            if often[self.key(row)] > 1
        ]

    def keep(self, database: Path, rows: Sequence[Row], *, gezien: int | None = None) -> None:
        """Keep rows; those of the same area are replaced as a whole, those of another one stay.

        Parameters
        ----------
        gezien
            The last entry that the writer saw (`latest`); None: do not look whether somebody was before them.

        Raises
        ------
        Botsing
            When somebody else kept or took away those of the same area meanwhile.
        Fout
            When it may not be done, or cannot be kept.
        """
        permission.need(self.kind.code)
        keys = {self.key(row) for row in rows}
        areas = {key[0] for key in keys}

        def change(entries: list[Entry]) -> list[Change]:
            gone = [e.sleutel for e in entries if e.sleutel[0] in areas and e.sleutel not in keys]
            return [*(Change(self.kind, key, None) for key in gone), *map(self.change, rows)]

        if rows:
            first = self.change(rows[0])
            self.shelf.book(database).revise(self.kind, change, first.wie, first.waarom, gezien=gezien)

    def remove(self, database: Path, wie: str = "", *, gezien: int | None = None) -> None:
        """Take all rows away. `wie`: who does it, where the login does not say; `gezien`: as in `keep`."""
        who = permission.need(self.kind.code)

        def change(entries: list[Entry]) -> list[Change]:
            return [Change(self.kind, e.sleutel, None) for e in entries]

        self.shelf.book(database).revise(self.kind, change, wie or who.naam, "Weggehaald", gezien=gezien)

    def table(self, database: Path) -> pd.DataFrame:
        """The rows as the build takes them in: a column for each value, numbers as whole numbers."""
        frame = pd.DataFrame([asdict(row) for row in self.read(database)], columns=self.names)  # type: ignore[call-overload]
        whole = {"jaar", *(name for name, rule in self.kind.velden.items() if rule.soort is int)}
        return frame.astype({name: "int64" if name in whole else "str" for name in self.names})
