"""A forecast of the municipality's own: people per gemeente, year and age band, instead of the built-in national path."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import islice
from pathlib import Path

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import damaged, keep_rows, kept_rows, one_at_a_time
from wwz.base.workbook import MEGABYTE
from wwz.knowledge import load_toml
from wwz.own.countsread import whole_number

FILE = "eigen_prognose.csv"
NEEDED = ("gemeente", "jaar", "band", "aantal")
LARGEST, MOST_ROWS, MOST_MISTAKES = 2_000_000, 20_000, 100
# As large as the screen says that a file may be.
MOST_BYTES = 10 * MEGABYTE


@dataclass(frozen=True)
class Prognose:
    """How many people one gemeente expects in one age band in one year; who says so, from what, and when."""

    gemeente: str
    jaar: int
    band: str
    aantal: int
    bron: str
    wie: str
    wanneer: str


COLUMNS = [f.name for f in fields(Prognose)]


def bands() -> dict[str, str]:
    """Age bands by code, with their titles."""
    return {row["code"]: row["titel"] for row in load_toml("leeftijd.toml")["band"]}


def years() -> list[int]:
    """The years a forecast can be about."""
    return [row["jaar"] for row in load_toml("toekomst.toml")["land"]]


def path_beside(database: Path) -> Path:
    """Where the forecast that belongs to a database is kept."""
    return database.parent / FILE


def read(path: Path) -> list[Prognose]:
    """The forecast; nothing when there is none.

    Raises
    ------
    Fout
        When the file was damaged.
    """
    try:
        return [
            Prognose(**{**{c: r[c] for c in COLUMNS}, "jaar": int(r["jaar"]), "aantal": int(r["aantal"])})
            for r in kept_rows(path, COLUMNS)
        ]
    except ValueError as error:
        raise damaged(path) from error


def check(content: bytes, name: str, gemeenten: Mapping[str, str], wie: str, bron: str) -> list[Prognose]:
    """A forecast from a CSV file.

    Parameters
    ----------
    gemeenten
        Code → name of the gemeenten in the data.

    Raises
    ------
    Fout
        With every mistake in the file, one sentence each.
    """
    if not wie.strip():
        raise Fout("Vul in wie deze prognose opgeeft.")
    rows = _rows(content, name)
    mistakes: list[tuple[int, str]] = []
    found: list[tuple[int, Prognose]] = []
    now = datetime.now().isoformat(timespec="seconds")
    for number, row in enumerate(rows, 2):
        text = {key: (row.get(key) or "").strip() for key in NEEDED}
        wrong = list(_wrong(text, gemeenten))
        mistakes += [(number, sentence) for sentence in wrong]
        if not wrong:
            made = Prognose(
                text["gemeente"],
                int(text["jaar"]),
                text["band"],
                whole_number(text["aantal"]),
                bron.strip(),
                wie.strip(),
                now,
            )
            found.append((number, made))
    mistakes += _twice(found)
    mistakes += [] if mistakes else _incomplete([p for _, p in found])
    if not found and not mistakes:
        mistakes = [(1, "er staan geen regels in. Begin met het sjabloon")]
    if mistakes:
        count = len(mistakes)
        head = f"In {name} {'staat 1 fout' if count == 1 else f'staan {count} fouten'}. De prognose is niet bewaard:"
        lines = [
            f"Regel {n}: {sentence}." if n else f"{sentence}."
            for n, sentence in sorted(mistakes)[:MOST_MISTAKES]
        ]
        raise Fout(head, *lines)
    return [p for _, p in found]


def _rows(content: bytes, name: str) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise Fout(f"{name} is te groot. Een prognose heeft één regel per gemeente, jaar en leeftijd.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text.replace("\0", "")), delimiter=max(";\t,", key=first.count))
    try:
        # One more than there may be tells that there are too many; the rest is not kept.
        rows = list(islice(reader, MOST_ROWS + 1))
    except csv.Error as error:
        raise Fout(f"{name} is niet te lezen als CSV. Bewaar het opnieuw als CSV.") from error
    reader.fieldnames = [h.strip().lower() for h in reader.fieldnames or ()]
    if missing := [n for n in NEEDED if n not in reader.fieldnames]:
        raise Fout(f"{name} mist de kolom {', '.join(missing)}. De eerste regel noemt: {', '.join(NEEDED)}.")
    if len(rows) > MOST_ROWS:
        raise Fout(
            f"{name} heeft meer dan {MOST_ROWS} regels. Geef alleen de gemeenten op die in de gegevens zitten."
        )
    return [{str(k).strip().lower(): v if isinstance(v, str) else "" for k, v in row.items()} for row in rows]


def _wrong(text: dict[str, str], gemeenten: Mapping[str, str]):
    if text["gemeente"] not in gemeenten:
        yield f"gemeente {text['gemeente']!r} staat niet in de gegevens. Gebruik een code als {next(iter(gemeenten), 'GM0518')}"
    if text["jaar"] not in map(str, years()):
        yield f"jaar {text['jaar']!r} kan niet. Kies uit {', '.join(map(str, years()))}"
    if text["band"] not in bands():
        yield f"band {text['band']!r} bestaat niet. Kies uit {', '.join(bands())}"
    if isinstance(number := whole_number(text["aantal"]), str):
        yield number


def _twice(found: list[tuple[int, Prognose]]) -> list[tuple[int, str]]:
    keys = Counter((p.gemeente, p.jaar, p.band) for _, p in found)
    return [
        (
            n,
            f"{p.gemeente}, {p.jaar}, {p.band} staat er {keys[p.gemeente, p.jaar, p.band]} keer in. Laat er één staan",
        )
        for n, p in found
        if keys[p.gemeente, p.jaar, p.band] > 1
    ]


def _incomplete(found: list[Prognose]) -> list[tuple[int, str]]:
    """A year counts with all its bands; else the total of that year would not be known."""
    have: dict[tuple[str, int], set[str]] = {}
    for p in found:
        have.setdefault((p.gemeente, p.jaar), set()).add(p.band)
    wrong = [
        (
            0,
            f"Van {gemeente} in {jaar} ontbreken de banden {', '.join(b for b in bands() if b not in known)}. Vul ze aan",
        )
        for (gemeente, jaar), known in have.items()
        if len(known) < len(bands())
    ]
    empty = [
        (0, f"Van {gemeente} in {jaar} zijn er samen 0 inwoners. Controleer de aantallen")
        for (gemeente, jaar) in have
        if not sum(p.aantal for p in found if (p.gemeente, p.jaar) == (gemeente, jaar))
    ]
    return wrong + empty


def keep(path: Path, rows: list[Prognose]) -> None:
    """Keep a forecast; that of the same gemeente is replaced as a whole, that of another one stays."""
    new = {p.gemeente for p in rows}
    with one_at_a_time(path):
        write(path, [*[p for p in read(path) if p.gemeente not in new], *rows])


def write(path: Path, rows: list[Prognose]) -> None:
    """Replace the file in one step; without rows there is no file."""
    if not rows:
        with one_at_a_time(path):
            path.unlink(missing_ok=True)
        return
    keep_rows(path, COLUMNS, [asdict(p) for p in rows])


def table(path: Path) -> pd.DataFrame:
    """The forecast as the build takes it in: gemeente, jaar, band, aantal, bron, wie, wanneer."""
    frame = pd.DataFrame([asdict(p) for p in read(path)], columns=COLUMNS)
    return frame.astype({c: "int64" if c in ("jaar", "aantal") else "str" for c in COLUMNS})


def template(store_rows: pd.DataFrame) -> str:
    """A CSV to fill in, with what the calculation gives now. `store_rows`: gemeente, jaar, band, aantal."""
    lines = [";".join(NEEDED)]
    lines += [f"{r.gemeente};{r.jaar};{r.band};{round(r.aantal)}" for r in store_rows.itertuples()]
    return "\n".join(lines) + "\n"
