"""A forecast of the municipality's own: people per gemeente, year and age band, instead of the built-in national path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from wwz.base.keeping import damaged, kept_rows
from wwz.knowledge import load_toml
from wwz.own.brought import WHOLE, Brought, Found, Mistakes
from wwz.own.countsread import no_whole_number, whole_number
from wwz.own.ledger import Change, Field, Kind, Shelf
from wwz.own.tablefile import Check, Columns

FILE = "eigen_prognose.csv"
NEEDED = ("gemeente", "jaar", "band", "aantal")


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
    return [FORECAST.change(row, row.wanneer) for row in rows]


def _of_text(text: Mapping[str, str]) -> dict[str, Any]:
    return {
        "gemeente": text["gemeente"],
        "jaar": int(text["jaar"]),
        "band": text["band"],
        "aantal": whole_number(text["aantal"]),
    }


SHELF = Shelf(KIND, "eigen prognose", FILE, _of_file)
FORECAST = Brought(
    Prognose,
    SHELF,
    Columns(NEEDED),
    _of_text,
    "deze prognose",
    "De prognose is",
    "Vul in welke prognose het is. Bijvoorbeeld: Primos 2024.",
)
COLUMNS = FORECAST.names
read, keep, remove, table = FORECAST.read, FORECAST.keep, FORECAST.remove, FORECAST.table
latest = SHELF.latest


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

    def more(found: Found, right: bool) -> Mistakes:
        return _incomplete([p for _, p in found]) if right else []

    return FORECAST.check((content, name), _checks(gemeenten), wie, bron, more)


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


def _incomplete(found: list[Prognose]) -> Mistakes:
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


def template(store_rows: pd.DataFrame) -> str:
    """A CSV to fill in, with what the calculation gives now. `store_rows`: gemeente, jaar, band, aantal."""
    lines = [";".join(NEEDED)]
    lines += [f"{r.gemeente};{r.jaar};{r.band};{round(r.aantal)}" for r in store_rows.itertuples()]
    return "\n".join(lines) + "\n"
