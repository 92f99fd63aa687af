"""What the municipality itself says of a randvoorwaarde in an area: one line per statement, never overwritten.

The file stands beside the database. It is plain CSV, so that it can be read, mailed and kept without this product.
"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.errors import Fout
from wwz.knowledge import domain

FILE = "opgaven.csv"
STATUSES = ("voldoet", "deels", "knelpunt", "onbekend")
AREA = re.compile(r"^(BU\d{8}|WK\d{6}|GM\d{4}|EG\d{4}|NL00)$")
LONGEST = 400
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Opgave:
    """One statement. The last one about an area and a randvoorwaarde holds.

    Attributes
    ----------
    gebied, randvoorwaarde
        Codes.
    status
        voldoet, deels, knelpunt, or onbekend (takes an earlier statement back).
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


def path_beside(database: Path) -> Path:
    """Where the statements that belong to a database are kept."""
    return database.parent / FILE


def read(path: Path) -> list[Opgave]:
    """All statements, in the order they were made; none when there is no file.

    Raises
    ------
    Fout
        Naming the first line that cannot be used.
    """
    if not path.exists():
        return []
    try:
        return parse(path.read_bytes(), path.name)
    except OSError as error:
        raise Fout(f"{path.name} is niet te lezen. Geef dit programma leesrechten.") from error


def parse(content: bytes, name: str) -> list[Opgave]:
    """Statements in the bytes of a CSV file, with commas, semicolons or tabs.

    Raises
    ------
    Fout
        Naming the first line that cannot be used.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Fout(f"{name} is niet te lezen. Bewaar het bestand als CSV in UTF-8.") from error
    # Excel in Dutch writes semicolons; rows copied from a sheet come with tabs.
    delimiter = next((sign for sign in "\t;" if lines and sign in lines[0]), ",")
    rows = csv.DictReader(lines, delimiter=delimiter)
    if not {"gebied", "randvoorwaarde", "status"} <= set(rows.fieldnames or ()):
        raise Fout(f"{name} mist een kolom. Nodig zijn: {', '.join(COLUMNS)}.")
    found = [_statement(row, f"{name}, regel {number}") for number, row in enumerate(rows, 2)]
    if len(found) > MOST_ROWS:
        raise Fout(f"{name} heeft {len(found)} regels. Meer dan {MOST_ROWS} kan niet.")
    return found


def _statement(row: dict[str, Any], place: str) -> Opgave:
    text = {name: (row.get(name) or "").strip()[:LONGEST] for name in COLUMNS}
    return checked(place=place, **text)


def checked(
    gebied: str, randvoorwaarde: str, status: str, procent: Any, wie: str, waarom: str, wanneer: str = "", *, place: str = "De opgave"
) -> Opgave:
    """A statement with every field checked.

    Raises
    ------
    Fout
        With one sentence: what is wrong and what to do.
    """
    if not AREA.fullmatch(gebied):
        raise Fout(f"{place}: {gebied!r} is geen code van een gebied. Gebruik een code als WK051801.")
    if randvoorwaarde not in domain.randvoorwaarden():
        raise Fout(f"{place}: {randvoorwaarde!r} is geen randvoorwaarde. Kies een code als respijtzorg.")
    if status not in STATUSES:
        raise Fout(f"{place}: de status {status!r} bestaat niet. Kies uit: {', '.join(STATUSES)}.")
    if not wie.strip():
        raise Fout(f"{place}: vul in wie dit opgeeft.")
    return Opgave(
        gebied, randvoorwaarde, status, _percent(procent, place), wie.strip()[:LONGEST], waarom.strip()[:LONGEST],
        wanneer or datetime.now().isoformat(timespec="seconds"),
    )  # fmt: skip


def _percent(value: Any, place: str) -> float | None:
    if value is None or str(value).strip() == "":
        return None
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise Fout(f"{place}: het percentage {value} moet tussen 0 en 100 liggen, of leeg zijn.")
    return number


def add(path: Path, statements: list[Opgave]) -> None:
    """Write statements below the earlier ones; the file is replaced in one step."""
    everything = [*read(path), *statements]
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with new.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows([{**asdict(s), "procent": "" if s.procent is None else s.procent} for s in everything])
    new.replace(path)


def current(statements: list[Opgave]) -> list[Opgave]:
    """The statements that hold now: the last of each area and randvoorwaarde."""
    return list({(s.gebied, s.randvoorwaarde): s for s in statements}.values())


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
    unused = statement.procent is None or statement.status == "onbekend"
    return None if unused else statement.procent / 100


def table(path: Path) -> pd.DataFrame:
    """The statements that hold, as a table for the database."""
    frame = pd.DataFrame({name.removeprefix("o_"): values for name, values in parameters(read(path)).items()})
    return frame.astype(
        {"gebied": "str", "randvoorwaarde": "str", "status": "str", "aandeel": "Float64", "jaar": "Int64"}
    )
