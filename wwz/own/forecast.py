"""A forecast of the municipality's own: people per gemeente, year and age band, instead of the built-in national path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import pandas as pd

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.keeping import damaged, kept_rows
from wwz.knowledge import load_toml
from wwz.own.countsread import no_whole_number, whole_number
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf
from wwz.own.tablefile import Check, Columns, all_mistakes, placed, read_rows, wrong_in

FILE = "eigen_prognose.csv"
NEEDED = ("gemeente", "jaar", "band", "aantal")
# A mistake of the file, not of one row.
WHOLE = -1


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


KIND = Kind(
    "prognose",
    "eigen bevolkingsprognose",
    ("gemeente", "jaar", "band"),
    {"aantal": Field(int), "bron": Field(), "wie": Field(), "wanneer": Field(langst=40)},
)


def _of_file(path: Path) -> list[Change]:
    try:
        rows = [
            Prognose(**{**{c: r[c] for c in COLUMNS}, "jaar": int(r["jaar"]), "aantal": int(r["aantal"])})
            for r in kept_rows(path, COLUMNS)
        ]
    except ValueError as error:
        raise damaged(path) from error
    return [_entry(row, row.wanneer) for row in rows]


def _entry(row: Prognose, wanneer: str = "") -> Change:
    said = {name: getattr(row, name) for name in KIND.velden}
    return Change(
        KIND, (row.gemeente, str(row.jaar), row.band), said, wie=row.wie, waarom=row.bron, wanneer=wanneer
    )


SHELF = Shelf(KIND, "eigen prognose", FILE, _of_file)


def read(database: Path) -> list[Prognose]:
    """The forecast that holds; nothing when there is none.

    Raises
    ------
    Fout
        When it cannot be read.
    """
    return [_prognose(entry) for entry in SHELF.state(database)]


def _prognose(entry: Entry) -> Prognose:
    gemeente, jaar, band = entry.sleutel
    return Prognose(gemeente, int(jaar), band, **(entry.werd or {}))


def check(content: bytes, name: str, gemeenten: Mapping[str, str], wie: str, bron: str) -> list[Prognose]:
    """A forecast from a CSV or xlsx file.

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
    rows = read_rows(content, name, Columns(NEEDED))
    checks = _checks(gemeenten)
    # Each with the number of its row, which is the order of the file.
    mistakes: list[tuple[int, str]] = []
    found: list[tuple[int, Prognose]] = []
    now = datetime.now().isoformat(timespec="seconds")
    for number, (_, text) in enumerate(rows):
        wrong = wrong_in(text, checks)
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
    if not rows:
        mistakes = [(WHOLE, "er staan geen regels in. Begin met het sjabloon")]
    if mistakes:
        raise all_mistakes(name, placed(mistakes, rows), "De prognose is niet bewaard")
    return [p for _, p in found]


def _checks(gemeenten: Mapping[str, str]) -> dict[str, Check]:
    def gemeente(text: str) -> str:
        if text in gemeenten:
            return ""
        return f"gemeente {text!r} staat niet in de gegevens. Gebruik een code als {next(iter(gemeenten), 'GM0518')}"

    def jaar(text: str) -> str:
        known = [str(year) for year in years()]
        return "" if text in known else f"jaar {text!r} kan niet. Kies uit {', '.join(known)}"

    def band(text: str) -> str:
        return "" if text in bands() else f"band {text!r} bestaat niet. Kies uit {', '.join(bands())}"

    return {"gemeente": gemeente, "jaar": jaar, "band": band, "aantal": no_whole_number}


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
            WHOLE,
            f"Van {gemeente} in {jaar} ontbreken de banden {', '.join(b for b in bands() if b not in known)}. Vul ze aan",
        )
        for (gemeente, jaar), known in have.items()
        if len(known) < len(bands())
    ]
    empty = [
        (WHOLE, f"Van {gemeente} in {jaar} zijn er samen 0 inwoners. Controleer de aantallen")
        for (gemeente, jaar) in have
        if not sum(p.aantal for p in found if (p.gemeente, p.jaar) == (gemeente, jaar))
    ]
    return wrong + empty


def keep(database: Path, rows: list[Prognose], *, gezien: int | None = None) -> None:
    """Keep a forecast; that of the same gemeente is replaced as a whole, that of another one stays.

    Parameters
    ----------
    gezien
        The last entry that the writer saw (`latest`); None: do not look whether somebody was before them.

    Raises
    ------
    Botsing
        When somebody else kept or took away that of the same gemeente meanwhile.
    Fout
        When it may not be done, or cannot be kept.
    """
    permission.need("prognose")
    new, keys = {p.gemeente for p in rows}, {(p.gemeente, str(p.jaar), p.band) for p in rows}

    def change(entries: list[Entry]) -> list[Change]:
        gone = [e.sleutel for e in entries if e.sleutel[0] in new and e.sleutel not in keys]
        return [*(Change(KIND, key, None) for key in gone), *map(_entry, rows)]

    if rows:
        SHELF.book(database).revise(KIND, change, rows[0].wie, rows[0].bron, gezien=gezien)


def latest(database: Path) -> int:
    """The number of the last entry of a forecast."""
    return SHELF.latest(database)


def remove(database: Path, wie: str = "", *, gezien: int | None = None) -> None:
    """Take the forecast away. `wie`: who does it, where the login does not say; `gezien`: as in `keep`."""
    who = permission.need("prognose")

    def change(entries: list[Entry]) -> list[Change]:
        return [Change(KIND, e.sleutel, None) for e in entries]

    SHELF.book(database).revise(KIND, change, wie or who.naam, "Weggehaald", gezien=gezien)


def table(database: Path) -> pd.DataFrame:
    """The forecast as the build takes it in: gemeente, jaar, band, aantal, bron, wie, wanneer."""
    frame = pd.DataFrame([asdict(p) for p in read(database)], columns=COLUMNS)
    return frame.astype({c: "int64" if c in ("jaar", "aantal") else "str" for c in COLUMNS})


def template(store_rows: pd.DataFrame) -> str:
    """A CSV to fill in, with what the calculation gives now. `store_rows`: gemeente, jaar, band, aantal."""
    lines = [";".join(NEEDED)]
    lines += [f"{r.gemeente};{r.jaar};{r.band};{round(r.aantal)}" for r in store_rows.itertuples()]
    return "\n".join(lines) + "\n"
