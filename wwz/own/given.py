"""What the municipality itself says of a randvoorwaarde in an area: an entry of the ledger per statement."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base import permission
from wwz.base.codes import PATTERN
from wwz.base.errors import Fout
from wwz.knowledge import domain
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf
from wwz.own.tablefile import all_mistakes, own_csv, read_tables

FILE = "opgaven.csv"
TAKEN_BACK = "onbekend"
STATUSES = ("voldoet", "deels", "knelpunt", TAKEN_BACK)
AREA = re.compile(rf"({PATTERN}|EG\d{{4}})")
MOMENT = re.compile(r"^20\d\d-\d\d-\d\d")
LONGEST = 400
NEEDED = ("gebied", "randvoorwaarde", "status")


@dataclass(frozen=True)
class Opgave:
    """One statement. The last one about an area and a randvoorwaarde holds.

    Attributes
    ----------
    gebied, randvoorwaarde
        Codes.
    status
        voldoet, deels, knelpunt, or onbekend (takes an earlier statement back: what is measured, or nothing, holds again).
    procent
        Share (%) of the people who lack it, where known.
    wie, waarom
        Who says so, and on what grounds.
    wanneer
        Date and time, ISO.
    """

    gebied: str
    randvoorwaarde: str
    status: str
    procent: float | None
    wie: str
    waarom: str
    wanneer: str


COLUMNS = [f.name for f in fields(Opgave)]


KIND = Kind(
    "opgave",
    "opgave over een randvoorwaarde",
    ("gebied", "randvoorwaarde"),
    {
        "status": Field(),
        "procent": Field(float, verplicht=False),
        "wie": Field(langst=LONGEST),
        "waarom": Field(langst=LONGEST),
        "wanneer": Field(langst=40),
    },
)


def read(database: Path) -> list[Opgave]:
    """All statements, in the order they were made.

    Raises
    ------
    Fout
        When they cannot be read.
    """
    return [_opgave(entry) for entry in SHELF.entries(database)]


def _opgave(entry: Entry) -> Opgave:
    """A statement that was undone says nothing any more: *onbekend*."""
    said = entry.werd or {
        "status": TAKEN_BACK, "procent": None, "wie": entry.wie, "waarom": entry.waarom, "wanneer": entry.wanneer,
    }  # fmt: skip
    return Opgave(*entry.sleutel, **{name: said.get(name) for name in KIND.velden})


def _of_file(path: Path) -> list[Change]:
    try:
        statements = parse(path.read_bytes(), path.name)
    except OSError as error:
        raise Fout(f"{path.name} is niet te lezen. Geef dit programma leesrechten.") from error
    return [_change(s, wanneer=s.wanneer) for s in statements]


def _change(s: Opgave, wie: str = "", wanneer: str = "") -> Change:
    said = {name: getattr(s, name) for name in KIND.velden}
    return Change(
        KIND, (s.gebied, s.randvoorwaarde), said, wie=wie or s.wie, waarom=s.waarom, wanneer=wanneer
    )


def parse(content: bytes, name: str, areas: Container[str] | None = None, wie: str = "") -> list[Opgave]:
    """Statements in the bytes of a CSV file (commas, semicolons or tabs) or a workbook.

    Parameters
    ----------
    content, name
        The file.
    areas
        Codes that exist in the data; None: do not look.
    wie
        Who says it, for rows that do not.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each; then nothing of it is used.
    """
    found, mistakes = [], []
    for table in read_tables(content, name):
        if not table.kolommen.issuperset(NEEDED):
            mistakes.append(f"{table.naam} mist een kolom. Nodig zijn: {', '.join(COLUMNS)}.")
            continue
        for place, row in table.rijen:
            try:
                found.append(_statement({**row, "wie": row.get("wie") or wie}, place))
            except Fout as fout:
                mistakes += fout.zinnen
                continue
            if areas is not None and found[-1].gebied not in areas:
                mistakes.append(f"{place}: het gebied {found[-1].gebied} zit niet in deze gegevens.")
    if mistakes:
        raise all_mistakes(name, mistakes)
    return found


def _statement(row: dict[str, Any], place: str) -> Opgave:
    text = {name: (row.get(name) or "").strip()[:LONGEST] for name in COLUMNS}
    return checked(place=place, **text)


def checked(
    gebied: str,
    randvoorwaarde: str,
    status: str,
    procent: Any,
    wie: str,
    waarom: str,
    wanneer: str = "",
    *,
    place: str = "De opgave",
) -> Opgave:
    """A statement with every field checked.

    Raises
    ------
    Fout
        With a sentence for everything that is wrong with it.
    """
    wrong = list(_wrong(gebied, randvoorwaarde, status, procent, wie, wanneer))
    if wrong:
        raise Fout(*[f"{place}: {sentence}" for sentence in wrong])
    return Opgave(
        gebied, randvoorwaarde, status, _percent(procent), wie.strip()[:LONGEST], waarom.strip()[:LONGEST],
        wanneer or datetime.now().isoformat(timespec="seconds"),
    )  # fmt: skip


def _is_moment(text: str) -> bool:
    """A day of this century up to today, with or without a time."""
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return False
    return MOMENT.match(text) is not None and day.date() <= datetime.now().date()


def _wrong(
    gebied: str, randvoorwaarde: str, status: str, procent: Any, wie: str, wanneer: str
) -> Iterator[str]:
    if not AREA.fullmatch(gebied):
        yield f"{gebied!r} is geen code van een gebied. Gebruik een code als WK051801."
    if randvoorwaarde not in domain.randvoorwaarden():
        yield f"{randvoorwaarde!r} is geen randvoorwaarde. Kies een code als respijtzorg."
    if status not in STATUSES:
        yield f"de status {status!r} bestaat niet. Kies uit: {', '.join(STATUSES)}."
    try:
        share = _percent(procent)
    except ValueError:
        share = -1.0
    if share is not None and not 0 <= share <= 100:
        yield f"het percentage {procent} moet tussen 0 en 100 liggen, of leeg zijn."
    elif share and status == "voldoet":
        yield "de status is 'voldoet', maar er staat ook een deel dat het mist. Kies 'deels', of haal het percentage weg."
    elif share == 0 and status in ("deels", "knelpunt"):
        yield f"de status is {status!r}, maar het deel dat het mist is 0%. Kies 'voldoet', of geef het deel."
    elif share == 100 and status == "deels":
        yield "de status is 'deels', maar iedereen mist het. Kies 'knelpunt', of geef een kleiner deel."
    elif share is not None and status == TAKEN_BACK:
        yield "de status is 'onbekend', maar er staat een deel dat het mist. Kies een andere status, of haal het percentage weg."
    if not wie.strip():
        yield "vul in wie dit opgeeft."
    if wanneer and not _is_moment(wanneer):
        yield f"de datum {wanneer!r} is niet te lezen. Schrijf 2025-03-01, of laat hem leeg."


def _percent(value: Any) -> float | None:
    text = "" if value is None else str(value).strip().removesuffix("%").strip()
    return float(text.replace(",", ".")) if text else None


SHELF = Shelf(KIND, "opgaven over randvoorwaarden", FILE, _of_file)


def add(database: Path, statements: list[Opgave], *, wie: str = "", gezien: int | None = None) -> None:
    """Write statements down.

    Parameters
    ----------
    wie
        Who does it, where that is not who says it.
    gezien
        The last entry that the writer saw (`latest`); None: do not look whether somebody was before them.

    Raises
    ------
    Botsing
        When somebody else said something of the same meanwhile.
    Fout
        When it may not be done, or cannot be kept.
    """
    permission.need("opgave")
    if statements:
        changes = [_change(s, wie) for s in statements]
        SHELF.book(database).add(changes, wie or statements[0].wie, gezien=gezien)


def latest(database: Path) -> int:
    """The number of the last entry of a statement."""
    return SHELF.latest(database)


def to_csv(statements: list[Opgave]) -> bytes:
    """Statements as a CSV file that `parse` reads."""
    return own_csv(COLUMNS, (asdict(s) for s in statements))


def current(statements: list[Opgave]) -> list[Opgave]:
    """The statements that hold now: the last of each area and randvoorwaarde, unless that one takes it back."""
    last = {(s.gebied, s.randvoorwaarde): s for s in statements}.values()
    return [statement for statement in last if statement.status != TAKEN_BACK]


def parameters(statements: list[Opgave]) -> dict[str, list]:
    """The statements that hold, as the `o_…` parameters of the questions."""
    rows = current(statements)
    return {
        "o_gebied": [s.gebied for s in rows],
        "o_randvoorwaarde": [s.randvoorwaarde for s in rows],
        "o_status": [s.status for s in rows],
        "o_aandeel": [_share(s) for s in rows],
        "o_jaar": [int(s.wanneer[:4]) if s.wanneer[:4].isdigit() else None for s in rows],
    }


def _share(statement: Opgave) -> float | None:
    return None if statement.procent is None else statement.procent / 100


def table(database: Path) -> pd.DataFrame:
    """The statements that hold, as a table for the database."""
    frame = pd.DataFrame(
        {name.removeprefix("o_"): values for name, values in parameters(read(database)).items()}
    )
    return frame.astype(
        {"gebied": "str", "randvoorwaarde": "str", "status": "str", "aandeel": "Float64", "jaar": "Int64"}
    )
